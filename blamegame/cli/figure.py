"""Figures as files: of a study's result, a corridor over one parameter or a phase diagram over two; of a tree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from blamegame.errors import StudyError
from blamegame.extras import need

_FORMATS = (".png", ".pdf", ".svg")


def check_figure_path(path: str) -> None:
    """Refuse a figure that could not be written, before anything long is computed."""
    if Path(path).suffix.lower() not in _FORMATS:
        raise StudyError(f"{path} does not end in {', '.join(_FORMATS)}; a figure is written as one of these")
    if not Path(path).resolve().parent.is_dir():
        raise StudyError(f"{path}: there is no folder {Path(path).parent}")
    need("matplotlib")


def check_dimensions(sizes: Mapping[Any, int]) -> None:
    """Refuse a result that no figure can show, before it is computed; a dimension of one value is no hindrance."""
    names = [str(name) for name, size in sizes.items() if size > 1]
    if len(names) > 2:
        raise StudyError(
            f"a figure shows 1 or 2 parameters, not {len(names)} ({', '.join(names)}); write the result with -o and "
            "draw a part of it in Python"
        )


def save_figure(dataset: Any, path: str, *, boundary: Any = None, here: Any = None) -> None:
    """Draw the dataset."""
    need("matplotlib").use("Agg")
    from blamegame.plots import plot_corridor, plot_phase_diagram
    from blamegame.studies.schema import variable_in

    sizes = dict(dataset[variable_in(dataset, "status")].sizes)
    check_dimensions(sizes)
    dataset = _without_single(dataset, sizes)
    two = dataset[variable_in(dataset, "status")].ndim == 2
    figure = (plot_phase_diagram(dataset, boundary=boundary, here=here) if two else plot_corridor(dataset)).figure
    _write(figure, path, made_from=f"blamegame study {dataset.attrs['identity']}")


def _without_single(dataset: Any, sizes: Any) -> Any:
    """The dataset without dimensions of one value, which the figure names below its title; one dimension stays."""
    single = [name for name, size in sizes.items() if size == 1]
    return dataset.isel(dict.fromkeys(single[1:] if len(single) == len(sizes) else single, 0))


def save_tree(game: Any, path: str, *, solution: Any = None, avoiding: Iterable[int] = ()) -> None:
    """Draw a game in extensive form, with the first equilibrium of its solution where there is one."""
    need("matplotlib").use("Agg")
    from blamegame.plots import plot_game_tree

    drawn = solution if solution is not None and len(solution) else None
    _write(plot_game_tree(game, solution=drawn, avoiding=avoiding).figure, path)


def _write(figure: Any, path: str, *, made_from: str = "") -> None:
    """Move the finished file into place; it says what it was made from where its format has a place for that."""
    target = Path(path)
    unfinished = target.with_name(f".{target.stem}.unfinished{target.suffix}")
    try:
        key = "Subject" if target.suffix.lower() == ".pdf" else "Description"
        figure.savefig(unfinished, dpi=150, metadata={key: made_from} if made_from else None)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
        need("matplotlib.pyplot").close(figure)
