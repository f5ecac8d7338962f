"""For a vertex of one best-response polytope, the one strategy of the opponent that could complete it (compiled).

At a vertex x of a simple polytope the actions with positive probability (S) and the best responses (T) are equally
many, so
an equilibrium partner y lives on T and solves A[S, T] y = 1 (before y is normalised). Most candidates are ruled out
by a
certificate in the manner of Farkas, which is checked with directed bounds and needs no regularity of A[S, T].
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled
from blamegame.solvers.strategic.vertices.kernels.float_pivoting import UNIT
from blamegame.solvers.strategic.vertices.kernels.labels import has_label


@compiled
def better_replies(matrix: Any) -> Any:
    """Bit j of [i, k] says that action k is certainly better than action i against j; at most 64 columns."""
    rows, columns = matrix.shape
    out = np.zeros((rows, rows), dtype=np.uint64)
    for i in range(rows):
        for k in range(rows):
            for j in range(columns):
                if matrix[k, j] > matrix[i, j] + 32 * UNIT:
                    out[i, k] |= np.uint64(1) << np.uint64(j)
    return out


@compiled
def split(
    mask: Any, first_structural: Any, structural: Any, first_slack: Any, slack: Any, support: Any, tight: Any
) -> Any:
    """Write the played actions and the best responses of a vertex; returns how many of each."""
    size, binding = 0, 0
    for i in range(structural):
        if not has_label(mask, first_structural + i):
            support[size] = i
            size += 1
    for j in range(slack):
        if has_label(mask, first_slack + j):
            tight[binding] = j
            binding += 1
    return size, binding


@compiled
def _conditionally_dominated(better: Any, support: Any, size: Any, tight: Any) -> Any:
    wanted = np.uint64(0)
    for t in range(size):
        wanted |= np.uint64(1) << np.uint64(tight[t])
    for s in range(size):
        for k in range(better.shape[0]):
            if wanted & ~better[support[s], k] == np.uint64(0):
                return True
    return False


@compiled
def _fill(values: Any, size: Any, by: Any) -> Any:
    for k in range(size):
        values[k] = by


@compiled
def _factorise(matrix: Any, support: Any, tight: Any, size: Any, block: Any, order: Any) -> Any:
    """LU factors of matrix[support, tight] with partial pivoting; False where it looks singular."""
    for a in range(size):
        order[a] = a
        for b in range(size):
            block[a, b] = matrix[support[a], tight[b]]
    for step in range(size):
        best, at = 0.0, -1
        for a in range(step, size):
            if abs(block[a, step]) > best:
                best, at = abs(block[a, step]), a
        if best < 1e-12:
            return False
        if at != step:
            order[step], order[at] = order[at], order[step]
            for b in range(size):
                block[step, b], block[at, b] = block[at, b], block[step, b]
        scale = 1.0 / block[step, step]
        for a in range(step + 1, size):
            factor = block[a, step] * scale
            block[a, step] = factor
            for b in range(step + 1, size):
                block[a, b] -= factor * block[step, b]
    return True


@compiled
def _solve(block: Any, order: Any, size: Any, right: Any, out: Any) -> Any:
    for a in range(size):
        value = right[order[a]]
        for b in range(a):
            value -= block[a, b] * out[b]
        out[a] = value
    for a in range(size - 1, -1, -1):
        value = out[a]
        for b in range(a + 1, size):
            value -= block[a, b] * out[b]
        out[a] = value / block[a, a]


@compiled
def _solve_transposed(block: Any, order: Any, size: Any, right: Any, out: Any, scratch: Any) -> Any:
    for a in range(size):
        value = right[a]
        for b in range(a):
            value -= block[b, a] * scratch[b]
        scratch[a] = value / block[a, a]
    for a in range(size - 1, -1, -1):
        value = scratch[a]
        for b in range(a + 1, size):
            value -= block[b, a] * scratch[b]
        scratch[a] = value
    for a in range(size):
        out[order[a]] = scratch[a]


@compiled
def _refuted(raised: Any, support: Any, tight: Any, size: Any, weights: Any, target: Any, sign: Any, bound: Any) -> Any:
    """Whether sign * (weights @ A[S, T]) <= sign * target is certain after a tiny shift, and its value beats ``bound``.

    For sign = 1 that proves target @ y > bound on the whole candidate set, for sign = -1 target @ y < bound.
    """
    unit = 4.0 * (raised.shape[1] + 10) * UNIT
    total, weight, excess = 0.0, 0.0, 0.0
    for s in range(size):
        total += weights[s]
        weight += abs(weights[s])
    for t in range(size):
        value = 0.0
        for s in range(size):
            value += weights[s] * raised[support[s], tight[t]]
        excess = max(excess, sign * (value - target[t]))
    # entries of ``raised`` lie in [1, 2], so lowering every weight by this much lowers every sum by at least as much
    shift = (excess + unit * (2.0 * weight + 4.0)) * (1.0 + unit)
    return sign * (total - bound) > (size * shift + unit * (weight + 1.0)) * (1.0 + unit)


@compiled
def candidates(
    masks: Any, first: Any, count: Any, raised: Any, better: Any, first_structural: Any, first_slack: Any, out: Any
) -> Any:
    """Positions in ``masks`` whose partner could not be ruled out.

    ``raised``, shape [n_structural, n_slack], holds the payoffs of the player whose strategies the masks describe, each
    column mapped to [1, 2]; ``better`` comes from :func:`better_replies` (no rows: do not use). Returns (how many
    positions were written, where to continue).
    """
    structural, slack = raised.shape
    support = np.empty(structural, dtype=np.int64)
    tight = np.empty(slack, dtype=np.int64)
    width = min(structural, slack) + 1
    order = np.empty(width, dtype=np.int64)
    block = np.empty((width, width))
    right = np.ones(max(structural, slack))
    partner, weights, scratch = np.empty(width), np.empty(width), np.empty(width)
    found = 0
    for position in range(first, count):
        if found == out.size:
            return found, position
        size, binding = split(masks[position], first_structural, structural, first_slack, slack, support, tight)
        if size == 0 or size != binding:
            continue  # the origin
        if better.shape[0] > 0 and _conditionally_dominated(better, support, size, tight):
            continue
        if _factorise(raised, support, tight, size, block, order):
            _fill(right, size, 1.0)
            _solve(block, order, size, right, partner)
            lowest, at = -1e-9, -1
            for t in range(size):
                if partner[t] < lowest:
                    lowest, at = partner[t], t
            if at >= 0:
                _fill(right, size, 0.0)
                right[at] = 1.0
                _solve_transposed(block, order, size, right, weights, scratch)
                if _refuted(raised, support, tight, size, weights, right, -1.0, 0.0):
                    continue
            else:
                highest = 1.0 + 1e-9
                played = 0
                for i in range(structural):
                    if played < size and support[played] == i:
                        played += 1
                        continue
                    value = 0.0
                    for t in range(size):
                        value += raised[i, tight[t]] * partner[t]
                    if value > highest:
                        highest, at = value, i
                if at >= 0:
                    for t in range(size):
                        right[t] = raised[at, tight[t]]
                    _solve_transposed(block, order, size, right, weights, scratch)
                    if _refuted(raised, support, tight, size, weights, right, 1.0, 1.0):
                        continue
        out[found] = position
        found += 1
    return found, count


@compiled
def certain_solution(matrix: Any, rows_used: Any, columns_used: Any, size: Any, out: Any) -> Any:
    """Solve matrix[rows_used, columns_used] z = 1 and prove z > 0 and matrix[other rows] z < 1.

    ``out`` is filled with z (0 elsewhere). True where everything strict is proved, for every matrix whose entries
    differ by
    at most 4 units in the last place, and z is proved accurate to ten digits. One step of refinement usually makes
    it accurate
    to the last digit or two.
    """
    rows = matrix.shape[0]
    inverse = np.empty((size, size))
    block = np.empty((size, size))
    order = np.empty(size, dtype=np.int64)
    _fill(out, out.size, 0.0)
    if not _factorise(matrix, rows_used, columns_used, size, block, order):
        return False
    right, solution = np.zeros(size), np.empty(size)
    for b in range(size):
        right[b] = 1.0
        _solve(block, order, size, right, solution)
        for a in range(size):
            inverse[a, b] = solution[a]
        right[b] = 0.0
    unit = 4.0 * (matrix.shape[1] + 10) * UNIT
    _fill(right, size, 1.0)
    _solve(block, order, size, right, solution)
    for a in range(size):
        load = 0.0
        for b in range(size):
            load += matrix[rows_used[a], columns_used[b]] * solution[b]
        right[a] = 1.0 - load
    correction = np.empty(size)
    _solve(block, order, size, right, correction)
    residual, norm, worst = 0.0, 0.0, 0.0
    for a in range(size):
        solution[a] += correction[a]
        out[columns_used[a]] = solution[a]
    for a in range(size):
        load, weight = 0.0, 0.0
        for b in range(size):
            load += matrix[rows_used[a], columns_used[b]] * solution[b]
            weight += matrix[rows_used[a], columns_used[b]] * abs(solution[b])
        residual = max(residual, abs(1.0 - load) + unit * (1.0 + weight))
        total, size_of_row, rounding = 0.0, 0.0, 1.0
        for b in range(size):
            entry = 0.0
            for c in range(size):
                entry += inverse[a, c] * matrix[rows_used[c], columns_used[b]]
                rounding += abs(inverse[a, c]) * matrix[rows_used[c], columns_used[b]]
            total += abs(entry - (1.0 if a == b else 0.0))
            size_of_row += abs(inverse[a, b])
        worst = max(worst, total + unit * rounding)
        norm = max(norm, size_of_row)
    if not worst < 0.5:
        return False
    error = 2.0 * norm * residual * (1.0 + unit)
    for b in range(size):
        if not solution[b] > error * (1.0 + unit) or not error < 1e-10 * solution[b]:
            return False
    played = 0
    for i in range(rows):
        if played < size and rows_used[played] == i:
            played += 1
            continue
        load, weight = 0.0, 0.0
        for b in range(size):
            load += matrix[i, columns_used[b]] * solution[b]
            weight += matrix[i, columns_used[b]]
        if not 1.0 - load > (weight * error + unit * (1.0 + load)) * (1.0 + 4 * unit):
            return False
    return True


@compiled
def _place(solution: Any, scales: Any, actions: Any, out: Any) -> Any:
    """Write ``solution`` / ``scales``, normalised, to the places ``actions`` of ``out``; whether all is finite."""
    total = 0.0
    for a in range(actions.size):
        solution[a] /= scales[a]
        total += solution[a]
    finite = True
    _fill(out, out.size, 0.0)
    for a in range(actions.size):
        out[actions[a]] = solution[a] / total
        finite = finite and np.isfinite(out[actions[a]])
    return finite


@compiled
def certain_pairs(
    masks: Any, positions: Any, own: Any, other: Any, first_structural: Any, first_slack: Any, own_scales: Any,
    other_scales: Any, own_actions: Any, other_actions: Any, x: Any, y: Any, proved: Any,
) -> Any:  # fmt: skip
    """Both strategies of each candidate, and whether both are proved.

    ``own`` [n_structural, n_slack]: payoffs of the player who mixes over the structural labels; ``other``
    [n_slack, n_structural]: the opponent's; both with entries in [0, 1], each column divided by its entry of
    ``own_scales`` or ``other_scales``. Probabilities go to the places ``own_actions`` of the rows of ``x`` and
    ``other_actions`` of ``y``, 0 elsewhere.
    """
    structural, slack = own.shape
    support = np.empty(structural, dtype=np.int64)
    tight = np.empty(slack, dtype=np.int64)
    first, second = np.empty(structural), np.empty(slack)
    for e in range(positions.size):
        size, _ = split(masks[positions[e]], first_structural, structural, first_slack, slack, support, tight)
        certain = certain_solution(other, tight, support, size, first)
        certain = certain_solution(own, support, tight, size, second) and certain
        finite = _place(first, other_scales, own_actions, x[e])
        finite = _place(second, own_scales, other_actions, y[e]) and finite
        proved[e] = certain and finite
