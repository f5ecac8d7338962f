"""Payoff sets against a slow, independent way to them: the operator of Abreu, Pearce and Stacchetti, word for word.

B(W) is the hull of (1 - discount) g(a) + discount (W clipped to the two incentive half-planes), over all profiles a,
all vertices kept, started from the feasible payoffs above the pure minmax. Floats, with constraints loosened by 1e-10.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numba import njit

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.abreu_sannikov import payoff_set

DISCOUNTS = ("3/10", "6/10", "9/10", "99/100")
ANGLES = np.arange(64) * (2 * np.pi / 64)
DIRECTIONS = np.stack([np.cos(ANGLES), np.sin(ANGLES)])
_LOOSE = 1e-10


@njit(cache=True)
def _clip(polygon, axis, level):
    n = len(polygon)
    out = np.empty((n + 2, 2))
    size = 0
    for i in range(n):
        a = polygon[i]
        b = polygon[(i + 1) % n]
        if a[axis] >= level:
            out[size] = a
            size += 1
        if n > 1 and ((a[axis] > level and b[axis] < level) or (a[axis] < level and b[axis] > level)):
            share = (level - a[axis]) / (b[axis] - a[axis])
            out[size] = a + share * (b - a)
            size += 1
    return out[:size].copy()


@njit(cache=True)
def _hull(points):
    """Monotone chains; the sort breaks ties of the first coordinate by the second."""
    order = np.argsort(points[:, 0] + 1e-7 * points[:, 1])
    n = len(points)
    stack = np.empty((2 * n + 2, 2))
    size = 0
    for sweep in range(2):
        base = size
        for k in range(n):
            p = points[order[k]] if sweep == 0 else points[order[n - 1 - k]]
            while size - base >= 2:
                a = stack[size - 2]
                b = stack[size - 1]
                if (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) <= 1e-17:
                    size -= 1
                else:
                    break
            stack[size] = p
            size += 1
        size -= 1
    if size == 0:
        return points[:1].copy()
    return stack[:size].copy()


@njit(cache=True)
def slow_payoff_set(u1, u2, discount, steps, tolerance):
    """Vertices, shape [n, 2], after the operator has moved no coordinate extreme or direction by ``tolerance``."""
    m, n = u1.shape
    minmax1 = np.array([u1[:, j].max() for j in range(n)]).min()
    minmax2 = np.array([u2[i, :].max() for i in range(m)]).min()
    points = np.empty((m * n, 2))
    for i in range(m):
        for j in range(n):
            points[i * n + j] = (u1[i, j], u2[i, j])
    w = _hull(points)
    w = _clip(w, 0, minmax1 - _LOOSE)
    if len(w):
        w = _clip(w, 1, minmax2 - _LOOSE)
    angles = np.arange(64) * (2 * np.pi / 64)
    old = np.full(64, np.inf)
    for _ in range(steps):
        if len(w) == 0:
            return w
        low1 = w[:, 0].min()
        low2 = w[:, 1].min()
        found = np.empty((m * n * (len(w) + 4), 2))
        size = 0
        for i in range(m):
            for j in range(n):
                part = _clip(w, 0, low1 + (1 - discount) / discount * (u1[:, j].max() - u1[i, j]) - _LOOSE)
                if len(part):
                    part = _clip(part, 1, low2 + (1 - discount) / discount * (u2[i, :].max() - u2[i, j]) - _LOOSE)
                for k in range(len(part)):
                    found[size, 0] = (1 - discount) * u1[i, j] + discount * part[k, 0]
                    found[size, 1] = (1 - discount) * u2[i, j] + discount * part[k, 1]
                    size += 1
        if size == 0:
            return found[:0].copy()
        w = _hull(found[:size].copy())
        new = np.array([(np.cos(t) * w[:, 0] + np.sin(t) * w[:, 1]).max() for t in angles])
        if np.abs(new - old).max() <= tolerance:
            return w
        old = new
    return w


def dimension(vertices):
    if len(vertices) == 0:
        return -1
    return int((np.linalg.svd(vertices - vertices.mean(0), compute_uv=False) > 1e-6).sum())


def disagreement(payoffs, discount):
    """What is wrong with the payoff set of one game, or None."""
    found = payoff_set(RepeatedGame(StrategicGame(payoffs), Fraction(discount)))
    slow = slow_payoff_set(*payoffs.astype(float), float(Fraction(discount)), 100_000, 1e-13)
    if found.dimension != dimension(slow):
        return f"dimension {found.dimension} against {dimension(slow)} for {payoffs.tolist()} at {discount}"
    if not found.converged:
        return f"{found.status} for {payoffs.tolist()} at {discount}"
    for bound in (found.outer, found.inner):
        if len(slow) and np.abs((bound @ DIRECTIONS).max(0) - (slow @ DIRECTIONS).max(0)).max() > 1e-6:
            return f"support functions differ for {payoffs.tolist()} at {discount}"
    return None


def disagreements(size, count, seed):
    rng = np.random.default_rng(seed)
    games = [rng.integers(0, 10, (2, size, size)) for _ in range(count)]
    return [wrong for game in games for d in DISCOUNTS if (wrong := disagreement(game, d)) is not None]


@pytest.mark.parametrize(("size", "count"), [(2, 60), (3, 25)])
def test_random_integer_games_agree_with_the_slow_iteration(size, count):
    assert disagreements(size, count, seed=size) == []


@pytest.mark.slow
@pytest.mark.parametrize(("size", "count"), [(2, 400), (3, 200), (4, 60)])
def test_many_random_integer_games_agree_with_the_slow_iteration(size, count):
    assert disagreements(size, count, seed=100 + size) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 3), (3, 1), (2, 4), (5, 2)])
def test_games_of_other_shapes_agree_with_the_slow_iteration(shape):
    rng = np.random.default_rng(7)
    games = [rng.integers(0, 4, (2, *shape)) for _ in range(12)]
    assert [wrong for game in games for d in DISCOUNTS if (wrong := disagreement(game, d)) is not None] == []


def test_games_full_of_ties_agree_with_the_slow_iteration():
    rng = np.random.default_rng(11)
    games = [rng.integers(0, 3, (2, 3, 3)) for _ in range(25)]
    assert [wrong for game in games for d in DISCOUNTS if (wrong := disagreement(game, d)) is not None] == []


@pytest.mark.parametrize("discount", ["4/5", "9/10"])
def test_the_cournot_game_of_judd_yeltekin_and_conklin_agrees_with_the_slow_iteration(discount):
    quantity = np.linspace(0, 6, 15)
    price = np.maximum(6 - quantity[:, None] - quantity[None, :], 0)
    payoffs = np.stack([(price - 0.6) * quantity[:, None], (price - 0.6) * quantity[None, :]])
    assert disagreement(payoffs, discount) is None
