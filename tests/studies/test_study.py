from __future__ import annotations

import json
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Rationalizable
from blamegame.errors import StudyError, UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model, parameter
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.scenario.scenario import load
from blamegame.studies.dataset import dataset_digest, read_dataset
from blamegame.studies.grid import Bundles, grid, points, uniform_sample
from blamegame.studies.measures import Avoidance, Custom, Equilibria, Payoffs, Playable, Success, support_words
from blamegame.studies.schema import status_words
from blamegame.studies.study import study, task_of

ALL = (Avoidance(), Equilibria(), Success(), Payoffs())


def exact_values(model, vary, measures):
    """Every cell by the exact definition of each measure, one at a time."""
    task = task_of(model, vary, measures)
    arrays = {variable.name: variable.empty(task.design.size) for variable in task.variables}
    for cell in range(task.design.size):
        from blamegame.studies.cells import Cells

        one = Cells(task.base, task.design, cell, cell + 1).exact(0)
        for measure in task.measures:
            for name, value in measure.of_model(one).items():
                arrays[name][cell] = value
    return {v.name: arrays[v.name].reshape(*task.design.shape, *v.shape) for v in task.variables}


def assert_same(dataset, wanted):
    for name, values in wanted.items():
        if values.dtype.kind == "f":
            np.testing.assert_allclose(dataset[name].values, values, rtol=0, atol=1e-9, err_msg=name)
        else:
            np.testing.assert_array_equal(dataset[name].values, values, err_msg=name)


def test_the_dataset_is_labelled_with_units_meaning_and_exact_values():
    found = study(load("h_county"), grid(authority="0:1:3", accountability="1, 3/2"))
    assert found.status.dims == ("authority", "accountability") and found.sizes["authority"] == 3
    assert found.authority.attrs["units"] == "share" and "power" in found.authority.attrs["long_name"]
    assert found.accountability.attrs["exact"] == "1 3/2" and found.accountability.values.tolist() == [1.0, 1.5]
    assert found.attrs["scenario"] == "h_county" and found.attrs["complete"] == 1
    fixed = json.loads(found.attrs["parameters"])
    assert fixed["diffusion"] == "4/5" and "authority" not in fixed
    assert found.avoidance_worst.attrs["units"] == "probability"


# Where several equilibria meet: the boundaries authority = a* and diffusion = d* of model.md (T2, T5), moved onto
# grid points by choosing costs, and the corners of the parameter space where many payoffs tie.
BOUNDARY = Delegation(cost_escalate=Fraction(1, 20), escalation_shield=Fraction(1, 2), tolerance=Fraction(1, 2))


@pytest.mark.parametrize(
    ("model", "vary"),
    [
        (BOUNDARY, grid(cost_work="0:0.5:11", cost_formalism="0:0.4:9")),
        (Delegation(cost_push=0, cost_assist=0), grid(push_strength="0:1:6", assistance="0:1:6")),
        (Delegation(accountability=0, credit_lower=0), grid(cost_work="0:0.2:5", cost_escalate="0:0.2:5")),
        (Delegation(causal_weight=Fraction(1, 2)), grid(authority="0:1:6", answer_competence="0:1:6")),
        (Delegation(), grid(authority=[Fraction(1318, 1917), Fraction(67, 297)], diffusion="0:1:5")),
    ],
)
def test_batch_and_exact_paths_agree_on_every_cell_across_boundaries(model, vary):
    found = study(model, vary, ALL)
    assert_same(found, exact_values(model, vary, ALL))


def test_a_boundary_that_runs_through_grid_points_is_decided_exactly_there():
    # T2: under push, work ties with escalate exactly at authority 1318/1917
    edge = Fraction(1318, 1917)
    around = [edge - Fraction(1, 10**15), edge, edge + Fraction(1, 10**15)]
    found = study(Delegation(), grid(authority=around), [Avoidance(), Equilibria()])
    assert found.equilibria_count.values.tolist() == [1, 2, 1]
    assert status_words(found.status).tolist() == ["entrenched", "trap", "free"]


def test_correlated_and_slow_concepts_agree_with_their_exact_definition():
    measures = [Avoidance(concept) for concept in (Correlated(), CoarseCorrelated(), Rationalizable())]
    vary = grid(authority="0.1, 0.7", diffusion="0, 0.4, 0.8")
    found = study(Delegation(), vary, measures, workers=0)
    assert_same(found, exact_values(Delegation(), vary, measures))


