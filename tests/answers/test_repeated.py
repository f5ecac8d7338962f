"""Subgame-perfect and perfect public play of a table repeated for ever."""

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.concepts import Nash, PublicPerfect, SubgamePerfect
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.scenario import load
from blamegame.verbs import avoidance

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
PENNIES = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
REGIMES = (
    "responsible",
    "avoidance",
    "paper",
    "carrier",
    "dumping",
    "trap",
    "paper_trap",
    "chicken",
    "cycle",
    "collusion",
)
DISCOUNTS = (F(0), F(1, 100), F(3, 10), F(3, 5), F(9, 10), F(99, 100))


@pytest.mark.parametrize("pure", [False, True])
def test_a_batch_of_models_equals_its_items(pure):
    models = Delegation(authority=np.array([0.1, 0.5, 0.9]))
    concept = SubgamePerfect(F(1, 2), pure=pure)
    found = avoidance(models, concept)
    items = [avoidance(models.item(k), concept) for k in range(3)]
    assert found.status.tolist() == [one.status for one in items]
    assert ("pure" in str(found)) == pure


def test_a_bare_game_needs_an_event_and_takes_one():
    with pytest.raises(GameError, match="pass event="):
        avoidance(DILEMMA, SubgamePerfect(F(1, 2)))
    found = avoidance(DILEMMA, SubgamePerfect(F(1, 2)), event=[("b", "b")])
    assert (found.low.lower, found.high.upper, found.status) == (0, 1, "trap")
    batch = StrategicGame(np.stack([DILEMMA.payoffs.astype(float)] * 2), players=2)
    assert avoidance(batch, SubgamePerfect(F(1, 2)), event=[("b", "b")]).status.tolist() == ["trap", "trap"]


def test_a_game_that_does_not_say_what_the_public_sees_is_refused():
    with pytest.raises(UnsupportedGame, match="does not say what the public sees"):
        avoidance(DILEMMA, PublicPerfect(F(1, 2)), event=[("b", "b")])


@pytest.mark.parametrize("name", [*REGIMES, "h_county"])
def test_repeated_play_contains_the_stage_equilibria_at_every_discount_factor(name):
    model = load(name).model
    once = avoidance(model, Nash())
    for discount in DISCOUNTS:
        lasting = avoidance(model, SubgamePerfect(discount))
        assert lasting.exists and lasting.low.lower <= once.low.lower and lasting.high.upper >= once.high.upper
        assert lasting.low.upper <= once.low.lower and lasting.high.lower >= once.high.upper
        assert not (lasting.status == "free" and once.status != "free")
    assert avoidance(model, SubgamePerfect(0)).status == once.status


def test_mixed_play_is_seen_where_pure_play_says_free_or_nothing():
    chicken = load("chicken").model
    assert avoidance(chicken, SubgamePerfect(F(1, 100), pure=True)).status == "free"
    assert float(avoidance(chicken, SubgamePerfect(F(1, 100))).high.lower) >= 0.186150
    assert not avoidance(PENNIES, SubgamePerfect(F(1, 2), pure=True), event=[(0, 0)]).exists
    assert avoidance(PENNIES, SubgamePerfect(F(1, 2)), event=[(0, 0)]).exists
