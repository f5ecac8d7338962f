"""Solvers of one game at a time: this library and its peers side by side, times with the completeness of each answer.

Each solver gets the same games, one after the other, after a warm-up on other games; a time is the median over games.
An answer is complete where, to nine digits, it is the set of all extreme equilibria that Gambit's exact enumeration
lists (without Gambit: this library's exact enumeration). Run with ``python -m benchmarks.solvers``.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers import as_set, missing, prepared, quantecon_game
from benchmarks.timing import columns, within
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.extreme_equilibria import extreme_equilibria
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.lemke_howson import lemke_howson
from blamegame.solvers.strategic.logit import logit
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.simplicial_subdivision import simplicial_subdivision

OURS = "this library, "
REFERENCE = "Gambit enummixed, exact"
UNSTOPPABLE = ("quantecon mclennan_tourky, 1e-3", "Gambit simpdiv")
PATIENCE = 3  # seconds for a call of one of these
Calls = dict[str, Callable[[], Any]]


def every_solver(payoffs: Any) -> Calls:
    """All equilibria of a two-player game by every solver."""
    floats, exact = StrategicGame(payoffs.astype(float)), StrategicGame(payoffs)
    ours: Calls = {
        OURS + "nash (exact)": lambda: nash(exact).equilibria,
        OURS + "extreme_equilibria, exact": lambda: extreme_equilibria(exact).equilibria,
        OURS + "extreme_equilibria, float": lambda: extreme_equilibria(floats).equilibria,
    }
    return {**ours, **prepared(payoffs)}


def all_equilibria(title: str, games: list[Any], leave_out: tuple[str, ...] = ()) -> str:
    """Table of one kind of games; ratios are against this library's fastest column."""
    times: dict[str, list[float]] = {}
    complete: dict[str, int] = {}
    for payoffs in games:
        answers = {}
        for name, solve in every_solver(payoffs).items():
            if name in leave_out:
                continue
            started = time.perf_counter()
            answers[name] = as_set(solve())
            times.setdefault(name, []).append(time.perf_counter() - started)
        truth = answers.get(REFERENCE, answers[OURS + "nash (exact)"])
        for name, answer in answers.items():
            complete[name] = complete.get(name, 0) + (answer == truth)
    medians = {name: statistics.median(values) for name, values in times.items()}
    fastest = min(value for name, value in medians.items() if name.startswith(OURS))
    rows = [("solver", "median", "ratio", "complete")]
    for name, value in medians.items():
        share = 100 * complete[name] / len(games)
        rows.append((name, _shown(value), f"{value / fastest:,.1f}", f"{share:.0f} %"))
    left = f"; not timed here: {', '.join(leave_out)}" if leave_out else ""
    return f"{title}, {len(games)} games{left}\n{columns(rows)}"


def one_equilibrium(title: str, games: list[Any]) -> str:
    """One equilibrium of each game, with the largest regret (payoffs are within [0, 1]).

    Peers that need minutes for a game now and then, and cannot be stopped, run in a child process.
    """
    times: dict[str, list[float]] = {}
    regrets: dict[str, list[float]] = {}
    for payoffs in games:
        game = StrategicGame(payoffs)
        for name, solve in _one_each(game).items():
            if name not in UNSTOPPABLE:
                started = time.perf_counter()
                profile = solve()
                taken = time.perf_counter() - started
            else:
                taken, profile = within(solve, PATIENCE) or (PATIENCE, None)
            times.setdefault(name, []).append(taken)
            if profile is not None:
                regrets.setdefault(name, []).append(float(max(regret(game, [s / s.sum() for s in profile]))))
    medians = {name: statistics.median(values) for name, values in times.items()}
    fastest = min(value for name, value in medians.items() if name.startswith(OURS))
    rows = [("solver", "median", "slowest", "ratio", "answered", "largest regret")]
    for name, value in medians.items():
        found = regrets.get(name, [])
        slowest = max(times[name])
        rows.append(
            (
                name,
                _shown(value),
                f"over {PATIENCE} s" if slowest >= PATIENCE else _shown(slowest),
                f"{value / fastest:,.1f}",
                f"{len(found)} of {len(games)}",
                f"{max(found):.1e}" if found else "",
            )
        )
    return f"{title}, {len(games)} games\n{columns(rows)}"