def test_playability_over_a_grid_agrees_with_model_md():
    found = study(
        Delegation(), grid(authority="0.3, 0.31"), [Playable(("assist", "work"), Fraction(n, 100)) for n in (51, 52)]
    )
    assert found["playable_assist_work_at_0.51"].values.tolist()[0] == 0
    assert found["playable_assist_work_at_0.52"].values.tolist()[0] == 1


def test_an_event_of_the_users_own_has_variables_of_its_own():
    event = Avoidance(event=(("push", "formalism"),))
    found = study(Delegation(), grid(authority="0.3, 0.9"), [Avoidance(), event])
    assert found.avoidance_worst_of_push_formalism.values.tolist() == [0.0, 0.0]
    assert found.avoidance_worst.values.tolist()[0] == 1.0


def test_bundles_of_reforms_are_a_dimension():
    bundles = Bundles(((), choose(CATALOGUE, ["list"]), choose(CATALOGUE, ["list", "escalation_rule"])))
    vary = [bundles, grid(authority="0.3, 0.6")]
    found = study(Delegation(), vary, ALL)
    assert found.bundle.values.tolist() == ["as it is", "list", "escalation_rule + list"]
    assert status_words(found.status.values[:, 0]).tolist() == ["entrenched", "free", "trap"]
    assert_same(found, exact_values(Delegation(), vary, ALL))


def test_a_sample_carries_its_parameters_along_the_dimension_and_its_seed():
    sample = uniform_sample({"authority": (0, 1), "diffusion": (0, 1)}, 20, rng=np.random.default_rng(3))
    found = study(Delegation(), sample)
    assert found.status.dims == ("sample",) and found.authority.dims == ("sample",)
    assert json.loads(found.attrs["seed"])["sample"]["entropy"] == 3
    assert_same(found, exact_values(Delegation(), sample, (Avoidance(), Equilibria(), Success())))


def test_no_dimension_at_all_is_a_study_of_one_cell():
    found = study(Delegation(), [])
    assert found.status.dims == () and int(found.status) == 2
    assert support_words(int(found.equilibria), Delegation.actions) == "(push, escalate)"


@pytest.mark.parametrize(
    "vary", [grid(authority="0:1:7", diffusion="0:1:5"), [grid(authority="0:1:5"), Bundles(((),))]]
)
def test_the_answer_does_not_depend_on_chunks_or_on_where_it_is_kept(tmp_path, vary):
    wanted = dataset_digest(study(Delegation(), vary, ALL))
    for chunk in (1, 7, 200):
        assert dataset_digest(study(Delegation(), vary, ALL, chunk=chunk)) == wanted
        out = tmp_path / f"{chunk}.nc"
        with study(Delegation(), vary, ALL, chunk=chunk, output=out, checkpoint=tmp_path / f"{chunk}") as streamed:
            assert dataset_digest(streamed) == wanted
        assert dataset_digest(read_dataset(out)) == wanted


def test_a_finished_checkpoint_is_read_without_computing(tmp_path, small):
    model, vary, measure = small
    first = study(model, vary, measure, checkpoint=tmp_path / "kept")
    calls = []
    again = study(model, vary, measure, checkpoint=tmp_path / "kept", progress=calls.append)
    assert not calls and dataset_digest(again) == dataset_digest(first)
    assert again.attrs["run_cells_resumed"] == vary.size


def test_an_interrupted_study_says_how_to_continue_and_continues(tmp_path, small):
    model, vary, measure = small

    def stop_at_once(progress):
        if progress.done >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        study(model, vary, measure, chunk=10, checkpoint=tmp_path / "kept", progress=stop_at_once)
    assert "50 of 210 cells were computed" in caught.value.__notes__[0] and "continue" in caught.value.__notes__[0]
    again = study(model, vary, measure, checkpoint=tmp_path / "kept")
    assert again.attrs["run_cells_resumed"] == 50
    assert dataset_digest(again) == dataset_digest(study(model, vary, measure))
    with pytest.raises(KeyboardInterrupt) as caught:
        study(model, vary, measure, chunk=10, output=tmp_path / "lost.nc", progress=stop_at_once)
    assert "are lost" in caught.value.__notes__[0]
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept"]


