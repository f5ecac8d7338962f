"""Best replies in turn: ends, ties that are all followed, and cycles."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import load
from blamegame.errors import GameError, ReformError
from blamegame.games.strategic import StrategicGame
from blamegame.reforms.adjustment import adjust
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.testing.strategies import degenerate_games, strategic_games


def played_in_the_end(game, start, first):
    """The same by plain closure: a profile may be played for ever where some state of it can be come back to."""
    n = game.n_players

    def onward(state):
        cell, player = state
        line = [(*cell[:player], a, *cell[player + 1 :]) for a in range(game.n_actions[player])]
        most = max(game.payoffs[(player, *there)] for there in line)
        if game.payoffs[(player, *cell)] == most:
            return {(cell, (player + 1) % n)}
        return {(there, (player + 1) % n) for there in line if game.payoffs[(player, *there)] == most}

    def reach(states):
        seen, waiting = set(), list(states)
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += onward(state)
        return seen

    everything = reach([(start, first)])
    return sorted({state[0] for state in everything if state in reach(onward(state))})


@settings(max_examples=120, deadline=None)
@given(
    strategic_games(max_actions=3) | degenerate_games(max_actions=3) | strategic_games(n_players=3, max_actions=2),
    st.data(),
)
def test_what_may_be_played_for_ever_is_found_with_all_ties(game, data):
    start = tuple(data.draw(st.integers(0, n - 1)) for n in game.n_actions)
    first = data.draw(st.integers(0, game.n_players - 1))
    found = adjust(game, start, first=first)
    assert list(found.plays) == played_in_the_end(game, start, first)
    assert set(found.ends) <= set(pure_cells(game))
    assert not set(found.ends) & {cell for cycle in found.cycles for cell in cycle}


def test_a_cycle_is_reported_in_the_order_of_play():
    found = adjust(load("cycle").model, ("push", "formalism"))
    assert found.ends == () and not found.settles
    (around,) = found.cycles
    assert around == ((0, 0), (0, 1), (1, 1), (1, 0))


def test_who_replies_first_can_decide():
    game = StrategicGame([[[1, 0], [0, 1]]] * 2, players=("upper", "lower"))
    assert adjust(game, (0, 1)).ends == ((1, 1),)
    assert adjust(game, (0, 1), first="lower").ends == ((0, 0),)


def test_all_replies_that_tie_are_followed():
    game = StrategicGame([[[0, 0], [1, 0], [1, 0]], [[0, 0], [1, 0], [1, 0]]])
    assert adjust(game, (0, 0)).ends == ((1, 0), (2, 0))


def test_nobody_moves_for_a_tie():
    game = StrategicGame(np.zeros((2, 3, 3), dtype=int))
    assert adjust(game, (2, 1)).ends == ((2, 1),)


def test_no_pure_equilibrium_and_ties_may_both_end_and_go_round():
    """Row may leave c for a (then an equilibrium) or b (then pennies)."""
    row = [[0, 0, 5], [1, -1, 0], [-1, 1, 0], [5, 0, 0]]
    column = [[0, 0, 1], [-1, 1, -2], [1, -1, -2], [0, 0, -1]]
    game = StrategicGame([row, column])
    found = adjust(game, (1, 2))
    assert list(found.plays) == played_in_the_end(game, (1, 2), 0)


def test_players_and_games_are_checked():
    with pytest.raises(ReformError, match="first='middle'"):
        adjust(load("trap").model, (0, 0), first="middle")
    with pytest.raises(GameError, match="takes one game"):
        adjust(StrategicGame(np.zeros((2, 2, 2, 2)), players=2), (0, 0))
    with pytest.raises(ReformError, match="no game in strategic form"):
        adjust(load("departments").model, (0, 0))


def test_the_value_survives_pickling_and_reads_as_a_sentence():
    found = adjust(load("trap").model, ("push", "work"))
    assert pickle.loads(pickle.dumps(found)) == found
    assert str(found) == "(push, work) -> (assist, work)"