def _one_each(game: StrategicGame) -> Calls:
    out: Calls = {
        OURS + "simplicial_subdivision": lambda: _first(simplicial_subdivision(game, time_limit=PATIENCE)),
        OURS + "logit": lambda: logit(game).profiles[-1],
    }
    absent = " ".join(missing())
    if game.n_players == 2:
        out[OURS + "lemke_howson"] = lambda: _floats(lemke_howson(game).equilibria[0])
    if "quantecon" not in absent:
        import quantecon.game_theory as qe

        theirs = quantecon_game(game.payoffs)
        if game.n_players == 2:
            out["quantecon lemke_howson"] = lambda: qe.lemke_howson(theirs)
        else:
            out[UNSTOPPABLE[0]] = lambda: qe.mclennan_tourky(theirs, epsilon=1e-3, max_iter=10**5)
    if "pygambit" not in absent:
        import pygambit

        peer = pygambit.StrategicGame.from_arrays(*(table.tolist() for table in game.payoffs))
        start = peer.mixed_strategy_profile(rational=True)
        out[UNSTOPPABLE[1]] = lambda: _gambit(pygambit.nash.simpdiv_solve(start).equilibrium)
    return out


def one_path_each(title: str, sizes: tuple[int, ...], peer: str, calls: Callable[[Any], tuple[Any, Any]]) -> str:
    """Ratio of this library's time to a peer's for square games of several sizes, 8 games each; the least of 7 rounds.

    ``calls`` gives, for payoffs [2, n, n], this library's call and the peer's.
    """
    rng = np.random.default_rng(7)
    rows = [("game", "this library", peer, "ratio", "largest ratio")]
    for n in sizes:
        pairs = []
        for _ in range(8):
            solvers = calls(rng.random((2, n, n)))
            pairs.append([min(_several(solve) for _ in range(7)) for solve in solvers])
        ours, theirs = (statistics.median(values) for values in zip(*pairs))
        ratios = [one / other for one, other in pairs]
        shown = [_shown(ours), _shown(theirs), f"{statistics.median(ratios):.2f}", f"{max(ratios):.2f}"]
        rows.append((f"{n}x{n}", *shown))
    return f"{title}, random games\n{columns(rows)}"


def _several(solve: Callable[[], Any], times: int = 20) -> float:
    started = time.perf_counter()
    for _ in range(times):
        solve()
    return (time.perf_counter() - started) / times


def _lemke_howson_calls(payoffs: Any) -> tuple[Any, Any]:
    import quantecon.game_theory as qe

    game, theirs = StrategicGame(payoffs), quantecon_game(payoffs)
    return lambda: lemke_howson(game), lambda: qe.lemke_howson(theirs)


def _logit_calls(payoffs: Any) -> tuple[Any, Any]:
    """Both to the rationality that this library goes to by default."""
    import pygambit

    game, theirs = StrategicGame(payoffs), pygambit.StrategicGame.from_arrays(*payoffs.tolist())
    top = float(logit(game).rationalities[-1])
    return lambda: logit(game), lambda: pygambit.qre.logit_solve_lambda(theirs, lam=top)


def three_players(games: list[Any]) -> str:
    """All equilibria of games of three players: how often each answer is complete, proved or not."""
    times: dict[str, list[float]] = {}
    counts: dict[str, list[int]] = {}
    proved = 0
    for payoffs in games:
        game = StrategicGame(payoffs)
        started = time.perf_counter()
        found = isolated_equilibria(game)
        times.setdefault(OURS + "isolated_equilibria", []).append(time.perf_counter() - started)
        counts.setdefault(OURS + "isolated_equilibria", []).append(len(found))
        proved += found.complete
        if "pygambit" not in " ".join(missing()):
            import pygambit

            peer = pygambit.StrategicGame.from_arrays(*(table.tolist() for table in payoffs.astype(float)))
            started = time.perf_counter()
            theirs = pygambit.nash.enumpoly_solve(peer).equilibria
            times.setdefault("Gambit enumpoly", []).append(time.perf_counter() - started)
            counts.setdefault("Gambit enumpoly", []).append(len(theirs))
    ours = statistics.median(times[OURS + "isolated_equilibria"])
    rows = [("solver", "median", "ratio", "equilibria in all", "proved complete")]
    for name, values in times.items():
        value = statistics.median(values)
        share = f"{100 * proved / len(games):.0f} %" if name.startswith(OURS) else "no proof"
        rows.append((name, _shown(value), f"{value / ours:,.1f}", str(sum(counts[name])), share))
    return f"All equilibria of 3x3x3, random integers, {len(games)} games\n{columns(rows)}"


