"""What a study has computed so far, on disk, such that a crash at any moment loses only the chunks in flight.

A folder holds ``study.json``, the facts of what is being computed, and one ``part-START-STOP`` for each chunk: a digest
of the rest, a line that says of which study the part is and which cells failed, and the values. A part is written under
another name, synced and renamed, so one that has its name is whole; what is not, or is of another study, is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.storage import in_words, locked, read_regular, write_file
from blamegame.studies.identity import difference, identity_of
from blamegame.studies.schema import Variable
from blamegame.studies.task import Failure, Result

_STUDY, _UNFINISHED = "study.json", ".unfinished"
_PART = re.compile(r"part-(\d{12,18})-(\d{12,18})")
_MOST_TEXT = 1 << 26
_HEX = 64


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A checkpoint folder held for this process; :func:`open_checkpoint` makes one.

    Attributes
    ----------
    folder : where it is
    study : the digest of what is being computed
    variables : what each part holds
    """

    folder: Path
    study: str
    variables: tuple[Variable, ...]

    def add(self, result: Result) -> None:
        """Keep one chunk, for good once this returns."""
        failures = [[failure.cell, failure.reason] for failure in result.failures]
        facts = {"study": self.study, "start": result.start, "stop": result.stop, "failures": failures}
        values = [np.ascontiguousarray(result.arrays[v.name], dtype=v.stored).tobytes() for v in self.variables]
        rest = [json.dumps(facts).encode() + b"\n", *values]
        digest = hashlib.sha256()
        for piece in rest:
            digest.update(piece)
        name = f"part-{result.start:012d}-{result.stop:012d}"
        pieces = [digest.hexdigest().encode(), b"\n", *rest]
        write_file(self.folder / name, pieces, beside=self.folder / _UNFINISHED)

    def ranges(self) -> list[tuple[int, int]]:
        """The cells of the parts on disk, ascending; parts that overlap are refused."""
        with in_words(self.folder, "read"):
            found = [
                tuple(map(int, match.groups())) for name in os.listdir(self.folder) if (match := _PART.fullmatch(name))
            ]
        spans = sorted((start, stop) for start, stop in found)
        edges = [edge for span in spans for edge in span]
        if edges != sorted(edges) or any(start == stop for start, stop in spans):
            raise StudyError(f"checkpoint={str(self.folder)!r} holds parts of the same cells; remove one of them")
        return spans

    def results(self) -> Iterator[Result]:
        """Every chunk on disk, in order of its cells."""
        return (self._read(start, stop) for start, stop in self.ranges())

    def _read(self, start: int, stop: int) -> Result:
        path = self.folder / f"part-{start:012d}-{stop:012d}"
        size = (stop - start) * sum(v.bytes_per_cell for v in self.variables)
        data = read_regular(path, most=size + _MOST_TEXT)
        head = data.find(b"\n", _HEX + 1) + 1
        facts: Any = None
        if head and data[:_HEX] == hashlib.sha256(memoryview(data)[_HEX + 1 :]).hexdigest().encode():
            with suppress(ValueError, RecursionError):
                facts = json.loads(data[_HEX + 1 : head])
        if not isinstance(facts, dict):
            raise StudyError(f"{str(path)!r} is damaged or no part of a study; remove it to compute its cells again")
        failures: Any = facts.get("failures")
        if facts.get("study") != self.study:
            raise StudyError(
                f"{str(path)!r} is a part of study {str(facts.get('study'))[:12]}, this is study {self.study[:12]}; "
                "name another directory"
            )
        if facts.get("start") != start or facts.get("stop") != stop or len(data) != head + size or not _told(failures):
            raise StudyError(f"{str(path)!r} does not hold what its name says; remove it to compute its cells again")
        arrays, place = {}, head
        for v in self.variables:
            flat = np.frombuffer(data, v.stored, (stop - start) * int(np.prod(v.shape, dtype=int)), place)
            arrays[v.name] = flat.reshape((stop - start, *v.shape)).astype(v.dtype, copy=False)
            place += flat.nbytes
        return Result(start, stop, arrays, tuple(Failure(cell, reason) for cell, reason in failures))


@contextmanager
def open_checkpoint(
    directory: str | os.PathLike[str], facts: Mapping[str, str], variables: tuple[Variable, ...], size: int
) -> Iterator[Checkpoint]:
    """Begin or continue the checkpoint in ``directory``, which is made where it does not exist, and hold it.

    Raises
    ------
    StudyError
        Where the directory holds another study, saying what differs; parts without a study, or of more than ``size``
        cells; something else; or where another process is using it.
    """
    path = Path(directory)
    with in_words(path, "used as a checkpoint"):
        if path.exists() and not path.is_dir():
            raise StudyError(f"checkpoint={str(path)!r} is a file; name a directory")
        path.mkdir(parents=True, exist_ok=True)
    with locked(path):
        kept = Checkpoint(path, identity_of(facts), variables)
        with in_words(path, "used as a checkpoint"):
            (path / _UNFINISHED).unlink(missing_ok=True)
            names = [name for name in os.listdir(path) if not name.startswith(".")]
        if _STUDY in names:
            _agree(path, facts)
        elif names:
            orphaned = "a part without the study.json that says of what" if _PART.fullmatch(names[0]) else "other files"
            raise StudyError(f"checkpoint={str(path)!r} holds {orphaned} ({names[0]}); name a new or empty directory")
        else:
            write_file(path / _STUDY, [json.dumps(dict(facts), indent=1).encode()], beside=path / _UNFINISHED)
        if (ranges := kept.ranges()) and ranges[-1][1] > size:
            raise StudyError(f"checkpoint={str(path)!r} holds cell {ranges[-1][1] - 1:,}, the study has {size:,}")
        yield kept


def _agree(path: Path, facts: Mapping[str, str]) -> None:
    try:
        held: Any = json.loads(read_regular(path / _STUDY, most=_MOST_TEXT))
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or not all(isinstance(value, str) for value in held.values()):
        raise StudyError(f"{path / _STUDY} is not a study's description; remove the directory to begin again")
    if told := difference(held, facts):
        raise StudyError(f"checkpoint={str(path)!r} is of another study: {told}. Name another directory")


def _told(failures: Any) -> bool:
    return isinstance(failures, list) and all(
        isinstance(one, list) and len(one) == 2 and type(one[0]) is int and isinstance(one[1], str) for one in failures
    )
