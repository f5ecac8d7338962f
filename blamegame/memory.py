"""How much memory a request may take: what the machine, the process's limits and its control groups leave."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from blamegame.errors import BlamegameError, UnsupportedGame

BYTES_OF_A_FRACTION = 140
"""One exact number in an array: a pointer, a Fraction and its two integers."""


def check_memory(
    count: int, each: int, what: str, *, way_out: str = "", error: type[BlamegameError] = UnsupportedGame
) -> None:
    """Refuse ``count`` things of ``each`` bytes before they are allocated where they take over half of what is free.

    >>> try:
    ...     check_memory(1 << 40, 8, "payoffs")
    ... except UnsupportedGame as error:
    ...     print(str(error).partition(" and ")[0])
    1,099,511,627,776 payoffs take 8,796 GB of memory
    """
    free = available_memory()
    if free is not None and count * each > free // 2:
        fits = f"{free // 2 // each:,} would fit"
        raise error(
            f"{count:,} {what} take {_gigabytes(count * each)} of memory and {_gigabytes(free)} are free: {fits}"
            + (f"; {way_out}" if way_out else "")
        )


def available_memory(root: str | os.PathLike[str] = "/") -> int | None:
    """Bytes this process can still take: the least of what the machine has free, its own limits (``ulimit -v``,
    ``ulimit -d``) and its control groups leave; None where the system says none of them."""
    left = [*_of_machine(Path(root)), *_of_limits(Path(root)), *_of_groups(Path(root))]
    return max(0, min(left)) if left else None


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.0f} GB" if count >= 10**11 else f"{count / 1e9:.3g} GB"


def _of_machine(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) * 1024
            return
    try:
        yield int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES"))
    except (OSError, ValueError, AttributeError):
        return


def _of_limits(root: Path) -> Iterator[int]:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    used = _text(root / "proc/self/statm").split()
    for limit, field in ((resource.RLIMIT_AS, 0), (resource.RLIMIT_DATA, 5)):
        most = resource.getrlimit(limit)[0]
        if most != resource.RLIM_INFINITY:
            yield most - (int(used[field]) * resource.getpagesize() if len(used) > field else 0)


def _of_groups(root: Path) -> Iterator[int]:
    """What each control group above this process leaves, version 2 and version 1."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, inside = line.split(":", 2)
        if controllers in ("", "memory") or "memory" in controllers.split(","):
            top = root / "sys/fs/cgroup" / ("memory" if controllers else "")
            limit, usage = (
                ("memory.limit_in_bytes", "memory.usage_in_bytes") if controllers else ("memory.max", "memory.current")
            )
            group = top / inside.lstrip("/")
            for one in (group, *group.parents):
                most, used = _text(one / limit).strip(), _text(one / usage).strip()
                if most.isdecimal() and used.isdecimal():
                    yield int(most) - int(used) + _reclaimable(one)
                if one == top:
                    break


def _reclaimable(group: Path) -> int:
    """File pages the kernel drops before it refuses memory."""
    for line in _text(group / "memory.stat").splitlines():
        name, _, count = line.partition(" ")
        if name in ("inactive_file", "total_inactive_file") and count.isdecimal():
            return int(count)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError):
        return ""
