"""Result files and checkpoints that were damaged or forged: a StudyError each, no other error, and nothing hangs."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from contextlib import contextmanager

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.studies.dataset import dataset_digest, read_dataset
from blamegame.studies.grid import Bundles
from blamegame.studies.measures import Avoidance, Equilibria, Payoffs
from blamegame.studies.study import study

VARY = [{"authority": "0:1:3"}, Bundles(((), CATALOGUE[:2]))]
SEAL = b"\nblamegame study sha256 "
FEW_OR_MANY = [1, pytest.param(25, marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    study(Delegation(), VARY, [Avoidance(), Equilibria(), Payoffs()], checkpoint=folder / "parts", chunk=3,
          output=folder / "out.nc").close()  # fmt: skip
    return folder


@contextmanager
def no_longer_than(seconds):
    def late(*_):
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def damaged(data, rng):
    """The bytes with a few bits turned, blanks, gaps, repetitions, or an end."""
    out = bytearray(data)
    for _ in range(rng.integers(1, 4)):
        at, length = int(rng.integers(len(out))), int(rng.integers(1, 64))
        kind = rng.integers(6)
        if kind == 0:
            out[at] ^= 1 << int(rng.integers(8))
        elif kind == 1:
            out[at : at + length] = bytes(length)
        elif kind == 2:
            out[at : at + length] = b"\xff" * length
        elif kind == 3:
            del out[at : at + length]
        elif kind == 4:
            out[at:at] = out[at : at + length]
        else:
            del out[max(at, 1) :]
    return bytes(out)


@pytest.mark.parametrize("many", FEW_OR_MANY)
def test_damaged_result_files_are_refused(kept, tmp_path, many):
    data, rng = (kept / "out.nc").read_bytes(), np.random.default_rng(many)
    for _ in range(200 * many):
        changed = damaged(data, rng)
        (tmp_path / "bad.nc").write_bytes(changed)
        if changed != data:
            with pytest.raises(StudyError), no_longer_than(20):
                read_dataset(tmp_path / "bad.nc", whole=bool(rng.integers(2)))


@pytest.mark.parametrize("many", FEW_OR_MANY)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_forged_result_files_are_read_or_refused(kept, tmp_path, many):
    body = (kept / "out.nc").read_bytes()[: -len(SEAL) - 65]
    rng, refused = np.random.default_rng(many), 0
    for _ in range(20 * many):
        changed = damaged(body, rng)
        (tmp_path / "bad.nc").write_bytes(changed + SEAL + hashlib.sha256(changed).hexdigest().encode() + b"\n")
        try:
            with no_longer_than(20):
                read_dataset(tmp_path / "bad.nc")
        except StudyError:
            refused += 1
    assert refused > many


@pytest.mark.parametrize("many", FEW_OR_MANY)
def test_damaged_checkpoints_are_refused_and_never_answer_wrongly(kept, tmp_path, many):
    wanted = dataset_digest(read_dataset(kept / "out.nc"))
    rng, refused = np.random.default_rng(many), 0
    for k in range(20 * many):
        folder = tmp_path / str(k)
        shutil.copytree(kept / "parts", folder)
        victim = sorted(folder.iterdir())[int(rng.integers(3))]
        kind = int(rng.integers(8))
        if kind < 5:
            victim.write_bytes(damaged(victim.read_bytes(), rng))
        elif kind == 5:
            os.rename(victim, folder / f"part-{int(rng.integers(9)):012d}-{int(rng.integers(99)):012d}")
        else:
            victim.unlink()
            (os.mkfifo, os.mkdir)[kind - 6](victim)
        try:
            with no_longer_than(20):
                found = study(Delegation(), VARY, [Avoidance(), Equilibria(), Payoffs()], checkpoint=folder, chunk=3)
            assert dataset_digest(found) == wanted
        except StudyError:
            refused += 1
    assert refused > 10 * many


@pytest.mark.parametrize("content", [b"", b"x", b"\x89HDF\r\n\x1a\n", SEAL + b"0" * 64 + b"\n", bytes(10_000)])
def test_what_is_no_result_at_all_is_refused(tmp_path, content):
    (tmp_path / "bad.nc").write_bytes(content)
    with pytest.raises(StudyError, match=r"is not a file that a study wrote|was changed since"):
        read_dataset(tmp_path / "bad.nc")


def test_a_foreign_file_with_a_seal_is_refused_for_its_schema(tmp_path):
    import xarray

    xarray.Dataset({"x": ("y", [1])}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    body = (tmp_path / "other.nc").read_bytes()
    (tmp_path / "other.nc").write_bytes(body + SEAL + hashlib.sha256(body).hexdigest().encode() + b"\n")
    with pytest.raises(StudyError, match="has study schema None, this version reads 3"):
        read_dataset(tmp_path / "other.nc")
