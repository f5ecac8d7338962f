"""A proof about every model of a region, as pure data: vectors of weights and a tree of the pieces they prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

Entry: TypeAlias = tuple[str, str, str, Fraction]
"""(player, action, action deviated to, weight)."""

Vector: TypeAlias = tuple[Entry, ...]

Node: TypeAlias = Mapping[str, Any]
"""{"correlated": k} | {"supports": [...]} | {"others": [...]} | {"pure": [a, b]} | a cut, see :class:`Proof`."""


@dataclass(frozen=True)
class Proof:
    """What proves a statement about a region.

    Attributes
    ----------
    statement : "removes" (no equilibrium touches the event anywhere), "fails" (some equilibrium does everywhere),
        "entrenched" (every equilibrium does everywhere) or "avoidable" (some equilibrium does not, everywhere)
    vectors : weights on deviations
    tree : where which vector proves what. Leaves: ``{"correlated": k}``, vector k shows that no correlated equilibrium
        touches the event; ``{"supports": [(I, J, how, k), ...]}``, each pair of supports that meets the event is
        excluded, by deviations of one player or of both ("joint"); ``{"others": [...]}``, the same for each pair that
        does not meet it; ``{"pure": (a, b)}``, this cell is an equilibrium throughout; ``{"mixed": (I, J, (k, ...))}``,
        a mixture of two actions each is, vector k showing for one action outside that it is no better. Cuts:
        ``{"parameter", "at", "below", "above"}`` after the reforms, ``{"reform", "with", "without"}`` above them.
    """

    statement: str
    vectors: tuple[Vector, ...]
    tree: Node

    @property
    def pieces(self) -> int:
        """How many leaves the tree has."""
        return _leaves(self.tree)

    def to_dict(self) -> dict[str, Any]:
        """The proof as JSON values; numbers as text."""
        return {
            "vectors": [[[*e[:3], str(e[3])] for e in vector] for vector in self.vectors],
            "tree": _plain(self.tree),
        }

    def __str__(self) -> str:
        if not self.vectors:
            return "an equilibrium persists"
        vectors = "1 vector" if len(self.vectors) == 1 else f"{len(self.vectors)} vectors"
        pieces = "in one piece" if self.pieces == 1 else f"in {self.pieces} pieces"
        return f"{vectors} of weights on deviations, {pieces}"


def joined(statement: str, cut: Mapping[str, Any], sides: Mapping[str, Proof]) -> Proof:
    """A cut above two or more proofs, their vectors renumbered into one list without repetition."""
    vectors: list[Vector] = []
    tree: dict[str, Any] = dict(cut)
    for side, proof in sides.items():
        where = []
        for vector in proof.vectors:
            if vector not in vectors:
                vectors.append(vector)
            where.append(vectors.index(vector))
        tree[side] = _renumbered(proof.tree, where)
    return Proof(statement, tuple(vectors), tree)


def _renumbered(node: Node, where: Sequence[int]) -> Node:
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key == "correlated":
            out[key] = where[value]
        elif key == "mixed":
            out[key] = (*value[:2], tuple(where[k] for k in value[2]))
        elif key in ("supports", "others"):
            out[key] = tuple((rows, columns, how, where[k]) for rows, columns, how, k in value)
        else:
            out[key] = _renumbered(value, where) if isinstance(value, Mapping) else value
    return out


def _leaves(node: Node) -> int:
    inner = [value for value in node.values() if isinstance(value, Mapping)]
    return sum(map(_leaves, inner)) if inner else 1


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Fraction) else value
