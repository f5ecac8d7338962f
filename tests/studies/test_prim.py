from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import StudyError
from blamegame.studies.prim import Limit, PrimBox, prim

INF = np.inf


def corner(n=6000, seed=0, noise=0.0):
    """Cases lie at x < 0.4 and y > 0.5; z is nothing to them."""
    rng = np.random.default_rng(seed)
    points = {name: rng.uniform(size=n) for name in "xyz"}
    cases = (points["x"] < 0.4) & (points["y"] > 0.5)
    return points, cases ^ (rng.uniform(size=n) < noise)


def ends(box):
    return {limit.parameter: (limit.low, limit.high) for limit in box.limits}


def test_a_planted_box_is_found():
    points, cases = corner()
    box = prim(points, cases).at_density(0.95)
    assert set(ends(box)) == {"x", "y"}
    assert ends(box)["x"] == (-INF, pytest.approx(0.4, abs=0.03))
    assert ends(box)["y"] == (pytest.approx(0.5, abs=0.03), INF)
    assert box.coverage > 0.95


def test_a_planted_box_is_found_through_noise():
    points, cases = corner(noise=0.1)
    box = prim(points, cases).at_density(0.85)
    assert ends(box)["x"][1] == pytest.approx(0.4, abs=0.04)
    assert ends(box)["y"][0] == pytest.approx(0.5, abs=0.04)


def test_an_interval_in_the_middle_gets_two_limits():
    rng = np.random.default_rng(3)
    x = rng.uniform(-1, 1, 4000)
    box = prim({"x": x}, abs(x) < 0.25).at_density(0.99)
    assert ends(box)["x"] == (pytest.approx(-0.25, abs=0.02), pytest.approx(0.25, abs=0.02))
    assert str(box.limits[0]).count("<") == 2


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_boxes_agree_with_the_prim_package(noise):
    import pandas
    import prim as peer

    points, cases = corner(noise=noise, seed=4)
    theirs = peer.Prim(
        pandas.DataFrame(points), cases.astype(float), threshold=0.5, threshold_type=">", mass_min=0.05
    ).find_box()
    path = theirs.peeling_trajectory
    ours = prim(points, cases)
    for coverage in (0.99, 0.95, 0.9):
        ours_there = max(box.density for box in ours if box.coverage >= coverage)
        theirs_there = path.density[path.coverage >= coverage].max()
        assert ours_there == pytest.approx(theirs_there, abs=0.02)
    dense = 0.87 if noise else 0.95  # of a box that is the planted one, or nearly
    k = int((path.density >= dense).to_numpy().argmax())
    theirs.select(k)
    limits = theirs.limits
    mine = ends(next(box for box in ours if box.density >= dense))
    assert set(mine) == set(limits.index)
    assert mine["x"][1] == pytest.approx(limits.loc["x", "max"], abs=0.02)
    assert mine["y"][0] == pytest.approx(limits.loc["y", "min"], abs=0.02)


def test_every_number_of_a_box_is_that_of_the_points_it_holds():
    points, cases = corner(noise=0.2)
    for box in prim(points, cases):
        inside = box.holds(points)
        assert (box.points, box.cases) == (inside.sum(), cases[inside].sum())
        assert box.mass == inside.mean()
        assert box.density == cases[inside].mean()
        assert box.coverage == cases[inside].sum() / cases.sum()
        assert len(box.chances) == len(box.limits)


def test_peeled_boxes_are_nested_and_keep_the_least_mass():
    points, cases = corner(noise=0.2)
    found = prim(points, cases, least_mass=0.1)
    peeled = found.boxes[: found.peeled]
    for outer, inner in pairwise(peeled):
        assert (outer.holds(points) | ~inner.holds(points)).all()
        assert inner.points < outer.points
    assert peeled[-1].mass >= 0.1


def test_peeling_stops_where_only_cases_are_left():
    points, cases = corner()
    found = prim(points, cases)
    assert [box.density == 1 for box in found.boxes[: found.peeled]].count(True) == 1


def test_pasting_gives_back_what_was_peeled_too_much():
    points, cases = corner()
    found = prim(points, cases, peel=0.3, paste=0.02)
    assert len(found) == found.peeled + 1
    peeled, pasted = found.boxes[-2:]
    assert pasted.coverage > peeled.coverage
    assert pasted.density >= peeled.density


