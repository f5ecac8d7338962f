"""Many games of one shape: floats to compute with, and the exact payoffs of any game that floats cannot decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, fractions_of, object_array

LARGEST_EXACT = 2**53
"""Every integer up to here is a float."""


@dataclass(frozen=True, eq=False, repr=False)
class Batch:
    """Games of one shape, in floats that are the games or stand for exact ones near by.

    Attributes
    ----------
    payoffs : float64 [games, players, *actions], read-only; such an array is not copied, so leave it as it is
        Those of a game that is ``rounded`` are within 1e-14 of the exact ones, relative to that player's largest in
        absolute value; each player's may have been moved and scaled, which changes no equilibrium.
    exact_payoffs : callable, optional
        ``exact_payoffs(g)`` gives the true payoffs of game g as Fractions or integers, shape [players, *actions]. It
        is asked only for games that floats cannot decide.
    rounded : bool [games]
        Whose floats only stand for the exact payoffs; the other games are the rationals that their floats store. By
        default every game where there are exact payoffs, else none.

    Examples
    --------
    >>> batch = Batch(np.zeros((2, 2, 1, 1)))
    >>> batch
    <Batch of 2 games 1 x 1, 0 rounded>
    >>> batch.exact(1).tolist()
    [[[Fraction(0, 1)]], [[Fraction(0, 1)]]]
    """

    payoffs: Array
    exact_payoffs: Callable[[int], Any] | None = None
    rounded: Any = None

    def __post_init__(self) -> None:
        payoffs = np.ascontiguousarray(self.payoffs, dtype=np.float64).view()
        if payoffs.ndim < 3 or payoffs.shape[1] != payoffs.ndim - 2 or payoffs.size == 0:
            raise GameError(f"payoffs of shape {payoffs.shape} are no batch: expected [games, players, *actions]")
        rounded = np.array(np.broadcast_to(self.exact_payoffs is not None, len(payoffs)))
        if self.rounded is not None:
            rounded = np.array(self.rounded, dtype=bool)
        if rounded.shape != (len(payoffs),) or (self.exact_payoffs is None and rounded.any()):
            raise GameError(f"rounded needs one entry for each of {len(payoffs)} games, and exact payoffs where true")
        for array in (payoffs, rounded):
            array.setflags(write=False)
        object.__setattr__(self, "payoffs", payoffs)
        object.__setattr__(self, "rounded", rounded)

    def __len__(self) -> int:
        return len(self.payoffs)

    @property
    def n_actions(self) -> tuple[int, ...]:
        return tuple(self.payoffs.shape[2:])

    def exact(self, index: int) -> Array:
        """The exact payoffs of one game as Fractions, shape [players, *actions]."""
        if self.exact_payoffs is None:
            return fractions_of(self.payoffs[index])
        given = self.exact_payoffs(index)
        table = np.asarray(given.payoffs if isinstance(given, StrategicGame) else given, dtype=object)
        if table.shape != self.payoffs.shape[1:]:
            raise GameError(f"exact({index}) has shape {table.shape}, the games have {self.payoffs.shape[1:]}")
        values = [v if type(v) is Fraction else Fraction(v) for v in table.ravel().tolist()]
        return object_array(values).reshape(table.shape)

    def __repr__(self) -> str:
        shape = " x ".join(map(str, self.n_actions))
        return f"<Batch of {len(self)} games {shape}, {int(self.rounded.sum())} rounded>"


def as_batch(payoffs: Any, *, players: int = 2) -> Batch:
    """Games of ``players`` players as a :class:`Batch`; exact numbers stay exact.

    ``payoffs`` is a :class:`Batch`, a :class:`~blamegame.games.strategic.StrategicGame`, or numbers of shape
    [*batch, players, *actions]: any batch shape is flattened in C order, and a single game is a batch of one. Integers,
    Fractions and Decimals that no float holds become exact payoffs.

    Raises
    ------
    GameError
        Where the shape does not fit or a payoff is not a finite number; it names the cell.

    Examples
    --------
    >>> as_batch([[[2**60, 0], [2**60 + 1, 0]], [[1, 0], [1, 0]]])
    <Batch of 1 games 2 x 2, 1 rounded>
    >>> as_batch([[[0.5, 0], [1, 0]], [[1, 0], [1, 0]]])
    <Batch of 1 games 2 x 2, 0 rounded>
    """
    if isinstance(payoffs, Batch):
        array, batch = payoffs.payoffs, payoffs
    else:
        array, batch = _numbers(payoffs, players), None
    if array.ndim < players + 1 or array.shape[-players - 1] != players or array.size == 0:
        raise GameError(
            f"payoffs of shape {array.shape} are not games of {players} players: expected [*batch, {players}, *actions]"
        )
    if batch is not None:
        return batch
    flat = array.reshape(-1, *array.shape[-players - 1 :])
    return _of_fractions(flat) if array.dtype == object else Batch(flat)


def smallest_integers(table: Array) -> tuple[int, ...]:
    """One player's payoffs as the smallest nonnegative integers of the same game, in C order.

    >>> smallest_integers(np.array([Fraction(1, 3), Fraction(1, 2), Fraction(5, 6)]))
    (0, 1, 3)
    """
    fractions = [v if type(v) is Fraction else Fraction(v) for v in table.ravel().tolist()]
    scale = lcm(*(f.denominator for f in fractions))
    integers = [f.numerator * (scale // f.denominator) for f in fractions]
    least = min(integers)
    shared = gcd(*(v - least for v in integers)) or 1
    return tuple((v - least) // shared for v in integers)


def _numbers(payoffs: Any, players: int) -> Array:
    """Payoffs as float64, or as Fractions where a float would not hold them."""
    if isinstance(payoffs, StrategicGame):
        if payoffs.n_players != players:
            raise GameError(f"games of {players} players are needed, this one has {payoffs.n_players}")
        return payoffs.payoffs
    if isinstance(payoffs, np.ndarray):
        if payoffs.dtype.kind == "f":
            return payoffs.astype(np.float64, copy=False)
        if payoffs.dtype.kind in "biu" and payoffs.size and _all_floats(payoffs):
            return payoffs.astype(np.float64)
    return StrategicGame(payoffs, players=players).payoffs


def _all_floats(integers: Array) -> bool:
    return bool(integers.min() >= -LARGEST_EXACT and integers.max() <= LARGEST_EXACT)


def _of_fractions(tables: Array) -> Batch:
    """Each player's payoffs as whole floats where they can be, else as their share of the way from least to largest."""
    n_games, n_players = tables.shape[:2]
    payoffs = np.empty(tables.shape)
    rounded = np.zeros(n_games, dtype=bool)
    for g in range(n_games):
        for player in range(n_players):
            integers = smallest_integers(tables[g, player])
            most = max(integers)
            if most <= LARGEST_EXACT:
                payoffs[g, player] = np.array(integers, dtype=np.float64).reshape(tables.shape[2:])
            else:
                rounded[g] = True
                payoffs[g, player] = np.array([v / most for v in integers]).reshape(tables.shape[2:])
    return Batch(payoffs, _Tables(tables), rounded)


@dataclass(frozen=True, eq=False)
class _Tables:
    """Exact payoffs that lie in an array."""

    tables: Array

    def __call__(self, index: int) -> Array:
        table: Array = self.tables[index]
        return table
