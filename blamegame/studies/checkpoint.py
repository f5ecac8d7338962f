"""What a study has computed so far, on disk, such that a crash at any moment loses only the chunks in flight.

A directory holds ``study.json`` (what is being computed), one ``part-START-STOP.npz`` for each chunk, and
``manifest.jsonl``, one line with the digest of each part. A part is written under a temporary name, synced and renamed
before its line is appended and synced; a part counts when the manifest names it and its digest agrees, never because
the file exists. Nothing is rewritten in place.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.studies.schema import Variable
from blamegame.studies.task import Failure, Result

_STUDY, _MANIFEST, _LOCK = "study.json", "manifest.jsonl", "lock"
_FAILURES = "failures.json"  # member of a part: one text as bytes


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """An open checkpoint directory; :func:`open_checkpoint` makes one.

    Attributes
    ----------
    directory : where it is
    variables : what each part holds
    finished : ranges of cells that are on disk, (start, stop, digest), ascending and disjoint
    """

    directory: Path
    variables: tuple[Variable, ...]
    finished: tuple[tuple[int, int, str], ...]
    _lock: IO[bytes] = field(repr=False)

    def add(self, result: Result) -> None:
        """Keep one chunk, for good once this returns."""
        buffer = io.BytesIO()
        failures = json.dumps([[f.cell, f.reason] for f in result.failures]).encode()
        np.savez(buffer, **result.arrays, **{_FAILURES: np.frombuffer(failures, dtype=np.uint8)})  # type: ignore[arg-type]  # every value is an array
        data = buffer.getvalue()
        write_atomically(self.directory / _part_name(result.start, result.stop), data)
        line = {"start": result.start, "stop": result.stop, "sha256": hashlib.sha256(data).hexdigest()}
        with open(self.directory / _MANIFEST, "ab") as manifest:
            manifest.write(json.dumps(line).encode() + b"\n")
            manifest.flush()
            os.fsync(manifest.fileno())

    def results(self) -> Iterator[Result]:
        """Every chunk on disk, in order of its cells; chunks whose bytes changed since are skipped."""
        for start, stop, digest in self.finished:
            result = self._read(start, stop, digest)
            if result is not None:
                yield result

    def close(self) -> None:
        """Let another process use the directory."""
        self._lock.close()

    def _read(self, start: int, stop: int, digest: str) -> Result | None:
        try:
            data = (self.directory / _part_name(start, stop)).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(data).hexdigest() != digest:
            return None
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            arrays = {variable.name: stored[variable.name] for variable in self.variables}
            failures = json.loads(stored[_FAILURES].tobytes())
        return Result(start, stop, arrays, tuple(Failure(cell, reason) for cell, reason in failures))


def open_checkpoint(
    directory: str | os.PathLike[str], fingerprint: Mapping[str, str], variables: tuple[Variable, ...]
) -> Checkpoint:
    """Begin or continue the checkpoint in ``directory``, which is made where it does not exist.

    Raises
    ------
    StudyError
        Where the directory holds another study, saying what differs; where it holds something else; or where another
        process is using it.
    """
    path = Path(directory)
    if path.exists() and not path.is_dir():
        raise StudyError(f"checkpoint={str(path)!r} is a file; name a directory")
    path.mkdir(parents=True, exist_ok=True)
    strangers = [entry.name for entry in path.iterdir() if not _is_ours(entry.name)]
    if strangers and not (path / _STUDY).exists():
        raise StudyError(f"checkpoint={str(path)!r} holds other files ({strangers[0]}); name a new or empty directory")
    lock = _locked(path)
    try:
        _agree(path, fingerprint)
        finished = _finished(path)
    except BaseException:
        lock.close()
        raise
    return Checkpoint(path, variables, finished, lock)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is seen whole or not at all, and survives a crash of the machine once written."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make a rename in ``path`` last; where directories cannot be synced (Windows) the system does it in its time."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _part_name(start: int, stop: int) -> str:
    return f"part-{start:012d}-{stop:012d}.npz"


def _is_ours(name: str) -> bool:
    return name in (_STUDY, _MANIFEST, _LOCK) or name.startswith(("part-", "."))


def _locked(path: Path) -> IO[bytes]:
    lock = open(path / _LOCK, "ab")  # noqa: SIM115  # held open as long as the checkpoint is in use
    try:
        import fcntl
    except ImportError:  # no such locks on Windows: two studies in one directory are the user's care there
        return lock
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise StudyError(f"checkpoint={str(path)!r} is in use by another process; wait for it or end it") from None
    return lock


def _agree(path: Path, fingerprint: Mapping[str, str]) -> None:
    file = path / _STUDY
    if not file.exists():
        write_atomically(file, json.dumps(dict(fingerprint), indent=1).encode())
        return
    try:
        held = json.loads(file.read_bytes())
    except ValueError:
        held = None
    if not isinstance(held, dict):
        raise StudyError(f"{file} is not a study's description; remove the directory to begin again")
    if held != dict(fingerprint):
        names = [name for name in {**held, **fingerprint} if held.get(name) != fingerprint.get(name)]
        told = "; ".join(
            f"{n} is {held.get(n, 'absent')} there, {fingerprint.get(n, 'absent')} here" for n in names[:5]
        )
        raise StudyError(f"checkpoint={str(path)!r} is of another study: {told}. Name another directory")


def _finished(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Ranges the manifest names, the later line where two overlap; a torn last line does not count."""
    manifest = path / _MANIFEST
    raw = manifest.read_bytes() if manifest.exists() else b""
    if raw and not raw.endswith(b"\n"):  # a crash cut the last line: close it, so that the next one stands alone
        with open(manifest, "ab") as file:
            file.write(b"\n")
    found: list[tuple[int, int, str]] = []
    for line in reversed(raw.split(b"\n")):
        entry = _entry(line)
        if entry is not None:
            at = bisect_left(found, entry)
            clear_before = at == 0 or found[at - 1][1] <= entry[0]
            if clear_before and (at == len(found) or entry[1] <= found[at][0]):
                found.insert(at, entry)
    return tuple(found)


def _entry(line: bytes) -> tuple[int, int, str] | None:
    try:
        facts: Any = json.loads(line)
        start, stop, digest = facts["start"], facts["stop"], facts["sha256"]
    except (ValueError, KeyError, TypeError):
        return None
    whole = isinstance(start, int) and isinstance(stop, int) and isinstance(digest, str) and 0 <= start < stop
    return (start, stop, digest) if whole else None
