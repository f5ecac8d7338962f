"""Every page of benchmarks/policy runs, writes its table and figure, and finds what its numbers say."""

from __future__ import annotations

import importlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
SIZES = {
    "boundary_movers": 64,
    "harsher": 500,
    "rule_or_intensity": 300,
    "patience": 2,
    "cheapest_under_uncertainty": 1000,
}


@pytest.fixture
def page(monkeypatch, tmp_path):
    """A page of the benchmarks by name, writing into an empty folder."""
    import matplotlib as mpl

    mpl.use("Agg")
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setattr(importlib.import_module("benchmarks.policy.page"), "RESULTS", tmp_path)
    return lambda name: importlib.import_module(f"benchmarks.policy.{name}")


@pytest.mark.slow
@pytest.mark.parametrize("name", SIZES)
def test_a_page_leaves_a_table_and_a_small_figure(name, page, tmp_path):
    module = page(name)
    finding = module.main(SIZES[name])
    text = (tmp_path / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {module.QUESTION}\n\n{finding.splitlines()[1]}")
    assert f"({name}.png)" in text and "| --- |" in text
    assert 5_000 < (tmp_path / f"{name}.png").stat().st_size < 100_000


def test_parameters_whose_intervals_overlap_are_not_ranked(page):
    from blamegame.studies.sensitivity import SobolIndices

    total, error = np.array([0.5, 0.3, 0.28, 0.1, 0.11, 0.01]), np.full(6, 0.02)
    names = ("assistance", "cost_work", "cost_push", "accountability", "tolerance", "diffusion")
    around = np.stack([total - error, total + error], axis=1)
    said = page("boundary_movers")._in_words(SobolIndices(names, total / 4, total, around, around, 0.95, 0.7, 0.2, 64))
    assert "most on assistance, then on cost work and cost push (the order is not settled" in said
    assert "least on diffusion." in said
    assert "a place from 4 to 5 of 6: its interval overlaps that of tolerance." in said


def test_a_share_is_never_rounded_to_none_or_all(page):
    percent = importlib.import_module("benchmarks.policy.page").percent
    assert [percent(share) for share in (0, 1e-5, 0.5, 1 - 1e-5, 1)] == [
        "0.0 %", "under 0.1 %", "50.0 %", "over 99.9 %", "100.0 %",
    ]  # fmt: skip


def test_the_box_where_a_bundle_fails_is_told_in_words(page):
    from blamegame.studies.prim import prim

    x = np.linspace(0, 1, 400)
    fails = prim({"cost_work": x}, (x > 0.7) & (np.arange(400) % 2 == 0))
    said = page("cheapest_under_uncertainty")._where(("list",), fails, 0.15)
    assert said.startswith("List is most at risk where cost work is above 0.")
    assert "of the draws, against 15.0 % of all" in said and "(PRIM)" not in said and "coverage" not in said


def test_every_page_says_the_setting_of_what_it_claims():
    results = ROOT / "benchmarks" / "policy" / "results"
    finding = {name: (results / f"{name}.md").read_text(encoding="utf-8").splitlines()[2] for name in SIZES}
    assert "(diffusion 1)" in finding["harsher"] and "(trace shield 0)" in finding["harsher"]
    assert "their intervals overlap" in finding["boundary_movers"] and "place 11" not in finding["boundary_movers"]
    assert "list in 91.8 % and answer in 88.4 % of the draws" in finding["cheapest_under_uncertainty"]
    assert not any("_" in text for text in finding.values())


@pytest.mark.parametrize("name", SIZES)
def test_the_results_of_every_page_are_kept(name):
    results = ROOT / "benchmarks" / "policy" / "results"
    assert (results / f"{name}.md").exists()
    assert (results / f"{name}.png").stat().st_size < 100_000


@pytest.mark.slow
def test_the_critical_authority_of_a_page_is_that_of_theorem_t2(page):
    from blamegame.models.delegation import Delegation

    module = page("harsher")
    for shield in module.SHIELDS:
        for level in (Fraction(1, 2), Fraction(1), Fraction(2)):
            p = Delegation(escalation_shield=shield, accountability=level).values()
            liable = level * (p["responsibility"] + p["push_strength"] * (1 - p["responsibility"]))
            costs = (p["cost_work"] - p["cost_escalate"]) / (1 - p["baseline_success"])
            predicted = (costs + liable * (shield - p["tolerance"])) / (
                p["credit_lower"] + liable * (1 - p["tolerance"])
            )
            assert module.critical_authority(shield, level) == pytest.approx(float(predicted), abs=1e-12)


@pytest.mark.slow
def test_patience_reproduces_the_published_switches(page):
    module = page("patience")
    for bundle, switch in ((("list",), 0.496), (("tolerate", "train", "reward"), 0.068), (module.ALSO[0], 0.260)):
        assert module.first_discount(bundle, [("push", "escalate")]) == pytest.approx(switch, abs=1e-3)


@pytest.mark.slow
def test_theorem_t3_as_a_page_writes_it_is_the_sign_of_the_slope(page):
    from blamegame.models.delegation import Delegation
    from blamegame.studies.parameter_box import PRESSURE_BOX, uniform_draws

    p = Delegation().replace(uniform_draws(PRESSURE_BOX, 2000, rng=np.random.default_rng(0))).values()

    def critical(level):
        liable = level * (p["responsibility"] + p["push_strength"] * (1 - p["responsibility"]))
        costs = (p["cost_work"] - p["cost_escalate"]) / (1 - p["baseline_success"])
        return (costs + liable * (p["escalation_shield"] - p["tolerance"])) / (
            p["credit_lower"] + liable * (1 - p["tolerance"])
        )

    rises = critical(2.0) > critical(1.0)
    model = Delegation().replace({name: value for name, value in p.items() if isinstance(value, np.ndarray)})
    assert np.array_equal(page("harsher").backfires(model), rises)
