"""The reduced strategic form of a tree: one strategy per plan that differs in how it can be carried out."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np

from blamegame.errors import UnsupportedGame
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.recall import require_perfect_recall
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.tree_parts import CHANCE

MOST_PAYOFFS = 1_000_000
Plan = tuple[int, ...]
"""For each information set of one player, in order: the action planned there, or -1 where the plan never gets there."""


def reduced_strategic_form(tree: ExtensiveGame) -> StrategicGame:
    """The strategic game in which a player's actions are its plans; moves that its own plan rules out are left open.

    A plan is named by its actions in the order of the player's information sets, ``*`` where it never gets; so a player
    with one information set keeps its actions' names. Payoffs are exact expectations over chance.

    Raises
    ------
    UnsupportedGame
        Without perfect recall, or beyond 1,000,000 payoffs (the number of plans grows exponentially).

    References
    ----------
    Kuhn (1953), "Extensive games and the problem of information". von Stengel (1996), "Efficient computation of
    behavior strategies", Games and Economic Behavior 14.

    Examples
    --------
    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1", "2"], Decision("1", {
    ...     "in": Decision("2", {"l": Decision("1", {"x": End([2, 0]), "y": End([0, 2])}), "r": End([1, 1])}),
    ...     "out": End([1, 0]),
    ... }))
    >>> game = reduced_strategic_form(tree)
    >>> game.actions
    (('in,x', 'in,y', 'out,*'), ('l', 'r'))
    >>> game.payoffs[0, 0, 0]
    Fraction(2, 1)
    """
    require_perfect_recall(tree.recall, "reduced_strategic_form")
    sizes = [plan_count(tree, player) for player in range(tree.n_players)]
    if prod(sizes) * tree.n_players > MOST_PAYOFFS:
        raise UnsupportedGame(
            f"the reduced strategic form has {' x '.join(map(_short, sizes))} plans, more than {MOST_PAYOFFS} payoffs; "
            "use sequence_form_nash (two players) or backward_induction (perfect information)"
        )
    plans = [reduced_plans(tree, player) for player in range(tree.n_players)]
    reaching = [plans_by_sequence(tree, player, plans[player]) for player in range(tree.n_players)]
    payoffs = np.full((tree.n_players, *sizes), Fraction(0), dtype=object)
    for terminal, share in zip(tree.terminals, chance_weights(tree)):
        if share:
            cells = np.ix_(*(r[s] for r, s in zip(reaching, tree.recall.last[terminal])))
            for player, payoff in enumerate(tree.totals[terminal]):
                if payoff:
                    payoffs[player][cells] += share * payoff
    return StrategicGame(payoffs, tree.players, [_names(tree, i, plans[i]) for i in range(tree.n_players)])


def plan_chances(tree: ExtensiveGame, ends: Iterable[int]) -> Array:
    """How likely each profile of plans leads play to one of ``ends``, exact, over the cells of the reduced form.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1", "2"], Decision("1", {"in": Decision("2", {"l": End([2, 0]), "r": End([0, 2])}),
    ...                                        "out": End([1, 0])}))
    >>> plan_chances(tree, [2]).tolist()
    [[Fraction(1, 1), Fraction(0, 1)], [Fraction(0, 1), Fraction(0, 1)]]
    """
    plans = [reduced_plans(tree, player) for player in range(tree.n_players)]
    reaching = [plans_by_sequence(tree, player, plans[player]) for player in range(tree.n_players)]
    chances = np.full(tuple(map(len, plans)), Fraction(0), dtype=object)
    inside = frozenset(ends)
    for terminal, share in zip(tree.terminals, chance_weights(tree)):
        if terminal in inside and share:
            chances[np.ix_(*(r[s] for r, s in zip(reaching, tree.recall.last[terminal])))] += share
    return chances


def plan_count(tree: ExtensiveGame, player: int) -> int:
    """Number of a player's plans, without listing them."""
    after = _after(tree, player)
    ways: dict[int, int] = {}
    for sequence in sorted(after, reverse=True):
        ways[sequence] = prod(
            sum(ways[tree.recall.first[s] + a] for a in range(len(tree.information_sets[s].actions)))
            for s in after[sequence]
        )
    return ways[0]


def reduced_plans(tree: ExtensiveGame, player: int) -> list[Plan]:
    """A player's plans in lexicographic order of their actions at the information sets they get to."""
    after = _after(tree, player)
    own = [k for k, place in enumerate(tree.information_sets) if place.player == player]
    partial: dict[int, list[dict[int, int]]] = {}  # by sequence: the plans for everything after it
    for sequence in sorted(after, reverse=True):
        choices = [
            [{s: a, **rest} for a in range(len(tree.information_sets[s].actions)) for rest in partial.pop(first + a)]
            for s, first in ((s, tree.recall.first[s]) for s in after[sequence])
        ]
        partial[sequence] = [{k: v for part in parts for k, v in part.items()} for parts in product(*choices)]
    return [tuple(plan.get(s, -1) for s in own) for plan in partial[0]]


def chance_weights(tree: ExtensiveGame) -> list[Fraction]:
    """Probability that chance alone gives each end of play, shape [n_terminals]."""
    weight = [Fraction(1)] * len(tree.nodes)
    for k, node in enumerate(tree.nodes):
        shares = tree.events[node.place].probabilities if node.mover == CHANCE else ()
        for j, child in enumerate(node.children):
            weight[child] = weight[k] * shares[j] if shares else weight[k]
    return [weight[k] for k in tree.terminals]


def _after(tree: ExtensiveGame, player: int) -> dict[int, list[int]]:
    """Information sets of a player that come right after each of its sequences."""
    out: dict[int, list[int]] = {sequence: [] for sequence in range(tree.recall.counts[player])}
    for k, place in enumerate(tree.information_sets):
        if place.player == player:
            out[tree.recall.before[k]].append(k)
    return out


def plans_by_sequence(tree: ExtensiveGame, player: int, plans: list[Plan]) -> list[list[int]]:
    """For each sequence of a player, the plans that carry it out."""
    own = [k for k, place in enumerate(tree.information_sets) if place.player == player]
    out: list[list[int]] = [[] for _ in range(tree.recall.counts[player])]
    out[0] = list(range(len(plans)))
    for number, plan in enumerate(plans):
        for place, action in zip(own, plan):
            if action >= 0:
                out[tree.recall.first[place] + action].append(number)
    return out


def _names(tree: ExtensiveGame, player: int, plans: list[Plan]) -> list[str]:
    own = [place for place in tree.information_sets if place.player == player]
    if not own:
        return ["-"]
    names = [",".join("*" if a < 0 else p.actions[a] for p, a in zip(own, plan)) for plan in plans]
    if len(set(names)) < len(names):  # actions with commas or stars in their names
        return [",".join("*" if a < 0 else str(a + 1) for a in plan) for plan in plans]
    return names


def _short(count: int) -> str:
    return str(count) if count < 10**15 else f"2^{count.bit_length() - 1}"
