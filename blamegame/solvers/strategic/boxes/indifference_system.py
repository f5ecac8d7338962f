"""The multilinear indifference equations of one support profile, laid out for the interval kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.games.strategic import Array

Support = tuple[int, ...]
RADII = np.array([0.2, 0.05, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8])
"""Half-widths of the neighbourhoods in which a root is tried to be proved the only one, the largest first."""
SMALLEST = 1e-7
"""Boxes narrower than this are given up on."""


@dataclass(frozen=True, eq=False)
class IndifferenceSystem:
    """Equilibria in which each player mixes over exactly its support.

    Unknowns are the probabilities of all supported actions, players in order; the last of each player is one minus its
    others. Equation e of player i says that two neighbouring actions of its support earn the same; condition c that an
    action outside its support earns no more than its first supported one.

    Attributes
    ----------
    start : int array [n_players + 1], where each player's unknowns begin
    free : int array, the unknowns that are not one minus others
    packed : the arrays that :mod:`blamegame.solvers.strategic.boxes.kernels.interval_newton` takes
    """

    start: Array
    free: Array
    packed: tuple[Any, ...]

    @property
    def n_unknowns(self) -> int:
        return int(self.start[-1])


def indifference_system(payoffs: Array, supports: Sequence[Support]) -> IndifferenceSystem:
    """The system of a support profile from float payoffs, shape [n_players, *n_actions], scaled to [0, 1]."""
    n_players = len(supports)
    sizes = [len(support) for support in supports]
    start = np.cumsum([0, *sizes]).astype(np.int64)
    forms: list[tuple[Array, list[int]]] = []
    equations = []
    for player, support in enumerate(supports):
        others = [other for other in range(n_players) if other != player]
        kept = [range(payoffs.shape[player + 1]) if i == player else s for i, s in enumerate(supports)]
        table = np.moveaxis(payoffs[player][np.ix_(*kept)], player, 0)
        equations.append(table[list(support[1:])] - table[list(support[:-1])])
        outside = [a for a in range(len(table)) if a not in support]
        forms += [(equations[-1], others), (table[outside] - table[support[0]], others)]
    slopes = np.full((n_players, n_players), -1, dtype=np.int64)
    for player, table in enumerate(equations):
        others = forms[2 * player][1]
        for axis, other in enumerate(others):
            if sizes[other] > 1 and len(table):
                towards = np.moveaxis(table, axis + 1, 1)
                moved = towards[:, :-1] - towards[:, -1:]
                slopes[player, other] = len(forms)
                forms.append((moved.reshape(-1, *moved.shape[2:]), others[:axis] + others[axis + 1 :]))
    axes = np.zeros((len(forms), n_players), dtype=np.int64)
    for form, (_, players) in enumerate(forms):
        axes[form, : len(players)] = players
    flat = [np.ascontiguousarray(table).ravel() for table, _ in forms]
    free = np.array([k for a, b in pairwise(start.tolist()) for k in range(a, b - 1)], dtype=np.int64)
    packed = (
        n_players,
        slopes,
        np.concatenate(flat),
        np.cumsum([0, *(len(table) for table in flat)]).astype(np.int64),
        np.array([len(table) for table, _ in forms], dtype=np.int64),
        np.array([len(players) for _, players in forms], dtype=np.int64),
        axes,
        start,
        free,
        RADII,
        SMALLEST,
    )
    return IndifferenceSystem(start, free, packed)
