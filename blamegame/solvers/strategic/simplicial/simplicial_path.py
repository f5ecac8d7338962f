"""The path of simplices of variable dimension on a grid of the product of simplices, by integer labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array
from blamegame.solvers.strategic.boxes.newton_on_supports import ActionValues

_NO_GAIN = 1e-15


class TooLong(Exception):
    """A path has taken more steps than it was allowed."""


@dataclass(frozen=True, eq=False)
class PathEnd:
    """The grid point of least gain (counts) of the last simplex, the middle of that simplex, and the steps taken."""

    point: Array
    middle: Array
    steps: int


def simplicial_path(values: ActionValues, start: Array, grid: int, most_steps: int, deadline: Deadline) -> PathEnd:
    """Follow the path from ``start`` to a completely labelled simplex, or to a grid point nobody gains by leaving.

    ``start`` holds, for every player's actions one after the other, how many ``grid``-ths of probability they have.

    Notes
    -----
    The label of a grid point is the player who gains most by deviating, and its best reply h there; where action h + 1
    has no probability, h is moved on to the next one (cyclically) so that probability can pass from h + 1 to h. That is
    the direction of label (player, h). T is a set of labels without all labels of any player.

    1. Compute the label of the newest vertex. A label not in T is added to T, unless T then has every label of some
       player (done): the simplex grows by one dimension in its direction.
    2. A label in T belongs to an older vertex too: replace that one, by reflection at the facet opposite to it.
    3. Where that facet lies in the boundary spanned by fewer directions, T loses a direction, and the vertex that
       carries this label is the next to be replaced.

    The rule determines the path whatever the ties, and it cannot cycle; but it can be long, so that
    :class:`TooLong` is raised after ``most_steps``.

    References
    ----------
    van der Laan and Talman (1982), "On the computation of fixed points in the product space of unit simplices and an
    application to noncooperative N person games", Math. Oper. Res. 7.
    """
    first = values.ends[:-1]
    after = _successors(values)
    corner = start.copy()  # the first vertex; vertex k + 1 is vertex k moved in direction turns[k]
    labels: list[int] = []
    turns: list[int] = []
    moved: dict[int, int] = {}
    at, vertex = 0, corner.copy()
    steps = 0
    while True:
        steps += 1
        if steps > most_steps:
            raise TooLong
        if steps % 64 == 0:
            deadline.check()
        gain, label = _label(values, vertex, grid, after)
        if gain <= _NO_GAIN:
            return PathEnd(vertex, vertex / grid, steps)
        if label not in turns:
            labels.insert(at, label)
            player = int(np.searchsorted(first, label, side="right")) - 1
            if all(k in turns or k == label for k in range(values.ends[player], values.ends[player + 1])):
                break
            turns.append(label)
            moved[label] = 0
            at = len(turns)
            vertex = _vertex(corner, turns, after, at)
            continue
        out = labels.index(label)
        labels.insert(at, label)
        if out >= at:
            out += 1
        while out == len(turns) and moved[turns[-1]] == 0:  # back to the boundary: one dimension less
            gone = turns.pop()
            del moved[gone], labels[out]
            out = labels.index(gone)
        del labels[out]
        if out == 0:
            _move(corner, turns[0], after, 1)
            moved[turns[0]] += 1
            turns.append(turns.pop(0))
            at = len(turns)
        elif out == len(turns):
            _move(corner, turns[-1], after, -1)
            moved[turns[-1]] -= 1
            turns.insert(0, turns.pop())
            at = 0
        else:
            turns[out - 1], turns[out] = turns[out], turns[out - 1]
            at = out
        vertex = _vertex(corner, turns, after, at)
    corners = np.array([_vertex(corner, turns, after, k) for k in range(len(turns) + 1)])
    gains = [_label(values, point, grid, after)[0] for point in corners]
    return PathEnd(corners[int(np.argmin(gains))], corners.mean(axis=0) / grid, steps)


def _label(values: ActionValues, vertex: Array, grid: int, after: list[int]) -> tuple[float, int]:
    """The largest gain from deviating, and the label of a grid point."""
    gain, label = -1.0, -1
    for player, (worth, strategy) in enumerate(values.with_strategies(vertex / grid)):
        best = int(worth.argmax())
        more = float(worth[best] - worth @ strategy)
        if more > gain:
            gain, label = more, int(values.ends[player]) + best
    while vertex[after[label]] == 0:
        label = after[label]
    return gain, label


def _successors(values: ActionValues) -> list[int]:
    """For every action the next one of the same player, the first after the last."""
    out = []
    for a, b in zip(values.ends, values.ends[1:]):
        out += [*range(a + 1, b), int(a)]
    return out


def _move(point: Array, label: int, after: list[int], count: int) -> None:
    point[label] += count
    point[after[label]] -= count


def _vertex(corner: Array, turns: list[int], after: list[int], k: int) -> Array:
    point = corner.copy()
    for label in turns[:k]:
        _move(point, label, after, 1)
    return point
