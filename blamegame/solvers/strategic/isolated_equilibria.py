"""All equilibria of a small game of any number of players, with a proof that there are no others."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.responses import regret
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.solution import Solution, counted
from blamegame.solvers.strategic.boxes.branch_and_prune import branch_and_prune
from blamegame.solvers.strategic.boxes.indifference_system import Support, indifference_system

Supports = tuple[Support, ...]


def isolated_equilibria(
    game: StrategicGame, *, time_limit: float | Deadline | None = None, most_boxes: int = 200_000
) -> Solution:
    """Every Nash equilibrium of a small n-player game whose equilibria are isolated and regular.

    Parameters
    ----------
    game : one game
        Up to about 3x3x3 or five players of two actions; the work grows with the number of support profiles.
    time_limit : seconds for the whole call, or a deadline; optional
    most_boxes : boxes to look at for each support profile before giving up on it

    Returns
    -------
    Solution
        ``complete=True`` is a proof: for every support profile, every part of strategy space was excluded or shown
        to hold exactly one equilibrium. Otherwise ``stats["unresolved"]`` lists (supports, box) left open: continua of
        equilibria, or equilibria at which some action is exactly indifferent. Profiles are exact where at most two
        players mix; others are floats, with ``stats["radius"]`` bounding each one's distance from the true one.

    Notes
    -----
    1. Skip a support profile in which some supported action is strictly dominated against the others' supports.
    2. Where at most two players mix the indifference equations are linear: solve them exactly.
    3. Otherwise isolate all roots of the multilinear system by interval branch-and-prune.

    References
    ----------
    Porter, Nudelman and Shoham (2008), "Simple search methods for finding a Nash equilibrium", for supports and
    conditional dominance; Neumaier (1990) for interval Newton. The method returns what Datta (2010), "Finding all Nash
    equilibria of a finite game using polynomial algebra", computes, with a proof that survives rounding.

    Examples
    --------
    >>> game = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
    >>> solution = isolated_equilibria(game)
    >>> len(solution), solution.complete
    (3, True)
    """
    check_single(game, "isolated_equilibria")
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    exact = to_exact(game)
    scaled = scaled_payoffs(exact)
    found: list[tuple[Profile, float]] = []
    unresolved: list[tuple[Supports, Array]] = []
    profiles = boxes = 0
    with deadline:
        for supports in _support_profiles(exact):
            profiles += 1
            deadline.check()
            if sum(len(support) > 1 for support in supports) <= 2:
                profile, open_ = equilibrium_on_supports(exact, supports)
                found += [(profile, 0.0)] if profile is not None else []
                unresolved += [(supports, np.zeros((2, 0)))] if open_ else []
                continue
            system = indifference_system(scaled, supports)
            roots = branch_and_prune(system, most_boxes=most_boxes, deadline=deadline)
            boxes += roots.boxes
            unresolved += [(supports, box) for box in roots.unresolved]
            for low, high in zip(roots.low, roots.high):
                found.append((_spread((low + high) / 2, supports, game.n_actions), float((high - low).max())))
    stopped = deadline.reason
    found.sort(key=lambda item: [[-float(p) for p in strategy] for strategy in item[0]])
    complete = not stopped and not unresolved
    equilibria = tuple(profile if game.exact else _floats(profile) for profile, _ in found)
    if complete:
        many = "1 equilibrium, isolated" if len(found) == 1 else f"{len(found)} equilibria, each isolated"
        status = f"complete: {many}; everything else was excluded with proof"
    else:
        open_profiles = len({supports for supports, _ in unresolved})
        status = f"{counted(len(found), 'equilibri', 'um', 'a')} found, {counted(open_profiles, 'support profile')} "
        status += "left open (ties or continua of equilibria)"
        if stopped:
            status = f"{stopped}: {status}, and those after the {profiles}th were not looked at"
        status += "; correlated_bounds bounds every equilibrium"
    return Solution(
        game=game,
        concept="nash",
        method="support_enumeration_interval_newton",
        equilibria=equilibria,
        complete=complete,
        status=status,
        components=tuple((k,) for k in range(len(found))) if complete else (),
        subsets=tuple((k,) for k in range(len(found))) if complete else (),
        stats={
            "support_profiles": profiles,
            "boxes": boxes,
            "unresolved": tuple(unresolved),
            "radius": tuple(radius for _, radius in found),
            "regret": max((float(max(regret(game, profile))) for profile in equilibria), default=0.0),
            "seconds": time.monotonic() - started,
        },
    )


def scaled_payoffs(game: StrategicGame) -> Array:
    """Each player's payoffs mapped to [0, 1] in rational arithmetic and rounded once."""
    tables = []
    for player in range(game.n_players):
        table = game.payoffs[player]
        low, high = table.min(), table.max()
        spread = high - low if high > low else Fraction(1)
        tables.append(((table - low) / spread).astype(np.float64))
    return np.array(tables)


