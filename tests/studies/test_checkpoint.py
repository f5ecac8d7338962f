from __future__ import annotations

import json
import os

import pytest

from blamegame.errors import StorageError, StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.checkpoint import open_checkpoint
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance
from blamegame.studies.study import task_of
from blamegame.studies.task import Failure, Result

TASK = task_of(Delegation(), grid(authority="0:1:10"), Avoidance())
SECOND = "part-000000000005-000000000010"


def opened(path, task=TASK):
    return open_checkpoint(path, task.facts, task.variables, task.design.size)


def filled(path, *starts):
    with opened(path) as kept:
        for start in starts:
            kept.add(TASK.compute(start, start + 5))


def spans(path):
    with opened(path) as kept:
        return [(result.start, result.stop) for result in kept.results()]


def test_what_was_added_is_there_after_reopening_in_order(tmp_path):
    filled(tmp_path / "kept", 5, 0)
    with opened(tmp_path / "kept") as again:
        assert again.ranges() == [(0, 5), (5, 10)]
        for result in again.results():
            for name, values in TASK.compute(result.start, result.stop).arrays.items():
                assert (result.arrays[name] == values).all() and result.arrays[name].dtype == values.dtype


def test_failures_are_kept_with_their_reasons(tmp_path):
    with opened(tmp_path) as kept:
        kept.add(Result(2, 3, TASK.compute(2, 3).arrays, (Failure(2, "ValueError: “nö”"),)))
    with opened(tmp_path) as kept:
        assert next(iter(kept.results())).failures == (Failure(2, "ValueError: “nö”"),)


@pytest.mark.parametrize("damage", ["cut", "flip", "grow", "empty"])
def test_a_damaged_part_is_refused_by_name_and_once_removed_is_computed_again(tmp_path, damage):
    filled(tmp_path, 0, 5)
    data = bytearray((tmp_path / SECOND).read_bytes())
    data[200] ^= 1
    kept = {"cut": data[:100], "flip": data, "grow": data + b"x", "empty": b""}[damage]
    (tmp_path / SECOND).write_bytes(bytes(kept))
    with pytest.raises(StudyError, match=f"{SECOND}' is damaged or no part of a study; remove it"):
        spans(tmp_path)
    (tmp_path / SECOND).unlink()
    assert spans(tmp_path) == [(0, 5)]


def test_a_part_under_another_name_or_of_the_same_cells_is_refused(tmp_path):
    filled(tmp_path, 0)
    os.rename(tmp_path / "part-000000000000-000000000005", tmp_path / "part-000000000001-000000000006")
    with pytest.raises(StudyError, match="does not hold what its name says"):
        spans(tmp_path)
    filled(tmp_path, 0)
    with pytest.raises(StudyError, match="parts of the same cells"):
        spans(tmp_path)


def test_a_part_beyond_the_study_is_refused(tmp_path):
    filled(tmp_path, 0)
    os.rename(tmp_path / "part-000000000000-000000000005", tmp_path / "part-000000000008-000000000013")
    with pytest.raises(StudyError, match="holds cell 12, the study has 10"):
        spans(tmp_path)


def test_parts_without_their_study_and_parts_of_another_one_are_refused(tmp_path):
    filled(tmp_path / "mine", 0)
    other = task_of(Delegation(diffusion=0), grid(authority="0:1:10"), Avoidance())
    with opened(tmp_path / "theirs", other) as kept:
        kept.add(other.compute(5, 10))
    os.rename(tmp_path / "theirs" / SECOND, tmp_path / "mine" / SECOND)
    with pytest.raises(StudyError, match=r"is a part of study .*, this is study"):
        spans(tmp_path / "mine")
    (tmp_path / "mine" / "study.json").unlink()
    with pytest.raises(StudyError, match=r"holds a part without the study\.json"):
        opened(tmp_path / "mine").__enter__()


def test_a_checkpoint_of_another_study_is_refused_with_what_differs(tmp_path):
    filled(tmp_path)
    other = task_of(Delegation(diffusion=0), grid(authority="0:1:10"), Avoidance())
    with pytest.raises(StudyError, match="model diffusion is 4/5 there, 0 here"), opened(tmp_path, other):
        pass
    finer = task_of(Delegation(), grid(authority="0:1:11"), Avoidance())
    with pytest.raises(StudyError, match=r"authority \(10\) there, authority \(11\) here"), opened(tmp_path, finer):
        pass


def test_a_checkpoint_of_other_code_of_the_library_is_refused(tmp_path, monkeypatch):
    filled(tmp_path, 0)
    monkeypatch.setattr("blamegame.studies.identity.library_version", lambda: "0.1.0 of tomorrow")
    changed = task_of(Delegation(), grid(authority="0:1:10"), Avoidance())
    with pytest.raises(StudyError, match=r"library is .* there, 0\.1\.0 of tomorrow here"), opened(tmp_path, changed):
        pass


def test_two_processes_cannot_use_one_checkpoint_at_once(tmp_path):
    with opened(tmp_path), pytest.raises(StorageError, match="in use by another process"), opened(tmp_path):
        pass
    assert spans(tmp_path) == []


def test_what_a_killed_run_left_unfinished_goes(tmp_path):
    filled(tmp_path, 0)
    (tmp_path / ".unfinished").write_bytes(b"half a part")
    assert spans(tmp_path) == [(0, 5)]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["part-000000000000-000000000005", "study.json"]


def test_a_directory_with_other_files_or_a_file_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    for path, says in ((tmp_path, r"other files \(thesis.tex\)"), (tmp_path / "thesis.tex", "is a file")):
        with pytest.raises(StudyError, match=says), opened(path):
            pass
    assert (tmp_path / "thesis.tex").read_text() == "years of work"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "[" * 100_000, "\x00"])
def test_a_description_that_cannot_be_read_is_refused(tmp_path, text):
    filled(tmp_path)
    (tmp_path / "study.json").write_text(text)
    with pytest.raises(StudyError, match="not a study's description"), opened(tmp_path):
        pass


def test_pipes_folders_and_loops_in_place_of_files_are_refused_and_nothing_hangs(tmp_path):
    filled(tmp_path, 0)
    for name in (SECOND, "study.json"):
        for make in (os.mkfifo, os.mkdir, lambda path: os.symlink(path, path)):
            path = tmp_path / name
            held = path.read_bytes() if path.exists() else None
            path.unlink(missing_ok=True)
            make(path)
            with pytest.raises(StorageError, match=r"is a pipe|is a folder|too many levels"):
                spans(tmp_path)
            os.rmdir(path) if path.is_dir() else path.unlink()
            if held is not None:
                path.write_bytes(held)
    assert spans(tmp_path) == [(0, 5)] and json.loads((tmp_path / "study.json").read_text()) == TASK.facts
