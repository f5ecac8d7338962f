"""Best-response graph: who would move from which profile, and the profiles that play cannot leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.dynamics.resistances import regrets
from blamegame.games.strategic import StrategicGame, best_reply_cells, check_single

Cell = tuple[int, ...]


def best_response_graph(game: StrategicGame) -> Any:
    """The action profiles of one game, with an arrow for each strictly improving best reply of one player.

    A player that already replies best stays, whatever ties with its action; of several best replies each has an arrow.

    Parameters
    ----------
    game : one game of any number of players; payoffs are compared as given, exactly

    Returns
    -------
    networkx.DiGraph
        Nodes are profiles as tuples of positions, with their ``label``; edges carry the ``player`` who moves and its
        ``gain``.

    References
    ----------
    Young (1993), "The evolution of conventions", Econometrica 61; Candogan, Menache, Ozdaglar and Parrilo (2011),
    "Flows and decompositions of games", Math. Oper. Res. 36.

    Examples
    --------
    >>> graph = best_response_graph(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
    >>> sorted(graph.edges)
    [((0, 0), (0, 1)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((1, 0), (1, 1))]
    >>> sinks(graph)
    (((1, 1),),)
    """
    import networkx as nx

    check_single(game, "best_response_graph")
    best = best_reply_cells(game)
    gains = regrets(game.payoffs, game.n_players)
    graph = nx.DiGraph()
    for cell in np.ndindex(game.n_actions):
        graph.add_node(cell, label=", ".join(labels[a] for labels, a in zip(game.actions, cell)))
    for cell in np.ndindex(game.n_actions):
        for player in range(game.n_players):
            if best[(player, *cell)]:
                continue
            for action in range(game.n_actions[player]):
                there = (*cell[:player], action, *cell[player + 1 :])
                if best[(player, *there)]:
                    graph.add_edge(cell, there, player=player, gain=gains[(player, *cell)])
    return graph


def sinks(graph: Any) -> tuple[tuple[Cell, ...], ...]:
    """The strongly connected components without a way out, each and all in order: where play ends, or goes round."""
    import networkx as nx

    parts = nx.condensation(graph)
    closed = [parts.nodes[part]["members"] for part in parts if not parts.out_degree(part)]
    return tuple(sorted(tuple(sorted(members)) for members in closed))


@dataclass(frozen=True)
class Feed:
    """What the others play makes ``player`` play: inside a sink of the best-response graph.

    ``causes`` are the actions of the others by name, ``replies`` the best replies to them that the sink holds.
    """

    causes: tuple[str, ...]
    player: str
    replies: tuple[str, ...]

    def __str__(self) -> str:
        verb = "makes" if len(self.causes) == 1 else "make"
        return f"{' and '.join(self.causes)} {verb} {self.player} {' or '.join(self.replies)}"


def feeds(game: StrategicGame) -> tuple[Feed, ...]:
    """Which strategies feed each other: for each profile that play ends at or goes through for ever, who causes what.

    Examples
    --------
    >>> names = [("assist", "push"), ("work", "escalate")]
    >>> game = StrategicGame([[[2, 0], [1, 1]], [[2, 1], [0, 1]]], ("upper", "lower"), names)
    >>> for feed in feeds(game):
    ...     print(feed)
    work makes upper assist
    assist makes lower work
    escalate makes upper push
    push makes lower escalate
    """
    best = best_reply_cells(game)
    found: dict[Feed, None] = {}
    for sink in sinks(best_response_graph(game)):
        for cell in sink:
            for player in range(game.n_players):
                if game.n_players == 1 or game.n_actions[player] == 1:
                    continue
                line = [(*cell[:player], action, *cell[player + 1 :]) for action in range(game.n_actions[player])]
                replies = [one[player] for one in line if best[(player, *one)] and one in sink]
                causes = tuple(game.actions[i][a] for i, a in enumerate(cell) if i != player)
                feed = Feed(causes, game.players[player], tuple(game.actions[player][a] for a in replies))
                found.setdefault(feed)
    return tuple(found)
