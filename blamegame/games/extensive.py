"""Extensive-form games: a tree of moves with chance, information sets and exact payoffs, held flat so depth is free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from blamegame.errors import GameError
from blamegame.games.recall import Recall, find_recall
from blamegame.games.tree_parts import (
    CHANCE,
    NONE,
    TERMINAL,
    Event,
    InformationSet,
    Move,
    Node,
    Outcome,
    checked_event,
    checked_information_set,
    checked_labels,
    checked_outcome,
    first_seen,
    inverse,
    linked_nodes,
)
from blamegame.games.tree_text import format_tree


@dataclass(frozen=True, init=False, repr=False)
class ExtensiveGame:
    """A finite game in extensive form.

    Most trees are easier to write with :func:`blamegame.grow`; this constructor takes the flat form that files have.

    Parameters
    ----------
    players : names, all different
    moves : (mover, place, outcome, label) of every node in preorder (a node, then its subtrees in order of its actions)
        ``mover`` is a player's position, ``CHANCE`` or ``TERMINAL``.
    information_sets : (player, label, actions)
    events : (label, actions, probabilities), exact and adding up to one
    outcomes : (label, payoffs of every player)
        Integers and Fractions are kept, a float becomes the rational it stores. All of these are renumbered in the
        order in which they first occur in the tree.

    Raises
    ------
    GameError
        Naming the node, information set, event or outcome that is wrong.

    Notes
    -----
    Imperfect recall is allowed here, since files may hold it; solvers refuse it (``tree.recall.problem`` says why).

    Examples
    --------
    >>> tree = ExtensiveGame(
    ...     ["upper"], [(0, 0, -1, ""), (-2, -1, 0, ""), (-2, -1, -1, "")], [(0, "layout", ["assist", "push"])],
    ...     outcomes=[("success", [1])],
    ... )
    >>> tree
    <ExtensiveGame 3 nodes, 1 information sets, players upper>
    >>> print(tree)
    upper: layout
    ├─ assist → (1) success
    └─ push → (0)
    """

    players: tuple[str, ...]
    nodes: tuple[Node, ...]
    information_sets: tuple[InformationSet, ...]
    events: tuple[Event, ...]
    outcomes: tuple[Outcome, ...]
    title: str
    comment: str

    def __init__(
        self,
        players: Iterable[str],
        moves: Sequence[Move],
        information_sets: Sequence[tuple[int, str, Sequence[str]]] = (),
        events: Sequence[tuple[str, Sequence[str], Sequence[Any]]] = (),
        outcomes: Sequence[tuple[str, Sequence[Any]]] = (),
        title: str = "",
        comment: str = "",
    ) -> None:
        names = checked_labels(players, "player")
        if not names:
            raise GameError("a tree needs at least one player")
        sets = [checked_information_set(k, given, len(names)) for k, given in enumerate(information_sets)]
        chances = [checked_event(k, given) for k, given in enumerate(events)]
        paid = [checked_outcome(k, given, names) for k, given in enumerate(outcomes)]
        order = [
            first_seen(moves, lambda m: m[1] if m[0] >= 0 else NONE, len(sets), "information set"),
            first_seen(moves, lambda m: m[1] if m[0] == CHANCE else NONE, len(chances), "event"),
            first_seen(moves, lambda m: m[2], len(paid), "outcome"),
        ]
        nodes = linked_nodes(moves, order, sets, chances, len(names))
        at: tuple[list[list[int]], list[list[int]]] = [[] for _ in sets], [[] for _ in chances]
        for position, node in enumerate(nodes):
            if node.mover != TERMINAL:
                at[node.mover == CHANCE][node.place].append(position)
        for field, value in {
            "players": names,
            "nodes": nodes,
            "information_sets": tuple(
                InformationSet(*sets[old], tuple(where)) for old, where in zip(inverse(order[0]), at[0])
            ),
            "events": tuple(Event(*chances[old], tuple(where)) for old, where in zip(inverse(order[1]), at[1])),
            "outcomes": tuple(paid[old] for old in inverse(order[2])),
            "title": str(title),
            "comment": str(comment),
        }.items():
            object.__setattr__(self, field, value)

    @property
    def n_players(self) -> int:
        return len(self.players)

    @cached_property
    def terminals(self) -> tuple[int, ...]:
        """Positions of the nodes at which play ends, in preorder."""
        return tuple(k for k, node in enumerate(self.nodes) if node.mover == TERMINAL)

    @cached_property
    def totals(self) -> tuple[tuple[Fraction, ...], ...]:
        """Payoffs collected on the way to each node, itself included; at a terminal node, what the players get."""
        nothing = (Fraction(0),) * self.n_players
        out: list[tuple[Fraction, ...]] = []
        for node in self.nodes:
            before = nothing if node.parent == NONE else out[node.parent]
            if node.outcome != NONE:
                before = tuple(a + b for a, b in zip(before, self.outcomes[node.outcome].payoffs))
            out.append(before)
        return tuple(out)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """One past the last node of the subtree at each node: the subtree at k is ``nodes[k : ends[k]]``."""
        out = list(range(1, len(self.nodes) + 1))
        for position in range(len(self.nodes) - 1, 0, -1):
            parent = self.nodes[position].parent
            out[parent] = max(out[parent], out[position])
        return tuple(out)

    @cached_property
    def recall(self) -> Recall:
        """What each player knows of its own past: the sequences of its own actions, and whether recall is perfect."""
        return find_recall(self.players, self.nodes, self.information_sets)

    @property
    def perfect_recall(self) -> bool:
        return not self.recall.problem

    @property
    def perfect_information(self) -> bool:
        """Whether every information set holds a single node."""
        return all(len(place.nodes) == 1 for place in self.information_sets)

    def actions_at(self, position: int) -> tuple[str, ...]:
        """Labels of the actions at a node; none at the end of play."""
        node = self.nodes[position]
        if node.mover == TERMINAL:
            return ()
        return (self.events if node.mover == CHANCE else self.information_sets)[node.place].actions

    def path(self, position: int) -> tuple[tuple[str, str], ...]:
        """(mover, action) from the root to a node; chance moves under the name "chance"."""
        out = []
        while self.nodes[position].parent != NONE:
            branch, position = self.nodes[position].branch, self.nodes[position].parent
            mover = self.nodes[position].mover
            out.append(("chance" if mover == CHANCE else self.players[mover], self.actions_at(position)[branch]))
        return tuple(reversed(out))

    def __repr__(self) -> str:
        shape = f"{len(self.nodes)} nodes, {len(self.information_sets)} information sets"
        return f"<ExtensiveGame {shape}, players {', '.join(self.players)}>"

    def __str__(self) -> str:
        return format_tree(self)
