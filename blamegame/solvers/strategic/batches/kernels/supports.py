"""Subsets of a few actions as bit masks: bit i is action i."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np

from blamegame.games.strategic import Array


@lru_cache(maxsize=16)
def subset_tables(n_actions: int) -> tuple[Array, Array, Array]:
    """Masks by size in increasing order, how many subsets of size k some n actions have, and the members of each mask.

    The subsets of the first n actions come first, so one table serves every smaller number of actions.

    >>> masks, choose, members = subset_tables(3)
    >>> masks[2, : choose[3, 2]].tolist(), members[0b101, :2].tolist()
    ([3, 5, 6], [0, 2])
    """
    sizes = range(n_actions + 1)
    by_size = [sorted(sum(1 << i for i in c) for c in combinations(range(n_actions), k)) for k in sizes]
    masks = np.zeros((n_actions + 1, max(len(s) for s in by_size)), dtype=np.int64)
    choose = np.zeros((n_actions + 1, n_actions + 1), dtype=np.int64)
    members = np.zeros((1 << n_actions, n_actions), dtype=np.int64)
    for k, subsets in enumerate(by_size):
        masks[k, : len(subsets)] = subsets
        for n in sizes:
            choose[n, k] = sum(1 for s in subsets if s < 1 << n)
    for mask in range(1 << n_actions):
        inside = [i for i in range(n_actions) if mask >> i & 1]
        members[mask, : len(inside)] = inside
    return masks, choose, members
