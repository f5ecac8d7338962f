"""Payoff sets of repeated games: this library beside quantecon's Abreu-Sannikov solver, in one run.

Both are warmed up first; times are medians over several rounds, alternating. Quantecon is called with its default
settings, which give no inner bound and no proof. Run with ``python -m benchmarks.repeated``.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import numpy as np

from benchmarks.timing import alternating_medians
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.playability_batch import playable_batch

ROUNDS = 7


def cournot(n_quantities: int) -> tuple[Any, Any]:
    """Judd, Yeltekin and Conklin (2003): quantities on [0, 6], price max(6 - Q, 0), unit cost 0.6."""
    quantity = np.linspace(0, 6, n_quantities)
    margin = np.maximum(6 - quantity[:, None] - quantity[None, :], 0) - 0.6
    return margin * quantity[:, None], margin * quantity[None, :]


def against_quantecon() -> list[str]:
    """One line per game: milliseconds of both, their ratio, and how far apart the sets are."""
    from quantecon.game_theory import NormalFormGame, Player
    from quantecon.game_theory.repeated_game import RepeatedGame as Peer

    dilemma = (np.array([[9.0, 1], [10, 3]]), np.array([[9.0, 10], [1, 3]]))
    common = (np.diag([4.0, 1.0]), np.diag([4.0, 1.0]))
    games = [
        ("Cournot 15x15 at 0.9", cournot(15), 0.9),
        ("Cournot 40x40 at 0.9", cournot(40), 0.9),
        ("prisoner's dilemma at 0.9", dilemma, 0.9),
        ("prisoner's dilemma at 0.99", dilemma, 0.99),
        ("prisoner's dilemma at 0.999", dilemma, 0.999),
        ("common interest at 0.5 (a segment)", common, 0.5),
    ]
    lines = []
    for name, tables, discount in games:
        ours = RepeatedGame(StrategicGame(tables), discount)
        theirs = Peer(NormalFormGame([Player(tables[0]), Player(np.ascontiguousarray(tables[1].T))]), discount)
        found = payoff_set(ours)
        try:
            peer = theirs.equilibrium_payoffs()
        except Exception as error:
            lines.append(f"{name:36} this library: {found!r}; quantecon raises {type(error).__name__}")
            continue
        gap = furthest(found.outer, peer.points[peer.vertices])
        mine, other = alternating_medians(
            lambda g=ours: payoff_set(g), lambda g=theirs: g.equilibrium_payoffs(), ROUNDS
        )
        lines.append(
            f"{name:36} {1e3 * mine:9.2f} ms {1e3 * other:9.2f} ms   {other / mine:7.1f} x   support gap {gap:.1e}"
            f"   bounds apart {found.stats['gap']:.1e}"
        )
    return lines


def furthest(first: Any, second: Any) -> float:
    """Largest difference of two support functions over 360 directions."""
    angles = np.arange(360) * (2 * np.pi / 360)
    directions = np.stack([np.cos(angles), np.sin(angles)])
    return float(np.abs((first @ directions).max(axis=0) - (second @ directions).max(axis=0)).max())


def reform_bundles() -> list[str]:
    """Verdicts on all six profiles in each of 4,096 delegation games at several discount factors."""
    rng = np.random.default_rng(0)
    names = ("authority", "tolerance", "push_strength", "diffusion", "assistance", "escalation_shield")
    models = Delegation().replace({name: rng.random(4096) for name in names})
    payoffs = models.stage_game().payoffs
    playable_batch(payoffs[:64], 0.9)
    lines = []
    for discount in (Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)):
        started, cpu = time.perf_counter(), time.process_time()
        found = playable_batch(payoffs, discount)
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu
        lines.append(
            f"playability of 4,096 games at {discount!s:7} {wall:6.2f} s wall {cpu:6.2f} s cpu   "
            f"{int(found.undecided.sum())} undecided, {int(found.decided_exactly.sum())} finished exactly"
        )
    return lines


def main() -> None:
    """Print both tables."""
    print(f"{'game':36} {'this library':>12} {'quantecon':>12}")
    print("\n".join([*against_quantecon(), *reform_bundles()]))


if __name__ == "__main__":
    main()
