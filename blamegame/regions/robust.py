"""A bundle together with everything else on the menu: one proof for all larger bundles, and all intensities between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform, as_menu
from blamegame.regions.attack import Attack, Attacker
from blamegame.regions.bracket import Struck
from blamegame.regions.image import hull, region_of
from blamegame.regions.proof import Proof, joined
from blamegame.regions.prover import REMOVES, Box, Prover, Sketch, box_of
from blamegame.regions.region import Region
from blamegame.regions.setting import setting_of
from blamegame.regions.strike import struck

_NODES = 400
_SUSPECTS = 4


@dataclass(frozen=True)
class Branch:
    """A leaf that proves a hull of bundles, or a reform and its two sides."""

    sketch: Sketch | None
    reform: Reform | None = None
    sides: tuple[Branch, ...] = ()


class HullTree:
    """Proofs about a bundle and all larger ones over regions around one model.

    Where a set of reforms is undecided its parameters range over the hull of all choices; a proof on this box covers
    every choice. Where there is none, the reform that widens the box most is decided either way.
    """

    def __init__(
        self,
        around: Callable[[int], Region],
        top: int,
        bundle: tuple[Reform, ...],
        goal: Goal,
        menu: tuple[Reform, ...],
    ) -> None:
        self.region, self.bundle = around, bundle
        widest = around(top)
        self._menu = as_menu((*menu, *bundle))
        self.others = tuple(reform for reform in menu if reform not in bundle)
        self.setting = setting_of(region_of(widest, hull(widest, bundle, self.others)), goal)
        self._prover, self._attacker = Prover(self.setting), Attacker(self.setting)
        self._suspects: list[tuple[Reform, ...]] = []
        self._hints: list[Attack] = []
        self._left = 0

    def prove(self, steps: int, pieces: int) -> Branch | None:
        """A proof in floating point of the bundle and all larger ones; ``pieces``: of the box of one bundle."""
        region = self.region(steps)
        if self._suspects and self._prover.sketch(self._box(region, self._suspects[0], ()), pieces=pieces) is None:
            return None
        self._left = _NODES
        return self._branch(region, self.bundle, self.others, pieces)

    def _branch(
        self, region: Region, decided: tuple[Reform, ...], open_: tuple[Reform, ...], pieces: int
    ) -> Branch | None:
        self._left -= 1
        box = self._box(region, decided, open_)
        found = self._prover.sketch(box, pieces=1 if open_ else pieces)
        if found is not None:
            return Branch(found)
        if not open_ or self._left <= 0:
            failing = tuple(reform for reform in self._menu if reform in decided)
            self._suspects = [failing, *(known for known in self._suspects if known != failing)][:_SUSPECTS]
            return None
        reform = self._widest(region, decided, open_, box)
        rest = tuple(other for other in open_ if other is not reform)
        sides = []
        for chosen in ((*decided, reform), decided):
            side = self._branch(region, chosen, rest, pieces)
            if side is None:
                return None
            sides.append(side)
        return Branch(None, reform, tuple(sides))

    def _widest(self, region: Region, decided: tuple[Reform, ...], open_: tuple[Reform, ...], box: Box) -> Reform:
        """The open reform that, decided, takes most of its influence from the box."""
        influence = self._prover.influence(box)
        widths = np.array([float(high - low) for low, high in box])
        safe = np.where(widths > 0, widths, 1.0)
        scores = []
        for reform in open_:
            rest = tuple(other for other in open_ if other is not reform)
            parts = [self._box(region, chosen, rest) for chosen in ((*decided, reform), decided)]
            left = np.max([[float(high - low) for low, high in part] for part in parts], axis=0)
            scores.append(float((influence * (1 - left / safe)).sum()))
        return open_[int(np.argmax(scores))]

    def exact(self, steps: int, sketch: Branch) -> Proof | None:
        """The proof with rational weights, rechecked."""
        return self._exact(sketch, self.region(steps), self.bundle, self.others)

    def _exact(
        self, branch: Branch, region: Region, decided: tuple[Reform, ...], open_: tuple[Reform, ...]
    ) -> Proof | None:
        if branch.reform is None:
            assert branch.sketch is not None
            return self._prover.exact(branch.sketch, self._box(region, decided, open_))
        rest = tuple(other for other in open_ if other is not branch.reform)
        sides = {}
        choices = ("with", (*decided, branch.reform)), ("without", decided)
        for (name, chosen), side in zip(choices, branch.sides):
            proof = self._exact(side, region, chosen, rest)
            if proof is None:
                return None
            sides[name] = proof
        return joined(REMOVES, {"reform": branch.reform.name}, sides)

    def strike(self, steps: int) -> Struck | None:
        """A county where the bundle or a larger one fails: one of those whose proofs failed last."""
        region = self.region(steps)
        for bundle in self._suspects:
            found = struck(self._attacker, region, bundle, self._prover.corners, self._hints)
            if found is not None:
                self._hints = [found[0]]
                self._suspects = [bundle, *(known for known in self._suspects if known != bundle)]
                return found
        return None

    def _box(self, region: Region, decided: tuple[Reform, ...], open_: tuple[Reform, ...]) -> Box:
        return box_of(self.setting, hull(region, decided, open_))
