from __future__ import annotations

from fractions import Fraction as F

import pytest

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.playability import playable
from blamegame.solvers.repeated.regime_table import regime_table

TABLE = regime_table(Delegation().stage_game(), tolerance=1e-4)


def test_the_delegation_game_has_five_regimes():
    assert TABLE.complete
    assert [len(regime.playable) for regime in TABLE.regimes] == [1, 3, 4, 5, 6]
    assert TABLE.regimes[0].start == 0 and TABLE.regimes[-1].stop == 1
    assert float(TABLE.switches[1][1]) == pytest.approx(0.516, abs=5e-4)
    assert repr(TABLE) == "<RegimeTable of 6 profiles, 5 regimes>"


@pytest.mark.parametrize("discount", [F(1, 4), F(54, 100), F(6, 10), F(7, 10), F(9, 10)])
def test_the_table_agrees_with_playability_at_a_point(discount):
    yes = playable(RepeatedGame(Delegation().stage_game(), discount)).yes
    assert sorted(TABLE.playable_at(discount)) == [tuple(cell) for cell in zip(*(k.tolist() for k in yes.nonzero()))]


def test_it_prints_what_is_new_in_each_regime():
    text = str(TABLE)
    assert text.splitlines()[1].split(maxsplit=3)[-1] == "(push, escalate)"
    assert "as before, and (push, formalism)" in text


def test_profiles_that_are_never_playable_and_games_without_any_are_shown():
    pennies = regime_table(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]))
    assert str(pennies).splitlines()[1].endswith("nothing")
    assert "at none" in str(pennies)
    assert pennies.playable_at(F(1, 2)) == ()


def test_without_time_the_table_says_so_and_a_wrong_discount_is_refused():
    hurried = regime_table(Delegation().stage_game(), time_limit=0)
    assert not hurried.complete and "not every switch" in str(hurried)
    with pytest.raises(GameError, match="not in"):
        TABLE.playable_at(1)
