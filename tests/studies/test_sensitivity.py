from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from blamegame.concepts import Nash
from blamegame.errors import StudyError, UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model, parameter
from blamegame.studies.sensitivity import morris, sobol
from blamegame.verbs import avoidance

A, B = 7.0, 0.1


@dataclass(frozen=True, eq=False)
class Ishigami(Model):
    """Three angles."""

    x1: Any = parameter("x1", "first", "0", low="-4", high="4")
    x2: Any = parameter("x2", "second", "0", low="-4", high="4")
    x3: Any = parameter("x3", "third", "0", low="-4", high="4")

    def event(self, event=None):
        raise UnsupportedGame("no game is played")

    def question(self, concept, event=None):
        raise UnsupportedGame("no game is played")


ANGLES = dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi))


def ishigami(batch):
    return np.sin(batch.x1) + A * np.sin(batch.x2) ** 2 + B * batch.x3**4 * np.sin(batch.x1)


# Ishigami and Homma (1990): variance shares in closed form
V1 = 0.5 * (1 + B * np.pi**4 / 5) ** 2
V2 = A**2 / 8
V13 = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
VARIANCE = V1 + V2 + V13
FIRST = np.array([V1, V2, 0]) / VARIANCE
TOTAL = np.array([V1 + V13, V2, V13]) / VARIANCE


def test_sobol_indices_of_the_ishigami_function_are_those_in_closed_form():
    found = sobol(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(5), n=4096)
    assert found.first == pytest.approx(FIRST, abs=0.01)
    assert found.total == pytest.approx(TOTAL, abs=0.01)
    assert found.mean == pytest.approx(A / 2, abs=0.02)
    assert found.variance == pytest.approx(VARIANCE, rel=0.01)
    assert found.evaluations == 4096 * 5
    assert found.ranked() == ("x1", "x2", "x3")


def inside(truth, intervals):
    return (intervals[:, 0] <= truth + 1e-12) & (truth - 1e-12 <= intervals[:, 1])


def test_the_intervals_hold_the_truth_about_as_often_as_they_say():
    held = []
    for seed in range(12):
        found = sobol(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(seed), n=256)
        held += inside(FIRST, found.first_interval).tolist()
        held += inside(TOTAL, found.total_interval).tolist()
        assert (np.ptp(found.total_interval, axis=1) > 0.01).all()
    assert np.mean(held) >= 0.85


def test_sobol_indices_agree_with_scipy():
    from scipy.stats import sobol_indices, uniform

    box = {"authority": (0.0, 0.9), "diffusion": (0.0, 1.0), "accountability": (0.3, 2.0), "cost_push": (0.0, 0.1)}

    def success(batch):
        return batch.success()[:, 1, 0] - batch.accountability * batch.diffusion

    ours = sobol(Delegation, box, success, rng=np.random.default_rng(2), n=2048)
    peer = sobol_indices(
        func=lambda rows: success(Delegation().replace(dict(zip(box, rows))))[None, :],
        n=2048,
        dists=[uniform(low, high - low) for low, high in box.values()],
        rng=np.random.default_rng(3),
    )
    assert ours.first == pytest.approx(peer.first_order.ravel(), abs=0.02)
    assert ours.total == pytest.approx(peer.total_order.ravel(), abs=0.02)
    assert ours.total[3] == 0


def test_the_rest_of_the_model_stays_as_given():
    kept = {"authority": (0.0, 1.0)}
    seen = []
    sobol(
        Delegation(cost_work=0.125), kept, lambda m: seen.append(m.cost_work) or m.authority,
        rng=np.random.default_rng(0), n=4,
    )  # fmt: skip
    assert seen == [0.125]


def test_one_seed_gives_one_answer_and_leaves_the_global_generator_alone():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002  # what must not change
    once, again = (sobol(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(9), n=64) for _ in range(2))
    assert np.array_equal(once.first, again.first)
    assert np.array_equal(once.total_interval, again.total_interval)
    runs = [morris(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(9), n=8) for _ in range(2)]
    assert np.array_equal(runs[0].mean_absolute_interval, runs[1].mean_absolute_interval)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_morris_effects_of_a_linear_measure_are_its_slopes_times_the_ranges():
    box = {"x1": (0.0, 2.0), "x2": (-1.0, 1.0), "x3": (1.0, 1.5)}
    found = morris(Ishigami, box, lambda m: 3 * m.x1 - 2 * m.x2, rng=np.random.default_rng(0), n=10)
    assert found.mean == pytest.approx([6, -4, 0])
    assert found.mean_absolute == pytest.approx([6, 4, 0])
    assert found.deviation == pytest.approx([0, 0, 0])
    assert inside(np.array([6, 4, 0]), found.mean_absolute_interval).all()
    assert (np.ptp(found.mean_absolute_interval, axis=1) > 0).all() and found.unseen == ()
    assert found.evaluations == 40 + 3 * 3 * 3
    assert found.ranked() == ("x1", "x2", "x3")


