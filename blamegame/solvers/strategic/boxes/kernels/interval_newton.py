"""Interval branch and prune on the indifference equations of one support profile (compiled).

A *form* is a table of multilinear functions of the other players' probabilities. All forms of a system lie one after
the other in ``data``; form f has ``rows[f]`` functions, starts at ``offset[f]``, and is contracted with the players
``axes[f, : n_axes[f]]``, last axis first. Unknowns are the supported actions' probabilities; those of player p are
``start[p] : start[p + 1]``, the last of which is one minus the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled

SLACK = 1e-12
"""Every bound is widened by this. Payoffs are scaled to [0, 1] and a bound is fewer than a thousand sums and products
of numbers that small, each off by at most 2**-53, so that 1e-12 covers all rounding."""

DROPPED, KEPT, PROVED = 0, 1, 2


@compiled
def largest(values: Any, sign: Any, base: Any, low: Any, high: Any, first: Any, n: Any, order: Any) -> Any:
    """max of sign * values . p over low <= p <= high with sum p = 1, by filling the most valuable first."""
    for k in range(n):
        order[k] = k
    for k in range(1, n):  # insertion sort, descending
        item = order[k]
        at = k
        while at > 0 and sign * values[base + order[at - 1]] < sign * values[base + item]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = item
    left = 1.0
    total = 0.0
    for k in range(n):
        left -= low[first + k]
        total += sign * values[base + k] * low[first + k]
    for k in range(n):
        room = min(high[first + order[k]] - low[first + order[k]], left)
        if room <= 0.0:
            break
        total += sign * values[base + order[k]] * room
        left -= room
    if left > 0.0:  # the box misses the simplex by rounding: still a bound
        total += left * abs(values[base + order[0]])
    elif left < 0.0:
        total += -left * abs(values[base + order[0]])
    return total


@compiled
def evaluate(
    form: Any,
    data: Any,
    offset: Any,
    rows: Any,
    n_axes: Any,
    axes: Any,
    start: Any,
    low: Any,
    high: Any,
    least: Any,
    most: Any,
    order: Any,
) -> Any:
    """Bounds of one form over a box, left in ``least[:rows]`` and ``most[:rows]``."""
    size = rows[form]
    for k in range(n_axes[form]):
        size *= start[axes[form, k] + 1] - start[axes[form, k]]
    for k in range(size):
        least[k] = data[offset[form] + k]
        most[k] = data[offset[form] + k]
    for axis in range(n_axes[form] - 1, -1, -1):
        first = start[axes[form, axis]]
        n = start[axes[form, axis] + 1] - first
        size //= n
        for k in range(
            size
        ):  # entry k is written after entries k n .. k n + n - 1, none of them needed later, are read
            bottom = -largest(least, -1.0, k * n, low, high, first, n, order)
            top = largest(most, 1.0, k * n, low, high, first, n, order)
            least[k] = bottom
            most[k] = top
    for k in range(rows[form]):
        least[k] -= SLACK
        most[k] += SLACK


@compiled
def tighten(start: Any, low: Any, high: Any) -> Any:
    """Cut the box down by probabilities summing to one; False where nothing is left."""
    for player in range(len(start) - 1):
        first, last = start[player], start[player + 1]
        sum_low = 0.0
        sum_high = 0.0
        for k in range(first, last):
            sum_low += low[k]
            sum_high += high[k]
        for k in range(first, last):
            new_high = 1.0 - (sum_low - low[k]) + SLACK
            new_low = 1.0 - (sum_high - high[k]) - SLACK
            high[k] = min(high[k], new_high)
            low[k] = max(low[k], new_low)
        for k in range(first, last):
            if low[k] > high[k]:
                return False
    return True


@compiled
def can_hold(
    n_players: Any,
    data: Any,
    offset: Any,
    rows: Any,
    n_axes: Any,
    axes: Any,
    start: Any,
    low: Any,
    high: Any,
    least: Any,
    most: Any,
    order: Any,
) -> Any:
    """Whether all equations may vanish and all conditions may hold over the box. Forms 2p, 2p + 1 are player p's."""
    for player in range(n_players):
        evaluate(2 * player, data, offset, rows, n_axes, axes, start, low, high, least, most, order)
        for k in range(rows[2 * player]):
            if least[k] > 0.0 or most[k] < 0.0:
                return False
        evaluate(2 * player + 1, data, offset, rows, n_axes, axes, start, low, high, least, most, order)
        for k in range(rows[2 * player + 1]):
            if least[k] > 0.0:
                return False
    return True


@compiled
def complete(start: Any, free: Any, image: Any, point: Any) -> Any:
    """All probabilities from the free ones."""
    for k in range(len(free)):
        point[free[k]] = image[k]
    for player in range(len(start) - 1):
        rest = 1.0
        for k in range(start[player], start[player + 1] - 1):
            rest -= point[k]
        point[start[player + 1] - 1] = rest


