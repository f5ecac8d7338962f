"""Equilibria of games on intervals: best responses iterated from both ends, and any candidate checked by deviation."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.strategic import Array

_GRID = 257
_ROUNDING = 1e-6  # of an interval: a maximum found by comparing floats is only known to the root of their precision
_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, eq=False)
class Bracket:
    """Greatest and least equilibrium found by best-response iteration from both ends.

    Attributes
    ----------
    least, greatest : float arrays, shape [n_players]
        Where the two iterations stopped.
    monotone : bool
        Whether each iteration only ever rose (fell). Where best responses rise in the others' actions this must be so,
        and then every Nash, correlated and rationalizable outcome lies between the two ends.
    converged : bool
    regret : float
        The larger of the two ends' largest gain from a deviation, in payoff units.
    steps : int
    status : what can be said, as one sentence
    """

    least: Array
    greatest: Array
    monotone: bool
    converged: bool
    regret: float
    steps: int
    status: str


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


def best_response_bracket(
    game: ContinuousGame, *, tolerance: float = 1e-10, most_steps: int = 10_000, time_limit: float | None = None
) -> Bracket:
    """Iterate best responses of all players at once from the lowest and from the highest profile.

    References
    ----------
    Topkis (1979), "Equilibrium points in nonzero-sum n-person submodular games"; Milgrom and Roberts (1990),
    "Rationalizability, learning, and equilibrium in games with strategic complementarities", Econometrica 58.

    Examples
    --------
    Effort that pays more when others work: two equilibria at the ends.

    >>> game = ContinuousGame(("1", "2"), [0, 0], [1, 1], lambda i, x: x[i] * (x.sum() - x[i] - 0.5))
    >>> bracket = best_response_bracket(game)
    >>> bracket.least.tolist(), bracket.greatest.tolist(), bracket.monotone
    ([0.0, 0.0], [1.0, 1.0], True)
    """
    if not tolerance > 0:
        raise GameError(f"tolerance={tolerance} is not positive")
    deadline = None if time_limit is None else time.monotonic() + time_limit
    scale = np.maximum(game.high - game.low, np.finfo(float).tiny)
    ends, monotone, converged, steps = [], True, True, 0
    for start, direction in ((game.low, 1.0), (game.high, -1.0)):
        actions = start.copy()
        for _ in range(most_steps):
            reply = np.array([best_reply(game, player, actions) for player in range(game.n_players)])
            move = (reply - actions) / scale
            monotone &= bool((move * direction >= -_ROUNDING).all())
            actions = reply
            steps += 1
            if np.abs(move).max() <= tolerance:
                break
            if deadline is not None and time.monotonic() > deadline:
                converged = False
                break
        else:
            converged = False
        ends.append(actions)
    gain = max(float(deviation_gain(game, end).max()) for end in ends)
    if not converged:
        status = "not converged: best responses cycle or creep; verify a candidate with deviation_gain instead"
    elif gain > _ROUNDING:
        status = f"no equilibrium at the ends: a deviation gains {gain:.3g}; the best reply there may not exist"
    elif not monotone:
        status = "two fixed points; best responses do not rise everywhere, so other equilibria may lie outside"
    else:
        status = "greatest and least equilibrium, provided best responses rise in the others' actions"
    return Bracket(ends[0], ends[1], monotone, converged, gain, steps, status)


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
