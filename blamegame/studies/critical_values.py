"""Critical values of one parameter: exactly where the set of equilibria, or the verdict on avoidance, changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Nash, Rationalizable
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.closed_form import ClosedForm
from blamegame.games.event_range import ENTRENCHED, FREE, TRAP
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.table import align
from blamegame.models.model import Model
from blamegame.solvers.parametric.correlated_verdict import correlated_verdict
from blamegame.solvers.parametric.extreme_supports import extreme_supports
from blamegame.solvers.parametric.line_cuts import between, line_cuts
from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.rationalizable_actions import rationalizable_actions
from blamegame.solvers.parametric.roots import Root
from blamegame.studies.words import number_text

Supports = tuple[tuple[int, ...], ...]
"""For each player the positions of some of its actions."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the parameter (``low < high``, ends excluded) or one value (``low == high``) with one answer.

    ``status`` is the verdict. ``equilibria`` are, by position of action, the supports of all extreme Nash equilibria,
    or the rationalizable actions; () for concepts whose equilibria move with the parameter everywhere.
    """

    low: Root
    high: Root
    equilibria: tuple[Supports, ...]
    status: str

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, repr=False)
class CriticalValues:
    """The whole line of one parameter, cut where the equilibria or the verdict change.

    Attributes
    ----------
    parameter : its name
    pieces : points and open stretches in ascending order, together the closed range
    actions : labels of the players' actions; () without a table of payoffs
    concept : the solution concept
    """

    parameter: str
    pieces: tuple[Piece, ...]
    actions: tuple[tuple[str, ...], ...]
    concept: Concept = Nash()  # noqa: RUF009  # a frozen value

    @property
    def values(self) -> tuple[Root, ...]:
        """Every value at which the equilibria or the verdict change, ends of the range excluded."""
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
        rows = [[self.parameter, "verdict", "rationalizable" if self.concept == Rationalizable() else "equilibria"]]
        for piece in self._told_apart():
            where = f"at {piece.low}" if piece.is_point else f"{piece.low} to {piece.high}"
            rows.append([where, piece.status, "; ".join(self._words(played) for played in piece.equilibria)])
        told = any(piece.equilibria for piece in self.pieces)
        return "\n".join(align(rows if told else [row[:2] for row in rows]))

    def _told_apart(self) -> tuple[Piece, ...]:
        """The pieces without an end point that says the same as the stretch beside it."""
        first, last = (0, 1), (-1, -2)
        drop = [ends[0] % len(self.pieces) for ends in (first, last) if _same(*(self.pieces[k] for k in ends))]
        return tuple(piece for k, piece in enumerate(self.pieces) if k not in drop)

    def _words(self, supports: Supports) -> str:
        sides = ("/".join(labels[i] for i in support) for labels, support in zip(self.actions, supports))
        return f"({', '.join(sides)})"

    def __repr__(self) -> str:
        return f"<CriticalValues of {self.parameter}: {len(self.values)} values>"


def critical_values(
    model: Model, parameter: str, concept: Concept | None = None, *, low: Any = None, high: Any = None
) -> CriticalValues:
    """Every value of ``parameter`` at which the equilibria or the verdict change, exact, and what holds between.

    Parameters
    ----------
    model : a model with a stage game, or with a measure that is a rational function, and one value for each parameter
        Floats count as the rationals they store.
    parameter : name of the parameter that varies
    concept : default the model's own; Nash (two players), or Correlated, CoarseCorrelated, Rationalizable (any number)
        A model with a measure in place of a table of payoffs has one equilibrium, and Nash only.
    low, high : optional
        Ends of the range, default the parameter's own; ``high`` is needed where that is unbounded.

    Notes
    -----
    Payoffs are rational functions of the parameter. The answer (every extreme equilibrium; the linear programmes of
    correlated equilibria; iterated elimination) is computed over that function field, with signs decided at a sample
    point; it cannot change before one of the polynomials whose sign was asked has a root. So the line is cut at the
    roots next to the sample, isolated exactly, and what is left is treated the same way; finally the answer is computed
    at the roots themselves.

    References
    ----------
    Duval (1994), "Algebraic numbers: an example of dynamic evaluation", J. Symbolic Computation 18.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> [f"{float(value):.5f}" for value in critical_values(Delegation(), "authority").status_changes]
    ['0.68753']
    """
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
        ends = f"low={number_text(bottom)}, high={number_text(top)}"
        raise ModelError(f"{ends} is not a stretch of {parameter} ({spec.range_text()})")
    exact = model.exact()
    concept = model.default_concept() if concept is None else concept
    look = _answer_of(exact, parameter, concept)
    cuts = line_cuts(look, bottom, top)
    pieces = [_piece(look, cuts[0], cuts[0])]
    for left, right in pairwise(cuts):
        pieces += [_piece(look, left, right), _piece(look, right, right)]
    return CriticalValues(parameter, _merged(pieces), _actions(exact, concept), concept)


def _actions(exact: Any, concept: Concept) -> tuple[tuple[str, ...], ...]:
    game = exact.question(concept).game
    return game.actions if isinstance(game, StrategicGame) else ()


Answer = tuple[tuple[Supports, ...], str]
"""What is played, and the verdict."""


def _answer_of(exact: Any, parameter: str, concept: Concept) -> Callable[[Place], Answer]:
    """How the question is answered at one place of the parameter's line."""
    game = exact.question(concept).game
    row = CUTS.get((type(game), type(concept)))
    if row is None:
        raise UnsupportedGame(
            f"critical_values has no exact cuts under {concept} for {type(exact).__name__}; study the parameter on a "
            "grid (delta_windows cuts the discount factor)"
        )
    if row is _nash_cut and game.n_players != 2:
        raise UnsupportedGame(
            f"critical_values finds Nash equilibria of 2 players, this game has {game.n_players}; "
            "Correlated() and Rationalizable() bound them for any number"
        )

    def at(place: Place) -> Any:
        return exact.replace({parameter: RationalFunction.parameter(place)})

    def answer(place: Place) -> Answer:
        event = None if row is _measure_cut else _event_at(exact, parameter, place)
        return row(at(place), event, place)

    return answer


