"""Strategic complements on a network, checked: an order of each role's actions in which best replies rise together."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.elimination import Survivors, survivors_at

Order = tuple[int, ...]
"""Action positions of one role from the lowest to the highest."""


def complementary_orders(game: HypergraphicalGame, kept: Array | None = None) -> tuple[Order, ...] | None:
    """An order of the actions of every role under which every local game has increasing differences; None if none has.

    Each player's gain from a higher action then rises in everyone else's action, in every local game and so in the
    sum. It is checked exactly, for each pair of positions of each different local game, on the actions ``kept``
    (default all): for chains, increasing differences in each pair is increasing differences in the profile. All
    permutations of each role's actions are tried, the labels' own order first; a player's order cannot differ from
    that of its role. The condition on every local game is sufficient, not necessary, for the sum.

    References
    ----------
    Topkis (1998), Supermodularity and Complementarity, theorem 2.6.2 and section 4.2.

    Examples
    --------
    >>> from blamegame.games.hypergraphical import LocalGames
    >>> def pair(table):
    ...     return HypergraphicalGame(
    ...         (("a", "b"), ("a", "b")),
    ...         np.array([0, 1]),
    ...         (LocalGames(np.array([[0, 1]]), np.array([0]), np.array([table])),),
    ...     )
    >>> complementary_orders(pair([[[1, 0], [0, 1]], [[1, 0], [0, 1]]]))
    ((0, 1), (0, 1))
    >>> complementary_orders(pair([[[0, 1], [1, 0]], [[0, 1], [1, 0]]]))  # a game of chicken: turn one order round
    ((0, 1), (1, 0))
    >>> complementary_orders(pair([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])) is None  # matching pennies
    True
    """
    if kept is None:
        kept = np.arange(max(map(len, game.actions))) < game.n_actions[:, None]
    tables: dict[tuple[int, int], list[tuple[Array, int, int, Survivors]]] = {}
    for group, integers in zip(game.groups, game.integers):
        kinds, _ = survivors_at(game, group, kept)
        for one in range(group.size):
            for other in range(group.size):
                if one != other:
                    roles = game.role_at(group, one), game.role_at(group, other)
                    found = tables.setdefault(roles, [])
                    found.extend((integers[survivors[0], one], one, other, survivors) for survivors in kinds)
    return _backtrack(game, tables)


def _backtrack(
    game: HypergraphicalGame, tables: dict[tuple[int, int], list[tuple[Array, int, int, Survivors]]]
) -> tuple[Order, ...] | None:
    """Orders role by role, each checked against those before it."""
    known: dict[tuple[int, int, Order, Order], bool] = {}

    def agree(role: int, other: int, order: Order, order_of_other: Order) -> bool:
        key = role, other, order, order_of_other
        if key not in known:
            known[key] = all(
                _rises(table, at, against, order, order_of_other, survivors)
                for table, at, against, survivors in tables.get((role, other), ())
            )
        return known[key]

    choices = [list(permutations(range(len(labels)))) for labels in game.actions]
    chosen: list[Order] = []
    tried = [0] * len(choices)
    while len(chosen) < len(choices):
        role = len(chosen)
        if tried[role] == len(choices[role]):
            tried[role] = 0
            if not chosen:
                return None
            chosen.pop()
            continue
        order = choices[role][tried[role]]
        tried[role] += 1
        before = [*enumerate(chosen), (role, order)]
        if all(agree(role, r, order, o) and agree(r, role, o, order) for r, o in before):
            chosen.append(order)
    return tuple(chosen)


def _rises(table: Array, at: int, against: int, order: Order, other: Order, survivors: Survivors) -> bool:
    """Whether the gain from a higher action at one position never falls in the action at another, the rest fixed."""
    kept = [list(actions) for actions in survivors[1]]
    kept[at] = sorted(kept[at], key=order.index)
    kept[against] = sorted(kept[against], key=other.index)
    differences = np.diff(np.diff(table[np.ix_(*kept)], axis=at), axis=against)
    return all(value >= 0 for value in differences.ravel().tolist())
