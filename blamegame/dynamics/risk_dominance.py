"""Risk dominance between two strict equilibria of two players: which one is dearer to leave (Harsanyi and Selten)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame, cell_index


def risk_dominance(game: StrategicGame, one: Sequence[int | str], other: Sequence[int | str]) -> Any:
    """By how much ``one`` risk-dominates ``other``: positive where it does, negative where the other does, 0 for a tie.

    The measure is the product of the two players' losses from deviating alone at ``one``, less that at ``other``, in
    the two-by-two part of the game; both must be strict equilibria of that part.

    Parameters
    ----------
    game : a game of two players, or a batch of them, which gives an array
    one, other : profiles in which both players act differently

    Returns
    -------
    Fraction where the game is exact, else float; an array [*batch] for a batch, NaN (None where exact) where a profile
    is no strict equilibrium of the two-by-two part

    Raises
    ------
    GameError
        Where a single game's profile is not strict, or the profiles share an action.

    References
    ----------
    Harsanyi and Selten (1988), "A General Theory of Equilibrium Selection in Games", section 3.9.

    Examples
    --------
    >>> stag_hunt = StrategicGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]])
    >>> risk_dominance(stag_hunt, ("a", "a"), ("b", "b"))
    Fraction(-48, 1)
    """
    if game.n_players != 2:
        raise GameError(f"risk_dominance compares profiles of two players, this game has {game.n_players}")
    (a, b), (c, d) = cell_index(game, one), cell_index(game, other)
    if a == c or b == d:
        raise GameError(f"{tuple(one)!r} and {tuple(other)!r} share an action; risk dominance needs two that differ")
    first, second = game.payoffs[..., 0, :, :], game.payoffs[..., 1, :, :]
    at_one = (first[..., a, b] - first[..., c, b], second[..., a, b] - second[..., a, d])
    at_other = (first[..., c, d] - first[..., a, d], second[..., c, d] - second[..., c, b])
    difference = at_one[0] * at_one[1] - at_other[0] * at_other[1]
    if not game.batch_shape:
        for profile, losses in ((one, at_one), (other, at_other)):
            if not min(losses) > 0:
                raise GameError(f"{tuple(profile)!r} is no strict equilibrium of the two-by-two part of this game")
        return difference if game.exact else float(difference)
    strict = np.all([np.greater(loss, 0) for loss in (*at_one, *at_other)], axis=0).astype(bool)
    nothing: Any = None if game.exact else np.nan
    return np.where(strict, difference, nothing)
