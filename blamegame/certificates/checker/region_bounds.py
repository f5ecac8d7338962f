"""Bounds that hold at every point of a box of parameter values, for every correlated, hence every Nash, equilibrium.

Weak duality: with weights y > 0 on deviations and f as in ``weights``, f is at least 0 on average in a correlated
equilibrium. So if m(s) + f(s) <= v in every cell s, the average of m is at most v; if v + f(s) <= m(s), it is at least
v. Here m is a player's payoff, or 1 on an event and 0 elsewhere: polynomials, as f is.
"""

from __future__ import annotations

from typing import Any

from .box_model import REGION, everywhere, game_and_others, payoff_polynomials, some_cells
from .boxes import after_reforms
from .budget import ONE, Cell, Claims, Data, Finding, Refused, Work
from .game import Game, cell_text, event_text, number
from .names import name, quoted, shown
from .pieces import Piece, pieces
from .polynomials import Affine, Polynomial, centred, is_below_zero
from .reading import anything, position, rational, take
from .weights import VECTORS, Vector, gains, vectors_of

BOUNDS = {"<=": "at most", ">=": "at least"}
BOUND = ("bound",)  # where the polynomial 1 stands among the payoffs


def region_bounds(claim: Data, proof: Data, work: Work) -> Finding:
    """Every correlated equilibrium gives an event this probability, or a player this payoff, at most or at least."""
    game, others = game_and_others(claim)
    whole = after_reforms(claim, claim["bundle"], others, work)
    polynomials = payoff_polynomials(claim["model"], game, whole, work)
    measured, words = measure_of(claim, game, polynomials)
    sentence = f"{everywhere(claim)}, every correlated equilibrium {words}"
    vectors = vectors_of(proof["vectors"], game)
    tables: dict[Any, Polynomial] = {
        **polynomials,
        **{("m", *cell): p for cell, p in measured.items()},
        BOUND: {(): ONE},
    }
    root = Piece(proof["tree"], tuple(claim["bundle"]), others, whole)
    for piece, _, data in pieces(root, ("correlated",), claim, work):
        vector = vectors[position(len(vectors), "vectors")(data)]
        centred_tables = centred(tables, list(piece.box.values()), work)
        if failure := beyond(claim, vector, game, centred_tables, work):
            return sentence, f"{piece.text()} it is not shown: {failure}"
    return sentence, ""


def beyond(claim: Data, vector: Vector, game: Game, tables: dict[Any, Affine], work: Work) -> str:
    """Where the inequality fails, in words; "" where it holds in every cell."""
    v, side = claim["bound"], 1 if claim["relation"] == "<=" else -1
    if any(part.weight < 0 for part in vector.parts):
        return "a weight is negative"
    for cell in game.cells():
        out = {s: v.denominator * c for s, c in gains(vector, cell, tables, work).items()}
        for key, factor in ((("m", *cell), v.denominator), (BOUND, -v.numerator)):
            for s, c in tables[key].items():
                out[s] = out.get(s, 0) + side * factor * vector.scale * c
        if not is_below_zero(out, work):
            return f"the inequality fails at {cell_text(game.actions, cell)}"
    return ""


def measure_of(claim: Data, game: Game, payoffs: dict[Cell, Polynomial]) -> tuple[dict[Cell, Polynomial], str]:
    """What is bounded, in each cell, and the bound in words."""
    measure, v, relation = claim["measure"], claim["bound"], claim["relation"]
    if relation not in BOUNDS:
        raise Refused(f"{shown(relation)} is not one of {', '.join(BOUNDS)}")
    if isinstance(measure, dict) and "payoff" in measure:
        player = take(measure, {"payoff": name}, "measure")["payoff"]
        if player not in game.players:
            raise Refused(f"{shown(player)} is no player of this model")
        i = game.players.index(player)
        words = f"gives {quoted(player)} {BOUNDS[relation]} {number(v)}"
        return {cell: payoffs[i, *cell] for cell in game.cells()}, words
    event = some_cells(take(measure, {"event": [[name]]}, "measure")["event"], game)
    if not 0 <= v <= 1 or v == (relation == "<="):
        raise Refused(f"a probability {BOUNDS[relation]} {number(v)} says nothing")
    words = f"puts probability {BOUNDS[relation]} {number(v)} on {event_text(game, event)}"
    return {cell: {(): ONE} if cell in event else {} for cell in game.cells()}, words


def symbol(data: Any) -> str:
    if not isinstance(data, str):
        raise Refused(f"{shown(data)} is not one of {', '.join(BOUNDS)}")
    return data


STATED = {**REGION, "measure": anything, "relation": symbol, "bound": rational}
CLAIMS: Claims = {"region_bounds": (region_bounds, STATED, {"vectors": VECTORS, "tree": anything})}
