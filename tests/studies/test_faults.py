"""Disks that fail and processes that end at every moment: nothing is lost, nothing is left, every error is in words."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from blamegame.errors import StorageError
from blamegame.models.delegation import Delegation
from blamegame.studies.dataset import dataset_digest, read_dataset, write_dataset
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.study import study

CALLS = (
    "open",
    "write",
    "read",
    "lseek",
    "fsync",
    "close",
    "replace",
    "mkdir",
    "ftruncate",
    "listdir",
    "scandir",
    "chmod",
)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT)
MODULES = ("blamegame.storage", "blamegame.studies.checkpoint", "blamegame.studies.netcdf")


EVERY = pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])


def share(model):
    return model.authority * 3


class Failing:
    """The module os, in which the call number ``at`` of those that touch the disk fails, or kills the process."""

    def __init__(self, at=0, error=0):
        self.at, self.error, self.calls = at, error, 0

    def __getattr__(self, name):
        real = getattr(os, name)
        return self.wrapped(name, real) if name in CALLS else real

    def wrapped(self, name, real):
        def call(*arguments, **options):
            self.calls += 1
            if self.calls != self.at:
                return real(*arguments, **options)
            if not self.error:
                os.kill(os.getpid(), signal.SIGKILL)
            if name == "close":
                real(*arguments)
            raise OSError(self.error, os.strerror(self.error))

        return call


def run(folder, faults=None):
    """A study of two parts with a checkpoint, onto a file that is there already."""
    with pytest.MonkeyPatch.context() as patch:
        for module in MODULES if faults is not None else ():
            patch.setattr(f"{module}.os", faults)
        vary = grid(authority="0:1:6")
        checkpoint, output = folder / "kept", folder / "out.nc"
        study(
            Delegation(), vary, Custom("share", share), workers=0, chunk=3, checkpoint=checkpoint, output=output
        ).close()


def names(folder):
    return sorted(entry.name for entry in folder.rglob("*"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Digest of the result, the number of calls that touch the disk, and the files of a run that nothing disturbs."""
    folder, counter = tmp_path_factory.mktemp("whole"), Failing()
    (folder / "out.nc").write_bytes(b"old")
    run(folder, counter)
    return dataset_digest(read_dataset(folder / "out.nc")), counter.calls, names(folder)


@EVERY
def test_every_call_that_touches_the_disk_may_fail(tmp_path, whole, step):
    digest, calls, files = whole
    assert calls > 60
    told = 0
    for at in range(1, calls + 1, step):
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / "out.nc").write_bytes(b"old")
        try:
            run(folder, Failing(at, ERRORS[at % len(ERRORS)]))
        except StorageError as error:
            told += str(folder) in str(error) and os.strerror(ERRORS[at % len(ERRORS)]).lower() in str(error)
        assert set(names(folder)) <= set(files), f"call {at} leaves something"
        kept = (folder / "out.nc").read_bytes()
        assert kept == b"old" or dataset_digest(read_dataset(folder / "out.nc")) == digest
        run(folder)
        assert names(folder) == files and dataset_digest(read_dataset(folder / "out.nc")) == digest
    assert told > calls // step * 0.8, "faults in tidying up are nobody's loss; all others are told"


@EVERY
def test_every_call_that_touches_the_disk_may_be_the_last(tmp_path, whole, step):
    digest, calls, files = whole
    for at in range(1, calls + 1, step):
        folder = tmp_path / str(at)
        folder.mkdir()
        (folder / "out.nc").write_bytes(b"old")
        child = os.fork()
        if not child:
            run(folder, Failing(at))
            os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        kept = (folder / "out.nc").read_bytes()
        assert kept == b"old" or dataset_digest(read_dataset(folder / "out.nc")) == digest
        run(folder)
        assert names(folder) == files and dataset_digest(read_dataset(folder / "out.nc")) == digest


