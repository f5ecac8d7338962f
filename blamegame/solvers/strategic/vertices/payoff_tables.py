"""A two-player game as its best-response polytopes need it: floats in [0, 1], integers for proofs.

Best responses do not change when the payoffs against *one* action of the opponent are shifted; and scaling such a
column only rescales the opponent's weight on that action. So every column is mapped to [0, 1] on its own, which makes
units, shifts and mixed magnitudes harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from blamegame.games.strategic import Array, Profile, StrategicGame, fractions_of
from blamegame.solvers.strategic.vertices.double_description import integer_payoffs

Integers = list[list[int]]


class PayoffTables:
    """Payoffs of the actions that survive strict dominance; of all actions without ``reduce``.

    Tables are indexed [own action, opponent's action]: table 0 is player 1's, [m, n], table 1 player 2's, [n, m].

    Attributes
    ----------
    n_actions : of both players
    rows, columns : surviving actions of the two players, ascending
    units : two float tables, every column mapped to [0, 1] with relative error below 4 * 2**-53 per entry, or None
        where the differences of payoffs overflow
    scales : for each table, by what each column was divided
    """

    units: tuple[Array, Array] | None

    def __init__(self, game: StrategicGame, *, reduce: bool = True) -> None:
        self._game = game
        self.n_actions: tuple[int, int] = game.payoffs.shape[1:]
        self._full: tuple[Array, Array] = (game.payoffs[0], game.payoffs[1].T)
        reduce = reduce and game.payoffs[0].size > 4
        if not game.exact:
            self._read_floats(reduce)
            return
        self.rows, self.columns = list(range(self.n_actions[0])), list(range(self.n_actions[1]))
        self._read_units()
        if reduce and self.units is not None:
            from blamegame.solvers.strategic.vertices.kernels.undominated import survivors

            rows, columns = survivors(*self.units)
            if len(rows) < len(self.rows) or len(columns) < len(self.columns):
                self.rows, self.columns = rows.tolist(), columns.tolist()
                self._read_units()

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @cached_property
    def _all_integers(self) -> tuple[Integers, Integers]:
        tables = self._full if self._game.exact else [fractions_of(table) for table in self._full]
        return integer_payoffs(tables[0]), integer_payoffs(tables[1])

    @cached_property
    def integers(self) -> tuple[Integers, Integers]:
        """The same two tables as exact integers >= 0, every column with minimum 0, or all ones where it is constant."""
        kept = ((self.rows, self.columns), (self.columns, self.rows))
        return _positive(self._all_integers[0], *kept[0]), _positive(self._all_integers[1], *kept[1])

    def _read_floats(self, reduce: bool) -> None:
        from blamegame.solvers.strategic.vertices.kernels.unit_tables import unit_tables

        rows, columns, first, first_scales, second, second_scales, finite = unit_tables(*self._floats, reduce)
        self.rows, self.columns = rows.tolist(), columns.tolist()
        self.scales = (first_scales, second_scales)
        self.units = (first, second) if finite else None

    def _read_units(self) -> None:
        kept = ((self.rows, self.columns), (self.columns, self.rows))
        tables = [_unit_columns(_positive(t, *k)) for t, k in zip(self._all_integers, kept)]
        self.scales = (tables[0][1], tables[1][1])
        finite = all(bool(np.isfinite(table).all()) for table, _ in tables)
        self.units = (tables[0][0], tables[1][0]) if finite else None

    def largest_regret(self, profiles: Sequence[Profile]) -> float:
        """The largest gain of any player from a deviation in any of these float profiles, in payoff units."""
        if not profiles:
            return 0.0
        x, y = (np.array([profile[player] for profile in profiles], dtype=np.float64) for player in (0, 1))
        return self.largest_regret_of(x, y)

    def largest_regret_of(self, x: Array, y: Array) -> float:
        """The same for the profiles (x[e], y[e])."""
        from blamegame.solvers.strategic.vertices.kernels.unit_tables import largest_regret

        return float(largest_regret(*self._floats, x, y))

    @cached_property
    def _floats(self) -> tuple[Array, Array]:
        """Payoffs as floats; of an exact game with the minimum of every column, which no regret depends on, at 0."""
        if self._game.exact:
            first, second = ((table - table.min(axis=0)).astype(np.float64, order="C") for table in self._full)
        else:
            first, second = (np.array(table, order="C") for table in self._full)  # one layout, compiled once
        return first, second


def _positive(table: Integers, rows: list[int], columns: list[int]) -> Integers:
    lowest = [min(table[i][j] for i in rows) for j in columns]
    constant = [all(table[i][j] == low for i in rows) for j, low in zip(columns, lowest)]
    return [[1 if same else table[i][j] - low for j, low, same in zip(columns, lowest, constant)] for i in rows]


def _unit_columns(table: Integers) -> tuple[Array, Array]:
    largest = [max(column) for column in zip(*table)]
    units = np.array([[entry / top for entry, top in zip(row, largest)] for row in table])
    common = max(largest)
    return units, np.array([top / common for top in largest])
