"""What a scenario file may say of a number that is not known: an interval, or how far it may be off."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from blamegame.scenario.numbers import Unusable, exact_number, parse_decimal

if TYPE_CHECKING:
    from blamegame.models.model import Model
    from blamegame.models.parameter import Parameter
    from blamegame.regions.region import Region

WAYS_OUT = 'write [0.2, 0.4], { about = 0.3, within = "20 %" } or { about = 0.3, between = [0.2, 0.5] }'
_PER_CENT = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*%")


@dataclass(frozen=True)
class Uncertain:
    """A parameter of a file that is an interval: its value in the model, and the ends."""

    about: Fraction
    low: Fraction
    high: Fraction


def uncertain(value: Any, spec: Parameter, number: Callable[[Any], Fraction]) -> Uncertain:
    """An interval as the file writes it; ``number`` checks a value against the range of the parameter.

    ``[low, high]`` is about its middle; ``{ about, within }`` is so many per cent of the value, or so much in the
    parameter's unit, and ends where the range ends; ``{ about, between }`` gives both ends.

    Raises
    ------
    ValueError
        With the way out, without naming the key; and what ``number`` raises.
    """
    if isinstance(value, list):
        low, high = _ends(value, number)
        return Uncertain((low + high) / 2, low, high)
    unknown = [key for key in value if key not in ("about", "within", "between")]
    if unknown:
        raise ValueError(f"has {', '.join(map(repr, unknown[:3]))}; {WAYS_OUT}")
    if "about" not in value:
        raise ValueError(f"does not say about what value; {WAYS_OUT}")
    if ("within" in value) == ("between" in value):
        said = "both within and between" if "within" in value else "neither within nor between"
        raise ValueError(f"has {said}; {WAYS_OUT}")
    about = number(value["about"])
    if "between" in value:
        if not isinstance(value["between"], list):
            raise ValueError("has a between that is no list; write between = [0.2, 0.5]")
        low, high = _ends(value["between"], number)
        if not low <= about <= high:
            raise ValueError("is about a value that is not between its ends")
        return Uncertain(about, low, high)
    within = value["within"]
    step = abs(about) * per_cent(within) if isinstance(within, str) else _width(within)
    return Uncertain(about, spec.clip(about - step), spec.clip(about + step))


def per_cent(text: Any) -> Fraction:
    """``"20 %"`` as 1/5.

    Raises
    ------
    ValueError
        For anything else, with the way out.

    >>> per_cent("20 %"), per_cent("2.5%")
    (Fraction(1, 5), Fraction(1, 40))
    """
    match = _PER_CENT.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= 60 else None
    if match is None:
        raise ValueError('is no share of the value; write it as within = "20 %"')
    number = parse_decimal(match.group(1))
    if isinstance(number, Unusable):
        raise ValueError(f'within {number.why}; write it as within = "20 %"')
    if number < 0:
        raise ValueError("is within a negative share; a number is within 0 % or more of its value")
    return number / 100


def region_of(
    model: Model, given: Mapping[str, Uncertain], within: Fraction | None, except_: Collection[str]
) -> Region | None:
    """The region a file describes: its intervals, and every other number within a share of its value.

    None where no number is uncertain.

    Raises
    ------
    ModelError
        Where a model at an end of the region is none.
    """
    from blamegame.regions.region import Region

    low = {name: interval.low for name, interval in given.items()}
    high = {name: interval.high for name, interval in given.items()}
    if within is not None:
        around = Region.around(model, within, except_=(*given, *except_)).intervals
        for name, (lowest, highest) in around.items():
            low.setdefault(name, lowest)
            high.setdefault(name, highest)
    region = Region(model, low, high)
    return region if region.uncertain else None


def _ends(value: list[Any], number: Callable[[Any], Fraction]) -> tuple[Fraction, Fraction]:
    if len(value) != 2:
        raise ValueError(f"is a list of {len(value)}, and an interval has two ends; write [0.2, 0.4]")
    low, high = (number(end) for end in value)
    if low > high:
        raise ValueError("has its low end above its high end; exchange them")
    return low, high


def _width(value: Any) -> Fraction:
    width = exact_number(value)
    if width < 0:
        raise ValueError("is within less than nothing; a width is 0 or more")
    return width
