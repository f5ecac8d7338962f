"""What the commands say of a scenario: its event in words, and who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blamegame.scenario import Scenario

_MOST_CELLS = 6


def event_words(scenario: Scenario) -> str:
    """The action profiles of mutual avoidance, as ``(push, escalate) or (push, formalism)``."""
    import numpy as np

    from blamegame.models.forms import InStages, Private

    model: Any = scenario.model
    if isinstance(model, InStages):
        return str(model.avoidance_in_words)
    if isinstance(model, Private):  # the actions say it; the plans that can lead to them are many more
        event, actions = model.avoiding_actions, model.bayesian_game().actions
    else:
        event, actions = model.avoidance, model.actions
    cells = [", ".join(labels[action] for labels, action in zip(actions, cell)) for cell in np.argwhere(event).tolist()]
    shown = " or ".join(f"({cell})" for cell in cells[:_MOST_CELLS])
    if len(cells) <= _MOST_CELLS:
        return shown
    return model.avoidance_in_words or f"{shown} or {len(cells) - _MOST_CELLS} profiles more"


def identity(scenario: Scenario) -> dict[str, Any]:
    """Name, title and source of a scenario, for JSON."""
    return {"name": scenario.name, "title": scenario.title, "source": scenario.source}
