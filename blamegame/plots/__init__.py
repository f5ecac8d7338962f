"""Figures, one per file: each takes a Dataset or a result value, draws on ``ax=`` and returns the Axes.

>>> from blamegame.plots import plot_phase_diagram
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FIGURES = (
    "automaton",
    "best_response_graph",
    "corridor",
    "equilibrium_correspondence",
    "frontier",
    "game_tree",
    "hysteresis",
    "path",
    "identification",
    "likelihood_contour",
    "likelihood_profile",
    "observed_fitted",
    "payoff_set",
    "phase_diagram",
    "phase_portrait",
    "prim_box",
    "prim_trade_off",
    "reform_lattice",
    "regime_table",
    "region_cut",
    "sensitivity",
    "shapley",
    "tolerances",
)

__all__ = [f"plot_{figure}" for figure in _FIGURES]


def __getattr__(name: str) -> Any:
    figure = name.removeprefix("plot_")
    if name not in __all__:
        raise AttributeError(f"module 'blamegame.plots' has no attribute {name!r}")
    return getattr(import_module(f"blamegame.plots.{figure}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
