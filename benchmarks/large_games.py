"""All equilibria of one large two-player game: this library, quantecon, lrsnash and Gambit side by side in one run.

    python -m benchmarks.large_games [games per size]

Each figure is the median over random games of the best of three calls (one of Gambit). ``lrsnash`` is timed as a whole
process, the way it is used. A peer whose count of equilibria differs is marked; ratios are peer / this library.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers import lrsnash
from blamegame import StrategicGame
from blamegame.solvers.strategic import extreme_equilibria

SIZES = (8, 10, 12)
GAMBIT_UP_TO = 8


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    rng = np.random.default_rng(20260101)
    small = rng.integers(-9, 10, (2, 3, 3))
    extreme_equilibria(StrategicGame(small))  # compile
    extreme_equilibria(StrategicGame(np.zeros((2, 2, 2))))
    print(f"{'game':>7} {'solver':<27} {'median ms':>10} {'ratio':>7}  same number of equilibria")
    for size in SIZES:
        games = [rng.integers(-1000, 1001, (2, size, size)) for _ in range(count)]
        times, agree = _measure(games, size)
        for name, values in times.items():
            ours = times["blamegame exact" if name in ("lrsnash", "pygambit enummixed (exact)") else "blamegame float"]
            ratio = statistics.median(peer / own for peer, own in zip(values, ours))
            shown = "" if name.startswith("blamegame") else f"{ratio:7.1f}"
            milliseconds = 1e3 * statistics.median(values)
            print(f"{size:>3}x{size:<3} {name:<27} {milliseconds:>10.2f} {shown:>7}  {agree[name]} of {count}")
    _whole_sets(rng)


def _measure(games: list[Any], size: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    times: dict[str, list[float]] = {}
    agree: dict[str, int] = {}
    for payoffs in games:
        exact, floats = StrategicGame(payoffs), StrategicGame(payoffs.astype(float))
        found = extreme_equilibria(exact)
        assert found.complete
        calls: dict[str, tuple[Callable[[], int], int]] = {
            "blamegame float": (lambda game=floats: len(extreme_equilibria(game)), 3),
            "blamegame exact": (lambda game=exact: len(extreme_equilibria(game)), 3),
        }
        calls |= _peers(payoffs, size)
        for name, (call, repeats) in calls.items():
            best, number = np.inf, -1
            for _ in range(repeats):
                started = time.perf_counter()
                number = call()
                best = min(best, time.perf_counter() - started)
            times.setdefault(name, []).append(best)
            agree[name] = agree.get(name, 0) + (number == len(found))
    return times, agree


def _peers(payoffs: Any, size: int) -> dict[str, tuple[Callable[[], int], int]]:
    out: dict[str, tuple[Callable[[], int], int]] = {}
    try:
        import quantecon.game_theory as gt

        players = (gt.Player(payoffs[0].astype(float)), gt.Player(payoffs[1].T.astype(float)))
        game = gt.NormalFormGame(players)
        out["quantecon vertex_enum."] = (lambda: len(gt.vertex_enumeration(game)), 3)
    except ImportError:
        pass
    if shutil.which("lrsnash"):
        out["lrsnash"] = (lambda: len(lrsnash(payoffs)), 3)
    try:
        import pygambit

        if size <= GAMBIT_UP_TO:
            theirs = pygambit.StrategicGame.from_arrays(payoffs[0].astype(object), payoffs[1].astype(object))
            solve = pygambit.nash.enummixed_solve
            out["pygambit enummixed (exact)"] = (lambda: len(solve(theirs, rational=True).equilibria), 1)
            out["pygambit enummixed"] = (lambda: len(solve(theirs, rational=False).equilibria), 1)
    except ImportError:
        pass
    return out


def _whole_sets(rng: np.random.Generator) -> None:
    print("\nLarger and degenerate games (this library alone)")
    identity = np.eye(8, dtype=int)
    cases = {
        "coordination 8x8": np.array([identity, identity]),
        "payoffs 0..3, 8x8": rng.integers(0, 4, (2, 8, 8)),
        "payoffs 0..3, 10x10": rng.integers(0, 4, (2, 10, 10)),
        "random 15x15": rng.random((2, 15, 15)),
    }
    for name, payoffs in cases.items():
        started = time.perf_counter()
        solution = extreme_equilibria(StrategicGame(payoffs), time_limit=60)
        seconds = time.perf_counter() - started
        print(f"{name:<22} {seconds:8.3f} s  {solution.status} ({solution.stats['vertices']} vertices)")


if __name__ == "__main__":
    main()
