"""Basins of attraction by sampling: from what share of all starting points does play end where?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.dynamics.replicator import log_growth, shares_of
from blamegame.dynamics.resistances import check_precision
from blamegame.dynamics.settling import at_rest, follow, strict_equilibria, trapping_share
from blamegame.dynamics.smoothed_best_reply import drift
from blamegame.dynamics.symmetric import symmetric_table
from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, pure_profile, to_float
from blamegame.games.table import align


@dataclass(frozen=True, eq=False, repr=False)
class Basins:
    """Where play ended from starting points drawn uniformly over all mixed profiles: sampled, not proved.

    Attributes
    ----------
    game : the game
    rests : the resting points reached, as profiles in floating point
    reached : int64 [samples], which of ``rests`` each start led to; -1 where play had not settled in the time given
    starts : for each player float64 [samples, n_actions], the starting points
    """

    game: StrategicGame
    rests: tuple[Profile, ...]
    reached: Array
    starts: tuple[Array, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Sampled share of the starting points that led to each resting point."""
        return tuple(float(np.mean(self.reached == rest)) for rest in range(len(self.rests)))

    @property
    def unsettled(self) -> float:
        """Sampled share of the starting points from which play had not settled: it goes round, or is slow."""
        return float(np.mean(self.reached == -1))

    def interval(self, rest: int, *, confidence: float = 0.95) -> tuple[float, float]:
        """Clopper and Pearson's exact confidence interval for the true share of one basin (-1: unsettled)."""
        from scipy.stats import beta

        if not 0 < confidence < 1:
            raise GameError(f"confidence={confidence} is not strictly between 0 and 1")
        n, hits = len(self.reached), int(np.sum(self.reached == rest))
        tail = (1 - confidence) / 2
        low = beta.ppf(tail, hits, n - hits + 1) if hits else 0.0
        high = beta.ppf(1 - tail, hits + 1, n - hits) if hits < n else 1.0
        return float(low), float(high)

    def __str__(self) -> str:
        rows = [["ends at", "share (sampled)", "95 % interval"]]
        for rest in [*range(len(self.rests)), *([-1] if self.unsettled else [])]:
            low, high = self.interval(rest)
            share = float(np.mean(self.reached == rest))
            rows.append([self.words(rest), f"{share:.3f}", f"{low:.3f} to {high:.3f}"])
        return "\n".join(line.rstrip() for line in align(rows))

    def words(self, rest: int) -> str:
        """A resting point in words: its actions where it is pure."""
        if rest == -1:
            return "not settled"
        parts = []
        for labels, strategy in zip(self.game.actions, self.rests[rest]):
            top = int(np.argmax(strategy))
            mixed = " ".join(f"{share:.3f} {label}" for label, share in zip(labels, strategy) if share >= 5e-4)
            parts.append(labels[top] if strategy[top] == 1 else mixed)
        return f"({', '.join(parts)})"

    def __repr__(self) -> str:
        return f"<Basins of {self.game!r}: {len(self.rests)} resting points, {len(self.reached)} samples>"


def replicator_basins(
    game: StrategicGame, *, samples: int = 1000, rng: np.random.Generator, time: float = 2000.0
) -> Basins:
    """Basins of the strict equilibria under the replicator dynamics, one population for each player; sampled.

    Strict equilibria are the only resting points of these dynamics that attract all play nearby (Ritzberger and
    Weibull 1995). A start counts as led to one once every player's share of its action is so large that this action
    is the only best reply whatever the rest does: from there on the shares can only grow.

    Parameters
    ----------
    game : one game
    samples : starting points, each player's drawn uniformly from its simplex
    rng : for the draws
    time : after which a start counts as not settled

    References
    ----------
    Ritzberger and Weibull (1995), "Evolutionary selection in normal-form games", Econometrica 63.

    Examples
    --------
    >>> stag_hunt = StrategicGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]])
    >>> print(replicator_basins(stag_hunt, samples=400, rng=np.random.default_rng(1)))
    ends at  share (sampled)  95 % interval
    (a, a)   0.043            0.025 to 0.067
    (b, b)   0.958            0.933 to 0.975
    """
    check_single(game, "replicator_basins")
    payoffs = to_float(game).payoffs
    strict = strict_equilibria(game)
    near = [trapping_share(game, cell) for cell in strict]
    starts = _uniform_starts(game, samples, rng)

    def velocity(state: list[Array]) -> list[Array]:
        return log_growth(payoffs, [shares_of(part) for part in state])

    def ended(state: list[Array]) -> Array:
        shares = [shares_of(part) for part in state]
        found = np.full(len(state[0]), -1)
        for rest, (cell, share) in enumerate(zip(strict, near)):
            inside = np.all([part[:, action] >= share for part, action in zip(shares, cell)], axis=0)
            found[inside] = rest
        return found

    reached = follow([np.log(part) for part in starts], velocity, ended, time)
    rests = tuple(tuple(s.astype(np.float64) for s in pure_profile(game, cell)) for cell in strict)
    return Basins(game, rests, reached, starts)


