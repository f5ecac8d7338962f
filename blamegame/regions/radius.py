"""How wrong the numbers may be: the largest distance at which a goal holds at every point, proved and refuted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array
from blamegame.games.table import align
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform, as_menu, choose
from blamegame.regions.attack import Attack, Attacker, Witness, point_of, witness_at
from blamegame.regions.image import back, image
from blamegame.regions.proof import Proof
from blamegame.regions.prover import Prover, Sketch, box_of, ends_of
from blamegame.regions.region import Region
from blamegame.regions.setting import Setting, setting_of

STEP = Fraction(1, 100_000)
"""Radii are multiples of a thousandth of a per cent."""

_PIECES = 24
_GAP = 10  # steps: the bracket that is asked for


@dataclass(frozen=True, eq=False)
class Radius:
    """How far every uncertain parameter may be off, relative to its value, and the goal still holds.

    Attributes
    ----------
    proved : the goal holds at every point of the box this wide; None where it fails at the point itself
    refuted : it fails at some point of the box this wide, ``witness``; None where no such point is known
    witness : the county, exact, and its equilibrium
    proof : of ``proved``
    binding : the parameters whose error decides, the most important first: which number to measure first
    region : the box of radius ``proved``
    """

    bundle: tuple[str, ...]
    goal: Goal
    proved: Fraction | None
    refuted: Fraction | None
    witness: Witness | None
    proof: Proof | None
    binding: tuple[str, ...]
    region: Region | None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Radius):
            return NotImplemented
        return (self.bundle, self.goal, self.proved, self.refuted, self.witness) == (
            (other.bundle, other.goal, other.proved, other.refuted, other.witness)
        )

    def __hash__(self) -> int:
        return hash((self.bundle, self.goal, self.proved, self.refuted))

    def __str__(self) -> str:
        who = " + ".join(self.bundle) or "nothing"
        if self.proved is None:
            return f"{who}: the goal fails at the point itself"
        proved = f"proved while every uncertain number is within {_per_cent(self.proved)} of its value"
        refuted = f"fails for some county within {_per_cent(self.refuted)}" if self.refuted is not None else (
            "no county is known where it fails"
        )
        rows = [["bundle", who], ["radius", f"{proved}; {refuted}"]]
        if self.binding:
            rows.append(["decided by", ", ".join(self.binding[:5])])
        return "\n".join(align(rows))


def radius(
    model: Model,
    bundle: Iterable[Reform | str],
    goal: Goal | None = None,
    *,
    robust: bool = False,
    menu: Iterable[Reform] = CATALOGUE,
    only: Collection[str] | None = None,
    except_: Collection[str] = (),
    most: Any = 1,
) -> Radius:
    """The largest relative error of the parameters at which the goal still holds after the bundle.

    Parameters
    ----------
    model : the county as its numbers are assumed
    bundle : reforms, or their names in ``menu``
    goal : about every Nash equilibrium; default :func:`~blamegame.reforms.goal.removes`
    robust : whether it must hold together with every larger bundle of ``menu`` as well
    only, except_ : the parameters that are uncertain, or are not; default all
    most : where to stop looking, relative

    Returns
    -------
    Radius
        ``refuted - proved`` is at most 1e-4 for nearly all bundles; where it is more, both ends still are exact.

    Raises
    ------
    UnsupportedGame
        Where payoffs are no polynomials of degree one over the region, or the game has not two players.

    Notes
    -----
    Boxes around a point are nested, so the largest proved and the smallest refuted radius are found by bisection. The
    proof is exact (rational weights, exact maxima); so is the county where the goal fails, before and after reforms.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> found = radius(Delegation(), ["list"])
    >>> float(found.proved), float(found.refuted), found.witness.holds(Delegation().avoidance)
    (0.09752, 0.09753, True)
    """
    goal = removes() if goal is None else goal
    listed = as_menu(menu)
    chosen = reforms_of(bundle, listed)
    if robust:
        from blamegame.regions.robust import robust_radius

        return robust_radius(model, chosen, goal, menu=listed, only=only, except_=except_, most=most)
    search = _Search(model, chosen, goal, only, except_, Fraction(most))
    return search.run()


def tolerances(
    model: Model,
    bundle: Iterable[Reform | str],
    goal: Goal | None = None,
    *,
    menu: Iterable[Reform] = CATALOGUE,
    most: Any = 1,
) -> Mapping[str, Radius]:
    """The radius of each parameter alone, all others exactly as assumed; by name, the least tolerant first.

    Parameters that are zero have no relative error and are left out.
    """
    exact = model.exact()
    listed = as_menu(menu)
    chosen = reforms_of(bundle, listed)
    names = [name for name in exact.parameters() if getattr(exact, name) != 0]
    found = {name: radius(exact, chosen, goal, menu=listed, only=[name], most=most) for name in names}
    far = Fraction(most) * 2
    return dict(sorted(found.items(), key=lambda item: far if item[1].refuted is None else item[1].refuted))


def reforms_of(bundle: Iterable[Reform | str], menu: tuple[Reform, ...]) -> tuple[Reform, ...]:
    """The bundle as reforms, names taken from the menu."""
    listed = [bundle] if isinstance(bundle, Reform | str) else list(bundle)
    reforms = [item if isinstance(item, Reform) else choose(menu, [item])[0] for item in listed]
    return as_menu(reforms)


class _Search:
    """Bisection on the radius of one bundle; radii in whole steps."""

    def __init__(
        self,
        model: Model,
        bundle: tuple[Reform, ...],
        goal: Goal,
        only: Collection[str] | None,
        except_: Collection[str],
        most: Fraction,
    ) -> None:
        if most <= 0:
            raise ReformError(f"most={most} is no distance; look up to some radius above 0")
        self.model, self.bundle, self.goal = model.exact(), bundle, goal
        self.only, self.except_ = only, except_
        self.most = int(most / STEP)
        widest = image(self.region(self.most), bundle)
        self.setting = setting_of(widest.low, goal, widest.uncertain)
        self.prover, self.attacker = Prover(self.setting), Attacker(self.setting)
        self.hints: list[Attack] = []

    def region(self, steps: int) -> Region:
        return Region.around(self.model, steps * STEP, only=self.only, except_=self.except_)

    def box(self, steps: int) -> tuple[Region, Any]:
        region = self.region(steps)
        return region, box_of(self.setting, image(region, self.bundle).intervals)

    def run(self) -> Radius:
        at_point = witness_at(self.model, self.bundle, self.setting.event)
        if at_point is not None:
            return self._answer(None, 0, at_point, None, (), None)
        low, high, witness, attack = 0, self.most + 1, None, None
        low_sketch: Sketch | None = None
        gap_low = gap_high = None
        while high - low > 1:
            middle = (low + high) // 2
            region, box = self.box(middle)
            sketch = self.prover.sketch(box)
            if sketch is not None:
                low, low_sketch = middle, sketch
                continue
            struck = self._strike(region, box)
            if struck is not None:
                high, (attack, witness) = middle, struck
                continue
            gap_low = gap_high = middle
            break
        if gap_low is not None and gap_high is not None:
            low, low_sketch = self._raise(low, gap_low, low_sketch, 1)
            high, attack, witness = self._lower(gap_high, high, attack, witness)
            if high - low > _GAP:
                low, low_sketch = self._raise(low, high, low_sketch, _PIECES)
        return self._finish(low, low_sketch, high, attack, witness)

    def _raise(self, low: int, high: int, sketch: Sketch | None, pieces: int) -> tuple[int, Sketch | None]:
        while high - low > (1 if pieces == 1 else _GAP // 2):
            middle = (low + high) // 2
            found = self.prover.sketch(self.box(middle)[1], pieces=pieces)
            if found is None:
                high = middle
            else:
                low, sketch = middle, found
        return low, sketch

    def _lower(
        self, low: int, high: int, attack: Attack | None, witness: Witness | None
    ) -> tuple[int, Attack | None, Witness | None]:
        while high - low > 1:
            middle = (low + high) // 2
            struck = self._strike(*self.box(middle))
            if struck is None:
                low = middle
            else:
                high, (attack, witness) = middle, struck
        return high, attack, witness

    def _strike(self, region: Region, box: Any) -> tuple[Attack, Witness] | None:
        low, high = ends_of(box)
        attack = self.attacker.strike(low, high, self.prover.corners, self.hints)
        self.hints = [attack]
        if attack.margin < -1e-9:
            return None
        witness = self._witness(region, box, attack.position)
        return None if witness is None else (attack, witness)

    def _witness(self, region: Region, box: Any, position: Array) -> Witness | None:
        after = image(region, self.bundle).intervals
        values = point_of(position, after, self.setting.variables)
        county = region.model(back(region, self.bundle, values))
        return witness_at(county, self.bundle, self.setting.event)

    def _finish(
        self, low: int, sketch: Sketch | None, high: int, attack: Attack | None, witness: Witness | None
    ) -> Radius:
        proof, region = None, None
        while low >= 0:
            region, box = self.box(low)
            found = self.prover.sketch(box) if sketch is None else sketch
            proof = None if found is None else self.prover.exact(found, box)
            if proof is not None or low == 0:
                break
            low, sketch = max(low - 1, 0), None
        if attack is None or witness is None:
            return self._answer(low, None, None, proof, (), region)
        return self._answer(low, high, witness, proof, self._binding(high, attack), region)

    def _binding(self, steps: int, attack: Attack) -> tuple[str, ...]:
        """The variables whose return to the middle alone takes the county farthest from failing."""
        low, high = ends_of(self.box(steps)[1])
        middle, radius = (low + high) / 2, (high - low) / 2
        x = attack.position
        points = np.repeat(x[None], len(x) + 1, axis=0)
        points[np.arange(len(x)) + 1, np.arange(len(x))] = 0
        margins = attack.kind.margin(self.setting.payoffs.at(middle + radius * points))
        relief = margins[0] - margins[1:]
        order = np.argsort(-relief, kind="stable")
        least = max(float(relief.max(initial=0.0)) * 0.02, 1e-9)
        return tuple(self.setting.variables[v] for v in order if relief[v] > least)

    def _answer(
        self,
        low: int | None,
        high: int | None,
        witness: Witness | None,
        proof: Proof | None,
        binding: tuple[str, ...],
        region: Region | None,
    ) -> Radius:
        names = tuple(reform.name for reform in self.bundle)
        proved, refuted = (None if steps is None else steps * STEP for steps in (low, high))
        return Radius(names, self.goal, proved, refuted, witness, proof, binding, region)


def _per_cent(value: Fraction) -> str:
    return f"{float(value * 100):g} %"
