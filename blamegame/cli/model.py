"""What the commands need of a scenario's model: its game, its event, and who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blamegame.errors import UnsupportedGame

if TYPE_CHECKING:
    from blamegame.games.strategic import Array, StrategicGame
    from blamegame.scenario import Scenario
    from blamegame.solvers.solution import Solution

_SECONDS = 60.0
_MOST_CELLS = 6


def stage_game(scenario: Scenario) -> StrategicGame:
    """The scenario's game of one period; UnsupportedGame where its model has none."""
    build = getattr(scenario.model, "stage_game", None)
    if build is None:
        raise UnsupportedGame(f"{type(scenario.model).__name__} has no game in strategic form")
    game: StrategicGame = build()
    return game


def all_equilibria(game: StrategicGame) -> Solution:
    """Every Nash equilibrium, of two players or of more."""
    if game.n_players <= 2:
        from blamegame.solvers.strategic.nash import nash

        return nash(game)
    from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria

    return isolated_equilibria(game, time_limit=_SECONDS)


def avoidance_event(scenario: Scenario) -> Array:
    """Mutual avoidance as a boolean array over action profiles."""
    event: Array | None = getattr(scenario.model, "avoidance", None)
    if event is None:
        raise UnsupportedGame(f"{type(scenario.model).__name__} does not say what avoidance is")
    return event


def event_words(scenario: Scenario) -> str:
    """The action profiles of mutual avoidance, as ``(push, escalate) or (push, formalism)``."""
    import numpy as np

    model: Any = scenario.model
    game = stage_game(scenario)
    event, actions = avoidance_event(scenario), game.actions
    if hasattr(model, "bayesian_game"):  # the actions say it; the plans that can lead to them are many more
        event, actions = model.avoiding_actions, model.bayesian_game().actions
    cells = [", ".join(labels[action] for labels, action in zip(actions, cell)) for cell in np.argwhere(event).tolist()]
    shown = " or ".join(f"({cell})" for cell in cells[:_MOST_CELLS])
    if len(cells) <= _MOST_CELLS:
        return shown
    return getattr(model, "avoidance_in_words", "") or f"{shown} or {len(cells) - _MOST_CELLS} profiles more"


def avoidance_chance(scenario: Scenario, profile: Any) -> Any:
    """Probability of avoidance under one profile of the stage game; with private types, before they are drawn."""
    from blamegame.games.beliefs import plan_chances
    from blamegame.games.event import event_probability, expectation

    model: Any = scenario.model
    if hasattr(model, "bayesian_game"):
        return expectation(profile, plan_chances(model.bayesian_game(), model.avoiding_actions))
    return event_probability(profile, avoidance_event(scenario))


def identity(scenario: Scenario) -> dict[str, Any]:
    """Name, title and source of a scenario, for JSON."""
    return {"name": scenario.name, "title": scenario.title, "source": scenario.source}
