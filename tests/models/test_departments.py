from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.departments import Departments
from blamegame.solvers.continuous.best_response_iteration import best_response_bracket, deviation_gain


@pytest.mark.parametrize("k", [2, 3, 5, 10, 31])
@pytest.mark.parametrize("cost", [0, Fraction(1, 2), 2])
def test_the_symmetric_equilibrium_has_the_published_share_and_no_profitable_deviation(k, cost):
    model = Departments(departments=k, letter_cost=cost, value=Fraction(3, 2), letter_time=Fraction(1, 4), time=5)
    published = Fraction(k - 1, k) / (1 + Fraction(cost) / (Fraction(3, 2) * Fraction(1, 4)))
    assert model.paperwork_share() == published
    letters = np.full(k, float(model.letters()))
    assert deviation_gain(model.continuous_game(), letters).max() < 1e-9


def test_free_letters_of_31_departments_leave_three_percent():
    assert round(float(Departments(departments=31).paperwork_share()), 4) == 0.9677


def test_one_department_wastes_nothing():
    assert Departments(departments=1).paperwork_share() == 0
    with pytest.raises(ModelError, match="no others"):
        Departments(departments=1).best_response_slope()


@pytest.mark.parametrize("k", [2, 3])
def test_best_response_dynamics_settles_for_few_departments(k):
    model = Departments(departments=k)
    start = model.continuous_game()
    letters = np.full(k, float(model.letters()) * 1.1)
    for _ in range(200):
        letters = np.array([start.reply(i, letters) for i in range(k)])
    np.testing.assert_allclose(letters, float(model.letters()), rtol=1e-6)


@pytest.mark.parametrize("k", [5, 10, 31])
def test_best_response_dynamics_runs_away_for_five_departments_or_more(k):
    model = Departments(departments=k)
    game = model.continuous_game()
    near = np.full(k, float(model.letters()) * (1 + 1e-9))
    for _ in range(400):
        near = np.array([game.reply(i, near) for i in range(k)])
    assert np.abs(near / float(model.letters()) - 1).max() > 0.1
    assert abs((k - 1) * model.best_response_slope()) > 1


def test_silence_is_not_an_equilibrium_and_the_bracket_says_so():
    bracket = best_response_bracket(Departments(departments=5).continuous_game(), most_steps=200)
    assert bracket.regret > 0.9 and "no equilibrium at the ends" in bracket.status


@pytest.mark.parametrize(
    ("values", "message"), [({"departments": 0}, "at least 1"), ({"value": 0}, "value=0 leaves nothing")]
)
def test_nonsense_is_refused(values, message):
    with pytest.raises(ModelError, match=message):
        Departments(**values)


def test_a_price_per_letter_is_a_reform_that_works():
    shares = [Departments(departments=10, letter_cost=Fraction(c, 4)).paperwork_share() for c in range(5)]
    assert shares == sorted(shares, reverse=True) and shares[0] > shares[-1]
