"""When a profile of automata is a subgame-perfect equilibrium: exactly, at one discount factor and at all of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.automaton import Automaton, Cell
from blamegame.games.event import event_of
from blamegame.games.strategic import Array, object_array, to_exact
from blamegame.games.table import format_number
from blamegame.solvers.parametric.line_cuts import between
from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.roots import Root, as_root, real_roots


@dataclass(frozen=True)
class Deviation:
    """The most profitable one-shot deviation: in which state, by whom, to what, and what it gains (average payoff)."""

    state: str
    player: str
    action: str
    gain: Any

    def __str__(self) -> str:
        return f"in state {self.state}, {self.player} gains {format_number(self.gain)} by playing {self.action} once"


@dataclass(frozen=True)
class DiscountInterval:
    """Discount factors from ``low`` to ``high``; an end belongs to the interval where its flag says so."""

    low: Root
    high: Root
    holds_low: bool
    holds_high: bool

    def __contains__(self, discount: Any) -> bool:
        above = self.low < discount or (self.holds_low and self.low == discount)
        return above and (self.high > discount or (self.holds_high and self.high == discount))

    def __str__(self) -> str:
        return f"{'[' if self.holds_low else '('}{self.low}, {self.high}{']' if self.holds_high else ')'}"


def automaton_values(machine: Automaton, table: Any, discount: Any) -> Array:
    """Average discounted value of a table over the cells, from each state on, when everyone does as meant.

    Parameters
    ----------
    machine : Automaton
    table : array, shape [*n_actions]
        Payoffs of a player, or an event as booleans (the value is then its discounted frequency).
    discount : Fraction (exact), float, or a :class:`RationalFunction`

    Returns
    -------
    array, shape [n_states]
    """
    cells = np.asarray(table)
    entries = [_number(cells[cell]) for cell in machine.plays]
    one = discount * 0 + 1
    values = []
    for state in range(machine.n_states):
        path, entry = machine.path(state)
        cycle = path[entry:]
        length = one
        total = one * 0
        weight = one
        for visited in cycle:
            total = total + weight * entries[visited]
            weight = weight * discount
        # (1 - d) / (1 - d^L) = 1 / (1 + d + ... + d^(L-1))
        power = one
        for _ in cycle[1:]:
            power = power * discount
            length = length + power
        value = total / length
        for visited in reversed(path[:entry]):
            value = (one - discount) * entries[visited] + discount * value
        values.append(value)
    return object_array(values) if not isinstance(discount, float) else np.array(values, dtype=np.float64)


def best_deviation(machine: Automaton, discount: Any) -> Deviation:
    """The one-shot deviation with the largest gain over all states that play can reach; exact for exact discounts.

    By the one-shot deviation principle the profile is a subgame-perfect equilibrium iff this gain is not positive.
    """
    _check(discount)
    gains = _gains(machine, discount)
    gain, state, player, action = max(gains, key=lambda item: item[0])
    stage = machine.stage
    return Deviation(machine.states[state], stage.players[player], stage.actions[player][action], gain)


def is_automaton_equilibrium(machine: Automaton, discount: Any) -> bool:
    """Whether no one-shot deviation pays; a float discount counts as the rational it stores.

    >>> from blamegame.games.automaton import grim_trigger
    >>> from blamegame.games.strategic import StrategicGame
    >>> grim = grim_trigger(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]), ("a", "a"), ("b", "b"))
    >>> [is_automaton_equilibrium(grim, discount) for discount in (Fraction(1, 2), Fraction(499, 1000))]
    [True, False]
    """
    _check(discount)
    return all(gain <= 0 for gain, *_ in _gains(machine, Fraction(discount)))


def discount_factors(machine: Automaton) -> tuple[DiscountInterval, ...]:
    """Every discount factor in [0, 1) at which the automata are a subgame-perfect equilibrium, as exact intervals.

    Gains are rational functions of the discount factor, positive denominators, so verdicts change only at roots of
    their numerators; the verdict is decided at every root and between any two.

    >>> from blamegame.games.automaton import grim_trigger
    >>> from blamegame.games.strategic import StrategicGame
    >>> grim = grim_trigger(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]), ("a", "a"), ("b", "b"))
    >>> [str(interval) for interval in discount_factors(grim)]
    ['[0.5, 1)']
    """
    place = Place(Fraction(1, 2))
    gains = {_key(gain) for gain, *_ in _gains(machine, RationalFunction.parameter(place))}
    polynomials = [key for key in gains if key]
    zero, one = as_root(Fraction(0)), as_root(Fraction(1))
    roots = sorted({r for p in polynomials for r in real_roots(p) if zero < r < one})
    cuts = [zero, *roots, one]
    points = [_holds(polynomials, cut) for cut in cuts[:-1]] + [False]
    stretches = [_holds(polynomials, as_root(between(a, b))) for a, b in pairwise(cuts)]
    out: list[DiscountInterval] = []
    start: tuple[Root, bool] | None = None
    for k, cut in enumerate(cuts):
        if start is not None and not points[k]:
            out.append(DiscountInterval(start[0], cut, start[1], False))
            start = None
        if points[k] and start is None:
            start = (cut, True)
        if k < len(stretches) and stretches[k] and start is None:
            start = (cut, False)
        if start is not None and (k == len(stretches) or not stretches[k]):
            out.append(DiscountInterval(start[0], cut, start[1], True))
            start = None
    return tuple(out)


def automaton_frequency(machine: Automaton, event: Any, discount: Any) -> Any:
    """Discounted frequency of an event along the path of play from the first state."""
    _check(discount)
    return automaton_values(machine, event_of(machine.stage, event), discount)[0]


def _gains(machine: Automaton, discount: Any) -> list[tuple[Any, int, int, int]]:
    stage = machine.stage if isinstance(discount, float) else to_exact(machine.stage)
    values = [automaton_values(machine, stage.payoffs[player], discount) for player in range(stage.n_players)]
    out = []
    for state in machine.reachable():
        cell = machine.plays[state]
        for player, n in enumerate(stage.n_actions):
            for action in range(n):
                deviation: Cell = tuple(action if i == player else a for i, a in enumerate(cell))
                after = int(machine.next_state[(state, *deviation)])
                payoff = _number(stage.payoffs[(player, *deviation)])
                now = (1 - discount) * payoff + discount * values[player][after]
                out.append((now - values[player][state], state, player, action))
    return out


def _number(value: Any) -> Any:
    return Fraction(int(value)) if isinstance(value, bool | np.bool_) else value


def _check(discount: Any) -> None:
    if not 0 <= discount < 1:
        raise GameError(f"discount={discount} is not in [0, 1): 0 is one period, values near 1 are patient offices")


def _key(gain: Any) -> tuple[int, ...]:
    """Integer coefficients of the gain's numerator over a denominator that is positive on [0, 1)."""
    numerator, denominator = gain.numerator, gain.denominator
    sign = 1 if denominator[0] > 0 else -1  # a product of 1 + d + ... + d^(L-1) up to its sign
    return tuple(int(c) * sign for c in numerator.numer().coeffs())


def _holds(polynomials: list[tuple[int, ...]], point: Root) -> bool:
    from flint import fmpq_poly

    place = Place(point)
    return all(place.sign(fmpq_poly(list(p))) <= 0 for p in polynomials)
