"""Arrows are strictly improving best replies, sinks what play cannot leave."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from blamegame import load
from blamegame.dynamics.best_response_graph import Feed, best_response_graph, feeds, sinks
from blamegame.errors import GameError
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.testing.strategies import degenerate_games, strategic_games

AW, AE, PW, PE, PF = (0, 0), (0, 1), (1, 0), (1, 1), (1, 2)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("h_county", [[PE]]),
        ("trap", [[AW], [PE]]),
        ("paper_trap", [[AW], [PF]]),
        ("chicken", [[AE], [PW]]),
        ("cycle", [[AW, AE, PW, PE]]),
    ],
)
def test_the_sinks_of_the_regimes(name, expected):
    found = sinks(best_response_graph(load(name).model.stage_game()))
    assert [list(sink) for sink in found] == expected


def test_push_makes_lower_escalate_and_escalation_makes_upper_push():
    assert [str(feed) for feed in feeds(load("h_county").model.stage_game())] == [
        "escalate makes upper push",
        "push makes lower escalate",
    ]


def test_with_three_players_the_others_make_one_move_together():
    table = np.zeros((3, 2, 2, 2), dtype=int)
    table[:, 0, 0, 0] = 1
    table[:, 1, 1, 1] = 2
    found = feeds(StrategicGame(table, actions=[("a", "b"), ("c", "d"), ("e", "f")]))
    assert Feed(("d", "f"), "1", ("b",)) in found
    assert "d and f make 1 b" in map(str, found)


@settings(max_examples=60)
@given(strategic_games(n_players=2, max_actions=3) | degenerate_games(max_actions=3))
def test_profiles_without_an_arrow_are_the_pure_equilibria(game):
    graph = best_response_graph(game)
    assert [cell for cell in sorted(graph) if graph.out_degree(cell) == 0] == pure_cells(game)
    for here, there, facts in graph.edges(data=True):
        player = facts["player"]
        assert [i for i in range(2) if here[i] != there[i]] == [player]
        assert facts["gain"] == game.payoffs[(player, *there)] - game.payoffs[(player, *here)] > 0
        line = game.payoffs[player][(*here[:player], slice(None), *here[player + 1 :])]
        assert game.payoffs[(player, *there)] == max(line.tolist())


@settings(max_examples=60)
@given(strategic_games(n_players=3, min_actions=2, max_actions=2))
def test_sinks_are_closed_connected_and_reached_from_everywhere(game):
    graph = best_response_graph(game)
    found = sinks(graph)
    inside = {cell for sink in found for cell in sink}
    for sink in found:
        assert {there for cell in sink for there in graph.successors(cell)} <= set(sink)
        assert nx.is_strongly_connected(graph.subgraph(sink))
    assert all(inside & ({cell} | nx.descendants(graph, cell)) for cell in graph)


def test_a_batch_is_refused():
    with pytest.raises(GameError, match="takes one game"):
        best_response_graph(StrategicGame(np.zeros((3, 2, 2, 2)), players=2))
