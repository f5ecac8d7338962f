"""The catalogue of reforms as model.md section 3 lists it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose

EFFECTS = {  # at the default parameters
    "empower": {"authority": "0.65"},
    "list": {"push_strength": "0.28", "diffusion": "0.2"},
    "tolerate": {"tolerance": "0.5"},
    "inspect_substance": {"substantive_inspection": "0.7", "trace_shield": "0.3"},
    "trace_upward": {"upward_tracing": "0.7"},
    "train": {"assistance": "0.9", "cost_assist": "0.15"},
    "answer": {"answer_competence": "0.75", "cost_answer": "0.06"},
    "reward": {"credit_lower": "0.6"},
    "lighten": {"accountability": "0.6", "cost_formalism": "0.07"},
    "voice": {"credit_lower": "0.45", "credit_upper": "0.75", "substantive_inspection": "0.4"},
    "escalation_rule": {"escalation_shield": "0.28"},
    "harsher": {"accountability": "1.6"},
}


def test_the_twelve_reforms_in_their_order():
    assert [reform.name for reform in CATALOGUE] == list(EFFECTS)


@pytest.mark.parametrize("name", EFFECTS)
def test_each_reform_changes_these_defaults_and_nothing_else(name):
    reformed, default = apply(Delegation(), choose(CATALOGUE, [name])), Delegation()
    changed = {p: getattr(reformed, p) for p in Delegation.parameters() if getattr(reformed, p) != getattr(default, p)}
    assert changed == {parameter: Fraction(value) for parameter, value in EFFECTS[name].items()}


@pytest.mark.parametrize("reform", CATALOGUE, ids=lambda reform: reform.name)
def test_each_reform_says_where_it_comes_from_and_what_it_costs(reform):
    assert reform.remedy and reform.source and 1 <= reform.cost <= 4
