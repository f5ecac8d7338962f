"""Automata as one builds them: what is played, where deviations lead, and what is refused."""

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.automaton import Automaton, automaton, carrot_and_stick, forgiving, grim_trigger
from blamegame.games.strategic import StrategicGame

STAGE = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
GOOD, BAD = ("a", "a"), ("b", "b")


def test_grim_trigger_never_comes_back():
    grim = grim_trigger(STAGE, GOOD, BAD)
    assert grim.plays == ((0, 0), (1, 1)) and grim.path() == ([0], 0) and grim.path(1) == ([1], 0)
    assert grim.next_state[0].tolist() == [[0, 1], [1, 1]] and (grim.next_state[1] == 1).all()


def test_forgiving_comes_back_after_so_many_periods_whatever_happens():
    plan = forgiving(STAGE, GOOD, BAD, 3)
    assert plan.n_states == 4 and plan.path(1) == ([1, 2, 3, 0], 3)
    assert plan.next_state[2].tolist() == [[3, 3], [3, 3]]
    with pytest.raises(GameError, match="periods=0"):
        forgiving(STAGE, GOOD, BAD, 0)


def test_the_stick_must_be_taken_before_the_carrot():
    plan = carrot_and_stick(STAGE, GOOD, BAD)
    assert plan.follow(1) == 0 and plan.next_state[1, 0, 0] == 1


def test_states_that_no_play_leads_to_are_not_reachable():
    plan = automaton(STAGE, {"on": GOOD, "lost": BAD}, lambda state, played: "on")
    assert plan.reachable() == (0,) and grim_trigger(STAGE, GOOD, BAD).reachable() == (0, 1)


def test_without_slips_play_is_as_meant_and_with_certain_slips_never():
    grim = grim_trigger(STAGE, GOOD, BAD)
    assert grim.simulate(3, np.random.default_rng(0)) == [("together", (0, 0))] * 3
    assert grim.simulate(2, np.random.default_rng(0), slip=1) == [("together", (1, 1)), ("apart", (0, 0))]
    with pytest.raises(GameError, match="slip=2"):
        grim.simulate(1, np.random.default_rng(0), slip=2)


@pytest.mark.parametrize(
    ("states", "plays", "table", "why"),
    [
        (("x", "x"), (GOOD, GOOD), np.zeros((2, 2, 2), int), "different names"),
        (("x",), (GOOD, BAD), np.zeros((1, 2, 2), int), "2 cells for 1 states"),
        (("x",), (GOOD,), np.zeros((1, 2, 3), int), "shape"),
        (("x",), (GOOD,), np.ones((1, 2, 2), int), "names state 1"),
    ],
)
def test_what_does_not_fit_the_stage_game_is_refused(states, plays, table, why):
    with pytest.raises(GameError, match=why):
        Automaton(STAGE, states, plays, table)


def test_the_graph_marks_the_first_state_and_what_was_meant():
    graph = grim_trigger(STAGE, GOOD, BAD).to_networkx()
    assert graph.nodes["together"] == {"plays": "(a, a)", "initial": True}
    meant = {(u, v) for u, v, is_meant in graph.edges(data="meant") if is_meant}
    assert meant == {("together", "together"), ("apart", "apart")}
