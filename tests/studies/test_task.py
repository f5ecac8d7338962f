"""A task computes any range of its cells, the same however cells are grouped, and refuses what does not fit."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance, Equilibria
from blamegame.studies.task import Task

DESIGN = grid({"authority": [Fraction(k, 4) for k in range(5)]})
TASK = Task(Delegation(), DESIGN, (Avoidance(),))


def test_the_cells_of_a_range_are_those_of_the_whole():
    whole = TASK.compute(0, 5)
    parts = [TASK.compute(0, 2), TASK.compute(2, 5)]
    assert whole.arrays and (whole.start, whole.stop) == (0, 5) and whole.failures == ()
    for name, values in whole.arrays.items():
        assert np.array_equal(values, np.concatenate([part.arrays[name] for part in parts]))


def test_variables_have_an_entry_for_every_cell_in_their_own_type():
    found = TASK.compute(1, 4)
    assert {variable.name for variable in TASK.variables} == set(found.arrays)
    assert all(len(values) == 3 for values in found.arrays.values())


@pytest.mark.parametrize(
    ("task", "why"),
    [
        (Task(Delegation(), DESIGN, ()), "at least one measure"),
        (Task(Delegation(authority=np.array([0.1, 0.2])), DESIGN, (Avoidance(),)), "batch of shape"),
        (Task(Delegation(), grid({"zeal": [0, 1]}), (Avoidance(),)), "zeal"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_computed(task, why):
    with pytest.raises((StudyError, ValueError), match=why):
        task.check()


def test_a_task_that_fits_is_returned_as_it_is():
    task = Task(Delegation(), DESIGN, (Avoidance(), Equilibria()))
    assert task.check() is task and task.bytes_per_cell > TASK.bytes_per_cell > 0
