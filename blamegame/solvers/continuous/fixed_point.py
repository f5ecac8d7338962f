"""A fixed point of best responses of a game on intervals, where iteration from the ends finds none; verified."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.strategic import Array
from blamegame.solvers.continuous.best_response_iteration import best_reply, deviation_gain, payoff_scale

_HALVINGS = 40
_BISECTIONS = 80
_STEPS = 300


@dataclass(frozen=True, eq=False)
class FixedPoint:
    """A profile and what its players could gain from deviating.

    Attributes
    ----------
    actions : float array, shape [n_players]
        The verified equilibrium, or else the candidate with the smallest gain.
    gains : float array, shape [n_players]
        Largest gain of each player from a deviation, found without the game's own replies.
    verified : bool
        Whether no gain exceeds the tolerance.
    candidates : number of profiles whose gains were computed
    status : what can be said, as one sentence
    """

    actions: Array
    gains: Array
    verified: bool
    candidates: int
    status: str

    @property
    def regret(self) -> float:
        """The largest gain from a deviation, in payoff units."""
        return float(self.gains.max())


def verified_fixed_point(
    game: ContinuousGame, *, tolerance: float = 1e-8, starts: int = 12, time_limit: float | None = None
) -> FixedPoint:
    """One equilibrium in pure strategies, found as a fixed point of best responses and verified by deviation gains.

    For games whose best responses do not rise, where ``best_response_bracket`` says nothing. In this order:

    1. where players look interchangeable, profiles in which all do the same: sign changes of reply minus action, on a
       scale that is finer towards the lower end;
    2. from each of ``starts`` profiles, a part of the way to the best responses, less where that overshoots, and from
       where it ends Newton-like steps (MINPACK's hybrid method) where replies have a closed form.

    A candidate counts when nobody gains more than ``tolerance`` times the size of the payoffs at stake, by a search
    that does not use the game's own replies.

    Notes
    -----
    One equilibrium is not all of them, and where payoffs jump a profile next to the jump may count although no exact
    equilibrium is near: ``gains`` says what is left to be gained. Where none is verified there may still be one, or
    none in pure strategies.

    Examples
    --------
    Departments that cut their letters when others send more, so that simple iteration explodes:

    >>> from blamegame.models.departments import Departments
    >>> found = verified_fixed_point(Departments(departments=10).continuous_game())
    >>> found.verified, round(float(found.actions[0]), 6), round(float(Departments(departments=10).letters()), 6)
    (True, 0.09, 0.09)
    """
    if not tolerance > 0:
        raise GameError(f"tolerance={tolerance} is not positive")
    deadline = np.inf if time_limit is None else time.monotonic() + time_limit
    best: tuple[float, Array, Array] | None = None
    count = 0
    for candidate in _candidates(game, starts, deadline):
        gains = deviation_gain(game, candidate)
        share = float(gains.max()) / payoff_scale(game, candidate)
        count += 1
        if best is None or share < best[0]:
            best = (share, candidate, gains)
        if share <= tolerance:
            break
    assert best is not None
    share, actions, gains = best
    if share <= tolerance:
        status = (
            f"an equilibrium up to a gain of {gains.max():.2g} from a deviation, searched at 257 points and around the "
            "best of them; there may be others"
        )
    else:
        hurried = " in the time given" if time.monotonic() > deadline else ""
        status = (
            f"no equilibrium found{hurried}: the best of {count} candidates leaves a gain of {gains.max():.3g}; "
            "there may be one elsewhere, or none in pure strategies"
        )
    return FixedPoint(actions, gains, share <= tolerance, count, status)


def _candidates(game: ContinuousGame, starts: int, deadline: float) -> Iterator[Array]:
    if _looks_interchangeable(game):
        yield from _symmetric(game, deadline)
    for number in range(max(1, starts)):
        yield from _from_start(game, _start(game, number), deadline)
        if time.monotonic() > deadline:
            return


def _replies(game: ContinuousGame, actions: Array) -> Array:
    return np.array([best_reply(game, player, actions) for player in range(game.n_players)])


def _looks_interchangeable(game: ContinuousGame) -> bool:
    """Whether swapping two players' actions swaps their payoffs at some profiles: a hint where to look, no more."""
    n = game.n_players
    if not ((game.low == game.low[0]).all() and (game.high == game.high[0]).all()):
        return False
    for number in range(3):
        actions = _start(game, number + 1)
        payoffs = [game.payoff(player, actions) for player in range(n)]
        for other in range(1, n):
            swapped = actions.copy()
            swapped[0], swapped[other] = actions[other], actions[0]
            if not np.isclose(game.payoff(other, swapped), payoffs[0], rtol=1e-9, atol=0.0):
                return False
    return True


def _symmetric(game: ContinuousGame, deadline: float) -> Iterator[Array]:
    low, high = float(game.low[0]), float(game.high[0])

    def excess(action: float) -> float:
        return best_reply(game, 0, np.full(game.n_players, action)) - action

    fine = low + (high - low) * 2.0 ** -np.arange(_HALVINGS, 0, -1.0)
    scan = np.unique(np.concatenate([[low], fine, np.linspace(low, high, 33)]))
    before, value = float(scan[0]), excess(float(scan[0]))
    if value == 0:
        yield np.full(game.n_players, before)
    for point in map(float, scan[1:]):
        here = excess(point)
        if here == 0:
            yield np.full(game.n_players, point)
        elif value * here < 0:
            left, right = before, point
            for _ in range(_BISECTIONS):
                middle = (left + right) / 2
                if (excess(middle) > 0) == (value > 0):
                    left = middle
                else:
                    right = middle
            yield np.full(game.n_players, (left + right) / 2)
        if time.monotonic() > deadline:
            return
        before, value = point, here


def _from_start(game: ContinuousGame, start: Array, deadline: float) -> Iterator[Array]:
    from scipy.optimize import root

    scale = np.maximum(game.high - game.low, np.finfo(float).tiny)
    actions, step, size = start, 1.0 / max(2, game.n_players), np.inf
    for _ in range(_STEPS):
        move = (_replies(game, actions) - actions) / scale
        new = float(np.abs(move).max())
        if new > 0.999 * size:
            step = max(step / 2, 1e-3)
        size = new
        if size < 1e-12 or time.monotonic() > deadline:
            break
        actions = actions + step * move * scale
    yield actions
    if time.monotonic() > deadline or game.reply is None:  # replies by search are too rough for derivatives
        return

    def excess(point: Array) -> Array:
        inside = np.clip(point, game.low, game.high)
        gap: Array = (_replies(game, inside) - point) / scale
        return gap

    found = root(excess, actions, method="hybr", options={"maxfev": 200 * game.n_players})
    yield np.clip(found.x, game.low, game.high)


def _start(game: ContinuousGame, number: int) -> Array:
    """The middle first, then points spread evenly over the box (Weyl's sequence)."""
    weyl = np.sqrt(np.array(_primes(game.n_players), dtype=float))
    start: Array = game.low + (game.high - game.low) * ((0.5 + number * weyl) % 1.0)
    return start


def _primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found
