"""``blamegame verify``: recheck a certificate from the numbers it holds, without any solver."""

from __future__ import annotations

import click

from blamegame.cli.screen import as_json


@click.command("verify", short_help="Recheck a certificate without any solver.")
@click.argument("file", metavar="FILE")
@as_json
def command(file: str, json_wanted: bool) -> int:
    """Recheck the claim of a certificate file by exact arithmetic on the numbers it holds.

    Exits with 0 where the claim holds, 1 where it does not, 2 where FILE is no certificate.
    """
    from blamegame.certificates.certify import verify
    from blamegame.cli import DOES_NOT_HOLD, DONE
    from blamegame.cli.screen import console, print_json, prose

    verdict = verify(file)
    if json_wanted:
        print_json({"file": file, "holds": verdict.holds, "claim": verdict.claim, "reason": verdict.reason})
    else:
        screen = console()
        screen.print("Proved" if verdict.holds else "NOT proved", style="bold")
        prose(screen, f"{verdict.claim}.")
        prose(screen, f"{verdict.reason}.")
    return DONE if verdict.holds else DOES_NOT_HOLD
