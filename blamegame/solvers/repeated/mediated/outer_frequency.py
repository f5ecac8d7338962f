"""The largest discounted frequency of an event over all subgame-perfect equilibria, from above.

Frequency f is a third coordinate that carries no incentive, and is bounded with prices q on payoffs: q @ v + f <= h(q).
Multipliers that prove one such half-space put further prices on promises, q + sum lam, and those are bounded next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import OnePeriod
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, with_frequency
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_SEEDS = (0.0, 0.25, 1.0, 4.0)
_MOST_PRICES = 48
_LARGEST = 200.0
_NEAR = 0.02


@dataclass(frozen=True, eq=False)
class OuterFrequency:
    """Half-spaces prices @ v + f <= heights that hold for every equilibrium; ``most`` bounds f itself.

    ``prices`` float [k, 2], the first (0, 0); ``heights`` float [k]; in payoffs scaled to [0, 1].
    """

    prices: Array
    heights: Array
    settled: bool
    steps: int

    @property
    def most(self) -> float:
        return float(min(1.0, max(0.0, self.heights[0])))


def outer_frequency(
    scaled: ScaledGame,
    outer: OuterSet,
    pieces: Sequence[OnePeriod],
    event: Array,
    *,
    signed: bool = False,
    tolerance: float = 1e-5,
    deadline: Deadline | None = None,
    most_steps: int = 400,
) -> OuterFrequency:
    """Bound the frequency of ``event`` (flat, boolean) where payoffs lie in ``outer`` and play is of one of ``pieces``.

    Every step is a bound; ``tolerance`` says when to stop. ``signed``: promises may be priced below 0 too.
    """
    from blamegame.solvers.repeated.kernels.mediated import surface

    deadline = deadline or Deadline()
    inside = event.astype(np.float64)
    payoffs, nothing = with_frequency(scaled.payoffs, inside), np.zeros(len(inside))
    seeds = (*(-x for x in _SEEDS[2:]), *_SEEDS) if signed else _SEEDS
    prices = np.array(sorted(((x, y) for x in seeds for y in seeds), key=lambda q: abs(q[0]) + abs(q[1])))
    feasible = (prices @ scaled.payoffs.T + inside).max(axis=1) + 1e-15
    heights = np.minimum(feasible, 1.0 + (prices @ outer.corners.T).max(axis=1))
    settled, steps, quiet = False, 0, 0
    while not settled and steps < most_steps and not deadline.over:
        points = surface(outer.corners, prices, heights, 1e-12 * (1.0 + 2.0 * float(np.abs(prices).max())))
        best = np.full(len(prices), -np.inf)
        found = [prices]
        for piece in pieces:
            tops, lams = piece.reach(scaled.later, payoffs, nothing, with_frequency(prices, 1.0), points, outer.threats)
            best = np.maximum(best, tops)
            if len(prices) < _MOST_PRICES:
                found.append(piece.charged(lams, prices))
        best = np.minimum(best, heights)
        change = float(((heights - best) / (1.0 + np.abs(prices).sum(axis=1))).max())
        heights = best
        new = _distinct(np.concatenate(found), len(prices), signed)
        grown = len(new) > len(prices)
        if grown:
            added = new[len(prices) :]
            heights = np.concatenate([heights, (added @ points[:, :2].T + points[:, 2]).max(axis=1)])
            prices = new
        quiet = quiet + 1 if change < tolerance * scaled.now and not grown else 0
        settled = quiet >= 2
        steps += 1
    return OuterFrequency(prices, heights, settled, steps)


def _distinct(prices: Array, known: int, signed: bool) -> Array:
    """The first ``known`` and what is new, not too close to another, not too large, smallest first."""
    kept = prices[:known].tolist()
    rest = prices[known:]
    for x, y in rest[np.argsort(np.abs(rest).sum(axis=1), kind="stable")].tolist():
        if len(kept) >= _MOST_PRICES:
            break
        if max(abs(x), abs(y)) > _LARGEST or (min(x, y) < 0 and not signed):
            continue
        if all(abs(x - a) + abs(y - b) > _NEAR * (1 + abs(a) + abs(b)) for a, b in kept):
            kept.append([x, y])
    return np.array(kept)
