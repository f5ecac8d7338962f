"""Expected payoffs, best responses and regret of one profile of a strategic game; exact where game and profile are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, StrategicGame, check_player, check_profile, check_single


def action_values(game: StrategicGame, player: int, profile: Sequence[Any]) -> Array:
    """Expected payoff of each action of ``player`` against the others' strategies, shape [n_actions of player]."""
    check_single(game, "action_values")
    check_player(game, player)
    strategies = check_profile(game, profile)
    return _action_values(game.payoffs[player], player, strategies)


def expected_payoffs(game: StrategicGame, profile: Sequence[Any]) -> Array:
    """Expected payoff of every player, shape [n_players]."""
    check_single(game, "expected_payoffs")
    strategies = check_profile(game, profile)
    values = [_action_values(game.payoffs[i], i, strategies) @ strategies[i] for i in range(game.n_players)]
    return np.array(values, dtype=object if any(not isinstance(v, float) for v in values) else np.float64)


def best_responses(game: StrategicGame, player: int, profile: Sequence[Any]) -> tuple[int, ...]:
    """Positions of the actions of ``player`` with the largest expected payoff; ties are kept.

    >>> game = StrategicGame([[[1, 0]], [[2, 2]]])
    >>> best_responses(game, 1, ([1], [1, 0]))
    (0, 1)
    """
    values = action_values(game, player, profile)
    best = max(values.tolist())
    return tuple(i for i, value in enumerate(values.tolist()) if value == best)


def regret(game: StrategicGame, profile: Sequence[Any]) -> Array:
    """Gain of each player's best deviation, in payoff units, shape [n_players]; zero everywhere at an equilibrium."""
    check_single(game, "regret")
    strategies = check_profile(game, profile)
    gains = []
    for player in range(game.n_players):
        values = _action_values(game.payoffs[player], player, strategies)
        gains.append(max(values.tolist()) - values @ strategies[player])
    return np.array(gains, dtype=object if any(not isinstance(g, float) for g in gains) else np.float64)


def _action_values(payoffs: Array, player: int, strategies: tuple[Array, ...]) -> Array:
    for other in reversed(range(len(strategies))):
        if other != player:
            payoffs = np.tensordot(payoffs, strategies[other], axes=([other], [0]))
    return payoffs