def test_morris_finds_the_interactions_of_the_ishigami_function():
    found = morris(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(1), n=200)
    assert abs(found.mean[2]) < found.deviation[2]
    assert found.mean_absolute[2] > 1


def test_both_screens_name_the_same_parameters_of_the_delegation_game():
    box = {"authority": (0.0, 1.0), "diffusion": (0.0, 1.0), "formalism_sanction": (0.0, 0.01)}

    def worst(batch):
        return avoidance(batch, Nash()).high.upper

    shares = sobol(Delegation, box, worst, rng=np.random.default_rng(0), n=256)
    effects = morris(Delegation, box, worst, rng=np.random.default_rng(0), n=60)
    assert shares.ranked()[2] == effects.ranked()[2] == "formalism_sanction"
    assert shares.total[2] == pytest.approx(0, abs=1e-12)
    assert effects.mean_absolute[2] == 0


def test_tables_name_every_parameter_once_strongest_first():
    text = str(sobol(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(0), n=256))
    assert [line.split()[0] for line in text.splitlines()] == ["parameter", "x1", "x2", "x3"]
    assert "[" in text
    lines = str(morris(Ishigami, ANGLES, ishigami, rng=np.random.default_rng(0), n=20)).splitlines()
    assert len(lines) == 5 and lines[0].split()[-1] == "deviation"
    assert lines[4].startswith("4 levels do not see what happens between them along x2:")


def test_a_constant_measure_has_no_variance_to_share():
    with pytest.raises(StudyError, match=r"the measure is 1 at all 16 points of the box"):
        sobol(Ishigami, {"x1": (0, 1)}, lambda m: np.ones(len(m.x1)), rng=np.random.default_rng(0), n=8)


@pytest.mark.parametrize(
    ("screen", "settings", "words"),
    [
        (sobol, {"n": 100}, "n=100 is not a power of two"),
        (sobol, {"n": 1}, "n=1 is not a whole number of draws, 2 or more"),
        (sobol, {"n": 8.0}, "n=8.0 is not a whole number"),
        (sobol, {"confidence": 1.0}, "confidence=1.0 is not between 0 and 1"),
        (morris, {"n": 1}, "n=1 is not a whole number"),
        (morris, {"levels": 3}, "levels=3 must be even"),
    ],
)
def test_settings_out_of_range_are_refused(screen, settings, words):
    with pytest.raises(StudyError, match=words):
        screen(Ishigami, {"x1": (0, 1)}, ishigami, rng=np.random.default_rng(0), **settings)


# Sobol G, four parameters (Saltelli and Sobol 1995): variance shares in closed form
WEIGHTS = np.array([0, 1, 4.5, 9])
_PARTS = 1 / (3 * (1 + WEIGHTS) ** 2)
G_FIRST = _PARTS / (np.prod(1 + _PARTS) - 1)
G_TOTAL = G_FIRST * np.prod(1 + _PARTS) / (1 + _PARTS)
UNIT = {"x1": (0, 1), "x2": (0, 1), "x3": (0, 1), "x4": (0, 1)}


@dataclass(frozen=True, eq=False)
class Four(Ishigami):
    """Four numbers."""

    x4: Any = parameter("x4", "fourth", "0", low="-4", high="4")


def sobol_g(batch):
    columns = np.stack([batch.x1, batch.x2, batch.x3, batch.x4])
    return ((np.abs(4 * columns - 2) + WEIGHTS[:, None]) / (1 + WEIGHTS[:, None])).prod(axis=0)


@pytest.mark.parametrize("n", [64, 256, 1024])
@pytest.mark.parametrize(
    ("measure", "box", "first", "total"), [(ishigami, ANGLES, FIRST, TOTAL), (sobol_g, UNIT, G_FIRST, G_TOTAL)]
)
def test_intervals_cover_the_truth_as_often_as_they_say(measure, box, first, total, n):
    held = []
    for seed in range(60):
        found = sobol(Four, box, measure, rng=np.random.default_rng(seed), n=n)
        held.append([inside(first, found.first_interval), inside(total, found.total_interval)])
    covered = np.mean(held, axis=0)
    assert covered.mean() >= 0.95 and covered.min() >= 0.88, covered  # 60 draws of .95: below .88 in 1 of 60


def test_an_event_that_no_pair_of_the_sample_sees_leaves_the_interval_open():
    def rare(batch):
        return ((batch.x1 > 0.97) & (batch.x2 > 0.97)).astype(float)

    unseen = 0
    for seed in range(60):
        try:
            found = sobol(Ishigami, {"x1": (0, 1), "x2": (0, 1)}, rare, rng=np.random.default_rng(seed), n=256)
        except StudyError:  # none of the points sees it: no share is claimed
            continue
        unseen += not found.total.any()
        assert (found.total_interval[:, 1] >= 0.97).all(), "the true total index of both"
    assert unseen


