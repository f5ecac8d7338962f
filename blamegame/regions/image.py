"""Where reforms take a region: the image of a box under a bundle is exactly a box."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from blamegame.models.parameter import Parameter
from blamegame.reforms.reform import Edit, Reform, apply, as_menu, combined, edited, edits_by_parameter
from blamegame.regions.region import Interval, Region

Box = dict[str, Interval]
"""An interval for every parameter of a model, by name."""


def image(region: Region, bundle: Iterable[Reform]) -> Region:
    """The region after a bundle of reforms.

    Every edit is monotone and continuous in its own parameter, so the image of the box is the box of the images of
    its ends, with nothing added: a model is in it exactly if it is some model of the region after the bundle.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> region = Region.around(Delegation(), Fraction(1, 5), only=["authority", "tolerance"])
    >>> after = image(region, choose(CATALOGUE, ["empower", "tolerate"]))
    >>> after.uncertain, after.intervals["authority"]
    (('authority',), (Fraction(59, 100), Fraction(71, 100)))
    """
    listed = as_menu(bundle)
    return Region(region.low, apply(region.low, listed), apply(region.high, listed))


def hull(region: Region, decided: Iterable[Reform], undecided: Iterable[Reform]) -> Box:
    """A box that contains the image of the region under ``decided`` with any of ``undecided``, in any intensity.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> region = Region.around(Delegation(), 0)
    >>> hull(region, [], choose(CATALOGUE, ["empower"]))["authority"]
    (Fraction(3, 10), Fraction(13, 20))
    """
    sure, open_ = as_menu(decided), as_menu(undecided)
    firm, loose = edits_by_parameter(region.low, sure), edits_by_parameter(region.low, open_)
    box = region.intervals
    for name in {**firm, **loose}:
        edits = [edit for _, edit in firm.get(name, [])], [edit for _, edit in loose.get(name, [])]
        box[name] = _hull(box[name], *edits, region.low.parameters()[name])
    return box


def region_of(region: Region, box: Box) -> Region:
    """A box of all parameters as a region of models like those of ``region``."""
    return Region(region.low, {n: low for n, (low, _) in box.items()}, {n: high for n, (_, high) in box.items()})


def preimage(after: Fraction, before: Interval, edits: Collection[Edit], spec: Parameter) -> Fraction:
    """A value of the interval ``before`` that the edits take to ``after``, a value of the interval's image.

    >>> from blamegame import Delegation
    >>> spec = Delegation.parameters()["diffusion"]
    >>> preimage(Fraction(1, 5), (Fraction(1, 2), Fraction(1)), [Edit("diffusion", scale=Fraction(1, 4))], spec)
    Fraction(4, 5)
    """
    if not edits:
        return after
    joint = _joint(edits)
    for end in before:
        if edited(end, joint, spec) == after:
            return end
    return (after - joint.add) / joint.scale  # strictly between the images of the ends: no floor, no clip, scale > 0


def back(region: Region, bundle: Collection[Reform], after: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Parameters in the region that the bundle takes to ``after``, parameters in the region's image."""
    edits = edits_by_parameter(region.low, as_menu(bundle))
    return {
        name: preimage(after[name], interval, [edit for _, edit in edits.get(name, [])], region.low.parameters()[name])
        for name, interval in region.intervals.items()
    }


def _joint(edits: Collection[Edit]) -> Edit:
    first, *rest = edits
    for edit in rest:
        first = combined(first, edit)
    return first


def _hull(interval: Interval, firm: list[Edit], loose: list[Edit], spec: Parameter) -> Interval:
    one, zero = Fraction(1), Fraction(0)
    scales = [one, one]
    adds = [zero, zero]
    for edit in firm:
        scales = [scale * edit.scale for scale in scales]
        adds = [add + edit.add for add in adds]
    for edit in loose:
        scales = [scales[0] * min(one, edit.scale), scales[1] * max(one, edit.scale)]
        adds = [adds[0] + min(zero, edit.add), adds[1] + max(zero, edit.add)]
    low = min(interval[0] * scale for scale in scales) + adds[0]
    high = max(interval[1] * scale for scale in scales) + adds[1]
    sure = [edit.floor for edit in firm if edit.floor is not None]
    low = max([low, *sure])
    high = max([high, *sure, *(edit.floor for edit in loose if edit.floor is not None)])
    return spec.clip(low), spec.clip(high)
