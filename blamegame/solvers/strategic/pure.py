"""Pure Nash equilibria of a game with any number of players: cells where every action is a best reply."""

from __future__ import annotations

import time

import numpy as np

from blamegame.games.strategic import StrategicGame, best_reply_cells, check_single, pure_profile
from blamegame.solvers.solution import Solution


def pure_nash(game: StrategicGame) -> Solution:
    """Every pure Nash equilibrium, in the order of the cells; ties by exact comparison of the payoffs as given.

    ``complete`` refers to the concept ``"pure_nash"``: there may be mixed equilibria besides (see
    :func:`blamegame.nash` for all equilibria of two players), and there may be no pure one at all.

    Raises
    ------
    GameError
        For a batch of games.

    Examples
    --------
    >>> solution = pure_nash(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
    >>> [[strategy.tolist() for strategy in profile] for profile in solution.equilibria]
    [[[Fraction(0, 1), Fraction(1, 1)], [Fraction(0, 1), Fraction(1, 1)]]]
    >>> solution.complete
    True
    """
    check_single(game, "pure_nash")
    started = time.monotonic()
    cells = pure_cells(game)
    profiles = [pure_profile(game, cell) for cell in cells]
    if not game.exact:
        profiles = [tuple(strategy.astype(np.float64) for strategy in profile) for profile in profiles]
    return Solution(
        game=game,
        concept="pure_nash",
        method="best_reply_cells",
        equilibria=tuple(profiles),
        complete=True,
        status=f"complete for pure strategies: {len(cells)} of {game.payoffs[0].size} cells are equilibria",
        stats={"seconds": time.monotonic() - started},
    )


def pure_cells(game: StrategicGame) -> list[tuple[int, ...]]:
    """Positions of the pure equilibria, one action per player each, in lexicographic order."""
    return [tuple(cell) for cell in np.argwhere(best_reply_cells(game).all(axis=0)).tolist()]
