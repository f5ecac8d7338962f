"""Green and Porter's closed form: values, thresholds, and the games it refuses."""

from fractions import Fraction

import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.monitoring import PublicSignals
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.strongly_symmetric import strongly_symmetric

STAGE = StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 0]]])
PENNIES = StrategicGame([[[0, 1], [1, 0]], [[0, 1], [1, 0]]])


def signals(*good):
    """Chance in tenths of the good signal after (a, a), one deviation, (b, b)."""
    one, mixed, both = ([Fraction(k, 10), 1 - Fraction(k, 10)] for k in good)
    return PublicSignals([[one, mixed], [mixed, both]], ("good", "bad"))


def test_the_best_value_pays_for_punishing_by_mistake():
    """P = 1 / (4/10) = 5/2, value = 2 - P/10 = 7/4, threshold = P / (P + value) = 10/17."""
    good, bad = strongly_symmetric(STAGE, signals(9, 5, 2))
    assert (good.action, good.value, good.threshold, good.bad_signal) == ("a", Fraction(7, 4), Fraction(10, 17), "bad")
    assert (bad.action, bad.value, bad.threshold, bad.bad_signal, bad.fallback) == ("b", 0, 0, None, 0)


def test_better_signals_are_worth_more_and_need_less_patience():
    sharp, dull = (strongly_symmetric(STAGE, signals(good, 5, 2))[0] for good in (10, 8))
    assert sharp.value == 2 > dull.value and sharp.threshold < dull.threshold


def test_the_signal_that_deviations_make_likelier_is_the_bad_one():
    assert strongly_symmetric(STAGE, signals(1, 5, 8))[0].bad_signal == "good"


def test_signals_that_do_not_tell_enforce_only_the_stage_equilibrium():
    assert [one.action for one in strongly_symmetric(STAGE, signals(5, 5, 5))] == ["b"]


def test_floats_are_taken_as_the_rationals_they_are():
    halves = PublicSignals([[[0.75, 0.25], [0.5, 0.5]], [[0.5, 0.5], [0.25, 0.75]]])
    best = strongly_symmetric(STAGE, halves)[0]
    assert best.value == 1 and type(best.threshold) is Fraction and best.threshold == Fraction(4, 5)


@pytest.mark.parametrize(
    ("stage", "public", "why"),
    [
        (StrategicGame([[[1, 0]], [[1, 0]]]), signals(9, 5, 2), "same actions"),
        (StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 1]]]), signals(9, 5, 2), "not symmetric"),
        (PENNIES, signals(9, 5, 2), "no symmetric pure equilibrium"),
        (STAGE, PublicSignals([[[Fraction(1)]] * 2] * 2), "needs 2 signals"),
    ],
)
def test_games_outside_the_closed_form_are_refused(stage, public, why):
    with pytest.raises(UnsupportedGame, match=why):
        strongly_symmetric(stage, public)
