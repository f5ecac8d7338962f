"""Proper subgames: parts of a tree that everyone who moves in them knows to have been reached."""

from __future__ import annotations

from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL


def subgame_roots(tree: ExtensiveGame) -> tuple[int, ...]:
    """Nodes at which a subgame starts, the whole game first; ends of play are left out.

    A subgame starts at a node that is alone in its information set and whose subtree cuts no information set
    (Selten 1965). Chance nodes count; a shared chance event is no information.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> later = {k: Decision("2", {"l": End([1, k]), "r": End([0, 0])}, known_as="same") for k in (1, 2)}
    >>> subgame_roots(grow(["1", "2"], Decision("1", {"a": later[1], "b": later[2], "c": End([0, 0])})))
    (0,)
    """
    low = [len(tree.nodes)] * len(tree.nodes)
    high = [-1] * len(tree.nodes)
    for k in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[k]
        if node.mover >= 0:
            members = tree.information_sets[node.place].nodes
            low[k], high[k] = min(low[k], members[0]), max(high[k], members[-1])
        if node.parent >= 0:
            low[node.parent] = min(low[node.parent], low[k])
            high[node.parent] = max(high[node.parent], high[k])
    ends = tree.ends
    return tuple(
        k
        for k, node in enumerate(tree.nodes)
        if k == 0 or (node.mover != TERMINAL and low[k] >= k and high[k] < ends[k] and _alone(tree, k))
    )


def _alone(tree: ExtensiveGame, k: int) -> bool:
    node = tree.nodes[k]
    return node.mover == CHANCE or len(tree.information_sets[node.place].nodes) == 1
