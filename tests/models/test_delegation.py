from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from blamegame.errors import ModelError
from blamegame.models.delegation import Delegation

UPPER = [["0.0854", "-0.41425", "-0.595"], ["0.1075", "-0.2021", "-0.095"]]
LOWER = [["-0.139", "0.0475", "-0.364"], ["-0.62095", "-0.2495", "-0.5278"]]


def as_fractions(rows):
    return [[Fraction(text) for text in row] for row in rows]


def test_the_default_payoffs_are_the_published_fixture_exactly():
    payoffs = Delegation().stage_game().payoffs
    assert payoffs[0].tolist() == as_fractions(UPPER)
    assert payoffs[1].tolist() == as_fractions(LOWER)
    assert payoffs[0, 0, 0] == Fraction(427, 5000)


def test_assist_and_work_is_better_for_both_than_push_and_escalate():
    payoffs = Delegation().stage_game().payoffs
    assert (payoffs[:, 0, 0] > payoffs[:, 1, 1]).all()


def test_mutual_avoidance_is_push_with_escalate_or_formalism():
    assert np.argwhere(Delegation().avoidance).tolist() == [[1, 1], [1, 2]]


def test_success_follows_the_table_of_cells():
    m = Delegation(
        authority=Fraction(1, 2), assistance=Fraction(1, 2), answer_competence=Fraction(1, 4), baseline_success=0
    )
    assert m.success().tolist() == [[Fraction(3, 4), Fraction(1, 4), 0], [Fraction(1, 2), 0, 0]]


shares = st.integers(0, 20).map(lambda k: Fraction(k, 20))


@given(st.fixed_dictionaries(dict.fromkeys(Delegation.parameters(), shares)))
def test_one_definition_gives_the_same_payoffs_for_fractions_floats_and_arrays(values):
    exact = Delegation(**values).payoffs().astype(float)
    floats = Delegation(**{name: float(value) for name, value in values.items()}).payoffs()
    batch = Delegation(**{name: np.full(3, float(value)) for name, value in values.items()}).payoffs()
    assert floats.dtype == np.float64 and batch.shape == (3, 2, 2, 3)
    np.testing.assert_allclose(floats, exact, atol=1e-12)
    np.testing.assert_allclose(batch, np.broadcast_to(exact, batch.shape), atol=1e-12)


@given(st.fixed_dictionaries(dict.fromkeys(Delegation.parameters(), shares)))
def test_symbols_give_closed_forms_that_evaluate_to_the_exact_payoffs(values):
    names = ["authority", "responsibility", "diffusion"]
    symbols = {name: sympy.Symbol(name) for name in names}
    closed = Delegation(**{**values, "causal_weight": 0, **symbols}).payoffs()
    point = {symbols[name]: sympy.Rational(values[name].numerator, values[name].denominator) for name in names}
    exact = Delegation(**{**values, "causal_weight": 0}).payoffs()
    for form, value in zip(closed.ravel(), exact.ravel()):
        assert sympy.sympify(form).subs(point) == sympy.Rational(value.numerator, value.denominator)


def test_one_array_and_one_fraction_make_a_float_batch():
    game = Delegation(authority=np.array([0.1, 0.2]), responsibility=Fraction(1, 2)).stage_game()
    assert game.batch_shape == (2,) and not game.exact


def test_axes_of_arrays_broadcast_to_a_grid():
    model = Delegation(authority=np.linspace(0, 1, 3)[:, None], diffusion=np.linspace(0, 1, 4)[None, :])
    assert model.stage_game().batch_shape == (3, 4)
    assert model.success().shape == (3, 4, 2, 3)


def test_arrays_of_fractions_make_an_exact_batch():
    grid = np.array([Fraction(1, 3), Fraction(2, 3)], dtype=object)
    game = Delegation(authority=grid).stage_game()
    assert game.exact and game.batch_shape == (2,)
    assert game[1].payoffs.tolist() == Delegation(authority=Fraction(2, 3)).stage_game().payoffs.tolist()


def test_an_item_of_a_batch_in_exact_arithmetic_is_the_stored_rational():
    model = Delegation(authority=np.array([0.1, 0.25])).item(1).exact()
    assert model.authority == Fraction(1, 4) and model.stage_game().exact


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"authority": 1.3}, r"authority=1\.3 is not a share \(0 to 1\)"),
        ({"authority": Fraction(-1, 2)}, r"authority=-0\.5 is not a share \(0 to 1\)"),
        ({"accountability": -1}, r"accountability=-1(\.0)? is out of range \(0 or more\)"),
        ({"authority": float("nan")}, "authority=nan is not a finite number"),
        ({"accountability": float("inf")}, "accountability=inf is not a finite number"),
        ({"authority": "0.3"}, r"write Fraction\('0\.3'\)"),
        ({"authority": None}, "authority=None is not a number"),
        ({"authority": True}, "authority=True is not a number"),
        ({"authority": [1, 2]}, r"authority=\[1, 2\] is not a number"),
        ({"authority": np.array([0.1, 1.5])}, r"authority\[1\]=1\.5 is out of range \(0 to 1\)"),
        ({"authority": np.array([[0.1], [np.nan]])}, r"authority\[1, 0\]=nan is out of range"),
        ({"authority": np.array([])}, "empty array"),
        ({"authority": np.array([Fraction(1, 2), Fraction(3, 2)], dtype=object)}, "authority=1.5 is not a share"),
        ({"authority": np.zeros(2), "diffusion": np.zeros(3)}, "do not broadcast"),
    ],
)
def test_a_bad_parameter_is_refused_with_its_name_value_and_range(values, message):
    with pytest.raises(ModelError, match=message):
        Delegation(**values)


def test_liability_by_cause_is_ill_conditioned_where_an_office_hardly_matters_and_only_where_it_is_in_use():
    authority = np.array([1e-13, 0.3])
    assert Delegation(authority=authority, causal_weight=1).ill_conditioned().tolist() == [True, False]
    assert Delegation(authority=authority).ill_conditioned().tolist() == [False, False]
    assert not Delegation(causal_weight=Fraction(1, 2)).ill_conditioned()
