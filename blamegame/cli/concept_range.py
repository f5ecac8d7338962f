"""The range under the concept that was asked for: in a sentence, as JSON, and what patience can sustain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.games.event_range import Range
    from blamegame.models.model import Model
    from blamegame.scenario import Scenario

_SECONDS = 60.0


def without_settings(model: Model) -> list[Concept]:
    """The concepts that can be asked of a model without a discount factor or another setting."""
    from blamegame.concepts import KINDS
    from blamegame.errors import UnsupportedGame

    found = []
    for kind in KINDS:
        try:
            concept = kind()
            model.check_concept(concept)
        except (TypeError, UnsupportedGame):
            continue
        found.append(concept)
    return found


def asked_concept(scenario: Scenario, chosen: Concept | None) -> Concept | None:
    """The concept by option, or the scenario's own, where it is none of those that are shown anyway."""
    concept = scenario.concept if chosen is None else chosen
    return None if concept is None or concept in without_settings(scenario.model) else concept


def as_json_of(found: Range) -> dict[str, Any]:
    """A range as JSON values: what is proved of its two ends, and the verdict."""
    from blamegame.cli.screen import number

    ends = {"best": number(found.low.lower), "worst": number(found.high.upper)}
    if not (found.low.is_point and found.high.is_point):
        ends |= {"best_at_most": number(found.low.upper), "worst_at_least": number(found.high.lower)}
    return {**ends, "status": found.status, "complete": bool(found.complete), "note": found.note}


def repeated_as_json(scenario: Scenario, concept: Concept) -> dict[str, Any]:
    """The range under the concept asked for, and of a table repeated which pure play each discount factor sustains."""
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.screen import number

    found = avoidance_of_model(scenario.model, concept, time_limit=_SECONDS)
    table = _regimes(scenario, concept)
    told = {
        "concept": concept.word,
        **{name: value if value is True else number(value) for name, value in concept.settings.items()},
        **as_json_of(found),
    }
    if "discount" not in concept.settings:
        return {"asked": told}
    if table is None:
        return {"repeated": {**told, "regimes": None}}
    actions = table.stage.actions
    regimes = [
        {
            "start": number(regime.start),
            "stop": number(regime.stop),
            "playable": [[labels[k] for labels, k in zip(actions, cell)] for cell in regime.playable],
        }
        for regime in table.regimes
    ]
    return {"repeated": {**told, "regimes": regimes}}


def show_asked(screen: Console, scenario: Scenario, concept: Concept) -> None:
    """The same on the screen."""
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.screen import columns, heading, prose

    found = avoidance_of_model(scenario.model, concept, time_limit=_SECONDS)
    question = scenario.model.question(concept)
    title = f"{concept} of {question.about}"
    heading(screen, f"{title[0].upper()}{title[1:]}: {question.measure.format(event=scenario.model.avoidance_name)}")
    prose(screen, str(found))
    table = _regimes(scenario, concept)
    if table is not None:
        heading(screen, "Which play patience can sustain in pure subgame-perfect equilibria")
        columns(screen, table.rows())
        if not table.complete:
            prose(screen, "Not every switch is located: time ran out.")


def _regimes(scenario: Scenario, concept: Concept) -> Any:
    """The regime table of a repeated table of two offices under perfect monitoring; None for everything else."""
    from blamegame.games.monitoring import Perfect
    from blamegame.games.repeated import RepeatedGame
    from blamegame.solvers.repeated.regime_table import regime_table

    game = scenario.model.exact().question(concept).game
    if not isinstance(game, RepeatedGame) or not isinstance(game.monitoring, Perfect) or game.stage.n_players != 2:
        return None
    return regime_table(game.stage, time_limit=_SECONDS)
