"""The principal branch of logit quantal response equilibria by arclength continuation, for any number of players."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.responses import regret
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, to_float
from blamegame.solvers.continuation import LONGEST, NEAR, SHORTEST, follow, tangent_of


@dataclass(frozen=True, eq=False, repr=False)
class LogitPath:
    """The branch of logit equilibria that starts at uniform play.

    Attributes
    ----------
    game : the game
    rationalities : float array, shape [n_points]
        Precision of choice in units of 1 / payoff, along the branch; it may fall again between turning points.
    profiles : one tuple of float strategies for each point
    complete : whether the branch was followed to the rationality that was asked for
    status : one sentence
    """

    game: StrategicGame
    rationalities: Array
    profiles: tuple[Profile, ...]
    complete: bool
    status: str

    def at(self, rationality: float) -> tuple[Profile, ...]:
        """Every profile of the branch at this rationality (several where the branch turns back), refined to 1e-12.

        >>> path = logit(StrategicGame([[[1.1141, 0], [0, 0.2785]], [[0, 1.1141], [1.1141, 0]]]), most_rationality=3)
        >>> [round(float(strategy[0]), 6) for strategy in path.at(3)[0]]
        [0.616897, 0.314016]
        """
        if not 0 <= rationality <= self.rationalities.max():
            raise GameError(
                f"rationality={rationality} is not on this path (0 to {self.rationalities.max():.6g}); "
                "follow it further with logit(game, most_rationality=...)"
            )
        system = _System(self.game)
        found = []
        for k in range(len(self.rationalities) - 1):
            left, right = self.rationalities[k], self.rationalities[k + 1]
            last = rationality == right and k == len(self.profiles) - 2
            if left <= rationality < right or right < rationality <= left or last:
                weight = (rationality - left) / (right - left)
                logs = (1 - weight) * system.logs_of(self.profiles[k]) + weight * system.logs_of(self.profiles[k + 1])
                found.append(system.profile_of(system.polish(logs, rationality * system.unit)))
        return tuple(found)

    def __repr__(self) -> str:
        return f"<LogitPath of {len(self.profiles)} points to rationality {self.rationalities[-1]:.6g}>"


def logit(game: StrategicGame, *, most_rationality: float | None = None, time_limit: float | None = None) -> LogitPath:
    """Follow logit equilibria from uniform play to ``most_rationality``.

    Each player plays action a with probability proportional to exp(rationality x expected payoff of a). Generically the
    branch from uniform play leads to one Nash equilibrium as rationality grows: a *selection*, not all equilibria.

    Parameters
    ----------
    game : one game, any number of players; floats inside
    most_rationality : in units of 1 / payoff; default 1,000 over the largest payoff range of a player
    time_limit : seconds; stopped early, or by Ctrl-C, the path so far comes back with ``complete=False``

    Notes
    -----
    1. Unknowns are the logarithms of the probabilities and the rationality; equations say that log-odds equal
       rationality times payoff differences, and that probabilities sum to one.
    2. From a point of the curve, step along its tangent and return to the curve by Newton's method at right angles;
       halve the step when Newton does not settle quickly, lengthen it when it does. Turning points are no special
       case. The path ends where it first reaches ``most_rationality``.

    References
    ----------
    McKelvey and Palfrey (1995), "Quantal response equilibria for normal form games", Games Econ. Behav. 10.
    Turocy (2005), "A dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence",
    Games Econ. Behav. 51.

    Examples
    --------
    >>> path = logit(StrategicGame([[[2, 0], [0, 1]], [[2, 0], [0, 1]]]))
    >>> [strategy.round(6).tolist() for strategy in path.profiles[-1]]
    [[1.0, 0.0], [1.0, 0.0]]
    """
    check_single(game, "logit")
    system = _System(game)
    top = 1000.0 if most_rationality is None else float(most_rationality) * system.unit
    if not (np.isfinite(top) and top >= 0):
        raise GameError(f"most_rationality={most_rationality} is not a number of at least 0")
    deadline = None if time_limit is None else time.monotonic() + time_limit
    point = np.concatenate([np.concatenate([np.full(n, -np.log(n)) for n in game.n_actions]), [0.0]])
    points, stopped = [point], ""
    tangent = np.zeros_like(point)
    tangent[-1] = 1.0
    step = min(0.1, max(top, 1e-6) / 4)
    try:
        while point[-1] < top:
            tangent = tangent_of(system.jacobian(point), tangent)
            moved, quick = follow(system, point, tangent, step)
            if moved is None:
                step /= 2
                if step < SHORTEST * max(1.0, abs(point[-1])):
                    stopped = f"lost the branch at rationality {point[-1] / system.unit:.6g}"
                    break
                continue
            point = moved
            points.append(point)
            if quick:
                step = min(step * 1.6, LONGEST * max(1.0, abs(point[-1])))
            if deadline is not None and time.monotonic() > deadline:
                stopped = f"time_limit={time_limit} s ran out"
                break
    except KeyboardInterrupt:
        stopped = "interrupted"
    if not stopped and len(points) > 1 and points[-1][-1] > top:
        points[-1] = _end(system, points[-2], points[-1], top)
    path = np.array(points)
    profiles = tuple(system.profile_of(row[:-1]) for row in path)
    rationalities = path[:, -1] / system.unit
    if not stopped and most_rationality is not None:
        rationalities[-1] = most_rationality
    where = rationalities[-1]
    gain = float(max(regret(system.game, profiles[-1])))
    status = f"at rationality {where:.6g} the largest gain from deviating is {gain:.3g}"
    return LogitPath(game, rationalities, profiles, not stopped, f"{stopped}; {status}" if stopped else status)


def _end(system: _System, before: Array, after: Array, top: float) -> Array:
    weight = (top - before[-1]) / (after[-1] - before[-1])
    logs = (1 - weight) * before[:-1] + weight * after[:-1]
    return np.append(system.polish(logs, top), top)


class _System:
    """The equations of logit equilibrium in logarithms of probabilities; rationality in units of 1 / payoff range."""

    def __init__(self, game: StrategicGame) -> None:
        self.game = to_float(game)
        self.n = game.n_actions
        self.ends = np.cumsum((0, *self.n))
        spread = max(float(np.ptp(self.game.payoffs[i])) for i in range(game.n_players))
        self.unit = spread if spread > 0 else 1.0
        self.payoffs = [(self.game.payoffs[i] - self.game.payoffs[i].min()) / self.unit for i in range(game.n_players)]

    def logs_of(self, profile: Profile) -> Array:
        logs: Array = np.log(np.maximum(np.concatenate(profile), 1e-300))
        return logs

    def profile_of(self, logs: Array) -> Profile:
        parts = [np.exp(logs[a:b] - logs[a:b].max()) for a, b in zip(self.ends, self.ends[1:])]
        return tuple(part / part.sum() for part in parts)

    def _strategies(self, point: Array) -> list[Array]:
        return [np.exp(point[a:b]) for a, b in zip(self.ends, self.ends[1:])]

    def _values(self, player: int, strategies: list[Array], but: int | None = None) -> Array:
        """Payoffs of a player's actions, or their table against the actions of one other player (``but``)."""
        table: Any = self.payoffs[player]
        for other in reversed(range(len(self.n))):
            if other not in (player, but):
                table = np.tensordot(table, strategies[other], axes=([other], [0]))
        turned: Array = table if but is None or but > player else table.T
        return turned

    def residual(self, point: Array) -> Array:
        strategies, rationality = self._strategies(point), point[-1]
        out = np.empty(self.ends[-1])
        for i, (a, b) in enumerate(zip(self.ends, self.ends[1:])):
            values = self._values(i, strategies)
            out[a] = strategies[i].sum() - 1
            out[a + 1 : b] = point[a + 1 : b] - point[a] - rationality * (values[1:] - values[0])
        return out

    def jacobian(self, point: Array) -> Array:
        strategies, rationality = self._strategies(point), point[-1]
        out = np.zeros((self.ends[-1], self.ends[-1] + 1))
        for i, (a, b) in enumerate(zip(self.ends, self.ends[1:])):
            out[a, a:b] = strategies[i]
            rows = np.arange(a + 1, b)
            out[rows, rows] = 1.0
            out[a + 1 : b, a] = -1.0
            values = self._values(i, strategies)
            out[a + 1 : b, -1] = -(values[1:] - values[0])
            for j, (c, d) in enumerate(zip(self.ends, self.ends[1:])):
                if j != i:
                    table = self._values(i, strategies, but=j)
                    out[a + 1 : b, c:d] = -rationality * (table[1:] - table[0]) * strategies[j]
        return out

    def polish(self, logs: Array, rationality: float) -> Array:
        """Newton's method at a fixed rationality."""
        for _ in range(20):
            point = np.append(logs, rationality)
            residual = self.residual(point)
            if np.abs(residual).max() < NEAR * max(1.0, float(np.abs(logs).max())):
                break
            logs = logs - np.linalg.solve(self.jacobian(point)[:, :-1], residual)
        return logs
