"""A cut through a region in the plane of two parameters: where a goal holds, the box, and the county that fails."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.extras import need
from blamegame.models.model import Model
from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, ask, axes_or_new, legend_below, parameter_label
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform, apply
from blamegame.regions.radius import Radius, reforms_of

_POINTS = 161
_HALVINGS = 40


def plot_region_cut(
    model: Model,
    bundle: Iterable[Reform],
    across: str,
    up: str,
    *,
    radius: Radius,
    goal: Goal | None = None,
    title: str | None = None,
    about: str = "",
    ax: Any = None,
) -> Any:
    """Draw where the goal holds after the bundle, all other numbers as at the county that fails.

    The plane is through that county, the ``witness`` of the radius, and shows the box of the proved radius from above:
    every county of the box, in all its dimensions, reaches the goal. The plane itself lies a hair outside the box in
    the other parameters that decide the radius, so where the goal fails in it says nothing of the county as assumed,
    whose own other numbers are not those of the plane. Along each column of points the values of ``up`` at which the
    verdict changes are found by bisection on exact models, to a part in 2^40 of the axis; they make the boundary line.

    Parameters
    ----------
    model, bundle, goal : as for ``radius``, which was found for them; the bundle as reforms
    across, up : the two parameters, one at least out of ``radius.binding``; others move nothing that decides

    Returns
    -------
    matplotlib Axes
    """
    Line2D, patches = need("matplotlib.lines").Line2D, need("matplotlib.patches")
    Patch, Rectangle = patches.Patch, patches.Rectangle

    if radius.witness is None or radius.region is None or radius.refuted is None:
        raise ReformError(
            "the figure needs a radius with a box that is proved and a county that fails; this has not both"
        )
    if not {across, up} & set(radius.binding):
        raise ReformError(
            f"neither {across} nor {up} decides this radius, so the goal would fail in the whole plane; "
            f"cut along {', '.join(radius.binding)}"
        )
    wanted = removes() if goal is None else goal
    exact, chosen = model.exact(), reforms_of(bundle, ())
    county = radius.witness.model
    spans = [_span(exact, name, radius.refuted) for name in (across, up)]
    cut = _Cut(county, chosen, wanted, (across, up))
    ax = axes_or_new(ax, size=(6.4, 5.0))
    xs = [spans[0][0] + (spans[0][1] - spans[0][0]) * Fraction(k, _POINTS - 1) for k in range(_POINTS)]
    before: tuple[Fraction, list[tuple[Fraction, Fraction, bool]]] | None = None
    for x, following in pairwise(xs):
        middle = (x + following) / 2
        stretches = cut.stretches(middle, *spans[1])
        if before is not None and [s[2] for s in before[1]] == [s[2] for s in stretches]:
            for (_, was, _), (_, now, _) in zip(before[1][:-1], stretches[:-1]):
                ax.plot([float(before[0]), float(middle)], [float(was), float(now)], color="black", linewidth=1.2)
        before = middle, stretches
        for low, high, holds in stretches:
            ax.add_patch(
                Rectangle(
                    (float(x), float(low)), float(following - x), float(high - low), linewidth=0, antialiased=False,
                    facecolor=LIGHT if holds else DARK, gid="holds" if holds else "fails",
                )
            )  # fmt: skip
    left, right = radius.region.intervals[across]
    bottom, top = radius.region.intervals[up]
    ax.add_patch(
        Rectangle(
            (float(left), float(bottom)), float(right - left), float(top - bottom), fill=False, edgecolor=WARNING,
            linewidth=1.6, gid="box",
        )
    )  # fmt: skip
    ax.plot(float(getattr(exact, across)), float(getattr(exact, up)), "o", color="white", markeredgecolor="black")
    ax.plot(
        float(getattr(county, across)), float(getattr(county, up)), "D", color=MIDDLE, markeredgecolor="black",
        clip_on=False, zorder=4,
    )  # fmt: skip
    ax.set_xlim(*map(float, spans[0]))
    ax.set_ylim(*map(float, spans[1]))
    ax.set_xlabel(parameter_label(across, exact))
    ax.set_ylabel(parameter_label(up, exact))
    what = " + ".join(reform.name for reform in chosen) or "nothing"
    ask(
        ax,
        title or "How far is the nearest county that fails?",
        about=about or f"after {what}, all other numbers as at that county",
    )
    handles = [
        Patch(facecolor=LIGHT, edgecolor="0.3", label="goal holds"),
        Patch(facecolor=DARK, edgecolor="0.3", label="goal fails"),
        Patch(fill=False, edgecolor=WARNING, label=f"proved box, {float(100 * (radius.proved or 0)):.2f} %"),
        Line2D([], [], marker="o", color="white", markeredgecolor="black", linestyle="", label="these two as assumed"),
        Line2D([], [], marker="D", color=MIDDLE, markeredgecolor="black", linestyle="", label="nearest failing county"),
    ]
    legend_below(ax, columns=3, handles=handles)
    return ax


class _Cut:
    """Whether the goal holds in a plane of two parameters."""

    def __init__(self, county: Model, bundle: tuple[Reform, ...], goal: Goal, names: tuple[str, str]) -> None:
        self.county, self.bundle, self.goal, self.names = county, bundle, goal, names

    def stretches(self, x: Fraction, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction, bool]]:
        """The stretches of the second parameter, bottom up, with whether the goal holds there."""
        ys = [low + (high - low) * Fraction(k, 40) for k in range(41)]
        marks = self._marks(x, ys)
        out: list[tuple[Fraction, Fraction, bool]] = []
        start = low
        for k in range(40):
            if marks[k] != marks[k + 1]:
                at = self._between(x, ys[k], ys[k + 1], bool(marks[k]))
                out.append((start, at, bool(marks[k])))
                start = at
        out.append((start, high, bool(marks[-1])))
        return out

    def _marks(self, x: Fraction, ys: list[Fraction]) -> np.ndarray[Any, Any]:
        batch = self.county.replace({self.names[0]: float(x), self.names[1]: np.array([float(y) for y in ys])})
        return np.asarray(self.goal.reached(apply(batch, self.bundle)))

    def _between(self, x: Fraction, low: Fraction, high: Fraction, below: bool) -> Fraction:
        """Where the verdict changes between two values, by bisection on exact models."""
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            here = self.county.replace({self.names[0]: x, self.names[1]: middle})
            if bool(self.goal.reached(apply(here, self.bundle))) == below:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def _span(model: Model, name: str, refuted: Fraction) -> tuple[Fraction, Fraction]:
    """Half as much again to both sides as the county that fails may be away, inside the range."""
    value, spec = getattr(model, name), model.parameters()[name]
    if value == 0:
        raise ReformError(f"{name} is 0 here and has no relative error; draw another parameter")
    reach = abs(value) * refuted * Fraction(3, 2)
    return spec.clip(value - reach), spec.clip(value + reach)
