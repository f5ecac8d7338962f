"""Finite Markov chains: recurrent classes, and the share of time spent in each state in the long run."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array, object_array


def recurrent_classes(chain: Array) -> tuple[tuple[int, ...], ...]:
    """The sets of states that the chain never leaves once inside, each in ascending order; only zeros matter.

    >>> recurrent_classes(np.array([[0.5, 0.25, 0.25], [0, 1, 0], [0, 0, 1]]))
    ((1,), (2,))
    """
    n = len(chain)
    reach = (np.not_equal(chain, 0) | np.eye(n, dtype=bool)).astype(bool)
    for k in range(n):
        reach |= reach[:, k : k + 1] & reach[k : k + 1]
    found = {tuple(np.flatnonzero(reach[s]).tolist()) for s in range(n) if (reach[s] <= reach[:, s]).all()}
    return tuple(sorted(found))


def long_run_shares(chain: Array, start: int = 0) -> Array:
    """Expected share of periods spent in each state, from one state, shape [n_states]; exact for an exact chain.

    Parameters
    ----------
    chain : array, shape [*batch, n_states, n_states]
        Rows are distributions of the next state. A batch gives shape [*batch, n_states].
    start : the state of the first period

    Notes
    -----
    The share is the limit of averages over time, so a periodic chain has one too. Where the chain has several
    recurrent classes the shares are those of each class weighted by the probability of ending in it. Within a class
    the stationary distribution comes from the elimination of Grassmann, Taksar and Heyman (1985), which subtracts
    nothing: in floats every share is right to a few units in the last place, and zero only where it is zero.

    Examples
    --------
    >>> half = Fraction(1, 2)
    >>> long_run_shares(np.array([[0, half, half], [0, 1, 0], [0, 0, 1]], dtype=object)).tolist()
    [Fraction(0, 1), Fraction(1, 2), Fraction(1, 2)]
    """
    batch, n = chain.shape[:-2], chain.shape[-1]
    if chain.dtype == object:
        chain = object_array([Fraction(value) for value in chain.ravel().tolist()]).reshape(chain.shape)
    flat = chain.reshape(-1, n, n)
    out: Any = 0 * flat[:, 0]  # zeros of the chain's own kind
    patterns, which = np.unique(np.not_equal(flat, 0).reshape(len(flat), n * n), axis=0, return_inverse=True)
    for k, pattern in enumerate(patterns):
        some = np.flatnonzero(which.ravel() == k)
        for members in recurrent_classes(pattern.reshape(n, n)):
            inside = list(members)
            shares = _stationary(flat[some][:, inside][:, :, inside])
            out[some[:, None], inside] = shares * _absorbed(flat[some], pattern.reshape(n, n), inside, start)[:, None]
    shaped: Array = out.reshape(*batch, n)
    return shaped


def _stationary(chain: Array) -> Array:
    """Stationary distributions of irreducible chains, shape [k, n]."""
    work: Any = chain.copy()
    n = work.shape[1]
    for last in range(n - 1, 0, -1):
        out = work[:, last, :last].sum(axis=1)
        work[:, :last, last] = work[:, :last, last] / out[:, None]
        work[:, :last, :last] += work[:, :last, last, None] * work[:, None, last, :last]
    shares = work[:, 0].copy()
    shares[:, 0] = 1 + 0 * shares[:, 0]
    for state in range(1, n):
        shares[:, state] = (shares[:, :state] * work[:, :state, state]).sum(axis=1)
    normal: Array = shares / shares.sum(axis=1)[:, None]
    return normal


def _absorbed(chains: Array, pattern: Array, inside: list[int], start: int) -> Array:
    """Probability of ending in a recurrent class from ``start``, shape [k]."""
    one = 1 + 0 * chains[:, 0, 0]
    if start in inside:
        return one
    n = len(pattern)
    passing = [s for s in range(n) if not any(s in members for members in recurrent_classes(pattern))]
    if start not in passing:
        zero: Array = 0 * one
        return zero
    # Eliminate the passing states one by one, keeping the start: again without a subtraction.
    work: Any = chains.copy()
    for gone in [s for s in passing if s != start]:
        rest = [s for s in range(n) if s != gone]
        out = work[:, gone][:, rest].sum(axis=1)
        stay = work[:, :, gone] / out[:, None]
        work = work + stay[:, :, None] * work[:, None, gone]
        work[:, :, gone] = 0 * stay
    elsewhere = [s for s in range(n) if s != start]
    reached: Array = work[:, start][:, inside].sum(axis=1) / work[:, start][:, elsewhere].sum(axis=1)
    return reached
