"""Weights on deviations that keep equilibria away from an event throughout a box of payoffs.

A vector holds weights y on deviations d: player i, told a, plays b instead. In cell s it sums up

    f(s) = sum over the d with a = s_i of y_d [u_i(s) - u_i(b, s_-i)].

*No correlated equilibrium.* Let y > 0. In a correlated equilibrium nobody gains by disobeying, so f is at least 0 on
average. If f(s) <= 0 in every cell and f(s) < 0 on the event, the event has probability 0 (Nash equilibria included).

*No Nash equilibrium with supports I and J* (two players; exactly these actions have positive probability):

- by one player P, each a of the deviations in P's support, y_d >= 0 unless b is in it too. In equilibrium each a earns
  at least what b does, and just as much where both are in the support. So the sum over d of y_d [u_P(a) - u_P(b)],
  against the other's mixture, is at least 0. That is impossible if against each action in the other's support it is
  at most 0, and against one of them negative;
- jointly, deviations of both as above: the average of f over the equilibrium is at least 0. That is impossible if
  f <= 0 in every cell of I x J and f < 0 in one of them, for each has positive probability.

Payoffs are polynomials in x over |x_i| <= 1 (see ``polynomials``), and so are the sums.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from itertools import chain, combinations, product
from math import lcm
from typing import Any, NamedTuple

from .budget import Cell, Refused, Work
from .game import Game
from .names import listed, name, quoted, shown
from .polynomials import Affine, is_below_zero, spend_on
from .reading import position, rational, take

JOINT = "joint"
Supports = tuple[frozenset[int], frozenset[int]]
Payoffs = Mapping[Any, Affine]  # at (player, *cell), all times the same positive number


class Weight(NamedTuple):
    """A player who is told one action and plays another, and how much that counts: a whole number."""

    player: int
    told: int
    other: int
    weight: int


class Vector(NamedTuple):
    """Weights, all times ``scale`` > 0, their common denominator."""

    parts: list[Weight]
    scale: int


def vectors_of(data: list[Any], game: Game) -> list[Vector]:
    """Lists of [player, action, action instead, weight]."""
    return [vector_of(vector, game) for vector in data]


def vector_of(data: list[tuple[str, str, str, Fraction]], game: Game) -> Vector:
    scale = lcm(1, *(weight.denominator for *_, weight in data))
    out = []
    for player, told, other, weight in data:
        if player not in game.players:
            raise Refused(f"{shown(player)} is no player of this model")
        i = game.players.index(player)
        if told not in game.actions[i] or other not in game.actions[i] or told == other or not weight:
            raise Refused(f"{listed((told, other))} is not a deviation of {quoted(player)}, or has no weight")
        out.append(Weight(i, game.actions[i].index(told), game.actions[i].index(other), int(weight * scale)))
    if len({part[:3] for part in out}) < len(out):
        raise Refused("a vector has a deviation twice")
    return Vector(out, scale)


def no_correlated(vector: Vector, game: Game, event: set[Cell], payoffs: Payoffs, work: Work) -> str:
    """Why the vector does not show that no correlated equilibrium touches the event; "" where it does."""
    if any(part.weight < 0 for part in vector.parts):
        return "a weight is negative"
    for cell in game.cells():
        if not is_below_zero(gains(vector, cell, payoffs, work), work, strictly=cell in event):
            return f"the sum of weighted gains is not {'below' if cell in event else 'at most'} 0 everywhere"
    return ""


def no_supports(vector: Vector, how: str, supports: Supports, game: Game, payoffs: Payoffs, work: Work) -> str:
    """Why the vector does not exclude these supports; "" where it does."""
    players = [0, 1] if how == JOINT else [game.players.index(how)]
    for part in vector.parts:
        if part.player not in players or part.told not in supports[part.player]:
            return "a deviation is of another player, or from an action that is not played"
        if part.weight < 0 and part.other not in supports[part.player]:
            return "the weight of a deviation to an action that is not played is negative"
    if how == JOINT:
        sums = [gains(vector, cell, payoffs, work) for cell in product(*supports)]
    else:
        (mine,) = players
        against = [(i, 0) if mine else (0, i) for i in supports[1 - mine]]
        sums = [total(vector.parts, cell, payoffs, work) for cell in against]
    if not all(is_below_zero(p, work) for p in sums):
        return "the sum of weighted gains is not at most 0 everywhere"
    if not any(is_below_zero(p, work, strictly=True) for p in sums):
        return "the sum of weighted gains is nowhere surely below 0"
    return ""


def gains(vector: Vector, cell: Cell, payoffs: Payoffs, work: Work) -> Affine:
    """f at a cell, times the scale of the vector."""
    return total([part for part in vector.parts if cell[part.player] == part.told], cell, payoffs, work)


def total(parts: Iterable[Weight], cell: Cell, payoffs: Payoffs, work: Work) -> Affine:
    """The sum of weight x [payoff of the action told - payoff of the other], the others playing as in the cell."""
    out: Affine = {}
    for i, told, other, weight in parts:
        for action, factor in ((told, weight), (other, -weight)):
            payoff = payoffs[i, *cell[:i], action, *cell[i + 1 :]]
            spend_on(payoff, work)
            for s, c in payoff.items():
                out[s] = out.get(s, 0) + factor * c
    return out


def listed_supports(data: list[Any], game: Game, count: int) -> dict[Supports, tuple[str, int]]:
    """By pair of supports: how it is excluded, and by which vector; each pair at most once."""
    if len(game.players) != 2 or JOINT in game.players:
        raise Refused(f"supports are excluded for two players, none of them called {JOINT}")
    out: dict[Supports, tuple[str, int]] = {}
    pattern = ([name], [name], name, position(count, "vectors"))
    for item in data:
        rows, columns, how, k = take(item, pattern, "supports")
        pair = support_of(rows, game.actions[0]), support_of(columns, game.actions[1])
        if pair in out or (how != JOINT and how not in game.players):
            raise Refused(f"supports are listed twice, or {shown(how)} is neither a player nor {JOINT}")
        out[pair] = how, k
    return out


def support_of(labels: list[str], actions: list[str]) -> frozenset[int]:
    if not labels or len(set(labels)) < len(labels) or not set(labels) <= set(actions):
        raise Refused("a support is empty, or has an action twice, or one that there is not")
    return frozenset(actions.index(label) for label in labels)


def pairs_of_supports(game: Game, work: Work) -> list[Supports]:
    """All pairs of supports."""
    work.spend(2 ** min(60, sum(map(len, game.actions))))
    rows, columns = (subsets(range(len(labels))) for labels in game.actions)
    return [(frozenset(i), frozenset(j)) for i in rows for j in columns]


def subsets(actions: Collection[int]) -> list[Cell]:
    return list(chain.from_iterable(combinations(actions, size) for size in range(1, len(actions) + 1)))


VECTORS = [[(name, name, name, rational)]]
