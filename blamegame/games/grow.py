"""Trees as one writes them: decisions, chance moves and ends inside one another, grown into an extensive game."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

from blamegame.errors import GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL, Move


@dataclass(frozen=True, eq=False, repr=False)
class Decision:
    """``player`` chooses among the keys of ``then``; nodes with the same ``known_as`` are one information set.

    Without ``known_as`` the node is an information set of its own. ``label`` names the information set.
    """

    player: str
    then: Mapping[str, Branch]
    known_as: Hashable = None
    label: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Chance:
    """Chance chooses among the keys of ``then``: ``{action: (probability, what follows)}``, exact probabilities."""

    then: Mapping[str, tuple[Any, Branch]]
    label: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class End:
    """The end of play: what every player gets, in the order of the players."""

    payoffs: Sequence[Any]
    label: str = ""


Branch = Union[Decision, Chance, End]  # noqa: UP007  # a forward reference inside the classes above


def grow(players: Sequence[str], root: Branch, *, title: str = "") -> ExtensiveGame:
    """The extensive game of a nested description.

    Raises
    ------
    GameError
        For an unknown player, different actions inside one information set, or anything :class:`ExtensiveGame` refuses.

    Examples
    --------
    >>> tree = grow(
    ...     ["upper", "lower"],
    ...     Decision("upper", {
    ...         "assist": Decision("lower", {"work": End([2, 2]), "escalate": End([0, 1])}),
    ...         "push": End([1, 0]),
    ...     }),
    ... )
    >>> print(tree)
    upper
    ├─ assist → lower
    │  ├─ work → (2, 2)
    │  └─ escalate → (0, 1)
    └─ push → (1, 0)
    """
    number = {name: k for k, name in enumerate(players)}
    moves: list[Move] = []
    sets: list[tuple[int, str, tuple[str, ...]]] = []
    events: list[tuple[str, tuple[str, ...], tuple[Any, ...]]] = []
    outcomes: list[tuple[str, Sequence[Any]]] = []
    known: dict[tuple[str, Hashable], int] = {}
    waiting: list[Branch] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, End):
            moves.append((TERMINAL, NONE, len(outcomes), ""))
            outcomes.append((node.label, tuple(node.payoffs)))
            continue
        actions = tuple(node.then) if isinstance(node, Decision | Chance) else ()
        if isinstance(node, Decision):
            if node.player not in number:
                raise GameError(f"{node.player!r} is not one of the players {tuple(players)}")
            key = (node.player, ("alone", len(moves)) if node.known_as is None else ("set", node.known_as))
            place = known.setdefault(key, len(sets))
            if place == len(sets):
                sets.append((number[node.player], node.label, actions))
            elif sets[place][2] != actions:
                raise GameError(
                    f"the information set {node.known_as!r} of {node.player} has actions {sets[place][2]} at one node "
                    f"and {actions} at another; whoever cannot tell nodes apart has the same actions at both"
                )
            moves.append((number[node.player], place, NONE, ""))
            waiting.extend(reversed(list(node.then.values())))
        elif isinstance(node, Chance):
            moves.append((CHANCE, len(events), NONE, ""))
            events.append((node.label, actions, tuple(share for share, _ in node.then.values())))
            waiting.extend(follows for _, follows in reversed(list(node.then.values())))
        else:
            raise GameError(f"{node!r} is not a Decision, Chance or End")
    return ExtensiveGame(players, moves, sets, events, outcomes, title)
