"""Everything pure subgame-perfect play can lead to from each node of a tree with perfect information.

A *result* is a payoff vector with a tag (the probability of an event, the set of ends that play may reach, or nothing).
For each node the table holds every result of pure subgame-perfect play from there on and how many continuation
profiles lead to it. A mover with payoff u from an action can be kept there exactly where every other action has a
continuation worth at most u to it, so sets of results suffice and no profile is ever listed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import prod
from typing import Any

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL

Result = tuple[tuple[Fraction, ...], Any]
Counts = dict[Result, int]
Mix = Callable[[Sequence[tuple[Fraction, Any]]], Any]

MOST_RESULTS = 1_000_000


@dataclass(frozen=True, eq=False)
class Ranked:
    """Results of one child in the order of their worth to the mover above, and how many profiles come up to each."""

    results: tuple[Result, ...]
    worth: tuple[Fraction, ...]
    upto: tuple[int, ...]

    def at_most(self, payoff: Fraction) -> int:
        """Number of continuation profiles worth at most ``payoff`` to the mover."""
        place = bisect_right(self.worth, payoff)
        return self.upto[place - 1] if place else 0


@dataclass(frozen=True, eq=False)
class Continuations:
    """``counts[k]``: results at node k and their numbers of profiles; ``ranked[k]`` for children of a player's node;
    ``partial[k]`` at a chance node: the sums over its first 0, 1, ... children."""

    tree: ExtensiveGame
    counts: tuple[Counts, ...]
    ranked: dict[int, Ranked]
    partial: dict[int, tuple[Counts, ...]]


def continuations(
    tree: ExtensiveGame,
    caller: str,
    *,
    tag: Callable[[int], Any] = lambda k: None,
    mix: Mix = lambda parts: None,
    time_limit: float | Deadline | None = None,
) -> Continuations:
    """The table for every node, leaves first; ``tag`` of an end of play, ``mix`` of tags with their probabilities.

    ``mix`` is called with two parts at a time, the first a sum of those before (with probability 1).

    Raises
    ------
    UnsupportedGame
        Where an information set holds several nodes, or results exceed 1,000,000 in all (ties under many chance moves).
    OutOfTime
        After ``time_limit``, seconds or a deadline.
    """
    deadline = Deadline.of(time_limit)
    if not tree.perfect_information:
        place = next(place for place in tree.information_sets if len(place.nodes) > 1)
        raise UnsupportedGame(
            f"{caller} needs perfect information, and {tree.players[place.player]} cannot tell the nodes {place.nodes} "
            "apart; use subgame_perfect"
        )
    counts: list[Counts] = [{} for _ in tree.nodes]
    ranked: dict[int, Ranked] = {}
    partial: dict[int, tuple[Counts, ...]] = {}
    total = 0
    for k in range(len(tree.nodes) - 1, -1, -1):
        deadline.check()
        node = tree.nodes[k]
        if node.mover == TERMINAL:
            counts[k] = {(tree.totals[k], tag(k)): 1}
        elif node.mover == CHANCE:
            shares = tree.events[node.place].probabilities
            partial[k] = _sums([counts[c] for c in node.children], shares, mix, deadline)
            counts[k] = partial[k][-1]
            total += sum(map(len, partial[k]))
        else:
            for child in node.children:
                ranked[child] = _ranked(counts[child], node.mover)
            counts[k] = _supported([ranked[c] for c in node.children], counts, node.children, node.mover)
        total += len(counts[k])
        if total > MOST_RESULTS:
            raise UnsupportedGame(
                f"{caller}: more than {MOST_RESULTS} different results of subgame-perfect play from node {k} on; "
                "ties multiply under chance moves, so break them or cut the tree there"
            )
    return Continuations(tree, tuple(counts), ranked, partial)


def _ranked(counts: Counts, mover: int) -> Ranked:
    results = sorted(counts, key=lambda result: result[0][mover])
    return Ranked(
        tuple(results),
        tuple(payoffs[mover] for payoffs, _ in results),
        tuple(accumulate(counts[result] for result in results)),
    )


def _supported(below: list[Ranked], counts: list[Counts], children: tuple[int, ...], mover: int) -> Counts:
    """Results the mover may choose, with the numbers of profiles of all the subtrees that make it choose so."""
    out: Counts = {}
    floor = [ranked.worth[0] for ranked in below]
    needed = max(floor)
    for k, child in enumerate(children):
        for result, ways in counts[child].items():
            payoff = result[0][mover]
            if payoff >= needed:
                others = prod(ranked.at_most(payoff) for j, ranked in enumerate(below) if j != k)
                out[result] = out.get(result, 0) + ways * others
    return out


def _sums(parts: list[Counts], shares: Sequence[Fraction], mix: Mix, deadline: Deadline) -> tuple[Counts, ...]:
    out: list[Counts] = []
    for counts, share in zip(parts, shares):
        added: Counts = {}
        for (payoffs, tag), ways in counts.items():
            deadline.check()
            weighted = tuple(share * payoff for payoff in payoffs)
            if not out:
                result = (weighted, mix([(share, tag)]))
                added[result] = added.get(result, 0) + ways
                continue
            for (before, tags), times in out[-1].items():
                result = (tuple(a + b for a, b in zip(before, weighted)), mix([(Fraction(1), tags), (share, tag)]))
                added[result] = added.get(result, 0) + ways * times
            if len(added) > MOST_RESULTS:
                raise UnsupportedGame(f"more than {MOST_RESULTS} different results after a chance move; break the ties")
        out.append(added)
    return tuple(out)


def profile_number(table: Continuations, number: int) -> tuple[int, ...]:
    """The pure subgame-perfect profile with a given number, 0 .. count - 1: an action for each information set.

    Profiles are numbered by the results at the root in order, then by the mover's action, then by mixed radix through
    the subtrees, so that any of them can be had without listing those before.
    """
    tree = table.tree
    actions = [0] * len(tree.information_sets)
    results = iter(table.counts[0].items())
    result, ways = next(results)
    while number >= ways:
        number -= ways
        result, ways = next(results)
    waiting: list[tuple[int, Result, int]] = [(0, result, number)]
    while waiting:
        k, result, number = waiting.pop()
        node = tree.nodes[k]
        if node.mover == CHANCE:
            waiting.extend(_unmixed(table, k, result, number))
        elif node.mover != TERMINAL:
            actions[node.place], below = _chosen(table, k, result, number)
            waiting.extend(below)
    return tuple(actions)


def _chosen(table: Continuations, k: int, result: Result, number: int) -> tuple[int, list[tuple[int, Result, int]]]:
    """The action at a player's node, and the result and number of each subtree below."""
    node = table.tree.nodes[k]
    payoff = result[0][node.mover]
    for action, child in enumerate(node.children):
        ways = table.counts[child].get(result, 0)
        others = [(c, table.ranked[c]) for j, c in enumerate(node.children) if j != action]
        block = ways * prod(ranked.at_most(payoff) for _, ranked in others)
        if number < block:
            break
        number -= block
    number, inner = divmod(number, ways)
    below = [(child, result, inner)]
    for other, ranked in others:
        number, position = divmod(number, ranked.at_most(payoff))
        place = bisect_right(ranked.upto, position)
        below.append((other, ranked.results[place], position - (ranked.upto[place - 1] if place else 0)))
    return action, below


def _unmixed(table: Continuations, k: int, result: Result, number: int) -> list[tuple[int, Result, int]]:
    """Results and numbers of the children of a chance node that make up one of its results (tags are None here)."""
    node = table.tree.nodes[k]
    shares = table.tree.events[node.place].probabilities
    wanted = result[0]
    below = []
    for j in range(len(node.children) - 1, -1, -1):
        child, share = node.children[j], shares[j]
        for candidate, ways in table.counts[child].items():
            rest = tuple(a - share * b for a, b in zip(wanted, candidate[0]))
            times = table.partial[k][j - 1].get((rest, None), 0) if j else int(not any(rest))
            if number < ways * times:
                break
            number -= ways * times
        number, inner = divmod(number, ways)
        below.append((child, candidate, inner))
        wanted = rest
    return below
