from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError, ReformError, StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.reform import Reform
from blamegame.studies.grid import (
    Bundles,
    Design,
    Points,
    as_design,
    axis,
    grid,
    latin_hypercube,
    parse_axes,
    points,
    sobol_sample,
    uniform_sample,
)

BOX = {"authority": (0, 0.5), "tolerance": (0, Fraction(3, 10)), "promotability": (1, 1)}


def test_a_range_given_as_text_has_exact_evenly_spaced_values():
    values = axis("authority", "0:1:201").columns["authority"]
    assert values[0] == 0 and values[-1] == 1 and values[60] == Fraction(3, 10)
    assert all(isinstance(value, Fraction) for value in values)


def test_fractions_and_integers_stay_exact_and_floats_stay_floats():
    assert axis("authority", [0, Fraction(1, 3)]).columns["authority"].tolist() == [0, Fraction(1, 3)]
    assert axis("authority", np.array([0.25, 0.5])).columns["authority"].dtype == np.float64
    assert axis("authority", [0, 0.5]).columns["authority"].dtype == np.float64


def test_the_last_dimension_runs_fastest():
    design = grid(authority="0:1:3", accountability="0,1")
    rows = [tuple(int(i) for i in where) for where in zip(*design.positions(0, 6))]
    assert rows == [(i, j) for i in range(3) for j in range(2)]
    assert design.dims == ("authority", "accountability") and design.size == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("authority", "does not say what varies"),
        ("=0:1:3", "does not say what varies"),
        ("authority=0:1", "low:high:count"),
        ("authority=0:1:2.5", "low:high:count"),
        ("authority=1:0:3", "goes upwards"),
        ("authority=0:1:1", "at least 2"),
        ("authority=0:1:1000000000000", "1 to 10,000,000"),
        ("authority=0:1e999999999:3", "exponent beyond"),
        ("authority=a,b", "is not a number"),
        ("authority=1/0,1", "divides by zero"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_with_the_way_out(text, says):
    with pytest.raises(StudyError, match=says):
        parse_axes([text])


def test_values_that_are_no_numbers_or_not_in_one_row_are_refused():
    with pytest.raises(StudyError, match="authority: 'x' is not a number"):
        grid(authority=["x"])
    with pytest.raises(ModelError, match="True"):
        grid(authority=[True])
    with pytest.raises(StudyError, match="shape"):
        grid(authority=np.zeros((2, 2)))
    with pytest.raises(StudyError, match="0 points"):
        grid(authority=[])


def test_a_parameter_or_dimension_cannot_vary_twice():
    with pytest.raises(StudyError, match="parameter 'authority' varies twice"):
        as_design([grid(authority="0,1"), points({"authority": [1], "tolerance": [0]})])
    with pytest.raises(StudyError, match="dimension 'point' varies twice"):
        as_design([points({"authority": [1]}), points({"tolerance": [0]})])


def test_a_list_of_points_needs_the_same_parameters_in_each_row():
    assert points([{"authority": 1}, {"authority": 0}]).shape == (2,)
    with pytest.raises(StudyError, match="same parameters"):
        points([{"authority": 1}, {"tolerance": 0}])
    with pytest.raises(StudyError, match="at least one row"):
        points([])
    with pytest.raises(StudyError, match="one length"):
        points({"authority": [1], "tolerance": [0, 0]})


@pytest.mark.parametrize("sample", [uniform_sample, latin_hypercube, sobol_sample])
def test_samples_lie_in_their_box_repeat_with_their_seed_and_say_it(sample):
    one, again, other = (sample(BOX, 64, rng=np.random.default_rng(seed)).parts[0] for seed in (7, 7, 8))
    for name, (low, high) in BOX.items():
        assert one.columns[name].min() >= low and one.columns[name].max() <= high
        assert np.array_equal(one.columns[name], again.columns[name])
    assert not np.array_equal(one.columns["authority"], other.columns["authority"])
    assert json.loads(one.seed)["entropy"] == 7 and len(one) == 64


def test_two_samples_of_one_generator_say_from_where_they_were_drawn():
    """The recorded state draws the same sample again."""
    rng = np.random.default_rng(7)
    first, second = (uniform_sample(BOX, 5, rng=rng).parts[0] for _ in range(2))
    assert first.seed != second.seed
    assert json.loads(uniform_sample(BOX, 5, rng=rng.spawn(1)[0]).parts[0].seed)["spawn_key"] == [0]
    again = np.random.default_rng(0)
    again.bit_generator.state = {**again.bit_generator.state, "state": json.loads(second.seed)["state"]}
    repeated = uniform_sample(BOX, 5, rng=again).parts[0]
    assert all(np.array_equal(repeated.columns[name], second.columns[name]) for name in BOX)
    old = np.random.Generator(np.random.MT19937(1))
    assert len(uniform_sample(BOX, 5, rng=old).parts[0].seed) < 1000


def test_what_is_no_generator_or_no_list_of_values_is_refused_with_the_way_out():
    with pytest.raises(StudyError, match=r"rng=42 is not a numpy Generator; write rng=numpy.random.default_rng\(42\)"):
        uniform_sample(BOX, 5, rng=42)
    with pytest.raises(StudyError, match=r"authority=0\.5 is one value; write \[0\.5\]"):
        grid(authority=0.5)


def test_a_latin_hypercube_visits_every_slice_once():
    drawn = latin_hypercube({"authority": (0, 1)}, 50, rng=np.random.default_rng(0)).parts[0].columns["authority"]
    assert sorted(np.floor(drawn * 50).astype(int).tolist()) == list(range(50))


def test_a_sobol_sample_is_balanced_in_every_half():
    drawn = sobol_sample({"authority": (0, 1)}, 128, rng=np.random.default_rng(0)).parts[0].columns["authority"]
    assert (drawn < 0.5).sum() == 64


def test_samples_of_impossible_sizes_or_ranges_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(StudyError, match="powers of two"):
        sobol_sample({"authority": (0, 1)}, 100, rng=rng)
    with pytest.raises(StudyError, match="range 1 to 0 is empty"):
        uniform_sample({"authority": (1, 0)}, 4, rng=rng)
    with pytest.raises(StudyError, match="at least one parameter"):
        uniform_sample({}, 4, rng=rng)
    with pytest.raises(StudyError, match="sample has 0 points"):
        latin_hypercube({"authority": (0, 1)}, 0, rng=rng)


def test_bundles_are_labelled_by_their_reforms_and_must_differ():
    lists, train = (Reform(name, {"authority": {"add": 0.1}}) for name in ("list", "train"))
    assert Bundles(((), (train, lists))).labels == ("as it is", "list + train")
    with pytest.raises(StudyError, match="twice"):
        Bundles(((lists, train), (train, lists)))
    with pytest.raises(StudyError, match="at least one bundle"):
        Bundles(())
    with pytest.raises(ReformError, match="did you mean"):
        Bundles(((Reform("x", {"authorty": {"add": 1}}),),)).check(Delegation())


def test_a_design_is_checked_against_the_model():
    with pytest.raises(ModelError, match="did you mean 'authority'"):
        grid(authorty="0,1").check(Delegation())
    with pytest.raises(ModelError, match=r"authority=1.5 is not a share"):
        grid(authority="0,1.5").check(Delegation())


def test_a_long_sample_can_be_sent_in_pieces_and_a_grid_is_sent_whole():
    sample = uniform_sample({"authority": (0, 1)}, 100, rng=np.random.default_rng(0))
    piece = sample.restricted(10, 13)
    assert np.array_equal(piece.parts[0].columns["authority"], sample.parts[0].columns["authority"][10:13])
    product = grid(authority="0,1", tolerance="0,1")
    assert product.restricted(1, 2) is product


def test_the_fingerprint_tells_designs_apart_and_knows_exact_from_float():
    prints = [
        design.fingerprint()
        for design in (
            grid(authority="0,1"),
            grid(authority=np.array([0.0, 1.0])),
            grid(authority="0,0.5"),
            as_design(Bundles(((),))),
        )
    ]
    assert len({tuple(sorted(one.items())) for one in prints}) == 4
    assert grid(authority="0,1").fingerprint() == grid(authority=[0, 1]).fingerprint()


def test_what_is_not_a_design_is_refused():
    with pytest.raises(StudyError, match="is not a design"):
        as_design("authority=0:1:3")
    assert as_design(Points("authority", {"authority": [0]})).shape == (1,)
    assert Design(()).size == 1 and Design(()).positions(0, 1) == ()


@pytest.mark.parametrize("value", ["1e400", "1e-400", "9" * 60, "1/" + "9" * 60, "0.1" + "1" * 90])
def test_numbers_on_an_axis_are_bounded_as_in_files(value):
    for how in ({"accountability": value}, {"accountability": [value]}, {"accountability": f"0:{value}:3"}):
        with pytest.raises(StudyError, match="is too long or too large: at most 40 digits"):
            grid(how)


def test_text_and_decimals_are_exact_and_mix_with_other_numbers():
    wanted = [Fraction(1, 10), Fraction(1, 3), Fraction(1, 2), Fraction(1)]
    for values in (
        ["0.1", "1/3", "0.5", "1"],
        [Decimal("0.1"), "1/3", 0.5, 1],
        [Fraction(1, 10), "1/3", "5e-1", np.int64(1)],
    ):
        assert grid(authority=values).parts[0].columns["authority"].tolist() == wanted
    assert grid(authority=[0.5, 1]).parts[0].columns["authority"].dtype == np.float64
    for value in (Decimal("NaN"), Decimal("inf"), float("nan")):
        with pytest.raises(ModelError, match="is not a finite number"):
            grid(authority=[value, "1"])
    with pytest.raises(StudyError, match="is one value"):
        grid(authority=Decimal("0.1"))


def test_values_too_small_or_large_for_a_float_are_labelled_as_what_they_are():
    from blamegame.studies.words import number_text

    assert number_text(Fraction(1, 10**400)) == f"1/{10**400}" and number_text(Fraction(10**400)) == str(10**400)


def test_one_sampler_fills_every_box():
    from blamegame.studies.parameter_box import uniform_draws

    box = {"authority": (0.2, 0.4), "tolerance": (0, 1)}
    sample = uniform_sample(box, 5, rng=np.random.default_rng(3)).parts[0].columns
    draws = uniform_draws(box, 5, rng=np.random.default_rng(3))
    assert all(np.array_equal(sample[name], draws[name]) for name in box)
    old = np.random.default_rng(3)
    assert np.array_equal(draws["authority"], old.uniform(0.2, 0.4, 5)), "the numbers of earlier versions"
