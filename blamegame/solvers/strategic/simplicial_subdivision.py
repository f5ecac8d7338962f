"""One Nash equilibrium of a game of any number of players: simplicial subdivision, then Newton's method."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import count
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.dominance import Survivors, iterated_elimination, restrict
from blamegame.games.responses import best_responses, regret
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, pure_profile, to_exact
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.boxes.newton_on_supports import ActionValues, newton_on_supports
from blamegame.solvers.strategic.isolated_equilibria import equilibrium_on_supports, scaled_payoffs
from blamegame.solvers.strategic.simplicial.simplicial_path import TooLong, simplicial_path

_FINEST = 2**46  # grid points to a unit of probability; beyond it floats cannot tell them apart
_PATIENCE = 100  # steps of a path, per action, before another start is tried
_SIMPLE = 1_000  # denominator
_NEAR = 1e-6  # share of a payoff range within which an exact equilibrium of the same supports is worth a try
_TOO_SMALL = 1e-14  # gains that rounding can hide, as shares of a payoff range
_GOLDEN = (5**0.5 - 1) / 2


def simplicial_subdivision(
    game: StrategicGame, *, accuracy: float = 1e-10, time_limit: float | Deadline | None = None
) -> Solution:
    """One Nash equilibrium, pure or mixed, of a game of one or more players; ties and degenerate games included.

    Parameters
    ----------
    game : one game
    accuracy : largest gain from deviating that is accepted, as a share of each player's range of payoffs
    time_limit : seconds, or a deadline; optional

    Returns
    -------
    Solution
        One equilibrium, ``complete=False``: there may be others. ``stats["max_regret"]`` is the largest gain from
        deviating in payoff units, computed in rational arithmetic from the profile as it is returned. Stopped early, by
        time or Ctrl-C, ``equilibria`` is empty and ``stats["closest"]`` is the best profile so far, of that regret.

    Raises
    ------
    GameError
        For a batch, or an accuracy that is not positive.

    Notes
    -----
    1. Eliminate strictly dominated actions until none is left, in exact arithmetic.
    2. Follow the path of van der Laan, Talman and van der Heyden (:mod:`.simplicial_path`) on a coarse grid.
    3. From where it ends try Newton's method on the supports this point suggests. An accurate result ends the search.
    4. Otherwise make the grid twice as fine and follow the path from there.
    5. A path can be exponentially long. One that is longer than most is left, and step 2 begins again elsewhere, with
       four times the patience.

    Every path ends, whatever the ties, and the gains from deviating at its end shrink with the grid: step 3 only saves
    time.

    References
    ----------
    van der Laan, Talman and van der Heyden (1987), "Simplicial variable dimension algorithms for solving the nonlinear
    complementarity problem on a product of unit simplices using a general labelling", Math. Oper. Res. 12.
    McKelvey and McLennan (1996), "Computation of equilibria in finite games", Handbook of Computational Economics 1.

    Examples
    --------
    Three players who each want to differ from the next one:

    >>> differ = [[[[int(c[i] != c[(i + 1) % 3]) for c in ((a, b, k) for k in (0, 1))] for b in (0, 1)] for a in (0, 1)]
    ...           for i in range(3)]
    >>> game = StrategicGame(differ)
    >>> solution = simplicial_subdivision(game)
    >>> [strategy.tolist() for strategy in solution.equilibria[0]]
    [[Fraction(1, 2), Fraction(1, 2)], [Fraction(1, 2), Fraction(1, 2)], [Fraction(1, 2), Fraction(1, 2)]]
    >>> regret(game, solution.equilibria[0]).max() == solution.stats["max_regret"] == 0
    True
    """
    check_single(game, "simplicial_subdivision")
    if not accuracy > 0:
        raise GameError(f"accuracy={accuracy} is not positive: it is a share of the payoff range, such as 1e-10")
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    search = _Search(game, accuracy, deadline)
    with deadline:
        search.run()
    return search.solution(deadline.reason, started)


class _Search:
    """The grids of one game, and the profile with the least regret so far."""

    def __init__(self, game: StrategicGame, accuracy: float, deadline: Deadline) -> None:
        self.game, self.accuracy, self.deadline = game, accuracy, deadline
        self.exact = to_exact(game)
        self.ranges = [Fraction(t.max() - t.min()) for t in (self.exact.payoffs[i] for i in range(game.n_players))]
        self.best: Profile | None = None
        self.share = float("inf")  # its largest regret as a share of the payoff range
        self.steps = self.fineness = 0

    def run(self) -> None:
        kept = iterated_elimination(self.exact)
        movers = [player for player, actions in enumerate(kept) if len(actions) > 1]
        if not movers:
            self._consider(kept, movers, [])
            return
        values = ActionValues(_of_movers(restrict(self.exact, kept), movers))
        for attempt in count():
            try:
                return self._refine(values, kept, movers, attempt)
            except TooLong:
                self.deadline.check()

    def _refine(self, values: ActionValues, kept: Survivors, movers: list[int], attempt: int) -> None:
        """Follow paths on finer and finer grids from one of the starting points."""
        patience = _PATIENCE * sum(values.n_actions) << 2 * attempt
        grid = 2 * max(values.n_actions)
        point = np.concatenate([_start(grid, n, attempt) for n in values.n_actions])
        self._consider(kept, movers, values.split(point / grid))
        while True:
            path = simplicial_path(values, point, grid, patience, self.deadline)
            self.steps += path.steps
            self.fineness = grid
            point = path.point
            for mixture in (point / grid, path.middle):
                self._consider(kept, movers, values.split(mixture))
                for refined in newton_on_supports(values, mixture, 1 / grid):
                    if self._consider(kept, movers, refined):
                        return
            if self.share <= self.accuracy or 2 * grid > _FINEST:
                return
            self.deadline.check()
            grid, point = 2 * grid, 2 * point

    def _consider(self, kept: Survivors, movers: list[int], strategies: list[Array]) -> bool:
        """Keep a profile of the movers where it is better than the best; whether it is accurate enough."""
        full: list[Array] = []
        mixed = dict(zip(movers, strategies))
        for player, actions in enumerate(kept):
            strategy = np.zeros(self.game.n_actions[player])
            strategy[list(actions)] = mixed.get(player, np.ones(1))
            full.append(strategy)
        profile: Profile = tuple(full)
        share = self._share(_gains(self.exact, profile))
        exactly = self._exactly(full) if share <= max(self.accuracy, _NEAR) else None
        if exactly is not None:
            profile, share = exactly, 0.0
        if share < self.share:
            self.share = share
            self.best = profile
        return share <= self.accuracy

    def _exactly(self, strategies: list[Array]) -> Profile | None:
        """An exact equilibrium with these supports, where linear equations or simple fractions give one.

        Where few mix and neither does, gains are too small for floats to see, and exact better replies may lead on.
        """
        supports = tuple(tuple(int(k) for k in np.flatnonzero(strategy)) for strategy in strategies)
        few = sum(len(support) > 1 for support in supports) <= 2
        unique = equilibrium_on_supports(self.exact, supports)[0] if few else None
        if unique is not None:
            return unique
        simple = tuple(_simple_fractions(strategy) for strategy in strategies)
        gains = _gains(self.exact, simple)
        if not any(gains):
            return simple
        if few and self._share(gains) < _TOO_SMALL:
            return _after_better_replies(self.exact, tuple(int(strategy.argmax()) for strategy in strategies))
        return None

    def _share(self, gains: list[Fraction]) -> float:
        return max(float(gain / spread) if spread else 0.0 for gain, spread in zip(gains, self.ranges))

    def solution(self, stopped: str, started: float) -> Solution:
        profile = self.best
        if profile is not None and not self.game.exact:
            profile = tuple(np.array([float(p) for p in strategy]) for strategy in profile)
        gain = None if profile is None else float(max(_gains(self.exact, profile)))
        found = profile is not None and self.share <= self.accuracy
        if found:
            status = f"one equilibrium; the largest gain from deviating is {gain:.3g}; there may be others"
        else:
            where = (
                "no profile yet" if gain is None else f"the closest profile leaves a gain of {gain:.3g} by deviating"
            )
            why = stopped or f"accuracy={self.accuracy} was not reached on the finest grid"
            status = f"{why}; {where}; allow more time, a larger accuracy, or use logit"
        for strategy in profile or ():
            strategy.setflags(write=False)
        return Solution(
            game=self.game,
            concept="nash",
            method="simplicial_subdivision",
            equilibria=(profile,) if profile is not None and found else (),
            complete=False,
            status=status,
            stats={
                "max_regret": gain,
                "closest": profile,
                "steps": self.steps,
                "grid": self.fineness,
                "seconds": time.monotonic() - started,
            },
        )


def _gains(game: StrategicGame, profile: Profile) -> list[Fraction]:
    """Regrets of the rationals that the entries store, divided by their exact sum."""
    exactly = []
    for strategy in profile:
        weights = [Fraction(p) for p in strategy.tolist()]
        total = sum(weights)
        exactly.append(object_array([weight / total for weight in weights]))
    gains: list[Fraction] = regret(game, exactly).tolist()
    return gains


def _of_movers(game: StrategicGame, movers: list[int]) -> Array:
    """Payoffs scaled to [0, 1] of the players who have more than one action left, shape [n_movers, *n_actions]."""
    alone: Any = tuple(slice(None) if player in movers else 0 for player in range(game.n_players))
    payoffs: Array = scaled_payoffs(game)[(movers, *alone)]
    return payoffs


def _after_better_replies(game: StrategicGame, cell: tuple[int, ...]) -> Profile | None:
    """The pure equilibrium to which a few exact best replies in turn lead from ``cell``, if they lead to one."""
    for _ in range(4 * sum(game.n_actions)):
        profile = pure_profile(game, cell)
        gains = regret(game, profile).tolist()
        if not any(gains):
            return profile
        player = gains.index(max(gains))
        cell = (*cell[:player], best_responses(game, player, profile)[0], *cell[player + 1 :])
    return None


def _start(grid: int, n: int, attempt: int) -> Array:
    """Grid points over ``n`` actions: as even as it goes at first, then with weights of a low-discrepancy sequence."""
    weights = np.ones(n) if attempt == 0 else (np.arange(1, n + 1) * attempt * _GOLDEN) % 1 + 0.05
    shares = np.floor(grid * weights / weights.sum()).astype(np.int64)
    shares[: grid - int(shares.sum())] += 1
    return np.asarray(shares)


def _simple_fractions(strategy: Array) -> Array:
    """Fractions near the floats, of small denominators, that add up to one."""
    fractions = [Fraction(p).limit_denominator(_SIMPLE) for p in strategy.tolist()]
    total = sum(fractions)
    return object_array([value / total for value in fractions])
