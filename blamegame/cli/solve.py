"""``blamegame solve``: every equilibrium of a scenario's game, and what they mean for mutual avoidance."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from blamegame.cli.completion import scenarios
from blamegame.cli.concept import check_asked, chosen_concept, concept_options
from blamegame.cli.screen import as_json
from blamegame.errors import StudyError

if TYPE_CHECKING:
    from blamegame.scenario import Scenario

_MEANING = {
    "free": "no equilibrium has any {event}",
    "trap": "possible, not inevitable: some equilibria have {event}, others do not",
    "entrenched": "inevitable: every equilibrium has some {event}",
    "undecided": "what is known of the equilibria does not settle it",
}
_VIEWS = {
    "OnNetwork": "solve_network",
    "Measured": "solve_measures",
    "OverStates": "solve_states",
    "InStages": "solve_table",
    "Private": "solve_table",
    "Table": "solve_table",
}
"""By the form of the model: the file that shows its solution, with ``as_json`` and ``show``."""


def meaning(status: str, event: str, otherwise: str = "the concept allows no equilibrium") -> str:
    """What a verdict means for an event, in words."""
    return _MEANING.get(status, otherwise).format(event=event)


@click.command("solve", short_help="Every equilibrium, and whether avoidance is inevitable.")
@click.argument("scenario", metavar="SCENARIO", shell_complete=scenarios)
@concept_options
@click.option("--time-limit", type=click.FloatRange(min=0), default=60, help="Seconds for a game file (60).")
@click.option("--plot", metavar="FILE.png", help="Draw the tree: of an .efg file, or of a model in stages.")
@as_json
def command(
    scenario: str,
    word: str | None,
    discount: Fraction | None,
    rationality: Fraction | None,
    pure: bool,
    time_limit: float,
    plot: str | None,
    json_wanted: bool,
) -> None:
    """Solve a scenario's game completely.

    Prints the payoff table, every Nash equilibrium, how much mutual avoidance the best and the worst equilibrium of
    each solution concept allow, and what each office does and would gain by deviating.

    Of a game in stages it prints the tree and what is played; of one over states every state; of a hierarchy the least
    and the greatest equilibrium; of a model without payoff table, such as departments that send letters, the measures
    of its equilibrium.

    With --concept the verdict under that concept is added: of the game repeated for ever (subgame-perfect and
    public-perfect, with --discount) how often avoidance happens at best and at worst, and which play every discount
    factor sustains.

    Where the scenario file gives intervals the verdict over all of them is added: proved for every county of the
    region, or a county of each kind with its equilibria.

    SCENARIO may also be a game file: of a payoff table (.nfg, .csv), then the table, all equilibria and the
    explanation; of a game in extensive form (.efg), then the tree and its subgame-perfect equilibria.
    """
    from blamegame.cli.game_file import is_game_file, solve_file
    from blamegame.cli.tree_file import is_tree_file, solve_tree_file

    chosen = chosen_concept(word, discount, rationality, pure)
    if plot:
        from blamegame.cli.figure import check_figure_path

        check_figure_path(plot)
    if is_game_file(scenario) or is_tree_file(scenario):
        if chosen is not None:
            raise click.UsageError("--concept needs a scenario, which says what avoidance is")
        if is_tree_file(scenario):
            solve_tree_file(scenario, json_wanted, time_limit, plot)
            return
        if plot:
            raise StudyError(f"{scenario} is a payoff table; --plot draws games in extensive form (.efg)")
        solve_file(scenario, json_wanted, time_limit)
        return
    from blamegame.cli import solve_region
    from blamegame.scenario import load

    loaded = load(scenario)
    if chosen is not None:
        check_asked(loaded.model, chosen, loaded.name)
    if plot:
        _plot_stages(loaded, plot)
    view = _view_of(loaded)
    if json_wanted:
        from blamegame.cli.model import identity
        from blamegame.cli.screen import print_json

        over = {} if loaded.region is None else solve_region.as_json(loaded)
        print_json({"scenario": identity(loaded), **view.as_json(loaded, chosen), **over})
        return
    from blamegame.cli.screen import console, prose

    screen = console()
    screen.print(loaded.title, style="bold")
    if loaded.description:
        prose(screen, loaded.description)
    view.show(screen, loaded, chosen)
    if loaded.region is not None:
        solve_region.show(screen, loaded)
    if plot:
        click.echo(f"\nfigure in {plot}")


def _view_of(scenario: Scenario) -> Any:
    from blamegame.errors import UnsupportedGame
    from blamegame.models import forms

    for form, view in _VIEWS.items():
        if isinstance(scenario.model, vars(forms)[form]):
            return import_module(f"blamegame.cli.{view}")
    raise UnsupportedGame(f"{type(scenario.model).__name__} has a form of game of its own, which `solve` cannot show")


def _plot_stages(scenario: Scenario, path: str) -> None:
    """Draw play in stages; StudyError, with what can be drawn instead, where a model has none."""
    from blamegame.cli.figure import save_tree
    from blamegame.models.forms import InStages
    from blamegame.solvers.extensive.backward_induction import backward_induction

    model = scenario.model
    if not isinstance(model, InStages):
        raise StudyError(
            f"{scenario.name} is not played in stages, so there is no tree to draw; `blamegame study {scenario.name} "
            "--vary NAME=LOW:HIGH:COUNT --plot FILE` draws its verdicts over a parameter"
        )
    tree = model.tree(nature=False)
    save_tree(tree, path, solution=backward_induction(tree), avoiding=model.avoiding_ends(tree))
