"""Support enumeration in floating point in which every decision is the sign of a determinant, with a margin.

For supports I, J of equal size k the strategy x on I that makes the opponent indifferent over J is the null vector of
the (k-1) x k matrix of payoff differences, so x_i is proportional to a signed minor N_i, and an outside action j does
better or worse than J by the sign of another determinant S_j. Payoffs lie in [0, 1], nothing is divided, and a sign
counts only where the determinant is beyond the tolerance. ``blamegame.solvers.strategic.batch`` says why a game
without a doubtful sign is solved completely.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled, inlined
from blamegame.solvers.strategic.batches.kernels.dominance import beaten_by, dominated_on, hopeless, undominated

INFEASIBLE, DOUBTFUL, FEASIBLE = -1, 0, 1
SMALLEST_RANGE = 1e-290
WELL_SCALED = (
    1e5  # a sum of minors below this many tolerances costs digits of the probabilities; the exact path has all
)


@compiled
def minors(table: Any, members: Any, rows: int, columns: int, k: int, work: Any, out: Any) -> None:
    """out[i] = signed minor of the differences between ``columns``, leaving out row i: the null vector, unscaled.

    ``table`` is [mixing action, opponent's action]; ``rows`` and ``columns`` are masks. Division-free, by expansion
    along opponents' actions, so the same lines serve floats and integers.
    """
    base = members[columns, 0]
    if k == 2:
        other = members[columns, 1]
        r0, r1 = members[rows, 0], members[rows, 1]
        out[0] = table[r1, other] - table[r1, base]
        out[1] = table[r0, base] - table[r0, other]
        return
    if k == 3:
        second, third = members[columns, 1], members[columns, 2]
        r0, r1, r2 = members[rows, 0], members[rows, 1], members[rows, 2]
        a0 = table[r0, second] - table[r0, base]
        a1 = table[r1, second] - table[r1, base]
        a2 = table[r2, second] - table[r2, base]
        b0 = table[r0, third] - table[r0, base]
        b1 = table[r1, third] - table[r1, base]
        b2 = table[r2, third] - table[r2, base]
        out[0] = a1 * b2 - a2 * b1
        out[1] = a2 * b0 - a0 * b2
        out[2] = a0 * b1 - a1 * b0
        return
    full = (1 << k) - 1
    work[0] = 1
    for subset in range(1, full):
        size = 0
        for t in range(k):
            size += subset >> t & 1
        sign = 1 if size % 2 == 1 else -1
        column = members[columns, size]
        total = work[0] - work[0]
        for t in range(k):
            if subset >> t & 1:
                row = members[rows, t]
                total += sign * (table[row, column] - table[row, base]) * work[subset & ~(1 << t)]
                sign = -sign
        work[subset] = total
    sign = 1
    for t in range(k):
        out[t] = sign * work[full & ~(1 << t)]
        sign = -sign


@compiled
def half(
    table: Any, members: Any, rows: int, columns: int, k: int, alive: int, tolerance: float, work: Any, out: Any
) -> int:
    """Whether some x on ``rows`` makes all of ``columns`` best replies: infeasible, feasible with margin, or doubtful.

    Outside ``columns`` only the opponent's actions in the mask ``alive`` are compared. Where feasible, out[:k] is x.
    """
    minors(table, members, rows, columns, k, work, out)
    positive = False
    negative = False
    clear = True
    total = 0.0
    for t in range(k):
        total += out[t]
        if out[t] > tolerance:
            positive = True
        elif out[t] < -tolerance:
            negative = True
        else:
            clear = False
    if positive and negative:
        return INFEASIBLE
    if not positive and not negative:
        return DOUBTFUL
    base = members[columns, 0]
    outside = alive & ~columns
    j = 0
    while outside >> j:
        if outside >> j & 1:
            gain = 0.0
            for t in range(k):
                row = members[rows, t]
                gain += out[t] * (table[row, j] - table[row, base])
            if negative:
                gain = -gain
            if gain > tolerance:
                return INFEASIBLE
            if gain > -tolerance:
                clear = False
        j += 1
    if not clear or abs(total) < WELL_SCALED * tolerance:
        return DOUBTFUL
    for t in range(k):
        out[t] /= total
    return FEASIBLE


@inlined
def pure_equilibria(
    beats_first: Any,
    beats_second: Any,
    m: int,
    n: int,
    alive_first: int,
    alive_second: int,
    first: Any,
    second: Any,
    start: int,
) -> int:
    """Pure equilibria written from row ``start`` on; how many, or -1 where one is doubtful."""
    found = 0
    for i in range(m):
        if not alive_first >> i & 1:
            continue
        for j in range(n):
            if not alive_second >> j & 1:
                continue
            possible = True
            sure = True
            for other in range(n):
                if other != j and alive_second >> other & 1:
                    possible = possible and not beats_second[other, j] >> i & 1
                    sure = sure and beats_second[j, other] >> i & 1
            if not possible:
                continue
            for other in range(m):
                if other != i and alive_first >> other & 1:
                    possible = possible and not beats_first[other, i] >> j & 1
                    sure = sure and beats_first[i, other] >> j & 1
            if not possible:
                continue
            if not sure:
                return -1
            for row in range(m):
                first[start + found, row] = 0.0
            for column in range(n):
                second[start + found, column] = 0.0
            first[start + found, i] = 1.0
            second[start + found, j] = 1.0
            found += 1
    return found


@inlined
def half_of_two(
    table: Any, r0: int, r1: int, c0: int, c1: int, n_columns: int, alive: int, tolerance: float
) -> tuple[int, float, float]:
    """``half`` for two rows and two columns, most of all calls: (verdict, and x on each row where feasible)."""
    on_r0 = table[r1, c1] - table[r1, c0]
    on_r1 = table[r0, c0] - table[r0, c1]
    if on_r0 + on_r1 < 0.0:
        on_r0 = -on_r0
        on_r1 = -on_r1
    least = min(on_r0, on_r1)
    if least < -tolerance and max(on_r0, on_r1) > tolerance:
        return INFEASIBLE, 0.0, 0.0
    if max(on_r0, on_r1) <= tolerance:
        return DOUBTFUL, 0.0, 0.0
    worst = -np.inf
    for j in range(n_columns):
        if alive >> j & 1 and j != c0 and j != c1:
            gain = on_r0 * (table[r0, j] - table[r0, c0]) + on_r1 * (table[r1, j] - table[r1, c0])
            worst = max(worst, gain)
    if worst > tolerance:
        return INFEASIBLE, 0.0, 0.0
    total = on_r0 + on_r1
    if least <= tolerance or worst >= -tolerance or total < WELL_SCALED * tolerance:
        return DOUBTFUL, 0.0, 0.0
    return FEASIBLE, on_r0 / total, on_r1 / total


@inlined
def pair_equilibria(
    own: Any,
    other: Any,
    m: int,
    n: int,
    tolerance_first: float,
    tolerance_second: float,
    beats_first: Any,
    beats_second: Any,
    alive_first: int,
    alive_second: int,
    first: Any,
    second: Any,
    start: int,
    found: int,
) -> int:
    """Equilibria on two actions each, written from row ``start + found`` on; how many now, or -1 where doubtful."""
    for r1 in range(1, m):
        for r0 in range(r1):
            rows = 1 << r0 | 1 << r1
            if rows & ~alive_first:
                continue
            for c1 in range(1, n):
                for c0 in range(c1):
                    columns = 1 << c0 | 1 << c1
                    if (
                        columns & ~alive_second
                        or rows & ~beats_second[c0, c1] == 0
                        or rows & ~beats_second[c1, c0] == 0
                        or columns & ~beats_first[r0, r1] == 0
                        or columns & ~beats_first[r1, r0] == 0
                    ):
                        continue
                    verdict_x, x0, x1 = half_of_two(other, r0, r1, c0, c1, n, alive_second, tolerance_second)
                    if verdict_x == INFEASIBLE:
                        continue
                    verdict_y, y0, y1 = half_of_two(own, c0, c1, r0, r1, m, alive_first, tolerance_first)
                    if verdict_y == INFEASIBLE:
                        continue
                    if verdict_x == DOUBTFUL or verdict_y == DOUBTFUL:
                        return -1
                    for i in range(m):
                        first[start + found, i] = 0.0
                    for j in range(n):
                        second[start + found, j] = 0.0
                    first[start + found, r0] = x0
                    first[start + found, r1] = x1
                    second[start + found, c0] = y0
                    second[start + found, c1] = y1
                    found += 1
    return found


@inlined
def margin_equilibria(
    own: Any,
    other: Any,
    m: int,
    n: int,
    tolerance_first: float,
    tolerance_second: float,
    masks: Any,
    choose: Any,
    members: Any,
    beats_first: Any,
    beats_second: Any,
    work: Any,
    x: Any,
    y: Any,
    dominated_first: Any,
    dominated_second: Any,
    first: Any,
    second: Any,
    start: int,
) -> int:
    """All equilibria of one game written from row ``start`` on; how many, or -1 where a sign is doubtful.

    ``own`` is [n, m]: the first player's normalised payoffs with the second player's action first; ``other`` is
    [m, n]: the second player's. ``first`` and ``second`` need a row for every pair of supports of equal size;
    the arrays of the third line are scratch. (Arrays one by one, not in tuples: unpacking those costs as much as
    solving a 2 x 3 game.)
    """
    beaten_by(own, n, m, tolerance_first, beats_first)
    beaten_by(other, m, n, tolerance_second, beats_second)
    alive_first, alive_second = undominated(beats_first, beats_second, m, n)
    found = pure_equilibria(beats_first, beats_second, m, n, alive_first, alive_second, first, second, start)
    if found < 0:
        return -1
    n_rows = 0
    for i in range(m):
        n_rows += alive_first >> i & 1
    n_columns = 0
    for j in range(n):
        n_columns += alive_second >> j & 1
    if min(n_rows, n_columns) > 1:
        found = pair_equilibria(
            own,
            other,
            m,
            n,
            tolerance_first,
            tolerance_second,
            beats_first,
            beats_second,
            alive_first,
            alive_second,
            first,
            second,
            start,
            found,
        )
        if found < 0:
            return -1
    for k in range(3, min(n_rows, n_columns) + 1):
        for b in range(choose[n, k]):  # dominated_first[b] serves every support of the first player
            dominated_on(beats_first, alive_first, m, masks[k, b], dominated_first[b])
        for a in range(choose[m, k]):
            rows = masks[k, a]
            if rows & ~alive_first:
                continue
            dominated_on(beats_second, alive_second, n, rows, dominated_second)
            for b in range(choose[n, k]):
                columns = masks[k, b]
                if (
                    columns & ~alive_second
                    or hopeless(dominated_second, members, columns, k)
                    or hopeless(dominated_first[b], members, rows, k)
                ):
                    continue
                verdict_x = half(other, members, rows, columns, k, alive_second, tolerance_second, work, x)
                if verdict_x == INFEASIBLE:
                    continue
                verdict_y = half(own, members, columns, rows, k, alive_first, tolerance_first, work, y)
                if verdict_y == INFEASIBLE:
                    continue
                if verdict_x == DOUBTFUL or verdict_y == DOUBTFUL:
                    return -1
                for i in range(m):
                    first[start + found, i] = 0.0
                for j in range(n):
                    second[start + found, j] = 0.0
                for t in range(k):
                    first[start + found, members[rows, t]] = x[t]
                    second[start + found, members[columns, t]] = y[t]
                found += 1
    return found


@inlined
def normalise(
    payoffs: Any, own: Any, other: Any, m: int, n: int, rounded: bool, tolerance: float
) -> tuple[float, float]:
    """Payoffs of one game, [2, m, n], moved to [0, 1] per player; returns both tolerances, -1 where not finite.

    ``rounded`` says that the floats stand for nearby rationals: the tolerance then grows with payoff over range.
    """
    low0 = high0 = payoffs[0, 0, 0]
    low1 = high1 = payoffs[1, 0, 0]
    finite = True
    for i in range(m):
        for j in range(n):
            u = payoffs[0, i, j]
            v = payoffs[1, i, j]
            finite = finite and np.isfinite(u) and np.isfinite(v)
            low0 = min(low0, u)
            high0 = max(high0, u)
            low1 = min(low1, v)
            high1 = max(high1, v)
    if not finite:
        return -1.0, -1.0
    # halves, so that a range beyond the largest float does not overflow; a range near the smallest float has lost
    # digits, so it counts as no range at all: everything is then a tie, and the exact path decides
    divide0 = 0.5 * high0 - 0.5 * low0
    divide1 = 0.5 * high1 - 0.5 * low1
    if divide0 < SMALLEST_RANGE:
        divide0 = np.inf
    if divide1 < SMALLEST_RANGE:
        divide1 = np.inf
    for i in range(m):
        for j in range(n):
            own[j, i] = (0.5 * payoffs[0, i, j] - 0.5 * low0) / divide0
            other[i, j] = (0.5 * payoffs[1, i, j] - 0.5 * low1) / divide1
    if not rounded:
        return tolerance, tolerance
    return (
        tolerance * max(1.0, 0.5 * max(abs(low0), abs(high0)) / divide0),
        tolerance * max(1.0, 0.5 * max(abs(low1), abs(high1)) / divide1),
    )
