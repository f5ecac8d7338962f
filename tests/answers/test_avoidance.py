from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Logit, MarkovPerfect, Nash, Rationalizable
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.verbs import avoidance

NESTED = (Nash(), Correlated(), CoarseCorrelated())


def random_models(n, seed):
    rng = random.Random(seed)
    for _ in range(n):
        yield Delegation(**{name: Fraction(rng.randint(0, 10), 10) for name in Delegation.parameters()})


def test_at_the_defaults_avoidance_is_entrenched_under_every_concept():
    for concept in (*NESTED, Rationalizable()):
        found = avoidance(Delegation(), concept)
        assert (found.low.lower, found.high.upper, found.status, found.complete) == (1, 1, "entrenched", True)


def test_weaker_concepts_allow_wider_ranges():
    for model in random_models(60, seed=1):
        ranges = [avoidance(model, concept) for concept in NESTED]
        for inner, outer in pairwise(ranges):
            assert outer.low.lower <= inner.low.lower <= inner.high.upper <= outer.high.upper
        rational = avoidance(model, Rationalizable())
        assert (rational.high.upper > 0 or ranges[1].high.upper == 0) and (
            rational.low.lower == 0 or ranges[1].low.lower == 1
        )


@pytest.mark.parametrize("concept", [*NESTED, Rationalizable(), Logit(3)])
def test_a_batch_equals_its_items(concept):
    rng = np.random.default_rng(3)
    grids = {name: rng.integers(0, 6, 40) / 5 for name in Delegation.parameters()}
    batch = avoidance(Delegation(**grids), concept)
    assert batch.low.lower.shape == batch.high.upper.shape == batch.status.shape == (40,)
    for k in range(40):
        item = avoidance(Delegation(**grids).item(k).exact(), concept)
        assert float(item.low.lower) == pytest.approx(batch.low.lower[k], abs=1e-9)
        assert float(item.high.upper) == pytest.approx(batch.high.upper[k], abs=1e-9)
        assert item.status == batch.status[k]


def test_exact_models_give_fractions_and_grids_keep_their_shape():
    assert isinstance(avoidance(Delegation(), Nash()).high.upper, Fraction)
    grid = Delegation(authority=np.linspace(0, 1, 3)[:, None], diffusion=np.linspace(0, 1, 4))
    assert avoidance(grid, Nash()).high.upper.shape == (3, 4)
    exact = np.array([Fraction(1, 3), Fraction(9, 10)], dtype=object)
    assert avoidance(Delegation(authority=exact), Nash()).status.tolist() == ["entrenched", "free"]


def test_a_game_needs_to_be_told_its_event():
    game = Delegation().stage_game()
    with pytest.raises(GameError, match=r"pass event=\[\(action, action\)"):
        avoidance(game, Nash())
    assert avoidance(game, Nash(), event=[("push", "formalism")]).status == "free"
    batch = StrategicGame(np.zeros((4, 2, 2, 3)), players=2)
    assert avoidance(batch, Nash(), event=[("a", "a")]).status.tolist() == ["trap"] * 4


def test_two_strict_equilibria_one_avoiding_and_one_not_are_a_trap():
    coordination = StrategicGame([[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
    found = avoidance(coordination, Nash(), event=[("b", "b")])
    assert (found.low.lower, found.high.upper, found.status) == (0, 1, "trap")
    assert str(found) == "trap: the event 0 at best, 1 at worst"


def test_a_batch_prints_its_tally():
    text = str(avoidance(Delegation(authority=np.array([0.1, 0.9, 0.2])), Nash()))
    assert text == "3 models, Nash equilibria: 2 entrenched, 1 free"


def test_logit_is_never_called_complete():
    found = avoidance(Delegation(), Logit(Fraction(5)))
    assert not found.complete and 0 < found.low.lower == found.high.upper < 1


def test_more_than_two_tiers_are_bounded_by_correlated_play():
    found = avoidance(Chain(tiers=3), Correlated())
    assert found.status == "entrenched" and found.complete


def test_what_cannot_be_answered_is_refused():
    with pytest.raises(
        UnsupportedGame, match=r"has no Markov-perfect equilibria at discount 0\.5; it is asked for Nash"
    ):
        avoidance(Delegation(), MarkovPerfect(0.5))
    with pytest.raises(GameError, match="takes a model, a scenario or a game, not a int"):
        avoidance(3, Nash())


def test_a_trifle_that_decides_who_is_charged_is_not_rounded_away():
    """Under causal liability a fall in success of 1e-13 charges an office with everything, and 0 with nothing."""
    facts = {"authority": Fraction(1, 10**13), "causal_weight": 1, "answer_competence": 0, "tolerance": 0}
    exact = avoidance(Delegation(**facts), Nash())
    single = avoidance(Delegation(**{name: float(value) for name, value in facts.items()}), Nash())
    arrays = Delegation(**{name: np.array([float(value), 0.3]) for name, value in facts.items()})
    batch = avoidance(arrays, Nash())
    assert single.status == exact.status == batch.status[0]
    assert isinstance(single.high.upper, float) and single.high.upper == float(exact.high.upper) == batch.high.upper[0]
