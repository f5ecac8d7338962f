"""Bounds on what subgame-perfect play leads to in a tree with perfect information, mixing at ties included."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, TERMINAL


def mixed_bounds(tree: ExtensiveGame, chance_at: Callable[[int], Fraction]) -> tuple[Fraction, Fraction]:
    """Bounds on the expectation of a number at the ends of play, over every subgame-perfect equilibrium.

    Parameters
    ----------
    tree : perfect information
    chance_at : the number at each end of play, such as 1 inside an event and 0 elsewhere

    Notes
    -----
    Backward induction with an interval for each player's payoff at each node: an action may be played, alone or in a
    mixture, only if the most it can be worth to the mover is at least the least that every other action is worth.
    Without ties every interval is a point, and the bounds are equal and exact. With ties they may be wide: payoffs of
    one node are bounded one by one, though they occur together.

    Examples
    --------
    The second player is indifferent, and the first goes on as long as "r" has probability 1/2 or less:

    >>> from blamegame.games.grow import Decision, End, grow
    >>> then = Decision("2", {"l": End([2, 0]), "r": End([0, 0])})
    >>> tie = grow(["1", "2"], Decision("1", {"a": then, "b": End([1, 1])}))
    >>> [str(bound) for bound in mixed_bounds(tie, lambda k: Fraction(k == 3))]
    ['0', '1']
    """
    count = len(tree.nodes)
    low: list[tuple[Fraction, ...]] = [()] * count  # the players' payoffs, then the number
    high: list[tuple[Fraction, ...]] = [()] * count
    for k in range(count - 1, -1, -1):
        node = tree.nodes[k]
        if node.mover == TERMINAL:
            low[k] = high[k] = (*tree.totals[k], chance_at(k))
        elif node.mover == CHANCE:
            shares = tree.events[node.place].probabilities
            for ends in (low, high):
                below = [tuple(share * x for x in ends[c]) for share, c in zip(shares, node.children)]
                ends[k] = tuple(sum(column, Fraction(0)) for column in zip(*below))
        else:
            least = max(low[c][node.mover] for c in node.children)
            possible = [c for c in node.children if high[c][node.mover] >= least]
            lowest = [min(x) for x in zip(*(low[c] for c in possible))]
            lowest[node.mover] = least
            low[k] = tuple(lowest)
            high[k] = tuple(max(x) for x in zip(*(high[c] for c in possible)))
    return low[0][-1], high[0][-1]