def test_a_time_limit_gives_what_there_is_and_says_so(tmp_path, slow_measure):
    began = time.monotonic()
    kept = tmp_path / "out.nc"
    with study(Delegation(), grid(authority="0:1:5001"), slow_measure, workers=0, time_limit=0.3, output=kept) as found:
        assert time.monotonic() - began < 10
        assert found.attrs["complete"] == 0
        reached = int(np.isfinite(found.twice).sum())
        assert 0 < reached < 5001 and np.isnan(found.twice.values[reached:]).all()


def test_progress_counts_to_the_end(small):
    model, vary, measure = small
    seen = []
    study(model, vary, measure, chunk=50, progress=seen.append)
    assert [one.done for one in seen] == [50, 100, 150, 200, 210] and seen[-1].total == 210
    assert seen[-1].remaining == 0 and "210 of 210 cells" in str(seen[-1])


def test_a_cell_that_raises_is_reported_and_the_rest_completes():
    def picky(model):
        if model.authority == Fraction(1, 2):
            raise ZeroDivisionError("half")
        return model.authority

    found = study(Delegation(), grid(authority="0:1:5"), Custom("picky", picky), workers=0)
    assert json.loads(found.attrs["failures"]) == [{"reason": "ZeroDivisionError: half", "authority": "0.5"}]
    assert found.failed.values.tolist() == [0, 0, 1, 0, 0] and np.isnan(found.picky.values[2])


def test_a_study_in_which_every_cell_fails_is_refused_with_the_reason():
    with pytest.raises(StudyError, match="every cell failed; the first: ZeroDivisionError"):
        study(Delegation(), grid(authority="0,1"), Custom("bad", lambda model: 1 / 0), workers=0)


@dataclass(frozen=True, eq=False)
class Bare(Model):
    """A model of which nothing is known but its parameter."""

    x: Any = parameter("x", "a share", "0.5")

    def event(self, event=None):
        raise UnsupportedGame("no game is played")

    def question(self, concept, event=None):
        raise UnsupportedGame("no game is played")


def test_what_cannot_be_studied_is_refused_by_name(small, tmp_path):
    model, vary, measure = small
    for arguments, says in [
        (("model", vary), "starts from a model"),
        ((Delegation(authority=np.zeros(3)), vary), "a batch of shape"),
        ((model, grid(authorty="0,1")), "did you mean 'authority'"),
        ((model, grid(authority="0,2")), "authority=2.0 is not a share"),
        ((model, vary, []), "at least one measure"),
        ((model, vary, [measure, measure]), "both fill 'avoidance_best'"),
        ((model, vary, "status"), "'status' is not a measure"),
        ((model, vary, Avoidance), r"write Avoidance\(\)"),
        ((Bare(), grid(x="0,1")), "Bare has none of the usual measures"),
        ((model, vary, Custom("authority", float)), "cannot name a variable"),
    ]:
        with pytest.raises(StudyError, match=says):
            study(*arguments)
    with pytest.raises(StudyError, match=r"authority \(21\) x accountability \(10\) is 210 cells, more than limit=200"):
        study(model, vary, limit=200)
    for chunk in (0, 1.5, True):
        with pytest.raises(StudyError, match="chunk"):
            study(model, vary, chunk=chunk)


def test_a_result_larger_than_memory_is_refused_with_the_way_out(small, monkeypatch):
    monkeypatch.setattr("blamegame.memory.available_memory", lambda: 1000)
    with pytest.raises(StudyError, match=r"output='study\.nc'"):
        study(*small)


def test_points_at_which_nothing_is_exact_are_the_rationals_they_store():
    found = study(Delegation(), points({"authority": np.array([0.1, 0.7])}), Avoidance())
    assert "exact" not in found.authority.attrs and found.status.values.tolist() == [2, 0]


@pytest.mark.slow
def test_ten_million_cells_stream_to_disk_in_bounded_memory(tmp_path):
    import subprocess
    import sys

    script = """
import resource, sys
from blamegame.models.delegation import Delegation
from blamegame.studies.grid import parse_axes
from blamegame.studies.study import study
axes = ["authority=0:1:101", "accountability=0:2:101"]
study(Delegation(), parse_axes(axes), output=sys.argv[1] + "small.nc").close()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
axes = ["authority=0:1:1000", "accountability=0:2:1000", "diffusion=0:1:10"]
study(Delegation(), parse_axes(axes), output=sys.argv[1] + "large.nc").close()
print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", script, f"{tmp_path}/"], capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    assert (tmp_path / "large.nc").stat().st_size > 400e6
    assert after - before < 200_000, f"{before} kB before, {after} kB after"
