from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.games.markov_chain import long_run_shares, recurrent_classes


@st.composite
def chains(draw, most=5):
    n = draw(st.integers(1, most))
    rows = []
    for _ in range(n):
        weights = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any))
        rows.append([Fraction(w, sum(weights)) for w in weights])
    return np.array(rows, dtype=object).reshape(n, n)


@given(chains())
def test_shares_are_the_average_of_the_powers_of_the_chain(chain):
    shares = long_run_shares(chain)
    assert sum(shares) == 1 and (shares @ chain == shares).all()
    floats = chain.astype(np.float64)
    average = np.eye(len(chain))
    power = floats.copy()
    for _ in range(22):  # the average of the first 2**22 powers
        average = (average + power @ average) / 2
        power = power @ power
        power /= power.sum(axis=1, keepdims=True)
    assert np.allclose(average[0], shares.astype(np.float64), atol=1e-4)


@given(chains(), st.integers(0, 4))
def test_floats_agree_with_fractions_from_every_start_and_in_batches(chain, start):
    start %= len(chain)
    exact = long_run_shares(chain, start).astype(np.float64)
    batch = np.stack([chain.astype(np.float64), np.eye(len(chain))])
    shares = long_run_shares(batch, start)
    assert np.allclose(shares[0], exact, rtol=1e-12, atol=0)
    assert shares[1].tolist() == np.eye(len(chain))[start].tolist()


@given(chains())
def test_recurrent_classes_are_closed_and_hold_all_of_the_long_run(chain):
    classes = recurrent_classes(chain)
    inside = {s for members in classes for s in members}
    assert classes and len(inside) == sum(map(len, classes))
    for members in classes:
        assert all(sum(chain[s, list(members)]) == 1 for s in members)
    for start in range(len(chain)):
        assert all(share == 0 for s, share in enumerate(long_run_shares(chain, start)) if s not in inside)


def test_a_periodic_chain_has_shares_too():
    assert long_run_shares(np.array([[0, 1], [1, 0]], dtype=object)).tolist() == [Fraction(1, 2)] * 2


def test_a_start_in_one_class_never_reaches_another():
    assert long_run_shares(np.eye(2), 1).tolist() == [0.0, 1.0]


def test_tiny_probabilities_keep_their_relative_accuracy():
    tiny = 1e-200
    shares = long_run_shares(np.array([[1.0, tiny], [0.5, 0.5]]))
    assert shares[1] == pytest.approx(2 * tiny, rel=1e-14)


def test_quantecon_finds_the_same_stationary_distribution():
    import quantecon

    rng = np.random.default_rng(5)
    for n in (2, 4, 7):
        chain = rng.dirichlet(np.ones(n), size=n)
        theirs = quantecon.MarkovChain(chain).stationary_distributions[0]
        assert np.allclose(long_run_shares(chain), theirs, rtol=1e-12)
