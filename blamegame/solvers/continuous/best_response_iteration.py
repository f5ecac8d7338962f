"""Equilibria of games on intervals: best responses iterated from both ends, and any candidate checked by deviation."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.strategic import Array
from blamegame.solvers.continuous.increasing_differences import (
    PROVED,
    REFUTED,
    IncreasingDifferences,
    increasing_differences,
)

_GRID = 257
_ROUNDING = 1e-6  # of an interval: a maximum found by comparing floats is only known to the root of their precision
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, eq=False)
class Bracket:
    """Where best-response iteration from both ends stopped, and what follows from it.

    Attributes
    ----------
    least, greatest : float arrays, shape [n_players]
        Where the two iterations stopped.
    rising : IncreasingDifferences
        What is known of increasing differences. Only where they hold everywhere do best responses rise in the others'
        actions, and only then does every Nash, correlated and rationalizable outcome lie between the two ends.
    monotone : bool
        Whether each iteration only ever rose (fell) and increasing differences are not refuted: necessary for a
        bracket, and no proof of one.
    converged : bool
    regret : float
        The larger of the two ends' largest gain from a deviation, in payoff units.
    steps : int
    status : what can be said, as one sentence
    """

    least: Array
    greatest: Array
    rising: IncreasingDifferences
    monotone: bool
    converged: bool
    regret: float
    steps: int
    status: str

    @property
    def proved(self) -> bool:
        """Whether increasing differences are proved and both iterations settled and agree with them.

        Then all equilibria lie between the exact ends. Those here are floats, where the iterations stopped, and they
        rest on the replies: the game's own, or those of a search on 257 points.
        """
        return self.converged and self.monotone and self.rising.verdict == PROVED


def best_reply(game: ContinuousGame, player: int, actions: Array) -> float:
    """A best response of one player: the closed form where the game has one, else by grid and golden section.

    The numerical search looks at 257 points and refines the best of them, so a payoff with narrower peaks than 1/256
    of the interval can hide one.
    """
    if game.reply is not None:
        return float(np.clip(game.reply(player, actions), game.low[player], game.high[player]))
    return _search(game, player, actions)


def deviation_gain(game: ContinuousGame, actions: Array) -> Array:
    """Largest gain of each player from deviating, found by grid and golden section, shape [n_players].

    It does not use the game's closed-form replies, so it checks them too.
    """
    gains = []
    for player in range(game.n_players):
        here = game.payoff(player, actions)
        moved = actions.copy()
        moved[player] = _search(game, player, actions)
        gains.append(max(0.0, game.payoff(player, moved) - here))
    return np.array(gains)


def payoff_scale(game: ContinuousGame, actions: Array) -> float:
    """The size of payoffs at stake: the largest in absolute value here, and at each player's best deviation."""
    sizes = [float(np.finfo(float).tiny)]
    for player in range(game.n_players):
        moved = actions.copy()
        moved[player] = _search(game, player, actions)
        sizes += [abs(game.payoff(player, actions)), abs(game.payoff(player, moved))]
    return max(sizes)


