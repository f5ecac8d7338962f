"""Equilibrium correspondence: which equilibria exist at which values of one parameter, and the verdict below them."""

from __future__ import annotations

from typing import Any

from blamegame.extras import need
from blamegame.models.model import Model
from blamegame.plots.style import STATUS_COLOURS, about_concept, ask, axes_or_new, legend_below, parameter_label, words
from blamegame.studies.critical_values import CriticalValues


def plot_equilibrium_correspondence(
    critical: CriticalValues, *, model: Model | type[Model] | None = None, title: str | None = None, ax: Any = None
) -> Any:
    """Draw one line for each equilibrium where it exists; bands show the verdict on avoidance.

    Parameters
    ----------
    critical : what :func:`blamegame.critical_values` returned
    model : for the unit of the parameter, optional

    Returns
    -------
    matplotlib Axes
    """
    patheffects = need("matplotlib.patheffects")
    Normal, Stroke = patheffects.Normal, patheffects.Stroke

    supports = sorted({pair for piece in critical.pieces for pair in piece.equilibria})
    ax = axes_or_new(ax, size=(6.8, 2.1 + 0.42 * len(supports)))
    casing = [Stroke(linewidth=5, foreground="white"), Normal()]  # the bands may be dark
    rows = {pair: row for row, pair in enumerate(supports)}
    for piece in critical.pieces:
        low, high = float(piece.low), float(piece.high)
        if piece.is_point:
            continue
        ax.axvspan(low, high, color=STATUS_COLOURS[piece.status], alpha=0.55, linewidth=0, zorder=0)
        for pair in piece.equilibria:
            ax.plot(
                [low, high], [rows[pair]] * 2, color="black", linewidth=3, solid_capstyle="butt", path_effects=casing,
                zorder=3,
            )  # fmt: skip
    for piece in critical.pieces[1:-1]:
        if piece.is_point:
            ax.axvline(float(piece.low), color="0.3", linewidth=0.8, linestyle=":", zorder=1)
            heights = [rows[pair] for pair in piece.equilibria]
            ax.plot([float(piece.low)] * len(heights), heights, "o", color="black", markersize=4, zorder=4)
    names = [_words(critical, pair) for pair in supports]
    ax.set_yticks(range(len(supports)), names)
    ax.set_ylim(-0.6, len(supports) - 0.4)
    ax.set_xlim(float(critical.pieces[0].low), float(critical.pieces[-1].high))
    ax.set_xlabel(parameter_label(critical.parameter, model))
    ax.set_ylabel("actions played")
    of_model = "" if model is None else f"model {getattr(model, '__name__', type(model).__name__)}, "
    question = f"Which equilibria exist as {words(critical.parameter)} changes?" if title is None else title
    ask(ax, question, about=of_model + about_concept(critical.concept))
    _legend(ax, critical)
    return ax


def _words(critical: CriticalValues, pair: tuple[tuple[int, ...], ...]) -> str:
    return ", ".join("/".join(labels[i] for i in support) for labels, support in zip(critical.actions, pair))


def _legend(ax: Any, critical: CriticalValues) -> None:
    Line2D = need("matplotlib.lines").Line2D
    Patch = need("matplotlib.patches").Patch

    shown = [name for name in STATUS_COLOURS if any(p.status == name and not p.is_point for p in critical.pieces)]
    handles: list[Any] = [
        Patch(facecolor=STATUS_COLOURS[name], alpha=0.55, edgecolor="0.3", label=name) for name in shown
    ]
    handles.append(Line2D([], [], color="black", linewidth=3, label="equilibrium exists"))
    if critical.values:
        handles.append(Line2D([], [], color="0.3", linewidth=0.8, linestyle=":", label="critical value"))
    legend_below(ax, columns=2, handles=handles)