def smoothed_basins(
    game: StrategicGame, *, precision: float, samples: int = 1000, rng: np.random.Generator, time: float = 500.0
) -> Basins:
    """Basins of the logit equilibria under smoothed best replies; sampled.

    A start counts as settled once nothing moves by more than 1e-9 per unit of time; ends within 1e-4 of each other
    are one resting point.

    Examples
    --------
    >>> meeting = StrategicGame([[[2, 0], [0, 1]], [[2, 0], [0, 1]]])
    >>> print(smoothed_basins(meeting, precision=4, samples=200, rng=np.random.default_rng(1)))
    ends at                             share (sampled)  95 % interval
    (1.000 a, 1.000 a)                  0.895            0.844 to 0.934
    (0.024 a 0.976 b, 0.024 a 0.976 b)  0.105            0.066 to 0.156
    """
    check_single(game, "smoothed_basins")
    payoffs = to_float(game).payoffs
    beta = check_precision(precision, float(np.abs(payoffs).max()))
    starts = _uniform_starts(game, samples, rng)
    rests: list[list[Array]] = []

    def velocity(state: list[Array]) -> list[Array]:
        return drift(payoffs, state, beta)

    def ended(state: list[Array]) -> Array:
        speed = np.max([np.abs(part).max(axis=1) for part in velocity(state)], axis=0)
        return at_rest(state, speed, np.full(len(speed), -1), rests)

    reached = follow(list(starts), velocity, ended, time)
    return Basins(game, tuple(tuple(point) for point in rests), reached, starts)


def population_basins(
    game: StrategicGame, *, samples: int = 1000, rng: np.random.Generator, time: float = 2000.0
) -> Basins:
    """Basins under the replicator dynamics of *one* population that plays a symmetric game of two players; sampled.

    A start counts as led to a strict equilibrium as in :func:`replicator_basins`, and as settled elsewhere as in
    :func:`smoothed_basins`. ``rests`` and ``starts`` have one strategy, that of the population.

    Examples
    --------
    >>> hawk_dove = StrategicGame([[[-1, 4], [0, 2]], [[-1, 0], [4, 2]]], actions=[("hawk", "dove")] * 2)
    >>> print(population_basins(hawk_dove, samples=100, rng=np.random.default_rng(1)))
    ends at                  share (sampled)  95 % interval
    (0.667 hawk 0.333 dove)  1.000            0.964 to 1.000
    """
    table = np.asarray(symmetric_table(game, "population_basins"), dtype=np.float64)
    strict = [cell for cell in strict_equilibria(game) if cell[0] == cell[1]]
    near = [trapping_share(game, cell) for cell in strict]
    starts = _uniform_starts(game, samples, rng)[:1]
    rests = [[pure_profile(game, cell)[0].astype(np.float64)] for cell in strict]

    def velocity(state: list[Array]) -> list[Array]:
        shares = shares_of(state[0])
        values = shares @ table.T
        return [values - (values * shares).sum(axis=-1, keepdims=True)]

    def ended(state: list[Array]) -> Array:
        shares = shares_of(state[0])
        found = np.full(len(shares), -1)
        for rest, (cell, share) in enumerate(zip(strict, near)):
            found[shares[:, cell[0]] >= share] = rest
        speed = np.abs(shares * velocity(state)[0]).max(axis=1)
        return at_rest([shares], speed, found, rests)

    reached = follow([np.log(starts[0])], velocity, ended, time)
    return Basins(game, tuple(tuple(point) for point in rests), reached, starts)


def _uniform_starts(game: StrategicGame, samples: Any, rng: Any) -> tuple[Array, ...]:
    if isinstance(samples, bool) or not isinstance(samples, int | np.integer) or samples < 1:
        raise GameError(f"samples={samples!r} is not a whole number of 1 or more")
    if not isinstance(rng, np.random.Generator):
        raise GameError(f"rng={rng!r} is no numpy.random.Generator; write numpy.random.default_rng(seed)")
    return tuple(rng.dirichlet(np.ones(n), int(samples)) for n in game.n_actions)
