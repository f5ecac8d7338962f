from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import NeverPlayed
from blamegame.errors import CertificateError, GameError, IncompleteSolution
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.exclusion_chain import exclusion_chain
from blamegame.solvers.repeated.playability import playable

DILEMMA = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])


def test_a_chain_just_below_the_switch_has_short_numbers():
    game = RepeatedGame(DILEMMA, F(14, 100))
    chain = exclusion_chain(game, [("a", "a")])
    assert certify(NeverPlayed(game, [("a", "a")], chain)).holds
    assert max(x.denominator.bit_length() for polygon, _ in chain for point in polygon for x in point) < 60


def test_what_can_be_played_has_no_chain():
    with pytest.raises(GameError, match="no chain excludes the event at discount 9/10"):
        exclusion_chain(Delegation().repeated(F(9, 10)), Delegation().avoidance)


def test_time_that_ran_out_is_said():
    with pytest.raises(IncompleteSolution, match="time_limit"):
        exclusion_chain(RepeatedGame(DILEMMA, F(1, 10)), [("a", "a")], time_limit=0)


def test_a_game_without_equilibrium_excludes_everything_and_is_not_certified():
    """The chain is found; the sentence "no equilibrium ever plays this" would be about nothing."""
    pennies = RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), F(9, 10))
    everything = [(a, b) for a in "ab" for b in "ab"]
    chain = exclusion_chain(pennies, everything)
    with pytest.raises(CertificateError, match="no such equilibrium at all"):
        certify(NeverPlayed(pennies, everything, chain))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2),
                min_size=2, max_size=2), st.sampled_from([F(0), F(1, 5), F(1, 2), F(4, 5)]))  # fmt: skip
def test_a_chain_exists_where_the_solver_says_never_and_nowhere_else(payoffs, discount):
    game = RepeatedGame(StrategicGame(payoffs), discount)
    verdicts = playable(game)
    for i, a in enumerate("ab"):
        for j, b in enumerate("ab"):
            if verdicts.no[i, j]:
                claim = NeverPlayed(game, [(a, b)], exclusion_chain(game, [(a, b)]))
                said = _certified(claim)
                assert said == "proved" or ("no such equilibrium at all" in said and verdicts.no.all())
            elif verdicts.yes[i, j]:
                with pytest.raises(GameError):
                    exclusion_chain(game, [(a, b)])


def _certified(claim):
    """ "proved", or why a claim is refused: one about equilibria that do not exist is."""
    try:
        return "proved" if certify(claim).holds else "not proved"
    except CertificateError as error:
        return str(error)
