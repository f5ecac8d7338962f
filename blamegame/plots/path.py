"""A path of reforms as steps: which are in force in each period, and what is played at its end."""

from __future__ import annotations

import itertools
from typing import Any

from blamegame.extras import need
from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, ask, axes_or_new, legend_below, words
from blamegame.reforms.adjustment import words_of
from blamegame.reforms.paths import Path
from blamegame.reforms.sequence import ReformSequence


def plot_path(path: Path | ReformSequence, *, about: str = "", title: str | None = None, ax: Any = None) -> Any:
    """Draw the reforms in force as bars over the periods, and above them what is played.

    Several profiles in one period mean that best replies tie, or that play goes round between them.

    Parameters
    ----------
    path : of :func:`~blamegame.reforms.paths.path`, or of :func:`~blamegame.reforms.sequence.cheapest_sequence`
    about : a line below the title, such as the scenario's name

    Returns
    -------
    matplotlib Axes
    """
    Patch = need("matplotlib.patches").Patch

    reforms = list(dict.fromkeys(name for names in path.bundles for name in names))
    plays = [(path.start,), *path.plays]
    profiles = sorted({cell for cells in plays for cell in cells})
    rows = len(reforms) + len(profiles)
    ax = axes_or_new(ax, size=(max(6.0, 1.1 * len(plays) + 3), 0.42 * rows + 2.3))
    level = {cell: len(reforms) + place + 0.5 for place, cell in enumerate(reversed(profiles))}
    for row, name in enumerate(reversed(reforms)):
        force = [period for period, names in enumerate(path.bundles, 1) if name in names]
        ax.broken_barh([(period - 0.5, 1) for period in force], (row - 0.36, 0.72), color=LIGHT, edgecolor="none")
        _outline(ax, force, row)
    for before, (here, there) in enumerate(itertools.pairwise(plays)):
        for one in here:
            for two in there:
                ax.plot([before, before + 1], [level[one], level[two]], color="0.55", linewidth=1, zorder=1)
    for period, cells in enumerate(plays):
        colour = MIDDLE if len(cells) == 1 else WARNING
        kind = "played" if len(cells) == 1 else "may be played"
        known = set(ax.get_legend_handles_labels()[1])
        label = kind if kind not in known else None
        ax.plot(
            [period] * len(cells), [level[cell] for cell in cells], "o", color=colour, markeredgecolor="black",
            markersize=10, label=label, zorder=3,
        )  # fmt: skip
    if reforms:
        ax.axhline(len(reforms) - 0.25, color="0.8", linewidth=0.8)
    ticks = [*range(len(reforms)), *(level[cell] for cell in profiles)]
    ax.set_yticks(ticks, [*map(words, reversed(reforms)), *(words_of(path.actions, cell) for cell in profiles)])
    ax.set_xticks(range(len(plays)), ["status quo", *map(str, range(1, len(plays)))])
    ax.set_xlim(-0.5, len(plays) - 0.5)
    ax.set_ylim(-0.6, rows + 0.2)
    ax.set_xlabel("period")
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ask(ax, "What is played after each step?" if title is None else title, about=about)
    handles = ax.get_legend_handles_labels()[0]
    if reforms:
        handles.append(Patch(facecolor=LIGHT, edgecolor=DARK, label="reform in force"))
    legend_below(ax, handles=handles)
    return ax


def _outline(ax: Any, force: list[int], row: int) -> None:
    """One outline around each unbroken run of periods."""
    Rectangle = need("matplotlib.patches").Rectangle

    starts = [period for period in force if period - 1 not in force]
    ends = [period for period in force if period + 1 not in force]
    for start, end in zip(starts, ends):
        ax.add_patch(Rectangle((start - 0.5, row - 0.36), end - start + 1, 0.72, fill=False, edgecolor=DARK))
