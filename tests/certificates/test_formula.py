"""Payoff definitions recorded as programs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates import checker
from blamegame.certificates.certify import certify
from blamegame.certificates.checker import programs
from blamegame.certificates.claims import BundleRemoves
from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError
from blamegame.games.strategic import object_array
from blamegame.models.delegation import Delegation
from blamegame.models.forms import Table
from blamegame.models.model import parameter
from blamegame.reforms.reform import Reform


def evaluate(formula: Any, values: dict[str, Fraction]) -> Any:
    registers = programs.run(list(formula.program), values, checker.Work())
    return np.vectorize(registers.__getitem__, otypes=[object])(formula.outputs)


shares = st.fractions(0, 1, max_denominator=50)
FORMULA = payoff_formula(Delegation())


@settings(max_examples=50, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(Delegation.parameters(), shares)))
def test_the_recorded_formula_gives_the_payoffs_of_any_delegation_model(values: dict[str, Fraction]) -> None:
    assert (evaluate(FORMULA, values) == Delegation(**values).payoffs()).all()


def test_the_formula_does_not_depend_on_the_model_s_numbers() -> None:
    assert payoff_formula(Delegation(authority=1, causal_weight=Fraction(1, 2))) == FORMULA


def test_no_step_is_recorded_twice_or_in_vain() -> None:
    steps = FORMULA.program
    used = {k for step in steps if step[0] not in ("parameter", "number") for k in step[1:]}
    outputs = set(np.ravel(FORMULA.outputs).tolist())
    assert len(set(steps)) == len(steps)
    assert used | outputs == set(range(len(steps)))


class Toy(Table):
    """A model whose payoffs a test chooses."""

    players = ("a", "b")
    actions = (("x", "other"), ("y",))
    avoidance = np.array([[True], [False]])

    def formula(self, z: Any) -> Any:
        raise NotImplementedError

    def payoffs(self) -> Any:
        return object_array([self.formula(self.z), 10, 0, 0]).reshape(2, 2, 1)  # type: ignore[attr-defined]


def toy(formula: Any) -> Any:
    @dataclass(frozen=True, eq=False)
    class Chosen(Toy):
        z: Any = parameter("z", "anything", "0.5")

    Chosen.formula = lambda self, z: formula(z)  # type: ignore[method-assign]
    return Chosen()


@pytest.mark.parametrize(
    "formula",
    [
        lambda z: 1 / (2 + z) - z / 3,
        lambda z: -z + 1 - (3 - z),
        lambda z: 2 * z**3 + z**1,
        lambda z: Fraction(1, 3) * z - np.int64(1).item(),
    ],
)
def test_every_arithmetic_operator_is_recorded(formula: Any) -> None:
    recorded = payoff_formula(toy(formula))
    for z in (Fraction(0), Fraction(2, 7), Fraction(1)):
        assert evaluate(recorded, {"z": z})[0, 0, 0] == formula(z)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (lambda z: z if z else 0, "branches on the value"),
        (lambda z: z if z < 1 else 0, "not supported between"),
        (lambda z: z**-1, "to the power -1"),
        (lambda z: z ** Fraction(1, 2), "only natural powers"),
        (lambda z: z + 0.5, "0.5 is neither exact nor recorded"),
        (lambda z: np.sqrt(z), "sqrt"),
        (lambda z: abs(z), "abs"),
    ],
)
def test_a_payoff_that_is_no_rational_formula_is_refused(formula: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=rf"Chosen are not one rational formula .*{message}"):
        payoff_formula(toy(formula))


def test_a_definition_that_tests_for_equality_is_caught_by_comparing_payoffs() -> None:
    """Where z = 1 the payoff jumps; the recording cannot see it, the comparison after each bundle does."""
    reform = Reform("raise", {"z": {"floor": 1}})
    jumpy = toy(lambda z: z + 5 if z == 1 else z)
    with pytest.raises(CertificateError, match="Chosen are not one rational formula"):
        certify(BundleRemoves(jumpy, [reform], ["raise"]))
    assert certify(BundleRemoves(toy(lambda z: z + 5), [reform], ["raise"])).holds
