"""Lemke and Howson's complementary pivoting: one Nash equilibrium of a two-player game for every missing label."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.vertices.double_description import OutOfTime
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables

_TIE = 1e-9
"""Floats this close, on payoffs mapped to [0, 1], are left to exact arithmetic."""


class _Ambiguous(Exception):
    """A float ratio test too close to call."""


def lemke_howson(
    game: StrategicGame, *, label: int = 0, exact: bool | None = None, time_limit: float | None = None
) -> Solution:
    """The Nash equilibrium at the other end of the path that starts by dropping ``label``.

    Parameters
    ----------
    game : one game of two players, m and n actions
    label : 0 .. m + n - 1
        Actions of player 1, then those of player 2. Different labels may lead to different equilibria; together they
        need
        not find all.
    exact : bool, optional
        Fractions (default: where the payoffs are) or floats. In floats every ratio test must be clear; where one is
        not, the path is followed in integers, and the result rounded.
    time_limit : seconds, optional

    Returns
    -------
    Solution
        One equilibrium, ``complete=False``. ``stats`` holds the number of pivots and ``max_regret`` in payoff units.

    Raises
    ------
    UnsupportedGame
        Unless there are two players.
    GameError
        For a batch, or a label that is not there.

    Notes
    -----
    1. Both best-response polytopes start at the origin, where every label is present.
    2. The variable of ``label`` enters; the lexicographic minimum ratio test says which variable leaves.
    3. In the other polytope the variable with the same label enters; repeat until ``label`` itself leaves.

    The lexicographic rule makes the path unique and finite in degenerate games too. It can be exponentially long.

    References
    ----------
    Lemke and Howson (1964), "Equilibrium points of bimatrix games". von Stengel (2002), "Computing equilibria for
    two-person games", Handbook of Game Theory 3, sections 2.3 to 2.6, for labels, lexicography and integer pivoting.

    Examples
    --------
    >>> from blamegame.games.responses import regret
    >>> game = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
    >>> solution = lemke_howson(game, label=1)
    >>> [[str(p) for p in strategy] for strategy in solution.equilibria[0]]
    [['1/2', '1/2'], ['1/2', '1/2']]
    >>> regret(game, solution.equilibria[0]).tolist() == [0, 0]
    True
    """
    _check(game, "lemke_howson")
    n_labels = sum(game.n_actions)
    if not 0 <= label < n_labels:
        raise GameError(
            f"label={label} is not in 0..{n_labels - 1}: the {game.n_actions[0]} actions of {game.players[0]}, then "
            f"the {game.n_actions[1]} of {game.players[1]}"
        )
    return _follow(game, [label], exact, time_limit, "lemke_howson")


def lemke_howson_all_labels(
    game: StrategicGame, *, exact: bool | None = None, time_limit: float | None = None
) -> Solution:
    """The distinct equilibria reached by :func:`lemke_howson` from the origin, over all labels.

    ``stats["labels"]`` gives, for each equilibrium, the labels that lead to it. Ordered as they are found.

    >>> game = StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    >>> lemke_howson_all_labels(game).stats["labels"]
    ((0, 2), (1, 3))
    """
    _check(game, "lemke_howson_all_labels")
    return _follow(game, range(sum(game.n_actions)), exact, time_limit, "lemke_howson_all_labels")


def _check(game: StrategicGame, caller: str) -> None:
    check_single(game, caller)
    if game.n_players != 2:
        raise UnsupportedGame(
            f"{caller} needs 2 players, this game has {game.n_players}; use logit or simplicial_subdivision"
        )


def _follow(
    game: StrategicGame, labels: Sequence[int], exact: bool | None, time_limit: float | None, method: str
) -> Solution:
    started = time.monotonic()
    deadline = None if time_limit is None else started + time_limit
    wanted_exact = game.exact if exact is None else exact
    tables = PayoffTables(game, reduce=False)
    reached: list[list[int]] = []
    profiles: list[Profile] = []
    pivots, stopped = 0, None
    try:
        for label in labels:
            weights, steps = _path(tables, label, wanted_exact, deadline)
            pivots += steps
            profile = tuple(_strategy(w, wanted_exact) for w in weights)
            known = [k for k, other in enumerate(profiles) if _same(profile, other, wanted_exact)]
            if known:
                reached[known[0]].append(label)
            else:
                profiles.append(profile)
                reached.append([label])
    except OutOfTime:
        stopped = f"time_limit={time_limit} s ran out"
    except KeyboardInterrupt:
        stopped = "interrupted"
    found = "one equilibrium" if len(profiles) == 1 else f"{len(profiles)} equilibria"
    reason = f"{stopped}: " if stopped else ""
    return Solution(
        game=game,
        concept="nash",
        method=method,
        equilibria=tuple(profiles),
        complete=False,
        status=f"{reason}{found} found, at most one per label, and there may be more; use nash for all",
        stats={
            "pivots": pivots,
            "labels": tuple(map(tuple, reached)),
            "max_regret": 0.0 if wanted_exact else tables.largest_regret(profiles),
            "seconds": time.monotonic() - started,
        },
    )


def _path(tables: PayoffTables, label: int, exact: bool, deadline: float | None) -> tuple[list[list[Any]], int]:
    """(both strategies, number of pivots)."""
    m, n = tables.shape
    if not exact and tables.units is not None:
        try:
            pair: list[Any] = [_FloatTableau(tables.units[1], 0, m), _FloatTableau(tables.units[0], m, 0)]
            steps = _complementary_pivots(pair, label, m, deadline)
            weights = [t.solution(size) / scale for t, size, scale in zip(pair, (m, n), reversed(tables.scales))]
            if all(bool(np.isfinite(w).all()) and w.sum() > 0 for w in weights):
                return [(w / w.sum()).tolist() for w in weights], steps
        except _Ambiguous:
            pass
    integers = tables.integers
    pair = [_IntegerTableau(integers[1], 0, m), _IntegerTableau(integers[0], m, 0)]
    steps = _complementary_pivots(pair, label, m, deadline)
    strategies = [t.solution(size) for t, size in zip(pair, (m, n))]
    return [[Fraction(w, sum(s)) for w in s] for s in strategies], steps


def _same(profile: Profile, other: Profile, exact: bool) -> bool:
    """Equal; or, for floats, equal up to 1e-9, since paths may end in different bases of one strategy."""
    if exact:
        return all(bool(np.all(a == b)) for a, b in zip(profile, other))
    return all(bool(np.all(np.abs(a - b) <= _TIE)) for a, b in zip(profile, other))


def _complementary_pivots(pair: Sequence[Any], label: int, m: int, deadline: float | None) -> int:
    side = 0 if label < m else 1
    entering, steps = label, 0
    while True:
        entering = pair[side].pivot(entering)
        steps += 1
        if entering == label:
            return steps
        side = 1 - side
        if deadline is not None and steps % 16 == 0 and time.monotonic() > deadline:
            raise OutOfTime


class _IntegerTableau:
    """{x >= 0, s = 1 - M x >= 0} with integer pivoting: entries are integers, all over the one denominator ``scale``.

    Columns: structural variables, then slacks, then the right-hand side; ``first_*`` are their labels.
    """

    def __init__(self, matrix: list[list[int]], first_structural: int, first_slack: int) -> None:
        rows, columns = len(matrix), len(matrix[0])
        self.labels = [first_structural + i for i in range(columns)] + [first_slack + j for j in range(rows)]
        self.column = {label: c for c, label in enumerate(self.labels)}
        self.table = [[*row, *(int(j == k) for k in range(rows)), 1] for j, row in enumerate(matrix)]
        self.basic = [first_slack + j for j in range(rows)]
        self.order = [len(self.labels), *range(columns, columns + rows)]
        self.scale = 1
        self._first_structural = first_structural

    def pivot(self, entering: int) -> int:
        """Bring the variable labelled ``entering`` in; the label of the one that leaves."""
        c = self.column[entering]
        rows = [r for r, line in enumerate(self.table) if line[c] > 0]
        for k in self.order:  # lexicographic minimum ratio
            if len(rows) == 1:
                break
            best = rows[0]
            kept = [best]
            for r in rows[1:]:
                difference = self.table[r][k] * self.table[best][c] - self.table[best][k] * self.table[r][c]
                if difference < 0:
                    best, kept = r, [r]
                elif difference == 0:
                    kept.append(r)
            rows = kept
        (row,) = rows
        line, pivot, scale = self.table[row], self.table[row][c], self.scale
        self.table = [
            other if other is line else [(a * pivot - other[c] * b) // scale for a, b in zip(other, line)]
            for other in self.table
        ]
        self.scale = pivot
        leaving, self.basic[row] = self.basic[row], entering
        return leaving

    def solution(self, size: int) -> list[int]:
        """Values of the structural variables, times ``scale``."""
        value = {label: line[-1] for label, line in zip(self.basic, self.table)}
        return [value.get(self._first_structural + i, 0) for i in range(size)]


class _FloatTableau:
    """The same in ``float64``; raises :class:`_Ambiguous` wherever a ratio test is not clear."""

    def __init__(self, matrix: Array, first_structural: int, first_slack: int) -> None:
        rows, columns = matrix.shape
        labels = [first_structural + i for i in range(columns)] + [first_slack + j for j in range(rows)]
        self.column = {label: c for c, label in enumerate(labels)}
        self.table = np.hstack([matrix, np.eye(rows), np.ones((rows, 1))])
        self.basic = [first_slack + j for j in range(rows)]
        self._first_structural = first_structural

    def pivot(self, entering: int) -> int:
        c = self.column[entering]
        slopes, values = self.table[:, c], self.table[:, -1]
        if bool((np.abs(slopes)[slopes != 0] < _TIE).any()) or bool((values < _TIE).any()):
            raise _Ambiguous
        with np.errstate(divide="ignore"):
            ratios = np.where(slopes > 0, values / slopes, np.inf)
        row = int(ratios.argmin())
        if np.count_nonzero(ratios <= ratios[row] * (1 + _TIE)) > 1 or not np.isfinite(ratios[row]):
            raise _Ambiguous
        line = self.table[row] / slopes[row]
        self.table -= np.outer(slopes, line)
        self.table[row] = line
        self.table[:, c] = 0.0
        self.table[row, c] = 1.0
        leaving, self.basic[row] = self.basic[row], entering
        return leaving

    def solution(self, size: int) -> Array:
        """Values of the structural variables."""
        out = np.zeros(size)
        for label, value in zip(self.basic, self.table[:, -1]):
            if 0 <= label - self._first_structural < size:
                out[label - self._first_structural] = value
        return out


def _strategy(weights: list[Any], exact: bool) -> Array:
    out = object_array(weights) if exact else np.array([float(w) for w in weights])
    out.setflags(write=False)
    return out
