"""Claims about stochastic games, against the library's own Markov-perfect equilibria and long-run frequencies."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.certificates import checker
from blamegame.certificates.certify import certify, verify
from blamegame.certificates.claims import NoMarkovPerfectAvoids
from blamegame.errors import CertificateError, GameError
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.scandal import Scandal
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range
from blamegame.solvers.stochastic.markov_perfect import markov_perfect


def seal(claim: Any) -> Any:
    document = {"format": checker.FORMAT, "claim": claim, "proof": {}}
    return {**document, "digest": checker.digest_of(document)}


def random_game(rng: np.random.Generator, shapes: list[tuple[int, ...]], high: int) -> StochasticGame:
    """Small integer payoffs, and distributions in quarters, so that ties and states left for good are common."""
    stages, tables = [], []
    for shape in shapes:
        stages.append(StrategicGame(rng.integers(0, high, (len(shape), *shape))))
        weights = rng.integers(0, 2, (*shape, len(shapes))) * rng.integers(1, 3, (*shape, len(shapes)))
        weights[..., 0] += weights.sum(axis=-1) == 0
        table = np.array(
            [
                Fraction(int(w), int(s))
                for w, s in zip(weights.ravel(), weights.sum(axis=-1, keepdims=True).repeat(len(shapes), -1).ravel())
            ]
        )
        tables.append(table.reshape(weights.shape))
    return StochasticGame(stages, tables, Fraction(int(rng.integers(0, 4)), 4))


@pytest.mark.parametrize(
    "shapes", [[(2, 2), (2, 2)], [(2, 3), (2, 2)], [(2, 2), (1, 2), (2, 2)], [(2, 2, 2), (2, 1, 2)], [(3,), (2,), (2,)]]
)
@pytest.mark.parametrize("high", [2, 4, 50])
def test_the_answer_agrees_with_all_pure_stationary_equilibria(shapes: list[tuple[int, ...]], high: int) -> None:
    rng = np.random.default_rng(high)
    seen = set()
    for _ in range(30):
        game = random_game(rng, shapes, high)
        events = [rng.random(shape) < 0.25 for shape in shapes]
        events[0].flat[0] = True
        start = int(rng.integers(len(shapes)))
        verdict = checker.check(seal(NoMarkovPerfectAvoids(game, events, start).statement()))
        expected = markov_avoidance_range(game, events, start=start).worst  # NaN where there is no equilibrium
        count = len(markov_perfect(game).equilibria)
        assert verdict.holds == (expected == 0)
        assert f"there {'is' if count == 1 else 'are'} {count} Markov-perfect" in verdict.claim
        assert (count == 0) == verdict.reason.startswith("There is no equilibrium in pure stationary strategies")
        seen.add(verdict.holds)
    assert seen == {True, False}


def test_a_cured_scandal_is_proved_and_the_present_one_refuted() -> None:
    cured = apply(Scandal(), choose(CATALOGUE, ["tolerate"]))
    certificate = certify(NoMarkovPerfectAvoids(cured.stochastic_game(Fraction(9, 10)), cured.avoidance))
    assert verify(certificate, claim=certificate.claim).holds
    assert "mixed ones are not considered" in str(certificate)
    with pytest.raises(
        CertificateError, match=r'\("calm": \("push", "escalate"\); "scandal": \("push", "escalate"\)\) has it in'
    ):
        certify(NoMarkovPerfectAvoids(Scandal().stochastic_game(Fraction(9, 10)), Scandal().avoidance))


def test_a_game_without_a_pure_equilibrium_proves_nothing() -> None:
    """Matching pennies for ever: nothing is avoided by equilibria that there are not."""
    pennies = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
    game = StochasticGame([pennies], [np.ones((2, 2, 1), dtype=int)], Fraction(1, 2), ("always",))
    with pytest.raises(CertificateError, match=r"there are 0 Markov-perfect equilibria .* the claim would say nothing"):
        certify(NoMarkovPerfectAvoids(game, [("a", "a")]))


def test_what_happens_only_in_a_state_that_is_left_for_good_has_no_share() -> None:
    one = StrategicGame([[0]])
    game = StochasticGame(
        [one, one, one], [[[0, Fraction(1, 2), Fraction(1, 2)]], [[0, 1, 0]], [[0, 0, 1]]], 0, tuple("abc")
    )
    at = {state: [np.array([name == state]) for name in "abc"] for state in "abc"}
    assert certify(NoMarkovPerfectAvoids(game, at["a"])).holds
    assert certify(NoMarkovPerfectAvoids(game, at["b"], "c")).holds
    for state in "bc":
        with pytest.raises(CertificateError, match=f'has it in "{state}"'):
            certify(NoMarkovPerfectAvoids(game, at[state]))


def test_floats_count_as_the_rationals_they_store() -> None:
    game = Scandal(authority=0.7).stochastic_game(0.9)
    statement = NoMarkovPerfectAvoids(game, Scandal().avoidance).statement()
    assert Fraction(statement["game"]["discount"]) == Fraction(0.9)
    rows = statement["game"]["stages"][0]["next"]
    assert all(sum(map(Fraction, row)) == 1 for line in rows for row in line)


def test_a_batch_or_an_event_without_cells_is_refused_at_once() -> None:
    batch = Scandal(authority=np.array([0.1, 0.2])).stochastic_game(0.5)
    with pytest.raises(GameError, match="NoMarkovPerfectAvoids takes one game"):
        NoMarkovPerfectAvoids(batch, Scandal().avoidance)
    single = Scandal().stochastic_game(0.5)
    with pytest.raises(GameError, match="the event has no cell"):
        NoMarkovPerfectAvoids(single, [np.zeros((2, 3), dtype=bool)] * 2)


# ---- hostile files ---------------------------------------------------------------------------------------------------

_ONE = StrategicGame([[0, 1]])
CLAIM = NoMarkovPerfectAvoids(StochasticGame([_ONE, _ONE], [[[0, 1], [1, 0]]] * 2, 0), [("a",)]).statement()


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        (("game", "discount"), "1", "is not a discount factor"),
        (("game", "discount"), "-1/2", "is not a discount factor"),
        (("game", "start"), "3", "no start"),
        (("game", "states"), ["1"], "not one stage for each state"),
        (("game", "states"), ["1", "1"], "states is empty, or has something twice"),
        (("game", "players"), ["1", "2"], "not one list of actions for each player"),
        (("game", "stages", 0, "actions"), [[]], "actions is empty"),
        (("game", "stages", 0, "payoffs"), [["1"]], "payoffs are not nested"),
        (("game", "stages", 0, "next"), [["1", "0"]], "next states are not nested"),
        (("game", "stages", 0, "next"), [["1", "1"], ["0", "1"]], "is negative or does not sum to 1"),
        (("game", "stages", 0, "next"), [["2", "-1"], ["0", "1"]], "is negative or does not sum to 1"),
        (("game", "stages", 0, "next"), 7, "next states are not nested"),
        (("event",), {}, "the event is not one of states of this game"),
        (("event",), {"3": [["a"]]}, "the event is not one of states of this game"),
        (("event",), {"1": []}, "event is empty"),
        (("event",), {"1": [["c"]]}, "which is not a cell of this game"),
    ],
)
def test_a_malformed_stochastic_game_is_refused_with_the_reason(where: Any, value: Any, message: str) -> None:
    claim = copy.deepcopy(CLAIM)
    parent: Any = claim
    for key in where[:-1]:
        parent = parent[key]
    parent[where[-1]] = value
    with pytest.raises(CertificateError, match=message):
        verify(seal(claim))


def test_too_many_profiles_or_states_are_refused() -> None:
    wide = StrategicGame([list(range(400))])
    stay = [[[int(s == t) for t in range(2)]] * 400 for s in range(2)]
    with pytest.raises(CertificateError, match="too large: there are more than 100000 pure stationary profiles"):
        certify(NoMarkovPerfectAvoids(StochasticGame([wide, wide], stay, 0), [(0,)]))
    one = StrategicGame([[0]])
    many = StochasticGame([one] * 101, [[[int(s == t) for t in range(101)]] for s in range(101)], 0)
    with pytest.raises(CertificateError, match="more than 100 states"):
        certify(NoMarkovPerfectAvoids(many, [(0,)]))
