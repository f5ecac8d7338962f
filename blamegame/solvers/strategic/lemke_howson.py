"""Lemke and Howson's complementary pivoting: one Nash equilibrium of a two-player game for every missing label."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import Array, StrategicGame, check_single, fractions_of, object_array
from blamegame.solvers.linear.tableau import Tableau
from blamegame.solvers.solution import Solution
from blamegame.solvers.strategic.vertices.double_description import integer_payoffs

_TIE = 1e-9
"""Floats this close, on payoffs mapped to [0, 1], are left to exact arithmetic."""

_MOST = 10**5
"""Pivots after which a path in floats is given up, as rounding adds up; most need fewer than a hundred."""

Table = list[list[int]]
Path = tuple[Array, Array, float, int]
"""Both strategies, the largest gain from deviating, and the number of pivots."""

_MORE = " found, at most one per label, and there may be more; use nash for all"
_ONE = "one equilibrium" + _MORE
_NOT_FOUND: Path = (np.empty(0), np.empty(0), 0.0, 0)


def lemke_howson(
    game: StrategicGame, *, label: int = 0, exact: bool | None = None, time_limit: float | Deadline | None = None
) -> Solution:
    """The Nash equilibrium at the other end of the path that starts by dropping ``label``.

    Parameters
    ----------
    game : one game of two players, m and n actions
    label : 0 .. m + n - 1
        Actions of player 1, then those of player 2. Different labels may lead to different equilibria; together they
        need not find all.
    exact : bool, optional
        Fractions (default: where the payoffs are) or floats. In floats every ratio test must be clear; where one is
        not, the path is followed in integers, and the result rounded.
    time_limit : seconds, or a deadline; optional

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
    m, n = _checked_shape(game, "lemke_howson")
    if not 0 <= label < m + n:
        raise GameError(
            f"label={label} is not in 0..{m + n - 1}: the {m} actions of {game.players[0]}, then the {n} of "
            f"{game.players[1]}"
        )
    return _follow(game, (label,), exact, time_limit, "lemke_howson")


def lemke_howson_all_labels(
    game: StrategicGame, *, exact: bool | None = None, time_limit: float | Deadline | None = None
) -> Solution:
    """The distinct equilibria reached by :func:`lemke_howson` from the origin, over all labels.

    ``stats["labels"]`` gives, for each equilibrium, the labels that lead to it. Ordered as they are found.

    >>> game = StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    >>> lemke_howson_all_labels(game).stats["labels"]
    ((0, 2), (1, 3))
    """
    m, n = _checked_shape(game, "lemke_howson_all_labels")
    return _follow(game, range(m + n), exact, time_limit, "lemke_howson_all_labels")


def _checked_shape(game: StrategicGame, caller: str) -> tuple[int, int]:
    if not (isinstance(game, StrategicGame) and game.payoffs.ndim == 3 and len(game.players) == 2):
        check_single(game, caller)
        raise UnsupportedGame(
            f"{caller} needs 2 players, this game has {game.n_players}; use logit or simplicial_subdivision"
        )
    _, m, n = game.payoffs.shape
    return m, n


def _follow(
    game: StrategicGame, labels: Iterable[int], exact: bool | None, time_limit: float | Deadline | None, method: str
) -> Solution:
    started = time.monotonic()
    deadline = Deadline() if time_limit is None else Deadline.of(time_limit)
    if exact is None:
        exact = game.exact
    floats = None if exact else _as_floats(game.payoffs)
    integers: tuple[Table, Table] | None = None
    reached: list[tuple[int, ...]] = []
    profiles: list[tuple[Array, Array]] = []
    pivots, most = 0, 0.0
    with deadline:
        for label in labels:
            if reached:
                deadline.check()
            x, y, gain, steps = _NOT_FOUND if floats is None else _float_path()(floats, label, _TIE, _MOST)
            if not steps:
                integers = integers or _integer_tables(game)
                x, y, gain, steps = _rational_path(*integers, label, deadline)
                if not exact:
                    x, y, gain = _rounded(x, y, floats)
            pivots += steps
            known = _position(profiles, x, y, exact) if profiles else None
            if known is None:
                x.flags.writeable = y.flags.writeable = False
                profiles.append((x, y))
                reached.append((label,))
                most = max(most, gain)
            else:
                reached[known] += (label,)
    status = _ONE if len(profiles) == 1 else f"{len(profiles)} equilibria{_MORE}"
    if deadline.stopped:
        status = f"{deadline.reason}: {status}"
    seconds = time.monotonic() - started
    stats = {"pivots": pivots, "labels": tuple(reached), "max_regret": most, "seconds": seconds}
    return Solution(game, "nash", method, tuple(profiles), False, status, stats=stats)


