"""``blamegame plot``: the figure of a result that ``blamegame study`` wrote."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("plot", short_help="Draw a study's result file.")
@click.argument("result", metavar="RESULT.nc")
@click.option("-o", "--output", metavar="FILE.png", help="Where to; default RESULT.png beside the result.")
def command(result: str, output: str | None) -> None:
    """Draw a result of `blamegame study`: one parameter as a corridor, two as a phase diagram."""
    from blamegame.cli.figure import check_figure_path, save_figure
    from blamegame.studies.dataset import read_dataset

    target = output or str(Path(result).with_suffix(".png"))
    check_figure_path(target)
    save_figure(read_dataset(result), target)
    click.echo(f"figure in {target}")