@compiled
def widen(start: Any, low: Any, high: Any) -> Any:
    """Give the last probability of each player all values that follow from the box of the others."""
    for player in range(len(start) - 1):
        last = start[player + 1] - 1
        low[last] = 1.0 + SLACK
        high[last] = 1.0 - SLACK
        for k in range(start[player], last):
            low[last] -= high[k]
            high[last] -= low[k]
        low[last], high[last] = low[last] - 2.0 * SLACK, high[last] + 2.0 * SLACK


@compiled
def copy(source: Any, target: Any) -> Any:
    """Element by element: assignments of slices compile slowly, for the sake of their error messages."""
    for k in range(len(target)):
        target[k] = source[k]


@compiled
def invert(matrix: Any, inverse: Any) -> Any:
    """Gauss and Jordan's inverse with partial pivoting, destroying ``matrix``; False where it is nearly singular.

    Any approximate inverse will do: what it misses is part of the image. (numpy's takes seconds to compile.)
    """
    d = len(matrix)
    for k in range(d):
        for j in range(d):
            inverse[k, j] = 1.0 if j == k else 0.0
    determinant = 1.0
    for k in range(d):
        top = k
        for i in range(k + 1, d):
            if abs(matrix[i, k]) > abs(matrix[top, k]):
                top = i
        determinant *= matrix[top, k]
        if abs(determinant) < 1e-14:
            return False
        for j in range(d):
            matrix[k, j], matrix[top, j] = matrix[top, j], matrix[k, j]
            inverse[k, j], inverse[top, j] = inverse[top, j], inverse[k, j]
        scale = 1.0 / matrix[k, k]
        for j in range(d):
            matrix[k, j] *= scale
            inverse[k, j] *= scale
        for i in range(d):
            factor = matrix[i, k]
            if i != k and factor != 0.0:
                for j in range(d):
                    matrix[i, j] -= factor * matrix[k, j]
                    inverse[i, j] -= factor * inverse[k, j]
    return True


@compiled
def newton_image(
    n_players: Any,
    slopes: Any,
    data: Any,
    offset: Any,
    rows: Any,
    n_axes: Any,
    axes: Any,
    start: Any,
    free: Any,
    low: Any,
    high: Any,
    image_low: Any,
    image_high: Any,
) -> Any:
    """Krawczyk's image of a box in the free unknowns; False where no preconditioner was found.

    The mean value theorem needs slopes over the whole box of *free* unknowns, so the dependent ones are first given
    every value that follows from those (:func:`widen`, which the caller has done).

    ``slopes[p, j]`` is the form of player p's derivatives in player j's free unknowns, -1 where there are none.
    """
    d = len(free)
    least = np.empty(len(data))
    most = np.empty(len(data))
    order = np.empty(64, np.int64)
    centre = np.zeros((d, d))
    spread = np.zeros((d, d))
    matrix = np.empty((d, d))
    row = 0
    for player in range(n_players):
        count = rows[2 * player]
        column = 0
        for other in range(n_players):
            width = start[other + 1] - start[other] - 1
            form = slopes[player, other]
            if form >= 0:
                evaluate(form, data, offset, rows, n_axes, axes, start, low, high, least, most, order)
                for e in range(count):
                    for k in range(width):
                        centre[row + e, column + k] = (least[e * width + k] + most[e * width + k]) / 2
                        spread[row + e, column + k] = (most[e * width + k] - least[e * width + k]) / 2
            column += width
        row += count
    inverse = np.empty((d, d))
    for k in range(d):
        copy(centre[k], matrix[k])
    if not invert(matrix, inverse):
        return False
    middle = np.empty(d)
    radius = np.empty(d)
    for k in range(d):
        middle[k] = (low[free[k]] + high[free[k]]) / 2
        radius[k] = (high[free[k]] - low[free[k]]) / 2
    point = np.empty(start[n_players])
    complete(start, free, middle, point)
    value = np.empty(d)
    value_spread = np.empty(d)
    row = 0
    for player in range(n_players):
        evaluate(2 * player, data, offset, rows, n_axes, axes, start, point, point, least, most, order)
        for e in range(rows[2 * player]):
            value[row + e] = (least[e] + most[e]) / 2
            value_spread[row + e] = (most[e] - least[e]) / 2
        row += rows[2 * player]
    largest_value = 0.0
    for k in range(d):
        largest_value = max(largest_value, abs(value[k]))
    for k in range(d):
        step = 0.0
        reach = 0.0
        total = 0.0
        for j in range(d):
            defect = 0.0 if k != j else -1.0
            loose = 0.0
            for i in range(d):
                defect += inverse[k, i] * centre[i, j]
                loose += abs(inverse[k, i]) * spread[i, j]
            step += inverse[k, j] * value[j]
            reach += (abs(defect) + loose) * radius[j] + abs(inverse[k, j]) * value_spread[j]
            total += abs(inverse[k, j])
        margin = reach + 1e-13 * (1.0 + total) * (1.0 + largest_value)
        image_low[k] = middle[k] - step - margin
        image_high[k] = middle[k] - step + margin
    return True


