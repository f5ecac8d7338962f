"""What ``blamegame solve`` shows of a game over states: each state's payoffs, and stationary play."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.scenario import Scenario

DISCOUNTS = ("0.5", "0.9", "0.99")


def as_json(scenario: Scenario, chosen: Concept | None) -> dict[str, Any]:
    """The states and the stationary equilibria at each discount factor as JSON values."""
    from blamegame.cli.screen import number

    game = _model(scenario).stochastic_game(0)
    return {
        "states": {
            state: {
                "players": list(stage.players),
                "actions": [list(labels) for labels in stage.actions],
                "payoffs": [[[str(x) for x in row] for row in table] for table in stage.payoffs.tolist()],
            }
            for state, stage in zip(game.states, game.stages)
        },
        "markov_perfect": [
            {"discount": number(discount), **row, "equilibria": plays}
            for discount, row, plays in _rows(scenario, chosen)
        ],
    }


def show(screen: Console, scenario: Scenario, chosen: Concept | None) -> None:
    """The same on the screen."""
    from blamegame.cli.payoff_table import print_payoffs
    from blamegame.cli.screen import columns, heading, short

    game = _model(scenario).exact().stochastic_game(0)
    for state, stage in zip(game.states, game.stages):
        heading(screen, f"Payoffs in one period of {state}, in units of the social value of success")
        print_payoffs(screen, stage)
    share_of = f"the long-run share of {scenario.model.avoidance_word()}"
    heading(screen, f"Over time: stationary Markov-perfect equilibria, and {share_of}")
    rows = [["discount", "best", "worst", "verdict", "equilibria"]]
    for discount, row, plays in _rows(scenario, chosen):
        ends = ["-" if row[end] is None else short(row[end]["decimal"]) for end in ("best", "worst")]
        rows.append([short(discount), *ends, row["status"], "; or ".join(plays) or "none found"])
    columns(screen, rows)


def _model(scenario: Scenario) -> Any:
    return scenario.model


def _rows(scenario: Scenario, chosen: Concept | None) -> list[tuple[Fraction, dict[str, Any], list[str]]]:
    """At each discount factor the range, and the equilibria in words."""
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.concept_range import as_json_of
    from blamegame.concepts import MarkovPerfect
    from blamegame.solvers.stochastic.stationary_range import stationary_equilibria

    asked = [c.settings["discount"] for c in (chosen, scenario.concept) if c is not None and "discount" in c.settings]
    rows = []
    for discount in sorted({*map(Fraction, DISCOUNTS), *map(Fraction, asked)}):
        found = avoidance_of_model(scenario.model, MarkovPerfect(discount))
        game = _model(scenario).stochastic_game(discount)
        solution = stationary_equilibria(game)
        plays = [
            ", ".join(f"{state}: ({', '.join(actions)})" for state, actions in play.items())
            + f"; long run: {_time_in_states(game, profile)}"
            for play, profile in zip(solution.play, solution.equilibria)
        ]
        rows.append((discount, as_json_of(found), plays))
    return rows


def _time_in_states(game: Any, profile: Any) -> str:
    """Share of periods in each state but the first, in the long run, under stationary play."""
    from blamegame.cli.screen import short
    from blamegame.games.stationary import state_shares

    shares = list(zip(game.states, state_shares(game, profile).tolist()))[1:]
    return ", ".join(f"{short(share)} of the periods in {state}" for state, share in shares)