@cache
def _float_path() -> Callable[..., Path]:
    """The compiled path, found once: looking it up would take as long as following it."""
    from blamegame.solvers.strategic.kernels.complementary_pivoting import path

    return path


def _as_floats(payoffs: Array) -> Array | None:
    """Payoffs as floats; of exact ones what no deviation changes is taken off before. None where they are too large."""
    if payoffs.dtype.hasobject:
        lowest = payoffs[0].min(axis=0, keepdims=True), payoffs[1].min(axis=1, keepdims=True)
        try:
            payoffs = np.array([table - low for table, low in zip(payoffs, lowest)]).astype(np.float64)
        except OverflowError:
            return None
    flags = payoffs.flags
    if not flags.c_contiguous or flags.writeable:  # one type of array, so that the kernel is compiled once
        payoffs = np.ascontiguousarray(payoffs)
        payoffs.setflags(write=False)
    return payoffs


def _integer_tables(game: StrategicGame) -> tuple[Table, Table]:
    """The matrices of {x >= 0, first @ x <= 1} and {y >= 0, second @ y <= 1}: integers >= 0, no column of zeros."""
    first, second = game.payoffs if game.exact else map(fractions_of, game.payoffs)
    return _bounding(integer_payoffs(second.T)), _bounding(integer_payoffs(first))


def _bounding(table: Table) -> Table:
    empty = {j for j, column in enumerate(zip(*table)) if not any(column)}
    return [[1 if j in empty else value for j, value in enumerate(row)] for row in table] if empty else table


def _rational_path(first: Table, second: Table, label: int, deadline: Deadline) -> Path:
    m, n = len(second), len(first)
    own, other = range(m), range(m, m + n)
    pair = Tableau(first, [1] * n, other, own), Tableau(second, [1] * m, own, other)
    side, entering = int(label >= m), label
    while True:
        deadline.check()
        row = pair[side].limiting_row(entering)
        assert row is not None, "a best-response polytope is bounded"
        entering = pair[side].exchange(row, entering)
        if entering == label:
            break
        side = 1 - side
    weights = [[values.get(k, 0) for k in names] for values, names in zip((t.values() for t in pair), (own, other))]
    x, y = (object_array([Fraction(w, sum(strategy)) for w in strategy]) for strategy in weights)
    return x, y, 0.0, sum(tableau.pivots for tableau in pair)


def _rounded(x: Array, y: Array, payoffs: Array | None) -> tuple[Array, Array, float]:
    """The same in floats, and the largest gain that rounding leaves."""
    x, y = x.astype(np.float64), y.astype(np.float64)
    if payoffs is None:
        return x, y, 0.0
    first, second = payoffs[0] - payoffs[0].min(axis=0), payoffs[1] - payoffs[1].min(axis=1, keepdims=True)
    gains = [values.max() - values @ own for values, own in ((first @ y, x), (x @ second, y))]
    return x, y, float(max(0.0, *gains))


def _position(profiles: list[tuple[Array, Array]], x: Array, y: Array, exact: bool) -> int | None:
    """Where this profile is known; floats count as equal up to 1e-9, since paths may end in other bases of it."""
    for k, (known_x, known_y) in enumerate(profiles):
        if exact:
            same = bool((known_x == x).all() and (known_y == y).all())
        else:
            same = bool(np.abs(known_x - x).max() <= _TIE and np.abs(known_y - y).max() <= _TIE)
        if same:
            return k
    return None
