"""A battery for Nash solvers: hard games, random games full of ties, and changes whose effect is known.

The reference is brute force in this package, so a solver is never compared with itself or with a relative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Profile, StrategicGame, to_exact
from blamegame.solvers.solution import Solution
from blamegame.testing.assertions import _holds, _key, _keys, describe, deviations
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.equilibrium_structure import problems_with_structure
from blamegame.testing.failures import SolverFailure, on_random_games, raised, report
from blamegame.testing.hard_games import hard_games
from blamegame.testing.invariances import changes
from blamegame.testing.near_ties import near_ties, nearly_degenerate_games, resolved
from blamegame.testing.strategies import degenerate_games, strategic_games

Solver = Callable[[StrategicGame], Solution]


@dataclass(frozen=True)
class Check:
    """What is asked of one solver."""

    solver: Solver
    complete: bool
    tolerance: Fraction


def check_solver(
    solver: Solver, *, complete: bool = True, tolerance: float | Fraction = 0, max_examples: int = 100
) -> None:
    """Run the battery on a solver of two-player games; silence is success.

    Every profile returned must be a Nash equilibrium. A solver that claims to be complete must return every extreme
    equilibrium, each once, and nothing else; components and maximal Nash subsets, where given, must be those of the
    equilibrium set; the order must be the same each time. Some games miss a tie, pure or mixed, by 1e-6 to 1e-20 of
    their payoffs, which are of size 1, 1e8 and 1e-8; with a tolerance, by a thousand times as much or more.

    Parameters
    ----------
    solver : function from a game to a :class:`Solution`
    complete : whether the solver promises ``complete=True`` on every small game; else only what it says is checked
    tolerance : largest error of a probability, and of a regret as a share of the largest difference of payoffs
    max_examples : random games, each also after one change, and as many a hair from a tie; the same every time

    Raises
    ------
    SolverFailure
        At the first failure, shrunk to a game that a person can read.

    Examples
    --------
    >>> from blamegame.solvers.strategic.nash import nash
    >>> check_solver(nash, max_examples=10)
    """
    check = Check(solver, complete, Fraction(tolerance))
    for name, game in (hard_games() | near_ties(resolved(check.tolerance))).items():
        _judge(check, game, extreme_equilibria_by_brute_force(game), name)
    _judge_more_players(check)
    _judge_random_games(check, max_examples)


def _judge_random_games(check: Check, max_examples: int) -> None:
    def judge(data: st.DataObject, game: StrategicGame) -> None:
        expected = extreme_equilibria_by_brute_force(game)
        _judge(check, game, expected, "a random game")
        changed = data.draw(changes(game, expected, mild=check.tolerance > 0))
        _judge(check, changed.game, changed.equilibria, f"{changed.what}; the game after the change")

    on_random_games(judge, degenerate_games(max_actions=3) | strategic_games(max_actions=3), max_examples)
    if not check.tolerance:
        on_random_games(judge, nearly_degenerate_games(max_actions=3), max_examples)


def _judge_more_players(check: Check) -> None:
    """Three players and one: a solver may refuse them, but may not answer wrongly."""
    table = [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]
    for game in (StrategicGame([table, table, table]), StrategicGame([[1, 3, 3]])):
        name = f"a game of {game.n_players} players"
        try:
            solution = check.solver(game)
        except UnsupportedGame:
            continue
        except Exception as error:
            raise raised(game, name, error) from error
        _judge_profiles(check, game, solution, name)


def _judge(check: Check, game: StrategicGame, expected: tuple[Profile, ...], name: str) -> None:
    try:
        solution = check.solver(game)
        again = check.solver(game)
    except Exception as error:
        raise raised(game, name, error) from error
    _judge_profiles(check, game, solution, name)
    if [_key(p) for p in solution.equilibria] != [_key(p) for p in again.equilibria]:
        raise SolverFailure(report(game, name, ["the order of the equilibria changed from one call to the next"]))
    if check.complete and not solution.complete:
        raise SolverFailure(report(game, name, [f"the solver does not call its answer complete: {solution.status}"]))
    if solution.complete:
        _judge_completeness(check, game, solution, expected, name)


def _judge_profiles(check: Check, game: StrategicGame, solution: Solution, name: str) -> None:
    exact = to_exact(game)
    spread = max(table.max() - table.min() for table in exact.payoffs)
    for profile in solution.equilibria:
        gains = deviations(game, _key(profile), check.tolerance * max(spread, Fraction(1)))
        if gains:
            words = f"not an equilibrium: {describe(_key(profile), game)}"
            raise SolverFailure(report(game, name, [words]))


def _judge_completeness(
    check: Check, game: StrategicGame, solution: Solution, expected: tuple[Profile, ...], name: str
) -> None:
    found, wanted = _keys(solution), _keys(Solution(game, "nash", "brute force", expected, True, ""))
    problems = [f"missing: {describe(key, game)}" for key in wanted if not _holds(found, key, check.tolerance)]
    problems += [f"not extreme: {describe(key, game)}" for key in found if not _holds(wanted, key, check.tolerance)]
    if not problems and len(solution.equilibria) != len(expected):
        problems = ["an equilibrium is listed twice"]
    problems = problems or problems_with_structure(solution)
    if problems:
        count = f"{len(expected)} extreme equilibria exist, the solver returned {len(solution.equilibria)} as complete"
        raise SolverFailure(report(game, name, [count, *problems]))
