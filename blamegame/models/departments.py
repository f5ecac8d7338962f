"""Departments over one township: each sends letters for attention, and letters eat the time that attention needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.strategic import Array
from blamegame.models.forms import Measured
from blamegame.models.model import parameter
from blamegame.models.threshold import Threshold


@dataclass(frozen=True, eq=False)
class Departments(Measured):
    """K departments issue letters to one township (model.md section 5).

    Department i sends w_i >= 0 letters and gets V (w_i / W)(T - tau W) - c w_i, W the sum of all: a contest
    for the township's time in which the letters themselves are what wastes it.

    Examples
    --------
    31 departments and free letters leave the township 3 % of its time:

    >>> round(float(Departments(departments=31).paperwork_share()), 4)
    0.9677
    >>> Departments(departments=2, letter_cost=1).paperwork_share()
    Fraction(1, 4)
    """

    parameter_source: ClassVar[str] = "model.md section 5, departments over one township; the value is an assumption"
    avoidance_name: ClassVar[str] = "paper avoidance"

    value: Any = parameter("V", "worth of all the township's time to a department", "1", high=None, unit="value")
    time: Any = parameter("T", "the township's time", "1", high=None, unit="time")
    letter_time: Any = parameter("tau", "township's time that one letter takes", "1", high=None, unit="time per letter")
    letter_cost: Any = parameter("c", "a department's cost of one letter", "0", high=None, unit="value per letter")
    departments: int = 31
    mechanism: ClassVar[str] = "departments"
    measures: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "paperwork_share": "share of the township's time lost to letters in equilibrium",
            "letters": "letters of each department in equilibrium",
        }
    )

    @property
    def avoidance(self) -> Threshold:
        """Paper avoidance: letters take more of the township's time than they leave."""
        return Threshold("paperwork_share", ">", Fraction(1, 2))

    def __post_init__(self) -> None:
        if isinstance(self.departments, bool) or not isinstance(self.departments, int) or self.departments < 1:
            raise ModelError(f"departments={self.departments!r} is not a whole number of at least 1")
        super().__post_init__()
        for name in ("value", "time", "letter_time"):
            if np.any(np.equal(getattr(self, name), 0)):
                raise ModelError(f"{name}=0 leaves nothing to compete for; it must be positive")

    def no_equilibrium(self) -> str:
        """Alone, a department gets the more the fewer letters it sends, and nothing without any."""
        alone = self.departments == 1
        return "one department alone gains by sending ever fewer letters, and gets nothing with none" if alone else ""

    def letters(self) -> Any:
        """Letters of each department in the symmetric equilibrium; exact where the parameters are.

        The first-order condition V T O / W^2 = V tau + c with O = W (K - 1) / K gives
        W = V T (K - 1) / (K (V tau + c)).
        """
        p, k = self.values(), self.departments
        return p["value"] * p["time"] * (k - 1) / (k * k * (p["value"] * p["letter_time"] + p["letter_cost"]))

    def paperwork_share(self) -> Any:
        """Share of the township's time lost to letters in equilibrium: ((K-1)/K) / (1 + c / (V tau))."""
        p = self.values()
        return self.letters() * self.departments * p["letter_time"] / p["time"]

    def payoffs_of(self, letters: Array) -> Array:
        """Payoff of each department, shape [departments]; a department that sends nothing gets nothing."""
        p = {name: float(value) for name, value in self.values().items()}
        total = letters.sum()
        share = letters / total if total > 0 else np.zeros_like(letters)
        left = p["time"] - p["letter_time"] * total
        payoffs: Array = p["value"] * share * left - p["letter_cost"] * letters
        return payoffs

    def continuous_game(self) -> ContinuousGame:
        """The game on intervals; nobody sends more letters than would fill the township's time alone."""
        p = {name: float(value) for name, value in self.values().items()}
        most = p["time"] / p["letter_time"]
        names = tuple(f"department {i + 1}" for i in range(self.departments))

        def reply(player: int, letters: Array) -> float:
            others = letters.sum() - letters[player]
            slope = p["value"] * p["letter_time"] + p["letter_cost"]
            return float(max(0.0, np.sqrt(p["value"] * p["time"] * others / slope) - others))

        return ContinuousGame(
            names,
            np.zeros(self.departments),
            np.full(self.departments, most),
            lambda player, letters: float(self.payoffs_of(letters)[player]),
            reply,
        )

    def best_response_slope(self) -> Any:
        """Slope of a best response in the others' letters at the symmetric equilibrium: (2 - K)/(2(K - 1)).

        All K departments replying at once multiply a deviation by (K - 1) times this: from K = 4 on by 1 or more in
        size, so best-response dynamics does not settle.
        """
        if self.departments == 1:
            raise ModelError("departments=1 has no others to respond to")
        return Fraction(2 - self.departments, 2 * (self.departments - 1))
