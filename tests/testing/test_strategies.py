"""Strategies draw what they promise and shrink to games that a person can read."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from blamegame.errors import ModelError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.testing import bundles, degenerate_games, delegation_models, strategic_games

STEADY = settings(derandomize=True, database=None, max_examples=2000, suppress_health_check=list(HealthCheck))


def shrunk(strategy: st.SearchStrategy[Any], condition: Any) -> Any:
    return find(strategy, condition, settings=STEADY)


@given(strategic_games(n_players=3, min_actions=2, max_actions=3))
@settings(max_examples=30)
def test_games_have_the_players_and_actions_asked_for_and_are_exact(game):
    assert game.n_players == 3 and game.exact
    assert all(2 <= n <= 3 for n in game.n_actions)


@given(strategic_games(payoffs=st.floats(-1, 1)))
@settings(max_examples=30)
def test_floats_as_payoffs_make_float_games(game):
    assert not game.exact


@given(degenerate_games())
@settings(max_examples=60)
def test_degenerate_games_are_exact_two_player_games_of_whole_numbers(game):
    assert game.n_players == 2 and game.exact
    assert all(v.denominator == 1 for v in game.payoffs.ravel())


def is_zero(game):
    return game.payoffs[0].size >= 4 and not game.payoffs.any()


def has_a_copied_action(game):
    rows = [game.payoffs[:, i].tolist() for i in range(game.n_actions[0])]
    return game.payoffs.any() and game.n_actions[1] > 1 and any(rows.count(row) > 1 for row in rows)


def is_a_constant_sum_with_ties(game):
    total = game.payoffs.sum(axis=0).ravel().tolist()
    return min(game.n_actions) > 1 and len(set(total)) == 1 and len(set(game.payoffs[0].ravel().tolist())) == 2


def has_an_indifferent_player(game):
    return game.payoffs[0].size > 4 and len(set(game.payoffs[1].ravel().tolist())) == 1 and game.payoffs[0].any()


@pytest.mark.parametrize("kind", [is_zero, has_a_copied_action, is_a_constant_sum_with_ties, has_an_indifferent_player])
def test_degenerate_games_include_every_kind_of_tie(kind):
    assert find(degenerate_games(), kind, settings=settings(STEADY, phases=(Phase.generate,))) is not None


def test_a_game_shrinks_to_the_fewest_actions_and_to_zeros():
    game = shrunk(strategic_games(), lambda g: g.payoffs[0].max() >= 2)
    assert game.n_actions == (1, 1)
    assert game.payoffs.ravel().tolist() == [2, 0]


def test_a_degenerate_game_shrinks_to_a_small_one():
    game = shrunk(degenerate_games(), lambda g: g.n_actions[0] >= 2 and g.payoffs[0, 0, 0] < g.payoffs[0, 1, 0])
    assert game.n_actions == (2, 1)
    assert sorted(game.payoffs.ravel().tolist()) == [0, 0, 0, 1]


@given(delegation_models())
@settings(max_examples=60)
def test_delegation_models_are_exact_and_lie_on_the_grid_or_the_default(model):
    assert model.stage_game().exact
    for name, spec in model.parameters().items():
        value = getattr(model, name)
        assert isinstance(value, Fraction)
        assert value == spec.default or (value * 4).denominator == 1
        assert spec.low <= value <= (2 if spec.high is None else spec.high)


def test_delegation_models_shrink_to_the_defaults_but_for_what_matters():
    model = shrunk(delegation_models(), lambda m: m.tolerance == 1)
    assert model == Delegation(tolerance=1)


@given(delegation_models(authority=Fraction(1, 7)))
@settings(max_examples=10)
def test_fixed_parameters_are_kept(model):
    assert model.authority == Fraction(1, 7)


@given(st.data())
@settings(max_examples=1)
def test_a_fixed_parameter_that_does_not_exist_is_refused(data):
    with pytest.raises(ModelError, match="authority"):
        data.draw(delegation_models(authorty=1))


def test_ties_between_actions_do_happen_in_delegation_models():
    tied = []

    @settings(STEADY, max_examples=100)
    @given(delegation_models())
    def collect(model):
        upper, lower = model.stage_game().payoffs.tolist()
        tied.append(any(len(set(row)) < 3 for row in lower) or any(a == b for a, b in zip(*upper)))

    collect()
    assert tied.count(True) >= 20


@given(bundles(CATALOGUE))
@settings(max_examples=50)
def test_bundles_are_subsets_of_the_menu_in_its_order(bundle):
    positions = [list(CATALOGUE).index(reform) for reform in bundle]
    assert positions == sorted(set(positions))


def test_bundles_shrink_to_the_reform_that_matters_and_an_empty_menu_has_one():
    assert shrunk(bundles("abcdef"), lambda b: "d" in b) == ("d",)
    assert shrunk(bundles(()), lambda b: True) == ()


def test_every_bundle_of_a_small_menu_can_be_drawn():
    drawn = set()

    @settings(STEADY, max_examples=200)
    @given(bundles("abc"))
    def collect(bundle):
        drawn.add(bundle)

    collect()
    assert len(drawn) == 2**3
    assert np.mean([len(bundle) for bundle in drawn]) == 1.5
