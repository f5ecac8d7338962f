"""Files that are seen whole or not at all, and readers that nothing foreign can hang.

Unfinished work lies in a scratch folder beside its target, which is locked as long as its process lives: it goes on
every way out, SIGTERM included, and what a killed process left goes when the next one begins on the same target.
"""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any

from blamegame.errors import StorageError

_WAYS_OUT = {
    errno.ENOSPC: "free some space, or name another place",
    errno.EDQUOT: "free some of the quota, or name another place",
    errno.EFBIG: "raise the limit on the size of files (ulimit -f), or write less",
    errno.EROFS: "name a place that can be written to",
    errno.EACCES: "name a place that can be written to",
    errno.ELOOP: "name the file itself",
    errno.ENAMETOOLONG: "give it a shorter name",
}
_KINDS = (
    (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
)  # fmt: skip
_SCRATCH = ".blamegame-{}-"
_UNTIDY = ("SIGTERM", "SIGHUP")
_TRIES = 5


@contextmanager
def in_words(path: str | os.PathLike[str], doing: str) -> Iterator[None]:
    """Turn what the system refuses into a :class:`StorageError` that names the file, the reason and the way out."""
    try:
        yield
    except OSError as error:
        way_out = _WAYS_OUT.get(error.errno or 0, "")
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"{os.fspath(path)!r} cannot be {doing}: {reason}" + (way_out and f"; {way_out}")) from error


def check_target(path: str | os.PathLike[str]) -> Path:
    """Where a file called ``path`` would be written, links followed; refused unless nothing or a regular file is there.

    >>> check_target("/dev/null")
    Traceback (most recent call last):
    ...
    blamegame.errors.StorageError: '/dev/null' is a device, and only a new name or a regular file is written to
    """
    with in_words(path, "written"):
        target = Path(os.path.realpath(path))
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if not target.parent.is_dir():
            raise StorageError(f"{os.fspath(path)}: there is no folder {Path(path).parent}")
        try:
            kind = _kind(os.stat(target).st_mode)
        except FileNotFoundError:
            kind = ""
    if kind:
        raise StorageError(f"{os.fspath(path)!r} is {kind}, and only a new name or a regular file is written to")
    return target


@contextmanager
def scratch(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` for unfinished work, gone when the block ends; those of killed processes go now."""
    mark = _SCRATCH.format(hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12])
    folder = target.with_name(f"{mark}{os.getpid()}-{threading.get_ident():x}")
    with ending_tidily(), ExitStack() as stack:
        with in_words(target, "written"):
            left = [Path(entry.path) for entry in os.scandir(target.parent) if entry.name.startswith(mark)]
        for one in left:
            with suppress(StorageError), locked(one):
                remove_folder(one)
        stack.callback(_removed_unhindered, folder)
        for attempt in range(_TRIES):  # another process that sweeps may hold a folder that is not locked yet
            with in_words(target, "written"), suppress(FileExistsError):
                os.mkdir(folder, 0o700)
            try:
                stack.enter_context(locked(folder))
                break
            except StorageError:
                if attempt == _TRIES - 1:
                    raise
        yield folder


def _removed_unhindered(folder: Path) -> None:
    with held_back():
        remove_folder(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process alone; StorageError where another process holds it."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows: two processes in one folder are the user's care there
        yield
        return
    with in_words(folder, "locked"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with in_words(folder, "locked"):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StorageError(f"{str(folder)!r} is in use by another process; wait for it or end it") from None
        yield
    finally:
        with suppress(OSError):  # nothing was written through it
            os.close(handle)


def write_new(path: Path, fill: Callable[[int], None]) -> None:
    """A file that ``fill`` writes through its descriptor, synced when this returns."""
    with in_words(path, "written"):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            fill(handle)
            os.fsync(handle)
        finally:
            os.close(handle)


def write_at(handle: int, place: int, data: Any) -> int:
    """All of ``data`` from ``place`` on; where it ends."""
    view = memoryview(data).cast("B")
    os.lseek(handle, place, os.SEEK_SET)
    while view:
        view, place = view[(done := os.write(handle, view)) :], place + done
    return place


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, for good, if nothing or a regular file has it."""
    check_target(target)
    with in_words(target, "written"):
        with suppress(FileNotFoundError):
            os.chmod(unfinished, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(unfinished, target)
        sync_folder(target.parent)


def write_file(target: Path, pieces: Iterable[bytes], *, beside: Path) -> None:
    """Write ``target`` by way of the unfinished file ``beside``, which does not outlive a failure."""

    def fill(handle: int) -> None:
        place = 0
        for piece in pieces:
            place = write_at(handle, place, piece)

    try:
        write_new(beside, fill)
        put_in_place(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def open_regular(path: str | os.PathLike[str]) -> IO[bytes]:
    """A regular file opened for reading; anything else is refused, and nothing is waited for."""
    with in_words(path, "read"):
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            raise StorageError(f"there is no file {os.fspath(path)!r}") from None
        kind = _kind(os.fstat(handle).st_mode)
        if kind:
            os.close(handle)
            raise StorageError(f"{os.fspath(path)!r} is {kind}, not a file")
        return os.fdopen(handle, "rb")


def read_regular(path: str | os.PathLike[str], *, most: int) -> bytes:
    """All bytes of a regular file of at most ``most``."""
    with open_regular(path) as file, in_words(path, "read"):
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise StorageError(f"{os.fspath(path)!r} has {size:,} bytes, more than the {most:,} that can be meant")
        return file.read(most)


def free_space(folder: Path) -> int:
    """Bytes that can be written in a folder."""
    import shutil

    with in_words(folder, "written to"):
        return shutil.disk_usage(folder).free


def largest_file() -> int | None:
    """The size at which this process's limits cut a file; None without such a limit."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if most == resource.RLIM_INFINITY else most


def sync_folder(folder: Path) -> None:
    """Make a rename last; where folders cannot be synced (Windows) the system does it in its time."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_folder(folder: Path) -> None:
    """Remove a folder and what is in it, as far as the system allows."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


class _Ended(BaseException):
    """A signal that ends the process, on its way out of the blocks that have something to tidy up."""


@contextmanager
def ending_tidily() -> Iterator[None]:
    """SIGTERM and SIGHUP unwind the block, so that unfinished files go, and then end the process as they would have."""
    names = [one for name in _UNTIDY if (one := getattr(signal, name, None)) is not None]
    if threading.current_thread() is not threading.main_thread() or any(
        signal.getsignal(one) is not signal.SIG_DFL for one in names
    ):
        yield
        return
    came: list[int] = []

    def unwind(number: int, frame: FrameType | None) -> None:
        if not came:
            came.append(number)
            raise _Ended

    for one in names:
        signal.signal(one, unwind)
    try:
        yield
    except _Ended:
        pass
    finally:
        for one in names:
            signal.signal(one, signal.SIG_DFL)
        if came:
            os.kill(os.getpid(), came[0])


@contextmanager
def held_back() -> Iterator[None]:
    """Signals that would interrupt the block are delivered when it is over."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Any] = {}
    for name in ("SIGINT", *_UNTIDY):
        one = getattr(signal, name, None)
        if one is not None and signal.getsignal(one) is not None:
            before[one] = signal.signal(one, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for number in dict.fromkeys(came):
            os.kill(os.getpid(), number)


def _kind(mode: int) -> str:
    return next((words for test, words in _KINDS if test(mode)), "" if stat.S_ISREG(mode) else "no regular file")
