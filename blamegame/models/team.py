"""A team: reward is shared, exposure is personal, and from some size on nobody makes an effort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.polynomial_game import polynomial_game
from blamegame.models.arithmetic import positive_part
from blamegame.models.forms import Measured
from blamegame.models.model import parameter
from blamegame.models.threshold import Threshold


@dataclass(frozen=True, eq=False)
class Team(Measured):
    """n members; effort e costs e^2/2, brings the team R and each member R/n, and exposes the member to phi A (1 - t).

    Examples
    --------
    >>> Team(members=4).effort(), Team(members=10).effort(), Team().critical_size()
    (Fraction(4, 25), Fraction(1, 100), Fraction(100, 9))
    """

    parameter_source: ClassVar[str] = "model.md section 5, team; the value is an assumption"
    avoidance_name: ClassVar[str] = "idleness"

    reward: Any = parameter("R", "collective reward for one unit of effort", "1", high=None, unit="value per effort")
    exposure: Any = parameter("phi", "chance that a unit of effort exposes its author", "0.10", unit="probability")
    accountability: Any = parameter("A", "sanction when exposed", "1", high=None, unit="value")
    tolerance: Any = parameter("t", "share of the sanction waived for documented good faith", "0.10")
    members: int = 5
    mechanism: ClassVar[str] = "team"
    measures: ClassVar[Mapping[str, str]] = MappingProxyType({"effort": "effort of each member in equilibrium"})

    @property
    def avoidance(self) -> Threshold:
        """Avoidance in a team: nobody makes an effort."""
        return Threshold("effort", "<=", 0)

    def __post_init__(self) -> None:
        if isinstance(self.members, bool) or not isinstance(self.members, int) or self.members < 1:
            raise ModelError(f"members={self.members!r} is not a whole number of at least 1")
        super().__post_init__()

    def effort(self) -> Any:
        """Effort of each member, a dominant strategy: max(0, R/n - phi A (1 - t))."""
        p = self.values()
        return positive_part(p["reward"] / self.members - p["exposure"] * p["accountability"] * (1 - p["tolerance"]))

    def critical_size(self) -> Any:
        """The size from which on nobody makes an effort: n* = R / (phi A (1 - t))."""
        p = self.values()
        personal = p["exposure"] * p["accountability"] * (1 - p["tolerance"])
        if np.any(np.equal(personal, 0)):
            raise ModelError("exposure, accountability and 1 - tolerance are not all positive, so effort never stops")
        return p["reward"] / personal

    def continuous_game(self) -> ContinuousGame:
        """The game on intervals; no member would ever exceed effort R. Payoffs are polynomials, and exact."""
        n = self.members
        p = {name: Fraction(value) for name, value in self.values().items()}
        personal = p["exposure"] * p["accountability"] * (1 - p["tolerance"])
        best = float(max(Fraction(0), p["reward"] / n - personal))

        def power(member: int, exponent: int) -> tuple[int, ...]:
            return tuple(exponent if k == member else 0 for k in range(n))

        payoffs = [
            {power(k, 1): p["reward"] / n - (personal if k == i else 0) for k in range(n)}
            | {power(i, 2): Fraction(-1, 2)}
            for i in range(n)
        ]
        return polynomial_game(
            tuple(f"member {i + 1}" for i in range(n)),
            np.zeros(n),
            np.full(n, max(float(p["reward"]), 1e-300)),
            payoffs,
            lambda member, effort: best,
        )
