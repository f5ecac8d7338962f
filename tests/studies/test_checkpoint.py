from __future__ import annotations

import json

import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.studies.checkpoint import open_checkpoint, write_atomically
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance
from blamegame.studies.study import task_of
from blamegame.studies.task import Failure, Result

TASK = task_of(Delegation(), grid(authority="0:1:10"), Avoidance())


def opened(path, task=TASK):
    return open_checkpoint(path, task.fingerprint(), task.variables)


def spans(checkpoint):
    return [(result.start, result.stop) for result in checkpoint.results()]


def test_what_was_added_is_there_after_reopening_in_order(tmp_path):
    first = opened(tmp_path / "kept")
    for start, stop in ((5, 10), (0, 3)):
        first.add(TASK.compute(start, stop))
    first.close()
    again = opened(tmp_path / "kept")
    assert spans(again) == [(0, 3), (5, 10)]
    for result in again.results():
        for name, values in TASK.compute(result.start, result.stop).arrays.items():
            assert (result.arrays[name] == values).all() and result.arrays[name].dtype == values.dtype


def test_failures_are_kept_with_their_reasons(tmp_path):
    kept = opened(tmp_path)
    kept.add(Result(2, 3, TASK.compute(2, 3).arrays, (Failure(2, "ValueError: “nö”"),)))
    kept.close()
    assert next(iter(opened(tmp_path).results())).failures == (Failure(2, "ValueError: “nö”"),)


@pytest.mark.parametrize("lost", [1, 10, 40])
def test_a_torn_last_line_of_the_manifest_costs_that_chunk_only(tmp_path, lost):
    kept = opened(tmp_path)
    for start in (0, 5):
        kept.add(TASK.compute(start, start + 5))
    kept.close()
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-lost])
    again = opened(tmp_path)
    assert spans(again) == ([(0, 5)] if lost > 1 else [(0, 5), (5, 10)])
    again.add(TASK.compute(5, 10))
    again.close()
    assert spans(opened(tmp_path)) == [(0, 5), (5, 10)]


@pytest.mark.parametrize("damage", ["cut", "flip", "remove"])
def test_a_part_whose_bytes_changed_does_not_count(tmp_path, damage):
    kept = opened(tmp_path)
    for start in (0, 5):
        kept.add(TASK.compute(start, start + 5))
    kept.close()
    part = tmp_path / "part-000000000005-000000000010.npz"
    data = bytearray(part.read_bytes())
    data[200] ^= 1
    if damage == "remove":
        part.unlink()
    else:
        part.write_bytes(bytes(data[:100] if damage == "cut" else data))
    assert spans(opened(tmp_path)) == [(0, 5)]


def test_a_part_that_no_line_names_does_not_count(tmp_path):
    kept = opened(tmp_path)
    kept.add(TASK.compute(0, 5))
    kept.close()
    (tmp_path / "manifest.jsonl").unlink()
    assert spans(opened(tmp_path)) == []


def test_of_overlapping_lines_the_later_counts(tmp_path):
    kept = opened(tmp_path)
    for start, stop in ((0, 6), (4, 8)):
        kept.add(TASK.compute(start, stop))
    kept.close()
    assert spans(opened(tmp_path)) == [(4, 8)]


def test_lines_that_make_no_sense_are_passed_over(tmp_path):
    opened(tmp_path).close()
    lines = ["[]", "{}", json.dumps({"start": 3, "stop": 3, "sha256": "x"}), json.dumps({"start": "0"}), "\x00\xff"]
    (tmp_path / "manifest.jsonl").write_text("\n".join(lines))
    assert spans(opened(tmp_path)) == []


def test_a_checkpoint_of_another_study_is_refused_with_what_differs(tmp_path):
    opened(tmp_path).close()
    other = task_of(Delegation(diffusion=0), grid(authority="0:1:10"), Avoidance())
    with pytest.raises(StudyError, match="model diffusion is 4/5 there, 0 here"):
        opened(tmp_path, other)
    finer = task_of(Delegation(), grid(authority="0:1:11"), Avoidance())
    with pytest.raises(StudyError, match=r"authority \(10\) there, authority \(11\) here"):
        opened(tmp_path, finer)


def test_two_processes_cannot_use_one_checkpoint_at_once(tmp_path):
    held = opened(tmp_path)
    with pytest.raises(StudyError, match="in use by another process"):
        opened(tmp_path)
    held.close()
    opened(tmp_path).close()


def test_a_directory_with_other_files_or_a_file_is_refused(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(StudyError, match=r"other files \(thesis.tex\)"):
        opened(tmp_path)
    with pytest.raises(StudyError, match="is a file"):
        opened(tmp_path / "thesis.tex")


def test_a_description_that_cannot_be_read_is_refused(tmp_path):
    opened(tmp_path).close()
    (tmp_path / "study.json").write_text("{")
    with pytest.raises(StudyError, match="not a study's description"):
        opened(tmp_path)


def test_an_atomic_write_leaves_the_old_file_or_the_new_one_and_no_other(tmp_path, monkeypatch):
    target = tmp_path / "file"
    write_atomically(target, b"old")

    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fails)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old" and [entry.name for entry in tmp_path.iterdir()] == ["file"]
