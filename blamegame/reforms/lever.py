"""What a centre can set: parameters with a price for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from blamegame.errors import ReformError
from blamegame.reforms.reform import Number, exact_number


@dataclass(frozen=True, init=False)
class Lever:
    """A parameter that the centre sets, at so much for each unit of it; ``None``: the end of the parameter's range."""

    parameter: str
    price: Fraction
    low: Fraction | None
    high: Fraction | None

    def __init__(self, parameter: str, price: Number, low: Number | None = None, high: Number | None = None) -> None:
        cost = exact_number(price, f"the price of {parameter}")
        if cost < 0:
            raise ReformError(f"the price of {parameter} is {price}; a price is 0 or more")
        object.__setattr__(self, "parameter", parameter)
        object.__setattr__(self, "price", cost)
        for name, value in (("low", low), ("high", high)):
            object.__setattr__(self, name, None if value is None else exact_number(value, f"{name} of {parameter}"))


CENTRE: tuple[Lever, ...] = (
    Lever("accountability", Fraction(1, 20)),
    Lever("tolerance", 0),
    Lever("substantive_inspection", Fraction(1, 10)),
)
"""What the centre of model.md section 9 sets, and its prices in units of the value of success."""
