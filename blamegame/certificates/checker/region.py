"""Claims about the equilibria of a model at every point of a box of parameter values, after a bundle of reforms.

The payoffs are a program over the parameters, run on polynomials for the box after the reforms. A proof is a tree that
cuts this box (``pieces``). What stands at a leaf is shown for every model of that piece, by weights on deviations
(``weights``):

- ``correlated``: no correlated equilibrium touches the event;
- ``supports``: no Nash equilibrium has supports that meet the event, pair by pair of supports;
- ``others``: none has supports that do not meet it. There is an equilibrium, so every one touches the event;
- ``pure``: one cell is an equilibrium throughout, since nobody gains by another action.
"""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

from .box_model import REGION, everywhere, game_and_others, payoff_polynomials, some_cells
from .boxes import after_reforms
from .budget import Cell, Claims, Data, Finding, Refused, Work
from .game import Game, cell_text, event_of, event_text
from .names import listed, name
from .pieces import Piece, pieces
from .polynomials import Affine, centred, is_below_zero
from .reading import anything, position, take
from .weights import (
    VECTORS,
    Vector,
    Weight,
    listed_supports,
    no_correlated,
    no_supports,
    pairs_of_supports,
    total,
    vectors_of,
)

WORDS = {
    "region_removes": "no Nash equilibrium puts any probability on",
    "region_fails": "some Nash equilibrium puts probability on",
    "region_entrenched": "every Nash equilibrium puts probability on",
    "region_avoidable": "some Nash equilibrium puts no probability on",
}
LEAVES = {
    "region_removes": ("correlated", "supports"),
    "region_fails": ("pure", "others"),
    "region_entrenched": ("others",),
    "region_avoidable": ("pure", "correlated", "supports"),
}


class Leaf(NamedTuple):
    """What a leaf says, about a game whose payoffs are polynomials, with an event."""

    kind: str  # of the claim
    data: Any
    game: Game
    event: set[Cell]
    payoffs: dict[Cell, Affine]
    vectors: list[Vector]


def region_claim(claim: Data, proof: Data, work: Work) -> Finding:
    """A statement about the Nash equilibria of every model of a box, shown piece by piece."""
    kind, (game, others) = claim["kind"], game_and_others(claim)
    if claim["robust"] and kind != "region_removes":
        raise Refused(f"{kind} is not claimed robustly")
    event = some_cells(claim["event"], game)
    sentence = f"{everywhere(claim)}, {WORDS[kind]} {event_text(game, event)}"
    vectors = vectors_of(proof["vectors"], game)
    whole = after_reforms(claim, claim["bundle"], others, work)
    polynomials = payoff_polynomials(claim["model"], game, whole, work)
    root = Piece(proof["tree"], tuple(claim["bundle"]), others, whole)
    for piece, how, data in pieces(root, LEAVES[kind], claim, work):
        payoffs = centred(polynomials, list(piece.box.values()), work)
        if failure := SHOWN[how](Leaf(kind, data, game, event, payoffs, vectors), work):
            return sentence, f"{piece.text()} it is not shown: {failure}"
    return sentence, ""


def by_correlated(leaf: Leaf, work: Work) -> str:
    vector = leaf.vectors[position(len(leaf.vectors), "vectors")(leaf.data)]
    return no_correlated(vector, leaf.game, leaf.event, leaf.payoffs, work)


def by_supports(leaf: Leaf, work: Work) -> str:
    return excluded(leaf, work, meeting=True)


def by_others(leaf: Leaf, work: Work) -> str:
    return excluded(leaf, work, meeting=False)


def excluded(leaf: Leaf, work: Work, *, meeting: bool) -> str:
    """Whether each pair of supports that meets the event, or each that does not, is excluded; "" where it is."""
    game = leaf.game
    known = listed_supports(take(leaf.data, [anything], "supports"), game, len(leaf.vectors))
    for pair in pairs_of_supports(game, work):
        if any(cell in leaf.event for cell in product(*pair)) != meeting:
            continue
        labels = ([own[a] for a in sorted(support)] for support, own in zip(pair, game.actions))
        words = f"the supports {' and '.join(f'{{{listed(own)}}}' for own in labels)}"
        if pair not in known:
            return f"{words} are not excluded"
        how, k = known[pair]
        if failure := no_supports(leaf.vectors[k], how, pair, game, leaf.payoffs, work):
            return f"{words} are not excluded, since {failure}"
    return ""


def by_pure(leaf: Leaf, work: Work) -> str:
    """Whether one cell, on the event where some equilibrium should be, is an equilibrium throughout."""
    (cell,) = event_of([take(leaf.data, [name], "pure")], leaf.game.actions)
    words = cell_text(leaf.game.actions, cell)
    if (cell in leaf.event) != (leaf.kind == "region_fails"):
        return f"{words} is not where an equilibrium is claimed"
    for i, told in enumerate(cell):
        for other in range(len(leaf.game.actions[i])):
            if not is_below_zero(total([Weight(i, told, other, -1)], cell, leaf.payoffs, work), work):
                return f"{words} is not an equilibrium throughout"
    return ""


SHOWN = {"correlated": by_correlated, "supports": by_supports, "others": by_others, "pure": by_pure}
STATED = {**REGION, "event": [[name]]}
CLAIMS: Claims = {kind: (region_claim, STATED, {"vectors": VECTORS, "tree": anything}) for kind in WORDS}
