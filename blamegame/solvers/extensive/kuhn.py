"""Mixed strategies and behaviour strategies of a player with perfect recall turned into one another (Kuhn 1953).

Both go through the realisation plan: the weight that the player itself puts on each of its sequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from blamegame.errors import GameError
from blamegame.games.behaviour import Behaviour
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.recall import require_perfect_recall
from blamegame.games.strategic import Array, object_array
from blamegame.solvers.extensive.reduced_form import plans_by_sequence, reduced_plans


def to_mixed(tree: ExtensiveGame, player: int, strategies: Sequence[Any]) -> Array:
    """The mixed strategy over ``reduced_plans(tree, player)`` that plays as a behaviour strategy does.

    ``strategies`` holds one probability vector for each of the player's information sets, in order.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1"], Decision("1", {"a": End([1]), "b": Decision("1", {"c": End([0]), "d": End([2])})}))
    >>> [str(p) for p in to_mixed(tree, 0, [[Fraction(1, 2), Fraction(1, 2)], [Fraction(1, 3), Fraction(2, 3)]])]
    ['1/2', '1/6', '1/3']
    """
    require_perfect_recall(tree.recall, "to_mixed")
    own = _own(tree, player)
    if [len(s) for s in strategies] != [len(tree.information_sets[k].actions) for k in own]:
        raise GameError(
            f"{tree.players[player]} has {len(own)} information sets; give one strategy over each one's actions"
        )
    weights = []
    for plan in reduced_plans(tree, player):
        weight = Fraction(1)
        for strategy, action in zip(strategies, plan):
            if action >= 0:
                weight *= Fraction(strategy[action])
        weights.append(weight)
    return object_array(weights)


def to_behaviour(tree: ExtensiveGame, player: int, mixed: Sequence[Any]) -> Behaviour:
    """The behaviour strategy, one vector for each of the player's information sets, that plays as a mixed one does.

    Where the mixed strategy never gets, any behaviour would do: the first action is played.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1"], Decision("1", {"a": End([1]), "b": Decision("1", {"c": End([0]), "d": End([2])})}))
    >>> mixed = [Fraction(1, 2), Fraction(1, 6), Fraction(1, 3)]
    >>> [[str(p) for p in strategy] for strategy in to_behaviour(tree, 0, mixed)]
    [['1/2', '1/2'], ['1/3', '2/3']]
    """
    require_perfect_recall(tree.recall, "to_behaviour")
    plans = reduced_plans(tree, player)
    if len(mixed) != len(plans):
        raise GameError(f"{tree.players[player]} has {len(plans)} plans, the mixed strategy has {len(mixed)} weights")
    weights = [Fraction(w) for w in mixed]
    plan = [sum((weights[k] for k in carriers), Fraction(0)) for carriers in plans_by_sequence(tree, player, plans)]
    return behaviour_of_plan(tree, player, plan)


def behaviour_of_plan(tree: ExtensiveGame, player: int, realisation: Sequence[Fraction]) -> Behaviour:
    """The behaviour strategy of a realisation plan, shape [n_sequences of the player]."""
    out = []
    for k in _own(tree, player):
        first, n_actions = tree.recall.first[k], len(tree.information_sets[k].actions)
        total = realisation[tree.recall.before[k]]
        shares = [realisation[first + a] / total for a in range(n_actions)] if total else [Fraction(1)]
        vector = object_array(shares + [Fraction(0)] * (n_actions - len(shares)))
        vector.setflags(write=False)
        out.append(vector)
    return tuple(out)


def joined(tree: ExtensiveGame, by_player: Sequence[Behaviour]) -> Behaviour:
    """One behaviour profile from every player's strategies, in the order of the tree's information sets."""
    each = [iter(strategies) for strategies in by_player]
    return tuple(next(each[place.player]) for place in tree.information_sets)


def _own(tree: ExtensiveGame, player: int) -> list[int]:
    return [k for k, place in enumerate(tree.information_sets) if place.player == player]