def test_pasting_may_free_a_parameter_altogether():
    x = np.arange(100.0)
    noise = np.tile([0.0, 1.0], 50)
    found = prim({"x": x, "noise": noise}, x >= 60, peel=0.45, paste=0.5)
    assert [limit.parameter for limit in found.boxes[-1].limits] == ["x"]


def test_a_limit_that_does_nothing_has_a_large_chance():
    points, cases = corner(noise=0.3)
    found = prim(points, cases, least_mass=0.02)
    box = found.boxes[found.peeled - 1]
    chance = dict(zip((limit.parameter for limit in box.limits), box.chances))
    assert chance["x"] < 1e-6 and chance["y"] < 1e-6
    assert chance.get("z", 1) > 1e-3


def test_whole_numbers_are_cut_between_them():
    rng = np.random.default_rng(0)
    k = rng.integers(0, 5, 2000)
    box = prim({"k": k}, k >= 3).densest()
    assert ends(box) == {"k": (2.5, INF)}
    assert (box.coverage, box.density) == (1, 1)


def test_a_constant_parameter_is_never_restricted():
    points, cases = corner(n=500)
    points["same"] = np.full(500, 3.0)
    assert all("same" not in ends(box) for box in prim(points, cases))


def test_neighbouring_floats_are_told_apart():
    low, high = 1.0, np.nextafter(1.0, 2)
    x = np.array([low] * 50 + [high] * 50)
    for cases in (x == high, x == low):
        box = prim({"x": x}, cases).densest()
        assert (box.density, box.coverage) == (1, 1)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 0.5, 1.0, 1e-9, -1e12]), st.floats(-1, 1), st.booleans()),
        min_size=4, max_size=60,
    )
)  # fmt: skip
def test_no_box_is_worse_than_its_numbers_say_whatever_the_ties(rows):
    x, y, flags = zip(*rows)
    cases = np.array(flags)
    if cases.all() or not cases.any():
        cases[0] = not cases[0]
    points = {"x": np.array(x), "y": np.array(y)}
    found = prim(points, cases)
    assert found.boxes[0].limits == () and found.boxes[0].coverage == 1
    for box in found:
        inside = box.holds(points)
        assert box.points == inside.sum() > 0
    if len(found) > found.peeled:
        assert found.boxes[-1].density >= found.boxes[found.peeled - 1].density


def test_a_box_reads_as_a_sentence():
    limits = (Limit("authority", -INF, 0.41), Limit("diffusion", 0.55, INF), Limit("tolerance", 0.1, 0.2))
    box = PrimBox(limits, 0.8, 0.9, 0.3, 9, 10, (0.0, 0.0, 0.0))
    assert box.text("avoidance is entrenched").startswith(
        "avoidance is entrenched where authority < 0.41 and diffusion > 0.55 and 0.1 < tolerance < 0.2 (coverage 80 %"
    )
    assert "no parameter is restricted" in PrimBox((), 1, 0.5, 1, 5, 10, ()).text("it happens")


def test_the_trajectory_prints_one_line_a_box():
    points, cases = corner(n=400)
    found = prim(points, cases)
    assert len(str(found).splitlines()) == len(found) + 1
    assert repr(found).startswith("<Prim of ")


def test_a_density_nobody_reaches_is_refused_with_the_best_there_is():
    points, cases = corner(noise=0.3)
    found = prim(points, cases)
    with pytest.raises(StudyError, match=f"no box has density 1; the densest has {found.densest().density:.3g}"):
        found.at_density(1)


@pytest.mark.parametrize(
    ("points", "cases", "changes", "words"),
    [
        ({"x": [1, 2]}, [0, 1], {}, "interest must be a boolean array"),
        ({}, [False, True], {}, "points names no parameter"),
        ({"x": [1, 2, 3]}, [False, True], {}, r"x has shape \(3,\), interest has \(2,\)"),
        ({"x": [1, np.nan]}, [False, True], {}, r"x\[1\] is not a finite number"),
        ({"x": [1, 2]}, [False, False], {}, "no point is of interest"),
        ({"x": [1, 2]}, [True, True], {}, "every point is of interest"),
        ({"x": [1, 2]}, [False, True], {"peel": 0}, "peel=0 is not a share"),
        ({"x": [1, 2]}, [False, True], {"least_mass": 1.5}, "least_mass=1.5 is not a share"),
    ],
)
def test_what_cannot_be_searched_is_refused(points, cases, changes, words):
    with pytest.raises(StudyError, match=words):
        prim(points, np.array(cases), **changes)


