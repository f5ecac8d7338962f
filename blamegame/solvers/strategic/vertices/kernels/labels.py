"""A hash set of label sets, for walks over the vertices of a simple polytope (compiled).

A label set is a row of ``words`` unsigned 64-bit integers; label l is bit ``l % 64`` of word ``l // 64``. The set is an
array ``masks`` of the rows in order of insertion and an open-addressing ``table`` of their positions (-1 is free).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.solvers.compiled import compiled, inlined


@inlined
def has_label(mask: Any, label: Any) -> Any:
    """Whether the label set contains ``label``."""
    return (mask[label >> 6] >> np.uint64(label & 63)) & np.uint64(1) != np.uint64(0)


@inlined
def flip_label(mask: Any, label: Any) -> Any:
    """Add ``label`` where it is absent, remove it where it is present."""
    mask[label >> 6] ^= np.uint64(1) << np.uint64(label & 63)


@inlined
def put(target: Any, source: Any) -> Any:
    """target[:] = source, which numba compiles together with a page of code for the message of its error."""
    for k in range(source.size):
        target[k] = source[k]


@compiled
def _home(mask: Any, size: Any) -> Any:
    value = np.uint64(0)
    for word in mask:  # Fibonacci hashing
        value = (value ^ word) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(32)
    return np.int64(value & np.uint64(size - 1))


@compiled
def find(mask: Any, masks: Any, table: Any) -> Any:
    """(position in ``masks`` or -1, the cell of ``table`` where the search ended)."""
    cell = _home(mask, table.size)
    while True:
        position = table[cell]
        if position < 0:
            return -1, cell
        same = True
        for word in range(mask.size):
            if masks[position, word] != mask[word]:
                same = False
                break
        if same:
            return position, cell
        cell = (cell + 1) & (table.size - 1)


@compiled
def rehash(masks: Any, count: Any, table: Any) -> Any:
    """Fill an empty ``table`` (all -1, a power of two long) with the first ``count`` masks."""
    for position in range(count):
        cell = _home(masks[position], table.size)
        while table[cell] >= 0:
            cell = (cell + 1) & (table.size - 1)
        table[cell] = position


@compiled
def complements(masks: Any, first: Any, count: Any, everything: Any, others: Any, other_table: Any, pairs: Any) -> Any:
    """Pairs (i, j), i >= ``first``, such that ``masks[i]`` and ``others[j]`` partition ``everything``.

    Returns (how many were written to ``pairs``, the i to continue from: ``count`` where all were looked up).
    """
    wanted = np.empty(everything.size, dtype=np.uint64)
    found = 0
    for i in range(first, count):
        if found == pairs.shape[0]:
            return found, i
        for word in range(everything.size):
            wanted[word] = everything[word] ^ masks[i, word]
        j, _ = find(wanted, others, other_table)
        if j >= 0:
            pairs[found, 0] = i
            pairs[found, 1] = j
            found += 1
    return found, count
