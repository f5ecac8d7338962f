"""Departments: the one equilibrium against brute-force best replies, and no other on a grid."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates.checker import departments
from blamegame.certificates.checker.budget import Refused, Work
from blamegame.models.departments import Departments

POSITIVE = st.fractions(min_value=Fraction(1, 10), max_value=3, max_denominator=10)


def letters_of(size: int, p: dict[str, Fraction]) -> float:
    """The letters of each, found by asking on which side of a bound they are."""
    low, high = Fraction(0), Fraction(100)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if departments.sign("letters", size, p, middle, Work()) > 0 else (low, middle)
    return float(low)


@settings(max_examples=50, deadline=None)
@given(
    value=POSITIVE, time=POSITIVE, letter_time=POSITIVE, cost=POSITIVE | st.just(Fraction(0)), size=st.integers(2, 6)
)
def test_nobody_gains_on_a_grid(
    value: Fraction, time: Fraction, letter_time: Fraction, cost: Fraction, size: int
) -> None:
    model = Departments(value, time, letter_time, cost, size)
    letters = np.full(size, letters_of(size, model.values()))
    here = model.payoffs_of(letters)[0]
    for own in np.linspace(0, 3 * letters[0], 301):
        assert model.payoffs_of(np.array([own, *letters[1:]]))[0] <= here + 1e-9


@pytest.mark.parametrize(("size", "cost"), [(2, 0), (2, 1), (3, Fraction(1, 2))])
def test_every_profile_of_a_grid_from_which_nobody_gains_is_near_the_symmetric_one(size: int, cost: Fraction) -> None:
    """Corners, one alone and unequal profiles included; best replies on a fine grid."""
    model = Departments(letter_cost=cost, departments=size)
    found = letters_of(size, model.values())
    grid, fine = np.arange(0, 6) * found / 4, np.arange(0, 100) * found / 25
    for cell in product(grid, repeat=size):
        letters = np.array(cell)
        here = model.payoffs_of(letters)
        gains = []
        for i in range(size):
            moved = np.tile(letters, (len(fine), 1))
            moved[:, i] = fine
            gains.append(max(model.payoffs_of(one)[i] for one in moved) - here[i])
        assert (max(gains) < 1e-6) == (abs(letters - found).max() < 1e-9)


@pytest.mark.parametrize("size", [2, 31, 10_000])
@pytest.mark.parametrize("cost", [Fraction(0), Fraction(1, 3)])
def test_the_share_of_time_lost_is_compared_exactly(size: int, cost: Fraction) -> None:
    p = Departments(letter_cost=cost).values()
    share = Fraction(size - 1, size) / (1 + cost)
    tiny = Fraction(1, 10**40)
    signs = [departments.sign("paperwork_share", size, p, share + d, Work()) for d in (-tiny, Fraction(0), tiny)]
    assert signs == [1, 0, -1]


def test_one_department_alone_is_refused() -> None:
    """Its share is all or, with no letter, nothing: the fewer the better, and none is its fewest."""
    model = Departments(departments=1)
    assert model.payoffs_of(np.array([1e-6]))[0] > model.payoffs_of(np.array([1e-3]))[0] > 0
    assert model.payoffs_of(np.array([0.0]))[0] == 0
    with pytest.raises(Refused, match="no best number of letters"):
        departments.sign("letters", 1, model.values(), Fraction(1), Work())
