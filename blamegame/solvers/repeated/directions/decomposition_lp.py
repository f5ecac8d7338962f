"""The furthest payoffs that one period and promises for afterwards can make: a linear programme per action profile."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array

Cell = tuple[int, ...]


class _Programme:
    """Promises after each of ``chance``'s signals, every one inside the same half-spaces, and rows of incentives."""

    def __init__(self, now: Array, discount: float, chance: Array, directions: Array) -> None:
        import highspy

        self.now, self.discount, self.chance, self.directions = (1 - discount) * now, discount, chance, directions
        self.shape = (len(chance), len(now))
        self._infinity = highspy.kHighsInf
        highs: Any = highspy.Highs()
        highs.silent()
        highs.setOptionValue("primal_feasibility_tolerance", 1e-10)
        highs.setOptionValue("dual_feasibility_tolerance", 1e-10)
        highs.setOptionValue("presolve", "off")
        n_signals, n_coordinates = self.shape
        for _ in range(n_signals * n_coordinates):
            highs.addVar(-self._infinity, self._infinity)
        for y in range(n_signals):
            columns = np.arange(y * n_coordinates, (y + 1) * n_coordinates, dtype=np.int32)
            for direction in directions:
                highs.addRow(-self._infinity, self._infinity, n_coordinates, columns, direction)
        highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._highs = highs
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infeasible = highspy.HighsModelStatus.kInfeasible
        self._half_spaces = np.arange(n_signals * len(directions), dtype=np.int32)
        self._columns = np.arange(n_signals * n_coordinates, dtype=np.int32)
        self.incentives: list[float] = []

    def require(self, player: int, weights: Array, least: float) -> None:
        """Add the row sum_y weights[y] w[y, player] >= least."""
        columns = np.arange(self.shape[0], dtype=np.int32) * self.shape[1] + player
        self._highs.addRow(least, self._infinity, len(columns), columns, weights)
        self.incentives.append(least)

    def bound(self, heights: Array, incentives: Array) -> None:
        """Set the half-spaces and the right-hand sides of the incentive rows."""
        upper = np.tile(heights, self.shape[0])
        lower = np.full(len(upper), -self._infinity)
        self._highs.changeRowsBounds(len(upper), self._half_spaces, lower, upper)
        rows = len(upper) + np.arange(len(incentives), dtype=np.int32)
        self._highs.changeRowsBounds(len(rows), rows, incentives, np.full(len(rows), self._infinity))

    def furthest(self, direction: Array) -> tuple[float, Array] | None:
        """Largest direction @ (payoff now + promises) and the payoff there; None where nothing is feasible."""
        costs = (self.discount * self.chance[:, None] * direction).ravel()
        self._highs.changeColsCost(len(costs), self._columns, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._infeasible:
            return None
        if status != self._optimal:  # not seen yet; promises lie in [0, 1], which bounds them honestly
            loose = float(direction @ self.now + self.discount * np.maximum(direction, 0).sum())
            return loose, np.full(self.shape[1], np.nan)
        promises = np.array(self._highs.getSolution().col_value).reshape(self.shape)
        payoff = self.now + self.discount * self.chance @ promises
        return float(direction @ payoff), payoff


class PublicProgramme(_Programme):
    """One action profile under public signals: for each deviation,

    discount * sum_y (pr(y | profile) - pr(y | deviation)) w[y, i] >= (1 - discount) (u_i(deviation) - u_i(profile)).
    """

    def __init__(self, table: Array, signals: Array, cell: Cell, n_players: int, discount: float, directions: Array):
        super().__init__(np.array([layer[cell] for layer in table]), discount, signals[cell], directions)
        for player in range(n_players):
            for deviation in _deviations(cell, player, table.shape[player + 1]):
                gain = (1 - discount) * (table[player][deviation] - table[player][cell])
                self.require(player, discount * (self.chance - signals[deviation]), gain)

    def confine(self, heights: Array, slack: float) -> None:
        self.bound(heights + max(slack, 0.0), np.array(self.incentives) - slack)


class PerfectProgramme(_Programme):
    """One action profile under perfect monitoring: a deviation is followed by the worst promise in the half-spaces,

    discount * w_i >= (1 - discount) (best deviation of i - u_i(profile)) + discount * threat_i.
    """

    def __init__(self, table: Array, cell: Cell, n_players: int, discount: float, directions: Array):
        super().__init__(np.array([layer[cell] for layer in table]), discount, np.ones(1), directions)
        self._threat_rows = []
        for player in range(n_players):
            best = max(
                table[player][deviation] for deviation in [*_deviations(cell, player, table.shape[player + 1]), cell]
            )
            self.require(player, np.array([discount]), (1 - discount) * (best - table[player][cell]))
            axis = np.eye(directions.shape[1])[player]
            self._threat_rows.append(int(np.argmin(directions @ axis)))

    def confine(self, heights: Array, slack: float) -> None:
        threats = -heights[self._threat_rows]
        self.bound(heights + max(slack, 0.0), np.array(self.incentives) + self.discount * threats - slack)


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


def _deviations(cell: Cell, player: int, n_actions: int) -> list[Cell]:
    return [
        tuple(action if i == player else a for i, a in enumerate(cell))
        for action in range(n_actions)
        if action != cell[player]
    ]
