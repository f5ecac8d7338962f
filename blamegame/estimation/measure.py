"""Which number to measure first: what knowing one parameter would save on the recommendation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.cells import Box
from blamegame.estimation.design import Design
from blamegame.estimation.fit import Fit, fit
from blamegame.estimation.unknown import FREE
from blamegame.games.strategic import Array

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)


@dataclass(frozen=True)
class Saving:
    """What measuring one parameter exactly would save.

    Attributes
    ----------
    parameter : its name
    cost_now : of what is recommended over the region that the cases leave
    cost_known : the same, expected, where the parameter is known
    """

    parameter: str
    cost_now: float
    cost_known: float

    @property
    def value(self) -> float:
        """The value of information, in the unit of the reforms' costs."""
        return self.cost_now - self.cost_known


def measure(found: Fit, recommend: Callable[[Box], float], *, level: float = 0.90) -> tuple[Saving, ...]:
    """The value of knowing each free parameter, the largest first.

    Parameters
    ----------
    recommend : the cost of the cheapest bundle that works throughout a region; what to pay where there is none is the
        caller's to say (the cost of the whole menu, for example)
    level : of the regions

    Notes
    -----
    The parameter takes five values across its 95 % set, in proportion to its profile likelihood; with each of them the
    cases are fitted again and the region that is left is recommended for.
    """
    design = found.design
    if not isinstance(design, Design):
        raise CasesError("an experiment has no parameters to measure")
    now = recommend(found.region(level=level))
    savings = []
    for name in (u.name for u in found.unknowns if u.kind == FREE):
        values, weights = _across(found, name)
        costs = [recommend(_known(found, design, name, float(value), level)) for value in values]
        savings.append(Saving(name, now, float(np.dot(weights, costs))))
    return tuple(sorted(savings, key=lambda saving: -saving.value))


def _across(found: Fit, name: str) -> tuple[Array, Array]:
    """Five values across the 95 % set (Gauss-Legendre) and their weights by profile likelihood."""
    ends = found.interval(name)
    if np.isinf(ends.high):
        raise CasesError(f"the cases leave {name} without an upper end; add a fact about it first")
    at = ends.low + (1 + _NODES) / 2 * (ends.high - ends.low)
    weights = _WEIGHTS * np.exp(-(found.profile_at(name, at) ** 2) / 2)
    return at, weights / weights.sum()


def _known(found: Fit, design: Design, name: str, value: float, level: float) -> Box:
    """The region that is left once the parameter is known."""
    free = tuple(other for other in design.free if other != name)
    told = Design(design.model.replace({name: value}), design.regimes, free, design.facts, design.rationality)
    exact = Fraction(value)
    return {**fit(found.cases, told, theory=found.theory).region(level=level), name: (exact, exact)}
