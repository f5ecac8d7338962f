from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.team import Team
from blamegame.solvers.continuous.best_response_iteration import best_response_bracket


@pytest.mark.parametrize("n", [1, 2, 5, 11, 12, 20])
def test_effort_is_the_equilibrium_found_without_the_formula(n):
    model = Team(members=n)
    bracket = best_response_bracket(model.continuous_game())
    assert bracket.converged and bracket.proved and bracket.regret < 1e-9
    assert bracket.status.startswith(
        "the least and the greatest equilibrium up to rounding; increasing differences hold"
    )
    np.testing.assert_allclose(bracket.least, float(model.effort()), atol=1e-12)
    np.testing.assert_allclose(bracket.greatest, float(model.effort()), atol=1e-12)


def test_effort_stops_exactly_at_the_critical_size():
    model = Team()
    assert model.critical_size() == Fraction(100, 9)
    assert Team(members=11).effort() > 0 and Team(members=12).effort() == 0


def test_full_tolerance_never_stops_effort():
    with pytest.raises(ModelError, match="effort never stops"):
        Team(tolerance=1).critical_size()


def test_arrays_are_batches():
    assert Team(tolerance=np.array([0.1, 0.5])).effort().shape == (2,)


def test_a_team_of_nobody_is_refused():
    with pytest.raises(ModelError, match="members=0"):
        Team(members=0)
