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
_ENTRIES = ("between equilibria", "worst equilibrium", "best equilibrium")
_PLAYER = "player"
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
        if share and float(best.min()) == float(worst.max()):
            ax.set_ylim(-0.04, 1.04)
    else:
        names = [value_text(one) for one in place.values.tolist()]
        ax = axes_or_new(ax, size=(6.8 + 0.06 * max(0, max(map(len, names)) - 20), 2.0 + 0.34 * len(names)))
        handles = _draw_rows(ax, names, lanes)
        if share:
            ax.set_xlim(-0.04, 1.04)
        ax.set_ylabel(label_of(place.name, place.attrs))
        ax.set_xlabel(value)
    question = title or _QUESTIONS.get(measure, f"How far apart are the equilibria in {measure}?")
    ask(ax, question, about=about_data(data, name))
    _label(ax, lanes, handles, in_one_row=in_numbers)
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


def _draw_lines(ax: Any, at: Array, lanes: list[_Lane], *, ordered: bool) -> list[Any]:
    """Draw the lanes over an axis of numbers; the handles of the legend."""
    order = np.argsort(at, kind="stable")
    at = at[order].astype(np.float64)
    ends = np.array([(lane.worst[order], lane.best[order]) for lane in lanes], dtype=np.float64)
    span = np.nanmax(ends) - np.nanmin(ends) if np.isfinite(ends).any() else 0.0
    handles: list[Any] = []
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
        handles.append(ax.fill_between(xs, low, high, linewidth=0, **lane.fill))
        ax.vlines(at[alone], best[alone], worst[alone], color=lane.fill["edgecolor"], linewidth=5, alpha=0.6, zorder=1)
        for values, look in ((low, lane.worst_look), (high, lane.best_look)):
            handles += ax.plot(xs, values, linewidth=1.8, markevery=marked, **{**look, **unmarked})
    stretches = [
        ax.axvspan(at[k], at[k + 1], facecolor="0.94", linewidth=0, zorder=0, gid="unknown")
        for k in np.flatnonzero(unknown).tolist()
    ]
    ax.margins(x=0 if len(at) > _FEW else 0.02)
    if not ordered:
        ax.xaxis.get_major_locator().set_params(integer=True)
    return handles[:3] + stretches[:1] + handles[3:]


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


def _draw_rows(ax: Any, names: list[str], lanes: list[_Lane]) -> list[Any]:
    """Draw each point as a row; the handles of the legend."""
    rows = np.arange(len(names), dtype=float)
    handles: list[Any] = []
    for k, lane in enumerate(lanes):
        at = rows + 0.36 * (k - (len(lanes) - 1) / 2)
        handles.append(ax.barh(at, lane.worst - lane.best, 0.3, left=lane.best, linewidth=0.6, **lane.fill))
        for values, look in ((lane.worst, lane.worst_look), (lane.best, lane.best_look)):
            handles += ax.plot(values, at, **{**look, "linestyle": "none"})
    for row in rows[:-1]:
        ax.axhline(row + 0.5, color="0.85", linewidth=0.6, zorder=0)
    ax.set_yticks(rows, names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.use_sticky_edges = False
    ax.margins(x=0.06)
    return handles


def _label(ax: Any, lanes: list[_Lane], handles: list[Any], *, in_one_row: bool) -> None:
    """The legend: a column for each player."""
    labels = [lane.named(text) for lane in lanes for text in _ENTRIES]
    if len(handles) > len(labels):
        labels.insert(len(_ENTRIES), "may jump in between")
    columns = len(labels) if in_one_row and len(labels) == len(_ENTRIES) else max(2, len(lanes))
    legend_below(ax, columns=columns, handles=handles, labels=labels)
