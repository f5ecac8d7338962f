"""Rationalizable actions: what survives iterated elimination of actions strictly dominated by mixed strategies."""

from __future__ import annotations

import numpy as np

from blamegame.games.dominance import Survivors, iterated_elimination
from blamegame.games.strategic import StrategicGame, check_single, to_exact


def rationalizable(game: StrategicGame) -> tuple[tuple[int, ...], ...]:
    """Positions of the rationalizable actions of every player; never empty for any player.

    An action survives a round iff it is a best response to some belief over the others' surviving actions. With three
    players or more beliefs may be *correlated* across the others: this is correlated rationalizability, which is what
    iterated strict dominance by mixed strategies means.

    Parameters
    ----------
    game : one game of any number of players; a ``float64`` game is decided from the rationals its floats store

    Raises
    ------
    GameError
        For a batch of games.

    Notes
    -----
    Dominance by pure actions first (comparisons only). Then an action that is a best reply to some cell of the others
    survives at once; for the rest the linear programme "largest mass of a belief to which the action is a best
    response" has optimum 1 or 0, decided in rational arithmetic. The order of elimination does not matter.

    References
    ----------
    Bernheim (1984); Pearce (1984), Econometrica 52, lemma 3, for the equivalence. Brandenburger and Dekel (1987).

    Examples
    --------
    ``c`` is dominated by no action of the row player, but by the even mixture of the other two; then so is ``b``:

    >>> game = StrategicGame([[[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [9, 9]]])
    >>> rationalizable(game)
    ((0, 1), (0, 1))
    """
    check_single(game, "rationalizable")
    exact = to_exact(game)
    kept: Survivors = iterated_elimination(exact)
    while True:
        smaller = tuple(_undominated(exact, player, kept) for player in range(game.n_players))
        if smaller == kept:
            return kept
        kept = smaller


def _undominated(game: StrategicGame, player: int, kept: Survivors) -> tuple[int, ...]:
    """Actions of ``player`` that no mixed strategy strictly dominates when all play only ``kept``."""
    from blamegame.solvers.linear.linear_programme import maximise
    from blamegame.solvers.strategic.vertices.double_description import integer_payoffs

    mine = kept[player]
    table = np.moveaxis(game.payoffs[player][np.ix_(*kept)], player, 0).reshape(len(mine), -1)
    payoffs = integer_payoffs(table)
    highest = [max(column) for column in zip(*payoffs)]
    survivors = []
    for position, row in enumerate(payoffs):
        if not any(value == top for value, top in zip(row, highest)):
            gains = [[b - a for b, a in zip(other, row)] for k, other in enumerate(payoffs) if k != position]
            ones = [1] * len(row)
            belief = maximise(ones, [ones, *gains], [1] + [0] * len(gains))
            if belief.value == 0:
                continue
        survivors.append(mine[position])
    return tuple(survivors)
