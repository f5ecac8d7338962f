"""Least in-trees of a weighted directed graph, for every root at once: Edmonds' contraction, exact and with ties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array


def least_in_trees(weights: Any) -> Array:
    """For each vertex the least total weight of a spanning tree whose edges all lead towards it.

    Parameters
    ----------
    weights : array, shape [*batch, n, n]
        ``weights[..., s, t]`` is the weight of the edge from s to t, 0 or more; ``math.inf`` where there is none. An
        object array of int and Fraction (with ``math.inf``) stays exact, floats stay floats. The diagonal is ignored.

    Returns
    -------
    array, shape [*batch, n], of the same kind

    Raises
    ------
    GameError
        Where some vertex cannot be reached from another: it has no such tree.

    Notes
    -----
    1. Every component (at first, every vertex) finds its least edge out and takes the weight of that edge off all its
       edges out. Every tree whose root is not inside the component has such an edge, so its weight falls by as much.
    2. The edges of weight zero so found, one for each component, make cycles. Each becomes one component.
    3. Until one component is left. Every tree that remains has weight zero, so what was taken off is what it costs:
       the least tree of a root is the sum over the components it was *not* inside (linear programming duality,
       Fulkerson 1974). Ties need no care: any of the least edges gives the same sums.

    All games of a batch take their steps together. One game takes at most n - 1 rounds of n x n operations.

    References
    ----------
    Chu and Liu (1965), "On the shortest arborescence of a directed graph", Scientia Sinica 14; Edmonds (1967),
    "Optimum branchings", J. Res. Nat. Bur. Standards 71B; Fulkerson (1974), "Packing rooted directed cuts in a
    weighted directed graph", Mathematical Programming 6.

    Examples
    --------
    >>> least_in_trees(np.array([[0, 1, 5], [2, 0, 1], [1, 1, 0]], dtype=object)).tolist()
    [2, 2, 2]
    """
    edges = np.array(weights)
    n = edges.shape[-1]
    if edges.ndim < 2 or edges.shape[-2] != n:
        raise GameError(f"weights of shape {edges.shape} are no square tables of edges [*batch, n, n]")
    batch = edges.shape[:-2]
    edges = edges.reshape(-1, n, n)
    edges[:, np.arange(n), np.arange(n)] = math.inf
    total = np.full((len(edges), n), 0 if edges.dtype == object else 0.0, dtype=edges.dtype)
    names = np.broadcast_to(np.arange(n), (len(edges), n)).copy()  # of the component that each vertex is in
    open_games = np.arange(len(edges)) if n > 1 else np.arange(0)
    while len(open_games):
        now, names_now = edges[open_games], names[open_games]
        added, names_now = _round(now, names_now)
        total[open_games] += added
        edges[open_games], names[open_games] = now, names_now
        open_games = open_games[(names_now != names_now[:, :1]).any(axis=-1)]
    return total.reshape(*batch, n)


def _round(edges: Array, names: Array) -> tuple[Array, Array]:
    """Steps 1 and 2 once, changing ``edges``: what is added to the total of each vertex, and the new components."""
    games, n = names.shape
    every = np.arange(games)[:, None]
    together = names[:, :, None] == names[:, None, :]
    nearest = edges.argmin(axis=-1)
    least = np.take_along_axis(edges, nearest[..., None], axis=-1)[..., 0]
    of_component = np.where(together, least[:, None, :], math.inf)  # [game, vertex, vertices of its component]
    leaving = of_component.argmin(axis=-1)
    taken = np.take_along_axis(of_component, leaving[..., None], axis=-1)[..., 0]
    if (taken == math.inf).any():
        raise GameError("a vertex without a way out has no tree towards the others; the graph must be connected")
    edges[:] = _less(edges, taken[:, :, None])
    once = np.where(names == np.arange(n), taken, 0)  # a component has the name of one of its vertices
    sums = once.sum(axis=-1, keepdims=True) - taken  # of all components but the own one
    heads = np.take_along_axis(nearest, leaving, axis=-1)
    follows = np.take_along_axis(names, heads, axis=-1)  # for each vertex, the component its own points to
    merged = _merge_cycles(names, follows, every)
    edges[merged[:, :, None] == merged[:, None, :]] = math.inf
    return sums, merged


def _less(edges: Array, taken: Array) -> Array:
    """``edges - taken`` where there is an edge; exact numbers may be too large to be taken off an infinity."""
    if edges.dtype != object:
        return edges - taken
    out = edges.copy()
    there = edges != math.inf
    out[there] = edges[there] - np.broadcast_to(taken, edges.shape)[there]
    return out


def _merge_cycles(names: Array, follows: Array, every: Array) -> Array:
    """Component names after those on a common cycle of ``follows`` are joined under their smallest name."""
    n = names.shape[1]
    jump = follows  # after 1, 2, 4, ... steps from the component of each vertex; a name is one of its vertices
    smallest = np.minimum(names, follows)
    for _ in range(max(1, (n - 1).bit_length())):
        smallest = np.minimum(smallest, np.take_along_axis(smallest, jump, axis=-1))
        jump = np.take_along_axis(jump, jump, axis=-1)
    on_cycle = np.zeros(names.shape, dtype=bool)
    on_cycle[every, jump] = True  # where everyone stands after n steps or more
    return np.where(np.take_along_axis(on_cycle, names, axis=-1), smallest, names)
