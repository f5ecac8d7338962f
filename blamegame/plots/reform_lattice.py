"""The rows of the reform lattice that matter: minimal and robust bundles, and the reforms that break them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from blamegame.plots.style import DARK, LIGHT, MIDDLE, WARNING, axes_or_new, legend_below, words
from blamegame.reforms.bundles import Names
from blamegame.reforms.plan import ReformPlan


def plot_reform_lattice(plan: ReformPlan, *, most: int = 48, title: str | None = None, ax: Any = None) -> Any:
    """Draw one row for each minimal success and each smallest robust bundle, one column for each reform.

    A dot is a reform of the bundle, a cross a reform that breaks it: an edge of the lattice that leads from a success
    to a failure. Where no single reform breaks a bundle and several together do, the fewest that do are open squares. A
    robust row has neither, nor has any larger bundle. Rows beyond ``most`` are counted, not drawn.

    Returns
    -------
    matplotlib Axes
    """
    minimal, robust = set(plan.minimal), set(plan.robust_minimal)
    rows = sorted(minimal | robust, key=lambda bundle: (len(bundle), bundle in robust, _places(plan, bundle)))
    left_out, rows = len(rows[most:]), rows[:most]
    ax = axes_or_new(ax, size=(max(6.4, 1.6 + 0.42 * len(plan.menu)), 2.6 + 0.2 * len(rows)))
    lasting = set(plan.robust.tolist())
    breaks = {(int(b), int(i)) for b, i in plan.closure_violations}
    for row, bundle in enumerate(rows):
        colour = _colour(bundle, minimal, robust)
        inside = _places(plan, bundle)
        broken = [i for i in range(len(plan.menu)) if (plan.number(bundle), i) in breaks]
        together = [] if broken or plan.number(bundle) in lasting else _broken_together(plan, bundle)
        ax.plot([-0.5, len(plan.menu) - 0.5], [row, row], color="0.88", linewidth=0.6, zorder=0)
        ax.plot(inside, [row] * len(inside), "-", color="0.4", linewidth=1.2, zorder=1)
        ax.plot(inside, [row] * len(inside), "o", color=colour, markeredgecolor="black", markersize=7, zorder=2)
        ax.plot(broken, [row] * len(broken), "x", color=WARNING, markersize=5.5, markeredgewidth=1.4, zorder=2)
        ax.plot(together, [row] * len(together), "s", color="none", markeredgecolor=WARNING, markersize=6, zorder=2)
    _legend(ax)
    ax.set_xticks(range(len(plan.menu)), [words(reform.name) for reform in plan.menu], rotation=60, ha="left")
    ax.xaxis.tick_top()
    sizes = [len(bundle) for bundle in rows]
    ax.set_yticks(range(len(rows)), [str(size) for size in sizes], fontsize=7)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(-0.5, len(plan.menu) - 0.5)
    ax.set_ylabel("bundle, by its number of reforms")
    if left_out:
        ax.set_xlabel(f"{left_out} more bundles are not drawn")
    ax.set_title("Which bundles end avoidance, and what undoes them?" if title is None else title, pad=12)
    return ax


def _places(plan: ReformPlan, bundle: Names) -> list[int]:
    return [i for i, reform in enumerate(plan.menu) if reform.name in bundle]


def _broken_together(plan: ReformPlan, bundle: Names) -> list[int]:
    """The fewest reforms that break a bundle when they are added together, the first such set in menu order."""
    others = [i for i in range(len(plan.menu)) if plan.menu[i].name not in bundle]
    start = plan.number(bundle)
    for size in range(2, len(others) + 1):
        for added in combinations(others, size):
            if not plan.success[start + sum(1 << i for i in added)]:
                return list(added)
    return []


def _colour(bundle: Names, minimal: set[Names], robust: set[Names]) -> str:
    return DARK if bundle in minimal and bundle in robust else MIDDLE if bundle in robust else LIGHT


def _legend(ax: Any) -> None:
    kinds = [
        ("minimal: no smaller bundle succeeds", "o", LIGHT),
        ("robust: succeeds whatever is added", "o", MIDDLE),
        ("minimal and robust", "o", DARK),
        ("adding this reform breaks it", "x", WARNING),
        ("adding these together breaks it", "s", WARNING),
    ]
    for label, marker, colour in kinds:
        edge, face = ("black", colour) if marker == "o" else (colour, "none")
        ax.plot([], [], marker, color=face, markeredgecolor=edge, markersize=7, label=label)
    legend_below(ax, columns=2, drop=0.35, fontsize=8)
