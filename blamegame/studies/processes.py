"""Spawned processes as a backend: each chunk is charged to exactly one worker, so a death has one suspect."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.studies.execute import Attempt, Outcome
from blamegame.studies.task import Task
from blamegame.studies.worker import receive, send

_STARTS = 4
"""How often a worker that is killed before it is ready is started again."""


class Processes:
    """``workers`` processes that compute chunks of one task; a dead one is replaced."""

    def __init__(self, task: Task, workers: int) -> None:
        self.workers = workers
        self.capacity = workers
        self._task = pickled(task)
        self._asked: queue.Queue[Attempt | None] = queue.Queue()
        self._done: queue.Queue[Outcome | BaseException] = queue.Queue()
        self._living: set[subprocess.Popen[bytes]] = set()
        self._closed = False
        self._guard = threading.Lock()
        for _ in range(workers):
            threading.Thread(target=self._serve, daemon=True).start()

    def submit(self, attempt: Attempt) -> None:
        self._asked.put(attempt)

    def wait(self, seconds: float) -> list[Outcome]:
        try:
            found = self._done.get(timeout=seconds)
        except queue.Empty:
            return []
        if isinstance(found, BaseException):
            raise found
        return [found]

    def close(self) -> None:
        with self._guard:
            self._closed = True
            for process in self._living:
                process.kill()
        for _ in range(self.workers):
            self._asked.put(None)

    @property
    def pids(self) -> list[int]:
        """The living workers."""
        with self._guard:
            return [process.pid for process in self._living]

    def _serve(self) -> None:
        """One worker's attendant: starts it, feeds it, and starts another where it dies."""
        process: subprocess.Popen[bytes] | None = None
        while (attempt := self._asked.get()) is not None:
            try:
                process = process or self._started()
                self._done.put(self._computed(process, attempt))
            except (EOFError, OSError):
                if self._closed:
                    break
                assert process is not None
                code = process.wait()
                why = f"signal {-code}" if code < 0 else f"exit code {code}"
                self._forget(process)
                process = None
                self._done.put(Outcome(attempt, None, why))
            except BaseException as error:
                self._done.put(error)
        if process is not None:
            process.kill()
            self._forget(process)

    def _started(self) -> subprocess.Popen[bytes]:
        """A worker that is ready. One that is killed while it starts has done no harm and is replaced."""
        for _ in range(_STARTS):
            process = self._launched()
            if not isinstance(process, int):
                return process
            if process >= 0 or self._closed:
                break
        raise StudyError(
            f"a worker process ended before it began (exit code {process}); workers=0 computes in this process"
        )

    def _launched(self) -> subprocess.Popen[bytes] | int:
        """A worker that is ready, or the exit code of one that ended before it was."""
        path = os.pathsep.join([entry or os.getcwd() for entry in sys.path])
        process = subprocess.Popen(
            [sys.executable, "-m", "blamegame.studies.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C at a terminal reaches the parent only
        )
        with self._guard:
            self._living.add(process)
            if self._closed:
                process.kill()
        assert process.stdin is not None and process.stdout is not None
        try:
            send(process.stdin, self._task)
            kind, text = pickle.loads(receive(process.stdout))
        except (EOFError, OSError):
            code = process.wait()
            self._forget(process)
            return code
        if kind != "ready":
            raise StudyError(
                f"a worker process cannot use this study ({text}); define the measure's function in a module, or pass "
                "workers=0 to compute in this process"
            )
        return process

    @staticmethod
    def _computed(process: subprocess.Popen[bytes], attempt: Attempt) -> Outcome:
        assert process.stdin is not None and process.stdout is not None
        send(process.stdin, pickle.dumps((attempt.start, attempt.stop)))
        kind, content = pickle.loads(receive(process.stdout))
        if kind == "result":
            return Outcome(attempt, content)
        raise content if kind == "error" else StudyError(str(content))

    def _forget(self, process: subprocess.Popen[bytes]) -> None:
        with self._guard:
            self._living.discard(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not sent to a dead worker
                    stream.close()
        process.wait()


def pickled(task: Task) -> bytes:
    """A task as bytes; functions of the main script or a notebook travel by value."""
    cloudpickle = need("cloudpickle")
    try:
        data: bytes = cloudpickle.dumps(task)
    except Exception as error:
        raise StudyError(
            f"this study cannot be sent to another process ({type(error).__name__}: {error}); workers=0 computes here"
        ) from error
    return data
