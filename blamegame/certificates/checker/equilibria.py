"""Nash equilibria by exact arithmetic: the best deviation from one, and all extreme ones of a small two-player game."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import comb

from .budget import ONE, ZERO, Cell, Refused, Work
from .game import Game, Profile, cell_text, describe, number
from .names import quoted

MOST_BASES = comb(16, 8)  # of a best-response polytope: an m x n game has comb(m + n, m); 8x8 is the largest square


def best_deviation(game: Game, profile: Profile, work: Work) -> tuple[Fraction, str]:
    """Gain of the best deviation from a profile, and that deviation in words."""
    best = (-ONE, "")
    for player, labels in enumerate(game.actions):
        values = [ZERO] * len(labels)  # of each action, against the others' strategies
        for cell in game.cells():
            weight = ONE
            for i, action in enumerate(cell):
                weight = work(weight * profile[i][action]) if i != player else weight
            values[cell[player]] = work(values[cell[player]] + weight * game.payoffs[player, *cell])
        gain = max(values) - work.total(share * value for share, value in zip(profile[player], values))
        label = labels[values.index(max(values))]
        best = max(
            best, (gain, f"{quoted(game.players[player])} gains {number(gain)} by playing {quoted(label)} instead")
        )
    return best


def extreme_equilibria(game: Game, work: Work) -> set[Profile]:
    """All pairs of vertices of the two best-response polytopes in which both players play best replies only."""
    if len(game.players) != 2:
        raise Refused(f"all equilibria are rederived for 2 players only; this game has {len(game.players)}")
    m, n = (len(labels) for labels in game.actions)
    if comb(m + n, m) > MOST_BASES:
        raise Refused(f"too large: a best-response polytope of a {m}x{n} game has more than {MOST_BASES} bases")
    xs = vertices([[game.payoffs[1, i, j] for i in range(m)] for j in range(n)], work)
    ys = vertices([[game.payoffs[0, i, j] for j in range(n)] for i in range(m)], work)
    work.spend(len(xs) * len(ys))
    return {(x, y) for x, to_x in xs.items() for y, to_y in ys.items() if used(x) <= to_y and used(y) <= to_x}


def used(strategy: tuple[Fraction, ...]) -> set[int]:
    return {action for action, share in enumerate(strategy) if share}


def vertices(table: list[list[Fraction]], work: Work) -> dict[tuple[Fraction, ...], set[int]]:
    """Vertices except 0 of the polytope {z >= 0, table z <= 1} as probabilities, each with the opponent's best replies.

    ``table[r][c]`` is what the opponent's action r earns against c, shifted to be positive. At a vertex as many
    independent inequalities as unknowns are tight: some z_c = 0, and as many rows r as there are other c. Each such
    choice is tried. (A vertex with z_c = 0 for one of the other c is found again with that c among the first.)
    """
    lowest = min(map(min, table))
    table = [[entry - lowest + 1 for entry in row] for row in table]
    rows, columns = range(len(table)), range(len(table[0]))
    found = {}
    for size in range(1, min(len(rows), len(columns)) + 1):
        for support, tight in product(combinations(columns, size), combinations(rows, size)):
            z = solve([[table[r][c] for c in support] for r in tight], work)
            if z is None or min(z) <= 0:
                continue
            earns = [work.total(table[r][c] * share for c, share in zip(support, z)) for r in rows]
            if max(earns) == 1:
                shares, scale = dict(zip(support, z)), work.total(z)
                found[tuple(shares.get(c, ZERO) / scale for c in columns)] = {r for r in rows if earns[r] == 1}
    return found


def solve(rows: list[list[Fraction]], work: Work) -> list[Fraction] | None:
    """The only z with rows z = (1, ..., 1), by Gauss-Jordan elimination; None where there is none or there are many."""
    table = [[*row, ONE] for row in rows]
    for k in range(len(table)):
        pivot = next((r for r in range(k, len(table)) if table[r][k]), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [work(entry / table[k][k]) for entry in table[k]]
        for r, row in enumerate(table):
            if r != k and row[k]:
                table[r] = [work(entry - row[k] * above) for entry, above in zip(row, table[k])]
    return [row[-1] for row in table]


def equilibrium_in(game: Game, event: set[Cell], work: Work) -> str:
    """A Nash equilibrium that puts probability on the event, in words, or "" where none does.

    An equilibrium (x, y) lies in a product of two polytopes whose pairs of vertices all are extreme equilibria. Where
    x_i y_j > 0, some vertices have x_i > 0 and y_j > 0, so it is enough to look at extreme equilibria (Jansen 1981).
    """
    for x, y in extreme_equilibria(game, work):
        for i, j in sorted(event):
            if x[i] and y[j]:
                where = f"probability {number(x[i] * y[j])} on {cell_text(game.actions, (i, j))}"
                return f"the Nash equilibrium ({describe(game, (x, y))}) puts {where}"
    return ""
