"""Processes beside a worker: kept between chunks of one study, ended when it is released or dies."""

import pickle
from typing import ClassVar

import pytest

from blamegame.studies import cluster_processes
from blamegame.studies.execute import Outcome


class Processes:
    """As much of the real ones as this module uses, without a process."""

    started: ClassVar = []

    def __init__(self, task, workers):
        self.task, self.closed, self.asked = task, False, []
        Processes.started.append(self)

    def submit(self, attempt):
        self.asked.append(attempt)

    def wait(self, seconds):
        attempt = self.asked[-1]
        if self.task == "raises":
            raise ValueError("bad measure")
        result = None if self.task == "dies" else ("cells", attempt.start, attempt.stop)
        return [Outcome(attempt, result, "" if result else "signal 9")]

    def close(self):
        self.closed = True


@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    monkeypatch.setattr(cluster_processes, "Processes", Processes)
    monkeypatch.setattr(cluster_processes, "_idle", {})
    Processes.started.clear()


def test_one_process_computes_chunk_after_chunk_and_is_ended_on_release():
    data = pickle.dumps("study")
    assert cluster_processes.compute_beside(data, 0, 3) == ("cells", 0, 3)
    assert cluster_processes.compute_beside(data, 3, 5) == ("cells", 3, 5)
    (process,) = Processes.started
    assert process.task == "study" and not process.closed
    cluster_processes.release(data)
    assert process.closed
    cluster_processes.release(data)  # once more changes nothing


def test_a_death_is_an_answer_in_words():
    assert cluster_processes.compute_beside(pickle.dumps("dies"), 0, 1) == "signal 9"


def test_an_error_ends_the_process_and_is_raised():
    with pytest.raises(ValueError, match="bad measure"):
        cluster_processes.compute_beside(pickle.dumps("raises"), 0, 1)
    assert Processes.started[0].closed


def test_processes_of_studies_long_forgotten_are_ended():
    for k in range(7):
        cluster_processes.compute_beside(pickle.dumps(f"study {k}"), 0, 1)
    closed = [process.task for process in Processes.started if process.closed]
    assert closed and closed == [f"study {k}" for k in range(len(closed))] and len(cluster_processes._idle) <= 5
