"""Complementary pairs of vertices of the two best-response polytopes: floats propose, integers dispose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from blamegame.games.strategic import Array
from blamegame.solvers.strategic.vertices.payoff_tables import Integers, PayoffTables
from blamegame.solvers.strategic.vertices.vertex_walk import ExactWalk, FloatWalk, label_words, mask_of

Checkpoint = Callable[[int, int], None]
_ENTRIES = 2_000_000  # of tableaus visited between two checkpoints: some tens of milliseconds
_COMPARISONS = 50_000_000  # of label sets, likewise


class Found(NamedTuple):
    """An extreme equilibrium, and the labels of both vertices as bit masks.

    Strategies are float arrays over all actions, or lists of Fractions over the surviving ones.

    Label i < m: the row is not played, or is a best response; label m + j likewise for column j.
    """

    first: Any
    second: Any
    first_labels: int
    second_labels: int


def complementary_vertices(
    tables: PayoffTables, exact: bool, checkpoint: Checkpoint, stats: dict[str, Any]
) -> Iterator[Found]:
    """Every extreme equilibrium of the game in ``tables``, each once; complete when it ends without an exception.

    ``checkpoint(visited, pending)`` is called several times a second and may raise to stop. ``stats["proof"]`` becomes
    ``"integers"`` where error bounds were not enough.
    """
    seen: set[tuple[int, int]] = set()
    m, n = tables.shape
    for player in (0, 1) if m <= n else (1, 0):
        if tables.units is None:
            break
        try:
            for found in _nondegenerate(tables, player, exact, checkpoint):
                if (found.first_labels, found.second_labels) not in seen:
                    seen.add((found.first_labels, found.second_labels))
                    yield found
            return
        except _Degenerate:
            pass
    stats["proof"] = "integers"
    for found in _degenerate(tables, exact, checkpoint):
        if (found.first_labels, found.second_labels) not in seen:
            yield found


class _Degenerate(Exception):
    """Error bounds cannot show that the polytope is simple and the partners unique."""


def _nondegenerate(tables: PayoffTables, player: int, exact: bool, checkpoint: Checkpoint) -> Iterator[Found]:
    """Walk over the polytope of ``player`` in floats and complete each vertex."""
    from blamegame.solvers.strategic.vertices.kernels import complements as kernel

    assert tables.units is not None
    own, other = tables.units[player], tables.units[1 - player]
    first_own, first_other = (0, len(own)) if player == 0 else (len(other), 0)
    walk = FloatWalk(other, first_own, first_other)
    better = kernel.better_replies(own) if own.shape[1] <= 64 else np.zeros((0, 0), dtype=np.uint64)
    raised = 1.0 + own
    positions = np.empty(1024, dtype=np.int64)
    looked_at, visits = 1, 1 + _ENTRIES // own.size
    while True:
        walk.advance(visits)
        if walk.failed:
            raise _Degenerate
        while looked_at < walk.count:
            found, looked_at = kernel.candidates(
                walk.masks, looked_at, walk.count, raised, better, first_own, first_other, positions
            )
            if found:
                yield from _settle(tables, player, exact, walk.masks, positions[:found], (first_own, first_other))
        checkpoint(walk.count - walk.pending, walk.pending)
        if walk.finished:
            break
    for position in walk.doubtful:
        support, tight = _split(walk.masks[position], (first_own, first_other), own.shape)
        if _vertex(tables.integers[1 - player], tight, support, strict=True) is None:
            raise _Degenerate


def _settle(
    tables: PayoffTables, player: int, exact: bool, masks: Array, positions: Array, firsts: tuple[int, int]
) -> Iterator[Found]:
    """The equilibria among candidate positions, proved by bounds or decided in rationals."""
    from blamegame.solvers.strategic.vertices.kernels import complements as kernel

    assert tables.units is not None
    own, other = tables.units[player], tables.units[1 - player]
    actions = (tables.rows, tables.columns)
    own_actions, other_actions = np.array(actions[player]), np.array(actions[1 - player])
    n_actions = tables.n_actions
    x = np.empty((len(positions), n_actions[player]))
    y = np.empty((len(positions), n_actions[1 - player]))
    proved = np.empty(len(positions), dtype=np.bool_)
    kernel.certain_pairs(
        masks, positions, own, other, *firsts, tables.scales[player], tables.scales[1 - player], own_actions,
        other_actions, x, y, proved,
    )  # fmt: skip
    x.setflags(write=False)
    y.setflags(write=False)
    every = (1 << own.shape[0] + own.shape[1]) - 1
    found = zip(positions.tolist(), proved.tolist(), masks[positions].tolist(), x, y)
    for position, bounded, words, weights, reply_weights in found:
        labels = words[0] if len(words) == 1 else sum(word << 64 * w for w, word in enumerate(words))
        if bounded and not exact:
            yield _ordered(player, weights, reply_weights, labels, every ^ labels)
            continue
        support, tight = _split(masks[position], firsts, own.shape)
        mixed = _vertex(tables.integers[1 - player], tight, support, strict=True)
        if mixed is None:
            raise _Degenerate  # a vertex in doubt, and rightly so
        reply = _vertex(tables.integers[player], support, tight, strict=False)
        if reply is None:
            continue
        strategy, labels_of_reply = reply
        more = sum(1 << _label(firsts, place) for place in labels_of_reply)
        yield _ordered(player, mixed[0], strategy, labels, (every ^ labels) | more)


def _label(firsts: tuple[int, int], place: tuple[str, int]) -> int:
    """Label of an extra tight inequality of the partner: ("own", i) a best response i, ("other", j) an unplayed j."""
    return firsts[0 if place[0] == "own" else 1] + place[1]


def _ordered(player: int, mixed: Any, reply: Any, labels: int, partner: int) -> Found:
    return Found(mixed, reply, labels, partner) if player == 0 else Found(reply, mixed, partner, labels)


def _split(mask: Array, firsts: tuple[int, int], shape: tuple[int, ...]) -> tuple[list[int], list[int]]:
    """Actions played, and best responses, at the vertex with these labels."""
    labels = sum(int(word) << 64 * w for w, word in enumerate(mask.tolist()))
    support = [i for i in range(shape[0]) if not labels >> firsts[0] + i & 1]
    tight = [j for j in range(shape[1]) if labels >> firsts[1] + j & 1]
    return support, tight


def _vertex(
    table: Integers, tight: list[int], support: list[int], *, strict: bool
) -> tuple[list[Fraction], list[tuple[str, int]]] | None:
    """The strategy on ``support`` that makes exactly the responses ``tight`` best, in rationals.

    ``table`` [n_responses, n_actions] holds the responder's payoffs. None where there is no such strategy. Without
    ``strict``, further zeros and ties are allowed and listed: ("other", action) or ("own", response). A singular system
    raises :class:`_Degenerate`, since then a whole face may complete the equilibrium.
    """
    from flint import fmpz_mat

    size = len(support)
    if size != len(tight):
        return None
    try:
        solution = fmpz_mat(size, size, [table[j][i] for j in tight for i in support]).solve(
            fmpz_mat(size, 1, [1] * size)
        )
    except ZeroDivisionError:
        raise _Degenerate from None
    weights = [Fraction(int(solution[a, 0].p), int(solution[a, 0].q)) for a in range(size)]
    extra: list[tuple[str, int]] = []
    for action, weight in zip(support, weights):
        if weight < 0 or (strict and weight == 0):
            return None
        if weight == 0:
            extra.append(("other", action))
    at = set(tight)
    for j, row in enumerate(table):
        if j not in at:
            slack = 1 - sum(row[i] * weight for i, weight in zip(support, weights))
            if slack < 0 or (strict and slack == 0):
                return None
            if slack == 0:
                extra.append(("own", j))
    total = sum(weights)
    strategy = [Fraction(0)] * len(table[0])
    for action, weight in zip(support, weights):
        strategy[action] = weight / total
    return strategy, extra


def _degenerate(tables: PayoffTables, exact: bool, checkpoint: Checkpoint) -> Iterator[Found]:
    """Walk over both polytopes in integers, alternately, and match vertices by their labels as they appear."""
    m, n = tables.shape
    visits = 1 + _ENTRIES // (m * n)
    walks = (ExactWalk(tables.integers[1], 0, m), ExactWalk(tables.integers[0], m, 0))
    words = label_words(m + n)
    everything = mask_of(range(m + n), words)
    solved: tuple[dict[int, tuple[int, list[Any]]], ...] = ({}, {})
    matched = [0, 0]
    restarts = [walk.restarts for walk in walks]
    seen: set[tuple[int, int]] = set()

    def look() -> None:
        checkpoint(sum(walk.visited for walk in walks), sum(walk.pending for walk in walks))

    while True:
        for walk in walks:
            look()
            walk.advance(walk.visits(visits))
        for side, walk in enumerate(walks):
            if walk.restarts != restarts[side]:  # positions changed
                restarts[side] = walk.restarts
                solved[side].clear()
                matched = [0, 0]
        for i, j in _new_pairs(walks, matched, everything, (m, n), look):
            pair = (_solved(walks[0], i, (0, m), solved[0]), _solved(walks[1], j, (m, 0), solved[1]))
            key = (pair[0][0], pair[1][0])
            if any(pair[0][1]) and any(pair[1][1]) and key not in seen:
                seen.add(key)
                yield Found(pair[0][1], pair[1][1], *key)
        look()
        if all(walk.finished for walk in walks):
            return


def _new_pairs(
    walks: tuple[ExactWalk, ExactWalk],
    matched: list[int],
    everything: Array,
    shape: tuple[int, int],
    look: Callable[[], None],
) -> Iterator[tuple[int, int]]:
    """Complementary pairs with at least one vertex not yet in ``matched``, which is brought up to date."""
    from blamegame.solvers.strategic.vertices.kernels import modular_pivoting as kernel

    counts = [walk.count for walk in walks]
    for side in (0, 1):
        # new vertices of this side against all of the other; the second round skips what the first has matched
        against = walks[1 - side].vertices
        limit = counts[1] if side == 0 else matched[0]
        if limit == 0 or matched[side] == counts[side]:
            continue
        others = against.masks[:limit]
        table = against.table if limit == counts[1 - side] else _table_of(others)
        crowded = np.flatnonzero(_label_counts(others) > shape[1 - side])
        pairs = np.empty((max(4096, 2 * len(others) + 2), 2), dtype=np.int64)
        position = matched[side]
        step = max(1, _COMPARISONS // (1 + max(len(crowded), len(others) // 64)))
        while position < counts[side]:
            look()
            found, position = kernel.partners(
                walks[side].vertices.masks,
                position,
                min(counts[side], position + step),
                others,
                table,
                everything,
                crowded,
                shape[side],
                pairs,
            )
            for i, j in pairs[:found].tolist():
                yield (i, j) if side == 0 else (j, i)
    matched[:] = counts


def _table_of(masks: Array) -> Array:
    from blamegame.solvers.strategic.vertices.kernels import labels as kernel

    table: Array = np.full(1 << (4 * len(masks)).bit_length(), -1, dtype=np.int64)
    kernel.rehash(masks, len(masks), table)
    return table


def _label_counts(masks: Array) -> Array:
    bits = np.unpackbits(np.ascontiguousarray(masks).view(np.uint8), axis=1)
    return np.asarray(bits.sum(axis=1))


def _solved(
    walk: ExactWalk, vertex: int, firsts: tuple[int, int], solved: dict[int, tuple[int, list[Any]]]
) -> tuple[int, list[Any]]:
    """Labels and exact strategy (zeros for the origin) of a vertex; solved once."""
    if vertex not in solved:
        labels = sum(int(word) << 64 * w for w, word in enumerate(walk.vertices.masks[vertex].tolist()))
        shape = (len(walk.matrix[0]), len(walk.matrix))
        support, tight = _split(walk.basis_mask(vertex), firsts, shape)
        if not support:
            solved[vertex] = labels, [Fraction(0)] * shape[0]
        else:
            found = _vertex(walk.matrix, tight, support, strict=False)
            assert found is not None
            solved[vertex] = labels, found[0]
    return solved[vertex]
