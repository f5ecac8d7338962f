"""Strict dominance by pure strategies and its iterated elimination; exact comparison of the payoffs as given."""

from __future__ import annotations

import numpy as np

from blamegame.games.strategic import StrategicGame, check_player, check_single

Survivors = tuple[tuple[int, ...], ...]


def dominated_actions(game: StrategicGame, player: int, *, within: Survivors | None = None) -> tuple[int, ...]:
    """Actions of ``player`` that another of its pure actions strictly dominates, when all play only ``within``.

    Dominance by *mixed* strategies is what :func:`blamegame.rationalizable` decides.

    >>> game = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> dominated_actions(game, 0)
    (0,)
    """
    check_single(game, "dominated_actions")
    check_player(game, player)
    kept = within or tuple(tuple(range(n)) for n in game.n_actions)
    table = np.moveaxis(game.payoffs[player][np.ix_(*kept)], player, 0).reshape(len(kept[player]), -1)
    return tuple(
        action
        for position, action in enumerate(kept[player])
        if any(bool(np.all(other > table[position])) for other in table)
    )


def iterated_elimination(game: StrategicGame) -> Survivors:
    """Actions that survive iterated elimination of pure-strategy strict dominance; the order never matters.

    >>> iterated_elimination(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
    ((1,), (1,))
    """
    check_single(game, "iterated_elimination")
    kept: Survivors = tuple(tuple(range(n)) for n in game.n_actions)
    while True:
        gone = [set(dominated_actions(game, player, within=kept)) for player in range(game.n_players)]
        if not any(gone):
            return kept
        kept = tuple(tuple(a for a in actions if a not in out) for actions, out in zip(kept, gone))


def restrict(game: StrategicGame, kept: Survivors) -> StrategicGame:
    """The game in which each player has only the actions at the ``kept`` positions."""
    check_single(game, "restrict")
    actions = tuple(tuple(labels[i] for i in positions) for labels, positions in zip(game.actions, kept))
    everyone = tuple(range(game.n_players))
    return StrategicGame(game.payoffs[np.ix_(everyone, *kept)], game.players, actions)
