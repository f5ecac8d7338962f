"""``blamegame scenarios``: the scenarios that come with the library, one line each."""

from __future__ import annotations

import click

from blamegame.cli.screen import as_json


@click.command("scenarios", short_help="List the shipped scenarios.")
@as_json
def command(json_wanted: bool) -> None:
    """List the shipped scenarios; their names can be used wherever a path can."""
    from blamegame.cli.model import identity
    from blamegame.cli.screen import columns, console, print_json, prose
    from blamegame.scenario import load, shipped_names

    shipped = [load(f"{name}") for name in shipped_names()]
    if json_wanted:
        print_json([identity(scenario) for scenario in shipped])
        return
    screen = console()
    columns(screen, [[scenario.name, scenario.title] for scenario in shipped])
    screen.print()
    prose(screen, "Solve one: blamegame solve NAME. Start your own from it: blamegame new FILE --from NAME.", indent=0)
