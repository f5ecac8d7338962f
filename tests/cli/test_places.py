"""``blamegame places``: where in a hierarchy a bundle must be adopted."""

import pytest

SMALL = """
title = "A small hierarchy"
[model]
kind = "hierarchy"
tree = [1, 2, 4, 8]
responsibility = 0.3
[reforms]
use = ["list", "train"]
[goal]
removes = "avoidance"
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def test_every_place_has_its_verdict(run, small):
    shown = run("places", small, "--use", "list, train")
    assert shown.code == 0 and "where list + train is adopted" in shown.out
    for place in ("nowhere", "everywhere", "tier 4 alone", "office 1 and below (like 1 other)"):
        assert place in shown.out
    found = run("places", small, "--use", "list", "--tier", "3", "--json").json
    assert found["nowhere"]["status"] in ("free", "trap", "entrenched", "undecided")
    assert "office 3 and below (like 3 others)" in found


def test_wrong_questions_are_refused_with_the_way_out(run, small):
    for arguments, says in (
        (("places", "h_county", "--use", "list"), "h_county is no hierarchy"),
        (("places", small, "--use", "lists"), "did you mean 'list'?"),
        (("places", small, "--use", "list", "--tier", "9"), "this hierarchy has 4 tiers"),
    ):
        refused = run(*arguments)
        assert refused.code == 2 and says in refused.err
