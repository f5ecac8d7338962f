"""The principal branch of logit quantal response equilibria by arclength continuation, for any number of players."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.responses import regret
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, to_float

_SLICE = 10**7
"""Multiplications between two looks at the time, counted as if one Newton step made a step of the path."""


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
                before, after = (system.point_of(self.profiles[at], self.rationalities[at]) for at in (k, k + 1))
                found.append(system.end(before, after, rationality * system.unit))
        return system.profiles_of(np.array(found)) if found else ()

    def __repr__(self) -> str:
        return f"<LogitPath of {len(self.profiles)} points to rationality {self.rationalities[-1]:.6g}>"


def logit(
    game: StrategicGame, *, most_rationality: float | None = None, time_limit: float | Deadline | None = None
) -> LogitPath:
    """Follow logit equilibria from uniform play to ``most_rationality``.

    Each player plays action a with probability proportional to exp(rationality x expected payoff of a). Generically the
    branch from uniform play leads to one Nash equilibrium as rationality grows: a *selection*, not all equilibria.

    Parameters
    ----------
    game : one game, any number of players; floats inside
    most_rationality : in units of 1 / payoff; default 1,000 over the largest payoff range of a player
    time_limit : seconds, or a deadline; stopped early, or by Ctrl-C, the path so far comes back with ``complete=False``

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
    deadline = Deadline.of(time_limit)
    points, lost = system.path(top, deadline)
    path = points[:, -1]
    stopped = deadline.reason or (f"lost the branch at rationality {path[-1] / system.unit:.6g}" if lost else "")
    if not stopped and len(points) > 1 and path[-1] > top:
        points[-1] = system.end(points[-2], points[-1], top)
    profiles = system.profiles_of(points)
    rationalities = path / system.unit
    if not stopped and most_rationality is not None:
        rationalities[-1] = most_rationality
    gain = float(max(regret(system.game, profiles[-1])))
    status = f"at rationality {rationalities[-1]:.6g} the largest gain from deviating is {gain:.3g}"
    return LogitPath(game, rationalities, profiles, not stopped, f"{stopped}; {status}" if stopped else status)


class _System:
    """A game as the kernels take it: payoffs from 0 to 1, and rationality in units of 1 / the largest payoff range."""

    def __init__(self, game: StrategicGame) -> None:
        self.game = to_float(game)
        payoffs, sizes = self.game.payoffs, self.game.payoffs.shape[1:]
        flat = payoffs.reshape(len(sizes), -1)
        lowest = flat.min(axis=1, keepdims=True)
        spread = float((flat.max(axis=1, keepdims=True) - lowest).max())
        self.unit = spread if spread > 0 else 1.0
        self.ends = np.array([0, *accumulate(sizes)])
        cells = np.indices(sizes).reshape(len(sizes), -1)
        place = np.ascontiguousarray((cells + self.ends[:-1, None]).T)
        self.packed = (flat - lowest) / self.unit, place, self.ends

    def path(self, top: float, deadline: Deadline) -> tuple[Array, bool]:
        """Points of the branch from uniform play until rationality first reaches ``top``; whether it was lost."""
        size = int(self.ends[-1]) + 1
        points, count = np.empty((64, size)), 1
        points[0] = self._uniform()
        tangent, step = np.zeros(size), np.array([min(0.1, max(top, 1e-6) / 4)])
        tangent[-1] = 1.0
        budget = 1 + _SLICE // (size**3 + 2 * len(self.ends) * self.packed[0].size)
        lost = False
        with deadline:
            from blamegame.solvers.strategic.kernels import logit_path as kernel

            code = kernel.PAUSED
            while code == kernel.PAUSED:
                deadline.check()
                code, count = kernel.follow(*self.packed, tangent, step, top, points, count, budget)
                if count == len(points):
                    points = np.concatenate([points, np.empty_like(points)])
            lost = code == kernel.LOST
        return points[:count].copy(), lost

    def _uniform(self) -> Array:
        sizes = np.diff(self.ends)
        return np.append(np.repeat(-np.log(sizes), sizes), 0.0)

    def end(self, before: Array, after: Array, top: float) -> Array:
        """The point at rationality ``top`` between two neighbours on the branch."""
        weight = (top - before[-1]) / (after[-1] - before[-1])
        point = (1 - weight) * before + weight * after
        point[-1] = top
        return self.polish(point)

    def polish(self, point: Array) -> Array:
        """Newton's method at the rationality of ``point``."""
        from blamegame.solvers.strategic.kernels.logit_path import settle

        upward, size = np.zeros(len(point)), len(point)
        upward[-1] = 1.0
        refined = point.copy()
        settle(*self.packed, refined, upward, 20, np.inf, np.empty((size, size + 1)))
        return refined

    def point_of(self, profile: Profile, rationality: float) -> Array:
        return np.append(np.log(np.maximum(np.concatenate(profile), 1e-300)), rationality * self.unit)

    def profiles_of(self, points: Array) -> tuple[Profile, ...]:
        """The strategies of each row of ``points``."""
        strategies = []
        for a, b in zip(self.ends, self.ends[1:]):
            odds = np.exp(points[:, a:b] - points[:, a:b].max(axis=1, keepdims=True))
            strategies.append(odds / odds.sum(axis=1, keepdims=True))
        return tuple(zip(*strategies))
