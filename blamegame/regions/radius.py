"""How wrong the numbers may be: the largest distance at which a goal holds at every point, proved and refuted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any, Protocol, TypeVar

from blamegame.errors import ReformError
from blamegame.games.table import align
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform, as_menu, choose
from blamegame.regions.attack import Attack, Attacker, Witness
from blamegame.regions.bracket import Struck, binding, bracket
from blamegame.regions.image import image
from blamegame.regions.proof import Proof
from blamegame.regions.prover import Box, Prover, Sketch, box_of, ends_of
from blamegame.regions.region import Region
from blamegame.regions.robust import HullTree
from blamegame.regions.setting import Setting, setting_of
from blamegame.regions.strike import struck

STEP = Fraction(1, 100_000)
"""Radii are multiples of a thousandth of a per cent."""

P = TypeVar("P")


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
        if self.proved is None and self.refuted is None:
            return f"{who}: not decided in the time allowed; allow more"
        if self.proved is None:
            return f"{who}: the goal fails at the point itself"
        proved = f"proved while every uncertain number is within {_per_cent(self.proved)} of its value"
        refuted = (
            f"fails for some county within {_per_cent(self.refuted)}"
            if self.refuted is not None
            else ("no county is known where it fails")
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
    time_limit: float | None = None,
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
    time_limit : seconds, optional; then the bracket may be wide, and both ends still are exact

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
    >>> float(found.proved), float(found.refuted), found.witness.holds(removes())
    (0.0975, 0.09751, True)
    """
    goal = removes() if goal is None else goal
    listed = as_menu(menu)
    chosen = reforms_of(bundle, listed)
    deadline = None if time_limit is None else monotonic() + time_limit
    exact, top = model.exact(), int(Fraction(most) / STEP)
    if top < 1:
        raise ReformError(f"most={most} is no distance; look up to some radius above 0")

    def around(steps: int) -> Region:
        return Region.around(exact, steps * STEP, only=only, except_=except_)

    if robust:
        return radius_on(HullTree(around, top, chosen, goal, listed), top, chosen, goal, listed, deadline)
    return radius_on(_OneBundle(around, top, chosen, goal), top, chosen, goal, listed, deadline)


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


class Ground(Protocol[P]):
    """What a radius is sought on: boxes around a model, with proofs and attacks."""

    setting: Setting

    def region(self, steps: int) -> Region: ...

    def prove(self, steps: int, pieces: int) -> P | None: ...

    def exact(self, steps: int, sketch: P) -> Proof | None: ...

    def strike(self, steps: int) -> Struck | None: ...


def radius_on(
    ground: Ground[P],
    top: int,
    bundle: tuple[Reform, ...],
    goal: Goal,
    menu: tuple[Reform, ...],
    deadline: float | None = None,
) -> Radius:
    """The radius by bisection, its proof made exact: where rounding stood in the way, a step or so below."""
    found = bracket(top, ground.prove, ground.strike, deadline)
    low, sketch = found.low, found.proof
    proof = None
    while low >= 0:
        sketch = ground.prove(low, 1) if sketch is None else sketch
        proof = None if sketch is None else ground.exact(low, sketch)
        if proof is not None:
            break
        low, sketch = low - 1, None
    decided: tuple[str, ...] = ()
    if found.struck is not None and found.high is not None:
        attack, witness = found.struck
        after = image(ground.region(found.high), choose((*bundle, *menu), witness.bundle))
        decided = binding(ground.setting, attack, *ends_of(box_of(ground.setting, after.intervals)))
    return Radius(
        bundle=tuple(reform.name for reform in bundle),
        goal=goal,
        proved=low * STEP if low >= 0 else None,
        refuted=None if found.high is None else found.high * STEP,
        witness=None if found.struck is None else found.struck[1],
        proof=proof,
        binding=decided,
        region=ground.region(low) if low >= 0 else None,
    )


class _OneBundle:
    """Boxes around a model, after one bundle."""

    def __init__(self, around: Callable[[int], Region], top: int, bundle: tuple[Reform, ...], goal: Goal) -> None:
        self.region, self.bundle = around, bundle
        self.setting = setting_of(image(around(top), bundle), goal)
        self._prover, self._attacker = Prover(self.setting), Attacker(self.setting)
        self._hints: list[Attack] = []

    def _box(self, steps: int) -> Box:
        return box_of(self.setting, image(self.region(steps), self.bundle).intervals)

    def prove(self, steps: int, pieces: int) -> Sketch | None:
        return self._prover.sketch(self._box(steps), pieces=pieces)

    def exact(self, steps: int, sketch: Sketch) -> Proof | None:
        return self._prover.exact(sketch, self._box(steps))

    def strike(self, steps: int) -> Struck | None:
        found = struck(self._attacker, self.region(steps), self.bundle, self._prover.corners, self._hints)
        if found is not None:
            self._hints = [found[0]]
        return found


def _per_cent(value: Fraction) -> str:
    return f"{float(value * 100):g} %"
