"""A battery for solvers of rationalizable actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from blamegame.games.strategic import StrategicGame
from blamegame.testing.brute_force_beliefs import rationalizable_by_brute_force
from blamegame.testing.failures import SolverFailure, on_random_games, raised, report
from blamegame.testing.hard_games import hard_games
from blamegame.testing.near_ties import near_ties, nearly_degenerate_games
from blamegame.testing.strategies import degenerate_games, strategic_games

RationalizableSolver = Callable[[StrategicGame], Sequence[Sequence[int]]]
"""Positions of each player's rationalizable actions."""


def check_rationalizable_solver(solver: RationalizableSolver, *, max_examples: int = 60) -> None:
    """Run the battery on a solver of rationalizable actions; silence is success.

    Parameters
    ----------
    solver : function from a game of two players to the positions of each player's rationalizable actions
    max_examples : random games, and as many a hair from a tie; the same every time

    Raises
    ------
    SolverFailure
        At the first failure, shrunk to a game that a person can read.

    Examples
    --------
    >>> from blamegame.solvers.strategic.rationalizable import rationalizable
    >>> check_rationalizable_solver(rationalizable, max_examples=10)
    """
    for name, game in (hard_games() | near_ties()).items():
        _judge(solver, game, name)

    def judge(data: st.DataObject, game: StrategicGame) -> None:
        _judge(solver, game, "a random game")

    on_random_games(judge, degenerate_games(max_actions=3) | strategic_games(max_actions=3), max_examples)
    on_random_games(judge, nearly_degenerate_games(max_actions=3), max_examples)


def _judge(solver: RationalizableSolver, game: StrategicGame, name: str) -> None:
    try:
        answer = [sorted(int(position) for position in kept) for kept in solver(game)]
    except Exception as error:
        raise raised(game, name, error) from error
    right = [list(kept) for kept in rationalizable_by_brute_force(game)]
    if answer != right:
        words = [
            f"rationalizable for {player}: {_named(labels, kept)}; the solver says {_named(labels, given)}"
            for player, labels, kept, given in zip(game.players, game.actions, right, answer)
            if kept != given
        ]
        raise SolverFailure(report(game, name, words or [f"an answer for {len(answer)} players"]))


def _named(labels: Sequence[str], kept: Sequence[int]) -> str:
    return ", ".join(labels[k] if 0 <= k < len(labels) else str(k) for k in kept) or "nothing"
