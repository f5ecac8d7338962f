from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from blamegame.avoidance import avoidance_range, status_of
from blamegame.concepts import CoarseCorrelated, Correlated, Logit, MarkovPerfect, Nash, Rationalizable
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation

NESTED = (Nash(), Correlated(), CoarseCorrelated())


def random_models(n, seed):
    rng = random.Random(seed)
    for _ in range(n):
        yield Delegation(**{name: Fraction(rng.randint(0, 10), 10) for name in Delegation.parameters()})


def test_at_the_defaults_avoidance_is_entrenched_under_every_concept():
    for concept in (*NESTED, Rationalizable()):
        found = avoidance_range(Delegation(), concept)
        assert (found.best, found.worst, found.status, found.complete) == (1, 1, "entrenched", True)


def test_weaker_concepts_allow_wider_ranges():
    for model in random_models(60, seed=1):
        ranges = [avoidance_range(model, concept) for concept in NESTED]
        for inner, outer in pairwise(ranges):
            assert outer.best <= inner.best <= inner.worst <= outer.worst
        rational = avoidance_range(model, Rationalizable())
        assert (rational.worst > 0 or ranges[1].worst == 0) and (rational.best == 0 or ranges[1].best == 1)


@pytest.mark.parametrize("concept", [*NESTED, Rationalizable(), Logit(3)])
def test_a_batch_equals_its_items(concept):
    rng = np.random.default_rng(3)
    grids = {name: rng.integers(0, 6, 40) / 5 for name in Delegation.parameters()}
    batch = avoidance_range(Delegation(**grids), concept)
    assert batch.best.shape == batch.worst.shape == batch.status.shape == (40,)
    for k in range(40):
        item = avoidance_range(Delegation(**grids).item(k).exact(), concept)
        assert float(item.best) == pytest.approx(batch.best[k], abs=1e-9)
        assert float(item.worst) == pytest.approx(batch.worst[k], abs=1e-9)
        assert item.status == batch.status[k]


def test_exact_models_give_fractions_and_grids_keep_their_shape():
    assert isinstance(avoidance_range(Delegation(), Nash()).worst, Fraction)
    grid = Delegation(authority=np.linspace(0, 1, 3)[:, None], diffusion=np.linspace(0, 1, 4))
    assert avoidance_range(grid, Nash()).worst.shape == (3, 4)
    exact = np.array([Fraction(1, 3), Fraction(9, 10)], dtype=object)
    assert avoidance_range(Delegation(authority=exact), Nash()).status.tolist() == ["entrenched", "free"]


def test_a_game_needs_to_be_told_its_event():
    game = Delegation().stage_game()
    with pytest.raises(GameError, match=r"pass event=\[\(action, action\)"):
        avoidance_range(game, Nash())
    assert avoidance_range(game, Nash(), event=[("push", "formalism")]).status == "free"
    batch = StrategicGame(np.zeros((4, 2, 2, 3)), players=2)
    assert avoidance_range(batch, Nash(), event=[("a", "a")]).status.tolist() == ["trap"] * 4


def test_two_strict_equilibria_one_avoiding_and_one_not_are_a_trap():
    coordination = StrategicGame([[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
    found = avoidance_range(coordination, Nash(), event=[("b", "b")])
    assert (found.best, found.worst, found.status) == (0, 1, "trap")
    assert str(found) == "trap: avoidance 0 at best, 1 at worst"


def test_a_batch_prints_its_tally():
    text = str(avoidance_range(Delegation(authority=np.array([0.1, 0.9, 0.2])), Nash()))
    assert text == "3 models under Nash(): 2 entrenched, 1 free"


def test_logit_is_never_called_complete():
    found = avoidance_range(Delegation(), Logit(Fraction(5)))
    assert not found.complete and 0 < found.best == found.worst < 1


def test_more_than_two_tiers_are_bounded_by_correlated_play():
    found = avoidance_range(Chain(tiers=3), Correlated())
    assert found.status == "entrenched" and found.complete


def test_what_cannot_be_answered_is_refused():
    with pytest.raises(UnsupportedGame, match=r"MarkovPerfect\(discount=0.5\) on Delegation"):
        avoidance_range(Delegation(), MarkovPerfect(0.5))
    with pytest.raises(GameError, match="takes a model or a game, not int"):
        avoidance_range(3, Nash())


def test_verdict_words():
    assert [status_of(0, 0), status_of(0, 1), status_of(Fraction(1, 9), 1)] == ["free", "trap", "entrenched"]
    words = status_of(np.array([0.0, 0.0, 0.5, np.nan]), np.array([0.0, 0.3, 0.5, np.nan]))
    assert words.tolist() == ["free", "trap", "entrenched", "no equilibrium"]


def test_a_trifle_that_decides_who_is_charged_is_not_rounded_away():
    """Under causal liability a fall in success of 1e-13 charges an office with everything, and 0 with nothing."""
    facts = {"authority": Fraction(1, 10**13), "causal_weight": 1, "answer_competence": 0, "tolerance": 0}
    exact = avoidance_range(Delegation(**facts), Nash())
    single = avoidance_range(Delegation(**{name: float(value) for name, value in facts.items()}), Nash())
    arrays = Delegation(**{name: np.array([float(value), 0.3]) for name, value in facts.items()})
    batch = avoidance_range(arrays, Nash())
    assert single.status == exact.status == batch.status[0]
    assert isinstance(single.worst, float) and single.worst == float(exact.worst) == batch.worst[0]
