"""``blamegame study``: verdicts over a grid of parameters, written to a file and drawn."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from blamegame.cli.completion import scenarios
from blamegame.cli.concept import check_asked, chosen_concept, concept_options
from blamegame.cli.screen import as_json
from blamegame.errors import UnsupportedGame

if TYPE_CHECKING:
    from blamegame.scenario import Scenario

_MOST_CUTS = 201


@click.command("study", short_help="Verdicts over a grid of parameters, to a file and a figure.")
@click.argument("scenario", metavar="SCENARIO", shell_complete=scenarios)
@click.option("--vary", multiple=True, required=True, metavar="NAME=LOW:HIGH:COUNT", help="Or NAME=V1,V2,...; repeat.")
@click.option("-o", "--output", metavar="FILE.nc", help="Write the result here: netCDF-4, or a table .csv or .xlsx.")
@click.option("--plot", metavar="FILE.png", help="Draw it: one parameter as a corridor, two as a phase diagram.")
@click.option("--checkpoint", metavar="DIR", help="Keep finished parts here; the same command then continues.")
@click.option("--workers", type=click.IntRange(1), help="Processes for measures computed cell by cell.")
@click.option("--scheduler", metavar="ADDRESS", help="Compute on this dask.distributed cluster, tcp://host:port.")
@concept_options
@click.option("--limit", type=click.IntRange(1), help="The most cells accepted (100,000,000).")
@click.option("--dry-run", is_flag=True, help="Say how many cells, how much memory and time, and stop.")
@as_json
def command(
    scenario: str,
    vary: tuple[str, ...],
    output: str | None,
    plot: str | None,
    checkpoint: str | None,
    workers: int | None,
    scheduler: str | None,
    word: str | None,
    discount: Fraction | None,
    rationality: Fraction | None,
    pure: bool,
    limit: int | None,
    dry_run: bool,
    json_wanted: bool,
) -> None:
    """Solve a scenario at every point of a grid of its parameters.

    Every grid point is the exact number written: the verdict at authority=0.3 is the verdict at 3/10. The boundary
    lines of a figure are exact too. Concepts: nash, correlated, coarse-correlated, rationalizable, and with --discount
    subgame-perfect, public-perfect, markov-perfect.

    \b
    blamegame study h_county --vary authority=0:1:201 --vary accountability=0:2:201 -o out.nc --plot out.png
    """
    from blamegame.cli.figure import check_dimensions, check_figure_path, save_figure
    from blamegame.scenario import load
    from blamegame.studies.grid import parse_axes
    from blamegame.studies.plan import plan_study
    from blamegame.studies.study import DEFAULT_LIMIT, study

    chosen, loaded = chosen_concept(word, discount, rationality, pure), load(scenario)
    if chosen is not None:
        check_asked(loaded.model, chosen, loaded.name)
        loaded = replace(loaded, concept=chosen)
    design, most = parse_axes(vary), limit or DEFAULT_LIMIT
    if plot:
        check_figure_path(plot)
        check_dimensions(dict(zip(design.dims, design.shape)))
    if dry_run:
        click.echo(str(plan_study(loaded, design, workers=workers, limit=most)))
        return
    with _watched() as watch:
        found = study(
            loaded,
            design,
            output=output,
            checkpoint=checkpoint,
            workers=workers,
            client=scheduler,
            progress=watch,
            limit=most,
        )
    if plot:
        save_figure(found, plot, boundary=_boundary(loaded, design), here=loaded.model)
    _report(loaded, found, output, plot, json_wanted)


def _boundary(scenario: Scenario, design: Any) -> Any:
    """Exact boundary lines over two parameters of several values each; None where the study is over anything else."""
    from blamegame.studies.boundary import boundary
    from blamegame.studies.grid import Points

    axes = [part for part in design.parts if isinstance(part, Points)]
    if len(design.shape) != 2 or len(axes) != 2:
        return None
    values = []
    for part in axes:
        exact = sorted({part.exact(part.dim, k) for k in range(len(part))})
        if len(exact) == 1:
            return None
        step = max(1, len(exact) // _MOST_CUTS)
        values.append(sorted({*exact[::step], exact[-1]}))
    try:
        return boundary(scenario.model, axes[0].dim, axes[1].dim, values[0], values[1], concept=scenario.concept)
    except UnsupportedGame:  # more than two offices, or a measure that is no rational function: a figure without lines
        return None


def _watched() -> Any:
    from contextlib import contextmanager

    from blamegame.cli.screen import progress

    @contextmanager
    def watching() -> Any:
        with progress("studying") as bar:
            yield None if bar is None else lambda now: bar(now.done, now.total)

    return watching()


def _report(scenario: Scenario, found: Any, output: str | None, plot: str | None, json_wanted: bool) -> None:
    from blamegame.cli.screen import columns, console, print_json, prose
    from blamegame.studies.schema import variable_in

    verdicts = found[variable_in(found, "status")]
    counts = _verdicts(verdicts)
    cells = int(verdicts.size)
    failed = int(found["failed"].sum()) if "failed" in found else 0
    if json_wanted:
        print_json(
            {
                "scenario": scenario.name,
                "cells": cells,
                "failed": failed,
                "dimensions": {str(name): int(size) for name, size in found.sizes.items()},
                "verdicts": counts,
                "output": output,
                "plot": plot,
            }
        )
        return
    screen = console()
    screen.print(scenario.title, style="bold")
    over = " x ".join(f"{name} ({found.sizes[name]})" for name in verdicts.dims)
    prose(screen, f"{cells:,} cells over {over}" + (f"; {failed:,} failed" if failed else ""))
    columns(
        screen,
        [["verdict", "cells", "share"], *([word, f"{n:,}", f"{n / cells:.1%}"] for word, n in counts.items())],
        right=(1,),
    )
    for what, where in (("result", output), ("figure", plot)):
        if where:
            prose(screen, f"{what} in {where}")


def _verdicts(codes: Any) -> dict[str, int]:
    import numpy as np

    from blamegame.studies.schema import status_words

    words, counts = np.unique(status_words(codes.values), return_counts=True)
    return dict(zip(words.tolist(), counts.tolist()))
