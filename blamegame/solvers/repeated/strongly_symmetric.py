"""Strongly symmetric public equilibria with two signals: the best value and the patience it needs, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.strategic import StrategicGame, fractions_of, to_exact


@dataclass(frozen=True)
class StronglySymmetric:
    """The best strongly symmetric equilibrium that falls back on a symmetric equilibrium of the stage game.

    Attributes
    ----------
    action : what everybody plays while things go well
    value : average payoff of everybody: payoff of ``action`` less what punishing by mistake costs
    threshold : smallest discount factor at which it is an equilibrium; 0 where nothing needs to be punished
    bad_signal : the signal after which play falls back with some probability; None where none is needed
    fallback : payoff of the stage equilibrium that play falls back on
    """

    action: str
    value: Fraction
    threshold: Fraction
    bad_signal: str | None
    fallback: Fraction


def strongly_symmetric(stage: StrategicGame, signals: PublicSignals) -> tuple[StronglySymmetric, ...]:
    """For each common action that two public signals can enforce, its best value and its threshold, best first; exact.

    Raises
    ------
    UnsupportedGame
        Where the game is not symmetric, has other than two players or two signals, or its stage game has no symmetric
        pure equilibrium to fall back on.

    Notes
    -----
    After the bad signal promises fall by P (1 - d) / d. Incentives need P (pr(bad | deviation) - pr(bad)) >= gain of
    each deviation; the smallest such P gives value = payoff - pr(bad) P, and the promise must not fall below the
    fallback: d >= P / (P + value - fallback).

    References
    ----------
    Green and Porter (1984), Econometrica 52; Mailath and Samuelson (2006), "Repeated Games and
    Reputations", section 7.2.

    Examples
    --------
    A prisoner's dilemma with payoffs 2, 3, 0, -1 and good-signal probabilities 0.9, 0.5, 0.2:

    >>> stage = StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 0]]])
    >>> tenths = [[[9, 1], [5, 5]], [[5, 5], [2, 8]]]
    >>> signals = PublicSignals([[[Fraction(k, 10) for k in cell] for cell in row] for row in tenths], ("good", "bad"))
    >>> best = strongly_symmetric(stage, signals)[0]
    >>> best.action, str(best.value), str(best.threshold)
    ('a', '7/4', '10/17')
    """
    game = to_exact(stage)
    chances = signals.probabilities if signals.exact else fractions_of(signals.probabilities)
    _check(game, chances)
    payoff = game.payoffs[0]
    n = game.n_actions[0]
    rest = [payoff[a, a] for a in range(n) if all(payoff[a, a] >= payoff[b, a] for b in range(n))]
    if not rest:
        raise UnsupportedGame("the stage game has no symmetric pure equilibrium to fall back on; use public_perfect")
    fallback = min(rest)
    found = []
    for action in range(n):
        options = [_enforced(payoff, chances[:, action, bad], action) for bad in (0, 1)]
        for bad, penalty in enumerate(options):
            if penalty is None or (penalty == 0 and bad):
                continue
            value = payoff[action, action] - chances[action, action, bad] * penalty
            if penalty and value <= fallback:
                continue
            threshold = penalty / (penalty + value - fallback) if penalty else Fraction(0)
            name = signals.signals[bad] if penalty else None
            found.append(StronglySymmetric(game.actions[0][action], value, threshold, name, fallback))
    return tuple(sorted(found, key=lambda one: (-one.value, one.threshold)))


def _enforced(payoff: Any, bad: Any, action: int) -> Fraction | None:
    """The smallest fall of promises after the bad signal that makes nobody leave ``action``; None where none does."""
    least, most = Fraction(0), None
    for other in range(len(payoff)):
        gain = payoff[other, action] - payoff[action, action]
        seen = bad[other] - bad[action]
        if seen > 0:
            least = max(least, gain / seen)
        elif seen < 0:
            most = gain / seen if most is None else min(most, gain / seen)
        elif gain > 0:
            return None
    return least if most is None or least <= most else None


def _check(game: StrategicGame, chances: Any) -> None:
    if game.n_players != 2 or game.n_actions[0] != game.n_actions[1]:
        raise UnsupportedGame(f"strongly_symmetric needs two players with the same actions; this game has {game!r}")
    if chances.shape[-1] != 2:
        raise UnsupportedGame(f"strongly_symmetric needs 2 signals, here are {chances.shape[-1]}; use public_perfect")
    if not np.array_equal(game.payoffs[0], game.payoffs[1].T) or not np.array_equal(chances, chances.swapaxes(0, 1)):
        raise UnsupportedGame("the game or its signals are not symmetric between the players; use public_perfect")
