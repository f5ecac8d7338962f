from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import CasesError, ScenarioError
from blamegame.estimation.bootstrap import bootstrap
from blamegame.estimation.design import Design
from blamegame.estimation.fit import fit
from blamegame.estimation.read_design import read_design
from blamegame.models.delegation import Delegation

from .fixtures import F1

DESIGN = """
county = "h_county"
free = ["authority", "diffusion"]
rationality = 8
[regimes.base]
[regimes.list]
reforms = ["list"]
[facts]
tolerance = { k = 3, n = 41 }
escalation_shield = [0.6, "4/5"]
"""


def test_a_design_file_says_what_the_call_says():
    facts = {"tolerance": {"k": 3, "n": 41}, "escalation_shield": (0.6, 0.8)}
    found = read_design(DESIGN)
    expected = Design(Delegation(), {"base": (), "list": ["list"]}, ["authority", "diffusion"], facts, 8)
    assert (found.model, found.regimes, found.free) == (expected.model, expected.regimes, expected.free)
    assert found.facts["tolerance"] == expected.facts["tolerance"]
    assert float(found.facts["escalation_shield"].high) == 0.8 and found.rationality == 8


def test_a_design_file_reads_from_disk(tmp_path):
    path = tmp_path / "design.toml"
    path.write_text(DESIGN)
    assert read_design(path) == read_design(DESIGN)
    with pytest.raises(ScenarioError):
        read_design(tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("free = []\n[regimes.base]\n", "no county"),
        ('county = "h_county"\nfre = []\n[regimes.base]\n', "line 2: 'fre' is not a part"),
        ('county = "h_county"\n[regimes.a]\nreforms = ["lst"]\n', "line 3: 'lst' is not a reform"),
        ('county = "h_county"\n[regimes.a]\nreform = ["list"]\n', "line 2: a regime holds reforms"),
        ('county = "h_county"\nfree = "authority"\n[regimes.a]\n', "line 2: 'authority' is not a list of names"),
        ('county = "h_county"\nfree = []\n[regimes.a]\n[facts]\ntolerance = [0.1, nan]\n', "line 5: tolerance: is not"),
        ('county = "h_county"\nfree = []\n[regimes.a]\n[facts]\ntolerance = 3\n', "fact 'tolerance' is 3"),
        ('county = "h_county"\nfree = ["authoritee"]\n[regimes.a]\n', "did you mean 'authority'"),
    ],
)
def test_what_is_wrong_with_a_design_file_is_said(text, said):
    with pytest.raises(CasesError, match=said):
        read_design(text)


def test_the_bootstrap_agrees_with_the_curvature_and_repeats_itself():
    found = fit(F1.cases, F1.design)
    drawn = bootstrap(found, rng=np.random.default_rng(1), draws=300)
    again = bootstrap(found, rng=np.random.default_rng(1), draws=300)
    assert np.array_equal(drawn.values, again.values)
    for name in F1.free:
        assert drawn.standard_errors[name] == pytest.approx(found.standard_errors[name], rel=0.25)
    assert drawn.p_value > 0.9  # these cases lie closer to the fit than chance alone would put them
    with pytest.raises(CasesError, match="at least 2"):
        bootstrap(found, rng=np.random.default_rng(1), draws=1)


def test_a_profile_is_zero_at_the_estimate_and_meets_the_cut_at_the_ends():
    found = fit(F1.cases, F1.design)
    values, roots = found.profile("authority", points=9, level=0.95)
    assert roots[[0, -1]] == pytest.approx(np.sqrt(3.8414588), abs=1e-3)
    inside = np.abs(values - found.values["authority"]).argmin()
    assert roots[inside] == roots.min() < 0.35


def test_a_contour_contains_the_estimate_and_no_ratio_below_the_profile():
    found = fit(F1.cases, F1.design)
    surface = found.contour("authority", "diffusion", points=13)
    assert surface.ratio.shape == (13, 13) and surface.ratio.min() < 0.5
    alone = found.interval("authority", level=0.99)
    outside = (surface.one < alone.low - 1e-9) | (surface.one > alone.high + 1e-9)
    assert (surface.ratio[outside] > 6.63).all()


def test_a_region_needs_an_end_on_every_side():
    """Only promotability x credit counts, so that credit may be anything if hardly anybody can be promoted."""
    regimes = dict(F1.design.regimes)
    found = fit(F1.cases, Design(Delegation(), regimes, ("promotability", "credit_lower"), rationality=8))
    assert found.interval("credit_lower").high_open
    with pytest.raises(CasesError, match="without an upper end"):
        found.region()