LIMITED = """
import resource, sys
from blamegame.models.delegation import Delegation
from blamegame.studies.measures import Custom
from blamegame.studies.study import study
from blamegame.errors import StorageError
if "blind" in sys.argv:
    sys.modules["blamegame.studies.study"]._check_space = lambda *_: None
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    one = Custom("one", lambda m: 1)
    study(Delegation(), {"authority": "0:1:4000"}, one, workers=0, chunk=4000, output=sys.argv[1])
except StorageError as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.parametrize(("arguments", "says"), [(("20000",), "ulimit -f"), (("20000", "blind"), "file too large")])
def test_a_limit_on_the_size_of_files_is_told_and_leaves_the_old_file(tmp_path, arguments, says):
    (tmp_path / "out.nc").write_bytes(b"old")
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "out.nc"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3 and says in done.stdout.lower(), done
    assert names(tmp_path) == ["out.nc"] and (tmp_path / "out.nc").read_bytes() == b"old"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 256 kB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_told_before_the_first_cell_and_where_it_fills_up_meanwhile(small_disk, tmp_path, monkeypatch):
    vary = grid(authority="0:1:9", diffusion="0:1:1000")
    with pytest.raises(StorageError, match=r"the study takes .* GB in"):
        study(Delegation(), vary, Avoidance(), output=small_disk / "out.nc")
    monkeypatch.setattr(sys.modules["blamegame.studies.study"], "free_space", lambda folder: 1 << 40)
    for output in ("out.nc", "out.csv", "out.xlsx"):
        if output != "out.nc":  # the parts fit, and hardly anything beside them
            held = sum(entry.stat().st_size // 4096 + 1 for entry in (small_disk / "kept").iterdir())
            (small_disk / "filler").write_bytes(bytes(4096 * (60 - held)))
        with pytest.raises(StorageError, match="no space left on device; free some space"):
            study(Delegation(), vary, Avoidance(), output=small_disk / output, checkpoint=small_disk / "kept")
        assert not [name for name in names(small_disk) if name.startswith((".", "out"))]
    found = study(Delegation(), vary, Avoidance())
    with pytest.raises(StorageError, match="no space left"):
        write_dataset(found, small_disk / "out.nc")
    with study(Delegation(), vary, Avoidance(), output=tmp_path / "out.nc") as elsewhere:
        assert dataset_digest(elsewhere) == dataset_digest(found)


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink(path, path)])
def test_a_target_that_is_no_file_is_refused_before_the_first_cell_and_left_as_it_is(tmp_path, make):
    make(tmp_path / "out.nc")
    before = os.lstat(tmp_path / "out.nc")
    calls = []
    with pytest.raises(StorageError, match=r"is a folder|is a pipe|too many levels"):
        study(Delegation(), {"authority": "0,1"}, Custom("n", calls.append), workers=0, output=tmp_path / "out.nc")
    with pytest.raises(StorageError, match=r"is a folder|is a pipe|too many levels"):
        read_dataset(tmp_path / "out.nc")
    assert not calls and os.lstat(tmp_path / "out.nc") == before


def test_a_device_and_an_unknown_ending_are_refused_and_links_are_followed(tmp_path):
    for target, says in (("/dev/null", "does not end in .nc"), (tmp_path / "q.h5", "does not end in .nc, .csv, .xlsx")):
        with pytest.raises(StorageError.__base__, match=says):
            study(Delegation(), {"authority": "0,1"}, output=target)
    os.mknod(tmp_path / "null.nc", 0o600 | 0o020000, os.makedev(1, 3)) if os.geteuid() == 0 else None
    if (tmp_path / "null.nc").exists():
        with pytest.raises(StorageError, match="is a device"):
            study(Delegation(), {"authority": "0,1"}, output=tmp_path / "null.nc")
    (tmp_path / "real.nc").write_bytes(b"old")
    os.chmod(tmp_path / "real.nc", 0o640)
    os.symlink("real.nc", tmp_path / "link.nc")
    study(Delegation(), {"authority": "0,1"}, output=tmp_path / "link.nc").close()
    assert (tmp_path / "link.nc").is_symlink() and read_dataset(tmp_path / "real.nc").sizes == {"authority": 2}
    assert os.stat(tmp_path / "real.nc").st_mode & 0o777 == 0o640


SCRIPT = """
import sys, time
from blamegame.models.delegation import Delegation
from blamegame.studies.dataset import dataset_digest
from blamegame.studies.measures import Custom
from blamegame.studies.study import study

def slow(model):
    time.sleep(0.005)
    return model.authority * 3

print("ready", flush=True)
found = study(Delegation(), {"authority": "0:1:201"}, Custom("slow", slow), workers=int(sys.argv[2]), chunk=5,
              checkpoint=sys.argv[1] + "/kept", output=sys.argv[1] + "/out.nc")
print(dataset_digest(found))
"""


def ended_and_resumed(folder, times, number, seed, workers=0):
    """End a study at random moments ``times`` times by a signal, then let it finish: its digest and what is there."""
    folder.mkdir()
    rng = np.random.default_rng(seed)
    command = [sys.executable, "-c", SCRIPT, str(folder), str(workers)]
    for _ in range(times):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        process.stdout.readline()
        time.sleep(rng.random() * 1.4)
        process.send_signal(number)
        process.communicate()
        assert process.returncode in (-number, 0)
        if number != signal.SIGKILL:
            assert not [name for name in names(folder) if name.startswith(".")], "all is tidied up"
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()[1], [name for name in names(folder) if not name.startswith("part-")]


def test_sigterm_ends_a_study_by_that_signal_and_leaves_nothing_unfinished(tmp_path):
    wanted = ended_and_resumed(tmp_path / "whole", 0, signal.SIGTERM, 0)
    assert wanted[1] == ["kept", "out.nc", "study.json"]
    assert ended_and_resumed(tmp_path / "terminated", 2, signal.SIGTERM, 1) == wanted
    assert ended_and_resumed(tmp_path / "killed", 2, signal.SIGKILL, 2) == wanted


@pytest.mark.slow
def test_thirty_kills_and_thirty_terminations_end_in_the_same_dataset(tmp_path):
    wanted = ended_and_resumed(tmp_path / "whole", 0, signal.SIGTERM, 0)
    for number in (signal.SIGKILL, signal.SIGTERM):
        for k in range(10):
            folder = tmp_path / f"{number}-{k}"
            assert ended_and_resumed(folder, 3, number, k, workers=k % 2) == wanted


def test_of_two_runs_in_one_folder_at_once_one_is_refused_and_both_end_right(tmp_path):
    command = [sys.executable, "-c", SCRIPT.replace("0.005", "0.05"), str(tmp_path), "0"]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    first.stdout.readline()
    while not (tmp_path / "kept" / "study.json").exists():
        time.sleep(0.01)
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 1 and "in use by another process" in second.stderr
    digest = first.communicate()[0].strip()
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert first.returncode == 0 and again.stdout.split()[1] == digest


def test_memory_that_is_not_there_is_refused_before_the_first_cell(small, monkeypatch):
    monkeypatch.setattr("blamegame.memory.available_memory", lambda: 1000)
    with pytest.raises(StorageError.__base__, match=r"210 cells take .* would fit; pass output='study\.nc'"):
        study(*small)
