"""Every kind of model goes through the same calls: the range, a study, exact cuts, reforms; answers agree."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.reforms.reform import apply
from blamegame.scenario import load
from blamegame.scenario.kinds import KINDS, kind_of
from blamegame.scenario.shipped import shipped_names
from blamegame.studies.critical_values import critical_values
from blamegame.studies.grid import Bundles
from blamegame.studies.schema import status_words, variable_in
from blamegame.studies.study import study
from blamegame.verbs import avoidance

ONE_OF_EACH = {kind_of(load(name).model): name for name in shipped_names()}
VARIED = {
    "team": "exposure",
    "departments": "letter_cost",
    "markup": "strain",
    "inspection": "cost_inspect",
    "scandal": "outbreak",
    "promotion": "prospects",
    "hierarchy": "authority",
}
VALUES = (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10))


def verdicts(found):
    return status_words(found[variable_in(found, "status")]).tolist()


def test_every_kind_has_a_scenario():
    assert ONE_OF_EACH.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_of_a_scenario_gives_the_verdicts_of_its_own_concept(kind):
    scenario, parameter = load(ONE_OF_EACH[kind]), VARIED.get(kind, "authority")
    found = study(scenario, {parameter: VALUES}, workers=0)
    each = [avoidance(scenario.model.replace({parameter: x}), scenario.concept) for x in VALUES]
    assert verdicts(found) == [str(one.status) for one in each]
    best = found[variable_in(found, "avoidance_best")]
    assert np.allclose(best, [float(one.low.lower) for one in each], equal_nan=True)
    assert best.attrs["units"] and "in the best equilibrium" in best.attrs["long_name"]
    for name in scenario.model.measures:
        assert np.allclose(found[name], [float(scenario.model.replace({parameter: x}).measure(name)) for x in VALUES])


@pytest.mark.parametrize("kind", KINDS)
def test_bundles_of_its_reforms_are_a_dimension_of_a_study(kind):
    scenario = load(ONE_OF_EACH[kind])
    menu = scenario.menu[:2]
    found = study(scenario, Bundles([(), menu[:1], menu]), workers=0)
    each = [avoidance(apply(scenario.model, bundle), scenario.concept) for bundle in ((), menu[:1], menu)]
    assert verdicts(found) == [str(one.status) for one in each]


WITHOUT_CUTS = {
    "chain": "2 players, this game has 3",
    "hierarchy": "study the parameter on a grid",
    "markup": "no rational function",
    "scandal": "study the parameter on a grid",
    "three_stage": "study the parameter on a grid",
}


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - WITHOUT_CUTS.keys() - {"difficulty"}))
def test_exact_cuts_agree_with_the_verdict_at_points(kind):
    """Plans for tasks of three difficulties make games of 27 columns, whose cuts take minutes."""
    scenario, parameter = load(ONE_OF_EACH[kind]), VARIED.get(kind, "authority")
    cut = critical_values(scenario.model, parameter, scenario.concept, low=VALUES[0], high=VALUES[-1])
    for x in VALUES:
        here = avoidance(scenario.model.replace({parameter: x}), scenario.concept)
        assert cut.at(x).status == here.status


@pytest.mark.parametrize(("kind", "why"), WITHOUT_CUTS.items())
def test_where_there_are_no_exact_cuts_the_message_says_what_to_do(kind, why):
    scenario, parameter = load(ONE_OF_EACH[kind]), VARIED.get(kind, "authority")
    with pytest.raises(UnsupportedGame, match=why):
        critical_values(scenario.model, parameter, scenario.concept, low=VALUES[0], high=VALUES[-1])
