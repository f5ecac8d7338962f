from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.dataset import dataset_digest
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.processes import Processes
from blamegame.studies.run import Cluster, Here, choose_backend
from blamegame.studies.study import study, task_of

VARY = grid(authority="0:1:21", accountability="0:2:10")


@pytest.fixture(scope="module")
def cluster():
    import distributed

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as running:
        yield running


def test_the_backend_follows_what_is_asked_for(small, slow_measure, monkeypatch):
    monkeypatch.delenv("DASK_SCHEDULER_ADDRESS", raising=False)
    fast, slow = task_of(*small), task_of(Delegation(), VARY, slow_measure)
    assert isinstance(choose_backend(fast), Here) and isinstance(choose_backend(slow, workers=0), Here)
    for workers, wanted in ((1, 1), (3, 3), (10**6, VARY.size)):
        backend = choose_backend(task_of(Delegation(), grid(authority="0,1"), slow_measure), workers=min(workers, 2))
        assert isinstance(backend, Processes) and backend.workers == min(wanted, 2)
        backend.close()
    with pytest.raises(StudyError, match="leave workers out"):
        choose_backend(fast, workers=2, client="tcp://localhost:1")
    for wrong in (-1, 1.5, True):
        with pytest.raises(StudyError, match="not a number of processes"):
            choose_backend(fast, workers=wrong)


def test_a_scheduler_that_does_not_answer_is_named():
    with pytest.raises(StudyError, match="nonsense"):
        choose_backend(task_of(Delegation(), VARY), client="nonsense://nowhere")
    with pytest.raises(StudyError, match="neither"):
        choose_backend(task_of(Delegation(), VARY), client=42)


def test_one_and_two_processes_and_any_chunk_give_the_same_dataset(slow_measure):
    measures = [slow_measure, Avoidance()]
    wanted = dataset_digest(study(Delegation(), VARY, measures, workers=0))
    for how in ({"workers": 1}, {"workers": 2, "chunk": 7}, {"workers": 2, "chunk": 200}):
        assert dataset_digest(study(Delegation(), VARY, measures, **how)) == wanted, how


def test_a_worker_killed_in_mid_study_changes_nothing(slow_measure, monkeypatch):
    wanted = dataset_digest(study(Delegation(), VARY, slow_measure, workers=0))
    made = []
    plain = Processes.__init__

    def remembered(self, *arguments):
        plain(self, *arguments)
        made.append(self)

    monkeypatch.setattr(Processes, "__init__", remembered)
    killed = []

    def kill_one(progress):
        if not killed and made[0].pids:
            killed.append(made[0].pids[0])
            os.kill(killed[0], 9)

    found = study(Delegation(), VARY, slow_measure, workers=2, chunk=7, progress=kill_one)
    assert killed and dataset_digest(found) == wanted
    deadline = time.monotonic() + 10
    while made[0].pids and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not made[0].pids, "no process outlives its study"


def test_a_poison_cell_is_reported_with_its_parameters_and_the_rest_completes(poison_measure):
    found = study(Delegation(), grid(authority="0:1:21"), poison_measure, workers=2)
    told = json.loads(found.attrs["failures"])
    assert told == [{"reason": "it kills its worker (signal 9)", "authority": "0.5"}]
    good = found.failed.values == 0
    assert good.sum() == 20 and np.array_equal(found.poisoned.values[good], found.authority.values[good])


def test_what_measures_print_does_not_disturb_the_answers():
    def noisy(model):
        print("noise " * 1000)
        return 1

    assert study(Delegation(), grid(authority="0,1"), Custom("noisy", noisy), workers=1).noisy.values.tolist() == [1, 1]


def test_a_measure_that_no_cell_can_have_stops_the_study_with_its_own_error():
    from blamegame.errors import UnsupportedGame

    def unsupported(model):
        raise UnsupportedGame("three players")

    for workers in (0, 1):
        with pytest.raises(UnsupportedGame, match="three players"):
            study(Delegation(), grid(authority="0,1"), Custom("unsupported", unsupported), workers=workers)