def _support_profiles(game: StrategicGame) -> Iterator[Supports]:
    """Support profiles without a conditionally dominated action, small ones first."""
    for total in range(game.n_players, sum(game.n_actions) + 1):
        for sizes in _sizes(total, game.n_actions):
            for supports in product(*(list(combinations(range(n), k)) for n, k in zip(game.n_actions, sizes))):
                if not _dominated(game, supports):
                    yield supports


def _sizes(total: int, largest: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All ways to write ``total`` as a sum of one positive number for each player, none above ``largest``."""
    if len(largest) == 1:
        yield from [(total,)] if 1 <= total <= largest[0] else []
        return
    for first in range(1, min(largest[0], total - len(largest) + 1) + 1):
        for rest in _sizes(total - first, largest[1:]):
            yield (first, *rest)


def _dominated(game: StrategicGame, supports: Supports) -> bool:
    for player, support in enumerate(supports):
        kept = [range(game.n_actions[player]) if i == player else s for i, s in enumerate(supports)]
        table = np.moveaxis(game.payoffs[player][np.ix_(*kept)], player, 0).reshape(game.n_actions[player], -1)
        for action in support:
            if (table > table[action]).all(axis=1).any():
                return True
    return False


def equilibrium_on_supports(game: StrategicGame, supports: Supports) -> tuple[Profile | None, bool]:
    """The equilibrium of a support profile in which at most two players mix, and whether the question stays open."""
    mixing = [player for player, support in enumerate(supports) if len(support) > 1]
    strategies = [_on(support, [Fraction(1)] * len(support), n) for support, n in zip(supports, game.n_actions)]
    if game.n_players == 1:  # any mixture of optimal actions will do
        return (None, _all_optimal(game, supports[0])) if mixing else _if_equilibrium(game, tuple(strategies))
    if len(mixing) == 1:
        mixing.append(next(p for p in range(game.n_players) if p != mixing[0]))
    many = False
    for player, other in ((mixing[0], mixing[1]), (mixing[1], mixing[0])) if mixing else ():
        weights, several = _indifferent(_pair_table(game, supports, player, other))
        if weights is None and not several:
            return None, False
        if weights is None:
            many = True
        elif min(weights) <= 0:  # with a zero the equilibrium belongs to a smaller support
            return None, False
        else:
            strategies[other] = _on(supports[other], weights, game.n_actions[other])
    return (None, True) if many else _if_equilibrium(game, tuple(strategies))


def _all_optimal(game: StrategicGame, support: Support) -> bool:
    return all(game.payoffs[0][action] == game.payoffs[0].max() for action in support)


def _if_equilibrium(game: StrategicGame, profile: Profile) -> tuple[Profile | None, bool]:
    return (profile, False) if not any(regret(game, profile)) else (None, False)


def _pair_table(game: StrategicGame, supports: Supports, player: int, other: int) -> list[list[Any]]:
    """Payoffs of ``player`` for its supported actions against those of ``other``, everyone else pure."""
    index: list[Any] = [support[0] for support in supports]
    table = []
    for own in supports[player]:
        index[player] = own
        row = []
        for action in supports[other]:
            index[other] = action
            row.append(game.payoffs[(player, *index)])
        table.append(row)
    return table


def _indifferent(table: Sequence[Sequence[Fraction]]) -> tuple[list[Fraction] | None, bool]:
    """Probabilities over columns that make all rows earn the same: (them, False), or (None, whether there are many)."""
    n = len(table[0])
    rows = [[a - b for a, b in zip(row, table[0])] + [Fraction(0)] for row in table[1:]]
    rows.append([Fraction(1)] * n + [Fraction(1)])
    pivots: list[int] = []
    for column in range(n):
        at = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if at is None:
            continue
        top = len(pivots)
        rows[top], rows[at] = rows[at], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column]:
                rows[r] = [value - row[column] * above for value, above in zip(row, rows[top])]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None, False
    if len(pivots) < n:
        return None, True
    return [rows[k][-1] for k in range(n)], False


def _on(support: Support, weights: Sequence[Fraction], n_actions: int) -> Array:
    strategy = object_array([Fraction(0)] * n_actions)
    for action, weight in zip(support, weights):
        strategy[action] = weight
    return strategy


def _spread(point: Array, supports: Supports, n_actions: tuple[int, ...]) -> Profile:
    out, start = [], 0
    for support, n in zip(supports, n_actions):
        strategy = np.zeros(n)
        strategy[list(support)] = point[start : start + len(support)]
        start += len(support)
        out.append(strategy / strategy.sum())
    return tuple(out)


def _floats(profile: Profile) -> Profile:
    return tuple(np.array([float(p) for p in strategy]) for strategy in profile)
