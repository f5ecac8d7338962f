"""A measure beyond a bound as an event."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import Correlated, Nash
from blamegame.errors import ModelError, ReformError, UnsupportedGame
from blamegame.models.delegation import Delegation
from blamegame.models.departments import Departments
from blamegame.models.markup import Markup
from blamegame.models.team import Team
from blamegame.models.threshold import Threshold
from blamegame.reforms.goal import at_least, at_most
from blamegame.verbs import avoidance


@pytest.mark.parametrize(("relation", "happens"), [(">", False), (">=", True), ("<", False), ("<=", True)])
def test_a_tie_counts_where_the_relation_says_so(relation, happens):
    assert Threshold("paperwork_share", relation, Fraction(1, 2)).happens(Departments(departments=2)) is happens


def test_an_unknown_relation_or_measure_is_refused():
    with pytest.raises(ModelError, match="one of >, >=, <, <="):
        Threshold("effort", "=", 1)
    with pytest.raises(ModelError, match="did you mean 'effort'"):
        Team().measure("efort")
    with pytest.raises(ModelError, match="it has none"):
        Delegation().measure("effort")
    with pytest.raises(ReformError, match="has no measure 'effort'; it has none"):
        at_least("effort", 1).reached(Delegation())


def test_a_batch_gives_an_array_of_verdicts():
    found = avoidance(Team(members=8, accountability=np.array([0.5, 1.5])), Nash())
    assert found.low.lower.tolist() == [0, 1] and found.status.tolist() == ["free", "entrenched"]


def test_a_bound_may_be_a_parameter_and_moves_with_it():
    assert avoidance(Markup(), Nash()).high.upper == 1
    assert avoidance(Markup(capacity=3), Nash()).high.upper == 0


def test_only_nash_is_solved():
    with pytest.raises(UnsupportedGame, match="asked for Nash"):
        avoidance(Team(), Correlated())


def test_goals_say_what_they_bound():
    assert str(at_least("effort", 2)) == "effort at least 2" and str(at_most("effort", 0.5)) == "effort at most 0.5"
    assert at_most("effort", 1).broken == "undoes the goal"
