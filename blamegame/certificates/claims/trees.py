"""Claims about a game in extensive form with perfect information."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.certificates.claims.parts import Document, text_of
from blamegame.errors import CertificateError, GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL


@dataclass(frozen=True)
class NoPlayAvoids:
    """In no subgame-perfect equilibrium of this tree, pure or mixed, does play reach one of these ends.

    The certificate holds the whole tree, so that backward induction can be followed by hand. Where a mover is
    indifferent, all that it may do is taken into account; where that leaves the question open, :func:`certify` says so.

    Parameters
    ----------
    game : a tree of perfect information, with chance moves or without
    ends : positions of nodes at which play ends

    Examples
    --------
    >>> from blamegame.certificates.certify import certify
    >>> from blamegame.games import Decision, End, grow
    >>> entry = grow(["entrant", "incumbent"], Decision("entrant", {
    ...     "out": End([0, 2]),
    ...     "in": Decision("incumbent", {"fight": End([-1, 0]), "share": End([1, 1])}),
    ... }))
    >>> print(certify(NoPlayAvoids(entry, [3])))
    Proved: In this game of perfect information, no subgame-perfect equilibrium, pure or mixed, reaches ("in", "fight").
    The game stands in the file.
    Rechecked by exact arithmetic alone.
    """

    game: ExtensiveGame
    ends: Any

    def __post_init__(self) -> None:
        if not self.game.perfect_information:
            place = next(place for place in self.game.information_sets if len(place.nodes) > 1)
            raise CertificateError(
                f"NoPlayAvoids is about perfect information, and {self.game.players[place.player]} cannot tell the "
                f"nodes {place.nodes} apart; use NoNashAvoids with reduced_strategic_form(tree)"
            )
        ends = tuple(sorted(set(self.ends)))
        for k in ends:
            if k not in self.game.terminals:
                raise GameError(f"node {k} is not an end of play; an event is a set of positions out of tree.terminals")
        if not ends:
            raise GameError("the event has no end of play, so nothing would be proved")
        object.__setattr__(self, "ends", ends)

    def statement(self) -> Document:
        nodes = {str(k): self._node(k) for k in range(len(self.game.nodes))}
        ends = [[action for _, action in self.game.path(end)] for end in self.ends]
        game = {"players": list(self.game.players), "root": "0", "nodes": nodes}
        return {"kind": "no_play_avoids", "game": game, "ends": ends}

    def proof(self) -> Document:
        return {}

    def _node(self, k: int) -> Document:
        tree, node = self.game, self.game.nodes[k]
        if node.mover == TERMINAL:
            label = tree.outcomes[node.outcome].label if node.outcome >= 0 else ""
            return {"end": label, "payoffs": text_of(tree.totals[k])}
        below = [str(child) for child in node.children]
        if node.mover == CHANCE:
            chance = tree.events[node.place]
            return {
                "chance": chance.label,
                "then": {a: [text_of(p), to] for a, p, to in zip(chance.actions, chance.probabilities, below)},
            }
        place = tree.information_sets[node.place]
        return {"player": tree.players[node.mover], "at": place.label, "then": dict(zip(place.actions, below))}
