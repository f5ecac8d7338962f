"""Corridor: a measure between its best and its worst equilibrium, over one parameter or over bundles of reforms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.plots.style import (
    DARK,
    LIGHT,
    MIDDLE,
    WARNING,
    about_data,
    ask,
    axes_or_new,
    label_of,
    legend_below,
    value_text,
    words,
)
from blamegame.studies.schema import variable_in

_QUESTIONS = {
    "avoidance": "How much avoidance do the equilibria allow?",
    "success": "How likely is success in equilibrium?",
    "payoff": "What do the equilibria pay?",
}
_BETWEEN, _WORST, _BEST, _EVERY = "between equilibria", "worst equilibrium", "best equilibrium", "every equilibrium"
_PLAYER = "player"
_IN_A_ROW = 3
_FEW = 41  # grid points, each of which is marked
_CLOSE = 0.0101  # of the axis: a line between points so close is upright to the eye


@dataclass(frozen=True)
class _Lane:
    """One corridor: whose it is ("" where there is one only), its ends at every point, and how it looks."""

    owner: str
    best: Array
    worst: Array
    worst_look: dict[str, Any]
    best_look: dict[str, Any]
    fill: dict[str, Any]

    def named(self, text: str) -> str:
        return f"{self.owner}: {text}" if self.owner else text

    @property
    def has_width(self) -> bool:
        """Whether the ends differ anywhere; where they do not, one line stands for every equilibrium."""
        return bool(np.any(self.best != self.worst, where=np.isfinite(self.best) & np.isfinite(self.worst)))


def plot_corridor(data: Any, measure: str = "avoidance", *, title: str | None = None, ax: Any = None) -> Any:
    """Draw ``<measure>_best`` and ``<measure>_worst`` of a dataset with one dimension, and the corridor between them.

    A measure of each player, such as ``"payoff"``, has one corridor for each. Over bundles of reforms, or where there
    is one grid point only, each is a row. Over a coarse grid the points computed are marked, and neighbours are not
    joined where the values jump: nobody computed what lies between.

    Parameters
    ----------
    data : xarray.Dataset with the two variables over one dimension, and perhaps over the players
    measure : such as ``"avoidance"``, ``"success"``; where there are several of a kind, the first

    Returns
    -------
    matplotlib Axes
    """
    name = variable_in(data, f"{measure}_best")
    best = data[name]
    worst = data[variable_in(data, f"{measure}_worst", like=best)]
    along = [dim for dim in best.dims if dim != _PLAYER] or list(best.dims)
    if len(along) != 1 or best.dims != worst.dims:
        raise StudyError(
            f"a corridor needs one dimension, {measure}_best has {best.dims}; choose the others with data.sel(...)"
        )
    (x,) = along
    place = data[_axis(data, x)]
    lanes = _lanes(best, worst) if best.ndim == 2 else [_lane(best.values, worst.values)]
    value = label_of(measure, best.attrs)
    in_numbers = place.dtype.kind in "iuf" and place.size > 1
    share = best.attrs.get("units") in ("probability", "share")
    if in_numbers:
        ax = axes_or_new(ax)
        handles = _draw_lines(ax, place.values, lanes, ordered=x in data.coords or place.name != x)
        ax.set_xlabel(label_of(place.name, place.attrs))
        ax.set_ylabel(value)
        if share:
            ax.set_ylim(0, 1)
    else:
        names = [value_text(one) for one in place.values.tolist()]
        ax = axes_or_new(ax, size=(6.8 + 0.06 * max(0, max(map(len, names)) - 20), 2.0 + 0.34 * len(names)))
        handles = _draw_rows(ax, names, lanes)
        if share:
            ax.set_xlim(0, 1)
        ax.set_ylabel(label_of(place.name, place.attrs))
        ax.set_xlabel(value)
    question = _QUESTIONS.get(measure, f"How far apart are the equilibria in {measure}?") if title is None else title
    ask(ax, question, about=about_data(data, name))
    _label(ax, handles, in_one_row=in_numbers)
    return ax


def _axis(data: Any, dim: str) -> str:
    """What the points of a dimension are placed by: its own coordinate, or the one parameter of a sample."""
    beside = [str(name) for name, coordinate in data.coords.items() if coordinate.dims == (dim,)]
    return beside[0] if dim not in data.coords and len(beside) == 1 else dim


def _lane(best: Array, worst: Array) -> _Lane:
    return _Lane(
        "", best, worst,
        {"color": DARK, "linestyle": "-", "marker": "o", "markersize": 7},
        {"color": MIDDLE, "linestyle": "--", "marker": "D", "markersize": 4, "markeredgecolor": "black",
         "markeredgewidth": 0.6},
        {"facecolor": LIGHT, "edgecolor": LIGHT},
    )  # fmt: skip


def _lanes(best: Any, worst: Any) -> list[_Lane]:
    """One lane for each player, told apart by colour, marker and hatching."""
    looks = ((DARK, "o", "///"), (MIDDLE, "s", "\\\\\\"), (WARNING, "^", "..."), ("0.45", "v", "|||"))
    found = []
    for k, player in enumerate(best[_PLAYER].values.tolist()):
        colour, marker, hatch = looks[k % len(looks)]
        line = {"color": colour, "marker": marker, "markeredgecolor": "black", "markeredgewidth": 0.6}
        found.append(_Lane(
            words(player), best.sel({_PLAYER: player}).values, worst.sel({_PLAYER: player}).values,
            {**line, "linestyle": "-", "markersize": 7},
            {**line, "linestyle": "--", "markersize": 4, "markerfacecolor": "white"},
            {"facecolor": (colour, 0.12) if colour != "0.45" else "0.9", "edgecolor": colour, "hatch": hatch},
        ))  # fmt: skip
    return found


def _draw_lines(ax: Any, at: Array, lanes: list[_Lane], *, ordered: bool) -> list[list[Any]]:
    """Draw the lanes over an axis of numbers; the handles of the legend, a list for each lane."""
    order = np.argsort(at, kind="stable")
    at = at[order].astype(np.float64)
    ends = np.array([(lane.worst[order], lane.best[order]) for lane in lanes], dtype=np.float64)
    span = np.nanmax(ends) - np.nanmin(ends) if np.isfinite(ends).any() else 0.0
    handles: list[list[Any]] = []
    unknown = np.zeros(len(at) - 1, dtype=bool)
    for lane, (worst, best) in zip(lanes, ends):
        joined = _joined(at, worst, best, span) if ordered else np.zeros(len(at) - 1, dtype=bool)
        known = np.isfinite(worst) & np.isfinite(best)
        unknown |= ~joined & known[1:] & known[:-1] & ordered
        alone = ~(np.append(joined, False) | np.append(False, joined))
        breaks = np.flatnonzero(~joined) + 1
        low, high, xs = (np.insert(values, breaks, np.nan) for values in (worst, best, at))
        marked = np.flatnonzero(np.insert(known & (alone | (len(at) <= _FEW)), breaks, False)).tolist()
        unmarked = {} if marked else {"marker": ""}
        drawn: list[Any] = []
        if lane.has_width:
            drawn.append(ax.fill_between(xs, low, high, linewidth=0, label=lane.named(_BETWEEN), **lane.fill))
        ax.vlines(at[alone], best[alone], worst[alone], color=lane.fill["edgecolor"], linewidth=5, alpha=0.6, zorder=1)
        for values, look, label in _ends(lane, low, high):
            settings = {**look, **unmarked, "label": label, "clip_on": False}
            drawn += ax.plot(xs, values, linewidth=1.8, markevery=marked, **settings)
        handles.append(drawn)
    stretches = [
        ax.axvspan(
            at[k], at[k + 1], facecolor="0.94", linewidth=0, zorder=0, gid="unknown", label="may jump in between"
        )
        for k in np.flatnonzero(unknown).tolist()
    ]
    ax.set_xlim(at[0], at[-1])
    if not ordered:
        ax.xaxis.get_major_locator().set_params(integer=True)
    handles[0] += stretches[:1]
    return handles


def _ends(lane: _Lane, worst: Array, best: Array) -> list[tuple[Array, dict[str, Any], str]]:
    """The lines of a lane: its two ends, or one where they never differ."""
    if not lane.has_width:
        return [(worst, lane.worst_look, lane.named(_EVERY))]
    return [(worst, lane.worst_look, lane.named(_WORST)), (best, lane.best_look, lane.named(_BEST))]


def _joined(at: Array, worst: Array, best: Array, span: float) -> Array:
    """Which neighbours a line joins, boolean, shape [n - 1]: not those between which an end of the range jumps.

    A jump between points too close to see is an upright line anyway.
    """
    known = np.isfinite(np.diff(worst)) & np.isfinite(np.diff(best))
    close = np.diff(at) <= _CLOSE * (at[-1] - at[0])
    joined: Array = known & (close | ~(_jumps(worst, span) | _jumps(best, span)))
    return joined


def _jumps(values: Array, span: float) -> Array:
    """Changes by more than a third of ``span``, or by more than a tenth and thrice the way the values go on a side."""
    change = np.diff(values)
    size, way = np.abs(change), np.sign(change)
    around = np.fmax(np.append(0.0, change[:-1]) * way, np.append(change[1:], 0.0) * way)
    found: Array = (size > span / 3) | ((size > span / 10) & (size > 3 * np.fmax(around, 0.0)))
    return found


def _draw_rows(ax: Any, names: list[str], lanes: list[_Lane]) -> list[list[Any]]:
    """Draw each point as a row; the handles of the legend, a list for each lane."""
    rows = np.arange(len(names), dtype=float)
    handles: list[list[Any]] = []
    for k, lane in enumerate(lanes):
        at = rows + 0.36 * (k - (len(lanes) - 1) / 2)
        drawn: list[Any] = []
        if lane.has_width:
            bar = {"width": lane.worst - lane.best, "left": lane.best, "label": lane.named(_BETWEEN), **lane.fill}
            drawn.append(ax.barh(at, height=0.3, linewidth=0.6, **bar))
        for values, look, label in _ends(lane, lane.worst, lane.best):
            drawn += ax.plot(values, at, **{**look, "linestyle": "none", "label": label, "clip_on": False})
        handles.append(drawn)
    for row in rows[:-1]:
        ax.axhline(row + 0.5, color="0.85", linewidth=0.6, zorder=0)
    ax.set_yticks(rows, names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.use_sticky_edges = False
    ax.margins(x=0.06)
    return handles


def _label(ax: Any, handles: list[list[Any]], *, in_one_row: bool) -> None:
    """The legend of what is drawn: a column for each player, or one row."""
    listed = [handle for lane in handles for handle in lane]
    columns = len(listed) if in_one_row and len(handles) == 1 and len(listed) <= _IN_A_ROW else max(2, len(handles))
    legend_below(ax, columns=columns, handles=listed)
