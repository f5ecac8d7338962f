"""Many bundles over one region at once: a vector that proves one is tried on all, and so is a county that fails one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic

import numpy as np

from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.reforms.bundles import Bundles, every_bundle
from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform
from blamegame.regions.attack import Attack, Attacker, Witness, point_of, witness_at
from blamegame.regions.exclusion import holds_on
from blamegame.regions.image import back, hull, image, region_of
from blamegame.regions.proof import Proof
from blamegame.regions.prover import Box, Prover, Sketch, box_of
from blamegame.regions.region import Region
from blamegame.regions.scheme import CORRELATED
from blamegame.regions.setting import Setting, setting_of, table_of

PROVED, REFUTED, OPEN = 1, -1, 0
_PIECES = 8
_HINTS = 4


@dataclass(frozen=True, eq=False)
class Sweep:
    """The verdict of each bundle over a region.

    Attributes
    ----------
    setting : the model and event, every edited or uncertain parameter a variable
    verdict : int8 [bundles], PROVED, REFUTED or OPEN; OPEN too where it was not asked
    sketches : what proves each proved bundle, in floating point with bounded rounding
    counties : exact models of the region at which some bundle fails, before the reforms
    county_of : int [bundles], which of them refutes each refuted bundle, else -1
    """

    setting: Setting
    verdict: Array
    sketches: dict[int, Sketch]
    counties: tuple[Model, ...]
    county_of: Array
    complete: bool

    @staticmethod
    def reforms(menu: tuple[Reform, ...], bundle: int) -> tuple[Reform, ...]:
        """The reforms of a bundle by its number."""
        return tuple(reform for i, reform in enumerate(menu) if bundle >> i & 1)

    def exact(self, region: Region, reforms: tuple[Reform, ...], bundle: int) -> Proof | None:
        """The proof of a bundle over the region swept, in rational arithmetic; None where rounding decided."""
        box = box_of(self.setting, image(region, reforms).intervals)
        return Prover(self.setting).exact(self.sketches[bundle], box)


class Sweeper:
    """All bundles of a menu over boxes of one model; what was learnt on one box is tried on the next."""

    def __init__(self, region: Region, menu: Iterable[Reform], goal: Goal) -> None:
        """``region`` is the widest that will be asked about."""
        self.menu = every_bundle(region.low, menu).menu
        self.setting = setting_of(region_of(region, hull(region, (), self.menu)), goal)
        self.prover, self.attacker = Prover(self.setting), Attacker(self.setting)
        self._hints: list[Attack] = []
        self._vectors: list[Array] = []

    def bundle(self, number: int) -> tuple[Reform, ...]:
        """The reforms of a bundle by its number."""
        return Sweep.reforms(self.menu, number)

    def sweep(
        self,
        region: Region,
        among: Array | None = None,
        *,
        counties: Iterable[Model] = (),
        pieces: int = _PIECES,
        stop: float | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> Sweep:
        """Prove or refute every bundle of ``among`` (numbers; default all) over ``region``.

        ``counties`` are tried first; those outside the region are left out.
        """
        low, high = every_bundle(region.low, self.menu), every_bundle(region.high, self.menu)
        run = _Run(self, region, low, high, among)
        for county in [region.middle, *(county for county in counties if county in region)]:
            run.county(county)
        for weights in list(self._vectors):
            run.vector(weights)
        complete = True
        for round_pieces in (1, pieces):
            for bundle in np.flatnonzero(run.pending).tolist():
                if stop is not None and monotonic() > stop:
                    complete = False
                    break
                if run.pending[bundle]:
                    run.decide(bundle, round_pieces)
                    if progress is not None:
                        progress(int(run.total - run.pending.sum()), run.total)
        return Sweep(self.setting, run.verdict, run.sketches, tuple(run.counties), run.county_of, complete)


class _Run:
    """One box: the ends of every bundle's image and what is decided so far."""

    def __init__(self, sweeper: Sweeper, region: Region, low: Bundles, high: Bundles, among: Array | None) -> None:
        self.sweeper, self.region, self.low, self.high = sweeper, region, low, high
        n = len(low)
        self.pending = np.zeros(n, dtype=bool)
        self.pending[np.arange(n) if among is None else among] = True
        self.total = int(self.pending.sum())
        self.verdict = np.zeros(n, dtype=np.int8)
        self.sketches: dict[int, Sketch] = {}
        self.counties: list[Model] = []
        self.county_of = np.full(n, -1)
        names = sweeper.setting.variables
        self.lows = np.ascontiguousarray(np.stack([_ends(low, name) for name in names], axis=1))
        self.highs = np.ascontiguousarray(np.stack([_ends(high, name) for name in names], axis=1))

    def county(self, county: Model) -> None:
        """Refute every pending bundle that fails at this county."""
        from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities

        where = np.flatnonzero(self.pending)
        if not len(where):
            return
        bundles = every_bundle(county, self.sweeper.menu)
        arrays = {n: v.astype(np.float64)[bundles.position[n][where]] for n, v in bundles.values.items()}
        batch = bundles.model.replace(arrays).batch(lambda index: bundles.exact(int(where[index])))
        solved = equilibria_batch(table_of(county) if batch is None else batch)  # the empty menu has no batch
        setting = self.sweeper.setting
        failing = where[event_probabilities(solved, setting.event).high > 0]
        if setting.moves:
            own = [witness_at(county, self.sweeper.bundle(b), setting.goal) is not None for b in failing.tolist()]
            failing = failing[np.array(own, dtype=bool)]
        if len(failing):
            self.county_of[failing] = len(self.counties)
            self.counties.append(county)
            self.verdict[failing] = REFUTED
            self.pending[failing] = False

    def vector(self, weights: Array) -> int:
        """Prove every pending bundle on whose box this vector holds."""
        where = np.flatnonzero(self.pending)
        scheme = self.sweeper.prover.correlated
        good = where[holds_on(self.sweeper.setting, scheme, weights, self.lows[where], self.highs[where])]
        for bundle in good.tolist():
            self.sketches[bundle] = Sketch(CORRELATED, ((scheme, weights),))
        self.verdict[good] = PROVED
        self.pending[good] = False
        return len(good)

    def decide(self, bundle: int, pieces: int) -> None:
        """Prove this bundle, or find a county where it fails, or leave it open."""
        sweeper = self.sweeper
        box = self.box(bundle)
        sketch = sweeper.prover.sketch(box, pieces=pieces)
        if sketch is not None:
            self.sketches[bundle] = sketch
            self.verdict[bundle] = PROVED
            self.pending[bundle] = False
            if sketch.leaf == CORRELATED:
                self.vector(sketch.parts[0][1])
                sweeper._vectors = [sketch.parts[0][1], *sweeper._vectors][:64]
            return
        attack = sweeper.attacker.strike(self.lows[bundle], self.highs[bundle], sweeper.prover.corners, sweeper._hints)
        if attack.margin < -1e-9:
            return
        sweeper._hints = [attack, *sweeper._hints][:_HINTS]
        values = point_of(attack.position, self.intervals(bundle), sweeper.setting.variables)
        county = self.region.model(back(self.region, sweeper.bundle(bundle), values))
        self.county(county)

    def intervals(self, bundle: int) -> dict[str, tuple[Fraction, Fraction]]:
        """The image of the region under a bundle."""
        out = self.region.intervals
        for name, at in self.low.position.items():
            out[name] = self.low.values[name][at[bundle]], self.high.values[name][at[bundle]]
        return out

    def box(self, bundle: int) -> Box:
        intervals = self.intervals(bundle)
        return tuple(intervals[name] for name in self.sweeper.setting.variables)


def _ends(bundles: Bundles, name: str) -> Array:
    """One end of one parameter after every bundle, as floats."""
    if name in bundles.values:
        found: Array = bundles.values[name].astype(np.float64)[bundles.position[name]]
        return found
    return np.full(len(bundles), float(getattr(bundles.model, name)))


def county_witness(sweep: Sweep, bundle: int, reforms: tuple[Reform, ...]) -> Witness | None:
    """The county and the equilibrium that refute a bundle, exact."""
    at = int(sweep.county_of[bundle])
    return None if at < 0 else witness_at(sweep.counties[at], reforms, sweep.setting.goal)
