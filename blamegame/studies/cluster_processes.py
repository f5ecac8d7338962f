"""Processes beside a cluster's workers: cells that kill their process take no worker with them.

This runs on the cluster. Each study keeps as many processes beside a worker as that has threads, until it releases
them; a process leaves by itself when its worker does.
"""

from __future__ import annotations

import pickle
import threading
from functools import lru_cache

from blamegame.studies.execute import Attempt
from blamegame.studies.processes import Processes
from blamegame.studies.task import Result, Task

_MOST_STUDIES = 4

_guard = threading.Lock()
_idle: dict[bytes, list[Processes]] = {}
"""For each pickled task its processes without work; this belongs to the worker's process, not to a study."""


def compute_beside(data: bytes, start: int, stop: int) -> Result | str:
    """One chunk of a pickled task in a process beside this one; where that dies, how it died."""
    with _guard:
        for forgotten in [task for task in _idle if task != data][:-_MOST_STUDIES]:
            _close(forgotten)
        idle = _idle.setdefault(data, [])
        process = idle.pop() if idle else None
    process = process or Processes(unpickled(data), 1)
    try:
        process.submit(Attempt(start, stop))
        while not (outcomes := process.wait(1.0)):
            pass
    except BaseException:
        process.close()
        raise
    with _guard:
        if data in _idle:
            _idle[data].append(process)
        else:  # released meanwhile
            process.close()
    return outcomes[0].result or outcomes[0].why


def release(data: bytes) -> None:
    """End the processes of a study that is over."""
    with _guard:
        _close(data)


@lru_cache(maxsize=4)
def unpickled(data: bytes) -> Task:
    """The task that :func:`blamegame.studies.processes.pickled` made bytes of."""
    task: Task = pickle.loads(data)
    return task


def _close(data: bytes) -> None:
    for process in _idle.pop(data, []):
        process.close()
