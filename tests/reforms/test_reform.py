"""Reforms are checked when built, and applying a bundle is a matter of sets."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import ReformError
from blamegame.models.delegation import Delegation
from blamegame.reforms.reform import Edit, Reform, apply, as_menu, choose, combined, edited

PARAMETERS = Delegation.parameters()
EMPOWER = Reform("empower", {"authority": {"add": Fraction(35, 100)}}, cost=4, source="page 3", remedy="delegate")
LIST = Reform("list", {"push_strength": {"scale": Fraction(2, 5)}, "diffusion": {"scale": Fraction(1, 4)}}, cost=2)
TOLERATE = Reform("tolerate", {"tolerance": {"floor": Fraction(1, 2)}})

small = st.fractions(min_value=-2, max_value=2, max_denominator=20)
steps = st.fixed_dictionaries(
    {}, optional={"scale": st.fractions(min_value=0, max_value=3, max_denominator=20), "add": small, "floor": small}
).filter(bool)
some_parameters = st.sampled_from(["authority", "tolerance", "accountability", "cost_work"])
edit_tables = st.dictionaries(some_parameters, steps, min_size=1, max_size=4)
bundles = st.lists(edit_tables, max_size=5).map(lambda ts: [Reform(f"reform {i}", t) for i, t in enumerate(ts)])


def test_a_reform_keeps_its_edits_as_values_in_one_order():
    assert LIST.edits == (
        Edit("diffusion", scale=Fraction(1, 4)),
        Edit("push_strength", scale=Fraction(2, 5)),
    )
    assert Reform("list", dict(reversed(list(_as_mapping(LIST).items()))), cost=2) == LIST
    assert hash(Reform("list", LIST.edits, cost=2)) == hash(LIST)
    assert pickle.loads(pickle.dumps(LIST)) == LIST
    assert dataclasses.replace(LIST, cost=5).cost == 5 and dataclasses.replace(LIST, cost=5).edits == LIST.edits


def _as_mapping(reform):
    return {edit.parameter: {"scale": edit.scale} for edit in reform.edits}


def test_a_reform_prints_what_it_does_and_costs():
    assert str(EMPOWER) == "empower: authority + 0.35 (cost 4)"
    assert str(LIST) == "list: diffusion x 0.25; push_strength x 0.4 (cost 2)"
    both = Reform("both", {"cost_work": {"scale": 2, "add": Fraction(-1, 10), "floor": Fraction(1, 20)}}, cost=0)
    assert str(both) == "both: cost_work x 2, - 0.1, at least 0.05 (cost 0)"
    assert str(Edit("tolerance")) == "tolerance unchanged"


@pytest.mark.parametrize(
    ("number", "exact"),
    [(1, Fraction(1)), (0.25, Fraction(1, 4)), (Decimal("0.35"), Fraction(7, 20)), (Fraction(1, 3), Fraction(1, 3)),
     (np.float32(0.5), Fraction(1, 2)), (np.int64(2), Fraction(2)), (0.1, Fraction(0.1))],
)  # fmt: skip
def test_every_finite_number_is_kept_as_the_rational_it_is(number, exact):
    kept = Reform("x", {"authority": {"add": number}}, cost=number)
    assert kept.cost == exact and kept.edits[0].add == exact
    assert type(kept.cost) is Fraction and type(kept.cost.numerator) is int


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("", {"authority": {"add": 1}}), "needs a name, not ''"),
        ((3, {"authority": {"add": 1}}), "needs a name, not 3"),
        (("x", {}), "'x' edits nothing"),
        (("x", {"authority": {}}), "an edit is a mapping with scale, add or floor, not {}"),
        (("x", {"authority": 2}), "an edit is a mapping with scale, add or floor, not 2"),
        (("x", {"authority": {"cap": 2}}), "'cap' is not an edit; the edits are scale, add and floor"),
        (("x", {"authority": {"add": "0.3"}}), r"authority: add='0.3' is not a number; write Fraction\('0.3'\)"),
        (("x", {"authority": {"add": True}}), "add=True is not a number"),
        (("x", {"authority": {"add": None}}), "add=None is not a number"),
        (("x", {"authority": {"add": 1j}}), "add=1j is not a number"),
        (("x", {"authority": {"add": float("nan")}}), "add=nan is not a finite number"),
        (("x", {"authority": {"floor": Decimal("Infinity")}}), "floor=Infinity is not a finite number"),
        (("x", {"authority": {"floor": Decimal("sNaN")}}), "floor=sNaN is not a finite number"),
        (("x", {"authority": {"add": 10**400}}), "beyond 1e300"),
        (("x", {"authority": {"add": Decimal("1e999999999")}}), "beyond 1e300"),
        (("x", {"authority": {"add": Decimal("1e-999999999")}}), "below 1e-300"),
        (("x", {"authority": {"scale": -1}}), "scale=-1 is negative"),
        (("x", {"authority": {"add": 1}}, -1), "the cost of reform 'x' is -1; a cost is 0 or more"),
        (("x", {"authority": {"add": 1}}, "2"), "the cost of reform 'x'='2' is not a number"),
        (("x", [("authority", 1)]), "edits are .*, not"),
        (("x", [Edit("authority"), Edit("authority")]), "edits authority twice"),
    ],
)
def test_a_reform_that_is_not_well_formed_is_refused_with_the_value(arguments, message):
    with pytest.raises(ReformError, match=message):
        Reform(*arguments)


def test_scales_come_before_adds_before_floors_before_the_range():
    add_first = Reform("add", {"cost_work": {"add": Fraction(1, 4)}})
    double = Reform("double", {"cost_work": {"scale": 2}})
    lift = Reform("lift", {"cost_work": {"floor": 1}})
    assert apply(Delegation(), [add_first, double]).cost_work == Fraction(3, 4)  # 2 x 1/4 + 1/4, not 2 x (1/4 + 1/4)
    assert apply(Delegation(), [add_first, double, lift]).cost_work == 1
    assert apply(Delegation(), [lift]).cost_work == 1
    assert apply(Delegation(), [EMPOWER, Reform("much", {"authority": {"add": 3}})]).authority == 1
    assert apply(Delegation(), [Reform("less", {"authority": {"add": -3}})]).authority == 0
    assert apply(Delegation(), [Reform("over", {"authority": {"floor": 7}})]).authority == 1


def test_the_empty_bundle_is_the_model_itself():
    model = Delegation()
    assert apply(model, {}) is model
    assert apply(model, ()) is model


@given(bundles, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_never_matters(bundle, random):
    shuffled = bundle.copy()
    random.shuffle(shuffled)
    for model in (Delegation(), Delegation(authority=0.3, tolerance=0.1, accountability=1.0, cost_work=0.25)):
        assert apply(model, bundle) == apply(model, shuffled) == apply(model, set(bundle)) == apply(model, bundle * 2)


@given(edit_tables, edit_tables)
@settings(max_examples=50, deadline=None)
def test_reforms_of_different_parameters_compose(one, other):
    first = Reform("first", one)
    rest = {name: table for name, table in other.items() if name not in one}
    bundle = [first, *([Reform("second", rest)] if rest else [])]
    step_by_step = Delegation()
    for reform in bundle:
        step_by_step = apply(step_by_step, [reform])
    assert apply(Delegation(), bundle) == step_by_step


@given(bundles)
@settings(max_examples=50, deadline=None)
def test_the_result_stays_in_range_and_untouched_parameters_stay_as_they_are(bundle):
    reformed = apply(Delegation(), bundle)
    touched = {edit.parameter for reform in bundle for edit in reform.edits}
    for name, spec in PARAMETERS.items():
        value = getattr(reformed, name)
        assert type(value) is Fraction and spec.low <= value and (spec.high is None or value <= spec.high)
        if name not in touched:
            assert value == getattr(Delegation(), name)


@given(bundles)
@settings(max_examples=40, deadline=None)
def test_a_batch_equals_its_items_and_keeps_its_kind(bundle):
    grid = [Fraction(i, 8) for i in range(9)]
    floats = apply(Delegation(authority=np.linspace(0, 1, 9), cost_work=0.25), bundle)
    exact = apply(Delegation(authority=np.array(grid, dtype=object)), bundle)
    if bundle and any(edit.parameter == "authority" for reform in bundle for edit in reform.edits):
        assert floats.authority.dtype == np.float64 and exact.authority.dtype == object
    assert type(floats.cost_work) is float
    for i, authority in enumerate(grid):
        single = apply(Delegation(authority=authority), bundle)
        assert exact.item(i) == single
        assert np.isclose(floats.item(i).authority, float(single.authority), atol=1e-15)


def test_an_unknown_parameter_is_named_with_the_nearest_known_one():
    typo = Reform("empower", {"autority": {"add": 1}})
    with pytest.raises(
        ReformError, match=r"reform 'empower': 'autority' is not a parameter .* did you mean 'authority'"
    ):
        apply(Delegation(), [typo])


def test_a_symbol_cannot_be_edited():
    with pytest.raises(ReformError, match="authority is a, which is no number"):
        apply(Delegation(authority=sympy.Symbol("a")), [EMPOWER])


def test_a_bundle_is_a_collection_of_reforms_with_distinct_names():
    with pytest.raises(ReformError, match=r"write \[empower\]"):
        apply(Delegation(), EMPOWER)
    with pytest.raises(ReformError, match=r"'list' is not a Reform; choose\(menu, names\)"):
        apply(Delegation(), ["list"])
    with pytest.raises(ReformError, match="two different reforms are called 'list'"):
        apply(Delegation(), [LIST, dataclasses.replace(LIST, cost=9)])
    assert as_menu([LIST, EMPOWER, LIST]) == (LIST, EMPOWER)


def test_reforms_are_chosen_by_name_in_menu_order():
    menu = [EMPOWER, LIST, TOLERATE]
    assert choose(menu, ["tolerate", "empower"]) == (EMPOWER, TOLERATE)
    assert choose(menu, "list") == (LIST,)
    assert choose(menu, ()) == ()
    with pytest.raises(ReformError, match="'tolerat' is not a reform of this menu; did you mean 'tolerate'"):
        choose(menu, ["tolerat"])
    with pytest.raises(ReformError, match=r"'zzz' .* they are empower, list, tolerate"):
        choose(menu, ["zzz"])


@given(*[steps] * 3)
@settings(max_examples=50, deadline=None)
def test_joining_edits_is_a_commutative_and_associative_operation(a, b, c):
    made = [Reform("r", {"cost_work": table}).edits[0] for table in (a, b, c)]
    joint = {combined(combined(x, y), z) for x, y, z in itertools.permutations(made)}
    assert joint == {combined(made[0], combined(made[1], made[2]))}


def test_an_edit_works_alike_on_every_kind_of_number():
    edit, spec = Edit("cost_work", Fraction(1, 2), Fraction(1, 8), Fraction(1, 2)), PARAMETERS["cost_work"]
    values = [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(5)]
    wanted = [Fraction(1, 2), Fraction(1, 2), Fraction(5, 8), Fraction(21, 8)]
    assert [edited(v, edit, spec) for v in values] == wanted
    assert [edited(float(v), edit, spec) for v in values] == [float(w) for w in wanted]
    assert edited(np.array(values, dtype=object), edit, spec).tolist() == wanted
    assert edited(np.array(values, dtype=np.float64), edit, spec).tolist() == [float(w) for w in wanted]
