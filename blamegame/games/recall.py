"""Sequences of a player's own actions in a tree, and whether every player always remembers its own (perfect recall)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from blamegame.errors import UnsupportedGame
from blamegame.games.tree_parts import InformationSet, Node


class Recall(NamedTuple):
    """Every player's sequences of own actions, numbered within the player.

    Sequence 0 is the empty one; then each action of each of its information sets ends one.

    Attributes
    ----------
    problem : empty where recall is perfect, else which player forgets what
    counts : number of sequences of each player
    first : for each information set, the sequence that its first action ends; later actions follow on
    before : for each information set, its player's sequence on the way there
    last : for each node, every player's sequence on the way there, shape [n_nodes][n_players]
    """

    problem: str
    counts: tuple[int, ...]
    first: tuple[int, ...]
    before: tuple[int, ...]
    last: tuple[tuple[int, ...], ...]


def find_recall(players: Sequence[str], nodes: Sequence[Node], information_sets: Sequence[InformationSet]) -> Recall:
    """Recall of every player; ``tree.recall`` holds it.

    Recall is perfect where at each information set all nodes agree on the player's last information set and action;
    by induction they then agree on its whole past (Kuhn 1953).
    """
    counts = [1] * len(players)
    first = []
    for place in information_sets:
        first.append(counts[place.player])
        counts[place.player] += len(place.actions)
    last: list[tuple[int, ...]] = []
    before: list[int | None] = [None] * len(information_sets)
    problem = ""
    for k, node in enumerate(nodes):
        if node.parent < 0:
            own = (0,) * len(players)
        else:
            above = nodes[node.parent]
            own = last[node.parent]
            if above.mover >= 0:
                own = (*own[: above.mover], first[above.place] + node.branch, *own[above.mover + 1 :])
        last.append(own)
        if node.mover >= 0:
            known = before[node.place]
            if known is None:
                before[node.place] = own[node.mover]
            elif known != own[node.mover] and not problem:
                place = information_sets[node.place]
                problem = (
                    f"{players[place.player]} does not remember its own past at information set {node.place} "
                    f"({place.label!r}): nodes {place.nodes[0]} and {k} follow different actions of its own"
                )
    return Recall(problem, tuple(counts), tuple(first), tuple(b or 0 for b in before), tuple(last))


def require_perfect_recall(recall: Recall, caller: str) -> Recall:
    """``recall``, or :class:`UnsupportedGame` where a player forgets."""
    if recall.problem:
        raise UnsupportedGame(f"{caller} needs perfect recall: {recall.problem}; split that information set")
    return recall
