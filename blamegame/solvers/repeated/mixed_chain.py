"""Exact proofs from outside for certificates: polygons around all equilibrium payoffs, mixed play included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import IncompleteSolution
from blamegame.games.event import event_of
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array
from blamegame.solvers.repeated.mediated.constraints import (
    Constraints,
    everything,
    incentives,
    rectangles_outside,
)
from blamegame.solvers.repeated.mediated.largest_chance import exact_multipliers, whole_numbers
from blamegame.solvers.repeated.mediated.outer_set import exact_tables_of, tables_of, with_frequency
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon, clip, edges, hull, smallest
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_TURN = 16
_GRID = 2**24
_FINER = (Fraction(1, 10**3), Fraction(1, 10**5), Fraction(1, 10**7))
"""A side is moved only by more than this share of payoffs, so that chains stay short; less where that settles early."""
_MOST_STEPS = 400
_ZERO = 1e-9

Multiplier = tuple[int, int, int, Fraction]
"""Player, own action, other action, and how much the incentive to obey rather than play the other counts."""


@dataclass(frozen=True)
class ChainStep:
    """A polygon, corners counter-clockwise from the lowest, and what proves each side; payoff units.

    ``sides`` hold multipliers, none where the side holds the polygon before or what a player secures; for play that
    avoids an event multipliers for each largest rectangle outside it.
    """

    polygon: tuple[tuple[Fraction, Fraction], ...]
    sides: tuple[Any, ...]


@dataclass(frozen=True)
class MixedChain:
    """What each player secures (a mixture), polygons around equilibrium payoffs, and what excludes the event at last.

    ``avoiding`` and several sets ``excluding`` multipliers are for play that avoids the event for ever.
    """

    secured: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
    steps: tuple[ChainStep, ...]
    excluding: tuple[tuple[Multiplier, ...], ...]
    avoiding: tuple[ChainStep, ...] = ()


def mixed_exclusion_chain(game: RepeatedGame, event: Any, *, time_limit: float | Deadline | None = None) -> MixedChain:
    """A proof that no subgame-perfect equilibrium ever plays ``event``, for ``NeverPlayedMixed(game, event, chain)``.

    Raises
    ------
    IncompleteSolution
        Where no such proof is found: the event may be played, or is excluded by finer arguments only.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> dilemma = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> len(mixed_exclusion_chain(RepeatedGame(dilemma, Fraction(1, 5)), [("a", "a")]).steps) < 20
    True
    """
    return _first_found(game, event, time_limit, _never)


def recurrence_chain(game: RepeatedGame, event: Any, *, time_limit: float | Deadline | None = None) -> MixedChain:
    """A proof that every subgame-perfect equilibrium plays ``event``, for ``AlwaysRecurs(game, event, chain)``.

    Raises
    ------
    IncompleteSolution
        Where no such proof is found.
    """
    return _first_found(game, event, time_limit, _recurs)


def _first_found(game: RepeatedGame, event: Any, time_limit: float | Deadline | None, prove: Any) -> MixedChain:
    check_two_players(game, "a chain of polygons")
    inside = event_of(game.stage, event)
    deadline = Deadline.of(time_limit)
    if game.exact_discount > 0:
        scaled = ScaledGame(game)
        for worth in _FINER:
            found: MixedChain | None = prove(_Prover(scaled, inside, worth, deadline))
            if found is not None:
                return found
    raise IncompleteSolution(
        "no chain of polygons proves this; frequency_range says what is known, and a discount factor further from a "
        "switch is usually easier"
    )


def _never(prover: _Prover) -> MixedChain | None:
    steps: list[ChainStep] = []
    polygon = prover.feasible
    whole = [prover.piece(everything(prover.shape))]
    while True:
        lam = prover.excluding(polygon, prover.threats(polygon), whole[0], prover.event.ravel())
        if lam is not None:
            return MixedChain(prover.secured, tuple(steps), (lam,))
        moved = prover.moved(polygon, prover.threats(polygon), whole)
        if moved is None or len(steps) >= _MOST_STEPS or prover.late():
            return None
        polygon, sides = moved
        steps.append(prover.step(polygon, [side[0] if side else () for side in sides]))


def _recurs(prover: _Prover) -> MixedChain | None:
    steps: list[ChainStep] = []
    polygon = prover.feasible
    whole = [prover.piece(everything(prover.shape))]
    while len(steps) < _MOST_STEPS and not prover.late():
        moved = prover.moved(polygon, prover.threats(polygon), whole)
        if moved is None:
            break
        polygon, sides = moved
        steps.append(prover.step(polygon, [side[0] if side else () for side in sides]))
    threats = prover.threats(polygon)
    pieces = [prover.piece(rectangle) for rectangle in rectangles_outside(prover.event)]
    always = np.ones(prover.event.size, dtype=bool)
    avoiding: list[ChainStep] = []
    while True:
        lams = [prover.excluding(polygon, threats, piece, always) for piece in pieces]
        if all(lam is not None for lam in lams):
            kept = tuple(lam for lam in lams if lam is not None)
            return MixedChain(prover.secured, tuple(steps), kept, tuple(avoiding))
        moved = prover.moved(polygon, threats, pieces)
        if moved is None or len(avoiding) >= _MOST_STEPS or prover.late():
            return None
        polygon, sides = moved
        avoiding.append(prover.step(polygon, [side or () for side in sides]))


class _Prover:
    """Exact steps in payoffs scaled to [0, 1]; floats propose multipliers, which are rounded and then evaluated."""

    def __init__(self, scaled: ScaledGame, event: Array, worth: Fraction, deadline: Deadline) -> None:
        self.scaled, self.event, self.deadline = scaled, event, deadline
        self.shape = scaled.cells.shape
        self.worth = scaled._of(worth)
        self.tables, self.floats = exact_tables_of(scaled), tables_of(scaled)
        self.payoffs = [scaled.cells[k].payoff for k in range(len(scaled.cells))]
        self.secured, self.levels = self._security()
        self.feasible = hull(self.payoffs)
        angles = 2 * np.pi * np.arange(_TURN) / _TURN
        self.directions: list[Point] = [
            (scaled.rational(round(64 * float(np.cos(a))) / 64), scaled.rational(round(64 * float(np.sin(a))) / 64))
            for a in angles
        ]
        for a, b in edges(self.feasible):
            self.directions.append((b[1] - a[1], a[0] - b[0]))

    def late(self) -> bool:
        return self.deadline.over

    def piece(self, support: Any) -> tuple[Constraints, Constraints]:
        """The incentives on a rectangle, exactly and in floats."""
        exact = incentives(self.tables, self.scaled.cells.now, support)
        return exact, incentives(self.floats, self.scaled.now, support)

    def threats(self, polygon: Polygon) -> Point:
        return max(self.levels[0], smallest(polygon, 0)), max(self.levels[1], smallest(polygon, 1))

    def excluding(
        self, polygon: Polygon, threats: Point, piece: tuple[Constraints, Constraints], event: Array
    ) -> tuple[Multiplier, ...] | None:
        """Multipliers that leave ``event`` no chance, in payoff units; None where it has one."""
        corners = with_frequency(np.array([[float(x) for x in corner] for corner in polygon.vertices]))
        level = np.array([float(x) for x in threats])
        payoffs = with_frequency(self.scaled.payoffs)
        tops, _ = piece[1].reach(self.scaled.later, payoffs, event.astype(np.float64), np.zeros((1, 3)), corners, level)
        if tops[0] > _ZERO:
            return None
        chance, lam = exact_multipliers(self.scaled, polygon.vertices, threats, piece[0], event)
        return self._named(piece[0], lam, None) if chance == 0 else None

    def moved(
        self, polygon: Polygon, threats: Point, pieces: Sequence[tuple[Constraints, Constraints]]
    ) -> tuple[Polygon, list[Any]] | None:
        """The polygon with sides moved in, and multipliers by piece for each side that was; None where none is."""
        corners = with_frequency(np.array([[float(x) for x in corner] for corner in polygon.vertices]))
        level = np.array([float(x) for x in threats])
        payoffs, nothing = with_frequency(self.scaled.payoffs), np.zeros(len(self.payoffs))
        rough = with_frequency(np.array([[float(x) for x in u] for u in self.directions]))
        proposed = [piece[1].reach(self.scaled.later, payoffs, nothing, rough, corners, level)[1] for piece in pieces]
        smaller = polygon
        for i, axis in enumerate(((1, 0), (0, 1))):
            smaller = clip(smaller, axis, self.levels[i])
        reasons: list[tuple[Point, Any, list[Any]]] = []
        for j, u in enumerate(self.directions):
            lams = [[self._rounded(x) for x in lam[j]] for lam in proposed]
            height = max(self._height(piece[0], lam, u, polygon, threats) for piece, lam in zip(pieces, lams))
            height = self.scaled._of(Fraction(-((-int(height.p) * _GRID) // int(height.q)), _GRID))
            if max(u[0] * p[0] + u[1] * p[1] for p in smaller.vertices) > height + self.worth:
                cut = clip(smaller, (-u[0], -u[1]), -height)
                if len(cut) < 3:
                    continue
                smaller = cut
                reasons.append((u, height, lams))
        if smaller == polygon or len(smaller) < 3:
            return None
        return smaller, [self._reason(side, reasons, pieces) for side in edges(smaller)]

    def step(self, polygon: Polygon, sides: Sequence[Any]) -> ChainStep:
        return ChainStep(tuple(self.scaled.back_point(corner) for corner in polygon.vertices), tuple(sides))

    def _reason(self, side: tuple[Point, Point], reasons: Sequence[tuple[Point, Any, list[Any]]], pieces: Any) -> Any:
        """Multipliers for the outward normal of a side as its corners give it."""
        a, b = side
        normal = (b[1] - a[1], a[0] - b[0])
        for u, height, lams in reasons:
            if normal[0] * u[1] == normal[1] * u[0] and normal[0] * u[0] + normal[1] * u[1] > 0:
                axis = 0 if u[0] != 0 else 1
                factor = normal[axis] / u[axis]
                if u[0] * a[0] + u[1] * a[1] == height:
                    return tuple(self._named(piece[0], lam, factor) for piece, lam in zip(pieces, lams))
        return None

    def _named(self, piece: Constraints, lam: Sequence[Any], factor: Any) -> tuple[Multiplier, ...]:
        """Multipliers in payoff units with player and actions; ``factor`` as for a side, None for an exclusion."""
        spans, out = self.scaled.span, []
        for (player, own, other), value in zip(self._names(piece), lam):
            if value:
                exact = value / spans[player] * (1 if factor is None else factor * spans[0] * spans[1])
                out.append((player, own, other, Fraction(int(exact.p), int(exact.q))))
        return tuple(out)

    def _names(self, piece: Constraints) -> list[tuple[int, int, int]]:
        """The player, own and other action of each row, in the order of :func:`incentives`."""
        n = self.shape[1]
        rows = sorted({int(c) // n for c in piece.cells})
        columns = sorted({int(c) % n for c in piece.cells})
        return [
            (i, own, other)
            for i, actions in enumerate((rows, columns))
            for own in actions
            for other in range(self.shape[i])
            if other != own
        ]

    def _height(self, piece: Constraints, lam: Sequence[Any], u: Point, polygon: Polygon, threats: Point) -> Any:
        now, later = self.scaled.cells.now, self.scaled.cells.later
        best = None
        for a in piece.cells.tolist():
            pays = self.payoffs[a]
            constant, slopes = now * (u[0] * pays[0] + u[1] * pays[1]), [later * u[0], later * u[1]]
            for row, marks, i, value in zip(piece.now, piece.promised, piece.mover, lam):
                if value and marks[a]:
                    constant += value * (row[a] - later * threats[i])
                    slopes[i] += later * value
            top = constant + max(slopes[0] * p[0] + slopes[1] * p[1] for p in polygon.vertices)
            best = top if best is None or top > best else best
        return best

    def _rounded(self, value: float) -> Any:
        return self.scaled._of(Fraction(round(float(value) * 2**16), 2**16))

    def _security(self) -> tuple[Any, Point]:
        """A mixture that secures each player its most, and how much that is."""
        from blamegame.solvers.linear.linear_programme import maximise

        mixtures, levels = [], []
        for i in range(2):
            own = self.tables[0].tolist() if i == 0 else self.tables[1].T.tolist()
            flat = whole_numbers([x + 1 for row in own for x in row])
            width = len(own[0])
            matrix = [flat[k * width : (k + 1) * width] for k in range(len(own))]
            prices = maximise([1] * width, matrix, [1] * len(own)).prices
            total = sum(prices)
            mixture = tuple(price / total for price in prices)
            mixtures.append(mixture)
            worth = [sum(self.scaled._of(p) * row[b] for p, row in zip(mixture, own)) for b in range(width)]
            levels.append(min(worth))
        return (mixtures[0], mixtures[1]), (levels[0], levels[1])
