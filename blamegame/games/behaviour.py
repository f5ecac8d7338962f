"""Behaviour strategies: a probability for each action of each information set, and what they lead to; all exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from blamegame.errors import GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.strategic import Array, object_array
from blamegame.games.tree_parts import CHANCE, TERMINAL

Behaviour: TypeAlias = tuple[Array, ...]
"""One probability vector for each information set of a tree, in its order; Fractions where exact."""


def pure_behaviour(tree: ExtensiveGame, actions: Sequence[int | str] | Mapping[str, int | str]) -> Behaviour:
    """One action, by position or name, for each information set in order; or by the information sets' labels.

    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["1"], Decision("1", {"a": End([1]), "b": End([0])}, label="start"))
    >>> pure_behaviour(tree, {"start": "b"})[0].tolist()
    [Fraction(0, 1), Fraction(1, 1)]
    """
    labels = [place.label for place in tree.information_sets]
    if isinstance(actions, Mapping):
        if sorted(actions) != sorted(labels):
            raise GameError(f"actions are given at {sorted(actions)}, the information sets are {sorted(labels)}")
        actions = [actions[label] for label in labels]
    if len(actions) != len(labels):
        raise GameError(f"{len(actions)} actions are given, the tree has {len(labels)} information sets")
    out = []
    for place, action in zip(tree.information_sets, actions):
        if isinstance(action, str):
            if action not in place.actions:
                raise GameError(f"{action!r} is not an action at {place.label!r}; its actions are {place.actions}")
            action = place.actions.index(action)
        out.append(unit(len(place.actions), action))
    return tuple(out)


def unit(n_actions: int, action: int) -> Array:
    """The strategy that plays one action for sure."""
    out = object_array([Fraction(int(k == action)) for k in range(n_actions)])
    out.setflags(write=False)
    return out


def check_behaviour(tree: ExtensiveGame, profile: Sequence[Any]) -> Behaviour:
    """``profile`` as arrays of Fractions, after checking shapes and that each is a probability vector exactly.

    Floats become the rationals they store and must add up exactly; decimals such as 0.1 and 0.9 are Fractions' work.
    """
    if len(profile) != len(tree.information_sets):
        raise GameError(
            f"a behaviour profile needs {len(tree.information_sets)} strategies, one per information set; "
            f"this one has {len(profile)}"
        )
    out = []
    for k, (place, strategy) in enumerate(zip(tree.information_sets, profile)):
        values = [Fraction(value) for value in np.asarray(strategy, dtype=object).ravel().tolist()]
        if len(values) != len(place.actions) or min(values) < 0 or sum(values) != 1:
            shown = [str(value) for value in values]
            raise GameError(
                f"the strategy {shown} at information set {k} ({place.label!r}) is not an exact probability vector "
                f"over its actions {place.actions}"
            )
        out.append(object_array(values))
    return tuple(out)


def branch_probabilities(tree: ExtensiveGame, profile: Behaviour, position: int) -> Sequence[Fraction]:
    """Probability of each action at a node."""
    node = tree.nodes[position]
    if node.mover == TERMINAL:
        return ()
    if node.mover == CHANCE:
        return tree.events[node.place].probabilities
    shares: list[Fraction] = profile[node.place].tolist()
    return shares


def reach_probabilities(tree: ExtensiveGame, profile: Behaviour) -> list[Fraction]:
    """Probability that play passes each node, shape [n_nodes]."""
    out = [Fraction(0)] * len(tree.nodes)
    out[0] = Fraction(1)
    for k, node in enumerate(tree.nodes):
        if out[k]:
            for child, share in zip(node.children, branch_probabilities(tree, profile, k)):
                out[child] = out[k] * share
    return out


def node_values(tree: ExtensiveGame, profile: Behaviour) -> list[tuple[Fraction, ...]]:
    """Expected payoffs of every player once play is at each node, payoffs collected before included."""
    out: list[tuple[Fraction, ...]] = list(tree.totals)
    for k in range(len(tree.nodes) - 1, -1, -1):
        children = tree.nodes[k].children
        if children:
            shares = branch_probabilities(tree, profile, k)
            played = [(share, out[child]) for share, child in zip(shares, children) if share]
            out[k] = tuple(sum((s * value[i] for s, value in played), Fraction(0)) for i in range(tree.n_players))
    return out


def event_probability_of(tree: ExtensiveGame, profile: Behaviour, terminals: Sequence[int]) -> Fraction:
    """Probability that play ends at one of ``terminals``."""
    reach = reach_probabilities(tree, profile)
    return sum((reach[k] for k in terminals), Fraction(0))
