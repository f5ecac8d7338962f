"""What a search over all bundles of reforms found, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.concepts import Concept
from blamegame.errors import IncompleteSolution
from blamegame.games.event_range import Range
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.reforms import lattice, shapley
from blamegame.reforms.after import After, after
from blamegame.reforms.bundles import Bundles, Names
from blamegame.reforms.findings import Base, Cheapest
from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform, choose
from blamegame.reforms.report import as_json, as_text


@dataclass(frozen=True, eq=False)
class ReformPlan:
    """Every bundle of a menu of k reforms, judged by one goal under one solution concept.

    Bundle ``b`` contains reform ``i`` of the menu where bit ``i`` of ``b`` is set; arrays over bundles have shape
    [2^k]. Success is not inherited by supersets, so everything here is read off the whole table.

    Attributes
    ----------
    model, menu, goal, concept : what was asked
    base : the model before any reform
    success : boolean array, whether each bundle reaches the goal (False where it was not examined)
    range : probability of avoidance over the equilibria of each bundle, float arrays; of the goal's own event where it
        names one to remove; [0, 1] where a bundle was not examined
    status : array of str, *free*, *trap*, *entrenched*; *undecided* where the solver could not find every equilibrium,
        "" where a bundle was not examined
    values : float array, the measure at each bundle
    measure : what ``values`` are, in words
    examined : how many bundles were examined, in the order of their numbers
    complete : whether all were, and of each it is decided whether it reaches the goal
    note : one sentence on how far the answer goes; advice where it is not complete
    stats : seconds, bundles decided exactly, and the road taken

    Raises
    ------
    IncompleteSolution
        By every property that is about all bundles, where the search is not complete.
    """

    model: Model
    menu: tuple[Reform, ...]
    goal: Goal
    concept: Concept
    base: Base
    success: Array
    range: Range
    status: Array
    values: Array
    measure: str
    examined: int
    complete: bool
    note: str
    bundles: Bundles = field(repr=False)
    stats: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def bundles_total(self) -> int:
        return len(self.success)

    @property
    def decided_exactly(self) -> int:
        """How many bundles were decided in rational arithmetic, being near a tie or having no batch solver."""
        return int(self.stats["decided_exactly"])

    @property
    def successes(self) -> Array:
        """The numbers of the bundles known to reach the goal, ascending."""
        return np.flatnonzero(self.success)

    @cached_property
    def minimal(self) -> tuple[Names, ...]:
        """Successes none of whose proper subsets is a success; fewest reforms first."""
        return self.named(self._all("the minimal bundles", lattice.minimal))

    @cached_property
    def robust(self) -> Array:
        """The numbers of the bundles that succeed together with all their supersets, ascending."""
        return np.flatnonzero(self._all("the robust bundles", lattice.robust))

    @cached_property
    def robust_minimal(self) -> tuple[Names, ...]:
        """Robust bundles none of whose proper subsets is robust; fewest reforms first."""
        return self.named(self._all("the robust bundles", lambda family: lattice.minimal(lattice.robust(family))))

    @cached_property
    def closure_violations(self) -> Array:
        """Pairs (b, i): bundle b succeeds and b with reform i does not; shape [n_pairs, 2]."""
        return np.asarray(self._all("which reforms undo a success", lattice.closure_violations))

    @cached_property
    def cheapest(self) -> Cheapest | None:
        """The cheapest success with all its ties; None where no bundle succeeds."""
        return self._cheapest_of(self._all("the cheapest bundle", lambda family: family))

    @cached_property
    def cheapest_robust(self) -> Cheapest | None:
        """The cheapest robust bundle with all its ties; None where no bundle is robust."""
        return self._cheapest_of(self._all("the robust bundles", lattice.robust))

    @cached_property
    def shapley(self) -> Mapping[str, float]:
        """Each reform's share of what the whole menu changes in the measure; the shares sum to that change.

        Raises :class:`ReformError` where a bundle has no value because the concept allows no equilibrium there.
        """
        shares = self._all("the Shapley shares", lambda _: shapley.shapley(self.values))
        return MappingProxyType({reform.name: float(share) for reform, share in zip(self.menu, shares)})

    def named(self, bundles: Array | Iterable[int]) -> tuple[Names, ...]:
        """Bundles, given by number or as flags over all of them, as names; fewest reforms first, then menu order."""
        flags = np.asarray(bundles)
        numbers = np.flatnonzero(flags) if flags.dtype == bool else flags
        k = len(self.menu)
        return tuple(
            self.bundles.names(b)
            for b in sorted(numbers.tolist(), key=lambda b: (b.bit_count(), [i for i in range(k) if b >> i & 1]))
        )

    def number(self, names: Iterable[str]) -> int:
        """The number of the bundle of these reforms, as used by every array here."""
        chosen = choose(self.menu, names)
        return sum(1 << i for i, reform in enumerate(self.menu) if reform in chosen)

    def succeeds(self, names: Iterable[str]) -> bool:
        """Whether the bundle of these reforms reaches the goal.

        Raises :class:`IncompleteSolution` where the search stopped before it.
        """
        number = self.number(names)
        if number >= self.examined:
            raise IncompleteSolution(f"the bundle {_bundle(self.bundles.names(number))} was not examined: {self.note}")
        return bool(self.success[number])

    def after(self, bundle: Iterable[str]) -> After:
        """What is played after a bundle: every Nash equilibrium, who still avoids in it, and whom that serves.

        See :func:`blamegame.reforms.after.after`.
        """
        return after(self.bundles, self.concept, self.number(bundle))

    @property
    def recommended(self) -> tuple[Names, ...]:
        """The bundles to look at first: the cheapest ones and the cheapest robust ones, no more than three of each."""
        found = [ends.ties[:3] for ends in (self.cheapest, self.cheapest_robust) if ends is not None]
        return tuple(dict.fromkeys(names for ties in found for names in ties))

    def broken_by_more(self, limit: int = 3) -> tuple[str, ...]:
        """Closure violations as sentences, smallest bundles first."""
        pairs = sorted(self.closure_violations.tolist(), key=lambda pair: (pair[0].bit_count(), pair))
        return tuple(
            f"adding {self.menu[i].name} to {_bundle(self.bundles.names(b))} {self.goal.broken_of(self.model)}"
            for b, i in pairs[:limit]
        )

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON values: bundles as lists of names; None for what an incomplete search cannot say."""
        return as_json(self)

    def __str__(self) -> str:
        return as_text(self)

    def __repr__(self) -> str:
        found = f"{len(self.successes)} successes in {self.examined} of {self.bundles_total} bundles"
        return f"<ReformPlan {self.goal.words(self.model)}, {self.concept}: {found}>"

    def __getstate__(self) -> dict[str, Any]:
        state = {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}
        return {**state, "stats": dict(self.stats)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, stats=MappingProxyType(state["stats"]))

    def _cheapest_of(self, family: Array) -> Cheapest | None:
        if not family.any():
            return None
        costs, denominator = self.bundles.costs()
        least = min(costs[family])
        ties = self.named(family & (costs == least))
        return Cheapest(ties[0], Fraction(least, denominator), ties)

    def _all(self, question: str, answer: Any) -> Any:
        if not self.complete:
            raise IncompleteSolution(f"{question} need every bundle, and this search is not complete: {self.note}")
        return answer(self.success)


def _bundle(names: Names) -> str:
    return " + ".join(names) or "nothing"
