"""A battery for Nash solvers: hard games, random games full of ties, and changes whose effect is known.

The reference is brute force in this package, so a solver is never compared with itself or with a relative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Profile, StrategicGame, to_exact
from blamegame.solvers.solution import Solution
from blamegame.testing.assertions import _holds, _key, _keys, describe, deviations
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.hard_games import hard_games
from blamegame.testing.invariances import changes
from blamegame.testing.strategies import degenerate_games, strategic_games

Solver = Callable[[StrategicGame], Solution]


class SolverFailure(AssertionError):
    """A solver gave a wrong answer; the message shows the game, what is wrong and how to repeat it."""


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
    equilibrium, each once, and nothing else; components, where given, must be those of the equilibrium set; the order
    must be the same each time.

    Parameters
    ----------
    solver : function from a game to a :class:`Solution`
    complete : whether the solver promises ``complete=True`` on every small game; else only what it says is checked
    tolerance : largest error of a probability, and of a regret as a share of the largest difference of payoffs
    max_examples : random games, each also after one change; the same every time

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
    for name, game in hard_games().items():
        _judge(check, game, extreme_equilibria_by_brute_force(game), name)
    _judge_more_players(check)
    _judge_random_games(check, max_examples)


def _judge_random_games(check: Check, max_examples: int) -> None:
    @settings(
        max_examples=max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data(), degenerate_games(max_actions=3) | strategic_games(max_actions=3))
    def judge(data: st.DataObject, game: StrategicGame) -> None:
        expected = extreme_equilibria_by_brute_force(game)
        _judge(check, game, expected, "a random game")
        changed = data.draw(changes(game, expected, mild=check.tolerance > 0))
        _judge(check, changed.game, changed.equilibria, f"{changed.what}; the game after the change")

    try:
        judge()
    except SolverFailure as failure:
        raise SolverFailure(str(failure)) from failure.__cause__
    except Flaky as error:
        raise SolverFailure("the solver answers the same question differently from one call to the next") from error


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
            raise _raised(game, name, error) from error
        _judge_profiles(check, game, solution, name)


def _judge(check: Check, game: StrategicGame, expected: tuple[Profile, ...], name: str) -> None:
    try:
        solution = check.solver(game)
        again = check.solver(game)
    except Exception as error:
        raise _raised(game, name, error) from error
    _judge_profiles(check, game, solution, name)
    if [_key(p) for p in solution.equilibria] != [_key(p) for p in again.equilibria]:
        raise SolverFailure(_report(game, name, ["the order of the equilibria changed from one call to the next"]))
    if check.complete and not solution.complete:
        raise SolverFailure(_report(game, name, [f"the solver does not call its answer complete: {solution.status}"]))
    if solution.complete:
        _judge_completeness(check, game, solution, expected, name)


def _judge_profiles(check: Check, game: StrategicGame, solution: Solution, name: str) -> None:
    exact = to_exact(game)
    spread = max(table.max() - table.min() for table in exact.payoffs)
    for profile in solution.equilibria:
        gains = deviations(game, _key(profile), check.tolerance * max(spread, Fraction(1)))
        if gains:
            words = f"not an equilibrium: {describe(_key(profile), game)}"
            raise SolverFailure(_report(game, name, [words]))


def _judge_completeness(
    check: Check, game: StrategicGame, solution: Solution, expected: tuple[Profile, ...], name: str
) -> None:
    found, wanted = _keys(solution), _keys(Solution(game, "nash", "brute force", expected, True, ""))
    problems = [f"missing: {describe(key, game)}" for key in wanted if not _holds(found, key, check.tolerance)]
    problems += [f"not extreme: {describe(key, game)}" for key in found if not _holds(wanted, key, check.tolerance)]
    if not problems and len(solution.equilibria) != len(expected):
        problems = ["an equilibrium is listed twice"]
    if not problems and solution.components:
        problems = _problems_with_components(solution)
    if problems:
        count = f"{len(expected)} extreme equilibria exist, the solver returned {len(solution.equilibria)} as complete"
        raise SolverFailure(_report(game, name, [count, *problems]))


def _problems_with_components(solution: Solution) -> list[str]:
    """Extreme equilibria that share a strategy of either player are connected, and only chains of those are."""
    rest = list(range(len(solution.equilibria)))
    expected = set()
    keys = [_key(profile) for profile in solution.equilibria]
    while rest:
        component = {rest.pop(0)}
        while linked := [k for k in rest if any(_share(keys[k], keys[member]) for member in component)]:
            component.update(linked)
            rest = [k for k in rest if k not in component]
        expected.add(tuple(sorted(component)))
    found = {tuple(sorted(component)) for component in solution.components}
    return [] if found == expected else [f"components {sorted(found)}; they are {sorted(expected)}"]


def _share(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return any(mine == theirs for mine, theirs in zip(one, other))


def _raised(game: StrategicGame, name: str, error: Exception) -> SolverFailure:
    return SolverFailure(_report(game, name, [f"the solver raised {type(error).__name__}: {error}"]))


def _report(game: StrategicGame, name: str, problems: list[str]) -> str:
    again = f"StrategicGame({_literal(game.payoffs.tolist())})"
    return "\n".join([name, str(game), *problems, *([again] if len(again) < 2000 else [])])


def _literal(payoffs: Any) -> str:
    """Payoffs as Python reads them back, whole numbers without their denominator."""
    if isinstance(payoffs, list):
        return "[" + ", ".join(_literal(part) for part in payoffs) + "]"
    return str(payoffs) if payoffs == int(payoffs) else repr(payoffs)
