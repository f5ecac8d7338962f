"""Long-run ranges over every stationary equilibrium: mixed ones count, and what is left open is said."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.concepts import MarkovPerfect, SubgamePerfect
from blamegame.errors import UnsupportedGame
from blamegame.games.stationary import stationary_regret
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.promotion import Promotion
from blamegame.models.scandal import Scandal
from blamegame.reforms.goal import removes
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.scenario import load
from blamegame.solvers.stochastic.stationary_range import stationary_equilibria, stationary_range
from blamegame.solvers.strategic.nash import nash
from blamegame.verbs import avoidance

NINE = Fraction(9, 10)
SCANDAL = load("scandal")


def test_a_bundle_that_leaves_only_a_mixed_equilibrium_with_avoidance_does_not_remove_it():
    bundle = choose(SCANDAL.menu, ["empower", "reward", "early_warning"])
    found = avoidance(apply(SCANDAL.model, bundle), MarkovPerfect(NINE))
    assert found.status == "trap" and found.complete and float(found.high.upper) == pytest.approx(0.0215, abs=1e-4)
    solution = stationary_equilibria(apply(SCANDAL.model, bundle).stochastic_game(NINE))
    assert max(float(stationary_regret(solution.game, p).max()) for p in solution.equilibria) < 1e-9


def test_every_bundle_of_the_shipped_scandal_is_judged_by_all_equilibria():
    plan = search(SCANDAL.model, SCANDAL.menu[:4], removes(), concept=MarkovPerfect(NINE))
    assert plan.complete and not np.isnan(plan.values).any()
    for bundle in range(16):
        model = apply(SCANDAL.model, [r for k, r in enumerate(SCANDAL.menu[:4]) if bundle >> k & 1])
        assert (bundle in plan.successes.tolist()) == (avoidance(model, MarkovPerfect(NINE)).status == "free")


def test_one_state_is_the_game_of_one_period():
    rng = np.random.default_rng(4)
    for _ in range(20):
        stage = StrategicGame(rng.integers(0, 9, (2, 2, 2)).astype(object))
        event = np.array([[True, False], [False, False]])
        found = stationary_range(StochasticGame([stage], [np.ones((2, 2, 1), dtype=int)], Fraction(1, 2)), event)
        profiles = nash(stage).equilibria
        chances = [float(x[0] * y[0]) for x, y in profiles]
        if found.complete:
            assert float(found.best) == pytest.approx(min(chances)) and float(found.worst) == pytest.approx(
                max(chances)
            )


def test_larger_games_are_answered_by_their_pure_equilibria_and_are_not_complete():
    stage = StrategicGame([[[0, 1], [1, 0]], [[0, 1], [1, 0]]])
    tables = [np.full((2, 2, 3), Fraction(1, 3)) for _ in range(3)]
    game = StochasticGame([stage] * 3, tables, Fraction(1, 2))
    found = stationary_range(game, np.array([[True, False], [False, False]]))
    assert (found.best, found.worst, found.complete) == (0, 0, False)
    assert stationary_equilibria(game).concept == "pure_markov_perfect"


def test_a_batch_is_its_items():
    batch = Scandal(authority=np.array([0.3, 0.65, 0.9]))
    found = avoidance(batch, MarkovPerfect(0.9))
    for k in range(3):
        one = avoidance(batch.item(k), MarkovPerfect(0.9))
        assert found.status[k] == one.status and found.high.upper[k] == pytest.approx(float(one.high.upper))


@pytest.mark.parametrize(("model", "instead"), [(Promotion(), "asked for Nash"), (Scandal(), "MarkovPerfect")])
def test_games_of_types_or_states_are_not_answered_as_a_repeated_table(model, instead):
    with pytest.raises(UnsupportedGame, match=instead):
        avoidance(model, SubgamePerfect(NINE))
