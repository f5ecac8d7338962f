"""Iterated elimination of strictly dominated actions in a hierarchy of many thousand offices.

An office's payoff is the sum over the mandates through it, and a mandate's payoffs depend on the actions of the offices
on its path alone. Action profiles are too many to enumerate; dominated actions are struck, again and again.

*What is proved.* Action a of an office is strictly dominated by b, given sets of actions of the others, if b earns more
whatever the others do within them. It is if the sum, over the office's mandates, of the *least* advantage of b over a
in that mandate is positive, for in no profile is the whole advantage smaller than this sum. No rationalizable profile,
no correlated equilibrium and so no Nash equilibrium gives an iteratively dominated action probability (Pearce 1984;
Aumann 1987); dominance may be applied office by office, in any order. Where no actions of the two last offices of a
mandate that survive make up the event, the event has probability zero in all of them.

*How much that misses.* Under strategic complements nothing: there the least advantages of all mandates are attained at
the same profile, and what survives lies between the least and the greatest equilibrium (Milgrom and Roberts 1990).
Elsewhere it may leave more than it must, and then the claim is neither proved nor, without an equilibrium in hand,
refuted: the pure profiles at the two ends of what survives are tried, and if they are no equilibria, it is refused.

*Why it is quick.* Mandates through an office that are of one kind and whose other offices have the same actions left
are counted, not listed; the least advantages of each such class are computed once.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm

from .budget import Cell, Work
from .offices import Tree

Pattern = tuple[int, ...]  # the actions that an office has left
Kept = list[Pattern]  # of every office
Table = dict[Cell, int]  # payoffs of a kind of mandate at (tier, *cell), times what all are multiplied by
Class = tuple[int, tuple[Pattern, ...], tuple[Pattern, ...]]  # kind, patterns of the offices above and of those below
Gains = dict[tuple[int, int], int]  # of b over a, at (a, b)


def surviving(tree: Tree, tables: list[Table], work: Work) -> Kept:
    """The actions of each office that survive iterated elimination of strictly dominated ones."""
    kept = [tuple(range(len(tree.labels(office)))) for office in range(len(tree.above))]
    known: dict[Class, Gains] = {}
    changed = True
    while changed:
        changed = False
        for office, gains in least_gains(tree, tables, kept, known, work):
            worse = {a for (a, b), gain in gains.items() if gain > 0 and a in kept[office] and b in kept[office]}
            if worse:
                kept[office] = tuple(a for a in kept[office] if a not in worse)
                changed = True
    return kept


def is_equilibrium(tree: Tree, tables: list[Table], plays: list[int], work: Work) -> bool:
    """Whether a pure profile is a Nash equilibrium: with one action left to each other office, gains are exact."""
    kept: Kept = [(play,) for play in plays]
    gains_of_all = least_gains(tree, tables, kept, {}, work)
    return all(gain <= 0 for office, gains in gains_of_all for (a, _), gain in gains.items() if a == plays[office])


def least_gains(
    tree: Tree, tables: list[Table], kept: Kept, known: dict[Class, Gains], work: Work
) -> Iterator[tuple[int, Gains]]:
    """For each office, the last first, the sum over its mandates of the least gain from b in place of a, by (a, b).

    What the caller strikes from ``kept`` of the office just seen counts at once.
    """
    n = len(tree.above)
    paths: list[tuple[Pattern, ...]] = [()] * n  # patterns of the offices above each
    for office in range(1, n):
        if tree.above[office] != tree.above[office - 1] or office == 1:
            path = (*paths[tree.above[office]], kept[tree.above[office]])
        paths[office] = path
    below: list[dict[tuple[int, tuple[Pattern, ...]], int]] = [{} for _ in range(n)]  # classes, and how many mandates
    for office in reversed(range(n)):
        classes = below[office] or {(tree.kinds[office], ()): 1}
        work.spend(10 * len(classes))
        total: Gains = {}
        for (kind, patterns), count in classes.items():
            key = kind, paths[office], patterns
            if key not in known:
                work.spend(100)  # so that memory is bounded too
                known[key] = _least_gains_of(tables[kind], tree.actions, paths[office], patterns, work)
            total = _sum(total, known[key], count, work) if total or count > 1 else known[key]
        yield office, total
        if office:
            up = below[tree.above[office]]
            for (kind, patterns), count in classes.items():
                seen = kind, (kept[office], *patterns)
                up[seen] = up.get(seen, 0) + count
            below[office] = {}


def _sum(total: Gains, gains: Gains, count: int, work: Work) -> Gains:
    """total + count gains."""
    work.spend(sum(1 + (gain.bit_length() >> 8) for gain in gains.values()))
    return {pair: total.get(pair, 0) + count * gain for pair, gain in gains.items()}


def _least_gains_of(
    table: Table, actions: list[list[str]], above: tuple[Pattern, ...], below: tuple[Pattern, ...], work: Work
) -> Gains:
    """The least gain of b over a in one mandate for an office in the middle, over the others' actions left."""
    tier, own = len(above), range(len(actions[not below]))
    least: Gains = {}
    for others in product(*above, *below):
        payoffs = [table[tier, *others[:tier], a, *others[tier:]] for a in own]
        work.spend(len(own) ** 2 * (1 + (max(map(int.bit_length, payoffs)) >> 8)))
        for a in own:
            for b in own:
                if a != b:
                    gain = payoffs[b] - payoffs[a]
                    least[a, b] = min(gain, least.get((a, b), gain))
    return least


def scaled(tables: list[dict[Cell, Fraction]], work: Work) -> list[Table]:
    """All payoffs times their common denominator."""
    common = 1
    for table in tables:
        for payoff in table.values():
            common = lcm(common, payoff.denominator)
            work.spend(1 + (common.bit_length() >> 8) ** 2)
    return [{where: int(work(payoff * common)) for where, payoff in table.items()} for table in tables]
