"""A batch answers exactly what its items answer, under all four concepts; what is contained stays contained."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from blamegame.games.batch import Batch
from blamegame.games.event import event_probability
from blamegame.games.strategic import StrategicGame
from blamegame.models.batch import batch_of
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.batches.event_ends import BETWEEN, ONE, ZERO, EventEnds, rounded_inside
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.event_ranges import (
    coarse_correlated_range,
    correlated_range,
    nash_range,
    rationalizable_range,
)
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.rationalizable import rationalizable
from blamegame.testing import threshold_models

EVENT = Delegation().avoidance


def over_nash(game: StrategicGame):
    values = [event_probability(profile, EVENT) for profile in nash(game).equilibria]
    return min(values), max(values)


def over_correlated(game: StrategicGame, coarse: bool = False):
    bounds = correlated_bounds(game, EVENT, coarse=coarse)
    return bounds.lowest.value, bounds.highest.value


def over_rationalizable(game: StrategicGame):
    surviving = EVENT[np.ix_(*rationalizable(game))]
    return int(surviving.all()), int(surviving.any())


ONE_BY_ONE = {
    nash_range: over_nash,
    correlated_range: over_correlated,
    coarse_correlated_range: lambda game: over_correlated(game, coarse=True),
    rationalizable_range: over_rationalizable,
}


def sign(value) -> int:
    return ZERO if value == 0 else ONE if value == 1 else BETWEEN


@cache
def on_thresholds(count: int, seed: int) -> tuple[Batch, list[StrategicGame]]:
    """One batch of float parameters, and the games from the exact ones."""
    models = threshold_models(count, np.random.default_rng(seed))
    arrays = {name: np.array([float(getattr(model, name)) for model in models]) for name in Delegation.parameters()}
    games = [model.stage_game() for model in models]
    return batch_of(Delegation(**arrays), lambda k: games[k].payoffs), games


def differences(ends: EventEnds, truths: list) -> list[int]:
    """Where the batch is not what its item is: in a sign, or by more than 1e-9."""
    return [
        k
        for k, truth in enumerate(truths)
        for value, own, exact in zip((ends.low[k], ends.high[k]), (ends.low_sign[k], ends.high_sign[k]), truth)
        if sign(exact) != own or sign(value) != own or abs(value - exact) > 1e-9
    ]


@pytest.mark.parametrize("over", ONE_BY_ONE, ids=lambda over: over.__name__)
def test_a_batch_is_its_items_on_thresholds(over):
    batch, games = on_thresholds(120, 1)
    assert differences(over(batch, EVENT), [ONE_BY_ONE[over](game) for game in games]) == []


@pytest.mark.parametrize("over", ONE_BY_ONE, ids=lambda over: over.__name__)
def test_floats_taken_for_the_games_are_wrong_there(over):
    """So that the test above can fail."""
    batch, games = on_thresholds(120, 1)
    ends = over(Batch(batch.payoffs), EVENT)
    assert len(differences(ends, [ONE_BY_ONE[over](game) for game in games])) > 5


@pytest.mark.parametrize("over", ONE_BY_ONE, ids=lambda over: over.__name__)
def test_exact_numbers_beside_two_array_axes_stay_exact(over):
    """Some parameters are exact, two are arrays of floats that hold the threshold's own value."""
    rng = np.random.default_rng(6)
    wrong = 0
    for model in threshold_models(40, rng):
        free = [name for name in ("credit_upper", "cost_answer", "answer_competence", "cost_formalism")
                if float(getattr(model, name)) == getattr(model, name)]  # fmt: skip
        axes = {name: np.array([float(getattr(model, name)), rng.integers(17) / 16]) for name in free[:2]}
        if len(axes) < 2:
            continue
        one, other = axes.values()
        grid = model.replace(dict(zip(axes, (one[:, None], other[None, :]))))
        truths = [ONE_BY_ONE[over](grid.item(k).exact().stage_game()) for k in range(4)]
        wrong += len(differences(over(batch_of(grid), EVENT), truths))
    assert wrong == 0


def test_an_exact_threshold_beside_one_array_axis_is_a_trap():
    exact = {
        "authority": Fraction(143, 213), "assistance": Fraction(1, 5), "baseline_success": Fraction(3, 4),
        "escalation_shield": 0, "trace_shield": Fraction(11, 20), "substantive_inspection": Fraction(7, 10),
        "cost_formalism": Fraction(1, 2), "cost_assist": Fraction(17, 10),
    }  # fmt: skip
    batch = batch_of(Delegation(**exact, credit_upper=np.array([0.6])))
    for over in ONE_BY_ONE:
        assert [end.tolist() for end in over(batch, EVENT)] == [[0.0], [1.0]]


@pytest.mark.slow
def test_a_batch_is_its_items_on_five_thousand_thresholds():
    batch, games = on_thresholds(5000, 2)
    for over, alone in ONE_BY_ONE.items():
        assert differences(over(batch, EVENT), [alone(game) for game in games]) == []


