"""Trees as certificates state them are the trees of the library, and malformed or huge ones are refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.certificates.checker.budget import Refused
from blamegame.certificates.checker.offices import MOST_OFFICES, above_of, tree_of
from blamegame.models.arborescence import Arborescence

SMALL = {"tree": {"sizes": [1, 2]}, "actions": (["a"], ["x", "y"]), "mandates": [(0, 2)], "payoffs": [None]}


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5).map(lambda sizes: [1, *sorted(sizes)]))
def test_sizes_mean_the_tree_that_the_library_spreads_evenly(sizes: list[int]) -> None:
    assert above_of({"sizes": sizes}) == Arborescence.of_sizes(sizes).above.tolist()


def test_a_tree_may_be_ragged_and_mandates_of_several_kinds() -> None:
    tree = tree_of({**SMALL, "tree": {"above": [-1, 0, 0, 1, 1]}, "mandates": [(1, 1), (0, 2)], "payoffs": [None] * 2})
    assert tree.kinds == {2: 1, 3: 0, 4: 0} and tree.lengths == [3, 2]
    assert tree.labels(1) == ["a"] and tree.labels(4) == ["x", "y"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tree": {"sizes": [2, 2]}}, "do not start with 1"),
        ({"tree": {"sizes": [1, 3, 2]}}, "or fall"),
        ({"tree": {"sizes": [1]}}, "do not start with 1"),
        ({"tree": {"sizes": [1, 999_999]}}, f"too large: 1000000 offices, more than {MOST_OFFICES}"),
        ({"tree": {"sizes": [1, "2"]}}, "not a whole number"),
        ({"tree": {"sizes": [1, True]}}, "not a whole number"),
        ({"tree": {"sizes": 3}}, "tree.sizes is not a list"),
        ({"tree": {"sizes": [1, 2], "above": [-1, 0, 0]}}, "exactly the keys sizes"),
        ({"tree": {"above": [-1]}}, "which office before it"),
        ({"tree": {"above": [0, 0]}}, "which office before it"),
        ({"tree": {"above": [-1, 1]}}, "which office before it"),
        ({"tree": {"above": [-1, 0, -1]}}, "which office before it"),
        ({"tree": []}, "tree is not an object"),
        ({"tree": {"above": list(range(-1, 12))}, "mandates": [(0, 1)]}, "one of more than 12"),
        ({"mandates": [(0, 1)]}, "not runs of .* over the 2 leaves"),
        ({"mandates": [(0, 3)]}, "not runs of"),
        ({"mandates": [(0, 3), (0, -1)]}, "not runs of"),
        ({"mandates": [(1, 2)]}, "one table of payoffs for each kind"),
        ({"payoffs": [None, None]}, "one table of payoffs for each kind"),
        ({"tree": {"above": [-1, 0, 0, 1]}}, "paths of several lengths"),
        ({"actions": (["a", "a"], ["x"])}, "something twice"),
        ({"actions": ([], ["x"])}, "actions is empty"),
    ],
)
def test_what_is_no_hierarchy_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        tree_of({**SMALL, **change})
