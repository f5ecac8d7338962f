"""Random trees for tests: few payoff values, so that ties are common; perfect recall by construction."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL, Move


def random_tree(
    rng: random.Random,
    *,
    players: int = 2,
    depth: int = 3,
    widest: int = 3,
    hidden: float = 0.5,
    chance: float = 0.2,
    payoffs: int = 3,
    zero_sum: bool = False,
) -> ExtensiveGame:
    """A tree of at most ``depth`` moves; ends of play pay 0 .. payoffs - 1 to each player.

    Parameters
    ----------
    hidden : chance that a node joins an information set its mover already has, where perfect recall allows that;
        0 gives perfect information
    chance : chance that a node is a move of nature
    zero_sum : whether player 2 gets what player 1 loses (two players)

    Examples
    --------
    >>> tree = random_tree(random.Random(1), hidden=0)
    >>> tree.perfect_information, tree.perfect_recall
    (True, True)
    """
    moves: list[Move] = []
    sets: list[tuple[int, str, list[str]]] = []
    events: list[tuple[str, list[str], list[Fraction]]] = []
    outcomes: list[tuple[str, list[int]]] = []
    groups: dict[Any, list[int]] = {}
    # a node is its depth and, for each player, its last information set and action on the way there
    waiting: list[tuple[int, tuple[tuple[int, int], ...]]] = [(0, ((NONE, NONE),) * players)]
    while waiting:
        level, past = waiting.pop()
        if level == depth or (level and rng.random() < 0.2):
            row = [rng.randrange(payoffs) for _ in range(players)]
            moves.append((TERMINAL, NONE, len(outcomes), ""))
            outcomes.append((f"o{len(outcomes)}", [row[0], -row[0]] if zero_sum else row))
            continue
        width = rng.randint(1 if rng.random() < 0.2 else 2, widest)
        labels = [f"a{k}" for k in range(width)]
        if rng.random() < chance:
            weights = [rng.randint(0, 2) for _ in labels]
            weights[rng.randrange(width)] += 1
            moves.append((CHANCE, len(events), NONE, ""))
            events.append((f"e{len(events)}", labels, [Fraction(w, sum(weights)) for w in weights]))
            waiting.extend((level + 1, past) for _ in labels)
            continue
        mover = rng.randrange(players)
        group = groups.setdefault((mover, width, past[mover]), [])
        if group and rng.random() < hidden:
            place = rng.choice(group)
        else:
            place = len(sets)
            group.append(place)
            sets.append((mover, f"s{place}", labels))
        moves.append((mover, place, NONE, ""))
        after = [(*past[:mover], (place, k), *past[mover + 1 :]) for k in range(width)]
        waiting.extend((level + 1, own) for own in reversed(after))
    names = [str(k + 1) for k in range(players)]
    return ExtensiveGame(names, moves, sets, events, outcomes)
