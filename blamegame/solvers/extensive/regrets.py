"""Whether a behaviour profile is a subgame-perfect equilibrium, exactly, and what is gained where by deviating."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from blamegame.errors import GameError
from blamegame.games.behaviour import Behaviour, branch_probabilities, check_behaviour, node_values, reach_probabilities
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.recall import require_perfect_recall
from blamegame.games.subgames import subgame_roots
from blamegame.games.tree_parts import TERMINAL


def subgame_regrets(tree: ExtensiveGame, profile: Sequence[Any]) -> dict[int, tuple[Fraction, ...]]:
    """For the root of each proper subgame: every player's gain from its best deviation inside that subgame.

    A deviation may be anything before the next subgames start; in those, play stays as it is. All gains are zero
    exactly where the profile is a subgame-perfect equilibrium, by induction from the smallest subgames up.

    >>> from blamegame.games.behaviour import pure_behaviour
    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1", "2"], Decision("1", {"in": Decision("2", {"a": End([1, 1]), "b": End([0, 0])}),
    ...                                         "out": End([Fraction(1, 2), 2])}))
    >>> {root: [str(gain) for gain in gains] for root, gains in subgame_regrets(tree, ([0, 1], [0, 1])).items()}
    {0: ['0', '0'], 1: ['0', '1']}
    """
    require_perfect_recall(tree.recall, "subgame_regrets")
    strategies = check_behaviour(tree, profile)
    values = node_values(tree, strategies)
    roots = subgame_roots(tree)
    starts = set(roots)
    return {root: _regrets_in(tree, strategies, values, root, starts) for root in roots}


def is_subgame_perfect(tree: ExtensiveGame, profile: Sequence[Any]) -> bool:
    """Whether no player can gain in any subgame, exactly."""
    return not any(gain for gains in subgame_regrets(tree, profile).values() for gain in gains)


def is_nash(tree: ExtensiveGame, profile: Sequence[Any]) -> bool:
    """Whether no player can gain from any deviation in the whole game, exactly."""
    require_perfect_recall(tree.recall, "is_nash")
    strategies = check_behaviour(tree, profile)
    return not any(_regrets_in(tree, strategies, list(tree.totals), 0, {0}))


def _regrets_in(
    tree: ExtensiveGame, profile: Behaviour, values: list[tuple[Fraction, ...]], root: int, starts: set[int]
) -> tuple[Fraction, ...]:
    """Gains of best deviations between ``root`` and the ends or the next subgames, whose ``values`` are given."""
    recall = tree.recall
    best: list[dict[int, Fraction]] = [{} for _ in tree.players]  # by sequence: what follows it, weighted by the others
    played = [Fraction(0)] * tree.n_players
    own: list[dict[int, int]] = [{} for _ in tree.players]  # information sets seen, and the sequence before each
    waiting: list[tuple[int, tuple[Fraction, ...], Fraction]] = [(root, (Fraction(1),) * tree.n_players, Fraction(1))]
    while waiting:
        k, weights, reach = waiting.pop()
        node = tree.nodes[k]
        if node.mover == TERMINAL or (k != root and k in starts):
            for i in range(tree.n_players):
                if weights[i]:
                    sequence = recall.last[k][i]
                    best[i][sequence] = best[i].get(sequence, Fraction(0)) + weights[i] * values[k][i]
                    played[i] += reach * values[k][i]
            continue
        if node.mover >= 0:
            own[node.mover][node.place] = recall.before[node.place]
        for child, share in zip(node.children, branch_probabilities(tree, profile, k)):
            below = tuple(w if i == node.mover else w * share for i, w in enumerate(weights))
            if any(below):
                waiting.append((child, below, reach * share))
    gains = []
    for i in range(tree.n_players):
        for place in sorted(own[i], reverse=True):
            first = recall.first[place]
            options = [best[i].get(first + a, Fraction(0)) for a in range(len(tree.information_sets[place].actions))]
            before = own[i][place]
            best[i][before] = best[i].get(before, Fraction(0)) + max(options)
        gains.append(best[i].get(recall.last[root][i], Fraction(0)) - played[i])
    return tuple(gains)


def information_set_regrets(
    tree: ExtensiveGame, profile: Sequence[Any], beliefs: Sequence[Any] | None = None
) -> tuple[Fraction | None, ...]:
    """For each information set: what its mover, there, gains from its best action over what the profile plays there.

    Play after that action follows the profile. Beliefs over the nodes come from the profile where it reaches the set,
    are certain where the set holds one node, and come from ``beliefs`` otherwise (one probability vector per set; used
    only there); without them the entry is None. An assessment is sequentially rational exactly where all entries are
    zero (one-shot deviations suffice under perfect recall); whether beliefs are consistent is not checked.

    References
    ----------
    Kreps and Wilson (1982), "Sequential equilibria", Econometrica 50.
    """
    require_perfect_recall(tree.recall, "information_set_regrets")
    strategies = check_behaviour(tree, profile)
    if beliefs is not None and len(beliefs) != len(tree.information_sets):
        raise GameError(f"{len(beliefs)} beliefs are given, the tree has {len(tree.information_sets)} information sets")
    values = node_values(tree, strategies)
    reach = reach_probabilities(tree, strategies)
    out: list[Fraction | None] = []
    for number, place in enumerate(tree.information_sets):
        weights = [reach[k] for k in place.nodes]
        if not any(weights):
            if len(weights) == 1:
                weights = [Fraction(1)]
            elif beliefs is None:
                out.append(None)
                continue
            else:
                weights = _belief(tree, number, beliefs[number])
        action_values = [
            sum(
                (w * values[tree.nodes[k].children[a]][place.player] for w, k in zip(weights, place.nodes)), Fraction(0)
            )
            for a in range(len(place.actions))
        ]
        now = sum((p * v for p, v in zip(strategies[number].tolist(), action_values)), Fraction(0))
        out.append((max(action_values) - now) / sum(weights))
    return tuple(out)


def _belief(tree: ExtensiveGame, number: int, given: Any) -> list[Fraction]:
    place = tree.information_sets[number]
    weights = [Fraction(p) for p in given]
    if len(weights) != len(place.nodes) or min(weights) < 0 or sum(weights) != 1:
        raise GameError(
            f"the beliefs {[str(p) for p in weights]} at information set {number} ({place.label!r}) are not an exact "
            f"probability vector over its {len(place.nodes)} nodes"
        )
    return weights
