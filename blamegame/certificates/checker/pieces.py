"""A box cut into pieces: at each cut a reform that is undecided, or a value of a parameter, is on one of two sides.

The two sides cover what is cut whatever the tree says, so that nothing about the tree has to be believed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from .boxes import Box, after_reforms
from .budget import Data, Refused, Work
from .game import number
from .names import name, quoted
from .reading import rational

BY_REFORM, BY_PARAMETER = {"reform", "with", "without"}, {"parameter", "at", "below", "above"}


class Piece(NamedTuple):
    """A node of the tree, with the part of the box that it is about and the reforms in and undecided there."""

    node: Any
    decided: tuple[str, ...]
    undecided: tuple[str, ...]
    box: Box
    where: tuple[str, ...] = ()  # the cuts above it, in words
    is_cut: bool = False  # at a parameter

    def text(self) -> str:
        return f"In the piece {', '.join(self.where)}" if self.where else "In the whole box"


def pieces(whole: Piece, leaves: Collection[str], claim: Data, work: Work) -> Iterator[tuple[Piece, str, Any]]:
    """The leaves of the tree, each with its kind, one of ``leaves``, and what it says."""
    stack = [whole]
    while stack:
        piece = stack.pop()
        keys = set(piece.node) if isinstance(piece.node, dict) else set()
        if keys == BY_REFORM:
            stack += by_reform(piece, claim, work)
        elif keys == BY_PARAMETER:
            stack += by_parameter(piece)
        elif len(keys) == 1 and keys <= set(leaves):
            ((kind, data),) = piece.node.items()
            yield piece, kind, data
        else:
            raise Refused(f"a node of the tree is neither a cut nor one of {', '.join(leaves)}")


def by_reform(piece: Piece, claim: Data, work: Work) -> list[Piece]:
    """The pieces with an undecided reform in and out."""
    reform = name(piece.node["reform"])
    if reform not in piece.undecided or piece.is_cut:
        raise Refused(f"{quoted(reform)} is not undecided where the tree decides it, or below a cut at a parameter")
    left = tuple(other for other in piece.undecided if other != reform)
    out = []
    for side, decided in (("without", piece.decided), ("with", (*piece.decided, reform))):
        box = after_reforms(claim, decided, left, work)
        out.append(Piece(piece.node[side], decided, left, box, (*piece.where, f"{side} {quoted(reform)}")))
    return out


def by_parameter(piece: Piece) -> list[Piece]:
    """The pieces below and above a value of a parameter, after the reforms."""
    parameter, at = name(piece.node["parameter"]), rational(piece.node["at"])
    low, high = piece.box.get(parameter, (at, at))
    if not low < at < high:
        raise Refused(f"the tree cuts {quoted(parameter)} at {number(at)}, which is not inside its interval")
    out = []
    for side, interval in (("below", (low, at)), ("above", (at, high))):
        where = (*piece.where, f"{quoted(parameter)} {side} {number(at)}")
        out.append(
            Piece(piece.node[side], piece.decided, piece.undecided, {**piece.box, parameter: interval}, where, True)
        )
    return out
