"""Six small sets of cases with the fits that the specification states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.estimation.cases import Cases
from blamegame.estimation.design import Design
from blamegame.models.delegation import Delegation

THREE = ("authority", "escalation_shield", "diffusion")


@dataclass(frozen=True)
class Fixture:
    """Counts by regime, and the numbers to reproduce."""

    name: str
    upper: dict[str, list[int]]
    lower: dict[str, list[int]]
    free: tuple[str, ...]
    log_likelihood: float
    estimates: tuple[float, ...] = ()
    deviance: float | None = None
    profiles: tuple[tuple[float, float], ...] = ()
    box: tuple[tuple[float, float], ...] = ()
    rationality: Any = None

    @property
    def cases(self) -> Cases:
        """The counts."""
        return Cases.of_counts({r: {"upper": self.upper[r], "lower": self.lower[r]} for r in self.upper})

    @property
    def design(self) -> Design:
        """The county at its defaults; a regime is the one reform of its name."""
        regimes = {r: [] if r == "base" else [r] for r in self.upper}
        return Design(Delegation(), regimes, self.free, rationality=self.rationality)


F1 = Fixture(
    "F1",
    {"base": [14, 86], "list": [78, 22], "tolerate": [40, 60]},
    {"base": [5, 87, 8], "list": [15, 81, 4], "tolerate": [22, 73, 5]},
    THREE,
    -337.4794,
    (0.295464, 0.697170, 0.796734, 8.058582),
    0.0535,
    ((0.1776, 0.4268), (0.5686, 0.9151), (0.6836, 0.9100)),
    ((0.1258, 0.4963), (0.5286, 1), (0.6320, 0.9617)),
)
F2 = Fixture(
    "F2",
    {"base": [7, 33], "list": [33, 7], "tolerate": [14, 26]},
    {"base": [3, 29, 8], "list": [4, 36, 0], "tolerate": [6, 32, 2]},
    THREE,
    -135.7668,
    (0.187001, 0.568455, 0.743663, 9.205933),
    10.5609,
)
F3 = Fixture(
    "F3",
    {"base": [28, 172], "list": [156, 44], "tolerate": [79, 121], "answer": [155, 45]},
    {"base": [11, 173, 16], "list": [30, 162, 8], "tolerate": [45, 145, 10], "answer": [15, 180, 5]},
    (*THREE, "accountability"),
    -861.4237,
    (0.301975, 0.697400, 0.800545, 0.999895, 8.032321),
)
F4 = Fixture(
    "F4",
    {"base": [9, 51], "list": [47, 13]},
    {"base": [3, 52, 5], "list": [9, 49, 2]},
    ("authority", "diffusion"),
    -119.4344,
    (0.291453, 0.783741),
    None,
    ((0.1368, 0.4127), (0.6191, 0.9821)),
    (),
    8,
)
F5 = Fixture("F5", {"base": [14, 86]}, {"base": [5, 87, 8]}, THREE, -87.7966)
F6 = Fixture(
    "F6",
    {"base": [3, 47], "list": [35, 15], "answer": [28, 22]},
    {"base": [2, 44, 4], "list": [6, 42, 2], "answer": [2, 46, 2]},
    ("authority", "tolerance", "diffusion"),
    -141.8039,
    (0.298728, 0.004778, 1, 7.983293),
)
ALL = (F1, F2, F3, F4, F5, F6)
