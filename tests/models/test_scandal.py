from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.stationary import state_shares
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.stochastic.markov_perfect import markov_perfect

HALF, NINE = Fraction(1, 2), Fraction(9, 10)
WORKING = {"calm": ("assist", "work"), "scandal": ("assist", "work")}
AVOIDING = {"calm": ("push", "escalate"), "scandal": ("push", "escalate")}
CAMPAIGN = {"calm": ("push", "escalate"), "scandal": ("assist", "work")}


def solved(discount, *reforms):
    return markov_perfect(apply(Scandal(), choose(CATALOGUE, reforms)).stochastic_game(discount))


def scandal_shares(solution):
    return [round(float(state_shares(solution.game, profile)[1]), 3) for profile in solution.equilibria]


@pytest.mark.parametrize("discount", [0, Fraction(3, 10), HALF, NINE, Fraction(99, 100)])
def test_at_the_defaults_only_avoidance_in_both_states_is_an_equilibrium(discount):
    solution = solved(discount)
    assert solution.play == (AVOIDING,) and scandal_shares(solution) == [0.915]


def test_after_empower_train_and_reward_patience_adds_the_campaign():
    impatient, patient = (solved(discount, "empower", "train", "reward") for discount in (HALF, NINE))
    assert impatient.play == (WORKING,) and scandal_shares(impatient) == [0.038]
    assert patient.play == (WORKING, CAMPAIGN) and scandal_shares(patient)[0] == 0.038


@pytest.mark.parametrize("discount", [HALF, Fraction(7, 10), NINE, Fraction(99, 100)])
def test_empower_alone_makes_lower_work_under_push_once_offices_look_ahead(discount):
    solution = solved(discount, "empower")
    assert solution.play == ({"calm": ("push", "work"), "scandal": ("push", "work")},)
    assert scandal_shares(solution) == [0.356]


def test_empower_alone_does_not_when_only_today_counts():
    assert solved(0, "empower").play == (AVOIDING,)


def test_the_states_are_the_delegation_game_and_the_same_with_more_accountability():
    model = Scandal(authority=Fraction(2, 5), heightened=3)
    game = model.stochastic_game(NINE)
    assert game.stages[0] == Delegation(authority=Fraction(2, 5)).stage_game()
    assert game.stages[1] == Delegation(authority=Fraction(2, 5), accountability=3).stage_game()


def test_scandals_start_by_failure_and_end_by_success():
    calm, scandal = Scandal().transitions()
    success = Delegation().success()
    assert (calm[..., 1] == Fraction(3, 5) * (1 - success)).all()
    assert (scandal[..., 1] == 1 - success / 2).all()
    short = Scandal(persistence=Fraction(1, 2), recovery=1).transitions()[1]
    assert (short[..., 1] == (1 - success) / 2).all()


def test_a_batch_is_its_items_whatever_parameter_varies():
    for name in ("authority", "heightened", "outbreak", "persistence", "recovery"):
        values = np.array([0.25, 0.75])
        batch = Scandal(**{name: values}).stochastic_game(0.5)
        for k, value in enumerate(values):
            alone = Scandal(**{name: float(value)}).stochastic_game(0.5)
            for mine, theirs in zip(
                (*batch[k].transitions, *(g.payoffs for g in batch[k].stages)),
                (*alone.transitions, *(g.payoffs for g in alone.stages)),
            ):
                assert np.allclose(mine.astype(np.float64), theirs.astype(np.float64), rtol=1e-14)


def test_parameters_are_documented_and_checked():
    assert [Scandal.parameters()[n].default for n in ("heightened", "outbreak", "persistence", "recovery")] == [
        Fraction("2.5"),
        Fraction("0.6"),
        1,
        Fraction("0.5"),
    ]
    with pytest.raises(ModelError, match=r"outbreak=1\.2 is not a probability"):
        Scandal(outbreak=1.2)
    assert Scandal(authority=1) != Delegation(authority=1)


def test_a_repeated_game_is_refused_because_there_are_states():
    with pytest.raises(UnsupportedGame, match="stochastic_game"):
        Scandal().repeated(NINE)
