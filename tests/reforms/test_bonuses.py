"""Bonuses: the fixtures of model.md section 9, and that they do what they promise and no less would."""

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import CATALOGUE, Delegation, apply, load
from blamegame.errors import ReformError
from blamegame.games.strategic import StrategicGame, best_reply_cells
from blamegame.reforms.bonuses import action_payments, success_bonuses
from blamegame.reforms.reform import choose
from blamegame.testing.strategies import delegation_models, strategic_games


def after(*names):
    return apply(Delegation(), choose(CATALOGUE, names))


def test_at_the_defaults():
    found = success_bonuses(Delegation())
    assert found.least == (Fraction(221, 3780), Fraction(373, 396))
    assert float(found.expected_cost) == pytest.approx(0.74829, abs=5e-6)
    assert action_payments(Delegation()).total == Fraction("0.2086")


@pytest.mark.parametrize(
    ("names", "per_success", "per_action"),
    [
        (["train"], 0.10835, 0.04475),
        (["empower"], 0.83107, 0.21805),
        (["empower", "train"], 0.04889, 0.02113),
    ],
)
def test_after_reforms(names, per_success, per_action):
    assert float(success_bonuses(after(*names)).expected_cost) == pytest.approx(per_success, abs=5.1e-6)
    assert float(action_payments(after(*names)).total) == pytest.approx(per_action, abs=5.1e-6)


def test_after_the_cheap_reform_answer_no_bonus_can_make_lower_work():
    found = success_bonuses(after("answer"))
    assert not found.possible and found.expected_cost is None
    assert found.obstacles == (
        "",
        "no bonus on success can make lower work: it prefers to escalate, which succeeds more often (0.775 > 0.748)",
    )


@settings(max_examples=80, deadline=None)
@given(delegation_models())
def test_bonuses_make_the_profile_an_equilibrium_and_anything_less_does_not(model):
    found = success_bonuses(model)
    payoffs, success = model.stage_game().payoffs, np.asarray(model.success())

    def stays(player, bonus):
        table = payoffs.copy()
        table[player] = table[player] + bonus * success
        return best_reply_cells(StrategicGame(table))[player, 0, 0]

    for player, (least, most) in enumerate(zip(found.least, found.most)):
        if least is None:
            assert found.obstacles[player]
            assert not any(stays(player, Fraction(k, 7)) for k in range(0, 60))
            continue
        assert stays(player, least)
        assert least == 0 or not stays(player, least * Fraction(999, 1000))
        if most is not None:
            assert stays(player, most) and not stays(player, most * Fraction(1001, 1000) + Fraction(1, 10**6))
        else:
            assert stays(player, least + 1000)


@settings(max_examples=80, deadline=None)
@given(delegation_models(credit_lower=Fraction(0)))
def test_no_bonus_moves_lower_iff_escalating_succeeds_as_often_and_is_preferred_or_formalism_is(model):
    """The condition of the specification, read for both ways of avoiding."""
    payoffs, success = model.stage_game().payoffs, model.success()
    blocked = any(success[0, j] >= success[0, 0] and payoffs[1, 0, j] > payoffs[1, 0, 0] for j in (1, 2))
    found = success_bonuses(model)
    if blocked:
        assert found.least[1] is None
    if found.least[1] is None and not blocked:
        assert "leaves it to" in found.obstacles[1]  # squeezed between a floor and a ceiling


def test_a_bonus_may_be_squeezed_out_between_two_ways_of_avoiding():
    table = [[[0, 1, -1]], [[0, 1, -1]]]
    success = np.array([[Fraction(1, 2), Fraction(1, 4), Fraction(9, 10)]])
    found = success_bonuses(StrategicGame(table), (0, 0), success=success)
    assert found.least[1] is None and "no bonus on success works" in found.obstacles[1]
    assert success_bonuses(StrategicGame(table), (0, 2), success=success).possible


@settings(max_examples=80, deadline=None)
@given(strategic_games(max_actions=3) | strategic_games(n_players=3, max_actions=2), st.data())
def test_promises_make_the_profile_dominant_and_cost_what_the_best_deviations_gain(game, data):
    cell = tuple(data.draw(st.integers(0, n - 1)) for n in game.n_actions)
    found = action_payments(game, cell)
    promised = StrategicGame(game.payoffs + found.promises)
    assert min(found.promises.ravel().tolist()) >= 0
    for player in range(game.n_players):
        own = np.moveaxis(promised.payoffs[player], player, 0)
        others = np.delete(own, cell[player], axis=0)
        assert (own[cell[player]] >= others).all()
        lead = own[cell[player]] - others
        if len(others) and lead[0].size > 1:
            assert (lead.reshape(len(others), -1).max(axis=1) > 0).all()
        line = game.payoffs[player][(*cell[:player], slice(None), *cell[player + 1 :])]
        assert found.paid[player] == max(line.tolist()) - game.payoffs[(player, *cell)]
    unpaid = np.ones(promised.payoffs.shape, dtype=bool)
    for player in range(game.n_players):
        index = [slice(None)] * game.n_players
        index[player] = cell[player]
        unpaid[(player, *index)] = False
    assert (found.promises[unpaid] == 0).all()


def test_an_equilibrium_costs_nothing():
    model = load("responsible").model
    assert success_bonuses(model).expected_cost == 0 and action_payments(model).total == 0


def test_what_has_no_success_is_refused():
    with pytest.raises(ReformError, match="pass success="):
        success_bonuses(StrategicGame([[[1]], [[1]]]), (0, 0))
    with pytest.raises(ReformError, match="does not fit"):
        success_bonuses(Delegation(), success=np.zeros((2, 2)))
    with pytest.raises(ReformError, match="no probability"):
        success_bonuses(Delegation(), success=np.full((2, 3), 2))


def test_values_survive_pickling():
    for found in (success_bonuses(Delegation()), action_payments(Delegation())):
        assert pickle.loads(pickle.dumps(found)) == found
