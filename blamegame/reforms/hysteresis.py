"""Thresholds and hysteresis: how far a parameter must go for play to leave, and how far back for it to return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import cell_index
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.reforms.adjustment import Cell, game_of, words_of
from blamegame.solvers.parametric.line_cuts import between, line_cuts
from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.roots import Root, as_root


@dataclass(frozen=True)
class Stretch:
    """A stretch of a parameter from ``low`` to ``high`` (equal for a single value), both exact.

    An end belongs to it unless it is *open*: payoffs that jump at a value (causal liability where nothing was at stake)
    may leave it out.
    """

    low: Root
    high: Root
    open_low: bool = False
    open_high: bool = False

    def __contains__(self, value: Any) -> bool:
        at = as_root(value)
        above = self.low < at if self.open_low else self.low <= at
        below = at < self.high if self.open_high else at <= self.high
        return bool(above and below)

    def __str__(self) -> str:
        if self.low == self.high:
            return f"at {self.low}"
        return f"{'above ' * self.open_low}{self.low} to {'below ' * self.open_high}{self.high}"


@dataclass(frozen=True)
class Hysteresis:
    """Where along one parameter the status quo can be left, and where its successor can be lost again.

    Attributes
    ----------
    parameter : its name
    actions : labels of each player's actions
    status_quo, target : the two profiles, as positions of actions
    value : the parameter's present value
    rising : whether the parameter goes up to leave the status quo
    held, reached : the stretches in which the status quo, and the target, are equilibria; ascending
    out_threshold : the value beyond which the status quo is no equilibrium; None where it is one to the end
    in_threshold : the value beyond which, coming back, the target is no equilibrium; None where it is one to the end
    """

    parameter: str
    actions: tuple[tuple[str, ...], ...]
    status_quo: Cell
    target: Cell
    value: Fraction
    rising: bool
    held: tuple[Stretch, ...]
    reached: tuple[Stretch, ...]
    out_threshold: Root | None
    in_threshold: Root | None

    @property
    def sustained(self) -> bool:
        """Whether the target is an equilibrium where the status quo has just stopped being one."""
        return self.out_threshold is not None and bool(_just_beyond(self.reached, self.out_threshold, self.rising))

    @property
    def gap(self) -> float | None:
        """How far the way out is from the way back in; None where either has no end, or the target is not there."""
        if self.out_threshold is None or self.in_threshold is None or not self.sustained:
            return None
        return abs(float(self.out_threshold) - float(self.in_threshold))

    def __str__(self) -> str:
        here, there = (words_of(self.actions, cell) for cell in (self.status_quo, self.target))
        beyond, under = ("more", "less") if self.rising else ("less", "more")
        if self.out_threshold is None:
            return f"{here} stays an equilibrium at every further value of {self.parameter}"
        leaving = f"leaving {here} needs {self.parameter} of {beyond} than {self.out_threshold}"
        if not self.sustained:
            return f"{leaving}, where {there} is no equilibrium"
        if self.in_threshold is None:
            return f"{leaving}\nstaying at {there} needs nothing: it is an equilibrium all the way back"
        return f"{leaving}\n{there} is lost again at {under} than {self.in_threshold}"


def equilibrium_stretches(
    model: Model, parameter: str, profile: Sequence[int | str], *, low: Any = None, high: Any = None
) -> tuple[Stretch, ...]:
    """Every value of ``parameter`` at which a pure profile is a Nash equilibrium, as stretches of it; exact.

    Parameters
    ----------
    model : one model with a stage game; floats count as the rationals they store
    profile : one action for each player, by position or name
    low, high : optional
        Ends of the range, default the parameter's own; ``high`` is needed where that is unbounded.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> [str(stretch) for stretch in equilibrium_stretches(Delegation(), "authority", ("push", "escalate"))]
    ['0 to 1318/1917 (0.687533)']
    """
    exact, bottom, top = _line(model, parameter, low, high)
    cell = cell_index(game_of(exact), profile)

    def holds(place: Place) -> bool:
        payoffs = _payoffs_at(exact, parameter, place)
        return all(
            all(bool(other <= line[cell[player]]) for other in line)
            for player, table in enumerate(payoffs)
            for line in [table[(*cell[:player], slice(None), *cell[player + 1 :])].tolist()]
        )

    cuts = line_cuts(holds, bottom, top)
    pieces = [(cuts[0], cuts[0])]
    for left, right in pairwise(cuts):
        pieces += [(left, right), (right, right)]
    found: list[Stretch] = []
    before = False
    for left, right in pieces:
        point = left == right
        now = holds(Place(left if point else between(left, right)))
        if now and not before:
            found.append(Stretch(left, right, not point, not point))
        elif now:
            found[-1] = Stretch(found[-1].low, right, found[-1].open_low, not point)
        before = now
    return tuple(found)


def hysteresis(
    model: Model,
    parameter: str,
    status_quo: Sequence[int | str],
    target: Sequence[int | str],
    *,
    rising: bool = True,
    low: Any = None,
    high: Any = None,
) -> Hysteresis:
    """How far ``parameter`` must go before offices leave ``status_quo``, and how far back before they leave ``target``.

    Raises
    ------
    ReformError
        Where the status quo is no equilibrium at the parameter's present value.

    Examples
    --------
    >>> import blamegame as bg
    >>> print(hysteresis(bg.load("trap").model, "authority", ("push", "escalate"), ("assist", "work")))
    leaving (push, escalate) needs authority of more than 3721/6909 (0.538573)
    staying at (assist, work) needs nothing: it is an equilibrium all the way back
    """
    exact, bottom, top = _line(model, parameter, low, high)
    game = game_of(exact)
    here, there = cell_index(game, status_quo), cell_index(game, target)
    value = getattr(exact, parameter)
    held = equilibrium_stretches(model, parameter, here, low=bottom, high=top)
    reached = equilibrium_stretches(model, parameter, there, low=bottom, high=top)
    now = [stretch for stretch in held if value in stretch]
    if not now:
        raise ReformError(
            f"{words_of(game.actions, here)} is no equilibrium at {parameter}={value}; it is no status quo"
        )
    end, other_end = (top, bottom) if rising else (bottom, top)
    out, left_out = (now[0].high, now[0].open_high) if rising else (now[0].low, now[0].open_low)
    then = _just_beyond(reached, out, rising)
    back, left_out_back = (None, False)
    if then:
        back, left_out_back = (then[0].low, then[0].open_low) if rising else (then[0].high, then[0].open_high)
    out_threshold = None if out == end and not left_out else out
    in_threshold = None if back is None or (back == other_end and not left_out_back) else back
    return Hysteresis(
        parameter, game.actions, here, there, value, rising, held, reached, out_threshold, in_threshold
    )  # fmt: skip


def _line(model: Model, parameter: str, low: Any, high: Any) -> tuple[Any, Fraction, Fraction]:
    """The model in rationals, and the ends of the parameter's range."""
    model.check_name(parameter)
    if not isinstance(model, Table):
        raise ReformError(f"{type(model).__name__} is no table of payoffs, whose equilibria could be followed exactly")
    if model.batch_shape:
        raise ReformError(
            f"thresholds are of one model, this is a batch of shape {model.batch_shape}; use model.item(i)"
        )
    spec = model.parameters()[parameter]
    top = spec.high if high is None else Fraction(high)
    if top is None:
        raise ReformError(f"{parameter} is unbounded; say how far to look, as in high=3")
    bottom = spec.low if low is None else Fraction(low)
    if not spec.low <= bottom < top or (spec.high is not None and top > spec.high):
        raise ReformError(f"low={bottom}, high={top} is not a stretch of {parameter} ({spec.range_text()})")
    return model.exact(), bottom, top


def _payoffs_at(exact: Any, parameter: str, place: Place) -> Any:
    table = exact.replace({parameter: RationalFunction.parameter(place)})
    return np.asarray(table.payoffs())


def _just_beyond(stretches: tuple[Stretch, ...], value: Root, rising: bool) -> list[Stretch]:
    """The stretch that holds the values next to ``value`` on the far side, if there is one."""
    return [one for one in stretches if (one.low <= value < one.high if rising else one.low < value <= one.high)]
