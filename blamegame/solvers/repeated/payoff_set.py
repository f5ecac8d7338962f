"""The value that describes the equilibrium payoffs of a repeated game: bounded from outside and from inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.set_operator.operator import Image
from blamegame.solvers.repeated.set_operator.polygon import Polygon, to_floats


@dataclass(frozen=True, eq=False, repr=False)
class PayoffSet:
    """Average payoffs of the pure-strategy subgame-perfect equilibria of a repeated game with public randomisation.

    Attributes
    ----------
    game : the repeated game
    outer_polygon, inner_polygon : Polygon of Fractions, in payoff units
        The set contains ``inner_polygon``, verified in rational arithmetic, and lies in ``outer_polygon``, whose last
        steps are rational but which started from floats with slack far beyond their rounding.
    threats : pair of Fractions, or None where the set is empty
        No equilibrium gives player i less than ``threats[i]``.
    supports : one :class:`~blamegame.solvers.repeated.set_operator.operator.Image` per vertex of ``inner_polygon``
        The action profile and the continuation that give it.
    converged : whether the two polygons are within the tolerance that was asked for (or both empty)
    status : one sentence; where the answer is not tight, advice
    stats : counts and seconds, for curiosity only
    """

    game: RepeatedGame
    outer_polygon: Polygon
    inner_polygon: Polygon
    threats: tuple[Fraction, Fraction] | None
    supports: tuple[Image, ...]
    converged: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def outer(self) -> Array:
        """Vertices of the outer bound as the nearest floats, counter-clockwise, shape [n, 2]; n may be 0, 1 or 2."""
        return to_floats(self.outer_polygon)

    @property
    def inner(self) -> Array:
        """Vertices of the inner bound as the nearest floats, counter-clockwise, shape [n, 2]."""
        return to_floats(self.inner_polygon)

    @property
    def dimension(self) -> int:
        """Dimension of the outer bound: -1 empty, 0 a point, 1 a segment, 2 a polygon."""
        return self.outer_polygon.dimension

    @property
    def exact(self) -> bool:
        """Whether both bounds are the same polygon, which then is the payoff set itself."""
        return self.outer_polygon == self.inner_polygon

    def __repr__(self) -> str:
        kind = {-1: "empty", 0: "a point", 1: "a segment"}.get(
            self.dimension, f"a polygon with {len(self.outer_polygon)} vertices"
        )
        return (
            f"<PayoffSet at discount {self.game.discount}: {kind}, {'converged' if self.converged else 'bounds only'}>"
        )
