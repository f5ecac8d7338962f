"""Exact vertices of a best-response polyhedron, by the double description method, with the labels of every vertex."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array

Vertex = tuple[int, ...]
"""A mixed strategy in homogeneous coordinates: coprime integers w >= 0; the strategy is w / sum(w)."""

Ray = tuple[Vertex, int]


def best_response_vertices(
    payoffs: Sequence[Sequence[int]], *, time_limit: float | Deadline | None = None
) -> list[Ray]:
    """Every vertex of {(x, v) : x a mixed strategy, v >= each response's payoff against x}, with its labels.

    Parameters
    ----------
    payoffs : shape [n_responses, n_mixed], integers
        What the *responding* player gets from each of its actions against each action of the player who mixes. Any
        integers will do: the answer depends only on differences within a column (see :func:`integer_payoffs`).
    time_limit : seconds, or a deadline; optional
        After it :class:`blamegame.deadline.OutOfTime` is raised.

    Returns
    -------
    list of (vertex, labels), each vertex once
        ``vertex`` is the strategy x of the mixing player as coprime integers (divide by their sum). ``labels`` is a
        bit mask: bit i < n_mixed where x plays action i with probability 0; bit n_mixed + j where response j is a
        best response to x. The largest payoff v follows from x. Order depends on the input only.

    Notes
    -----
    1. Work in the cone {(x, v) : x >= 0, v >= payoffs[j] @ x for every j}; its extreme rays other than (0, 1) are
       the vertices.
    2. Start from the simplicial cone of x >= 0 and the first response.
    3. Add the other responses one at a time: rays that satisfy the inequality stay, and each *adjacent* pair of a
       satisfying and a violating ray gives one new ray, where the edge between them meets the hyperplane.
    4. Two rays are adjacent iff no third ray lies on every facet that both lie on (a test on bit masks, valid
       however degenerate the polyhedron is).

    All arithmetic is in Python integers, so ties are ties. Output-sensitive only up to the intermediate cones:
    the number of vertices grows exponentially with the number of actions (about 0.3 million for 15x15 games).

    References
    ----------
    Motzkin, Raiffa, Thompson and Thrall (1953), "The double description method". Fukuda and Prodon (1996), "Double
    description method revisited". Avis, Rosenberg, Savani and von Stengel (2010), "Enumeration of Nash equilibria
    for two-player games", Economic Theory 42, section 3, for the polyhedra and their labels.

    Examples
    --------
    Matching pennies: the responder is indifferent at the even mixture (labels of both responses), and the two pure
    strategies each leave one action unplayed and one best response.

    >>> for vertex, labels in sorted(best_response_vertices([[1, 0], [0, 1]])):
    ...     print(vertex, f"{labels:04b}")
    (0, 1) 1001
    (1, 0) 0110
    (1, 1) 1100
    """
    deadline = Deadline.of(time_limit)
    n_mixed = len(payoffs[0])
    apex = (0,) * n_mixed + (1,)
    everywhere = (1 << n_mixed) - 1
    rays: list[Ray] = [(apex, everywhere)]
    for i in range(n_mixed):
        unit = tuple(int(k == i) for k in range(n_mixed))
        rays.append(((*unit, payoffs[0][i]), everywhere ^ (1 << i) | 1 << n_mixed))
    for j in range(1, len(payoffs)):
        rays = _add_response(rays, payoffs[j], 1 << (n_mixed + j), deadline)
    return [(_coprime(ray[:-1]), labels) for ray, labels in rays if any(ray[:-1])]


def integer_payoffs(table: Array) -> list[list[int]]:
    """Payoffs [n_responses, n_mixed] as small integers with the same best responses.

    Each column is shifted to minimum 0 and the whole table scaled to coprime integers, so units and shifts of payoffs
    change nothing at all.

    >>> from blamegame.games.strategic import fractions_of
    >>> import numpy as np
    >>> integer_payoffs(fractions_of(np.array([[0.5, 1e9], [0.25, 1e9 + 1]])))
    [[1, 0], [0, 4]]
    """
    rows = table.tolist()
    scale = math.lcm(*(value.denominator for row in rows for value in row))
    scaled = [[value.numerator * (scale // value.denominator) for value in row] for row in rows]
    lowest = [min(column) for column in zip(*scaled)]
    shifted = [[value - low for value, low in zip(row, lowest)] for row in scaled]
    common = math.gcd(*(value for row in shifted for value in row)) or 1
    return [[value // common for value in row] for row in shifted]


def _add_response(rays: list[Ray], payoff: Sequence[int], label: int, deadline: Deadline) -> list[Ray]:
    """The extreme rays after intersecting with v >= payoff @ x."""
    above: list[tuple[Ray, int]] = []
    below: list[tuple[Ray, int]] = []
    kept: list[Ray] = []
    for ray in rays:
        slack = ray[0][-1] - sum(p * w for p, w in zip(payoff, ray[0]))
        if slack > 0:
            above.append((ray, slack))
            kept.append(ray)
        elif slack < 0:
            below.append((ray, -slack))
        else:
            kept.append((ray[0], ray[1] | label))
    masks = [labels for _, labels in rays]
    least = len(payoff) - 1  # an edge of a cone in n_mixed + 1 dimensions lies on at least this many facets
    for (low, low_labels), down in below:
        deadline.check()
        for (high, high_labels), up in above:
            shared = low_labels & high_labels
            if shared.bit_count() < least:
                continue
            deadline.check()
            if _is_edge(shared, masks):
                kept.append((_coprime(up * b + down * a for a, b in zip(high, low)), shared | label))
    return kept


def _is_edge(shared: int, masks: list[int]) -> bool:
    """Whether exactly two rays lie on all the facets in ``shared``."""
    count = 0
    for labels in masks:
        if labels & shared == shared:
            count += 1
            if count > 2:
                return False
    return True


def _coprime(numbers: Iterable[int]) -> Vertex:
    values = tuple(numbers)
    common = math.gcd(*values)
    return values if common == 1 else tuple(value // common for value in values)
