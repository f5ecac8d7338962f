from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame import CATALOGUE, MarkovPerfect, Nash, apply, avoidance, removes, search
from blamegame.errors import UnsupportedGame
from blamegame.games.stationary import event_frequency
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.reforms import choose
from blamegame.reforms.bundles import every_bundle
from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range
from blamegame.solvers.stochastic.markov_perfect import markov_perfect

NINE = Fraction(9, 10)


def reformed(*names):
    return apply(Scandal(), choose(CATALOGUE, names))


def test_the_range_runs_over_every_pure_stationary_equilibrium():
    model = reformed("empower", "train", "reward")
    found = avoidance(model, MarkovPerfect(NINE))
    solution = markov_perfect(model.stochastic_game(NINE))
    frequencies = [event_frequency(solution.game, e, model.avoidance) for e in solution.equilibria]
    assert (found.low.lower, found.high.upper) == (min(frequencies), max(frequencies))
    assert found.low.lower == 0 and found.status == "trap" and found.complete
    assert avoidance(model, MarkovPerfect(Fraction(1, 2))).status == "free"


def test_the_verdicts_of_the_fixtures():
    assert avoidance(Scandal(), MarkovPerfect(NINE)).status == "entrenched"
    assert avoidance(reformed("empower"), MarkovPerfect(NINE)).status == "free"


def test_an_event_of_ones_own_is_counted_instead():
    found = avoidance(reformed("empower"), MarkovPerfect(NINE), event=[("push", "work")])
    assert found.low.lower == found.high.upper == 1


def test_a_batch_is_its_items():
    authority = np.linspace(0, 1, 7).reshape(7, 1)
    batch = Scandal(authority=authority, assistance=np.array([0.3, 0.9]))
    found = avoidance(batch, MarkovPerfect(0.9))
    assert found.low.lower.shape == (7, 2)
    for k in range(14):
        alone = avoidance(batch.item(k), MarkovPerfect(0.9))
        assert np.allclose(
            [found.low.lower.flat[k], found.high.upper.flat[k]], [alone.low.lower, alone.high.upper], equal_nan=True
        )
        assert found.status.flat[k] == alone.status


@pytest.mark.slow
def test_every_bundle_of_reforms_in_one_batch_is_every_bundle_alone():
    bundles = every_bundle(Scandal(), CATALOGUE)
    batch = markov_avoidance_range(
        bundles.batch(0, len(bundles)).stochastic_game(0.9),
        Scandal().avoidance,
        exact=lambda b: bundles.exact(b).stochastic_game(0.9),
    )
    for b in range(len(bundles)):
        alone = markov_avoidance_range(bundles.exact(b).stochastic_game(0.9), Scandal().avoidance)
        assert np.allclose([batch.best[b], batch.worst[b]], [alone.best, alone.worst], rtol=1e-9, equal_nan=True)


def test_where_no_pure_equilibrium_exists_there_is_no_range():
    pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    game = StochasticGame([pennies], [np.ones((2, 2, 1), dtype=int)], NINE)
    found = markov_avoidance_range(game, [("a", "a")])
    assert np.isnan(found.best) and np.isnan(found.worst) and found.complete


def test_the_start_counts_where_play_can_end_in_several_ways():
    stuck = StrategicGame([[1, 0]])
    game = StochasticGame([stuck, stuck], [[[1, 0], [1, 0]], [[0, 1], [0, 1]]], NINE, states=("here", "there"))
    here_only = [np.array([True, False]), np.array([False, False])]
    assert markov_avoidance_range(game, here_only).worst == 1
    assert markov_avoidance_range(game, here_only, start="there").worst == 0


def test_a_zero_by_rounding_is_settled_by_the_true_game():
    # 1 - (0.1 + 0.9) style rounding: the float chain leaks out of a state that the true chain never leaves
    leak = 1e-16
    alone = np.zeros((1, 1, 1))
    batch = StochasticGame(
        [StrategicGame(alone, players=1)] * 2, [np.array([[[1 - leak, leak]]]), np.array([[[0.0, 1.0]]])], 0.5
    )
    true = StochasticGame([StrategicGame([[0]])] * 2, [[[1, 0]], [[0, 1]]], Fraction(1, 2))
    first = [np.array([True]), np.array([False])]
    assert markov_avoidance_range(batch, first).worst.tolist() == [0.0]
    assert markov_avoidance_range(batch, first, exact=lambda g: true).worst.tolist() == [1.0]


def test_a_time_limit_that_runs_out_is_told():
    zero = StrategicGame(np.zeros((2, 3, 3), dtype=int))
    game = StochasticGame([zero] * 3, [np.full((3, 3, 3), Fraction(1, 3))] * 3, NINE)
    assert not markov_avoidance_range(game, [("a", "a")], time_limit=0).complete


def test_a_model_without_states_is_refused():
    with pytest.raises(UnsupportedGame, match="has no Markov-perfect"):
        avoidance(Delegation(), MarkovPerfect(NINE))
    assert avoidance(Scandal().scandal_game(), Nash(), event=Scandal().avoidance).high.upper == 1


def test_the_reform_search_judges_bundles_by_these_equilibria():
    menu = choose(CATALOGUE, ("empower", "train", "reward"))
    plan = search(Scandal(), menu, removes(), concept=MarkovPerfect(NINE))
    for bundle in range(8):
        model = apply(Scandal(), [reform for k, reform in enumerate(menu) if bundle >> k & 1])
        free = avoidance(model, MarkovPerfect(NINE)).status == "free"
        assert (bundle in plan.successes.tolist()) == free
    assert 0b001 in plan.successes.tolist() and 0b111 not in plan.successes.tolist()  # empower; all three: a campaign
