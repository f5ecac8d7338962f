"""What ``blamegame solve`` shows of a mechanism in closed form: the measures of its equilibrium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.scenario import Scenario


def as_json(scenario: Scenario, chosen: Concept | None) -> dict[str, Any]:
    """The measures and whether the event happens as JSON values."""
    from blamegame.cli.concept_range import as_json_of
    from blamegame.cli.screen import number

    model: Any = scenario.model
    found = _range(scenario)
    measures = {name: number(model.measure(name)) for name in model.measures} if found.exists else {}
    happens = bool(found.high.upper) if found.exists else None
    return {"measures": measures, "avoidance": {"event": str(model.avoidance), "happens": happens, **as_json_of(found)}}


def show(screen: Console, scenario: Scenario, chosen: Concept | None) -> None:
    """The same on the screen."""
    from blamegame.cli.screen import columns, heading, prose, short

    model: Any = scenario.model
    found = _range(scenario)
    if not found.exists:
        heading(screen, "No equilibrium")
        prose(screen, f"{found.note[0].upper()}{found.note[1:]}.")
        return
    heading(screen, "In equilibrium")
    columns(screen, [[name, short(model.measure(name)), words] for name, words in model.measures.items()])
    heading(screen, f"{model.avoidance_name.capitalize()}: {model.avoidance}")
    happens = "it happens in the equilibrium" if found.high.upper else "it does not happen in the equilibrium"
    prose(screen, f"{found.status}: {happens}")
    if scenario.goal is not None and scenario.goal.threshold is not None:
        reached = "reached" if scenario.goal.reached(model) else "not reached"
        prose(screen, f"goal, {scenario.goal.words(model)}: {reached}")


def _range(scenario: Scenario) -> Any:
    from blamegame.answers.avoidance import avoidance_of_model

    return avoidance_of_model(scenario.model, scenario.model.default_concept())
