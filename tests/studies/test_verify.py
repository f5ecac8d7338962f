from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Correlated, SubgamePerfect
from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.team import Team
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply
from blamegame.scenario.scenario import load
from blamegame.studies.dataset import read_dataset, write_dataset
from blamegame.studies.grid import Bundles, grid, points, uniform_sample
from blamegame.studies.measures import Avoidance, Custom, Equilibria, Payoffs, Playable, Stochastic, Success
from blamegame.studies.recipe import model_at, task_in
from blamegame.studies.study import study
from blamegame.studies.verify import verify_dataset

ALL = [
    Avoidance(),
    Avoidance(Correlated()),
    Equilibria(),
    Success(),
    Payoffs(),
    Playable(("push", "work"), Fraction(1, 2)),
]


def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize(
    ("model", "vary", "measures"),
    [
        (Delegation(diffusion=Fraction(1, 3)), grid(authority="0:1:4", accountability="1/3, 2"), ALL),
        (Delegation(), [Bundles(((), CATALOGUE[:2])), grid(tolerance="0:1:3")], ALL),
        (Delegation(), uniform_sample({"authority": (0, 1), "diffusion": (0, 1)}, 8, rng=rng()), ALL),
        (Delegation(), [], [Avoidance(SubgamePerfect(Fraction(1, 2)))]),
        (Hierarchy(tree=(1, 2)), {"authority": "0, 1/7"}, None),
        (Team(members=4), {"exposure": "1/2, 1"}, None),
        (load("h_county"), {"authority": "0:1:3"}, None),
    ],
)
def test_every_cell_of_a_file_is_built_and_computed_again(tmp_path, model, vary, measures):
    study(model, vary, measures, workers=0, output=tmp_path / "out.nc").close()
    found = verify_dataset(tmp_path / "out.nc", sample=1, rng=rng())
    assert found.holds and found.checked == found.agree == found.cells and found.changed == ""
    assert str(found).endswith("in all")


def test_a_cell_is_the_exact_model_the_study_solved(tmp_path):
    vary = [
        grid(authority="1/3, 0.1"),
        Bundles(((), CATALOGUE[:2], CATALOGUE[3:4])),
        points({"tolerance": [0.25, 0.1]}),
    ]
    study(Delegation(cost_work=Fraction(1, 7)), vary, output=tmp_path / "out.nc").close()
    found = read_dataset(tmp_path / "out.nc")
    for cell, (authority, bundle, tolerance) in enumerate(np.ndindex(2, 3, 2)):
        wanted = Delegation(
            cost_work=Fraction(1, 7), authority=(Fraction(1, 3), Fraction(1, 10))[authority],
            tolerance=(Fraction(1, 4), Fraction(0.1))[tolerance],
        )  # fmt: skip
        assert model_at(found, cell) == apply(wanted, ((), CATALOGUE[:2], CATALOGUE[3:4])[bundle])
    for cell in (-1, 12, 1.0, True):
        with pytest.raises(StudyError, match="is not the position of a cell, 0 to 11"):
            model_at(found, cell)


def test_an_axis_too_long_to_write_out_is_kept_exactly_too(tmp_path):
    study(Delegation(), {"authority": "0:1:9001"}, Avoidance(), output=tmp_path / "out.nc").close()
    found = read_dataset(tmp_path / "out.nc")
    assert found.authority.attrs["exact"] == "0:1:9001" and model_at(found, 1).authority == Fraction(1, 9000)
    uneven = [Fraction(k, k + 1) for k in range(9001)]
    study(Delegation(), {"authority": uneven}, Avoidance(), output=tmp_path / "out.nc").close()
    assert model_at(read_dataset(tmp_path / "out.nc"), 9000).authority == uneven[9000]


def test_a_sample_of_the_cells_is_one_in_a_thousand_and_at_least_one():
    found = study(Delegation(), grid(authority="0:1:50", diffusion="0:1:60"), Avoidance())
    assert verify_dataset(found, rng=rng()).checked == 3
    assert verify_dataset(found.isel(), sample=1e-9, rng=rng()).checked == 1
    for sample in (0, 2, True):
        with pytest.raises(StudyError, match="is not a share of the cells"):
            verify_dataset(found, sample=sample, rng=rng())


