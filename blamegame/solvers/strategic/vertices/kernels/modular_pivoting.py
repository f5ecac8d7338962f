"""All vertices of a polytope {x >= 0, M x <= 1}, degenerate or not, by exact pivoting (compiled).

Every number of a tableau is an integer divided by the determinant of the basis, and is stored as residues modulo
several
primes below 2**25 (a residue number system), so that products are exact in ``float64`` and vectorise. The product of
the primes exceeds four times Hadamard's bound on every minor of [M | 1], so mixed-radix conversion gives exact signs.

Ties are broken by the lexicographic rule (right-hand sides 1 + e, 1 + e**2, ...), which makes the polytope simple
without
moving any vertex: each vertex of the original belongs to at least one lexicographically feasible basis.

A tableau in ordinary floats runs along and *suggests* ratio tests; every basis visited is then checked exactly, and the
set of checked bases is closed under pivots, which proves that it is all of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled, inlined
from blamegame.solvers.strategic.vertices.kernels.float_pivoting import NONE
from blamegame.solvers.strategic.vertices.kernels.float_pivoting import pivot as float_pivot
from blamegame.solvers.strategic.vertices.kernels.labels import find, flip_label, has_label, put

DONE, BUDGET, FULL, MISLED, UNLUCKY = 0, 1, 2, 3, 4
COUNT, STACK, VISITED, VERTICES = 0, 1, 2, 3


@inlined
def _times(a: Any, b: Any, prime: Any, inverse: Any) -> Any:
    product = a * b
    rest = product - np.floor(product * inverse) * prime
    if rest < 0.0:
        rest += prime
    if rest >= prime:
        rest -= prime
    return rest


@compiled
def modular_inverse(a: Any, prime: Any) -> Any:
    """The inverse of ``a`` modulo ``prime`` (Euclid)."""
    r0, r1 = np.int64(prime), np.int64(a)
    s0, s1 = np.int64(0), np.int64(1)
    while r1 != 0:
        quotient = r0 // r1
        r0, r1 = r1, r0 - quotient * r1
        s0, s1 = s1, s0 - quotient * s1
    return np.float64(s0 % np.int64(prime))


@compiled
def _sign(residues: Any, primes: Any, inverses: Any, garner: Any, digits: Any) -> Any:
    """Sign of the integer with these residues; at most a quarter of the product of the primes in size."""
    count = primes.size
    zero = True
    for i in range(count):
        if residues[i] != 0.0:
            zero = False
            break
    if zero:
        return 0
    for i in range(count):
        value = residues[i]
        for j in range(i):
            value -= digits[j]
            value -= np.floor(value * inverses[i]) * primes[i]
            if value < 0.0:
                value += primes[i]
            value = _times(value, garner[j, i], primes[i], inverses[i])
        digits[i] = value
    return 1 if digits[count - 1] * 2.0 < primes[count - 1] else -1


@compiled
def _pivot(
    table: Any, value: Any, determinant: Any, row: Any, column: Any, primes: Any, inverses: Any, line: Any
) -> Any:
    """Exchange in every residue; the pivot must not vanish modulo any prime."""
    rows, columns = table.shape[1], table.shape[2]
    for q in range(primes.size):
        prime, inverse = primes[q], inverses[q]
        determinant[q] = _times(determinant[q], table[q, row, column], prime, inverse)
        scale = modular_inverse(table[q, row, column], prime)
        for c in range(columns):
            line[c] = _times(table[q, row, c], scale, prime, inverse)
        line[column] = scale
        level = _times(value[q, row], scale, prime, inverse)
        for r in range(rows):
            if r == row:
                continue
            factor = table[q, r, column]
            if factor == 0.0:
                continue
            table[q, r, column] = 0.0
            for c in range(columns):
                product = factor * line[c]
                rest = table[q, r, c] - (product - np.floor(product * inverse) * prime)
                rest = rest + prime if rest < 0.0 else rest
                table[q, r, c] = rest - prime if rest >= prime else rest
            rest = value[q, r] - _times(factor, level, prime, inverse)
            value[q, r] = rest + prime if rest < 0.0 else rest
        for c in range(columns):
            table[q, row, c] = line[c]
        value[q, row] = level


@compiled
def _travel(
    table: Any,
    value: Any,
    determinant: Any,
    floats: Any,
    float_value: Any,
    basic: Any,
    cobasic: Any,
    target: Any,
    primes: Any,
    inverses: Any,
    line: Any,
    float_line: Any,
) -> Any:
    for c in range(cobasic.size):
        if has_label(target, cobasic[c]):
            continue
        best, at = -1.0, NONE
        for r in range(basic.size):
            if has_label(target, basic[r]):
                size = abs(floats[r, c])
                if not size >= 0.0:
                    size = 0.0
                if size > best:
                    regular = True
                    for q in range(primes.size):
                        regular = regular and table[q, r, c] != 0.0
                    if regular:
                        best, at = size, r
        if at < 0:
            return False
        _pivot(table, value, determinant, at, c, primes, inverses, line)
        float_pivot(floats, float_value, at, c, float_line)
        basic[at], cobasic[c] = cobasic[c], basic[at]
    return True


@compiled
def explore(
    residues: Any, start: Any, first_structural: Any, first_slack: Any, primes: Any, inverses: Any, garner: Any,
    trust: Any,
    table: Any, value: Any, determinant: Any, floats: Any, float_value: Any, basic: Any, cobasic: Any,
    masks: Any, index: Any, stack: Any, vertices: Any, vertex_index: Any, vertex_basis: Any, state: Any, budget: Any,
) -> Any:  # fmt: skip
    """Visit up to ``budget`` further bases, depth first; resumable.

    ``masks`` are the cobasic labels of bases; ``vertices`` all the labels of each vertex met, ``vertex_basis`` one
    basis
    of it. Suggestions of the float tableau ``floats`` count only when they exceed ``trust`` (infinity: never).
    Returns DONE, BUDGET, FULL (``masks`` or ``vertices`` must grow), MISLED (a suggestion was wrong: start again
    with less
    trust) or UNLUCKY (a determinant vanished modulo a prime: start again with other primes).
    """
    rows, columns, count = basic.size, cobasic.size, primes.size
    line, float_line = np.empty(columns), np.empty(floats.shape[1])
    digits, number = np.empty(count), np.empty(count)
    here = np.empty(masks.shape[1], dtype=np.uint64)
    labels = np.empty(masks.shape[1], dtype=np.uint64)
    column_of = np.empty(rows, dtype=np.int64)
    signs = np.empty(rows, dtype=np.int64)
    for _ in range(budget):
        if state[STACK] == 0:
            return DONE
        if state[COUNT] + columns > masks.shape[0] or state[VERTICES] >= vertices.shape[0]:
            return FULL
        state[STACK] -= 1
        position = stack[state[STACK]]
        put(here, masks[position])
        steps, support = 0, columns
        for c in range(columns):
            if not has_label(here, cobasic[c]):
                steps += 1
            if has_label(here, first_structural + c):
                support -= 1
        state[4] += steps
        reached = False
        if steps <= support and state[4] <= 32:
            reached = _travel(
                table, value, determinant, floats, float_value, basic, cobasic, here, primes, inverses, line, float_line
            )
        if not reached:
            for q in range(count):
                determinant[q] = 1.0
                for r in range(rows):
                    value[q, r] = 1.0
                    put(table[q, r], residues[q, r])
            for r in range(rows):
                put(floats[r], start[r])
                float_value[r] = 1.0
                basic[r] = first_slack + r
            for c in range(columns):
                cobasic[c] = first_structural + c
            state[4] = support
            if not _travel(
                table, value, determinant, floats, float_value, basic, cobasic, here, primes, inverses, line, float_line
            ):
                return UNLUCKY
        state[VISITED] += 1
        orientation = _sign(determinant, primes, inverses, garner, digits)

        # exactly: is this basis lexicographically feasible, and which labels has its vertex?
        for r in range(rows):
            column_of[r] = -1
        for c in range(columns):
            j = cobasic[c] - first_slack
            if 0 <= j < rows:
                column_of[j] = c
        put(labels, here)
        for r in range(rows):
            for q in range(count):
                number[q] = _times(value[q, r], determinant[q], primes[q], inverses[q])
            signs[r] = orientation * _sign(number, primes, inverses, garner, digits)
            first = signs[r]
            if first == 0:
                flip_label(labels, basic[r])
                for j in range(rows):
                    c = column_of[j]
                    if c < 0:
                        first = 1 if basic[r] == first_slack + j else 0
                    else:
                        for q in range(count):
                            number[q] = _times(table[q, r, c], determinant[q], primes[q], inverses[q])
                        first = orientation * _sign(number, primes, inverses, garner, digits)
                    if first != 0:
                        break
            if first <= 0:
                return MISLED
        known, cell = find(labels, vertices, vertex_index)
        if known < 0:
            put(vertices[state[VERTICES]], labels)
            vertex_basis[state[VERTICES]] = position
            vertex_index[cell] = state[VERTICES]
            state[VERTICES] += 1

        for c in range(columns):
            leaving = -1
            for r in range(rows):
                hint = floats[r, c]
                if not (hint > trust or hint < -trust):
                    for q in range(count):
                        number[q] = _times(table[q, r, c], determinant[q], primes[q], inverses[q])
                    hint = 1.0 * orientation * _sign(number, primes, inverses, garner, digits)
                if not hint > 0.0:
                    continue
                if leaving < 0:
                    leaving = r
                    continue
                # does row r reach zero before row ``leaving``, lexicographically?
                left, right = float_value[r] * floats[leaving, c], float_value[leaving] * floats[r, c]
                scale = trust * (1.0 + abs(left) + abs(right))
                if left > right + scale:
                    continue
                if left < right - scale:
                    leaving = r
                    continue
                order = 0
                for j in range(-1, rows):
                    d = column_of[j] if j >= 0 else -1
                    for q in range(count):
                        if j < 0:
                            one, two = value[q, r], value[q, leaving]
                        elif d >= 0:
                            one, two = table[q, r, d], table[q, leaving, d]
                        else:
                            one = 1.0 if basic[r] == first_slack + j else 0.0
                            two = 1.0 if basic[leaving] == first_slack + j else 0.0
                        first_part = _times(one, table[q, leaving, c], primes[q], inverses[q])
                        second_part = _times(two, table[q, r, c], primes[q], inverses[q])
                        difference = first_part - second_part
                        if difference < 0.0:
                            difference += primes[q]
                        number[q] = _times(difference, determinant[q], primes[q], inverses[q])
                    order = orientation * _sign(number, primes, inverses, garner, digits)
                    if order != 0:
                        break
                if order < 0:
                    leaving = r
            if leaving < 0:
                return MISLED
            flip_label(here, cobasic[c])
            flip_label(here, basic[leaving])
            known, cell = find(here, masks, index)
            if known < 0:
                put(masks[state[COUNT]], here)
                index[cell] = state[COUNT]
                stack[state[STACK]] = state[COUNT]
                state[STACK] += 1
                state[COUNT] += 1
            flip_label(here, cobasic[c])
            flip_label(here, basic[leaving])
    return DONE if state[STACK] == 0 else BUDGET


@compiled
def partners(
    first_masks: Any,
    start: Any,
    stop: Any,
    second_masks: Any,
    second_table: Any,
    everything: Any,
    crowded: Any,
    tight_first: Any,
    pairs: Any,
) -> Any:
    """Pairs (i, j) of vertices that have every label between them, i in ``start .. stop``.

    ``crowded`` lists the degenerate vertices of the second polytope (more labels than dimensions). A vertex of the
    first
    with exactly ``tight_first`` labels can only meet those and the one vertex that has just the missing labels.
    Returns (pairs written, where to continue).
    """
    words = everything.size
    wanted = np.empty(words, dtype=np.uint64)
    found = 0
    for i in range(start, stop):
        if found + second_masks.shape[0] > pairs.shape[0]:
            return found, i
        labels = 0
        for w in range(words):
            wanted[w] = everything[w] & ~first_masks[i, w]
            bits = first_masks[i, w]
            while bits != np.uint64(0):
                bits &= bits - np.uint64(1)
                labels += 1
        simple = labels == tight_first
        if simple:
            j, _ = find(wanted, second_masks, second_table)
            if j >= 0:
                pairs[found, 0], pairs[found, 1] = i, j
                found += 1
        for k in range(crowded.size if simple else second_masks.shape[0]):
            j = crowded[k] if simple else k
            fits = True
            for w in range(words):
                if wanted[w] & ~second_masks[j, w] != np.uint64(0):
                    fits = False
                    break
            if fits:
                pairs[found, 0], pairs[found, 1] = i, j
                found += 1
    return found, stop
