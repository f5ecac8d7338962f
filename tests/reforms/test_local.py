"""Reforms in one part of a hierarchy, and avoidance as the share of mandates."""

from fractions import Fraction

import networkx as nx
import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Nash, Rationalizable
from blamegame.errors import ReformError, UnsupportedGame
from blamegame.models.arborescence import Arborescence
from blamegame.models.hierarchy import Hierarchy
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.local import apply_in, by_place
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.studies.compare import compare
from blamegame.verbs import avoidance

MENU = choose(CATALOGUE, ["list", "tolerate", "train"])


@pytest.fixture(scope="module")
def model():
    return Hierarchy(tree=(1, 3, 6, 30))


def test_everywhere_is_the_national_reform(model):
    everywhere = apply_in(model, MENU, np.ones(model.tree.n_offices, dtype=bool))
    national = apply(model, MENU)
    assert all(
        (getattr(everywhere, n) == getattr(national, n)) is True
        or np.all(getattr(everywhere, n) == getattr(national, n))
        for n in model.parameters()
    )
    assert (everywhere.network_game().groups[0].payoffs == national.network_game().groups[0].payoffs).all()


def test_nowhere_and_nothing_change_nothing(model):
    nowhere = apply_in(model, MENU, np.zeros(model.tree.n_offices, dtype=bool))
    assert (nowhere.network_game().groups[0].payoffs == model.network_game().groups[0].payoffs).all()
    assert apply_in(model, (), np.ones(model.tree.n_offices, dtype=bool)) is model


def test_numbers_and_flags_say_the_same(model):
    flags = model.tree.tier(2)
    assert apply_in(model, MENU, flags) == apply_in(model, MENU, np.flatnonzero(flags))


def test_reforms_in_two_parts_add_up(model):
    one = apply_in(apply_in(model, MENU, model.tree.subtree(1)), MENU, ~model.tree.subtree(1))
    assert (one.network_game().groups[0].payoffs == apply(model, MENU).network_game().groups[0].payoffs).all()


@pytest.mark.parametrize(
    "offices", [np.zeros(3, dtype=bool), np.array([40]), np.array([-1]), np.array([0.5]), np.array([[1]])]
)
def test_what_names_no_offices_is_refused(model, offices):
    with pytest.raises(ReformError, match="neither 40 flags"):
        apply_in(model, MENU, offices)


def test_a_province_that_reforms_ends_avoidance_in_its_own_mandates():
    model = Hierarchy(tree=(1, 2, 8, 80))
    base = avoidance(model, Nash())
    assert (base.low.lower, base.high.upper, base.status) == (1, 1, "entrenched")
    bundle = choose(CATALOGUE, ["tolerate", "train", "list", "empower", "reward"])
    everywhere = avoidance(apply(model, bundle), Nash())
    assert (everywhere.low.lower, everywhere.high.upper, everywhere.complete) == (0, 0, True)
    part = avoidance(apply_in(model, bundle, model.tree.subtree(1)), Nash())
    assert (part.low.lower, part.high.upper, part.complete) == (Fraction(1, 2), Fraction(1, 2), True)


@pytest.mark.parametrize("concept", [Correlated(), Rationalizable()])
def test_other_concepts_have_the_same_range_where_it_is_complete(model, concept):
    assert avoidance(model, concept).high.upper == avoidance(model, Nash()).high.upper == 1


def test_coarse_correlation_is_not_bounded_by_complements_and_is_refused(model):
    with pytest.raises(UnsupportedGame, match="Nash, Correlated, Rationalizable"):
        avoidance(model, CoarseCorrelated())


def test_an_event_of_ones_own_is_over_the_last_two_offices(model):
    found = avoidance(model, Nash(), event=np.array([[False] * 3, [False, False, True]]))
    assert (found.low.lower, found.high.upper) == (0, 0)


def test_every_bundle_of_a_menu_is_searched_on_a_hierarchy(model):
    plan = search(model, choose(CATALOGUE, ["tolerate", "train", "empower"]))
    assert plan.examined == 8
    for bundle in range(8):
        reformed = apply(model, choose(plan.menu, plan.bundles.names(bundle)))
        found = avoidance(reformed, Nash())
        assert (plan.range.low.lower[bundle], plan.range.high.upper[bundle]) == (
            float(found.low.lower),
            float(found.high.upper),
        )
        assert plan.success[bundle] == (found.complete and found.high.upper == 0)
    assert plan.complete == all(
        avoidance(apply(model, choose(plan.menu, plan.bundles.names(b))), Nash()).complete for b in range(8)
    )


def test_lists_in_one_province_of_the_nation_help_that_province_and_in_the_prefectures_help_everybody():
    from blamegame.scenario import load

    nation = load("nation").model
    lists = choose(CATALOGUE, ["list"])
    province = nation.tree.subtree(1)
    inside = Fraction(int(province[nation.tree.leaves].sum()), nation.n_mandates)
    one = avoidance(apply_in(nation, lists, province), Nash())
    assert (one.low.lower, one.high.upper, one.complete) == (0, 1 - inside, True)
    prefectures = avoidance(apply_in(nation, lists, nation.tree.tier(2)), Nash())
    assert (prefectures.low.lower, prefectures.high.upper) == (0, 0)
    townships = avoidance(apply_in(nation, lists, nation.tree.tier(4)), Nash())
    assert (townships.low.lower, townships.high.upper, townships.status) == (0, 1, "trap")


def test_places_are_the_whole_each_tier_and_each_kind_of_subtree():
    """Four provinces: two with one office below them, one with two, and one with two of which one has other numbers."""
    tree = Arborescence(np.array([-1, 0, 0, 0, 0, 1, 2, 3, 3, 4, 4]))
    model = Hierarchy(tree=tree, tolerance=np.array([0.1] * 10 + [0.2]))
    places = by_place(model, MENU)
    assert list(places) == [
        "nowhere",
        "everywhere",
        "tier 1 alone",
        "tier 2 alone",
        "tier 3 alone",
        "office 1 and below (like 1 other)",
        "office 3 and below",
        "office 4 and below",
    ]
    assert places["nowhere"] is model
    reformed = places["office 3 and below"].assistance
    assert [office for office in range(11) if reformed[office] != model.assistance] == [3, 7, 8]


def test_named_places_keep_their_names():
    graph = nx.DiGraph([("centre", "north"), ("centre", "south"), ("north", "n1"), ("south", "s1"), ("south", "s2")])
    assert list(by_place(Hierarchy(tree=graph), MENU))[-2:] == ["north and below", "south and below"]


def test_places_are_compared_by_the_share_of_mandates(model):
    found = compare(by_place(model, MENU))
    one = found["everywhere"]
    whole = avoidance(apply(model, MENU), Nash())
    assert (one["avoidance_best"], one["status"]) == (float(whole.low.lower), whole.status)
