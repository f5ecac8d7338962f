"""Batches of chains, of tasks of different difficulty and of games of many players answer what their items answer."""

import numpy as np
import pytest

from blamegame import avoidance, search
from blamegame.concepts import Nash
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.models.difficulty import Difficulty
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform, apply


def same(batch, k, item):
    ends = [(batch.low.lower, item.low.lower), (batch.low.upper, item.low.upper)]
    ends += [(batch.high.lower, item.high.lower), (batch.high.upper, item.high.upper)]
    for mine, theirs in ends:
        assert mine[k] == pytest.approx(float(theirs), abs=1e-9)
        assert ((mine[k] == 0) == (theirs == 0)) and ((mine[k] == 1) == (theirs == 1))
    assert batch.status[k] == item.status and bool(batch.complete[k]) == item.complete


@pytest.mark.parametrize("kind", [Difficulty, lambda **p: Chain(tiers=3, **p), lambda **p: Chain(tiers=4, **p)])
def test_models_with_ties_everywhere(kind):
    rng = np.random.default_rng(7)
    names = [name for name in kind().parameters() if name != "causal_weight"]
    grids = {name: rng.integers(0, 5, 25) / 4 for name in names}
    batch = avoidance(kind(**grids), Nash())
    for k in range(25):
        same(batch, k, avoidance(kind(**{name: values[k] for name, values in grids.items()}).exact(), Nash()))


@pytest.mark.parametrize("shape", [(2, 2, 2), (2, 3, 2), (2, 2, 1), (1, 3, 1)])
def test_games_without_structure(shape):
    rng = np.random.default_rng(8)
    payoffs = rng.normal(size=(20, len(shape), *shape))
    event = rng.random(shape) < 0.4
    batch = avoidance(StrategicGame(payoffs, players=len(shape)), Nash(), event=event)
    for k in range(20):
        same(batch, k, avoidance(StrategicGame(payoffs[k]), Nash(), event=event))


@pytest.mark.parametrize("model", [Difficulty(), Chain(tiers=3)])
def test_every_bundle_is_judged_as_its_model_is(model):
    menu = CATALOGUE[:5]
    plan = search(model, menu)
    assert plan.stats["road"] == "batch"
    for bundle in range(32):
        reformed = apply(model, [reform for k, reform in enumerate(menu) if bundle >> k & 1])
        same(plan.range, bundle, avoidance(reformed, Nash()))


def test_what_counts_as_avoidance_may_differ_between_bundles():
    """With full authority no task is beyond lower's means, and middle and hard tasks do not exist."""
    menu = [Reform("all_means", {"authority": {"floor": 1}})]
    plan = search(Difficulty(), menu)
    events = [apply(Difficulty(), menu[:adopted]).event() for adopted in (0, 1)]
    assert (events[0] != events[1]).any()
    for bundle in (0, 1):
        same(plan.range, bundle, avoidance(apply(Difficulty(), menu[:bundle]), Nash()))
