"""A region cut into pieces of known volume, each with its image under a bundle."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from blamegame.games.strategic import Array
from blamegame.reforms.reform import Reform, apply
from blamegame.regions.region import Region
from blamegame.regions.setting import Setting


class Pieces:
    """Boxes inside a region by position: [0, 1] in each uncertain parameter, ends at dyadic numbers, so exact.

    Cuts are made before the reforms, because volume is; proofs are about the images after them.

    Attributes
    ----------
    names : the uncertain parameters that are cut
    low, high : positions of the ends, float64 [pieces, names]
    """

    def __init__(self, region: Region, bundle: Iterable[Reform], setting: Setting) -> None:
        self.region, self.bundle, self.setting = region, tuple(bundle), setting
        self.names = tuple(name for name in region.uncertain if name in setting.variables)
        self.low, self.high = np.zeros((1, len(self.names))), np.ones((1, len(self.names)))
        self._known: dict[tuple[str, float], float] = {}

    def __len__(self) -> int:
        return len(self.low)

    def volumes(self) -> Array:
        """The share of the region in each piece, exact powers of two, float64 [pieces]."""
        found: Array = (self.high - self.low).prod(axis=1)
        return found

    def keep(self, flags: Array) -> None:
        """Only the pieces that are flagged."""
        self.low, self.high = self.low[flags], self.high[flags]

    def cut(self, which: Array, variable: Array) -> None:
        """Halve the pieces ``which`` (positions) along ``variable`` (one position in ``names`` for each)."""
        middle = (self.low[which, variable] + self.high[which, variable]) / 2
        low, high = self.low[which].copy(), self.high[which].copy()
        rows = np.arange(len(which))
        low[rows, variable] = middle
        self.high[which, variable] = middle
        self.low, self.high = np.concatenate([self.low, low]), np.concatenate([self.high, high])

    def images(self) -> tuple[Array, Array]:
        """The ends after the bundle, each the float nearest to the exact end, [pieces, variables of the setting]."""
        ends = []
        for positions in (self.low, self.high):
            out = np.empty((len(positions), len(self.setting.variables)))
            for v, name in enumerate(self.setting.variables):
                if name in self.names:
                    column = positions[:, self.names.index(name)]
                    values, where = np.unique(column, return_inverse=True)
                    out[:, v] = np.array([self._after(name, float(x)) for x in values])[where]
                else:
                    out[:, v] = self._after(name, 0.0)
            ends.append(out)
        return ends[0], ends[1]

    def _after(self, name: str, position: float) -> float:
        key = name, position
        if key not in self._known:
            low, high = self.region.intervals[name]
            value = low + (high - low) * Fraction(position)
            self._known[key] = float(getattr(apply(self.region.low.replace({name: value}), self.bundle), name))
        return self._known[key]
