"""Where a study's chunks are computed: here, in spawned processes, or on a dask.distributed cluster.

The only file that knows dask. All three compute the same chunks with the same code, so the answers are the same bits.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.studies.cluster_processes import compute_beside, release, unpickled
from blamegame.studies.execute import Attempt, Backend, Outcome
from blamegame.studies.identity import library_version
from blamegame.studies.processes import Processes, pickled
from blamegame.studies.task import Result, Task

_LARGE_TASK = 1 << 22
"""Bytes beyond which a chunk is sent its own cells only."""

_PATIENCE = 60.0
"""Seconds a cluster may be without any worker."""


def choose_backend(task: Task, *, workers: int | None = None, client: Any = None) -> Backend:
    """The backend a study asks for.

    ``client`` is a ``distributed.Client`` or a scheduler's address; without it, and without ``workers``, the usual
    environment variable ``DASK_SCHEDULER_ADDRESS`` counts. Otherwise the study is embedded: batch measures run in this
    process, whose kernels use every CPU, and measures computed cell by cell in ``workers`` processes, by default one
    for each CPU; ``workers=0`` computes them here too.
    """
    if client is not None and workers is not None:
        raise StudyError(f"workers={workers} and client={client!r}: a cluster has its own workers; leave workers out")
    if workers is not None and (isinstance(workers, bool) or not isinstance(workers, int) or workers < 0):
        raise StudyError(f"workers={workers!r} is not a number of processes; 0 computes in this one")
    address = os.environ.get("DASK_SCHEDULER_ADDRESS") if workers is None else None
    if client is not None or address:
        return Cluster(task, client if client is not None else address)
    if workers == 0 or (workers is None and not task.slow):
        return Here(task)
    from blamegame.solvers.strategic.batch import available_threads

    return Processes(task, max(1, min(available_threads() if workers is None else workers, task.design.size)))


class Here:
    """This process, one chunk after the other."""

    capacity = 1
    workers = 1

    def __init__(self, task: Task) -> None:
        self._task = task
        self._asked: deque[Attempt] = deque()

    def submit(self, attempt: Attempt) -> None:
        self._asked.append(attempt)

    def wait(self, seconds: float) -> list[Outcome]:
        attempt = self._asked.popleft()
        with _interrupts_kept():
            result = self._task.compute(attempt.start, attempt.stop)
        return [Outcome(attempt, result)]

    def close(self) -> None:
        self._asked.clear()


class Cluster:
    """An existing dask.distributed cluster.

    Cells computed one by one may kill their process, and dask counts a worker's death against everything that waited
    on that worker, while its nannies lose workers that die as they start. So such cells are computed in a process
    beside each worker (:mod:`blamegame.studies.cluster_processes`), which alone dies and alone is to blame.
    """

    def __init__(self, task: Task, client: Any) -> None:
        Client = need("distributed").Client

        self._own = isinstance(client, str)
        try:
            self._client = Client(client, timeout="10s") if self._own else client
        except (OSError, TimeoutError, ValueError) as error:
            raise StudyError(f"no dask scheduler answers at {client!r} ({type(error).__name__}: {error})") from None
        if not isinstance(self._client, Client):
            raise StudyError(f"client={client!r} is neither a distributed.Client nor a scheduler's address")
        self._task = task
        self._whole = pickled(task)
        self.workers = max(1, sum(self._client.nthreads().values()))
        self.capacity = 2 * self.workers
        self._futures: dict[Any, Attempt] = {}
        self._done: queue.Queue[Any] = queue.Queue()
        self._seen_worker = time.monotonic()

    def submit(self, attempt: Attempt) -> None:
        data, work = self._whole, compute_beside if self._task.slow else compute_range
        if len(data) > _LARGE_TASK:
            data, work = pickled(self._task.restricted(attempt.start, attempt.stop)), compute_range
        future = self._client.submit(work, data, attempt.start, attempt.stop, pure=False)
        self._futures[future] = attempt
        future.add_done_callback(self._done.put)

    def wait(self, seconds: float) -> list[Outcome]:
        try:
            future = self._done.get(timeout=seconds)
        except queue.Empty:
            self._check_alive()
            return []
        attempt = self._futures.pop(future)
        return [self._outcome(future, attempt)]

    def close(self) -> None:
        fire_and_forget = need("distributed").fire_and_forget

        if self._futures and self._client.status == "running":
            self._client.cancel(list(self._futures), asynchronous=False, force=True)
        self._futures.clear()
        if self._task.slow and self._client.status == "running":
            for address in self._client.nthreads():  # not waited for: a worker may be busy or gone
                fire_and_forget(self._client.submit(release, self._whole, workers=[address], pure=False))
        if self._own:
            self._client.close()

    def _check_alive(self) -> None:
        if self._client.status in ("closed", "closing"):
            raise StudyError("the connection to the dask scheduler is lost")
        now = time.monotonic()
        if self._client.nthreads():
            self._seen_worker = now
        elif now - self._seen_worker > _PATIENCE:
            raise StudyError(f"the dask cluster has had no worker for {_PATIENCE:.0f} s; start some and run again")

    def _outcome(self, future: Any, attempt: Attempt) -> Outcome:
        KilledWorker = need("distributed.scheduler").KilledWorker

        if future.status == "cancelled":
            raise StudyError("the dask scheduler dropped the study's tasks; was the cluster restarted?")
        error = future.exception()
        if isinstance(error, KilledWorker):
            return Outcome(attempt, None, f"{error.allowed_failures + 1} in a row on the cluster")
        if error is not None:
            raise error
        result: Result | str = future.result()
        if isinstance(result, str):
            return Outcome(attempt, None, result)
        if result.version != (here := library_version()):
            raise StudyError(f"the cluster has blamegame {result.version}, this process {here}; use one version")
        return Outcome(attempt, result)


def compute_range(data: bytes, start: int, stop: int) -> Result:
    """What a cluster's worker runs: one chunk of a pickled task."""
    return unpickled(data).compute(start, stop)


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Ctrl-C ends the study even where a solver turned it into an incomplete answer."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[int] = []
    before: Any = signal.getsignal(signal.SIGINT)

    def remember(number: int, frame: Any) -> None:
        seen.append(number)
        handler: Callable[[int, Any], Any] = before if callable(before) else signal.default_int_handler
        handler(number, frame)

    if before in (signal.SIG_IGN, None):
        yield
        return
    signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if seen:
        raise KeyboardInterrupt
