"""What goes to another process: tasks as bytes, or a refusal that says what to do instead."""

import threading

import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.cluster_processes import unpickled
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance
from blamegame.studies.processes import Processes, pickled
from blamegame.studies.task import Task


def test_a_task_arrives_as_it_was_sent():
    task = Task(Delegation(), grid({"authority": [0, 1]}), (Avoidance(),))
    again = unpickled(pickled(task))
    assert again.base == task.base and again.design.shape == (2,) and again.measures == task.measures


def test_what_cannot_be_sent_is_refused_with_the_way_out():
    with pytest.raises(StudyError, match="workers=0 computes here"):
        pickled(threading.Lock())


def test_nothing_is_started_before_something_is_asked():
    backend = Processes(Task(Delegation(), grid({"authority": [0, 1]}), (Avoidance(),)), 2)
    try:
        assert backend.capacity == 2 and backend.pids == [] and backend.wait(0.0) == []
    finally:
        backend.close()


def test_a_worker_killed_while_it_starts_is_replaced_and_only_so_often(monkeypatch):
    backend = Processes(Task(Delegation(), grid({"authority": [0, 1]}), (Avoidance(),)), 1)
    try:
        codes = [-9, -9, "worker"]
        monkeypatch.setattr(backend, "_launched", lambda: codes.pop(0))
        assert backend._started() == "worker"
        codes = [-9] * 9
        with pytest.raises(StudyError, match=r"ended before it began \(exit code -9\)"):
            backend._started()
        codes = [1, "worker"]
        with pytest.raises(StudyError, match=r"exit code 1"):
            backend._started()
    finally:
        backend.close()
