"""What a tree is made of, and the checks that its parts fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, NamedTuple

from blamegame.errors import GameError

CHANCE, TERMINAL = -1, -2
"""Values of ``Node.mover`` that are not players."""
NONE = -1


class Node(NamedTuple):
    """One node.

    ``place`` is a position in ``information_sets`` (players) or ``events`` (chance), -1 at the end of play; ``branch``
    is the position of the action that leads here from ``parent``; ``outcome`` a position in ``outcomes`` or -1.
    """

    mover: int
    place: int
    outcome: int
    label: str
    parent: int
    branch: int
    children: tuple[int, ...]


class InformationSet(NamedTuple):
    """Nodes between which ``player`` cannot tell, and the actions there."""

    player: int
    label: str
    actions: tuple[str, ...]
    nodes: tuple[int, ...]


class Event(NamedTuple):
    """A move of chance, at one node or at several."""

    label: str
    actions: tuple[str, ...]
    probabilities: tuple[Fraction, ...]
    nodes: tuple[int, ...]


class Outcome(NamedTuple):
    """Payoffs collected wherever a node carries this outcome; they add up along the path."""

    label: str
    payoffs: tuple[Fraction, ...]


Move = tuple[int, int, int, str]
"""(mover, place, outcome, label) of one node."""


def checked_labels(labels: Iterable[str], what: str) -> tuple[str, ...]:
    names = (labels,) if isinstance(labels, str) else tuple(labels)
    if isinstance(labels, str) or not all(isinstance(name, str) for name in names):
        raise GameError(f"labels {labels!r} must be a sequence of text, one for each {what}")
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise GameError(f"{what} {twice!r} appears twice; labels must differ")
    return names


def checked_information_set(k: int, given: Any, n_players: int) -> tuple[int, str, tuple[str, ...]]:
    player, label, actions = given
    names = checked_labels(actions, f"action of information set {k} ({label!r})")
    if not names:
        raise GameError(f"information set {k} ({label!r}) has no actions")
    if not 0 <= player < n_players:
        raise GameError(f"information set {k} ({label!r}) belongs to player {player}; players are 0..{n_players - 1}")
    return player, str(label), names


def checked_event(k: int, given: Any) -> tuple[str, tuple[str, ...], tuple[Fraction, ...]]:
    label, actions, probabilities = given
    names = checked_labels(actions, f"action of event {k} ({label!r})")
    shares = tuple(_exact(p, f"a probability of event {k} ({label!r})") for p in probabilities)
    if len(shares) != len(names) or not names:
        raise GameError(f"event {k} ({label!r}) has {len(names)} actions and {len(shares)} probabilities")
    if min(shares) < 0 or sum(shares) != 1:
        shown = ", ".join(str(float(p)) if abs(p) < 10**15 else "a huge number" for p in shares[:20])
        raise GameError(
            f"event {k} ({label!r}): probabilities {shown} are not >= 0 with the sum exactly 1; "
            "write exact ones such as Fraction(1, 3)"
        )
    return str(label), names, shares


def checked_outcome(k: int, given: Any, players: tuple[str, ...]) -> Outcome:
    label, payoffs = given
    values = tuple(_exact(value, f"a payoff of outcome {k} ({label!r})") for value in payoffs)
    if len(values) != len(players):
        raise GameError(f"outcome {k} ({label!r}) has {len(values)} payoffs, the players are {players}")
    return Outcome(str(label), values)


def _exact(value: Any, what: str) -> Fraction:
    if type(value) is Fraction:
        return value
    try:
        if isinstance(value, str | complex) or (isinstance(value, float) and not isfinite(value)):
            raise TypeError
        return Fraction(value)
    except (TypeError, ValueError):
        raise GameError(f"{what} is {value!r}, not a finite number; give int, Fraction or float") from None


def first_seen(moves: Sequence[Move], place: Callable[[Move], int], count: int, what: str) -> list[int]:
    """New position of each of ``count`` things by first occurrence."""
    new: dict[int, int] = {}
    for k, move in enumerate(moves):
        if (old := place(move)) != NONE:
            if not 0 <= old < count:
                raise GameError(f"node {k} names {what} {old}; there are {count}")
            new.setdefault(old, len(new))
    if len(new) < count:
        missing = next(k for k in range(count) if k not in new)
        raise GameError(f"{what} {missing} occurs at no node; leave it out")
    return [new[k] for k in range(count)]


def inverse(order: list[int]) -> list[int]:
    return sorted(range(len(order)), key=order.__getitem__)


def linked_nodes(
    moves: Sequence[Move], order: list[list[int]], sets: Any, events: Any, n_players: int
) -> tuple[Node, ...]:
    """Nodes with their parents and children, from the preorder alone."""
    children: list[list[int]] = []
    parents: list[tuple[int, int]] = []
    unfinished: list[tuple[int, int]] = []  # nodes that still want children, and how many they have in all
    for k, (mover, _, _, label) in enumerate(moves):
        if k and not unfinished:
            raise GameError(f"node {k} ({label!r}) comes after the tree is complete; nodes stand in preorder")
        if unfinished:
            parent, wanted = unfinished[-1]
            parents.append((parent, len(children[parent])))
            children[parent].append(k)
            if len(children[parent]) == wanted:
                unfinished.pop()
        else:
            parents.append((NONE, NONE))
        children.append([])
        if mover != TERMINAL:
            unfinished.append((k, _width(k, moves[k], sets, events, n_players)))
    if unfinished or not moves:
        wanted = sum(width - len(children[k]) for k, width in unfinished)
        raise GameError(f"the tree ends after {len(moves)} nodes, {wanted} actions lead nowhere yet")
    return tuple(
        Node(
            mover,
            order[mover == CHANCE][place] if mover != TERMINAL else NONE,
            order[2][outcome] if outcome != NONE else NONE,
            str(label),
            *above,
            tuple(below),
        )
        for (mover, place, outcome, label), above, below in zip(moves, parents, children)
    )


def _width(k: int, move: Move, sets: Any, events: Any, n_players: int) -> int:
    """Number of actions at a node, after checking who moves there."""
    mover, place, _, label = move
    if mover != CHANCE and not 0 <= mover < n_players:
        problem = f"is moved by {mover}; players are 0..{n_players - 1}, chance is {CHANCE}, the end of play {TERMINAL}"
        raise GameError(f"node {k} ({label!r}) {problem}")
    if place == NONE:
        raise GameError(f"node {k} ({label!r}) names no information set or event")
    if mover != CHANCE and sets[place][0] != mover:
        raise GameError(f"node {k} ({label!r}) is moved by player {mover}, its information set by {sets[place][0]}")
    return len(events[place][1] if mover == CHANCE else sets[place][2])
