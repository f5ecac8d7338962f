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
from blamegame.solvers.strategic.vertex_enumeration import integer_payoffs

Integers = list[list[int]]


class PayoffTables:
    """Payoffs of the actions that survive strict dominance; of all actions without ``reduce``.

    Tables are indexed [own action, opponent's action]: table 0 is player 1's, [m, n], table 1 player 2's, [n, m].

    Attributes
    ----------
    rows, columns : surviving actions of the two players, ascending
    units : two float tables, every column mapped to [0, 1] with relative error below 4 * 2**-53 per entry, or None
        where the differences of payoffs overflow
    scales : for each table, by what each column was divided
    """

    def __init__(self, game: StrategicGame, *, reduce: bool = True) -> None:
        self._game = game
        self._full: tuple[Array, Array] = (game.payoffs[0], game.payoffs[1].T)
        self.rows = list(range(game.n_actions[0]))
        self.columns = list(range(game.n_actions[1]))
        self._read_units()
        if reduce and self.units is not None and game.payoffs[0].size > 4:
            from blamegame.solvers.strategic.kernels.undominated import survivors

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

    def _read_units(self) -> None:
        kept = ((self.rows, self.columns), (self.columns, self.rows))
        self.units: tuple[Array, Array] | None = None
        if self._game.exact:
            tables = [_unit_columns(_positive(t, *k)) for t, k in zip(self._all_integers, kept)]
        else:
            tables = [_unit_floats(t if len(t) == len(k[0]) and t.shape[1] == len(k[1]) else t[np.ix_(*k)])
                      for t, k in zip(self._full, kept)]  # fmt: skip
        self.scales = (tables[0][1], tables[1][1])
        if all(bool(np.isfinite(table).all()) for table, _ in tables):
            self.units = (tables[0][0], tables[1][0])

    def largest_regret(self, profiles: Sequence[Profile]) -> float:
        """The largest gain of any player from a deviation in any of these float profiles, in payoff units."""
        worst = 0.0
        if profiles:
            strategies = [np.array([profile[i] for profile in profiles], dtype=np.float64) for i in (0, 1)]
            with np.errstate(all="ignore"):
                for player, table in enumerate(self._full):
                    gains = (table - table.min(axis=0)).astype(np.float64) @ strategies[1 - player].T
                    regrets = gains.max(axis=0) - (gains * strategies[player].T).sum(axis=0)
                    worst = max(worst, float(regrets.max()))
        return worst


def _positive(table: Integers, rows: list[int], columns: list[int]) -> Integers:
    lowest = [min(table[i][j] for i in rows) for j in columns]
    constant = [all(table[i][j] == low for i in rows) for j, low in zip(columns, lowest)]
    return [[1 if same else table[i][j] - low for j, low, same in zip(columns, lowest, constant)] for i in rows]


def _unit_columns(table: Integers) -> tuple[Array, Array]:
    largest = [max(column) for column in zip(*table)]
    units = np.array([[entry / top for entry, top in zip(row, largest)] for row in table])
    common = max(largest)
    return units, np.array([top / common for top in largest])


def _unit_floats(table: Array) -> tuple[Array, Array]:
    with np.errstate(all="ignore"):
        shifted = table - table.min(axis=0)
        scale = shifted.max(axis=0)
        if not scale.all():
            shifted[:, scale == 0] = 1.0
            scale[scale == 0] = 1.0
        return np.ascontiguousarray(shifted / scale), scale
