"""A team's effort: the best reply on a grid, whatever the others do."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.certificates.checker import team
from blamegame.certificates.checker.budget import Work
from blamegame.models.team import Team

SHARE = st.fractions(min_value=0, max_value=1, max_denominator=20)


def effort_of(size: int, p: dict[str, Fraction], low: Fraction, high: Fraction) -> Fraction:
    """The effort, found by asking on which side of a bound it is."""
    for _ in range(40):
        middle = (low + high) / 2
        if team.sign("effort", size, p, middle, Work()) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@given(reward=SHARE, exposure=SHARE, accountability=SHARE, tolerance=SHARE, size=st.integers(1, 6), others=SHARE)
def test_no_effort_on_a_grid_pays_more(
    reward: Fraction, exposure: Fraction, accountability: Fraction, tolerance: Fraction, size: int, others: Fraction
) -> None:
    model = Team(reward, exposure, accountability, tolerance, size)
    found = float(effort_of(size, model.values(), Fraction(-1), Fraction(2)))
    game = model.continuous_game()
    grid = np.linspace(0, 2, 401)
    payoffs = [game.payoff(0, np.array([effort, *[float(others)] * (size - 1)])) for effort in grid]
    assert abs(grid[int(np.argmax(payoffs))] - found) <= 1 / 200 + 1e-9


@pytest.mark.parametrize(("more", "sign"), [(0, 0), (Fraction(1, 10**30), -1), (-Fraction(1, 10**30), 1)])
def test_a_bound_is_compared_exactly(more: Fraction, sign: int) -> None:
    assert team.sign("effort", 4, Team().values(), Fraction(4, 25) + more, Work()) == sign


def test_effort_that_would_be_negative_is_zero() -> None:
    assert [team.sign("effort", 20, Team().values(), Fraction(b), Work()) for b in (-1, 0, 1)] == [1, 0, -1]
