"""How a battery runs on random games, and how it says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from blamegame.games.strategic import StrategicGame


class SolverFailure(AssertionError):
    """A solver gave a wrong answer; the message shows the game, what is wrong and how to repeat it."""


def on_random_games(
    judge: Callable[[st.DataObject, Any], None], games: st.SearchStrategy[Any], max_examples: int
) -> None:
    """``judge`` on ``max_examples`` random games, the same every time, and a failure shrunk."""

    @settings(
        max_examples=max_examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data(), games)
    def judged(data: st.DataObject, game: Any) -> None:
        judge(data, game)

    try:
        judged()
    except SolverFailure as failure:
        raise SolverFailure(str(failure)) from failure.__cause__
    except Flaky as error:
        raise SolverFailure("the solver answers the same question differently from one call to the next") from error


def raised(game: StrategicGame, name: str, error: Exception) -> SolverFailure:
    return SolverFailure(report(game, name, [f"the solver raised {type(error).__name__}: {error}"]))


def report(game: StrategicGame, name: str, problems: list[str]) -> str:
    again = f"StrategicGame({_literal(game.payoffs.tolist())})"
    return "\n".join([name, str(game), *problems, *([again] if len(again) < 2000 else [])])


def _literal(payoffs: Any) -> str:
    """Payoffs as Python reads them back, whole numbers without their denominator."""
    if isinstance(payoffs, list):
        return "[" + ", ".join(_literal(part) for part in payoffs) + "]"
    return str(payoffs) if payoffs == int(payoffs) else repr(payoffs)
