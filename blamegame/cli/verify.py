"""``blamegame verify``: recheck a certificate from the numbers it holds, without any solver."""

from __future__ import annotations

import click

from blamegame.cli.screen import as_json


@click.command("verify", short_help="Recheck a certificate without any solver.")
@click.argument("file", metavar="FILE")
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="Say also whether it is about this scenario, a file or a shipped name, and if not, what differs.",
)
@as_json
def command(file: str, scenario: str | None, json_wanted: bool) -> int:
    """Recheck the claim of a certificate file by exact arithmetic on the numbers it holds, and print these.

    Exits with 0 where the claim holds, 1 where it does not or is not about SCENARIO, 2 where FILE is no certificate.
    """
    from blamegame.cli import DOES_NOT_HOLD, DONE
    from blamegame.cli.screen import console, print_json, prose
    from blamegame.verbs import verify

    verdict = verify(file, scenario=scenario)
    if json_wanted:
        said = {"holds": verdict.holds, "claim": verdict.claim, "about": list(verdict.about), "reason": verdict.reason}
        print_json({"file": file, "scenario": scenario, **said})
    else:
        screen = console()
        screen.print("Proved" if verdict.holds else "NOT proved", style="bold")
        for line in (verdict.claim, *verdict.about, verdict.reason):
            prose(screen, f"{line}.")
    return DONE if verdict.holds else DOES_NOT_HOLD