def test_what_does_not_agree_is_told_by_cell_and_what_changed_since_too():
    found = study(Delegation(), {"authority": "0:1:11"}, [Avoidance(), Equilibria()])
    found.avoidance_worst[4] += 1e-6
    found.equilibria[7] ^= 1 << 60
    provenance = json.loads(found.attrs["provenance"]) | {"library": "0.0.9"}
    told = verify_dataset(found.assign_attrs(provenance=json.dumps(provenance)), sample=1, rng=rng())
    assert not told.holds and told.agree == 9 and "library is 0.0.9 there" in told.changed
    assert [(one.cell, one.variable) for one in told.differences] == [(4, "avoidance_worst"), (7, "equilibria")]
    assert "avoidance_worst of cell 4 is 1.000001 there, 1 computed now" in str(told)


def test_cells_without_values_are_not_counted_as_agreeing():
    def picky(model):
        return 1 / (model.authority - 1)

    found = study(Delegation(), {"authority": "0, 1/2, 1"}, Custom("picky", picky), workers=0)
    told = verify_dataset(found, sample=1, rng=rng(), measures=(Custom("picky", picky),))
    assert (told.checked, told.agree, told.uncomputed) == (2, 2, 1) and told.holds


def test_a_stochastic_measure_is_drawn_again_from_its_seed_and_cell():
    noise = Stochastic("noise", lambda model, rng: rng.normal() + model.authority, seed=7)
    vary = {"authority": "0:1:12"}
    found = study(Delegation(), vary, noise, workers=0)
    for how in ({"workers": 2, "chunk": 1}, {"workers": 0, "chunk": 5}):
        assert np.array_equal(study(Delegation(), vary, noise, **how).noise, found.noise)
    assert len(np.unique(found.noise)) == 12
    assert verify_dataset(found, sample=1, rng=rng(), measures=(noise,)).agree == 12
    other = Stochastic("noise", noise.function, seed=8)
    assert verify_dataset(found, sample=1, rng=rng(), measures=(other,)).agree == 0


@dataclass(frozen=True, eq=False)
class Mine(Delegation):
    """A model of one's own."""


def test_models_and_measures_of_ones_own_must_be_passed_and_datasets_be_whole():
    found = study(Mine(), {"authority": "0, 1"}, Custom("one", lambda m: 1), workers=0)
    with pytest.raises(StudyError, match="Mine is a class of its own; pass model="):
        verify_dataset(found, rng=rng())
    with pytest.raises(StudyError, match="pass measures="):
        verify_dataset(found, rng=rng(), model=Mine())
    assert verify_dataset(found, rng=rng(), model=Mine(), measures=(Custom("one", lambda m: 1),)).holds
    plain = study(Delegation(), {"authority": "0, 1/2, 1"}, Avoidance())
    bare = plain.assign_coords(authority=("authority", plain.authority.values))
    halves = (plain.isel(authority=slice(2)), plain.isel(authority=[2, 1, 0]), plain.drop_vars("authority"), bare)
    for cut in halves:
        with pytest.raises(StudyError, match=r"use the whole dataset|does not say how"):
            model_at(cut, 0)


@pytest.mark.parametrize(
    "recipe",
    [
        "", "{", "[]", "[" * 50_000, '{"model": null, "parts": [], "measures": []}',
        '{"model": ["value", "os:system", {"command": "false"}], "parts": [], "measures": []}',
        '{"model": ["value", "blamegame.cli:main", {}], "parts": [], "measures": []}',
        '{"model": ["value", "blamegame.models.delegation:Fraction", {"numerator": 1}], "parts": [], "measures": []}',
        '{"model": ["value", "blamegame.models.delegation:Delegation", {"authority": 7}], "parts": [], "measures": []}',
    ],
)  # fmt: skip
def test_a_recipe_that_was_tampered_with_builds_nothing(recipe):
    found = study(Delegation(), [], Avoidance()).assign_attrs(recipe=recipe)
    with pytest.raises(StudyError):
        task_in(found)


def test_a_dataset_written_by_hand_can_be_verified_like_a_streamed_one(tmp_path):
    found = study(Delegation(), {"authority": "0:1:5"})
    assert verify_dataset(write_dataset(found, tmp_path / "out.nc"), sample=1, rng=rng()).holds
