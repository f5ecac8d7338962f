"""Excluding equilibria of games of three players and more, against solvers that share no code with the checker."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.certificates import checker
from blamegame.certificates.certify import certify, verify
from blamegame.certificates.checker import Refused
from blamegame.certificates.claims import IsNash, IsRobust, NoNashAvoids
from blamegame.errors import CertificateError
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.pure import pure_nash

MATCHING_OFFICES = StrategicGame([[[[1, 0], [0, 0]], [[0, 0], [0, 1]]]] * 3)


def decided(game: StrategicGame, event: Any) -> bool | None:
    """The checker's answer to "no equilibrium touches the event"; None where it has none."""
    claim = NoNashAvoids(game, event).statement()
    document = {"format": checker.FORMAT, "claim": claim, "proof": {}}
    try:
        return checker.check({**document, "digest": checker.digest_of(document)}).holds
    except Refused:
        return None


def random_game(rng: np.random.Generator, shape: tuple[int, ...], high: int) -> tuple[StrategicGame, Any]:
    game = StrategicGame(rng.integers(0, high, (len(shape), *shape)))
    event = rng.random(shape) < 0.1
    event.flat[rng.integers(event.size)] = True
    return game, event


def touching(profiles: Any, event: Any) -> bool:
    cells = np.argwhere(event).tolist()
    return any(all(p[i][a] > 1e-9 for i, a in enumerate(cell)) for p in profiles for cell in cells)


@pytest.mark.parametrize(("shape", "high"), [((2, 2, 2), 3), ((2, 2, 2), 20), ((2, 3, 2), 4), ((2, 2, 2, 2), 5)])
def test_the_answer_agrees_with_all_equilibria_of_random_games(shape: tuple[int, ...], high: int) -> None:
    """Few different payoffs make ties; true claims and false ones come up alike."""
    rng = np.random.default_rng(high)
    seen: list[bool | None] = []
    for _ in range(40):
        game, event = random_game(rng, shape, high)
        answer = decided(game, event)
        seen.append(answer)
        if touching(pure_nash(game).equilibria, event):
            assert answer is False
        found = isolated_equilibria(game)
        if touching(found.equilibria, event):
            assert answer is not True
        elif found.complete:
            assert answer is not False
    assert {True, False} <= set(seen)


def test_without_ties_what_is_true_is_proved() -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        game, event = random_game(rng, (2, 2, 2), 10_000)
        found = isolated_equilibria(game)
        assert found.complete
        if not touching(found.equilibria, event):
            assert decided(game, event) is True


def test_where_two_have_a_choice_left_ties_are_decided_too() -> None:
    """The third office always pushes; the other two play a two-player game full of ties."""
    rng = np.random.default_rng(8)
    for _ in range(40):
        payoffs = rng.integers(0, 3, (3, 2, 2, 2))
        payoffs[2, :, :, 1] = 5
        game = StrategicGame(payoffs)
        event = rng.random((2, 2, 2)) < 0.3
        event[0, 0, 1] = True
        pair = StrategicGame(payoffs[:2, :, :, 1])
        assert decided(game, event) is decided(pair, event[:, :, 1])


def test_an_equilibrium_that_mixes_on_the_event_leaves_the_question_open() -> None:
    with pytest.raises(CertificateError, match=r'not decided: among 3 players .* near about \("1": 1/2 "a" \+ 1/2 "b"'):
        certify(NoNashAvoids(MATCHING_OFFICES, [("a", "b", "a")]))


def test_a_pure_equilibrium_on_the_event_refutes_the_claim() -> None:
    with pytest.raises(CertificateError, match=r'this claim is false: .*\("b", "b", "b"\) is a Nash equilibrium'):
        certify(NoNashAvoids(MATCHING_OFFICES, [("b", "b", "b")]))


@pytest.mark.parametrize("tiers", [3, 4])
def test_longer_chains_are_decided(tiers: int) -> None:
    better = Chain(tiers=tiers, tolerance=Fraction(1, 2), assistance=Fraction(9, 10), cost_assist=Fraction(1, 10))
    assert decided(better.stage_game(), better.avoidance) is True
    assert decided(Chain(tiers=tiers).stage_game(), better.avoidance) is False


def test_a_robust_bundle_of_a_chain_is_proved_with_the_whole_catalogue_around_it() -> None:
    verdict = verify(certify(IsRobust(Chain(), CATALOGUE, ["empower", "list", "train", "reward"])))
    assert verdict.holds and "(256 bundles in all)" in verdict.claim


def test_a_bundle_that_brings_a_mixed_equilibrium_is_named_in_the_refusal() -> None:
    """All three tiers mix in it, and roots of polynomials are no rationals: neither excluded nor written down."""
    with pytest.raises(CertificateError, match=r'after \{"tolerate", "train", .*\}: not decided: among 3 players'):
        certify(IsRobust(Chain(), CATALOGUE, ["tolerate", "train"]))


def test_a_single_office_is_decided_with_all_its_ties() -> None:
    alone = StrategicGame([[3, 1, 3]])
    assert decided(alone, [("b",)]) is True
    assert decided(alone, [("b",), ("c",)]) is False


def test_denominators_that_have_nothing_in_common_are_stopped() -> None:
    """A common denominator of 343 numbers of 900 digits has 300,000 digits."""
    payoffs = [Fraction(1, 10**900 + 2 * k + 1) for k in range(3 * 7**3)]
    cells = np.array(payoffs, dtype=object).reshape(3, 7, 7, 7)
    with pytest.raises(CertificateError, match="too large"):
        certify(NoNashAvoids(StrategicGame(cells), [(0, 0, 0)]))


def test_an_equilibrium_that_mixes_and_is_a_corner_of_a_piece_refutes_the_claim() -> None:
    """Half of each of a's last two actions holds b and c to their places; no pure equilibrium is on the event."""
    payoffs = np.zeros((3, 3, 2, 2), dtype=int)
    payoffs[0, 0, 0, 0], payoffs[0, 1:] = 2, 1
    payoffs[1, 0, 1], payoffs[1, 2, 1] = 3, 1
    payoffs[2, 0, :, 1], payoffs[2, 1, :, 1], payoffs[2, 2, :, 1] = -3, 2, -3
    game = StrategicGame(payoffs)
    event = np.zeros((3, 2, 2), dtype=bool)
    event[1, 1, 0] = True
    assert not touching(pure_nash(game).equilibria, event)
    with pytest.raises(CertificateError, match="is a Nash equilibrium with probability on the event"):
        certify(NoNashAvoids(game, event))
    half = Fraction(1, 2)
    assert certify(IsNash(game, [[0, half, half], [0, 1], [1, 0]])).holds
