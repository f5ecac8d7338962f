"""Games on intervals whose payoffs are polynomials with exact coefficients, so that facts about them can be proved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.strategic import Array

Polynomial = Mapping[tuple[int, ...], Any]
"""Coefficients by exponents, one exponent for each player: ``{(2, 1): 3}`` is 3 x1^2 x2."""

_MOST_COEFFICIENTS = 100_000


def polynomial_game(
    players: Sequence[str],
    low: Any,
    high: Any,
    payoffs: Sequence[Polynomial],
    reply: Callable[[int, Array], float] | None = None,
) -> ContinuousGame:
    """The game in which player i gets the polynomial ``payoffs[i]`` of all players' actions.

    Coefficients are kept exactly (a float is the rational it stores); payoffs are evaluated in floats.

    Examples
    --------
    Two competitors who share a market of size 1:

    >>> game = polynomial_game(["1", "2"], [0, 0], [1, 1], [{(1, 0): 1, (2, 0): -1, (1, 1): -1},
    ...                                                     {(0, 1): 1, (0, 2): -1, (1, 1): -1}])
    >>> game.payoff(0, np.array([0.25, 0.25]))
    0.125
    """
    names = tuple(players)
    if len(payoffs) != len(names):
        raise GameError(f"{len(payoffs)} polynomials for the players {names}; give one for each")
    exact: list[dict[tuple[int, ...], Fraction]] = []
    for player, polynomial in zip(names, payoffs):
        for powers in polynomial:
            if len(powers) != len(names) or not all(isinstance(k, int) and k >= 0 for k in powers):
                raise GameError(f"exponents {powers} of {player} are not one whole number >= 0 for each player")
        exact.append({powers: Fraction(c) for powers, c in polynomial.items() if c})
    tables = [
        (
            np.array(list(polynomial), dtype=float).reshape(len(polynomial), len(names)),
            np.array([float(c) for c in polynomial.values()]),
        )
        for polynomial in exact
    ]

    def payoff(player: int, actions: Array) -> float:
        exponents, coefficients = tables[player]
        return float(coefficients @ np.prod(actions**exponents, axis=1))

    return ContinuousGame(names, low, high, payoff, reply, tuple(exact))


def cross_derivative(polynomial: Polynomial, one: int, other: int) -> dict[tuple[int, ...], Fraction]:
    """The second derivative in two different variables.

    >>> cross_derivative({(2, 1): Fraction(3), (0, 1): Fraction(1)}, 0, 1)
    {(1, 0): Fraction(6, 1)}
    """
    out = {}
    for powers, coefficient in polynomial.items():
        if powers[one] and powers[other]:
            lower = list(powers)
            lower[one] -= 1
            lower[other] -= 1
            out[tuple(lower)] = coefficient * powers[one] * powers[other]
    return out


def is_nonnegative(polynomial: Polynomial, low: Sequence[Fraction], high: Sequence[Fraction]) -> bool:
    """Whether the Bernstein coefficients over a box are all >= 0, which proves that the polynomial is >= 0 there.

    False decides nothing: the polynomial may still be >= 0.

    References
    ----------
    Cargo and Shisha (1966), "The Bernstein form of a polynomial", Journal of Research NBS 70B.

    Examples
    --------
    >>> is_nonnegative({(2,): 1, (1,): -2, (0,): 2}, [Fraction(0)], [Fraction(1)])
    True
    """
    used = [v for v in range(len(low)) if any(powers[v] for powers in polynomial)]
    degrees = [max(powers[v] for powers in polynomial) for v in used]
    if prod(d + 1 for d in degrees) * len(polynomial) > _MOST_COEFFICIENTS:
        return False
    on_unit_box: dict[tuple[int, ...], Fraction] = {}  # in t, where x = low + (high - low) t
    for powers, coefficient in polynomial.items():
        factors = [_shifted(powers[v], Fraction(low[v]), Fraction(high[v])) for v in used]
        for key in product(*(range(powers[v] + 1) for v in used)):
            term = coefficient * prod((f[k] for f, k in zip(factors, key)), start=Fraction(1))
            on_unit_box[key] = on_unit_box.get(key, Fraction(0)) + term
    for corner in product(*(range(d + 1) for d in degrees)):
        total = sum(
            (
                c * prod((Fraction(comb(m, k), comb(d, k)) for m, k, d in zip(corner, key, degrees)), start=Fraction(1))
                for key, c in on_unit_box.items()
                if all(k <= m for k, m in zip(key, corner))
            ),
            Fraction(0),
        )
        if total < 0:
            return False
    return True


def _shifted(power: int, low: Fraction, high: Fraction) -> list[Fraction]:
    """Coefficients of (low + (high - low) t) ** power in t."""
    return [comb(power, k) * low ** (power - k) * (high - low) ** k for k in range(power + 1)]
