"""Pairs of supports in the order of their bits, and in words."""

from __future__ import annotations

MOST_SUPPORT_PAIRS = 62


def support_pairs(m: int, n: int) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Pairs of supports of an m x n game in the order of their bits: smaller supports first, earlier actions first.

    >>> support_pairs(1, 2)
    (((0,), (0,)), ((0,), (1,)), ((0,), (0, 1)))
    """
    sides = [[tuple(i for i in range(k) if s >> i & 1) for s in range(1, 1 << k)] for k in (m, n)]
    pairs = [(first, second) for first in sides[0] for second in sides[1]]
    return tuple(sorted(pairs, key=lambda pair: (len(pair[0]) + len(pair[1]), len(pair[0]), pair)))


def support_words(mask: int, actions: tuple[tuple[str, ...], ...]) -> str:
    """The pairs of supports of one cell in words, such as ``(assist, work) | (assist/push, work/escalate)``."""
    if mask < 0:
        return "not computed"
    words = []
    for position, pair in enumerate(support_pairs(len(actions[0]), len(actions[1]))):
        if mask >> position & 1:
            words.append(f"({', '.join('/'.join(a[i] for i in s) for a, s in zip(actions, pair))})")
    return " | ".join(words)
