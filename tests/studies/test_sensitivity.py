from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from blamegame.avoidance import avoidance_range
from blamegame.concepts import Nash
from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model, parameter
from blamegame.studies.sensitivity import morris, sobol

A, B = 7.0, 0.1


@dataclass(frozen=True, eq=False)
class Ishigami(Model):
    """Three angles."""

    x1: Any = parameter("x1", "first", "0", low="-4", high="4")
    x2: Any = parameter("x2", "second", "0", low="-4", high="4")
    x3: Any = parameter("x3", "third", "0", low="-4", high="4")


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
        return avoidance_range(batch, Nash()).worst

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
