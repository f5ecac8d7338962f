"""The cluster backend without processes: a scheduler and a worker in this process, and futures that fail on purpose."""

from __future__ import annotations

import dataclasses
import time

import distributed
import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.cluster_processes import compute_beside, release
from blamegame.studies.dataset import dataset_digest
from blamegame.studies.execute import Attempt
from blamegame.studies.grid import grid, uniform_sample
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.processes import pickled
from blamegame.studies.run import Cluster
from blamegame.studies.study import study, task_of

TASK = task_of(Delegation(), grid(authority="0:1:21"), Avoidance())


@pytest.fixture(scope="module")
def client():
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=":0") as running:
        yield running


class Ended:
    """A future that is over."""

    def __init__(self, result=None, error=None, status="finished"):
        self.status, self._result, self._error = status, result, error

    def exception(self):
        return self._error

    def result(self):
        return self._result


def test_a_fast_study_on_a_cluster_is_the_same_dataset(client, monkeypatch):
    wanted = dataset_digest(study(Delegation(), TASK.design, Avoidance()))
    assert dataset_digest(study(Delegation(), TASK.design, Avoidance(), client=client, chunk=4)) == wanted
    address = client.scheduler.address
    assert dataset_digest(study(Delegation(), TASK.design, Avoidance(), client=address)) == wanted
    monkeypatch.setattr("blamegame.studies.run._LARGE_TASK", 100)
    sample = uniform_sample({"authority": (0, 1)}, 40, rng=np.random.default_rng(0))
    found = study(Delegation(), sample, Avoidance(), client=client, chunk=7)
    assert dataset_digest(found) == dataset_digest(study(Delegation(), sample, Avoidance()))


def test_a_slow_study_on_a_cluster_runs_beside_its_workers(client, slow_measure):
    found = study(Delegation(), TASK.design, slow_measure, client=client)
    assert np.array_equal(found.twice, 2 * found.authority)


def test_the_error_of_a_task_is_the_studys(client):
    backend = Cluster(TASK, client)
    attempt = Attempt(0, 1)
    assert backend._outcome(Ended("signal 9"), attempt).why == "signal 9"
    with pytest.raises(ZeroDivisionError):
        backend._outcome(Ended(error=ZeroDivisionError()), attempt)
    with pytest.raises(StudyError, match="dropped the study's tasks"):
        backend._outcome(Ended(status="cancelled"), attempt)
    with pytest.raises(StudyError, match=r"has blamegame 0\.0"):
        backend._outcome(Ended(dataclasses.replace(TASK.compute(0, 1), version="0.0")), attempt)


def test_a_task_that_dask_gives_up_is_a_death(client):
    from types import SimpleNamespace

    from distributed.scheduler import KilledWorker

    given_up = Ended(error=KilledWorker("task", SimpleNamespace(address="tcp://1.2.3.4:5"), 3))
    outcome = Cluster(TASK, client)._outcome(given_up, Attempt(0, 4))
    assert outcome.result is None and "4 in a row" in outcome.why


def test_a_cluster_without_workers_is_reported_after_a_while(client, monkeypatch):
    backend = Cluster(TASK, client)
    assert backend.wait(0.01) == []
    monkeypatch.setattr(client, "nthreads", dict)
    backend._check_alive()
    backend._seen_worker = time.monotonic() - 1000
    with pytest.raises(StudyError, match="no worker for 60 s"):
        backend._check_alive()


def test_a_closed_client_is_reported():
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=":0") as own:
        backend = Cluster(TASK, own)
    with pytest.raises(StudyError, match="connection to the dask scheduler is lost"):
        backend._check_alive()


def test_a_death_beside_a_worker_is_told_and_the_next_chunk_goes_on(poison_measure):
    data = pickled(task_of(Delegation(), grid(authority="0:1:21"), poison_measure))
    assert compute_beside(data, 10, 11) == "signal 9"
    assert compute_beside(data, 0, 2).arrays["poisoned"].tolist() == [0, 0.05]
    release(data)
    release(data)


def test_an_error_beside_a_worker_is_raised():
    from blamegame.errors import UnsupportedGame

    def unsupported(model):
        raise UnsupportedGame("no")

    with pytest.raises(UnsupportedGame, match="no"):
        compute_beside(pickled(task_of(Delegation(), grid(authority="0,1"), Custom("u", unsupported))), 0, 1)
