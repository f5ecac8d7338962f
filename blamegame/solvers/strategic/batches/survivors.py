"""Actions that may be played in some equilibrium of each game of a batch: what is surely strictly dominated goes."""

from __future__ import annotations

import numpy as np

from blamegame.games.batch import Batch
from blamegame.games.strategic import Array
from blamegame.solvers.strategic.batch import in_chunks

ROUNDING = 1e-13
"""Of a player's largest payoff: more than a difference of payoffs may be off in a game that is rounded."""

_CHUNK = 4096
_MOST_BITS = 62


def survivors(batch: Batch) -> tuple[Array, ...]:
    """Which actions of each player survive iterated strict dominance, one bool array [games, n_i] for each player.

    Only what is *surely* dominated goes: every equilibrium, mixed or correlated, of the exact game plays surviving
    actions only. An action that is dominated by a margin too small for floats stays.

    Notes
    -----
    Of two players dominance by mixtures (:mod:`.kernels.rationalizable`), of more dominance by another action.

    Examples
    --------
    >>> from blamegame.games.batch import as_batch
    >>> dilemma = [[[3, 0], [5, 1]], [[3, 5], [0, 1]]]
    >>> [kept.tolist() for kept in survivors(as_batch(dilemma))]
    [[[False, True]], [[False, True]]]
    """
    sizes = batch.n_actions
    if len(sizes) == 2 and max(sizes) <= _MOST_BITS:
        return _by_mixtures(batch)
    return _by_actions(batch)


def _by_mixtures(batch: Batch) -> tuple[Array, ...]:
    from blamegame.solvers.strategic.batches.kernels.rationalizable import surviving_chunk

    parts = in_chunks(lambda part: surviving_chunk(batch.payoffs[part], batch.rounded[part]), len(batch), None, _CHUNK)
    masks = np.concatenate([part[0] for part in parts])
    return tuple((masks[:, [player]] >> np.arange(count) & 1) == 1 for player, count in enumerate(batch.n_actions))


def _by_actions(batch: Batch) -> tuple[Array, ...]:
    n_games, sizes = len(batch), batch.n_actions
    own = [  # [games, own action, cell of the others]
        np.moveaxis(batch.payoffs[:, player], player + 1, 1).reshape(n_games, count, -1)
        for player, count in enumerate(sizes)
    ]
    unsure = [ROUNDING * np.abs(table).max(axis=(1, 2)) * batch.rounded for table in own]
    better = [
        {
            (a, b): table[:, a] > table[:, b] + margin[:, None]
            for a in range(table.shape[1])
            for b in range(table.shape[1])
            if a != b
        }
        for table, margin in zip(own, unsure)
    ]
    kept = [np.ones((n_games, count), dtype=bool) for count in sizes]
    changed = True
    while changed:
        changed = False
        for player in range(len(sizes)):
            unplayed = ~_cells(kept, player)
            for (a, b), wins in better[player].items():
                beaten = kept[player][:, a] & kept[player][:, b] & (wins | unplayed).all(axis=1)
                if beaten.any():
                    kept[player][beaten, b] = False
                    changed = True
    return tuple(kept)


def _cells(kept: list[Array], player: int) -> Array:
    """Which cells of the others are made of surviving actions, bool [games, cells], in C order."""
    cells = np.ones((len(kept[0]), 1), dtype=bool)
    for other, mask in enumerate(kept):
        if other != player:
            cells = (cells[:, :, None] & mask[:, None, :]).reshape(len(cells), -1)
    return cells
