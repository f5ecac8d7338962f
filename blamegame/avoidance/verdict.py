"""The answer: smallest and largest probability of the event, and the verdict that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.concepts import Concept
from blamegame.games.table import format_number

FREE, TRAP, ENTRENCHED, EMPTY = "free", "trap", "entrenched", "no equilibrium"
UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class AvoidanceRange:
    """Probability of the event in the best and in the worst equilibrium.

    Under MarkovPerfect it is the long-run frequency over stationary equilibria, under SubgamePerfect and PublicPerfect
    the discounted one.

    Attributes
    ----------
    best, worst : number, or array of shape [*batch]
        Fractions where the model is exact; NaN where the concept allows no equilibrium at all.
    status : str, or array of str
        *free* where worst = 0; *trap* where best = 0 < worst; *entrenched* where best > 0; *no equilibrium*; and
        *undecided* where equilibria may be missing and those found do not show a trap.
    complete : bool
        Whether every equilibrium of the concept was taken into account; never for :class:`~blamegame.Logit`, which
        follows the principal branch only.
    concept : the solution concept
    note : why the answer is not complete, and how far it goes; "" where it is
    event : what the model calls its event, where it stands beside numbers
    """

    best: Any
    worst: Any
    status: Any
    complete: bool
    concept: Concept
    note: str = ""
    event: str = "avoidance"

    def __str__(self) -> str:
        if isinstance(self.best, np.ndarray):
            words, counts = np.unique(self.status, return_counts=True)
            tally = ", ".join(f"{count} {word}" for word, count in zip(words.tolist(), counts.tolist()))
            return f"{self.best.size} models under {self.concept}: {tally}"
        ends = f"{self.status}: {self.event} {format_number(self.best)} at best, {format_number(self.worst)} at worst"
        return f"{ends} ({self.note})" if self.note else ends


def status_of(best: Any, worst: Any) -> Any:
    """The verdict word for a range; arrays give arrays.

    >>> from fractions import Fraction
    >>> status_of(0, Fraction(1, 2)), status_of(0, 0), status_of(0.2, 1.0)
    ('trap', 'free', 'entrenched')
    """
    words = np.where(
        np.isnan(np.asarray(worst, dtype=np.float64)),
        EMPTY,
        np.where(np.equal(worst, 0), FREE, np.where(np.equal(best, 0), TRAP, ENTRENCHED)),
    )
    return words if isinstance(worst, np.ndarray) else str(words)


def proved_status(best: Any, worst: Any, complete: bool) -> str:
    """The verdict that the equilibria found prove: where some may be missing, only a trap is proved by what was found.

    >>> proved_status(0, 0, True), proved_status(0, 0, False), proved_status(0, 1, False)
    ('free', 'undecided', 'trap')
    """
    verdict = str(status_of(best, worst))
    return verdict if complete or verdict == TRAP else UNDECIDED
