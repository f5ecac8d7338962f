"""Maxima of multi-affine polynomials over boxes, in floating point with an a-priori bound on the rounding.

A polynomial is its coefficients over a fixed list of monomials that contains every divisor of each of them: monomial
0 is the constant 1. ``pairs`` says, variable by variable, which monomial becomes which when the variable is left out;
``first[v]:first[v + 1]`` are the pairs of variable v.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

_MOST_NODES = 4000


@compiled
def centre(c: Any, low: Any, high: Any, first: Any, pairs: Any) -> None:
    """Coefficients in theta become coefficients in x, theta = middle + radius x, in place."""
    for v in range(len(low)):
        middle, radius = (low[v] + high[v]) / 2, (high[v] - low[v]) / 2
        for k in range(first[v], first[v + 1]):
            at = pairs[k, 0]
            if c[at] != 0:
                c[pairs[k, 1]] += middle * c[at]
                c[at] *= radius


@compiled
def settle(c: Any, x: Any, first: Any, pairs: Any) -> int:
    """Fix every x_v whose linear coefficient outweighs all others of v; the variable to branch on, or -1."""
    n = len(x)
    while True:
        changed, branch, heaviest = False, -1, 0.0
        for v in range(n):
            if x[v] != 0:
                continue
            linear, rest = 0.0, 0.0
            for k in range(first[v], first[v + 1]):
                if pairs[k, 1] == 0:
                    linear = c[pairs[k, 0]]
                else:
                    rest += abs(c[pairs[k, 0]])
            if abs(linear) >= rest:
                x[v] = 1 if linear >= 0 else -1
                changed = True
                for k in range(first[v], first[v + 1]):
                    c[pairs[k, 1]] += x[v] * c[pairs[k, 0]]
                    c[pairs[k, 0]] = 0.0
            elif rest > heaviest:
                branch, heaviest = v, rest
        if not changed:
            return branch


@compiled
def box_maximum(start: Any, low: Any, high: Any, first: Any, pairs: Any, corner: Any) -> float:
    """The maximum over a box; ``corner`` receives a corner (+1 high, -1 low) where it is attained.

    Where more than a few thousand nodes would be needed, an upper bound instead.
    """
    n, size = len(low), len(start)
    stack = np.zeros((n + 2, size))
    signs = np.zeros((n + 2, n), dtype=np.int8)
    stack[0] = start
    centre(stack[0], low, high, first, pairs)
    top, best, nodes, left = 0, -np.inf, 0, -np.inf
    while top >= 0:
        c, x = stack[top], signs[top]
        branch = settle(c, x, first, pairs)
        bound = c[0]
        for k in range(1, size):
            bound += abs(c[k])
        nodes += 1
        if branch < 0:
            if c[0] > best:
                best = c[0]
                corner[:] = x
            top -= 1
            continue
        if bound <= best:
            top -= 1
            continue
        if nodes > _MOST_NODES:
            left = max(left, bound)
            top -= 1
            continue
        stack[top + 1] = c
        signs[top + 1] = x
        for side in range(2):
            at = top + side
            s = 2 * side - 1
            signs[at, branch] = s
            for k in range(first[branch], first[branch + 1]):
                stack[at, pairs[k, 1]] += s * stack[at, pairs[k, 0]]
                stack[at, pairs[k, 0]] = 0.0
        top += 1
    return max(best, left)


@compiled
def size_bound(weights: Any, low: Any, high: Any, first: Any, pairs: Any) -> float:
    """The sum of |coefficient| x |monomial| at the largest absolute values in the box."""
    value = np.ones(len(weights))
    for v in range(len(low)):
        largest = max(abs(low[v]), abs(high[v]))
        for k in range(first[v], first[v + 1]):
            value[pairs[k, 0]] *= largest
    total = 0.0
    for k in range(len(weights)):
        total += weights[k] * value[k]
    return total


@compiled
def rounding(monomials: int, variables: int) -> float:
    """How far rounding can move a maximum, in units of :func:`size_bound`.

    Ends, middles and radii are off by a few units in the last place, a coefficient by one more for each variable and a
    sum by one for each term; each of the variables' signs and each cut of the search is decided by such sums, and a
    wrong decision costs no more than twice the error of its sum.
    """
    return 2 * (variables + 2) * (monomials + 10 * variables + 20) * 2.3e-16


@compiled
def maxima(
    forms: Any, weights: Any, low: Any, high: Any, first: Any, pairs: Any, values: Any, errors: Any, corners: Any
) -> None:
    """For K forms over one box: values [K], bounds on the rounding [K] and maximising corners [K, variables]."""
    factor = rounding(forms.shape[1], len(low))
    for k in range(len(forms)):
        values[k] = box_maximum(forms[k], low, high, first, pairs, corners[k])
        errors[k] = factor * size_bound(weights[k], low, high, first, pairs)


@compiled
def all_negative(
    forms: Any, weights: Any, strict: Any, acts: Any, lows: Any, highs: Any, first: Any, pairs: Any, out: Any
) -> None:
    """out[b]: whether in box b every acting form is at most 0 and every strict one below 0, rounding included."""
    factor = rounding(forms.shape[1], lows.shape[1])
    corner = np.zeros(lows.shape[1], dtype=np.int8)
    for b in range(len(lows)):
        out[b] = True
        for step in range(2):  # the event first: it decides most often
            for k in range(len(forms)):
                if not out[b] or strict[k] != (step == 0) or not (acts[k] or strict[k]):
                    continue
                value = box_maximum(forms[k], lows[b], highs[b], first, pairs, corner)
                error = factor * size_bound(weights[k], lows[b], highs[b], first, pairs)
                if value + error > 0 or (strict[k] and value + error >= 0):
                    out[b] = False


@compiled
def values_at(points: Any, coefficients: Any, first: Any, pairs: Any, out: Any) -> None:
    """out[p, k]: polynomial k at point p."""
    size = coefficients.shape[1]
    monomials = np.ones(size)
    for p in range(len(points)):
        monomials[:] = 1.0
        for v in range(points.shape[1]):
            for k in range(first[v], first[v + 1]):
                monomials[pairs[k, 0]] *= points[p, v]
        for k in range(len(coefficients)):
            total = 0.0
            for j in range(size):
                total += coefficients[k, j] * monomials[j]
            out[p, k] = total
