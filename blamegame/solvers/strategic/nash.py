"""All Nash equilibria of a two-player game: every extreme equilibrium, exact, degenerate games included."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import Array, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.solution import Solution, counted
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.solvers.strategic.vertices.components import Positions, equilibrium_components
from blamegame.solvers.strategic.vertices.double_description import (
    Ray,
    Vertex,
    best_response_vertices,
    integer_payoffs,
)

Pair = tuple[Vertex, Vertex]

_LARGE, _WORTH_COMPILING = 16, 21
"""From this many actions in all pivoting in compiled code is faster: once it is at hand; if it has to be loaded."""

_SMALLEST = float(np.nextafter(0.0, 1.0))


def nash(game: StrategicGame, *more: object, time_limit: float | Deadline | None = None) -> Solution:
    """Every extreme Nash equilibrium of a game of two players (or one), and the components they form.

    The set of all equilibria is the union over ``solution.subsets`` of the products of the convex hulls of the
    players' strategies in each subset; so the extreme equilibria describe every equilibrium.

    Parameters
    ----------
    game : one game of two players, or of one; two payoff matrices A and B make one as ``StrategicGame([A, B])``
        Exact payoffs give exact profiles (Fractions). A ``float64`` game is solved exactly too, from the rationals
        its floats store; its profiles are the correctly rounded ``float64``, except that no positive probability
        becomes 0.
    time_limit : seconds, or a deadline; optional
        When it runs out, or on Ctrl-C, the equilibria found so far come back with ``complete=False``.

    Returns
    -------
    Solution
        Ordered by the first player's strategy, then the second's, earlier actions first.

    Raises
    ------
    UnsupportedGame
        For three players or more.
    GameError
        For a batch of games.

    Notes
    -----
    1. Scale each player's payoffs to integers; best responses do not change.
    2. Enumerate the vertices of both best-response polyhedra with their labels: a label of an action is present
       where its owner does not play it or where it is a best response.
    3. The extreme equilibria are exactly the pairs of vertices that have every label between them.

    The time grows exponentially with the smaller number of actions.

    References
    ----------
    Mangasarian (1964), "Equilibrium points of bimatrix games". Avis, Rosenberg, Savani and von Stengel (2010),
    "Enumeration of Nash equilibria for two-player games", Economic Theory 42.

    Examples
    --------
    >>> from blamegame.games.responses import regret
    >>> game = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
    >>> solution = nash(game)
    >>> [[str(p) for p in x] for x, y in solution.equilibria]
    [['1', '0'], ['3/5', '2/5'], ['0', '1']]
    >>> all(regret(game, profile).tolist() == [0, 0] for profile in solution.equilibria)
    True
    """
    if more:
        raise GameError("nash takes one game; for two payoff matrices A and B write nash(StrategicGame([A, B]))")
    check_single(game, "nash")
    if game.n_players > 2:
        raise UnsupportedGame(
            f"nash finds every equilibrium of 2 players, this game has {game.n_players}; use pure_nash for all pure "
            "equilibria, correlated_bounds for bounds on every equilibrium, or logit for one equilibrium"
        )
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    exact = to_exact(game)
    if game.n_players == 1:
        alone: list[Pair] = [(_unit(action, game.n_actions[0]), ()) for (action,) in pure_cells(exact)]
        return _solution(game, alone, (len(alone), 0), started, deadline)
    if _compiled_code_is_faster(game):
        return _large(game, deadline)
    pairs: list[Pair] = []
    counts = (0, 0)
    with deadline:
        rows = best_response_vertices(integer_payoffs(exact.payoffs[1].T), time_limit=deadline)
        columns = best_response_vertices(integer_payoffs(exact.payoffs[0]), time_limit=deadline)
        counts = (len(rows), len(columns))
        for pair in _complementary(rows, columns, game.n_actions, deadline):
            pairs.append(pair)
    if deadline.stopped and not pairs:
        pairs = [(_unit(i, game.n_actions[0]), _unit(j, game.n_actions[1])) for i, j in pure_cells(exact)]
    return _solution(game, pairs, counts, started, deadline)


def _compiled_code_is_faster(game: StrategicGame) -> bool:
    """Whether walking over vertices in compiled code is, with its loading or compiling where that is still to be done.

    The equilibria are the same either way.
    """
    kernel = sys.modules.get("blamegame.solvers.strategic.vertices.kernels.float_pivoting")
    at_hand = kernel is not None and bool(kernel.explore.signatures)
    return sum(game.n_actions) >= (_LARGE if at_hand else _WORTH_COMPILING)


def _large(game: StrategicGame, deadline: Deadline) -> Solution:
    """The same answer by :func:`blamegame.extreme_equilibria`."""
    from blamegame.solvers.strategic.extreme_equilibria import extreme_equilibria

    solution = extreme_equilibria(game, exact=True, time_limit=deadline)
    if game.exact:
        return solution
    rounded = {id(s): _array(s.tolist(), exact=False) for profile in solution.equilibria for s in profile}
    profiles = tuple(tuple(rounded[id(s)] for s in profile) for profile in solution.equilibria)
    return replace(solution, equilibria=profiles)


def _complementary(
    rows: list[Ray], columns: list[Ray], n_actions: tuple[int, ...], deadline: Deadline
) -> Iterator[Pair]:
    """Pairs of vertices that have every label between them.

    ``having[k]`` is the set of column vertices with label k, as the bits of one integer, so that the partners of a row
    vertex are an intersection of a few integers however many vertices there are.
    """
    m, n = n_actions
    aligned = [(labels & (1 << n) - 1) << m | labels >> n for _, labels in columns]
    aligned.reverse()  # the last digit of a number is its bit 0
    having = [int("".join("01"[labels >> k & 1] for labels in aligned), 2) for k in range(m + n)]
    everyone = (1 << len(columns)) - 1
    for vertex, labels in rows:
        deadline.check()
        partners = everyone
        for k in range(m + n):
            if not labels >> k & 1:
                partners &= having[k]
        while partners:
            lowest = partners & -partners
            yield vertex, columns[lowest.bit_length() - 1][0]
            partners ^= lowest


def _solution(
    game: StrategicGame,
    pairs: list[Pair],
    vertices: tuple[int, int],
    started: float,
    deadline: Deadline,
) -> Solution:
    strategies = {vertex: [Fraction(w, sum(vertex)) for w in vertex] for pair in pairs for vertex in pair}
    pairs = sorted(pairs, key=lambda pair: [strategies[vertex] for vertex in pair], reverse=True)
    arrays = {vertex: _array(strategy, game.exact) for vertex, strategy in strategies.items()}
    # Components of an incomplete list could be wrong: an equilibrium not found yet may connect them.
    stopped = deadline.reason
    components: Positions = ()
    subsets: Positions = ()
    if not stopped:
        with deadline:
            components, subsets = equilibrium_components(pairs, time_limit=deadline)
    found = counted(len(pairs), "extreme equilibri", "um", "a")
    if stopped:
        status = f"{stopped}: {found} so far; there may be others, so allow more time or ask pure_nash"
    else:
        status = f"complete: {found}"
        if components:
            status += f" in {counted(len(components), 'component')}"
        if not subsets:
            status += f"; {deadline.reason or 'time ran out'} before the maximal Nash subsets were listed"
    return Solution(
        game=game,
        concept="nash",
        method="vertex_enumeration",
        equilibria=tuple(tuple(arrays[vertex] for vertex in pair[: game.n_players]) for pair in pairs),
        components=components,
        subsets=subsets,
        complete=not stopped,
        status=status,
        stats={"vertices": vertices, "seconds": time.monotonic() - started},
    )


def _array(strategy: list[Fraction], exact: bool) -> Array:
    array = object_array(strategy) if exact else np.array([float(p) or _SMALLEST * (p > 0) for p in strategy])
    array.setflags(write=False)
    return array


def _unit(action: int, n_actions: int) -> Vertex:
    return tuple(int(k == action) for k in range(n_actions))