def _measure_cut(model: Any, event: Any, place: Place) -> Answer:
    """A mechanism in closed form: whether its measure is beyond the bound."""
    try:
        return (), ENTRENCHED if model.avoidance.happens(model) else FREE
    except TypeError:
        raise UnsupportedGame(
            f"{model.avoidance.measure} of {type(model).__name__} is no rational function of its parameters; study the "
            "parameter on a grid"
        ) from None


def _nash_cut(model: Any, event: Array, place: Place) -> Answer:
    supports = extreme_supports(model.payoffs(), place)
    can = [bool(event[np.ix_(*pair)].any()) for pair in supports]
    return supports, _verdict(all(can), any(can))


def _correlated_cut(model: Any, event: Array, place: Place) -> Answer:
    return (), _verdict(*correlated_verdict(model.payoffs(), event, place, coarse=False))


def _coarse_cut(model: Any, event: Array, place: Place) -> Answer:
    return (), _verdict(*correlated_verdict(model.payoffs(), event, place, coarse=True))


def _rationalizable_cut(model: Any, event: Array, place: Place) -> Answer:
    kept = rationalizable_actions(model.payoffs(), place)
    return (kept,), _verdict(event[np.ix_(*kept)].all(), event[np.ix_(*kept)].any())


CUTS: Mapping[tuple[type, type], Callable[[Any, Any, Place], Answer]] = MappingProxyType(
    {
        (ClosedForm, Nash): _measure_cut,
        (StrategicGame, Nash): _nash_cut,
        (StrategicGame, Correlated): _correlated_cut,
        (StrategicGame, CoarseCorrelated): _coarse_cut,
        (StrategicGame, Rationalizable): _rationalizable_cut,
    }
)
"""Who finds exact cuts, by the form of game and the concept."""


def _event_at(exact: Any, parameter: str, place: Place) -> Array:
    """Avoidance over action profiles, which may depend on whether a parameter is zero."""
    at = place.point.rational
    model = exact.replace({parameter: RationalFunction.parameter(place) if at is None else at})
    event: Array = model.avoidance
    return event


def _verdict(every: Any, some: Any) -> str:
    return ENTRENCHED if every else TRAP if some else FREE


def _piece(look: Callable[[Place], Answer], left: Root, right: Root) -> Piece:
    return Piece(left, right, *look(Place(left if left == right else between(left, right))))


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
    return (one.equilibria, one.status) == (other.equilibria, other.status)