def best_response_bracket(
    game: ContinuousGame, *, tolerance: float | None = None, most_steps: int = 10_000, time_limit: float | None = None
) -> Bracket:
    """Iterate best responses of all players at once from the lowest and from the highest profile.

    An iteration has converged where no action moves by more than ``tolerance`` of its interval, or where no move gains
    more than the rounding of the payoffs. The default is 1e-10 where the game has closed-form replies. Without them it
    is 1e-6: the place of a maximum found by comparing floats is known to the root of their precision only.

    The ends bracket every equilibrium only if increasing differences hold, which
    :func:`~blamegame.solvers.continuous.increasing_differences.increasing_differences` proves for some polynomial
    payoffs, refutes with a witness, or finds unrefuted on a grid; ``status`` says which. Where they fail use
    :func:`~blamegame.solvers.continuous.fixed_point.verified_fixed_point`.

    References
    ----------
    Topkis (1979), "Equilibrium points in nonzero-sum n-person submodular games"; Milgrom and Roberts (1990),
    "Rationalizability, learning, and equilibrium in games with strategic complementarities", Econometrica 58.

    Examples
    --------
    Effort that pays more when others work: two equilibria at the ends.

    >>> from blamegame.games.polynomial_game import polynomial_game
    >>> game = polynomial_game(["1", "2"], [0, 0], [1, 1], [{(1, 1): 1, (1, 0): -0.5}, {(1, 1): 1, (0, 1): -0.5}])
    >>> bracket = best_response_bracket(game)
    >>> bracket.least.tolist(), bracket.greatest.tolist(), bracket.proved
    ([0.0, 0.0], [1.0, 1.0], True)
    """
    if tolerance is None:
        tolerance = 1e-6 if game.reply is None else 1e-10
    if not tolerance > 0:
        raise GameError(f"tolerance={tolerance} is not positive")
    deadline = None if time_limit is None else time.monotonic() + time_limit
    scale = np.maximum(game.high - game.low, np.finfo(float).tiny)
    ends, rose, converged, steps = [], True, True, 0
    for start, direction in ((game.low, 1.0), (game.high, -1.0)):
        actions = start.copy()
        for _ in range(most_steps):
            reply = np.array([best_reply(game, player, actions) for player in range(game.n_players)])
            move = (reply - actions) / scale
            rose &= bool((move * direction >= -_ROUNDING).all())
            settled = np.abs(move).max() <= tolerance or _within_rounding(game, actions, reply)
            actions = reply
            steps += 1
            if settled:
                break
            if deadline is not None and time.monotonic() > deadline:
                converged = False
                break
        else:
            converged = False
        ends.append(actions)
    gains = [float(deviation_gain(game, end).max()) for end in ends]
    shares = [gain / payoff_scale(game, end) for gain, end in zip(gains, ends)]
    rising = increasing_differences(game)
    monotone = rose and rising.verdict != REFUTED
    status = _status(converged, max(gains), max(shares) <= _ROUNDING, rose, rising, game.reply is not None)
    return Bracket(ends[0], ends[1], rising, monotone, converged, max(gains), steps, status)


def _status(
    converged: bool, gain: float, equilibria: bool, rose: bool, rising: IncreasingDifferences, closed: bool
) -> str:
    if not converged:
        return "not converged: best responses cycle or creep; use verified_fixed_point"
    if not equilibria:
        return (
            f"no equilibrium at the ends: a deviation gains {gain:.3g}, so a best reply there may not exist; "
            "use verified_fixed_point"
        )
    if rising.verdict == REFUTED:
        return f"equilibria at the ends, and others may lie outside them; {rising}"
    if not rose:
        return "equilibria at the ends, and others may lie outside them: best responses do not rise everywhere"
    care = "up to rounding" + ("" if closed else ", and if the search for replies on 257 points missed no peak")
    if rising.verdict == PROVED:
        return f"the least and the greatest equilibrium {care}; {rising}"
    return f"the least and the greatest equilibrium {care}, only if best responses rise; {rising}"


def _within_rounding(game: ContinuousGame, actions: Array, reply: Array) -> bool:
    """Whether no player gains more by its reply than payoffs are rounded by; only asked of replies found by search."""
    if game.reply is not None:
        return False
    for player in range(game.n_players):
        moved = actions.copy()
        moved[player] = reply[player]
        here, there = game.payoff(player, actions), game.payoff(player, moved)
        if there - here > 4 * np.finfo(float).eps * max(abs(here), abs(there)):
            return False
    return True


def _search(game: ContinuousGame, player: int, actions: Array) -> float:
    low, high = float(game.low[player]), float(game.high[player])
    trial = actions.copy()

    def value(action: float) -> float:
        trial[player] = action
        return game.payoff(player, trial)

    grid = np.linspace(low, high, _GRID)
    values = np.array([value(action) for action in grid])
    best = int(np.argmax(values))
    left, right = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, _GRID - 1)])
    a, b = right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)
    value_a, value_b = value(a), value(b)
    while right - left > 1e-12 * max(1.0, abs(high)):
        if value_a >= value_b:
            right, b, value_b = b, a, value_a
            a = right - _GOLDEN * (right - left)
            value_a = value(a)
        else:
            left, a, value_a = a, b, value_b
            b = left + _GOLDEN * (right - left)
            value_b = value(b)
    middle = (left + right) / 2
    candidates = [(float(values[best]), -best, float(grid[best])), (value(middle), -_GRID, middle)]
    return max(candidates)[2]
