"""A centre that moves first: the fixtures of model.md section 9, and bounds that no setting of a grid breaks."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame import CATALOGUE, Delegation, apply, load
from blamegame.errors import ReformError, UnsupportedGame
from blamegame.games.event import expectation
from blamegame.reforms.centre import centre_optimum
from blamegame.reforms.lever import CENTRE, Lever
from blamegame.reforms.reform import choose
from blamegame.solvers.strategic.nash import nash

GAP = Fraction(1, 1000)


def worth(model, accountability, tolerance, inspection):
    """Success in the worst equilibrium less the price, from the model itself."""
    here = model.exact().replace(accountability=accountability, tolerance=tolerance, substantive_inspection=inspection)
    worst = min(expectation(profile, here.success()) for profile in nash(here.stage_game()).equilibria)
    return worst - accountability / 20 - inspection / 10


@pytest.mark.parametrize(
    ("names", "at", "net", "limit"),
    [([], Fraction("2.1"), 0.643, Fraction(1406, 675)), (["train"], Fraction("1.25"), 0.8745, Fraction(839, 675))],
)
def test_much_accountability_with_full_tolerance(names, at, net, limit):
    """The published settings lie on a grid; the best is the limit where (assist, escalate) just stops."""
    model = apply(Delegation(), choose(CATALOGUE, names))
    assert float(worth(model, at, Fraction(1), Fraction(0))) == pytest.approx(net, abs=1e-9)
    plan = centre_optimum(model, gap=GAP)
    accountability, tolerance, inspection = plan.values
    assert abs(accountability - at) < Fraction(1, 30) and tolerance == 1 and inspection == 0
    supremum = Fraction(model.exact().success()[0, 0]) - limit / 20
    assert plan.net <= supremum <= plan.bound <= plan.net + GAP
    assert plan.net == worth(model, *plan.values)
    assert worth(model, limit, Fraction(1), Fraction(0)) < plan.net  # the limit itself is not attained


@pytest.mark.parametrize("name", ["h_county", "trap", "chicken", "paper", "collusion"])
def test_no_setting_of_a_grid_is_worth_more_than_the_bound(name):
    model = load(name).model
    plan = centre_optimum(model, gap=Fraction(1, 50), time_limit=20)
    for a, t, m in product(range(0, 9, 2), range(0, 5, 2), range(0, 5, 2)):
        assert worth(model, Fraction(a, 3), Fraction(t, 4), Fraction(m, 4)) <= plan.bound
    assert plan.net == worth(model, *plan.values) <= plan.bound


def test_a_time_limit_leaves_a_wider_gap_that_is_still_proved():
    plan = centre_optimum(Delegation(), gap=GAP, time_limit=0)
    assert "time_limit=0 s ran out" in plan.status
    assert plan.bound > plan.net + GAP
    assert plan.bound >= Fraction("0.6438")


def test_one_lever_alone():
    plan = centre_optimum(Delegation(), [Lever("tolerance", Fraction(1, 10))], gap=GAP)
    best = max(
        min(
            expectation(p, Delegation().success())
            for p in nash(Delegation(tolerance=Fraction(k, 200)).stage_game()).equilibria
        )
        - Fraction(k, 2000)
        for k in range(201)
    )
    assert plan.net <= plan.bound and best <= plan.bound and plan.bound - best <= 2 * GAP


def test_what_does_not_pay_is_not_bought():
    plan = centre_optimum(load("chicken").model, gap=GAP)
    assert plan.cost == 0 and plan.net == plan.bound == Fraction("0.865")


def test_levers_are_checked():
    with pytest.raises(UnsupportedGame, match="degree one"):
        centre_optimum(Delegation(causal_weight=Fraction(1, 2)), [Lever("authority", 1)])
    with pytest.raises(ReformError, match="unbounded and free"):
        centre_optimum(Delegation(), [Lever("accountability", 0)])
    with pytest.raises(ReformError, match="not in its range"):
        centre_optimum(Delegation(), [Lever("tolerance", 0, 0, 2)])
    with pytest.raises(ReformError, match="gap=0"):
        centre_optimum(Delegation(), gap=0)
    with pytest.raises(ReformError, match="price"):
        Lever("tolerance", -1)
    with pytest.raises(ReformError, match="probability of success"):
        centre_optimum(load("departments").model)
    assert [lever.parameter for lever in CENTRE] == ["accountability", "tolerance", "substantive_inspection"]
    assert np.all([lever.price >= 0 for lever in CENTRE])
