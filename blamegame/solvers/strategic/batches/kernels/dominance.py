"""Strict dominance by pure actions in bit masks: between all actions, iterated, and conditional on a support."""

from __future__ import annotations

from typing import Any

from blamegame.solvers.compiled import inlined


@inlined
def beaten_by(table: Any, n_rows: int, n_columns: int, tolerance: float, out: Any) -> None:
    """out[j, l] = mask of the rows in which column j is better than column l by more than the tolerance."""
    for j in range(n_columns):
        for other in range(n_columns):
            mask = 0
            if other != j:
                for i in range(n_rows):
                    if table[i, j] > table[i, other] + tolerance:
                        mask |= 1 << i
            out[j, other] = mask


@inlined
def undominated(beats_first: Any, beats_second: Any, m: int, n: int) -> tuple[int, int]:
    """Masks of the actions that survive iterated strict dominance by pure actions."""
    alive_first = (1 << m) - 1
    alive_second = (1 << n) - 1
    changed = True
    while changed:
        changed = False
        for i in range(m):
            if alive_first >> i & 1:
                for other in range(m):
                    if alive_first >> other & 1 and alive_second & ~beats_first[other, i] == 0:
                        alive_first &= ~(1 << i)
                        changed = True
                        break
        for j in range(n):
            if alive_second >> j & 1:
                for other in range(n):
                    if alive_second >> other & 1 and alive_first & ~beats_second[other, j] == 0:
                        alive_second &= ~(1 << j)
                        changed = True
                        break
    return alive_first, alive_second


@inlined
def dominated_on(beats: Any, alive: int, n_actions: int, against: int, out: Any) -> None:
    """out[a] = mask of the actions that action a beats on all of ``against`` (conditional dominance)."""
    for a in range(n_actions):
        mask = 0
        if alive >> a & 1:
            for b in range(n_actions):
                if b != a and against & ~beats[a, b] == 0:
                    mask |= 1 << b
        out[a] = mask


@inlined
def hopeless(dominated: Any, members: Any, actions: int, k: int) -> bool:
    """Whether one of ``actions`` is conditionally dominated by another of them."""
    for t in range(k):  # noqa: SIM110  # any() over a generator does not compile
        if dominated[members[actions, t]] & actions:
            return True
    return False
