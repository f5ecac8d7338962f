from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.polynomial_game import is_nonnegative, polynomial_game
from blamegame.models.team import Team


def test_payoffs_are_the_polynomials():
    game = polynomial_game(["1", "2"], [0, 0], [2, 2], [{(2, 1): 3, (0, 0): 1}, {}])
    assert game.payoff(0, np.array([2.0, 0.5])) == 7 and game.payoff(1, np.array([2.0, 0.5])) == 0
    assert game.polynomials == ({(2, 1): Fraction(3), (0, 0): Fraction(1)}, {})


def test_a_team_pays_what_its_formula_says():
    game = Team(members=3, reward=2, exposure=0.25, tolerance=0.5).continuous_game()
    effort = np.array([0.1, 0.2, 0.4])
    assert game.payoff(1, effort) == pytest.approx(2 * 0.7 / 3 - 0.125 * 0.2 - 0.02)


@pytest.mark.parametrize(
    ("polynomial", "low", "high", "answer"),
    [
        ({(0,): 1, (1,): 1}, [0], [1], True),
        ({(0,): 1, (1,): 1}, [-2], [1], False),
        ({(1, 1): 1}, [-2, -2], [-1, -1], True),
        ({(1, 1): 1}, [-1, 0], [1, 1], False),
        ({}, [0], [1], True),
        ({(0,): -1}, [0], [1], False),
    ],
)
def test_signs_over_a_box(polynomial, low, high, answer):
    exact = {powers: Fraction(c) for powers, c in polynomial.items()}
    assert is_nonnegative(exact, [Fraction(x) for x in low], [Fraction(x) for x in high]) is answer


def test_what_is_called_nonnegative_is_so_at_random_points():
    rng = np.random.default_rng(5)
    proved = 0
    for _ in range(200):
        polynomial = {(int(a), int(b)): Fraction(int(c)) for a, b, c in rng.integers(-1, 4, (4, 3)) if min(a, b) >= 0}
        low, high = [Fraction(-1), Fraction(0)], [Fraction(1, 2), Fraction(3)]
        if is_nonnegative(polynomial, low, high):
            proved += 1
            x, y = rng.uniform(-1, 0.5, 50), rng.uniform(0, 3, 50)
            assert (sum((float(c) * x**a * y**b for (a, b), c in polynomial.items()), 0 * x) >= -1e-12).all()
    assert proved >= 20


def test_a_polynomial_too_large_to_expand_is_not_decided():
    assert not is_nonnegative({(60, 60, 60): Fraction(1)}, [Fraction(0)] * 3, [Fraction(1)] * 3)


def test_nonsense_is_refused():
    with pytest.raises(GameError, match="give one for each"):
        polynomial_game(["1"], [0], [1], [])
    with pytest.raises(GameError, match="exponents"):
        polynomial_game(["1"], [0], [1], [{(-1,): 1}])
