"""``blamegame new``: a commented scenario file to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new", short_help="Write a commented scenario file to start from.")
@click.argument("file", metavar="FILE")
@click.option("--from", "shipped", metavar="NAME", help="Copy this shipped scenario instead of the template.")
def command(file: str, shipped: str | None) -> None:
    """Write a new scenario file; never overwrites one."""
    from blamegame.scenario.template import template_text

    text = template_text(shipped)
    path = Path(file)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} exists and is not overwritten; choose another name") from None
    click.echo(f"Wrote {file}. Edit it, then: blamegame check {file}, blamegame solve {file}, blamegame reforms {file}")
