"""From cases to a reform that works: what is recommended by the estimate alone, and what is proved over the region.

``python -m benchmarks.loop [counties] [level]``. Each county is a draw of the pressure box in which authority, shield,
diffusion and the precision are unknown; 50 cases a regime under base, list and tolerate. A recommendation *works* if no
Nash equilibrium of the true county after it holds mutual avoidance.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction
from time import perf_counter

import numpy as np

from benchmarks.estimation import FREE, PRECISION, cases_of, drawn
from blamegame.estimation.design import Design
from blamegame.estimation.fit import Fit, fit
from blamegame.estimation.theory import QuantalResponse
from blamegame.models.delegation import Delegation
from blamegame.reforms.search import search
from blamegame.regions.region import Region
from blamegame.regions.search import search_region
from blamegame.studies.parameter_box import PRESSURE_BOX, uniform_draws

REGIMES = {"base": [], "list": ["list"], "tolerate": ["tolerate"]}
CASES = 50
NOTHING_PROVED = "no bundle proved"


@dataclass
class Tally:
    """How one rule did."""

    works: int = 0
    fails: int = 0
    silent: int = 0
    cost: Fraction = Fraction(0)

    def add(self, plan: object, truth: object) -> None:
        """Count a recommendation: the cheapest bundle of ``plan``, judged by the plan of the true county."""
        best = plan.cheapest  # type: ignore[attr-defined]
        if best is None:
            self.silent += 1
            return
        self.cost += best.cost
        if truth.succeeds(best.bundle):  # type: ignore[attr-defined]
            self.works += 1
        else:
            self.fails += 1

    def __str__(self) -> str:
        named = self.works + self.fails
        if not named:
            return NOTHING_PROVED
        return (
            f"works {self.works} of {named}, mean cost {float(self.cost / named):.2f}, {self.silent} without a bundle"
        )


def county(rng: np.random.Generator) -> Delegation:
    """A draw of the pressure box to three digits, so that exact verdicts stay quick."""
    values = uniform_draws(PRESSURE_BOX, 1, rng=rng)
    return Delegation(**{name: Fraction(round(float(value[0]) * 1000), 1000) for name, value in values.items()})


def observed(truth: Delegation, rng: np.random.Generator) -> Fit:
    """The fit to cases of this county, everything but the three free parameters known."""
    known = Design(truth, REGIMES, (), rationality=PRECISION)
    logs = QuantalResponse().predictor(known, (), np.zeros(0))(np.zeros((1, 0)))[0]
    design = Design(truth, REGIMES, FREE)
    return fit(cases_of(drawn(rng, np.exp(logs[0]).reshape(len(REGIMES), 5), CASES), design), design)


def main() -> None:
    """Print the table."""
    counties = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    level = float(sys.argv[2]) if len(sys.argv) > 2 else 0.90
    rng = np.random.default_rng(17)
    told, plug_in, region, seconds = Tally(), Tally(), Tally(), 0.0
    for _ in range(counties):
        truth = county(rng)
        found = observed(truth, rng)
        right = search(truth)
        told.add(right, right)
        plug_in.add(search(truth.replace({name: Fraction(found.values[name]) for name in FREE})), right)
        box = found.region(level=level)
        began = perf_counter()
        plan = search_region(Region(truth, {n: b[0] for n, b in box.items()}, {n: b[1] for n, b in box.items()}))
        seconds += perf_counter() - began
        region.add(plan, right)
    print(f"{counties} counties of the pressure box, {CASES} cases a regime under {', '.join(REGIMES)}")
    print(f"truth known:             {told}")
    print(f"plug-in estimate:        {plug_in}")
    print(f"proved at level {level:.2f}:    {region} ({seconds / counties:.1f} s a region)")


if __name__ == "__main__":
    main()
