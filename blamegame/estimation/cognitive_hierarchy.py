"""Cognitive hierarchy: levels are Poisson, each replies to the mixture of all levels below it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.differences import by_differences
from blamegame.estimation.likelihood import Predict
from blamegame.estimation.replies import best_reply, joined, logit_reply, stakes_of
from blamegame.estimation.theory import precision_unknown
from blamegame.estimation.unknown import BEHAVIOUR, Unknown
from blamegame.games.strategic import Array

_MOST_MEAN = 12.0
_MOST_LEVELS = 60


@dataclass(frozen=True)
class CognitiveHierarchy:
    """Poisson cognitive hierarchy; level 0 plays uniformly.

    Attributes
    ----------
    replies : ``"logit"``, with errors of estimated precision, or ``"exact"`` best replies
    levels : the highest level; the Poisson weights of 0 to ``levels`` are scaled to 1. Many levels of exact replies
        cycle through the actions of games without pure equilibrium, so that this number matters there.

    References
    ----------
    Camerer, Ho and Chong (2004), "A cognitive hierarchy model of games", Q. J. Econ. 119.
    """

    replies: str = "logit"
    levels: int = 7

    def __post_init__(self) -> None:
        if isinstance(self.levels, bool) or not isinstance(self.levels, int) or not 1 <= self.levels <= _MOST_LEVELS:
            raise CasesError(f"levels={self.levels!r} is not a whole number from 1 to {_MOST_LEVELS}")
        if self.replies not in ("logit", "exact"):
            raise CasesError(f"replies={self.replies!r}; they are 'logit' or 'exact'")

    @property
    def in_words(self) -> str:
        """What offices are taken to do."""
        return f"cognitive hierarchy with {self.replies} replies"

    @property
    def scan(self) -> int:
        """Replies jump, or have several humps."""
        return 512 if self.replies == "exact" else 128

    @property
    def smooth(self) -> bool:
        """Exact replies jump."""
        return self.replies == "logit"

    def behaviour(self, design: Design | Experiment) -> tuple[Unknown, ...]:
        """The mean level and, with logit replies, the precision unless it is known."""
        mean = Unknown("mean level", BEHAVIOUR, 0.0, _MOST_MEAN, (1.5, 0.5, 4.0, 8.0, _MOST_MEAN))
        precise = self.replies == "logit" and design.rationality is None
        return (mean, precision_unknown(design)) if precise else (mean,)

    def predictor(self, design: Design | Experiment, names: tuple[str, ...], counts: Array) -> Predict:
        """See :class:`Theory`."""
        if self.replies == "exact" and names:
            raise CasesError("exact replies jump as parameters move; use replies='logit', or a design without any free")
        at, n, known = stakes_of(design, names), len(names), design.rationality

        def probabilities(theta: Array) -> Array:
            stakes = at(theta)
            mean = np.maximum(theta[:, n], 0.0)
            precision = np.exp(theta[:, n + 1]) if theta.shape[1] > n + 1 else np.full(len(theta), float(known or 0))
            weight = np.exp(-mean)[:, None, None]
            total, below = weight, [weight * u for u in stakes.uniform]
            for level in range(1, self.levels + 1):
                worth = stakes.worth([part / total for part in below])
                play = [best_reply(w) if self.replies == "exact" else logit_reply(w, precision) for w in worth]
                weight = weight * mean[:, None, None] / level
                total = total + weight
                below = [part + weight * one for part, one in zip(below, play)]
            return joined([part / total for part in below])

        return by_differences(probabilities)