def test_a_study_that_cannot_travel_says_what_to_do():
    lock = threading.Lock()
    with pytest.raises(StudyError, match="workers=0"):
        study(Delegation(), grid(authority="0,1"), Custom("stuck", lambda model: lock.locked()), workers=1)


def test_a_task_that_a_worker_cannot_load_says_why():
    class Elsewhere:
        def __reduce__(self):
            return (eval, ("1/0",))

    task = task_of(Delegation(), grid(authority="0,1"), Custom("elsewhere", Elsewhere()))
    from blamegame.studies.execute import Attempt

    backend = Processes(task, 1)
    backend.submit(Attempt(0, 1))
    with pytest.raises(StudyError, match=r"cannot use this study \(ZeroDivisionError"):
        backend.wait(60)
    backend.close()


SCRIPT = """
import sys, time
from blamegame.models.delegation import Delegation
from blamegame.studies.dataset import dataset_digest
from blamegame.studies.grid import grid
from blamegame.studies.measures import Custom
from blamegame.studies.study import study

def slow(model):
    time.sleep(0.02)
    return model.authority * 3

print("ready", flush=True)
found = study(Delegation(), grid(authority="0:1:61"), Custom("slow", slow), workers=int(sys.argv[2]), chunk=2,
              checkpoint=sys.argv[1])
print(found.attrs["run_cells_resumed"], dataset_digest(found))
"""  # no main guard: a study needs none


def begun(process, directory):
    """Wait until the study stands in its checkpoint."""
    process.stdout.readline()
    while not (directory / "study.json").exists():
        time.sleep(0.01)


def interrupted_and_resumed(directory, cycles, seed, workers):
    """Kill the study at random moments ``cycles`` times, then let it finish; (cells resumed, digest)."""
    rng = np.random.default_rng(seed)
    arguments = [sys.executable, "-c", SCRIPT, str(directory), str(workers)]
    for _ in range(cycles):
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, start_new_session=True)
        begun(process, directory)
        time.sleep(0.3 + rng.random() * 0.6)
        process.kill()
        process.communicate()
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    resumed, digest = done.stdout.split()[1:]
    return int(resumed), digest


def test_kill_9_and_resume_ends_in_the_same_dataset(tmp_path):
    _, wanted = interrupted_and_resumed(tmp_path / "whole", 0, 0, 0)
    resumed, digest = interrupted_and_resumed(tmp_path / "killed", 2, 1, 0)
    assert digest == wanted and resumed > 0


@pytest.mark.slow
def test_fifty_kill_9_and_resume_cycles_end_in_the_same_dataset(tmp_path):
    _, wanted = interrupted_and_resumed(tmp_path / "whole", 0, 0, 0)
    for study_number in range(10):
        directory = tmp_path / str(study_number)
        assert interrupted_and_resumed(directory, 5, study_number, study_number % 3)[1] == wanted


def test_ctrl_c_stops_within_a_second_and_says_how_to_continue(tmp_path):
    for workers in ("0", "2"):
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT.replace("0.02", "30"), str(tmp_path / workers), workers],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        begun(process, tmp_path / workers)
        time.sleep(1.0)
        process.send_signal(2)
        began = time.monotonic()
        _, errors = process.communicate()
        took = time.monotonic() - began
        assert process.returncode != 0 and "run the same study with that checkpoint to continue" in errors
        assert took < 10, "far less than the 30 s of one cell, on however busy a machine"


@pytest.mark.slow
def test_a_cluster_gives_the_same_dataset_whatever_its_chunks(cluster, slow_measure, monkeypatch):
    from distributed import Client

    measures = [slow_measure, Avoidance()]
    wanted = dataset_digest(study(Delegation(), VARY, measures, workers=0))
    with Client(cluster) as client:
        for chunk in (None, 1, 7, 200):
            assert dataset_digest(study(Delegation(), VARY, measures, client=client, chunk=chunk)) == wanted
        fast = study(Delegation(), VARY, client=client)
        assert dataset_digest(fast) == dataset_digest(study(Delegation(), VARY))
    assert dataset_digest(study(Delegation(), VARY, measures, client=cluster.scheduler_address)) == wanted
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", cluster.scheduler_address)
    assert dataset_digest(study(Delegation(), VARY, measures)) == wanted
    assert isinstance(choose_backend(task_of(Delegation(), VARY)), Cluster)


