from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.batch import Batch
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.playability import playable
from blamegame.solvers.repeated.playability_batch import playable_batch


def assert_equals_its_items(payoffs, discount):
    batch = playable_batch(payoffs, discount)
    for g, table in enumerate(payoffs):
        alone = playable(RepeatedGame(StrategicGame(table), discount))
        assert not np.any(batch.yes[g] & ~alone.yes & ~alone.undecided), (table.tolist(), discount)
        assert not np.any(batch.no[g] & ~alone.no & ~alone.undecided), (table.tolist(), discount)
        assert not np.any(batch.undecided[g] & ~alone.undecided), (table.tolist(), discount)


@pytest.mark.parametrize("discount", [0, F(1, 10), F(1, 2), F(9, 10), F(99, 100)])
def test_a_batch_of_integer_games_equals_its_items(discount):
    rng = np.random.default_rng(5)
    assert_equals_its_items(rng.integers(0, 10, (25, 2, 2, 2)), discount)
    assert_equals_its_items(rng.integers(0, 4, (10, 2, 2, 3)), discount)


@pytest.mark.parametrize("discount", [0.3, 0.6, 0.95])
def test_a_batch_of_float_games_equals_its_items(discount):
    rng = np.random.default_rng(6)
    assert_equals_its_items(rng.normal(size=(25, 2, 3, 2)) * 1e6, discount)


def test_delegation_models_equal_their_items():
    models = Delegation(authority=np.linspace(0, 1, 12))
    assert_equals_its_items(models.stage_game().payoffs, F(3, 5))


def test_the_true_payoffs_decide_where_the_floats_are_rounded():
    """At 1/7 mutual cooperation is enforced with nothing to spare: a tie only in the exact payoffs."""
    third = F(1, 3)
    true = np.array([[[9, 1], [10, 3]], [[9, 10], [1, 3]]], dtype=object) * third
    floats = true.astype(float)[None]
    batch = playable_batch(Batch(floats, lambda g: true), F(1, 7))
    assert batch.yes[0, 0, 0]
    assert batch.decided_exactly.tolist() == [True]
    assert playable_batch(true[None], F(1, 7)).yes[0, 0, 0]


def test_a_tie_of_rounded_payoffs_is_not_taken_for_a_tie():
    """Deviating gains 1e-30, which floats cannot show: the profile is playable for the patient only."""
    tiny = F(1, 10**30)
    true = np.array([[[F(1), F(0)], [1 + tiny, F(0)]], [[F(1), F(0)], [F(0), F(0)]]], dtype=object)
    batch = playable_batch(Batch(true.astype(float)[None], lambda g: true), 0)
    assert batch.no[0, 0, 0]
    assert playable_batch(true.astype(float)[None], 0).yes[0, 0, 0]


def test_any_batch_shape_is_flattened_and_a_single_game_is_a_batch():
    one = np.array([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    assert len(playable_batch(one, F(1, 2))) == 1
    assert playable_batch(np.stack([[one, one]] * 3), F(1, 2), threads=1).yes.shape == (6, 2, 2)
    assert playable_batch(StrategicGame(one), F(1, 8)).verdicts[0].tolist() == [
        ["not playable", "not playable"],
        ["not playable", "playable"],
    ]


def test_without_time_only_the_screening_speaks():
    one = np.array([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    batch = playable_batch(one, F(1, 7), time_limit=0)
    assert not batch.decided_exactly.any()
    assert batch.yes[0, 1, 1]
    assert not batch.complete
    assert "verdicts undecided" in repr(batch)


def test_discount_factors_and_players_are_checked():
    with pytest.raises(GameError, match="discount=1"):
        playable_batch(np.zeros((1, 2, 2, 2)), 1)
    with pytest.raises(GameError, match="games of 2 players are needed"):
        playable_batch(StrategicGame(np.zeros((3, 1, 1, 1))), 0.5)


@pytest.mark.parametrize(("base", "more"), [(F(1), F(1, 10**20)), (2**60, 1)])
def test_exact_numbers_are_not_rounded_at_the_door(base, more):
    """The second row is better, by less than floats can tell, so the first is no stage equilibrium."""
    games = [[[[base, 0], [base + more, 0]], [[1, 0], [1, 0]]]]
    for given in (games, np.array(games), np.array(games, dtype=object)):
        assert playable_batch(given, 0).yes[0].tolist() == [[False, False], [True, False]]
