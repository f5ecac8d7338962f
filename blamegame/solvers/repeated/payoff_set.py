"""The value that describes the equilibrium payoffs of a repeated game: bounded from outside and from inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.set_operator.operator import Cells, Image, cells_of, least_promises
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon, smallest, to_floats


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

    def explain(self, vertex: int) -> str:
        """How vertex number ``vertex`` of the inner bound is an equilibrium payoff, in words.

        It names the action profile of the first period, what play promises after it, how each player would be punished
        for deviating, which incentive constraints bind, and below which discount factor nobody can play so.
        """
        count = len(self.inner_polygon)
        if not -count <= vertex < count:
            raise GameError(f"explain({vertex}): the inner bound has {count} vertices, numbered from 0")
        return _explain(self, range(count)[vertex])

    def __repr__(self) -> str:
        kind = {-1: "empty", 0: "a point", 1: "a segment"}.get(
            self.dimension, f"a polygon with {len(self.outer_polygon)} vertices"
        )
        return (
            f"<PayoffSet at discount {self.game.discount}: {kind}, {'converged' if self.converged else 'bounds only'}>"
        )


def _explain(found: PayoffSet, vertex: int) -> str:
    game, polygon = found.game, found.inner_polygon
    image = found.supports[vertex]
    players, cell = game.stage.players, divmod(image.cell, game.stage.n_actions[1])
    actions = ", ".join(f"{name} plays {game.stage.actions[i][cell[i]]}" for i, name in enumerate(players))
    lines = [f"{_pair(image.value)}: {actions}; then play is worth {_promise(polygon, image)}."]
    if game.exact_discount == 0:
        return "\n".join([*lines, "Only this period counts, and nobody gains by deviating in it."])
    cells = cells_of(game)
    for i, name in enumerate(players):
        lines.append(_incentive(cells, polygon, image, i, name))
    return "\n".join([*lines, _from_when(game, cell)])


def _from_when(game: RepeatedGame, cell: tuple[int, int]) -> str:
    """The discount factor below which no equilibrium plays the profile, so that the payoff disappears with it."""
    from blamegame.solvers.repeated.delta_windows import delta_windows

    windows = delta_windows(game.stage, cell, tolerance=1e-6).windows
    if not windows or windows[0].excluded is None:
        return "Play like this is possible at every discount factor." if windows else "From when on is not located."
    return f"Below discount {_number(windows[0].included)} no equilibrium plays like this."


def _promise(polygon: Polygon, image: Image) -> str:
    w = image.continuation
    if w == image.value:
        return f"the same {_pair(w)} again"
    if w in polygon.vertices:
        return f"{_pair(w)} (vertex {polygon.vertices.index(w)})"
    return f"{_pair(w)} (a lottery over vertices)"


def _incentive(cells: Cells, polygon: Polygon, image: Image, player: int, name: str) -> str:
    cell = cells[image.cell]
    threats: Point = (smallest(polygon, 0), smallest(polygon, 1))
    worst = next(k for k, v in enumerate(polygon.vertices) if v[player] == threats[player])
    temptation = cell.reply[player] - cell.payoff[player]
    if temptation == 0:
        return f"{name} already plays a best reply."
    need = least_promises(cell, threats)[player]
    spare = image.continuation[player] - need
    binds = "which binds" if spare == 0 else f"with {_number(spare)} to spare"
    return (
        f"{name} would gain {_number(temptation)} today by deviating, and is punished by vertex {worst}, worth "
        f"{_number(threats[player])} to it: it must be promised at least {_number(need)}, {binds}."
    )


def _pair(point: Point) -> str:
    return f"({_number(point[0])}, {_number(point[1])})"


def _number(value: Any) -> str:
    return f"{float(value):.6g}"
