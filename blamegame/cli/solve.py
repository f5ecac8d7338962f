"""``blamegame solve``: every equilibrium of a scenario's game, and what they mean for mutual avoidance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from blamegame.cli.repeated_play import (
    Discount,
    chosen_concept,
    print_repeated,
    repeated_concept,
    repeated_json,
)
from blamegame.cli.screen import as_json
from blamegame.errors import StudyError

if TYPE_CHECKING:
    from blamegame.avoidance import AvoidanceRange
    from blamegame.concepts import Concept
    from blamegame.scenario import Scenario
    from blamegame.solvers.solution import Solution

_MEANING = {
    "free": "no equilibrium has any {event}",
    "trap": "possible, not inevitable: some equilibria have {event}, others do not",
    "entrenched": "inevitable: every equilibrium has some {event}",
}


def meaning(status: str, event: str, otherwise: str = "the concept allows no equilibrium") -> str:
    """What a verdict means for an event, in words."""
    return _MEANING.get(status, otherwise).format(event=event)


@click.command("solve", short_help="Every equilibrium, and whether avoidance is inevitable.")
@click.argument("scenario", metavar="SCENARIO")
@click.option("--concept", "word", type=click.Choice(("subgame-perfect", "public-perfect")), help="Of repeated play.")
@click.option("--discount", type=Discount(), help="Of repeated play, exact: 9/10 or 0.9.")
@click.option("--time-limit", type=click.FloatRange(min=0), default=60, help="Seconds for a game file (60).")
@click.option("--plot", metavar="FILE.png", help="Draw the tree: of an .efg file, or of a model in stages.")
@as_json
def command(
    scenario: str, word: str | None, discount: Fraction | None, time_limit: float, plot: str | None, json_wanted: bool
) -> None:
    """Solve a scenario's game completely.

    Prints the payoff table, every Nash equilibrium, how much mutual avoidance the best and the worst equilibrium of
    each solution concept allow, and what each office does and would gain by deviating.

    Of a hierarchy it prints the least and the greatest equilibrium; of a model without payoff table, such as
    departments that send letters, the measures of its equilibrium.

    With --concept and --discount the game is also repeated for ever: how often avoidance happens at best and at worst,
    and (subgame-perfect) which play every discount factor sustains.

    SCENARIO may also be a game file: of a payoff table (.nfg, .csv), then the table, all equilibria and the
    explanation; of a game in extensive form (.efg), then the tree and its subgame-perfect equilibria.
    """
    from blamegame.cli.game_file import is_game_file, solve_file
    from blamegame.cli.tree_file import is_tree_file, solve_tree_file

    chosen = chosen_concept(word, discount)
    if plot:
        from blamegame.cli.figure import check_figure_path

        check_figure_path(plot)
    if is_game_file(scenario) or is_tree_file(scenario):
        if chosen is not None:
            raise click.UsageError("--concept and --discount need a scenario, which says what avoidance is")
        if is_tree_file(scenario):
            solve_tree_file(scenario, json_wanted, time_limit, plot)
            return
        if plot:
            raise StudyError(f"{scenario} is a payoff table; --plot draws games in extensive form (.efg)")
        solve_file(scenario, json_wanted, time_limit)
        return
    from blamegame.avoidance import avoidance_range
    from blamegame.cli.model import all_equilibria, avoidance_event, stage_game
    from blamegame.cli.other_forms import plot_stages, solve_without_table
    from blamegame.scenario import load
    from blamegame.scenario.concept import CONCEPTS

    loaded = load(scenario)
    if plot:
        plot_stages(loaded, plot)
    if solve_without_table(loaded, json_wanted):
        return
    avoidance_event(loaded)
    solution = all_equilibria(stage_game(loaded))
    verdicts = {word: avoidance_range(loaded.model, concept) for word, concept in CONCEPTS.items()}
    if json_wanted:
        _print_json(loaded, solution, verdicts, chosen)
    else:
        _print(loaded, solution, verdicts, chosen)
        if plot:
            click.echo(f"\nfigure in {plot}")


def _print(scenario: Scenario, solution: Solution, verdicts: dict[str, AvoidanceRange], chosen: Concept | None) -> None:
    from blamegame.cli.model import event_words
    from blamegame.cli.other_forms import print_further
    from blamegame.cli.payoff_table import print_payoffs
    from blamegame.cli.screen import columns, console, heading, prose, short
    from blamegame.games.table import format_number

    game, model = solution.game, scenario.model
    screen = console()
    screen.print(scenario.title, style="bold")
    if scenario.description:
        prose(screen, scenario.description)
    heading(screen, f"Payoffs ({', '.join(game.players)}), in units of the social value of success")
    print_payoffs(screen, game)
    if model.plans:
        prose(screen, f"{model.plans[0].upper()}{model.plans[1:]}.")

    every = "complete" if solution.complete else f"not complete: {solution.status}"
    sets = len(solution.components)
    many = f"Extreme Nash equilibria: {len(solution)} in {sets} connected sets" if sets < len(solution) else ""
    heading(screen, f"{many or f'Nash equilibria: {len(solution)}'} ({every})")
    rows = []
    for k, profile in enumerate(solution.equilibria, 1):
        found = _equilibrium(scenario, solution, profile)
        plays = "; ".join(f"{player}: {_mixture(strategy)}" for player, strategy in found["strategies"].items())
        payoffs = ", ".join(format_number(value) for value in found["payoffs"].values())
        rows.append([f"{k}.", f"{plays}\n{model.avoidance_word()} {short(found['avoidance'])}, payoffs {payoffs}"])
    if rows:
        columns(screen, rows)

    for k, profile in enumerate(solution.equilibria, 1):
        if facts := model.facts(profile):
            heading(screen, f"Of equilibrium {k}" if len(solution) > 1 else "Of the equilibrium")
            columns(screen, [[what, short(value)] for what, value in facts.items()])
    heading(screen, f"Probability of {model.avoidance_name}: {event_words(scenario)}")
    table = [[word, short(v.best), short(v.worst), str(v.status)] for word, v in verdicts.items()]
    columns(screen, [["equilibria", "best", "worst", "verdict"], *table])
    for status in dict.fromkeys(str(v.status) for v in verdicts.values()):
        prose(screen, f"{status}: {meaning(status, model.avoidance_name)}")

    print_further(screen, scenario)
    if (repeated := repeated_concept(scenario, chosen)) is not None:
        print_repeated(screen, scenario, repeated)
    heading(screen, "In words")
    for line in solution.explain().splitlines():
        prose(screen, line, indent=2 + len(line) - len(line.lstrip()))


def _print_json(
    scenario: Scenario, solution: Solution, verdicts: dict[str, AvoidanceRange], chosen: Concept | None
) -> None:
    from blamegame.cli.model import identity
    from blamegame.cli.other_forms import further
    from blamegame.cli.screen import number, print_json

    game = solution.game
    repeated = repeated_concept(scenario, chosen)
    print_json(
        {
            "scenario": identity(scenario),
            "game": {
                "players": list(game.players),
                "actions": [list(labels) for labels in game.actions],
                "payoffs": _nested(game.payoffs.tolist(), str),
                "payoffs_decimal": _nested(game.payoffs.tolist(), float),
            },
            "equilibria": [
                {
                    "strategies": {
                        player: {action: number(p) for action, p in strategy.items()}
                        for player, strategy in found["strategies"].items()
                    },
                    "payoffs": {player: number(value) for player, value in found["payoffs"].items()},
                    "avoidance": number(found["avoidance"]),
                    **({"facts": {w: number(v) for w, v in found["facts"].items()}} if found["facts"] else {}),
                }
                for found in (_equilibrium(scenario, solution, profile) for profile in solution.equilibria)
            ],
            "components": [list(component) for component in solution.components],
            "complete": solution.complete,
            "method": solution.method,
            "status": solution.status,
            "verdicts": {
                word: {
                    "best": number(found.best),
                    "worst": number(found.worst),
                    "status": str(found.status),
                    "complete": found.complete,
                }
                for word, found in verdicts.items()
            },
            "explanation": solution.explain(),
            **further(scenario),
            **({} if repeated is None else {"repeated": repeated_json(scenario, repeated)}),
        }
    )


def _equilibrium(scenario: Scenario, solution: Solution, profile: Any) -> dict[str, Any]:
    """One equilibrium: each player's actions with positive probability, payoffs, probability of avoidance."""
    from blamegame.cli.model import avoidance_chance
    from blamegame.games.responses import expected_payoffs

    game = solution.game
    return {
        "strategies": {
            player: {action: p for action, p in zip(labels, strategy.tolist()) if p}
            for player, labels, strategy in zip(game.players, game.actions, profile)
        },
        "payoffs": dict(zip(game.players, expected_payoffs(game, profile).tolist())),
        "avoidance": avoidance_chance(scenario, profile),
        "facts": scenario.model.facts(profile),
    }


def _mixture(strategy: dict[str, Any]) -> str:
    from blamegame.games.table import format_number

    if len(strategy) == 1:
        return next(iter(strategy))
    return " + ".join(f"{format_number(p)} {action}" for action, p in strategy.items())


def _nested(values: Any, convert: Any) -> Any:
    return [_nested(value, convert) for value in values] if isinstance(values, list) else convert(values)
