"""The search judges every bundle as the range of its model does, whatever kind of game that is."""

import pytest

from blamegame.reforms.goal import removes
from blamegame.reforms.reform import apply
from blamegame.reforms.search import search
from blamegame.scenario import load, shipped_names
from blamegame.scenario.kinds import KINDS, kind_of
from blamegame.verbs import avoidance

ONE_OF_EACH = {kind_of(load(name).model): name for name in shipped_names()}


@pytest.mark.parametrize("kind", sorted(KINDS.keys()))
def test_bundles_are_judged_as_their_models_are(kind):
    scenario = load(ONE_OF_EACH[kind])
    menu = scenario.menu[:3] if kind == "hierarchy" else scenario.menu[:4]
    plan = search(scenario.model, menu, removes(), concept=scenario.concept)
    for bundle in range(2 ** len(menu)):
        reformed = apply(scenario.model, [reform for k, reform in enumerate(menu) if bundle >> k & 1])
        found = avoidance(reformed, scenario.concept)
        assert plan.status[bundle] == found.status
        assert (float(plan.range.low.lower[bundle]), float(plan.range.high.upper[bundle])) == pytest.approx(
            (float(found.low.lower), float(found.high.upper))
        )
        assert (bundle in plan.successes.tolist()) == (found.status == "free")
