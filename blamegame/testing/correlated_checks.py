"""A battery for solvers of correlated equilibria. The truth is proved anew for each game, whoever found it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from blamegame.games.strategic import Array, StrategicGame, to_exact
from blamegame.solvers.strategic.correlated import CorrelatedBound, correlated_bounds
from blamegame.testing.failures import SolverFailure, on_random_games, raised, report
from blamegame.testing.hard_games import hard_games
from blamegame.testing.near_ties import near_ties, nearly_degenerate_games, resolved
from blamegame.testing.strategies import degenerate_games, strategic_games

CorrelatedSolver = Callable[[StrategicGame, Array], tuple[Any, Any]]
"""Smallest and largest probability of an event, a boolean array, over the equilibria of a game."""


def check_correlated_solver(
    solver: CorrelatedSolver, *, coarse: bool = False, tolerance: float | Fraction = 0, max_examples: int = 60
) -> None:
    """Run the battery on a solver of correlated equilibria; silence is success.

    Both ends must be right, and exactly 0 or 1 where, and only where, the true end is. The truth comes with its proof:
    an equilibrium that attains each end and multipliers that no equilibrium can pass it, both checked from the payoffs.

    Parameters
    ----------
    solver : function from a game of two players and an event to the two ends
    coarse : whether it is about coarse correlated equilibria
    tolerance : largest error of an end that is neither 0 nor 1; games then miss ties by a thousand times as much
    max_examples : random games, and as many a hair from a tie; the same every time

    Raises
    ------
    SolverFailure
        At the first failure, shrunk to a game that a person can read.

    Examples
    --------
    >>> def ends(game, event):
    ...     bounds = correlated_bounds(game, event)
    ...     return bounds.lowest.value, bounds.highest.value
    >>> check_correlated_solver(ends, max_examples=5)
    """
    allowed = Fraction(tolerance)
    for name, game in (hard_games() | near_ties(resolved(allowed))).items():
        last = np.zeros(game.n_actions, dtype=bool)
        last[-1] = True
        corner = np.zeros(game.n_actions, dtype=bool)
        corner[0, 0] = True
        for event in (last, corner):
            _judge(solver, game, event, coarse, allowed, name)

    def judge(data: st.DataObject, game: StrategicGame) -> None:
        size = game.payoffs[0].size
        cells = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        _judge(solver, game, np.array(cells).reshape(game.n_actions), coarse, allowed, "a random game")

    on_random_games(judge, degenerate_games(max_actions=3) | strategic_games(max_actions=3), max_examples)
    if not allowed:
        on_random_games(judge, nearly_degenerate_games(max_actions=3), max_examples)


def _judge(
    solver: CorrelatedSolver, game: StrategicGame, event: Array, coarse: bool, allowed: Fraction, name: str
) -> None:
    truth = correlated_bounds(to_exact(game), event, coarse=coarse)
    for end, bound in (("smallest", truth.lowest), ("largest", truth.highest)):
        assert is_proved(to_exact(game), event, bound, coarse=coarse, largest=end == "largest"), (game, event)
    try:
        answer = [Fraction(end) for end in solver(game, event)]
    except Exception as error:
        raise raised(game, name, error) from error
    for end, given, right in zip(("smallest", "largest"), answer, (truth.lowest.value, truth.highest.value)):
        certain = 0 in (given, right) or 1 in (given, right)
        if given != right and (certain or abs(given - right) > allowed):
            words = f"the {end} probability of {np.argwhere(event).tolist()} is {right}, not {given}"
            raise SolverFailure(report(game, name, [words]))


def is_proved(game: StrategicGame, event: Array, bound: CorrelatedBound, *, coarse: bool, largest: bool) -> bool:
    """Whether the bound is attained by an equilibrium and not passed by any: from the definitions, cell by cell."""
    p = bound.distribution
    attained = p.sum() == 1 and p.min() >= 0 and p[event].sum() == bound.value
    if min(table.min() for table in bound.multipliers) < 0:
        return False
    slack = {cell: Fraction(0) for cell in product(*map(range, game.n_actions))}
    for player, count in enumerate(game.n_actions):
        average: dict[Any, Fraction] = {}
        for cell, deviation in product(slack, range(count)):
            moved = (*cell[:player], deviation, *cell[player + 1 :])
            gain = game.payoffs[player][moved] - game.payoffs[player][cell]
            incentive = (deviation,) if coarse else (cell[player], deviation)
            average[incentive] = average.get(incentive, Fraction(0)) + p[cell] * gain
            slack[cell] += bound.multipliers[player][incentive] * gain
        attained = attained and max(average.values()) <= 0
    side = 1 if largest else -1
    return bool(attained) and all(side * (int(event[cell]) - bound.value) <= gained for cell, gained in slack.items())
