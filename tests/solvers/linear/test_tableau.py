"""Integer pivoting against rational arithmetic written out."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.solvers.linear.tableau import Tableau


def satisfied(tableau, body, right, nonbasic_values):
    """Whether the tableau's solution for these values of its nonbasic variables solves the first equations."""
    value = dict(zip(tableau.nonbasic, nonbasic_values))
    for variable, row in zip(tableau.basic, tableau.rows):
        total = row[-1] - sum(a * x for a, x in zip(row, nonbasic_values))
        value[variable] = Fraction(total, tableau.scale)
    m = len(right)
    return all(value[i] == right[i] - sum(a * value[m + j] for j, a in enumerate(row)) for i, row in enumerate(body))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10**6), st.sampled_from([1, 2, 10**9]))
def test_after_any_exchanges_the_same_equations_hold_in_integers(m, n, seed, size):
    rng = np.random.default_rng(seed)
    body, right = rng.integers(-size, size + 1, (m, n)).tolist(), rng.integers(-size, size + 1, m).tolist()
    tableau = Tableau(body, right, range(m), range(m, m + n))
    for _ in range(6):
        places = [(r, c) for r, row in enumerate(tableau.rows) for c in range(n) if row[c]]
        if not places:
            break
        row, column = places[int(rng.integers(len(places)))]
        tableau.exchange(row, tableau.nonbasic[column])
        assert tableau.scale > 0
        assert all(isinstance(a, int) for line in tableau.rows for a in line)
        assert satisfied(tableau, body, right, [Fraction(int(v), 3) for v in rng.integers(-5, 6, n)])


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 10**6))
def test_the_limiting_row_is_that_of_right_sides_raised_by_powers_of_a_tiny_number(m, n, seed):
    rng = np.random.default_rng(seed)
    body, right = rng.integers(-1, 2, (m, n)).tolist(), rng.integers(0, 2, m).tolist()
    unit = 10 ** (6 * m)
    raised = [unit * b + 10 ** (6 * (m - 1 - i)) for i, b in enumerate(right)]
    lifted = Tableau([[unit * a for a in row] for row in body], raised, range(m), range(m, m + n))
    tableau = Tableau(body, right, range(m), range(m, m + n))
    for _ in range(5):
        entering = tableau.nonbasic[int(rng.integers(n))]
        row = tableau.limiting_row(entering)
        assert row == lifted.limiting_row(entering)
        if row is None:
            break
        assert tableau.exchange(row, entering) == lifted.exchange(row, entering)
        assert min(line[-1] for line in tableau.rows) >= 0


def test_what_limits_nothing_has_no_limiting_row():
    assert Tableau([[-1], [0]], [1, 1], [0, 1], [2]).limiting_row(2) is None


def test_a_preferred_variable_goes_wherever_it_is_among_the_first():
    tied = Tableau([[1], [1]], [1, 1], [0, 1], [2])
    assert tied.limiting_row(2) == 1
    assert tied.limiting_row(2, preferred=0) == 0
    assert Tableau([[1], [1]], [2, 1], [0, 1], [2]).limiting_row(2, preferred=0) == 1