@compiled
def search(
    budget: Any, stack: Any, height: Any, proved: Any, n_proved: Any, undecided: Any, n_undecided: Any, system: Any
) -> Any:
    """Look at up to ``budget`` boxes of the stack; new heights of the stack and of both lists, and the boxes seen.

    ``proved`` gets pairs (neighbourhood, the box inside it that holds its only root); ``undecided`` gets boxes.
    """
    n_players, slopes, data, offset, rows, n_axes, axes, start, free, radii, smallest = system
    n = start[n_players]
    d = len(free)
    least = np.empty(len(data))
    most = np.empty(len(data))
    order = np.empty(64, np.int64)
    image_low = np.empty(d)
    image_high = np.empty(d)
    low = np.empty(n)
    high = np.empty(n)
    near_low = np.empty(n)
    near_high = np.empty(n)
    seen = 0
    while height > 0 and seen < budget and n_proved < len(proved) and n_undecided < len(undecided):
        height -= 1
        seen += 1
        copy(stack[height, 0], low)
        copy(stack[height, 1], high)
        if not tighten(start, low, high):
            continue
        if _inside_proved(proved, n_proved, free, low, high):
            continue
        if not can_hold(n_players, data, offset, rows, n_axes, axes, start, low, high, least, most, order):
            continue
        gone = False
        for _ in range(4):  # contract while it pays
            copy(low, near_low)
            copy(high, near_high)
            widen(start, near_low, near_high)
            if not newton_image(
                n_players,
                slopes,
                data,
                offset,
                rows,
                n_axes,
                axes,
                start,
                free,
                near_low,
                near_high,
                image_low,
                image_high,
            ):
                break
            before = 0.0
            after = 0.0
            for k in range(d):
                before += high[free[k]] - low[free[k]]
                low[free[k]] = max(low[free[k]], image_low[k])
                high[free[k]] = min(high[free[k]], image_high[k])
                after += high[free[k]] - low[free[k]]
                gone = gone or low[free[k]] > high[free[k]]
            if gone or not tighten(start, low, high):
                gone = True
                break
            if after > 0.7 * before:
                break
        if gone:
            continue
        if not can_hold(n_players, data, offset, rows, n_axes, axes, start, low, high, least, most, order):
            continue
        widest = 0
        for k in range(n):
            if high[k] - low[k] > high[widest] - low[widest]:
                widest = k
        width = high[widest] - low[widest]
        if width < radii[0]:
            middle = np.empty(d)
            for k in range(d):
                middle[k] = (low[free[k]] + high[free[k]]) / 2
            for _ in range(3):  # aim at the root
                complete(start, free, middle, near_low)
                copy(near_low, near_high)
                if newton_image(
                    n_players,
                    slopes,
                    data,
                    offset,
                    rows,
                    n_axes,
                    axes,
                    start,
                    free,
                    near_low,
                    near_high,
                    image_low,
                    image_high,
                ):
                    for k in range(d):
                        middle[k] = (image_low[k] + image_high[k]) / 2
            for radius in radii:
                complete(start, free, middle, near_low)
                copy(near_low, near_high)
                for k in range(n):
                    near_low[k] -= radius
                    near_high[k] += radius
                widen(start, near_low, near_high)
                if not newton_image(
                    n_players,
                    slopes,
                    data,
                    offset,
                    rows,
                    n_axes,
                    axes,
                    start,
                    free,
                    near_low,
                    near_high,
                    image_low,
                    image_high,
                ):
                    continue
                strict = True
                for k in range(d):
                    strict = strict and near_low[free[k]] < image_low[k] and image_high[k] < near_high[free[k]]
                if strict:
                    copy(near_low, proved[n_proved, 0])
                    copy(near_high, proved[n_proved, 1])
                    copy(near_low, proved[n_proved, 2])
                    copy(near_high, proved[n_proved, 3])
                    for k in range(d):
                        proved[n_proved, 2, free[k]] = image_low[k]
                        proved[n_proved, 3, free[k]] = image_high[k]
                    n_proved += 1
                    break
            if _inside_proved(proved, n_proved, free, low, high):
                continue
        if width < smallest:
            copy(low, undecided[n_undecided, 0])
            copy(high, undecided[n_undecided, 1])
            n_undecided += 1
            continue
        half = (low[widest] + high[widest]) / 2
        copy(low, stack[height, 0])
        copy(high, stack[height, 1])
        stack[height, 1, widest] = half
        copy(low, stack[height + 1, 0])
        copy(high, stack[height + 1, 1])
        stack[height + 1, 0, widest] = half
        height += 2
    return height, n_proved, n_undecided, seen


@compiled
def _inside_proved(proved: Any, n_proved: Any, free: Any, low: Any, high: Any) -> Any:
    for item in range(n_proved):
        inside = True
        for k in free:
            if low[k] < proved[item, 0, k] or high[k] > proved[item, 1, k]:
                inside = False
                break
        if inside:
            return True
    return False
