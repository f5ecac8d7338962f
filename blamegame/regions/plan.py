"""Which bundles reach a goal for every county of a region, and which of them to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array
from blamegame.games.table import align, format_number
from blamegame.reforms import lattice
from blamegame.reforms.bundles import Bundles, Names
from blamegame.reforms.findings import Cheapest
from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform, choose
from blamegame.reforms.report import bundle as written
from blamegame.reforms.report import listed
from blamegame.regions.attack import Witness
from blamegame.regions.proof import Proof
from blamegame.regions.region import Region
from blamegame.regions.sweep import OPEN, PROVED, REFUTED, Sweep, county_witness


@dataclass(frozen=True, eq=False)
class RegionPlan:
    """Every bundle of a menu of k reforms, judged over a region; arrays over bundles have shape [2^k].

    Attributes
    ----------
    region, menu, goal : what was asked
    verdict : int8, 1 the goal holds for every county of the region (proved), -1 it fails for some (an exact one is
        known), 0 neither is known
    sweep : what proves and refutes
    bundles : the bundles at the region's low end, for names and costs
    rechecked : numbers of the bundles whose proof was repeated in rational arithmetic; every bundle named by
        ``minimal``, ``cheapest``, ``robust_minimal`` and ``cheapest_robust`` is one. The others are proved in floating
        point with a bound on the rounding.
    complete : whether every bundle was looked at
    """

    region: Region
    menu: tuple[Reform, ...]
    goal: Goal
    verdict: Array
    sweep: Sweep
    bundles: Bundles
    rechecked: frozenset[int]
    complete: bool
    note: str
    stats: Mapping[str, Any]

    @property
    def proved(self) -> Array:
        """Whether each bundle reaches the goal at every point, boolean."""
        return np.asarray(self.verdict == PROVED)

    @property
    def refuted(self) -> Array:
        """Whether a county of the region is known at which each bundle fails, boolean."""
        return np.asarray(self.verdict == REFUTED)

    @property
    def open(self) -> Array:
        """Whether each bundle is undecided, boolean."""
        return np.asarray(self.verdict == OPEN)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many bundles are proved, refuted and open."""
        return int(self.proved.sum()), int(self.refuted.sum()), int(self.open.sum())

    @cached_property
    def minimal(self) -> tuple[Names, ...]:
        """Proved bundles none of whose proper subsets is proved; fewest reforms first."""
        return self.named(lattice.minimal(self.proved))

    @cached_property
    def cheapest(self) -> Cheapest | None:
        """The cheapest proved bundle with all its ties; None where none is proved."""
        return self._cheapest(self.proved)

    @cached_property
    def robust_minimal(self) -> tuple[Names, ...]:
        """Smallest bundles that are proved together with every larger bundle of the menu."""
        return self.named(lattice.minimal(lattice.robust(self.proved)))

    @cached_property
    def cheapest_robust(self) -> Cheapest | None:
        """The cheapest bundle that is proved together with every larger one; None where there is none."""
        return self._cheapest(lattice.robust(self.proved))

    def number(self, names: Iterable[str]) -> int:
        """The number of a bundle, as used by every array here."""
        chosen = choose(self.menu, names)
        return sum(1 << i for i, reform in enumerate(self.menu) if reform in chosen)

    def named(self, flags: Array) -> tuple[Names, ...]:
        """Flagged bundles as names; fewest reforms first, then menu order."""
        numbers = np.flatnonzero(flags).tolist()
        k = range(len(self.menu))
        ordered = sorted(numbers, key=lambda b: (b.bit_count(), [i for i in k if b >> i & 1]))
        return tuple(self.bundles.names(b) for b in ordered)

    def witness(self, names: Iterable[str]) -> Witness:
        """The exact county of the region where this bundle fails, and the equilibrium there."""
        number = self.number(names)
        if self.verdict[number] != REFUTED:
            raise ReformError(f"no county is known where {written(self.bundles.names(number))} fails in this region")
        found = county_witness(self.sweep, number, self._reforms(number))
        assert found is not None  # the verdict was exact
        return found

    def proof(self, names: Iterable[str]) -> Proof:
        """The exact proof that this bundle reaches the goal at every point of the region."""
        number = self.number(names)
        if self.verdict[number] != PROVED:
            raise ReformError(f"that {written(self.bundles.names(number))} works throughout this region is not proved")
        found = self.sweep.exact(self.region, self._reforms(number), number)
        if found is None:
            raise ReformError(f"the proof for {written(self.bundles.names(number))} is too close to a tie to be exact")
        return found

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON values."""
        proved, refuted, undecided = self.counts
        return {
            "goal": self.goal.words(self.region.low),
            "bundles": len(self.verdict),
            "proved": proved,
            "refuted": refuted,
            "open": undecided,
            "minimal": [list(names) for names in self.minimal],
            "cheapest": _cheapest(self.cheapest),
            "robust_minimal": [list(names) for names in self.robust_minimal],
            "cheapest_robust": _cheapest(self.cheapest_robust),
            "complete": self.complete,
            "note": self.note,
        }

    def __str__(self) -> str:
        proved, refuted, undecided = self.counts
        rows = [
            ["goal", f"{self.goal.words(self.region.low)}, for every county of the region"],
            ["bundles", f"{proved:,} proved, {refuted:,} refuted by a county, {undecided:,} undecided"],
        ]
        if self.cheapest is not None:
            rows.append(["cheapest", _line(self.cheapest)])
        rows.append([f"minimal ({len(self.minimal)})", listed(self.minimal)])
        if self.cheapest_robust is not None:
            rows.append(["cheapest robust", _line(self.cheapest_robust)])
        rows.append([f"robust, minimal ({len(self.robust_minimal)})", listed(self.robust_minimal)])
        return "\n".join([*align(rows), "", self.note])

    def __repr__(self) -> str:
        proved, refuted, undecided = self.counts
        return f"<RegionPlan {self.goal.words(self.region.low)}: {proved} proved, {refuted} refuted, {undecided} open>"

    def __getstate__(self) -> dict[str, Any]:
        state = {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}
        return {**state, "stats": dict(self.stats)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, stats=MappingProxyType(state["stats"]))

    def _reforms(self, number: int) -> tuple[Reform, ...]:
        return tuple(reform for i, reform in enumerate(self.menu) if number >> i & 1)

    def _cheapest(self, family: Array) -> Cheapest | None:
        if not family.any():
            return None
        costs, denominator = self.bundles.costs()
        least = min(costs[family])
        ties = self.named(family & (costs == least))
        return Cheapest(ties[0], Fraction(least, denominator), ties)


def _cheapest(found: Cheapest | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"reforms": list(found.bundle), "cost": float(found.cost), "ties": [list(names) for names in found.ties]}


def _line(found: Cheapest) -> str:
    others = f"; as cheap: {listed(found.ties[1:])}" if len(found.ties) > 1 else ""
    return f"{written(found.bundle)} (cost {format_number(found.cost)}){others}"
