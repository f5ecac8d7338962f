"""Claims about strategic games are values; malformed ones are refused when they are made."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import (
    AllExtremeEquilibria,
    CorrelatedAtLeast,
    CorrelatedAtMost,
    IsNash,
    NoCorrelatedAvoids,
    NoNashAvoids,
)
from blamegame.errors import CertificateError, GameError
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.models.delegation import Delegation
from blamegame.solvers.strategic.correlated import correlated_bounds

GAME = Delegation().stage_game()
MATCHING = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
BATCH = StrategicGame(np.zeros((3, 2, 1, 1)), players=2)


def test_claims_made_alike_are_equal_and_hash_alike() -> None:
    by_name = NoNashAvoids(GAME, [("push", "escalate"), ("push", "formalism")])
    by_array = NoNashAvoids(GAME, Delegation().avoidance)
    assert by_name == by_array and hash(by_name) == hash(by_array)
    assert by_name != NoNashAvoids(GAME, [("push", "escalate")])
    half = [[Fraction(1, 2)] * 2] * 2
    assert IsNash(MATCHING, half) == IsNash(MATCHING, [np.array([0.5, 0.5])] * 2)
    assert CorrelatedAtMost(MATCHING, [(0, 0)], 1, [[[0] * 2] * 2] * 2) != CorrelatedAtLeast(
        MATCHING, [(0, 0)], 1, [[[0] * 2] * 2] * 2
    )


def test_floats_count_as_the_rationals_they_store() -> None:
    game = StrategicGame([[[0.5, 0], [0, 0.25]]] * 2)
    statement = IsNash(game, pure_profile(game, (0, 0))).statement()
    assert statement["game"]["payoffs"][0] == [["1/2", "0"], ["0", "1/4"]]


def test_certainty_and_impossibility_under_correlated_play_are_certified() -> None:
    bounds = correlated_bounds(GAME, Delegation().avoidance)
    assert certify(CorrelatedAtLeast(GAME, Delegation().avoidance, 1, bounds.lowest.multipliers)).holds
    other = ~Delegation().avoidance
    assert certify(NoCorrelatedAvoids(GAME, other, correlated_bounds(GAME, other).highest.multipliers)).holds
    fair = correlated_bounds(MATCHING, [(0, 0)])
    claim = CorrelatedAtMost(MATCHING, [(0, 0)], Fraction(1, 4), fair.highest.multipliers)
    assert 'probability at most 1/4 on ("a", "a")' in str(certify(claim))
    with pytest.raises(CertificateError, match=r"do not prove it: the inequality fails at \("):
        certify(CorrelatedAtMost(MATCHING, [(0, 0)], Fraction(1, 5), fair.highest.multipliers))


def test_what_no_certificate_could_hold_is_refused_at_once() -> None:
    with pytest.raises(GameError, match="IsNash takes one game"):
        IsNash(BATCH, [[1], [1]])
    with pytest.raises(GameError, match="AllExtremeEquilibria takes one game"):
        AllExtremeEquilibria(BATCH, [])
    with pytest.raises(GameError, match="takes one game"):
        NoNashAvoids(BATCH, [("a", "a")])
    with pytest.raises(GameError, match="not a probability vector"):
        IsNash(MATCHING, [[1, 1], [1, 0]])
    with pytest.raises(CertificateError, match=r"of 1 was rounded .* solve to_exact\(game\) instead"):
        IsNash(MATCHING, [[0.1, 0.9 + 1e-12], [1.0, 0.0]])
    with pytest.raises(GameError, match="the event has no cell"):
        NoNashAvoids(GAME, [])
    for value in ("x", None, float("nan"), float("inf")):
        with pytest.raises(CertificateError, match="is not a number that can be certified"):
            CorrelatedAtMost(MATCHING, [(0, 0)], value, [[[0] * 2] * 2] * 2)


def test_numbers_too_long_for_the_checker_are_refused_when_written() -> None:
    huge = StrategicGame([[[Fraction(1, 7**5000)]], [[0]]])
    with pytest.raises(CertificateError, match="too long to certify"):
        certify(IsNash(huge, [[1], [1]]))