def test_on_noise_fresh_draws_tell_the_truth_that_the_sample_hides():
    rng = np.random.default_rng(4)
    points = {f"x{k}": rng.uniform(size=300) for k in range(10)}
    fresh = {name: rng.uniform(size=4000) for name in points}
    found = prim(points, rng.random(300) < 0.3, fresh=(fresh, rng.random(4000) < 0.3), least_mass=0.03)
    best = found.densest()
    assert best.density > 0.6, "what noise looks like where it was found"
    low, high = best.fresh.density_interval
    assert low < 0.3 < high and best.fresh.density == pytest.approx(0.3, abs=0.1)
    assert "fresh draws" in best.text("noise") and "fresh density" in str(found)
    assert "where it was found" in found.boxes[0].text("noise") or found.boxes[0].fresh.density == pytest.approx(
        0.3, abs=0.03
    )


def test_fresh_intervals_are_exact_and_a_box_without_fresh_points_knows_nothing():
    x = np.linspace(0, 1, 100)
    found = prim({"x": x}, x < 0.3, fresh=({"x": np.array([0.9, 0.95])}, np.array([False, True])))
    everything, best = found.boxes[0].fresh, found.densest().fresh
    assert everything.density == 0.5 and everything.density_interval == pytest.approx((0.0126, 0.9874), abs=1e-4)
    assert np.isnan(best.density) and best.density_interval == (0.0, 1.0) and best.coverage == 0
    assert best.coverage_interval[1] > 0.9


@pytest.mark.parametrize("n", [40, 41])
def test_a_study_over_a_grid_or_a_sample_is_searched_for_a_verdict(n):
    from blamegame.models.delegation import Delegation
    from blamegame.studies.grid import grid, uniform_sample
    from blamegame.studies.measures import Avoidance
    from blamegame.studies.study import study

    box = {"authority": (0, 1), "diffusion": (0, 1)}
    rng = np.random.default_rng(n)
    for vary in (grid(authority=f"0:1:{n}", diffusion=f"0:1:{n}"), uniform_sample(box, n * n, rng=rng)):
        data = study(Delegation(), vary, Avoidance())
        found = prim(data, "entrenched", rng=np.random.default_rng(0), draws=500)
        best = found.at_density(0.95)
        assert {limit.parameter for limit in best.limits} <= {"authority", "diffusion"} and best.fresh.points == 500
        assert best.fresh.density_interval[0] <= 1 and best.fresh.density > 0.85
        mask = prim(data, data.status == 2)
        assert [b.limits for b in mask] == [b.limits for b in found] and mask.boxes[0].fresh is None


def test_cells_that_were_not_computed_and_parameters_that_do_not_vary_are_left_out():
    from blamegame.models.delegation import Delegation
    from blamegame.studies.grid import Bundles
    from blamegame.studies.measures import Avoidance
    from blamegame.studies.prim import cases_in
    from blamegame.studies.study import study

    data = study(Delegation(), {"authority": "0:1:11", "diffusion": "0.5"}, Avoidance())
    data.status[0, 0] = -1
    columns, cases = cases_in(data, "entrenched")
    assert list(columns) == ["authority"] and len(cases) == 10 and columns["authority"].min() == pytest.approx(0.1)
    with pytest.raises(StudyError, match="'bad' is not a verdict; they are free, trap"):
        prim(data, "bad")
    with pytest.raises(StudyError, match="has shape"):
        prim(data, np.zeros(3, bool))
    with pytest.raises(StudyError, match="rng= draws fresh points for a dataset and a verdict"):
        prim({"x": np.arange(9.0)}, np.arange(9) < 3, rng=np.random.default_rng(0))
    bundles = study(Delegation(), [Bundles(((),)), {"authority": "0:1:11"}], Avoidance())
    with pytest.raises(StudyError, match=r"bundle is no number; choose one with dataset\.isel"):
        prim(bundles, "entrenched")


def test_limits_are_printed_in_as_many_digits_as_tell_them_apart():
    x = 1000 + np.linspace(0, 1, 400)
    found = prim({"x": x}, (x > 1000.4) & (x < 1000.6), least_mass=0.1)
    (limit,) = found.densest().limits
    low, _, high = str(limit).split(" < ")
    assert float(low) == pytest.approx(1000.4, abs=0.01) and float(high) == pytest.approx(1000.6, abs=0.01)
    assert "e+" not in str(limit) and str(Limit("x", 0.12341, 0.12342)) == "0.12341 < x < 0.12342"
    assert str(Limit("x", -np.inf, 1e-9)) == "x < 1e-09"
