"""Scenarios and an independent look at equilibria."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise, product

import numpy as np
import pytest

from blamegame.scenario import load


@pytest.fixture(scope="session")
def scenario():
    """The model of a shipped scenario by name."""
    return lambda name: load(name).model.exact()


def _mixtures(table, own, others, n):
    """The strategies on ``others`` (all of them played) that make ``own`` best replies; corners of a small polygon."""
    sure = [[table[own[0]][b] - table[a][b] for b in others] for a in own[1:]]
    loose = [[table[own[0]][b] - table[a][b] for b in others] for a in range(len(table)) if a not in own]
    if len(others) == 1:
        found = [(Fraction(1),)]
    elif len(others) == 2:
        ends = {Fraction(0), Fraction(1)}
        for x, y in [*sure, *loose]:
            if x != y:
                ends.add(Fraction(-y) / (x - y))
        points = sorted(end for end in ends if 0 <= end <= 1)
        points += [(a + b) / 2 for a, b in pairwise(points)]
        found = [(p, 1 - p) for p in points if 0 < p < 1]
    else:
        return None
    good = [
        p
        for p in found
        if all(sum(w * x for w, x in zip(p, row)) == 0 for row in sure)
        and all(sum(w * x for w, x in zip(p, row)) >= 0 for row in loose)
    ]
    return good or False


def touches_by_supports(payoffs, event):
    """Whether some equilibrium with supports of at most two actions each touches the event; exact, by hand."""
    m, n = event.shape
    upper = [[Fraction(x) for x in row] for row in payoffs[0]]
    lower = [[Fraction(payoffs[1][i][j]) for i in range(m)] for j in range(n)]
    rows = [c for k in (1, 2) for c in combinations(range(m), k)]
    columns = [c for k in (1, 2) for c in combinations(range(n), k)]
    for own, others in product(rows, columns):
        if not event[np.ix_(own, others)].any():
            continue
        if _mixtures(upper, own, others, n) and _mixtures(lower, others, own, m):
            return True
    return False


@pytest.fixture(scope="session")
def touches():
    return touches_by_supports
