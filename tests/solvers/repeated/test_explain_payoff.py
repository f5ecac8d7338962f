from __future__ import annotations

from fractions import Fraction as F

import pytest

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.explain_payoff import explain_payoff

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]], ("row", "column"), (("help", "take"), ("help", "take")))


@pytest.fixture(scope="module")
def found():
    return payoff_set(RepeatedGame(DILEMMA, F(3, 4)))


def test_a_vertex_that_repeats_itself_is_explained(found):
    text = explain_payoff(found, 2)
    assert text.startswith("(9, 9): row plays help, column plays help; then play is worth the same (9, 9) again.")
    assert "row would gain 1 today by deviating, and is punished by vertex 0, worth 3 to it" in text
    assert "promised at least 3.33333, with 5.66667 to spare" in text


def test_a_binding_constraint_and_a_best_reply_are_explained(found):
    text = explain_payoff(found, 3)
    assert "row plays help, column plays take" in text
    assert "row would gain 2 today by deviating" in text
    assert "which binds" in text
    assert "column already plays a best reply." in text
    assert "a lottery over vertices" in text


def test_every_vertex_can_be_explained_from_either_end(found):
    assert explain_payoff(found, -1) == explain_payoff(found, 3)
    with pytest.raises(GameError, match="has 4 vertices"):
        explain_payoff(found, 4)


def test_a_continuation_at_another_vertex_is_named():
    found = payoff_set(RepeatedGame(StrategicGame([[[5, 0], [6, 1]], [[5, 6], [0, 1]]]), F(1, 5)))
    texts = [explain_payoff(found, k) for k in range(len(found.inner_polygon))]
    assert any("then play is worth" in text for text in texts)


def test_one_period_is_explained_without_punishments():
    text = explain_payoff(payoff_set(RepeatedGame(DILEMMA, 0)), 0)
    assert text.endswith("Only this period counts, and nobody gains by deviating in it.")


def test_the_discount_factor_below_which_the_play_disappears_is_named():
    found = payoff_set(Delegation().repeated(F(4, 5)))
    best = max(range(len(found.inner_polygon)), key=lambda k: sum(found.inner_polygon.vertices[k]))
    texts = [explain_payoff(found, k) for k in range(len(found.inner_polygon))]
    assert "Below discount 0.516357 no equilibrium plays like this." in explain_payoff(found, best)
    assert any("possible at every discount factor" in text for text in texts)
