"""Walks over all vertices of a best-response polytope {x >= 0, M x <= 1} by pivoting, in pieces that can be stopped.

The graph of a simple polytope is connected and each vertex has exactly as many neighbours as there are dimensions. So a
set of vertices that contains all neighbours of its members is the set of *all* vertices: that is the proof behind
:class:`FloatWalk` and :class:`ExactWalk`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from blamegame.games.strategic import Array

_DOUBTS = 64


class LabelSets:
    """A growing hash set of label sets (see :mod:`blamegame.solvers.strategic.vertices.kernels.labels`)."""

    def __init__(self, words: int, capacity: int = 1024) -> None:
        self.masks: Array = np.zeros((capacity, words), dtype=np.uint64)
        self.table: Array = np.full(4 * capacity, -1, dtype=np.int64)

    def start(self, mask: Array) -> None:
        """Make ``mask`` the first set."""
        while self.masks.shape[0] <= self.masks.shape[1] * 64:
            self.grow(0)
        self.masks[0] = mask
        self._rehash(1)

    def grow(self, count: int) -> None:
        """Twice the room, keeping the first ``count`` sets."""
        self.masks = np.concatenate([self.masks, np.zeros_like(self.masks)])
        self.table = np.full(2 * self.table.size, -1, dtype=np.int64)
        self._rehash(count)

    def _rehash(self, count: int) -> None:
        from blamegame.solvers.strategic.vertices.kernels.labels import rehash

        rehash(self.masks, count, self.table)


def label_words(count: int) -> int:
    """64-bit words for ``count`` labels."""
    return (count + 63) // 64


def origin_mask(dimension: int, first: int, words: int) -> Array:
    """The labels of x = 0."""
    labels = (1 << dimension) - 1 << first
    return np.array([labels >> 64 * w & (1 << 64) - 1 for w in range(words)], dtype=np.uint64)


def mask_of(labels: Any, words: int) -> Array:
    """A set of labels as words."""
    total = sum(1 << label for label in labels)
    return np.array([total >> 64 * w & (1 << 64) - 1 for w in range(words)], dtype=np.uint64)


def padded(matrix: Array) -> Array:
    """``matrix`` with zero columns added up to a multiple of four."""
    rows, columns = matrix.shape
    out = np.zeros((rows, columns + -columns % 4))
    out[:, :columns] = matrix
    return out


class FloatWalk:
    """The vertices of a *simple* polytope, in floating point, each proved by an error bound.

    Parameters
    ----------
    matrix : shape [n_slack, n_structural], entries in [0, 1] known to 4 units in the last place
    first_structural, first_slack : the labels of x_0 = 0 and of the first inequality; the others follow

    Attributes
    ----------
    count : vertices met so far; their labels are the first rows of ``masks``
    doubtful : positions whose feasibility the bound did not settle; when ``finished``, the set is proved complete once
        each of these is shown, exactly, to be a vertex with no further labels
    failed : too much doubt; the polytope is degenerate or nearly so
    """

    def __init__(self, matrix: Array, first_structural: int, first_slack: int) -> None:
        rows, columns = matrix.shape
        words = label_words(rows + columns)
        self._matrix = padded(matrix)
        self._sums = matrix.sum(axis=1) * (1 + 1e-12)
        self._first = (first_structural, first_slack)
        self._tableau = self._matrix.copy()
        self._value = np.ones(rows)
        self._basic = np.arange(first_slack, first_slack + rows)
        self._cobasic = np.arange(first_structural, first_structural + columns)
        self.set = LabelSets(words)
        self.set.start(origin_mask(columns, first_structural, words))
        self._stack = np.zeros(self.set.masks.shape[0], dtype=np.int64)
        self._doubtful = np.zeros(_DOUBTS, dtype=np.int64)
        self._state = np.array([1, 1, 0, 0, 0], dtype=np.int64)
        self.finished = self.failed = False

    @property
    def masks(self) -> Array:
        return self.set.masks

    @property
    def count(self) -> int:
        return int(self._state[0])

    @property
    def pending(self) -> int:
        return int(self._state[1])

    @property
    def doubtful(self) -> list[int]:
        return [int(position) for position in self._doubtful[: self._state[4]]]

    def advance(self, budget: int) -> None:
        """Visit at most ``budget`` further vertices."""
        from blamegame.solvers.strategic.vertices.kernels import float_pivoting as kernel

        target = self._state[2] + budget
        while not (self.finished or self.failed) and self._state[2] < target:
            code = kernel.explore(
                self._matrix, self._sums, *self._first, self._tableau, self._value, self._basic, self._cobasic,
                self.set.masks, self.set.table, self._stack, self._doubtful, self._state, target - self._state[2],
            )  # fmt: skip
            if code == kernel.FULL:
                self.set.grow(self.count)
                self._stack = np.concatenate([self._stack, np.zeros_like(self._stack)])
            self.finished = code == kernel.DONE
            self.failed = code == kernel.SUSPECTS


class ExactWalk:
    """The vertices of any such polytope, exact integers throughout, ties broken lexicographically.

    Parameters
    ----------
    matrix : list of rows of integers >= 0, no column zero
    first_structural, first_slack : as for :class:`FloatWalk`

    Attributes
    ----------
    count : vertices found so far; all their labels are the first rows of ``vertices.masks``
    finished : whether these are all
    """

    def __init__(self, matrix: list[list[int]], first_structural: int, first_slack: int) -> None:
        self.matrix = matrix
        self._first = (first_structural, first_slack)
        self.restarts = 0
        self._trust = 1e-7
        self._skip = 0
        self._restart()

    def _restart(self) -> None:
        rows, columns = len(self.matrix), len(self.matrix[0])
        words = label_words(rows + columns)
        integers = np.array(self.matrix, dtype=object)
        primes = _primes(4 * _hadamard(self.matrix) + 1, self._skip)
        self._residues = np.array([integers % p for p in primes], dtype=np.float64)
        self._primes = np.array(primes, dtype=np.float64)
        self._inverses = 1.0 / self._primes
        self._garner = np.array([[pow(p, -1, q) if p != q else 0 for q in primes] for p in primes], dtype=np.float64)
        largest = [max(column) for column in zip(*self.matrix)]
        scaled = [[entry / top for entry, top in zip(row, largest)] for row in self.matrix]
        self._start = padded(np.array(scaled))
        self._table = self._residues.copy()
        self._value = np.ones((len(primes), rows))
        self._determinant = np.ones(len(primes))
        self._floats = self._start.copy()
        self._float_value = np.ones(rows)
        self._basic = np.arange(self._first[1], self._first[1] + rows)
        self._cobasic = np.arange(self._first[0], self._first[0] + columns)
        self._set = LabelSets(words)
        self._set.start(origin_mask(columns, self._first[0], words))
        self._stack = np.zeros(self._set.masks.shape[0], dtype=np.int64)
        self.vertices = LabelSets(words)
        self._basis_of = np.zeros(self.vertices.masks.shape[0], dtype=np.int64)
        self._state = np.array([1, 1, 0, 0, 0], dtype=np.int64)
        self.finished = False

    @property
    def count(self) -> int:
        return int(self._state[3])

    @property
    def pending(self) -> int:
        return int(self._state[1])

    @property
    def visited(self) -> int:
        return int(self._state[2])

    def visits(self, cheap: int) -> int:
        """How many visits cost about as much as ``cheap`` in floating point."""
        return max(1, cheap // (4 + len(self._primes) ** 2))

    def basis_mask(self, vertex: int) -> Array:
        """As many of the labels of ``vertex`` as there are dimensions, which determine it."""
        return np.asarray(self._set.masks[self._basis_of[vertex]])

    def advance(self, budget: int) -> None:
        """Visit at most ``budget`` further bases."""
        from blamegame.solvers.strategic.vertices.kernels import modular_pivoting as kernel

        target = self._state[2] + budget
        while not self.finished and self._state[2] < target:
            code = kernel.explore(
                self._residues, self._start, *self._first, self._primes, self._inverses, self._garner, self._trust,
                self._table, self._value, self._determinant, self._floats, self._float_value, self._basic,
                self._cobasic, self._set.masks, self._set.table, self._stack, self.vertices.masks,
                self.vertices.table, self._basis_of, self._state, target - self._state[2],
            )  # fmt: skip
            self.finished = code == kernel.DONE
            if code == kernel.FULL:
                self._make_room(len(self._cobasic))
            elif code in (kernel.MISLED, kernel.UNLUCKY):
                if self._trust < math.inf:  # a wrong suggestion may also lead to a singular basis, which looks unlucky
                    self._trust = math.inf
                else:
                    self._skip += len(self._primes)
                self.restarts += 1
                self._restart()
                target = budget

    def _make_room(self, columns: int) -> None:
        if self._state[0] + columns > self._set.masks.shape[0]:
            self._set.grow(int(self._state[0]))
            self._stack = np.concatenate([self._stack, np.zeros_like(self._stack)])
        if self.count >= self.vertices.masks.shape[0]:
            self.vertices.grow(self.count)
            self._basis_of = np.concatenate([self._basis_of, np.zeros_like(self._basis_of)])


def _hadamard(matrix: list[list[int]]) -> int:
    """An integer that no minor of [matrix | 1] exceeds in size."""
    by_rows = math.prod(1 + math.isqrt(1 + sum(entry * entry for entry in row)) for row in matrix)
    columns = [*zip(*matrix), (1,) * len(matrix)]
    by_columns = math.prod(1 + math.isqrt(sum(entry * entry for entry in column)) for column in columns)
    return min(by_rows, by_columns)


def _primes(beyond: int, skip: int) -> list[int]:
    """Descending primes below 2**25, the first ``skip`` left out, whose product exceeds ``beyond``."""
    from flint import fmpz

    found: list[int] = []
    product, candidate = 1, 2**25 - 1
    while product <= beyond:
        if fmpz(candidate).is_prime():
            if skip:
                skip -= 1
            else:
                found.append(candidate)
                product *= candidate
        candidate -= 2
    return found
