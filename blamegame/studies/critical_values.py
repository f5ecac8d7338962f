"""Critical values of one parameter: exactly where the set of equilibria, or the verdict on avoidance, changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.avoidance import ENTRENCHED, FREE, TRAP
from blamegame.concepts import Concept, Nash
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.strategic import Array
from blamegame.games.table import align
from blamegame.models.model import Model
from blamegame.solvers.parametric.extreme_supports import SupportPair, extreme_supports
from blamegame.solvers.parametric.line_cuts import between, line_cuts
from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.roots import Root


@dataclass(frozen=True)
class Piece:
    """A stretch of the parameter (``low < high``, ends excluded) or one value (``low == high``) with one answer.

    ``equilibria`` are the supports of all extreme equilibria, by position of action; ``status`` is the verdict.
    """

    low: Root
    high: Root
    equilibria: tuple[SupportPair, ...]
    status: str

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, repr=False)
class CriticalValues:
    """The whole line of one parameter, cut where the equilibria change.

    Attributes
    ----------
    parameter : its name
    pieces : points and open stretches in ascending order, together the closed range
    actions : labels of the players' actions
    """

    parameter: str
    pieces: tuple[Piece, ...]
    actions: tuple[tuple[str, ...], ...]

    @property
    def values(self) -> tuple[Root, ...]:
        """Every value at which the set of equilibria changes, ends of the range excluded."""
        return tuple(piece.low for piece in self.pieces[1:-1] if piece.is_point)

    @property
    def status_changes(self) -> tuple[Root, ...]:
        """The values next to which the verdict differs between the two sides."""
        around = zip(self.pieces, self.pieces[1:], self.pieces[2:])
        return tuple(here.low for left, here, right in around if here.is_point and left.status != right.status)

    def at(self, value: Any) -> Piece:
        """The piece that holds ``value``."""
        for piece in self.pieces:
            if piece.low == value or (piece.low < value and piece.high > value):
                return piece
        raise ModelError(f"{self.parameter}={value} is outside {self.pieces[0].low} to {self.pieces[-1].high}")

    def __str__(self) -> str:
        rows = [[self.parameter, "verdict", "equilibria"]]
        for piece in self._told_apart():
            where = f"at {piece.low}" if piece.is_point else f"{piece.low} to {piece.high}"
            rows.append([where, piece.status, "; ".join(self._words(pair) for pair in piece.equilibria)])
        return "\n".join(align(rows))

    def _told_apart(self) -> tuple[Piece, ...]:
        """The pieces without an end point that says the same as the stretch beside it."""
        first, last = (0, 1), (-1, -2)
        drop = [ends[0] % len(self.pieces) for ends in (first, last) if _same(*(self.pieces[k] for k in ends))]
        return tuple(piece for k, piece in enumerate(self.pieces) if k not in drop)

    def _words(self, pair: SupportPair) -> str:
        sides = ("/".join(labels[i] for i in support) for labels, support in zip(self.actions, pair))
        return f"({', '.join(sides)})"

    def __repr__(self) -> str:
        return f"<CriticalValues of {self.parameter}: {len(self.values)} values>"


def critical_values(
    model: Model, parameter: str, concept: Concept | None = None, *, low: Any = None, high: Any = None
) -> CriticalValues:
    """Every value of ``parameter`` at which the Nash equilibria or the verdict change, exact, and what holds between.

    Parameters
    ----------
    model : a model with a two-player stage game and one value for each other parameter
        Floats count as the rationals they store.
    parameter : name of the parameter that varies
    concept : :class:`~blamegame.concepts.Nash`, the default; others are refused
    low, high : optional
        Ends of the range, default the parameter's own; ``high`` is needed where that is unbounded.

    Notes
    -----
    Payoffs are rational functions of the parameter. Every extreme equilibrium is computed over that function field,
    with signs decided at a sample point; the answer cannot change before one of the polynomials whose sign was asked
    has a root. So the line is cut at the roots next to the sample, isolated exactly, and what is left is treated the
    same way; finally the answer is computed at the roots themselves.

    References
    ----------
    Duval (1994), "Algebraic numbers: an example of dynamic evaluation", J. Symbolic Computation 18.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> [f"{float(value):.5f}" for value in critical_values(Delegation(), "authority").status_changes]
    ['0.68753']
    """
    if not isinstance(concept, Nash | None):
        raise UnsupportedGame(
            f"critical_values works under Nash(), not {concept!r}; for others study the parameter on a grid"
        )
    model.check_name(parameter)
    if model.batch_shape:
        raise ModelError(
            f"critical_values takes one model, this is a batch of shape {model.batch_shape}; use model.item(i)"
        )
    spec = model.parameters()[parameter]
    top = spec.high if high is None else Fraction(high)
    if top is None:
        raise ModelError(
            f"{parameter} is unbounded; say how far to look, as in critical_values(model, {parameter!r}, high=3)"
        )
    bottom = spec.low if low is None else Fraction(low)
    if not spec.low <= bottom < top or (spec.high is not None and top > spec.high):
        raise ModelError(f"low={bottom}, high={top} is not a stretch of {parameter} ({spec.range_text()})")
    exact: Any = model.exact()
    event = exact.avoidance

    def look(place: Place) -> tuple[SupportPair, ...]:
        payoffs = exact.replace({parameter: RationalFunction.parameter(place)}).payoffs()
        return extreme_supports(payoffs, place)

    cuts = line_cuts(look, bottom, top)
    pieces = [_piece(look, event, cuts[0], cuts[0])]
    for left, right in pairwise(cuts):
        pieces += [_piece(look, event, left, right), _piece(look, event, right, right)]
    return CriticalValues(parameter, _merged(pieces), type(exact).actions)


def _piece(look: Callable[[Place], tuple[SupportPair, ...]], event: Array, left: Root, right: Root) -> Piece:
    supports = look(Place(left if left == right else between(left, right)))
    can = [bool(event[np.ix_(*pair)].any()) for pair in supports]
    status = FREE if not any(can) else ENTRENCHED if all(can) else TRAP
    return Piece(left, right, supports, status)


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces with the points removed at which nothing changes; the two ends of the range stay."""
    out = [pieces[0], pieces[1]]
    for point, stretch in zip(pieces[2::2], pieces[3::2]):
        before = out[-1]
        if _same(before, point) and _same(point, stretch):
            out[-1] = Piece(before.low, stretch.high, before.equilibria, before.status)
        else:
            out += [point, stretch]
    return (*out, pieces[-1])


def _same(one: Piece, other: Piece) -> bool:
    return one.equilibria == other.equilibria
