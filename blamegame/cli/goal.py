"""Goals as they are typed: a rung such as ``removes``, ``unlocks:assist,work`` or ``unique:assist,work``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from blamegame.reforms.goal import Goal
    from blamegame.scenario import Scenario

FORMS = "removes, no_push, lower_works, responsible, unlocks:ACTION,ACTION or unique:ACTION,ACTION"


def goal_of(text: str, scenario: Scenario) -> Goal:
    """The goal typed as ``text``, for the offices and actions of a scenario."""
    from blamegame.errors import UnsupportedGame
    from blamegame.models.forms import Private, Table
    from blamegame.reforms.goal import unique, unlocks
    from blamegame.reforms.ladder import RUNGS, rungs

    word, colon, rest = text.partition(":")
    if word in RUNGS and not colon:
        known = rungs(scenario.model)
        if word not in known:
            raise UnsupportedGame(
                f"{word} has no meaning for {scenario.name}; of the four rungs it has {', '.join(known)}"
            )
        return known[word]
    if word not in ("unlocks", "unique") or not colon:
        raise click.BadParameter(f"{text!r} is not a goal; write {FORMS}")
    if not isinstance(scenario.model, Table | Private):
        raise UnsupportedGame(f"{scenario.name} has no profiles of actions; use removes")
    game = scenario.model.stage_game()
    profile = [action.strip() for action in rest.split(",")]
    if len(profile) != game.n_players:
        order = ",".join(f"ACTION OF {player}" for player in game.players)
        raise click.BadParameter(f"{text!r} names {len(profile)} actions; write {word}:{order}")
    for player, labels, action in zip(game.players, game.actions, profile):
        if action not in labels:
            raise click.BadParameter(
                f"{action!r} is not an action of {player}; it has {', '.join(labels)}{_hint(action, labels)}"
            )
    return unlocks(profile) if word == "unlocks" else unique(profile)


def _hint(action: str, labels: tuple[str, ...]) -> str:
    from blamegame.scenario.problem import nearest

    near = nearest(action, labels)
    return f"; did you mean {near!r}?" if near else ""
