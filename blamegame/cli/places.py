"""``blamegame places``: a bundle of reforms adopted by a tier, or by a province, of a hierarchy."""

from __future__ import annotations

import click

from blamegame.cli.completion import scenarios
from blamegame.cli.screen import as_json


@click.command("places", short_help="Where in a hierarchy a bundle of reforms must be adopted.")
@click.argument("scenario", metavar="SCENARIO", shell_complete=scenarios)
@click.option("--use", "names", required=True, metavar="REFORM,REFORM", help="The bundle, from the scenario's menu.")
@click.option("--tier", type=click.IntRange(1), default=2, help="Whose offices are places, 1 being the root (2).")
@as_json
def command(scenario: str, names: str, tier: int, json_wanted: bool) -> None:
    """Compare adopting a bundle everywhere, in one tier alone, and in one place with everything below it.

    Prints how much mutual avoidance the best and the worst equilibrium of the whole hierarchy then allow.

    \b
    blamegame places nation --use list
    """
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.concept_range import as_json_of
    from blamegame.cli.screen import columns, console, heading, print_json, progress, short
    from blamegame.models.hierarchy import Hierarchy
    from blamegame.reforms.local import by_place
    from blamegame.reforms.reform import choose
    from blamegame.scenario import load

    loaded = load(scenario)
    model = loaded.model
    if not isinstance(model, Hierarchy):
        raise click.UsageError(f"{loaded.name} is no hierarchy, so there are no places in it; try nation")
    if tier > model.tree.n_tiers:
        raise click.UsageError(f"--tier {tier}: this hierarchy has {model.tree.n_tiers} tiers")
    bundle = choose(loaded.menu, [name.strip() for name in names.split(",")])
    places = by_place(model, bundle, tier=tier - 1)
    found = {}
    with progress("solving") as bar:
        for name, reformed in places.items():
            found[name] = avoidance_of_model(reformed, loaded.concept or model.default_concept())
            if bar is not None:
                bar(len(found), len(places))
    if json_wanted:
        print_json({name: as_json_of(one) for name, one in found.items()})
        return
    screen = console()
    screen.print(loaded.title, style="bold")
    heading(screen, f"Share of mandates in mutual avoidance where {' + '.join(r.name for r in bundle)} is adopted")
    rows = [[name, short(one.low.lower), short(one.high.upper), one.status] for name, one in found.items()]
    columns(screen, [["adopted by", "best", "worst", "verdict"], *rows], right=(1, 2))
