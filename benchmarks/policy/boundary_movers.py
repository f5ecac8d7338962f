"""(a) What moves the boundary of entrenched avoidance most? Sobol indices of the verdict over the pressure box."""

from __future__ import annotations

import numpy as np

from benchmarks.policy.page import percent, write_page
from blamegame.avoidance import avoidance_range
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model
from blamegame.plots.sensitivity import plot_sensitivity
from blamegame.plots.style import words
from blamegame.studies.boxes import PRESSURE_BOX
from blamegame.studies.sensitivity import SobolIndices, sobol

QUESTION = "What moves the boundary of entrenched avoidance most?"


def entrenched(batch: Model) -> np.ndarray:
    """1 where avoidance has positive probability in every Nash equilibrium."""
    return avoidance_range(batch, Nash()).best > 0


def main(n: int = 4096) -> str:
    found = sobol(Delegation, PRESSURE_BOX, entrenched, rng=np.random.default_rng(20), n=n)
    ax = plot_sensitivity(found, title=QUESTION)
    at = {name: k for k, name in enumerate(found.parameters)}
    rows = [
        [words(name), *(f"{v[at[name]]:.3f} ± {e[at[name]]:.3f}" for v, e in _columns(found))]
        for name in found.ranked()
    ]
    return write_page(
        "boundary_movers", QUESTION, _in_words(found), ["parameter", "total", "alone"], rows, ax,
        f"Sobol indices of the verdict *entrenched* over the pressure box, {found.evaluations:,} games, each with all "
        "its Nash equilibria; 95 % bootstrap intervals.",
    )  # fmt: skip


def _columns(found: SobolIndices) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(found.total, found.total_error), (found.first, found.first_error)]


def _in_words(found: SobolIndices) -> str:
    ranked = found.ranked()
    place = ranked.index("accountability") + 1
    return (
        f"In the pressure box avoidance is entrenched in {percent(found.mean)} of the games. Whether it is depends "
        f"most on {words(ranked[0])}, {words(ranked[1])} and {words(ranked[2])}, least on {words(ranked[-1])}. "
        f"Accountability, the lever most often pulled, has place {place} of {len(ranked)}. "
        f"Single parameters alone explain {percent(found.first.sum())} of the variance: the rest is interaction, "
        "which is why bundles are searched and not single levers."
    )


if __name__ == "__main__":
    print(main())
