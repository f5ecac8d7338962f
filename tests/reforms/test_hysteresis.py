"""Thresholds: the fixtures of model.md section 8, and where a profile is an equilibrium on a fine grid."""

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame import Delegation, load
from blamegame.errors import ReformError
from blamegame.reforms.hysteresis import equilibrium_stretches, hysteresis
from blamegame.solvers.strategic.pure import pure_cells

PE, AW = ("push", "escalate"), ("assist", "work")


def test_leaving_the_trap_needs_authority_and_staying_needs_none():
    found = hysteresis(load("trap").model, "authority", PE, AW)
    assert found.out_threshold == Fraction(3721, 6909)
    assert f"{float(found.out_threshold):.4f}" == "0.5386"
    assert found.in_threshold is None and found.sustained and found.gap is None
    (reached,) = found.reached
    assert reached.low == 0 and f"{float(reached.high):.4f}" == "0.8009"
    assert "staying at (assist, work) needs nothing" in str(found)


@pytest.mark.parametrize("name", ["trap", "paper_trap", "chicken", "h_county", "cycle"])
@pytest.mark.parametrize("parameter", ["authority", "tolerance", "causal_weight", "push_strength"])
def test_stretches_are_where_the_profile_is_an_equilibrium_on_a_grid(name, parameter):
    model = load(name).model.exact()
    stretches = {cell: equilibrium_stretches(model, parameter, cell) for cell in np.ndindex(2, 3)}
    ends = {end for found in stretches.values() for one in found for end in (one.low, one.high)}
    values = [Fraction(k, 40) for k in range(41)] + [end.rational for end in ends if end.rational is not None]
    for value in values:
        pure = pure_cells(model.replace({parameter: value}).stage_game())
        for cell, found in stretches.items():
            assert (cell in pure) == any(value in stretch for stretch in found)


def test_under_causal_liability_an_end_may_be_irrational_and_is_still_exact():
    """Payoffs are then quotients of polynomials in authority."""
    model = load("trap").model.exact().replace(causal_weight=Fraction(1, 2))
    (stretch,) = equilibrium_stretches(model, "authority", PE)
    assert stretch.high.rational is None and f"{float(stretch.high):.10f}" == "0.1091781352"
    near = stretch.high.refined(Fraction(1, 10**30))
    assert (1, 1) in pure_cells(model.replace(authority=near.low).stage_game())
    assert (1, 1) not in pure_cells(model.replace(authority=near.high).stage_game())


def test_where_payoffs_jump_an_end_is_left_out():
    """Without any assistance nobody's departure from it is a cause, and upper is charged nothing for a push."""
    model = load("trap").model.exact().replace(causal_weight=Fraction(1, 2))
    (stretch,) = equilibrium_stretches(model, "assistance", AW)
    assert stretch.low == 0 and stretch.open_low and str(stretch) == "above 0 to 1"
    assert 0 not in stretch and Fraction(1, 10**9) in stretch
    assert (0, 0) not in pure_cells(model.replace(assistance=0).stage_game())
    assert (0, 0) in pure_cells(model.replace(assistance=Fraction(1, 10**9)).stage_game())


def test_a_loop_with_both_ends_inside_the_range():
    model = load("trap").model.exact().replace(causal_weight=Fraction(1, 2), cost_work=1)
    out = hysteresis(model, "cost_work", AW, PE, high=3)
    back = hysteresis(model.replace(cost_work=Fraction(1, 2)), "cost_work", PE, AW, rising=False, high=3)
    assert out.out_threshold == back.in_threshold == Fraction(3260207, 2560000)
    assert out.in_threshold == back.out_threshold == Fraction(14107, 512000)
    assert out.gap == back.gap == pytest.approx(1.245965625)
    assert str(out).endswith("(push, escalate) is lost again at less than 14107/512000 (0.0275527)")


def test_going_down_is_going_up_mirrored():
    """Push strength falls: where (push, escalate) of h_county is left is the low end of its stretch."""
    found = hysteresis(Delegation(), "push_strength", PE, ("assist", "escalate"), rising=False)
    (held,) = found.held
    assert found.out_threshold == held.low and held.high == 1
    below = Delegation(push_strength=found.out_threshold.rational - Fraction(1, 10**6)).stage_game()
    assert (1, 1) not in pure_cells(below)
    assert (1, 1) in pure_cells(Delegation(push_strength=found.out_threshold.rational).stage_game())


def test_a_target_that_is_not_there_is_said_to_be_missing():
    found = hysteresis(load("trap").model, "authority", AW, PE)
    assert not found.sustained and found.gap is None
    assert str(found).endswith("where (push, escalate) is no equilibrium")


def test_a_status_quo_must_be_one():
    with pytest.raises(ReformError, match="no status quo"):
        hysteresis(Delegation(), "authority", AW, PE)
    with pytest.raises(ReformError, match="unbounded"):
        hysteresis(Delegation(), "accountability", PE, AW)
    with pytest.raises(ReformError, match="not a stretch"):
        equilibrium_stretches(Delegation(), "authority", PE, low=1, high=0)


def test_the_value_survives_pickling():
    found = hysteresis(load("trap").model, "authority", PE, AW)
    assert pickle.loads(pickle.dumps(found)) == found
