"""Event bounds over (coarse) correlated equilibria of small games: a dense dual simplex, in floats and in integers.

The programme: minimise the probability of some cells over distributions p on cells with G p <= 0, one row of gains per
deviation. Starting with all weight on a cell of least cost, the tableau is dual feasible at once, so there is no first
phase: the dual simplex method restores the incentives one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

CLEAR = 1e-8  # a probability or slack at least this large is not zero
CLEAR_VALUE = 1e-4  # the same for what prices make of a cell, where they may still be moved
CLEAR_PRICE = 1e-5
MOVED = 1e-10  # the most that errors of the gains may move a probability or a bound
GAIN_ERROR = 4e-16  # of gains computed from payoffs that are the game, relative to the largest of their row
ORDINARY = 1e290  # larger (or as much smaller) gains lose digits
SMALLEST_PIVOT = 1e-6
RESIDUAL = 1e-12
GAP = 1e-9
PATIENCE = 40  # pivots by largest violation before Bland's rule, which cannot cycle
MOST_PIVOTS = 400
LARGEST_INTEGER = 4.0e18

DOUBTFUL = -1.0


@compiled
def gain_rows(
    first: Any,
    second: Any,
    coarse: bool,
    cells: Any,
    n_cells: int,
    alive: Any,
    errors: Any,
    gains: Any,
    row_errors: Any,
) -> int:
    """Rows of gains over ``cells`` [n_cells, 2] into ``gains``; how many. Rows of zeros are left out.

    ``first`` and ``second`` are the players' payoffs [m, n] (floats or integers), ``alive`` their two masks of actions.
    ``errors`` [2] says by how much each player's gains may be wrong, and goes into ``row_errors``; -1 where one might
    be zero, or not, because of that.
    """
    m, n = first.shape
    rows = 0
    for player in range(2):
        n_own = m if player == 0 else n
        for obeyed in range(1 if coarse else n_own):
            if not coarse and not alive[player] >> obeyed & 1:
                continue
            for deviation in range(n_own):
                if not alive[player] >> deviation & 1 or (deviation == obeyed and not coarse):
                    continue
                nonzero = False
                for c in range(n_cells):
                    i = cells[c, 0]
                    j = cells[c, 1]
                    value = first[0, 0] - first[0, 0]
                    if coarse or (player == 0 and i == obeyed) or (player == 1 and j == obeyed):
                        if player == 0:
                            value = first[deviation, j] - first[i, j]
                        else:
                            value = second[i, deviation] - second[i, j]
                        if abs(value) <= errors[player] and errors[player] > 0.0 and deviation != (i, j)[player]:
                            return -1
                    gains[rows, c] = value
                    nonzero = nonzero or value != 0
                if nonzero:
                    row_errors[rows] = errors[player]
                    rows += 1
    return rows


@compiled
def start_tableau(gains: Any, n_rows: int, n_cells: int, inside: Any, tableau: Any, basic: Any, free: Any) -> None:
    """Tableau with basic variable i = last entry - sum of the others x free variables; last row the costs.

    Variables 0..n_cells-1 are probabilities, n_cells + r the slack of row r. ``inside`` marks cells of cost 1.
    """
    base = 0
    for c in range(n_cells):
        if not inside[c]:
            base = c
            break
    column = 0
    for c in range(n_cells):
        if c == base:
            continue
        for r in range(n_rows):
            tableau[r, column] = gains[r, c] - gains[r, base]
        tableau[n_rows, column] = 1
        tableau[n_rows + 1, column] = int(inside[c]) - int(inside[base])
        free[column] = c
        column += 1
    for r in range(n_rows):
        tableau[r, column] = -gains[r, base]
        basic[r] = n_cells + r
    tableau[n_rows, column] = 1
    tableau[n_rows + 1, column] = -int(inside[base])
    basic[n_rows] = base


@compiled
def float_bound(
    gains: Any,
    row_errors: Any,
    n_rows: int,
    n_cells: int,
    inside: Any,
    witness: float,
    tableau: Any,
    basic: Any,
    free: Any,
    p: Any,
    prices: Any,
    equations: Any,
) -> float:
    """Smallest probability of the cells ``inside``, or -1 where rounding might have decided something.

    ``witness`` is the smallest probability in a Nash equilibrium. The prices of the incentives, checked against the
    original gains, prove a bound from below; it is trusted where the witness attains it, or the vertex found does with
    a margin: no pivot was small, every probability is clearly positive or left at zero, every incentive is clearly
    slack, solved as an equality, or zero in every cell played, and the errors of the gains, ``row_errors`` (scaled here
    with the rows), hardly move the solution. The bound 1 needs prices that prove it whatever the rounding: their gains
    are above 1/2 outside and, inside, clearly positive, zero term by term, or zero by equations that are clearly
    independent, so that prices close by solve them exactly.
    """
    for r in range(n_rows):
        largest = 0.0
        for c in range(n_cells):
            largest = max(largest, abs(gains[r, c]))
        if not 1.0 / ORDINARY < largest < ORDINARY:
            return DOUBTFUL
        for c in range(n_cells):
            gains[r, c] /= largest
        row_errors[r] = max(row_errors[r] / largest, GAIN_ERROR)
    start_tableau(gains, n_rows, n_cells, inside, tableau, basic, free)
    last = n_cells - 1
    cost = n_rows + 1
    pivots = 0
    while True:
        leaving = -1
        worst = -1e-11
        for r in range(n_rows + 1):
            if tableau[r, last] < worst:
                if pivots < PATIENCE:
                    worst = tableau[r, last]
                    leaving = r
                elif leaving < 0 or basic[r] < basic[leaving]:
                    leaving = r
        if leaving < 0:
            break
        entering = -1
        least = np.inf
        for c in range(last):
            entry = -tableau[leaving, c]
            if entry > 1e-9:
                ratio = tableau[cost, c] / entry
                if ratio < least - 1e-12:
                    least = ratio
                    entering = c
                elif ratio <= least + 1e-12 and (
                    entry > -tableau[leaving, entering] if pivots < PATIENCE else free[c] < free[entering]
                ):
                    least = min(least, ratio)
                    entering = c
        pivots += 1
        if entering < 0 or pivots > MOST_PIVOTS or -tableau[leaving, entering] < SMALLEST_PIVOT:
            return DOUBTFUL
        pivot = tableau[leaving, entering]
        for c in range(last + 1):
            tableau[leaving, c] /= pivot
        for r in range(n_rows + 2):
            factor = tableau[r, entering]
            if r != leaving and factor != 0.0:
                for c in range(last + 1):
                    tableau[r, c] -= factor * tableau[leaving, c]
                tableau[r, entering] = -factor / pivot
        tableau[leaving, entering] = 1.0 / pivot
        basic[leaving], free[entering] = free[entering], basic[leaving]

    for r in range(n_rows):
        prices[r] = 0.0
    for c in range(last):
        if free[c] >= n_cells and tableau[cost, c] > GAP:
            prices[free[c] - n_cells] = tableau[cost, c]
    lower = np.inf
    proves_one = True
    moved = 0.0
    for r in range(n_rows):
        moved += prices[r] * row_errors[r]
        proves_one = proves_one and (prices[r] == 0.0 or prices[r] > CLEAR_PRICE)
    if moved > MOVED:
        return DOUBTFUL
    n_equations = 0
    for k in range(n_cells):
        value = 0.0
        touched = False
        for r in range(n_rows):
            value += prices[r] * gains[r, k]
            touched = touched or (prices[r] > 0.0 and gains[r, k] != 0.0)
        if inside[k]:
            if touched and value <= CLEAR_VALUE:
                equations[n_equations] = k
                n_equations += 1
                proves_one = proves_one and abs(value) <= RESIDUAL
            value += 1.0
        else:
            proves_one = proves_one and value > 0.5
        lower = min(lower, value)
    if lower > 1.0 - CLEAR:
        independent = proves_one and clearly_independent(gains, n_rows, equations, n_equations, prices, tableau)
        return 1.0 if independent else DOUBTFUL
    if witness - lower <= GAP:
        return witness if witness > CLEAR else DOUBTFUL

    for c in range(n_cells):
        p[c] = 0.0
    support = 0
    total = 0.0
    upper = 0.0
    for r in range(n_rows + 1):
        if basic[r] < n_cells and tableau[r, last] > CLEAR:
            p[basic[r]] = tableau[r, last]
            total += tableau[r, last]
            support += 1
            if inside[basic[r]]:
                upper += tableau[r, last]
    if abs(total - 1.0) > 10 * RESIDUAL or upper - lower > GAP:
        return DOUBTFUL
    for r in range(n_rows + 1):
        moved = 0.0
        for c in range(last):
            if free[c] >= n_cells:
                moved += abs(tableau[r, c]) * row_errors[free[c] - n_cells]
        if moved > MOVED:
            return DOUBTFUL
    tight = 1
    for c in range(last):
        if free[c] >= n_cells:
            value, played = average_gain(gains, free[c] - n_cells, p, n_cells)
            if played:
                tight += 1
                if abs(value) > RESIDUAL:
                    return DOUBTFUL
    for b in range(n_rows + 1):
        if basic[b] >= n_cells:
            value, played = average_gain(gains, basic[b] - n_cells, p, n_cells)
            if played and value > -CLEAR:
                return DOUBTFUL
    return upper if tight == support else DOUBTFUL


@compiled
def clearly_independent(gains: Any, n_rows: int, equations: Any, n_equations: int, prices: Any, work: Any) -> bool:
    """Whether the columns ``equations`` of the gains, on the rows with a price, are independent by a clear margin."""
    columns = 0
    for r in range(n_rows):
        if prices[r] > 0.0:
            if columns == work.shape[1]:
                return False
            for e in range(n_equations):
                work[e, columns] = gains[r, equations[e]]
            columns += 1
    if n_equations >= columns:
        return n_equations == 0
    for e in range(n_equations):
        pivot_row = e
        pivot_column = e
        for r in range(e, n_equations):
            for c in range(e, columns):
                if abs(work[r, c]) > abs(work[pivot_row, pivot_column]):
                    pivot_row = r
                    pivot_column = c
        if abs(work[pivot_row, pivot_column]) < 1e-4:
            return False
        for c in range(columns):
            work[e, c], work[pivot_row, c] = work[pivot_row, c], work[e, c]
        for r in range(n_equations):
            work[r, e], work[r, pivot_column] = work[r, pivot_column], work[r, e]
        for r in range(e + 1, n_equations):
            factor = work[r, e] / work[e, e]
            for c in range(e, columns):
                work[r, c] -= factor * work[e, c]
    return True


@compiled
def average_gain(gains: Any, row: int, p: Any, n_cells: int) -> tuple[float, bool]:
    """Expected gain of one deviation under p, and whether any cell played has a gain that is not zero."""
    value = 0.0
    played = False
    for k in range(n_cells):
        if p[k] > 0.0 and gains[row, k] != 0.0:
            played = True
            value += p[k] * gains[row, k]
    return value, played


@compiled
def integer_bound(gains: Any, n_rows: int, n_cells: int, inside: Any, tableau: Any, basic: Any, free: Any) -> Any:
    """The same from integer gains by fraction-free pivots and Bland's rule: (numerator, denominator), exactly.

    Entries are determinants over one common denominator (Edmonds 1967). (-1, 1) where one might not fit 64 bits.
    """
    start_tableau(gains, n_rows, n_cells, inside, tableau, basic, free)
    last = n_cells - 1
    cost = n_rows + 1
    common = np.int64(1)
    while True:
        leaving = -1
        for r in range(n_rows + 1):
            if tableau[r, last] < 0 and (leaving < 0 or basic[r] < basic[leaving]):
                leaving = r
        if leaving < 0:
            return -tableau[cost, last], common
        entering = -1
        for c in range(last):
            if tableau[leaving, c] < 0:
                if entering < 0:
                    entering = c
                    continue
                # cost / entry smaller, or equal with a smaller variable; both entries negative, costs >= 0
                if (
                    float(tableau[cost, c]) * float(tableau[leaving, entering]) < -LARGEST_INTEGER
                    or float(tableau[cost, entering]) * float(tableau[leaving, c]) < -LARGEST_INTEGER
                ):
                    return np.int64(-1), np.int64(1)
                mine = -tableau[cost, c] * tableau[leaving, entering]
                best = -tableau[cost, entering] * tableau[leaving, c]
                if mine < best or (mine == best and free[c] < free[entering]):
                    entering = c
        if entering < 0:
            return np.int64(-1), np.int64(1)
        pivot = tableau[leaving, entering]
        for r in range(n_rows + 2):
            factor = tableau[r, entering]
            if r == leaving:
                continue
            for c in range(last + 1):
                if c == entering:
                    continue
                if (
                    abs(float(tableau[r, c]) * float(pivot)) + abs(float(factor) * float(tableau[leaving, c]))
                    > LARGEST_INTEGER
                ):
                    return np.int64(-1), np.int64(1)
                tableau[r, c] = (tableau[r, c] * pivot - factor * tableau[leaving, c]) // common
            tableau[r, entering] = -factor
        tableau[leaving, entering] = common
        # now every entry is over ``pivot``, which is negative: change all signs
        for r in range(n_rows + 2):
            for c in range(last + 1):
                tableau[r, c] = -tableau[r, c]
        common = -pivot
        basic[leaving], free[entering] = free[entering], basic[leaving]