def violations(batch: Batch) -> int:
    """Nash within Correlated within CoarseCorrelated, and Nash within Rationalizable."""
    stable, mediated, coarse, possible = (over(batch, EVENT) for over in ONE_BY_ONE)
    count = 0
    for inner, outer in ((stable, mediated), (mediated, coarse), (stable, possible)):
        count += int(np.sum((outer.low_sign > inner.low_sign) | (outer.high_sign < inner.high_sign)))
        count += int(np.sum((outer.low > inner.low + 1e-9) | (outer.high < inner.high - 1e-9)))
    return count


def test_ranges_contain_each_other_on_thresholds():
    assert violations(on_thresholds(120, 1)[0]) == 0


@pytest.mark.slow
def test_ranges_contain_each_other_on_five_thousand_thresholds():
    assert violations(on_thresholds(5000, 2)[0]) == 0


def test_ranges_contain_each_other_in_games_full_of_ties():
    rng = np.random.default_rng(5)
    ties = rng.integers(0, 3, (400, 2, 2, 3)).astype(float)
    assert violations(Batch(ties)) == 0
    assert violations(Batch(ties + rng.choice([0.0, 1e-16, -1e-13, 1e-9], ties.shape))) == 0


TINY = Fraction(1, 10**20)


@pytest.mark.parametrize(("tiny", "highest"), [(TINY, ZERO), (Fraction(0), ONE), (-TINY, ONE)])
def test_a_mixed_tie_is_decided_from_the_rationals(tiny, highest):
    game = [[[8, 0], [0, 6], [4 - tiny, 3 - tiny]], [[0, 0], [0, 0], [0, 0]]]
    event = np.array([[False, False], [False, False], [True, True]])
    for over in (nash_range, correlated_range, rationalizable_range):
        ends = over(game, event)
        assert (ends.low_sign[0], ends.high_sign[0]) == (ZERO, highest)
    coarse = coarse_correlated_range(game, event)
    assert coarse.low[0] == 0 and coarse.high_sign[0] == (BETWEEN if tiny > 0 else ONE)
    assert (coarse.high[0] < 1) == (tiny > 0) and coarse.high[0] > 1 - 1e-15


@pytest.mark.parametrize("large", [1e170, 10**170, 1e300, 10**400, Fraction(10**200, 3)])
def test_no_probability_underflows_to_nothing(large):
    game = [[[large, 0], [0, 1]], [[1, 0], [0, large]]]  # one mixed equilibrium beside two pure ones
    pennies = [[[large, 0], [0, 1]], [[0, 1], [large, 0]]]
    corner = np.array([[True, False], [False, False]])
    assert nash_range(game, corner).high_sign[0] == ONE
    ends = nash_range(pennies, corner)
    assert ends.low_sign[0] == ends.high_sign[0] == BETWEEN and 0 < ends.low[0] <= ends.high[0] < 1
    rest = nash_range(pennies, ~corner)
    assert rest.low_sign[0] == rest.high_sign[0] == BETWEEN and rest.high[0] < 1


def test_near_certainty_is_not_certainty():
    """Lower mixes with 1 / (1 + 10**42) on the cell outside."""
    pennies = [[[10**21, 0], [0, 1]], [[0, 1], [10**21, 0]]]
    event = np.array([[False, True], [True, True]])
    for over in (nash_range, correlated_range, coarse_correlated_range):
        ends = over(pennies, event)
        assert ends.high_sign[0] == BETWEEN and 1 - 1e-15 < ends.high[0] < 1


@pytest.mark.parametrize("over", ONE_BY_ONE, ids=lambda over: over.__name__)
def test_whole_numbers_and_fractions_are_not_rounded_at_the_door(over):
    second = np.array([[False, False], [True, True]])
    for tables in (
        [[[2**60, 0], [2**60 + 1, 0]], [[1, 0], [1, 0]]],
        [[[1, 0], [1 + TINY, 0]], [[1, 0], [1, 0]]],
    ):
        for game in (tables, np.array(tables), np.array(tables, dtype=object)):
            assert over(game, second).high[0] == 1
            assert over(game, ~second).high[0] == 0


def test_infinite_spans_do_not_fool_the_integers():
    game = [[[1e200, 0], [0, 1e-200]], [[1e200, 0], [0, 1e-200]]]
    corner = np.array([[False, False], [False, True]])
    assert list(map(list, correlated_range(game, corner))) == [[0.0], [1.0]]
    huge = [[[1.7e308, -1.7e308], [-1.7e308, 1]], [[1.7e308, -1.7e308], [-1.7e308, 1]]]
    bounds = correlated_bounds(StrategicGame([[[Fraction(v) for v in row] for row in table] for table in huge]), corner)
    assert correlated_range(huge, corner).low[0] == float(bounds.lowest.value)
    assert correlated_range(huge, corner).high[0] == float(bounds.highest.value)


def test_probabilities_round_to_neither_end():
    assert rounded_inside(Fraction(0)) == 0 and rounded_inside(1) == 1 and rounded_inside(Fraction(1, 2)) == 0.5
    assert 0 < rounded_inside(Fraction(1, 10**400)) < rounded_inside(1 - Fraction(1, 10**400)) < 1


def test_an_event_of_the_wrong_shape_is_refused():
    for over in ONE_BY_ONE:
        with pytest.raises(Exception, match="boolean array of shape"):
            over(np.zeros((1, 2, 2, 2)), EVENT)