def _shown(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{1e3 * value:.3g} ms"


def _first(solution: Any) -> list[Any] | None:
    return _floats(solution.equilibria[0]) if solution.equilibria else None


def _floats(profile: Any) -> list[Any]:
    return [strategy.astype(float) for strategy in profile]


def _gambit(profile: Any) -> list[Any]:
    return [np.array([float(p) for _, p in strategy]) for strategy in profile]


def main() -> None:
    """Print every table."""
    warnings.simplefilter("ignore")  # nashpy and quantecon warn about degenerate games, once a game
    rng = np.random.default_rng(20_261)
    for line in missing():
        print(line)
    for _ in range(2):  # warm-up: compile, import, load
        all_equilibria("warm-up", [rng.integers(0, 3, (2, 3, 3)), rng.integers(0, 99, (2, 4, 4))])
        for payoffs in (rng.integers(0, 9, (3, 2, 2, 2)).astype(float), rng.integers(0, 9, (2, 3, 3)).astype(float)):
            for solve in _one_each(StrategicGame(payoffs)).values():
                solve()
    three_players([rng.integers(0, 99, (3, 2, 2, 2))])
    all_of_two_players(rng)
    of_several_players(rng)


def all_of_two_players(rng: np.random.Generator) -> None:
    """Print the tables of all equilibria of two-player games."""
    tied = [rng.integers(0, 3, (2, *rng.integers(2, 6, 2))) for _ in range(200)]
    print(all_equilibria("All extreme equilibria, payoffs in {0, 1, 2}, 2x2 to 5x5", tied), end="\n\n")
    million = [rng.integers(-1000, 1001, (2, 4, 4)) * 10**6 for _ in range(50)]
    print(all_equilibria("All extreme equilibria, generic 4x4, payoffs in millions", million), end="\n\n")
    slow = ("nashpy support_enumeration", "nashpy vertex_enumeration", "quantecon support_enumeration")
    for size, count, left in ((6, 10, ()), (8, 10, (*slow, REFERENCE)), (10, 5, (*slow, REFERENCE))):
        games = [rng.integers(-1000, 1001, (2, size, size)) for _ in range(count)]
        print(all_equilibria(f"All extreme equilibria, random {size}x{size}", games, left), end="\n\n")
    games = [rng.integers(-1000, 1001, (2, 10, 10)) for _ in range(1)]
    print(all_equilibria("With Gambit's exact arithmetic, random 10x10", games, slow), end="\n\n")


def of_several_players(rng: np.random.Generator) -> None:
    """Print the tables of one equilibrium, and of all equilibria of three players."""
    for shape, count in (((4, 4), 20), ((10, 10), 6), ((3, 3, 3), 12), ((2,) * 5, 12), ((4, 4, 4), 6)):
        name = "x".join(map(str, shape))
        games = [rng.random((len(shape), *shape)) for _ in range(count)]
        print(one_equilibrium(f"One equilibrium, random {name}", games), end="\n\n")
    print(three_players([rng.integers(0, 100, (3, 3, 3, 3)) for _ in range(8)]), end="\n\n")
    absent = " ".join(missing())
    if "quantecon" not in absent:
        sizes = (3, 4, 6, 8, 10, 12, 15, 20)
        print(one_path_each("lemke_howson in floats", sizes, "quantecon", _lemke_howson_calls), end="\n\n")
    if "pygambit" not in absent:
        print(one_path_each("logit to the same rationality", (2, 3, 4), "Gambit", _logit_calls))


if __name__ == "__main__":
    main()
