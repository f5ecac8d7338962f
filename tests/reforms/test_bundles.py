"""All bundles of a menu at once agree with applying each bundle alone."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import ModelError, ReformError
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.forms import Measured
from blamegame.reforms.bundles import every_bundle
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform, apply

numbers = st.fractions(min_value=0, max_value=2, max_denominator=30)
tables = st.dictionaries(
    st.sampled_from(["authority", "tolerance", "accountability", "cost_work", "diffusion"]),
    st.fixed_dictionaries(
        {}, optional={"scale": numbers, "add": numbers.map(lambda x: x - 1), "floor": numbers}
    ).filter(bool),
    min_size=1,
    max_size=3,
)
menus = st.lists(tables, max_size=5).map(lambda ts: [Reform(f"r{i}", t, cost=i) for i, t in enumerate(ts)])


@given(menus)
@settings(max_examples=40, deadline=None)
def test_every_bundle_is_what_apply_gives_exactly_and_in_floats(menu):
    bundles = every_bundle(Delegation(), menu)
    assert len(bundles) == 2 ** len(menu)
    batch = bundles.batch(0, len(bundles))
    costs, denominator = bundles.costs()
    for b in range(len(bundles)):
        chosen = [reform for i, reform in enumerate(menu) if b >> i & 1]
        single = apply(Delegation(), chosen)
        assert bundles.exact(b) == single
        assert bundles.names(b) == tuple(reform.name for reform in chosen)
        assert Fraction(costs[b], denominator) == sum(reform.cost for reform in chosen)
        item = batch.item(b)
        assert all(float(getattr(single, name)) == float(getattr(item, name)) for name in single.parameters())


def test_a_run_of_bundles_is_a_slice_of_all():
    bundles = every_bundle(Delegation(), CATALOGUE)
    part, whole = bundles.batch(100, 107), bundles.batch(0, 4096)
    assert part.batch_shape == (7,) and whole.batch_shape == (4096,)
    assert all(part.item(i).stage_game() == whole.item(100 + i).stage_game() for i in range(7))


def test_floats_are_taken_as_the_rationals_they_store():
    bundles = every_bundle(Delegation(authority=0.3), CATALOGUE)
    assert bundles.model.authority == Fraction(0.3) != Fraction(3, 10)
    assert bundles.exact(1).authority == Fraction(0.3) + Fraction(35, 100)


def test_costs_stay_exact_whatever_the_denominators():
    menu = [Reform("a", {"authority": {"add": 1}}, Fraction(1, 3)), Reform("b", {"tolerance": {"add": 1}}, 0.1)]
    costs, denominator = every_bundle(Delegation(), menu).costs()
    assert [Fraction(c, denominator) for c in costs] == [
        0,
        Fraction(1, 3),
        Fraction(0.1),
        Fraction(1, 3) + Fraction(0.1),
    ]


def test_the_empty_menu_has_the_one_empty_bundle():
    bundles = every_bundle(Delegation(), [])
    assert len(bundles) == 1 and bundles.names(0) == () and bundles.exact(0) == Delegation()
    assert bundles.batch(0, 1).batch_shape == (1,)


def test_seventeen_reforms_are_refused_with_the_way_out():
    menu = [Reform(f"r{i}", {"cost_work": {"add": i}}) for i in range(17)]
    with pytest.raises(ReformError, match=r"17 reforms has 131,072 bundles.*up to 16 reforms.*Join reforms"):
        every_bundle(Delegation(), menu)
    assert len(every_bundle(Delegation(), menu[:16])) == 65_536


@pytest.mark.parametrize(
    ("model", "menu", "message"),
    [
        (Delegation(), [CATALOGUE[0], CATALOGUE[0]], "the menu lists 'empower' twice"),
        (Delegation(), [CATALOGUE[0], dataclasses.replace(CATALOGUE[0], cost=9)], "two different reforms are called"),
        (Delegation(), [Reform("x", {"authorty": {"add": 1}})], "did you mean 'authority'"),
        (Delegation(authority=np.linspace(0, 1, 3)), CATALOGUE, r"a batch of shape \(3,\); search model.item\(i\)"),
        (Delegation(authority=sympy.Symbol("a")), CATALOGUE, "authority is a, which is no number"),
        (Delegation(cost_push=10**301), CATALOGUE, "cost_push is beyond 1e300"),
        (StrategicGame([[[1, 0]], [[0, 1]]]), CATALOGUE, "reforms edit a model, and StrategicGame is none"),
    ],
)
def test_what_cannot_be_searched_is_refused(model, menu, message):
    with pytest.raises(ReformError, match=message):
        every_bundle(model, menu)


def test_a_model_without_parameters_has_no_batch():
    class Still(Measured):
        avoidance = None

    bundles = every_bundle(Still(), [])
    assert bundles.exact(0) == Still()
    with pytest.raises(ModelError, match="Still has no parameters and so no batch"):
        bundles.batch(0, 1)


def test_one_reform_is_a_menu_of_one():
    assert len(every_bundle(Delegation(), CATALOGUE[0])) == 2
