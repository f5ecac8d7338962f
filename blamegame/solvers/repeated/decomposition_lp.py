"""The furthest payoffs that one period and promises for afterwards can make: a linear programme per profile."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array

SLACK = 1e-9
"""Incentive constraints are relaxed, and values raised, by this (payoffs scaled to [0, 1]): errors go outward."""


class DecompositionLP:
    """For one action profile: promises after each signal, inside half-spaces, that make nobody want to deviate.

    Unknown are the promises w[y, c] after signal y in each coordinate c: the players' payoffs, and further ones (such
    as the frequency of an event) that nobody cares for. Constraints: directions @ w[y] <= heights for each y, and

    discount * sum_y (pr(y | a) - pr(y | deviation)) w[y, i] >= (1 - discount) (u_i(deviation) - u_i(a)).
    """

    def __init__(
        self, table: Array, signals: Array, cell: tuple[int, ...], n_players: int, discount: float, directions: Array
    ) -> None:
        import highspy

        everyone: Any = (slice(None), *cell)
        self.now = (1 - discount) * table[everyone]
        self.discount, self.directions = discount, directions
        self.chance = signals[cell]
        n_signals, n_coordinates = len(self.chance), len(table)
        self.shape = (n_signals, n_coordinates)
        infinity = highspy.kHighsInf
        highs: Any = highspy.Highs()
        highs.silent()
        highs.setOptionValue("primal_feasibility_tolerance", 1e-10)
        highs.setOptionValue("dual_feasibility_tolerance", 1e-10)
        highs.setOptionValue("presolve", "off")
        for _ in range(n_signals * n_coordinates):
            highs.addVar(-infinity, infinity)
        self.rows = np.arange(n_signals * len(directions), dtype=np.int32)
        for y in range(n_signals):
            columns = np.arange(y * n_coordinates, (y + 1) * n_coordinates, dtype=np.int32)
            for direction in directions:
                highs.addRow(-infinity, infinity, n_coordinates, columns, direction)
        for player in range(n_players):
            for action in range(table.shape[player + 1]):
                if action == cell[player]:
                    continue
                deviation = tuple(action if i == player else a for i, a in enumerate(cell))
                weights = discount * (self.chance - signals[deviation])
                gain = (1 - discount) * (table[(player, *deviation)] - table[(player, *cell)])
                columns = np.arange(n_signals, dtype=np.int32) * n_coordinates + player
                highs.addRow(gain - SLACK, infinity, n_signals, columns, weights)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._highs, self._infinity = highs, infinity
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._columns = np.arange(n_signals * n_coordinates, dtype=np.int32)

    def confine(self, heights: Array) -> None:
        """Set the half-spaces that promises lie in."""
        upper = np.tile(heights, self.shape[0])
        lower = np.full(len(upper), -self._infinity)
        self._highs.changeRowsBounds(len(upper), self.rows, lower, upper)

    def furthest(self, direction: Array) -> tuple[float, Array] | None:
        """Largest direction @ (payoff now + promises) and the payoff there; None where nothing is feasible."""
        costs = (self.discount * self.chance[:, None] * direction).ravel()
        self._highs.changeColsCost(len(costs), self._columns, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._infeasible:
            return None
        if status != self._optimal:  # not seen; an honest upper bound is what promises allow
            return float(direction @ self.now + self.discount * self._loose(direction)), np.full(self.shape[1], np.nan)
        promises = np.array(self._highs.getSolution().col_value).reshape(self.shape)
        payoff = self.now + self.discount * self.chance @ promises
        return float(direction @ payoff), payoff

    def _loose(self, direction: Array) -> float:
        return float(np.abs(direction).sum())


def coordinates(game: RepeatedGame, extra: Array | None = None) -> tuple[Array, Array, Array]:
    """Payoffs scaled to [0, 1] per player, further coordinates behind, and what undoes it: (table, scale, shift)."""
    payoffs = game.stage.payoffs.astype(np.float64)
    flat = payoffs.reshape(len(payoffs), -1)
    shift, scale = flat.min(axis=1), np.ptp(flat, axis=1)
    scale = np.where(scale > 0, scale, 1.0)
    turned = (slice(None), *(None,) * (payoffs.ndim - 1))
    table = (payoffs - shift[turned]) / scale[turned]
    if extra is not None:
        table = np.concatenate([table, extra[None].astype(np.float64)])
        shift, scale = np.append(shift, 0.0), np.append(scale, 1.0)
    return table, scale, shift


def directions_in(dimension: int, count: int) -> Array:
    """Unit vectors that cover all directions evenly, the axes among them, shape [count or a few more, dimension]."""
    axes = np.concatenate([np.eye(dimension), -np.eye(dimension)])
    if dimension == 1:
        return axes
    if dimension == 2:
        angles = 2 * np.pi * np.arange(4 * max(1, count // 4)) / (4 * max(1, count // 4))
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        circle[np.abs(circle) < 1e-15] = 0.0
        return circle
    rng = np.random.default_rng(0)
    cloud = rng.normal(size=(max(0, count - len(axes)), dimension))
    return np.concatenate([axes, cloud / np.linalg.norm(cloud, axis=1, keepdims=True)])
