"""``--concept subgame-perfect --discount 9/10``: the option, and what ``solve`` says of repeated play under it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept, PublicPerfect, SubgamePerfect
    from blamegame.scenario import Scenario

_SECONDS = 60.0


if TYPE_CHECKING:
    _Option = click.ParamType[Fraction]
else:
    _Option = click.ParamType


class Discount(_Option):
    """A discount factor as it is typed, exact: ``9/10`` and ``0.9`` are the same rational."""

    name = "discount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        from blamegame.scenario.numbers import exact_number, parse_decimal

        if isinstance(value, Fraction):
            return value
        try:
            found = exact_number(value if "/" in value else parse_decimal(value))
        except ValueError as error:
            self.fail(f"{value!r} {error}; write 9/10 or 0.9", param, ctx)
        if not 0 <= found < 1:
            self.fail(f"{value!r} is not in [0, 1): 0 is one period, values near 1 are patient offices", param, ctx)
        return found


def chosen_concept(word: str | None, discount: Fraction | None) -> Concept | None:
    """The concept of the options ``--concept`` and ``--discount``; None where neither was given."""
    from blamegame.scenario.concept import CONCEPTS, DISCOUNTED, concept_of
    from blamegame.scenario.problem import nearest

    if word is None and discount is None:
        return None
    known = (*CONCEPTS, *DISCOUNTED)
    if word is not None and word not in known:
        near = nearest(word, known)
        raise click.UsageError(
            f"{word!r} is not a solution concept; "
            + (f"did you mean {near!r}?" if near else f"they are {', '.join(known)}")
        )
    if word is None:
        raise click.UsageError(f"--discount needs --concept {' or '.join(DISCOUNTED)}")
    if (word in DISCOUNTED) != (discount is not None):
        why = "needs --discount, such as 9/10" if word in DISCOUNTED else "has no --discount"
        raise click.UsageError(f"--concept {word} {why}")
    return concept_of(word, discount)


def repeated_concept(scenario: Scenario, chosen: Concept | None) -> SubgamePerfect | PublicPerfect | None:
    """What is asked about repeated play of the scenario's table, by option or by the scenario itself."""
    from blamegame.concepts import PublicPerfect, SubgamePerfect

    concept = scenario.concept if chosen is None else chosen
    in_stages = hasattr(scenario.model, "avoiding_ends")
    return concept if isinstance(concept, SubgamePerfect | PublicPerfect) and not in_stages else None


def print_repeated(screen: Console, scenario: Scenario, concept: SubgamePerfect | PublicPerfect) -> None:
    """The corridor at the discount factor, and under perfect monitoring which profiles patience can sustain."""
    from blamegame.cli.screen import columns, heading, prose

    found = repeated_play(scenario, concept)
    heading(screen, f"Repeated for ever at discount {concept.discount}: {found['equilibria']}")
    prose(screen, found["sentence"])
    if found["regimes"] is not None:
        heading(screen, "Which play patience can sustain")
        columns(screen, found["regimes"].rows())
        if not found["regimes"].complete:
            prose(screen, "Not every switch is located: time ran out.")


def repeated_json(scenario: Scenario, concept: SubgamePerfect | PublicPerfect) -> dict[str, Any]:
    """The same, for JSON."""
    from blamegame.cli.screen import number
    from blamegame.scenario.concept import concept_word

    found = repeated_play(scenario, concept)
    corridor, table = found["corridor"], found["regimes"]
    actions = [] if table is None else table.stage.actions
    regimes = [
        {
            "start": number(regime.start),
            "stop": number(regime.stop),
            "playable": [[labels[k] for labels, k in zip(actions, cell)] for cell in regime.playable],
        }
        for regime in ([] if table is None else table.regimes)
    ]
    return {
        "concept": concept_word(concept),
        "discount": number(concept.discount),
        "best": number(corridor.best),
        "worst": number(corridor.worst),
        "status": str(corridor.status),
        "complete": corridor.complete,
        "note": corridor.note,
        "regimes": None if table is None else regimes,
    }


def repeated_play(scenario: Scenario, concept: SubgamePerfect | PublicPerfect) -> dict[str, Any]:
    """The frequency range, in words too, and the regime table (None under public monitoring)."""
    from blamegame.avoidance import avoidance_range
    from blamegame.cli.model import stage_game
    from blamegame.concepts import SubgamePerfect
    from blamegame.games.table import format_number
    from blamegame.solvers.repeated.regime_table import regime_table

    found = avoidance_range(scenario.model, concept)
    sees_all = isinstance(concept, SubgamePerfect)
    ends = (
        f"discounted frequency of avoidance {format_number(found.best)} at best, {format_number(found.worst)} at worst"
    )
    return {
        "corridor": found,
        "equilibria": "pure subgame-perfect equilibria with public lotteries"
        if sees_all
        else "pure perfect public equilibria, only success or failure being seen",
        "sentence": f"{found.status}: {ends}" + (f" ({found.note})" if found.note else ""),
        "regimes": regime_table(stage_game(scenario), time_limit=_SECONDS) if sees_all else None,
    }