@pytest.mark.slow
def test_one_of_two_cluster_workers_killed_in_mid_study_changes_nothing(cluster, slow_measure):
    from distributed import Client

    wanted = dataset_digest(study(Delegation(), VARY, slow_measure, workers=0))
    with Client(cluster) as client:
        client.wait_for_workers(2)
        pids = list(client.run(os.getpid).values())
        killed = []

        def kill_one(progress):
            if not killed:
                killed.append(pids[0])
                os.kill(pids[0], 9)

        found = study(Delegation(), VARY, slow_measure, client=client, chunk=7, progress=kill_one)
        assert killed and dataset_digest(found) == wanted


@pytest.mark.slow
def test_a_poison_cell_on_a_cluster_is_reported_and_takes_no_worker_with_it(cluster, poison_measure):
    from distributed import Client

    with Client(cluster) as client:
        client.wait_for_workers(2)
        before = sorted(client.run(os.getpid).values())
        found = study(Delegation(), grid(authority="0:1:21"), poison_measure, client=client)
        assert sorted(client.run(os.getpid).values()) == before
    assert json.loads(found.attrs["failures"]) == [{"reason": "it kills its worker (signal 9)", "authority": "0.5"}]
    assert int(found.failed.sum()) == 1 and found.poisoned.values[-1] == 1


@pytest.mark.slow
def test_a_long_sample_is_sent_to_a_cluster_in_pieces(cluster, monkeypatch):
    from distributed import Client

    from blamegame.studies.grid import uniform_sample

    monkeypatch.setattr("blamegame.studies.run._LARGE_TASK", 100)
    sample = uniform_sample({"authority": (0, 1)}, 100, rng=np.random.default_rng(0))
    with Client(cluster) as client:
        found = study(Delegation(), sample, client=client, chunk=13)
    assert dataset_digest(found) == dataset_digest(study(Delegation(), sample))


def test_fractions_survive_the_way_to_a_worker():
    def is_exact(model):
        return model.authority == Fraction(1, 3)

    found = study(Delegation(), grid(authority="1/3, 0.5"), Custom("third", is_exact), workers=1)
    assert found.third.values.tolist() == [1, 0]


@pytest.mark.parametrize("where", [{"workers": 0}, {"workers": 1}, {"workers": 2}])
def test_a_cell_that_ends_the_interpreter_has_failed_and_nothing_else(where):
    def leaves(model):
        if model.authority == Fraction(1, 2):
            sys.exit(3)
        return model.authority

    found = study(Delegation(), grid(authority="0, 0.5, 1"), Custom("leaves", leaves), **where)
    assert json.loads(found.attrs["failures"]) == [{"reason": "SystemExit: 3", "authority": "0.5"}]
    assert found.failed.values.tolist() == [0, 1, 0]


@pytest.mark.slow
def test_a_cell_that_ends_the_interpreter_has_failed_on_a_cluster_too(cluster):
    def leaves(model):
        if model.authority == Fraction(1, 2):
            sys.exit(3)
        return model.authority

    found = study(Delegation(), grid(authority="0, 0.5, 1"), Custom("leaves", leaves), client=cluster.scheduler_address)
    assert json.loads(found.attrs["failures"]) == [{"reason": "SystemExit: 3", "authority": "0.5"}]


def test_a_batch_that_ends_the_interpreter_stops_the_study_in_words(monkeypatch):
    monkeypatch.setattr(Avoidance, "of_cells", lambda self, cells: sys.exit(3))
    with pytest.raises(StudyError, match=r"ends the interpreter \(SystemExit: 3\)"):
        study(Delegation(), grid(authority="0, 1"), Avoidance())
