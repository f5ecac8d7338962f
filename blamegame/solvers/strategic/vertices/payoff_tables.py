"""A two-player game as its best-response polytopes need it: floats in [0, 1], integers for proofs.

Best responses do not change when the payoffs against *one* action of the opponent are shifted; and scaling such a
column only rescales the opponent's weight on that action. So every column is mapped to [0, 1] on its own, which makes
units, shifts and mixed magnitudes harmless.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.strategic import Array, StrategicGame, fractions_of
from blamegame.solvers.strategic.vertices.double_description import integer_payoffs

Integers = list[list[int]]
_SLICE = 10**8  # multiplications between two looks at the time


class PayoffTables:
    """Payoffs of the actions that survive strict dominance; of all actions without ``reduce``.

    Tables are indexed [own action, opponent's action]: table 0 is player 1's, [m, n], table 1 player 2's, [n, m].
    ``time_limit`` is seconds or a deadline, after which :class:`blamegame.deadline.OutOfTime` is raised.

    Attributes
    ----------
    n_actions : of both players
    rows, columns : surviving actions of the two players, ascending
    units : two float tables, every column mapped to [0, 1] with relative error below 4 * 2**-53 per entry, or None
        where the differences of payoffs overflow
    scales : for each table, by what each column was divided
    """

    units: tuple[Array, Array] | None

    def __init__(self, game: StrategicGame, *, reduce: bool = True, time_limit: float | Deadline | None = None) -> None:
        self._game = game
        self.n_actions: tuple[int, int] = game.payoffs.shape[1:]
        self._full: tuple[Array, Array] = (game.payoffs[0], game.payoffs[1].T)
        self.rows, self.columns = list(range(self.n_actions[0])), list(range(self.n_actions[1]))
        self._read_units()
        if reduce and self.units is not None and game.payoffs[0].size > 4:
            rows, columns = survivors(*self.units, Deadline.of(time_limit))
            if len(rows) < len(self.rows) or len(columns) < len(self.columns):
                self.rows, self.columns = rows, columns
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
        if self._game.exact:
            tables = [_units_of_integers(_positive(t, *k)) for t, k in zip(self._all_integers, kept)]
        else:
            whole = (len(self.rows), len(self.columns)) == self.n_actions
            tables = [_units_of_floats(t if whole else t[np.ix_(*k)]) for t, k in zip(self._full, kept)]
        self.scales = (tables[0][1], tables[1][1])
        finite = all(bool(np.isfinite(table).all()) for table, _ in tables)
        self.units = (tables[0][0], tables[1][0]) if finite else None


def survivors(first: Array, second: Array, deadline: Deadline) -> tuple[list[int], list[int]]:
    """Actions left to each player, ascending, where actions dominated by mixtures go again and again, each proved.

    ``first`` [m, n] and ``second`` [n, m] are unit tables. An action that survives may still be dominated.
    """
    from blamegame.solvers.strategic.vertices.kernels.undominated import eliminate

    m, n = first.shape
    rows, columns = np.ones(m, dtype=np.bool_), np.ones(n, dtype=np.bool_)
    budget = 1 + _SLICE // (m * n * (m + n))
    before = 0, 0
    while (left := (int(rows.sum()), int(columns.sum()))) != before:
        before = left
        for matrix, own, other in ((first, rows, columns), (second, columns, rows)):
            at = 0
            while (at := eliminate(matrix, own, other, at, budget)) < own.size:
                deadline.check()
    return np.flatnonzero(rows).tolist(), np.flatnonzero(columns).tolist()


def largest_regret(game: StrategicGame, x: Array, y: Array) -> float:
    """The largest gain from a deviation in any of the float profiles (x[e], y[e]) of a two-player game, in its units.

    What every action earns at least against an action of the opponent is left out: no regret depends on it.
    """
    if not len(x):
        return 0.0
    worst = 0.0
    for table, mixed, against in ((game.payoffs[0], x, y), (game.payoffs[1].T, y, x)):
        values = against @ (table - table.min(axis=0)).astype(np.float64).T
        worst = max(worst, float((values.max(axis=1) - (values * mixed).sum(axis=1)).max()))
    return worst


def _positive(table: Integers, rows: list[int], columns: list[int]) -> Integers:
    lowest = [min(table[i][j] for i in rows) for j in columns]
    constant = [all(table[i][j] == low for i in rows) for j, low in zip(columns, lowest)]
    return [[1 if same else table[i][j] - low for j, low, same in zip(columns, lowest, constant)] for i in rows]


def _units_of_integers(table: Integers) -> tuple[Array, Array]:
    largest = [max(column) for column in zip(*table)]
    units = np.array([[entry / top for entry, top in zip(row, largest)] for row in table])
    common = max(largest)
    return units, np.array([top / common for top in largest])


def _units_of_floats(table: Array) -> tuple[Array, Array]:
    """Every column mapped to [0, 1], to 1 where it is constant; and by what it was divided."""
    low = table.min(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        scales = table.max(axis=0) - low
        constant = scales == 0.0
        scales[constant] = 1.0
        units = np.empty(table.shape)  # one layout, for which the kernels are compiled once
        np.subtract(table, low, out=units)
        units /= scales
    units[:, constant] = 1.0
    return units, scales
