"""A piece of strategy space: each player mixes between given corners. Splitting it, leaving what cannot be played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from blamegame.games.strategic import Array, object_array

SCALE = 1 << 40
"""Corners are whole numbers of 1/SCALE, so halving an edge is exact."""

SHORTEST = SCALE >> 14

Corner = tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """A product of simplices, one for each player: the convex hull of its corners.

    Attributes
    ----------
    corners : for each player strategies in whole numbers of 1/SCALE
    """

    corners: tuple[tuple[Corner, ...], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(map(len, self.corners))

    def halves(self, player: int, first: int, second: int) -> tuple[Piece, Piece]:
        """Both halves of the piece after cutting one player's edge in the middle."""
        own = self.corners[player]
        middle = tuple((p + q) // 2 for p, q in zip(own[first], own[second]))
        return self._with(player, second, middle), self._with(player, first, middle)

    def _with(self, player: int, position: int, corner: Corner) -> Piece:
        own = list(self.corners[player])
        own[position] = corner
        return Piece((*self.corners[:player], tuple(own), *self.corners[player + 1 :]))

    def edges(self) -> list[tuple[int, int, int, int]]:
        """(length, player, first corner, second corner) of every edge."""
        return [
            (max(abs(p - q) for p, q in zip(own[a], own[b])), player, a, b)
            for player, own in enumerate(self.corners)
            for a, b in combinations(range(len(own)), 2)
        ]


def whole_space(n_actions: tuple[int, ...]) -> Piece:
    """All mixed strategies of every player.

    >>> whole_space((1, 2)).shape
    (1, 2)
    """
    return Piece(tuple(tuple(tuple(SCALE * (a == b) for b in range(n)) for a in range(n)) for n in n_actions))


def at_corners(table: Array, piece: Piece, *, but: int | None = None) -> Array:
    """A table over profiles at every combination of corners, in units of 1/SCALE for each player who mixes.

    ``but`` names a player whose actions stay as they are.
    """
    for player, own in enumerate(piece.corners):
        if player != but:
            matrix = object_array([p for corner in own for p in corner]).reshape(len(own), -1)
            table = np.moveaxis(np.tensordot(matrix, table, axes=(1, player)), 0, player)
    return table


def playable(piece: Piece, payoffs: Sequence[Array]) -> tuple[Piece | None, list[Array]]:
    """The faces that are left where an action is strictly beaten all over a piece: no equilibrium plays it there.

    Returns the piece, None where nothing is left, and each player's payoffs [own action, *others' corners] on it.
    """
    while True:
        tables = [np.moveaxis(at_corners(table, piece, but=i), i, 0) for i, table in enumerate(payoffs)]
        beaten = [
            [any(bool((other > row).all()) for other in table) for row in table]  # rows of whole numbers
            for table in tables
        ]
        corners = tuple(
            tuple(c for c in own if not any(p and out for p, out in zip(c, gone)))
            for own, gone in zip(piece.corners, beaten)
        )
        if not all(corners):
            return None, []
        if corners == piece.corners:
            return piece, tables
        piece = Piece(corners)
