from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import CasesError
from blamegame.estimation.design import Design
from blamegame.estimation.identify import identify
from blamegame.estimation.null_directions import STAKE, named_directions
from blamegame.estimation.theory import QuantalResponse
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE

from .fixtures import THREE

THIRTEEN = {"base": (), **{reform.name: (reform,) for reform in CATALOGUE}}
LEFT_OUT = {"causal_weight", "tolerance_risk", "promotability", "upward_tracing"}
LATER = {"competence_weight", "risk_aversion", "inconsistency"}
MANY = [name for name in Delegation().parameters() if name not in LEFT_OUT | LATER]
EIGHT = {"rationality": 8.0}


def design(regimes, free):
    return Design(Delegation(), {name: THIRTEEN[name] for name in regimes}, free)


@pytest.mark.parametrize(
    ("regimes", "rank"), [(["base"], 3), (["base", "list"], 6), (["base", "list", "tolerate"], 9), (THIRTEEN, 21)]
)
def test_ranks_are_those_stated(regimes, rank):
    assert identify(design(regimes, MANY), at=EIGHT).rank == rank


def test_without_added_credit_the_unit_is_unseen_too():
    rest = [name for name in THIRTEEN if name not in ("reward", "voice")]
    found = identify(design(rest, MANY), at=EIGHT)
    assert found.rank == 19
    assert any(text.startswith("the unit of payoff") for text in found.unseen)
    assert not found.warnings


def test_added_credit_pins_the_unit_and_that_is_said_to_be_an_assumption():
    found = identify(design(THIRTEEN, MANY), at=EIGHT)
    assert [text.split(" (")[0] for text in found.unseen] == [STAKE]
    assert "reward, voice" in found.warnings[0]


@pytest.mark.parametrize(
    ("regimes", "errors"),
    [
        (["base", "list"], (0.070, 0.124, 0.107)),
        (["base", "tolerate"], (0.067, 0.097, 0.069)),
        (["base", "answer"], (0.075, 0.079, 0.048)),
        (["base", "list", "tolerate", "answer"], (0.056, 0.064, 0.038)),
        (THIRTEEN, (0.019, 0.027, 0.021)),
    ],
)
def test_standard_errors_are_those_stated(regimes, errors):
    found = identify(design(regimes, THREE), at=EIGHT)
    assert [p.standard_error for p in found.precisions[:3]] == pytest.approx(errors, abs=6e-4)


def test_rank_is_not_enough_to_be_identified():
    found = identify(design(["base", "tolerate"], (*THREE, "accountability")), at=EIGHT)
    assert found.rank == 5
    errors = [p.standard_error for p in found.precisions[:4]]
    assert errors == pytest.approx([0.070, 0.257, 0.256, 1.025], abs=1e-3)
    assert found.precisions[3].status == "weak" and found.precisions[0].status == "identified"


def test_the_stake_moves_no_choice_in_any_of_thirteen_regimes():
    """b, the costs, f and the precision together: precision (1-b), cost/(1-b) and f/(1-b) held."""
    costs = [n for n in Delegation().parameters() if n.startswith("cost_")]

    def choices(b):
        scale = (1 - b) / (1 - 0.1)
        moved = {n: float(getattr(Delegation(), n)) * scale for n in (*costs, "formalism_sanction")}
        model = Delegation(baseline_success=b, **moved)
        known = Design(model, THIRTEEN, (), rationality=8.0 / scale)
        return QuantalResponse().predictor(known, (), np.zeros(1))(np.zeros((1, 0)))[0]

    assert np.abs(np.exp(choices(0.45)) - np.exp(choices(0.1))).max() < 1e-12
    assert np.abs(np.exp(choices(0.0)) - np.exp(choices(0.1))).max() < 1e-12


def test_promotability_and_credit_count_only_as_a_product():
    found = identify(design(["base", "list"], ("promotability", "credit_lower")), at=EIGHT)
    assert found.rank == 2
    assert found.unseen[0].startswith("promotability x credit_lower")
    assert "reward" in [name for name, _ in found.next_regimes]


@pytest.mark.parametrize(
    ("free", "title"),
    [
        (("push_strength", "upward_tracing"), "push_strength x (1 - upward_tracing)"),
        (("cost_work", "cost_escalate", "cost_formalism"), "the common level of lower's costs"),
        (("cost_assist", "cost_push"), "the common level of upper's costs"),
        (("cost_formalism", "formalism_sanction"), "cost_formalism + substantive_inspection x formalism_sanction"),
    ],
)
def test_each_named_direction_is_found(free, title):
    found = identify(design(["base", "answer"], free), at=EIGHT)
    assert any(text.startswith(title) for text in found.unseen)


def test_named_directions_need_all_their_parameters():
    values = {n: float(getattr(Delegation(), n)) for n in Delegation().parameters()}
    assert named_directions(values, ["promotability", "authority"]) == {}


def test_an_unnamed_direction_is_spelled_in_numbers():
    found = identify(design(["base"], THREE), at=EIGHT)
    assert len(found.unseen) == 1
    assert all(name in found.unseen[0] for name in (*THREE[1:], "rationality"))
    assert all(p.status == "not identified" for p in found.precisions)


def test_a_fact_helps():
    free = ("authority", "diffusion")
    loose = identify(design(["base"], (*free, "escalation_shield")), at=EIGHT)
    told = Design(Delegation(), {"base": ()}, free, {"escalation_shield": {"k": 70, "n": 100}})
    assert loose.precisions[0].status == "not identified"
    assert identify(told, at=EIGHT).precisions[0].standard_error < 0.25


def test_four_times_the_cases_halve_the_error():
    one, four = (identify(design(["base", "list"], THREE), at=EIGHT, cases_per_regime=n) for n in (50, 200))
    for a, b in zip(one.precisions, four.precisions):
        assert a.standard_error == pytest.approx(2 * b.standard_error)
        assert a.cases_needed == b.cases_needed >= 25


def test_a_strange_assumption_is_refused():
    with pytest.raises(CasesError, match="'tolerance' is not an unknown"):
        identify(design(["base"], THREE), at={"tolerance": 0.3})
