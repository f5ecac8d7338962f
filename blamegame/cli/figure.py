"""The figure of a study's result: a corridor over one parameter, a phase diagram over two."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from blamegame.errors import StudyError

_FORMATS = (".png", ".pdf", ".svg")


def check_figure_path(path: str) -> None:
    """Refuse a figure that could not be written, before anything long is computed."""
    if Path(path).suffix.lower() not in _FORMATS:
        raise StudyError(f"{path} does not end in {', '.join(_FORMATS)}; a figure is written as one of these")
    if not Path(path).resolve().parent.is_dir():
        raise StudyError(f"{path}: there is no folder {Path(path).parent}")
    try:
        import matplotlib  # noqa: F401  # only whether it is there
    except ImportError:
        raise StudyError("figures need matplotlib: pip install 'blamegame-solver[plots]'") from None


def save_figure(dataset: Any, path: str, *, boundary: Any = None) -> None:
    """Draw the dataset and move the finished file into place."""
    import matplotlib

    matplotlib.use("Agg")
    from blamegame.plots import plot_corridor, plot_phase_diagram

    dimensions = dataset["status"].ndim if "status" in dataset else len(dataset.dims)
    if dimensions == 2:
        figure = plot_phase_diagram(dataset, boundary=boundary).figure
    elif dimensions == 1:
        figure = plot_corridor(dataset).figure
    else:
        raise StudyError(
            f"a figure needs a result over 1 or 2 parameters, this one has {dimensions}: {list(dataset.dims)}"
        )
    target = Path(path)
    unfinished = target.with_name(f".{target.stem}.unfinished{target.suffix}")
    try:
        figure.savefig(unfinished, dpi=150)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
        matplotlib.pyplot.close(figure)
