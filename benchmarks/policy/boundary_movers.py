"""(a) What moves the boundary of entrenched avoidance most? Sobol indices of the verdict over the pressure box."""

from __future__ import annotations

import numpy as np

from benchmarks.policy.page import listed, percent, write_page
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model
from blamegame.plots.sensitivity import plot_sensitivity
from blamegame.plots.style import words
from blamegame.studies.parameter_box import PRESSURE_BOX
from blamegame.studies.sensitivity import SobolIndices, sobol
from blamegame.verbs import avoidance

QUESTION = "What moves the boundary of entrenched avoidance most?"


def entrenched(batch: Model) -> np.ndarray:
    """1 where avoidance has positive probability in every Nash equilibrium."""
    return avoidance(batch, Nash()).low.lower > 0


def main(n: int = 4096) -> str:
    found = sobol(Delegation, PRESSURE_BOX, entrenched, rng=np.random.default_rng(20), n=n)
    ax = plot_sensitivity(found, measure="the verdict entrenched", title=QUESTION)
    at = {name: k for k, name in enumerate(found.parameters)}
    rows = [
        [words(name), *(_with_interval(v[at[name]], e[at[name]]) for v, e in _columns(found))]
        for name in found.ranked()
    ]
    return write_page(
        "boundary_movers", QUESTION, _in_words(found),
        ["parameter", "with interactions (total)", "alone (first order)"], rows, ax,
        "Sobol indices of the verdict *entrenched* (avoidance has positive probability in every Nash equilibrium) over "
        f"the pressure box, {found.evaluations:,} games, each with all its Nash equilibria; 95 % intervals. "
        "*With interactions* is the share of the variance that would remain if all other parameters were known, "
        "*alone* the share that goes if this one is known. The figure shows the 12 strongest.",
    )  # fmt: skip


def _with_interval(value: float, ends: np.ndarray) -> str:
    return f"{value:.3f} ({ends[0]:.3f} to {ends[1]:.3f})"


def _columns(found: SobolIndices) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(found.total, found.total_interval), (found.first, found.first_interval)]


def _in_words(found: SobolIndices) -> str:
    ranked = found.ranked()
    first, last = _tied(found, ranked[0]), _tied(found, ranked[-1])
    text = (
        "The pressure box is small power, big responsibility and hard accountability; avoidance is entrenched in "
        f"{percent(found.mean)} of its games. Whether it is depends most on {_group(first)}"
    )
    if len(first) + len(last) < len(ranked):
        next_ones = _tied(found, ranked[len(first)])
        text += f", then on {_group([name for name in next_ones if name not in first])}, and least on {_group(last)}"
    low, high = _places(found, "accountability")
    place = f"place {low}" if low == high else f"a place from {low} to {high}"
    beside = [name for name in _tied(found, "accountability") if name != "accountability"]
    text += f". Accountability, how hard failure is punished, has {place} of {len(ranked)}"
    text += f": its interval overlaps {_of(beside)}." if beside else "."
    return text + (
        f" Single parameters alone explain about {100 * found.first.sum():.0f} % of the variance: the rest is "
        "interaction, which is why bundles are searched and not single levers."
    )


def _tied(found: SobolIndices, name: str) -> list[str]:
    """The parameters, strongest first, whose interval of the total index overlaps that of ``name``, itself included."""
    at = found.parameters.index(name)
    low, high = found.total_interval.T
    apart = (low > high[at]) | (high < low[at])
    return [other for other in found.ranked() if not apart[found.parameters.index(other)]]


def _places(found: SobolIndices, name: str) -> tuple[int, int]:
    """The highest and the lowest place that the intervals leave to a parameter."""
    ranked, tied = found.ranked(), _tied(found, name)
    above = [other for other in ranked[: ranked.index(name)] if other not in tied]
    return len(above) + 1, len(above) + len(tied)


def _group(names: list[str]) -> str:
    text = listed([words(name) for name in names])
    return (
        text
        if len(names) == 1
        else f"{text} (the order is not settled: their intervals overlap that of {words(names[0])})"
    )


def _of(names: list[str]) -> str:
    return "that of " + words(names[0]) if len(names) == 1 else "those of " + listed([words(name) for name in names])


if __name__ == "__main__":
    print(main())
