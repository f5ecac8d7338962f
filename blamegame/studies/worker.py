"""The spawned process of an embedded study: reads a task, then ranges of cells, and answers with their values.

It is started as ``python -m blamegame.studies.worker`` and never runs the user's main script, so a study needs no
``if __name__ == "__main__"`` guard and works from notebooks. It leaves when its parent does, however that ends.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
from typing import IO, Any

_LENGTH = struct.Struct("<Q")


def send(stream: IO[bytes], message: bytes) -> None:
    """One message with its length in front."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """The next message; EOFError where the other side is gone."""
    head = _exactly(stream, _LENGTH.size)
    return _exactly(stream, _LENGTH.unpack(head)[0])


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError("the other process is gone")
    return data


def main() -> None:
    """Serve until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a measure prints must not mix with the answers
    requests: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    try:
        task = pickle.loads(requests.get())
    except BaseException as error:
        send(answers, pickle.dumps(("unusable", f"{type(error).__name__}: {error}")))
        return
    send(answers, pickle.dumps(("ready", "")))
    while True:
        start, stop = pickle.loads(requests.get())
        send(answers, _answer(task, start, stop))


def _answer(task: Any, start: int, stop: int) -> bytes:
    try:
        return pickle.dumps(("result", task.compute(start, stop)))
    except Exception as error:
        try:
            return pickle.dumps(("error", error))
        except Exception:
            return pickle.dumps(("unusable", f"{type(error).__name__}: {error}"))


def _listen(stream: IO[bytes], requests: queue.Queue[bytes]) -> None:
    while True:
        try:
            requests.put(receive(stream))
        except (EOFError, OSError):
            os._exit(0)  # the parent is gone: nobody wants the chunk under way


if __name__ == "__main__":
    main()