def test_no_interval_of_a_sample_has_width_zero():
    box = {"x1": (0, 1), "x2": (0, 1)}
    for measure in (lambda m: m.x1, lambda m: (m.x1 > 0.5) * 1.0, lambda m: m.x1 + 1e-9 * m.x2):
        shares = sobol(Ishigami, box, measure, rng=np.random.default_rng(0), n=64)
        effects = morris(Ishigami, box, measure, rng=np.random.default_rng(0), n=10)
        for interval in (shares.first_interval, shares.total_interval, effects.mean_absolute_interval):
            assert (interval[:, 1] > interval[:, 0]).all() and (interval >= 0).all()


def test_morris_says_when_its_levels_cannot_see_a_band_and_only_then():
    def band(batch):
        return ((batch.x1 > 0.4) & (batch.x1 < 0.6)) + 0.5 * batch.x2

    box = {"x1": (0, 1), "x2": (0, 1)}
    found = morris(Ishigami, box, band, rng=np.random.default_rng(0))
    assert found.mean_absolute[0] == 0 and found.unseen == ("x1",)
    assert "4 levels do not see what happens between them along x1: raise levels" in str(found)
    seen = morris(Ishigami, box, lambda m: (m.x1 > 0.5) + 0.5 * m.x2, rng=np.random.default_rng(0))
    assert seen.unseen == () and seen.mean_absolute[0] > 0
    words = morris(
        Ishigami, box, lambda m: np.where((m.x1 > 0.4) & (m.x1 < 0.6), "band", np.where(m.x2 > 0.5, "up", "down")),
        rng=np.random.default_rng(0), categorical=True,
    )  # fmt: skip
    assert words.unseen == ("x1",)


def test_indices_of_outcomes_are_those_of_their_indicators_together():
    def three(batch):
        return np.where(batch.x1 > 0.5, "a", np.where(batch.x2 > 0.5, "b", "c"))

    box = {"x1": (0, 1), "x2": (0, 1), "x3": (0, 1)}
    found = sobol(Ishigami, box, three, rng=np.random.default_rng(0), n=1024, categorical=True)
    # variances of the indicators of a, b, c: 1/4, 3/16, 3/16; redrawing x1 changes a with 1/2, b and c with 1/4 each
    assert found.first == pytest.approx([0.6, 0.2, 0], abs=0.01) and found.total == pytest.approx(
        [0.8, 0.4, 0], abs=0.01
    )
    assert found.outcomes == pytest.approx({"a": 0.5, "b": 0.25, "c": 0.25}, abs=0.01) and np.isnan(found.mean)
    two = sobol(Ishigami, box, lambda m: m.x1 + m.x2 > 1, rng=np.random.default_rng(0), n=1024, categorical=True)
    same = sobol(Ishigami, box, lambda m: (m.x1 + m.x2 > 1) * 1.0, rng=np.random.default_rng(0), n=1024)
    assert two.first == pytest.approx(same.first) and two.total == pytest.approx(same.total)
    effects = morris(Ishigami, box, three, rng=np.random.default_rng(0), n=2000, categorical=True)
    assert effects.mean_absolute == pytest.approx([1, 0.5, 0], abs=0.04)


@pytest.mark.parametrize("screen", [sobol, morris])
def test_verdicts_and_sets_are_no_quantities_and_the_line_to_write_is_told(screen):
    from blamegame.studies.measures import Avoidance, Custom, Equilibria

    box = {"authority": (0.0, 1.0), "diffusion": (0.0, 1.0)}
    of_outcomes = []
    for measure, says in [
        ((Avoidance(), "status"),
         r"status is a verdict, no quantity; .* categorical=True, or measure=.*'avoidance_best'\) or"),
        ((Equilibria(), "equilibria"), r"equilibria is a set, no quantity; .*'equilibria_count'"),
        (lambda m: avoidance(m, Nash()).status, "no quantity; for indices of outcomes write categorical=True"),
    ]:  # fmt: skip
        with pytest.raises(StudyError, match=says):
            screen(Delegation, box, measure, rng=np.random.default_rng(0), n=8)
        of_outcomes.append(screen(Delegation, box, measure, rng=np.random.default_rng(0), n=64, categorical=True))
    by_code, _, by_word = of_outcomes
    if screen is sobol:
        assert by_code.total.tolist() == by_word.total.tolist() and max(by_code.total) > 0.5
    else:
        assert by_code.mean_absolute.tolist() == by_word.mean_absolute.tolist() and by_code.unseen == by_word.unseen

    def picky(model):
        return 1 / (model.authority < 0.5)

    with pytest.raises(StudyError, match="the measure is nan at authority="):
        screen(Delegation, box, Custom("picky", picky), rng=np.random.default_rng(0), n=8)
