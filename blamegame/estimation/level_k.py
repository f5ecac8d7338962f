"""Level-k: level 0 plays uniformly, each level replies to the one below with logit errors; all are of one level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.differences import by_differences
from blamegame.estimation.likelihood import Predict
from blamegame.estimation.replies import joined, logit_reply, stakes_of
from blamegame.estimation.theory import precision_unknown
from blamegame.estimation.unknown import Unknown
from blamegame.games.strategic import Array


@dataclass(frozen=True)
class LevelK:
    """Level-``level`` play with precision estimated, or known to the design.

    References
    ----------
    Stahl and Wilson (1994), "Experimental evidence on players' models of other players", J. Econ. Behav. Organ. 25.
    """

    level: int = 1

    def __post_init__(self) -> None:
        if isinstance(self.level, bool) or not isinstance(self.level, int) or not 1 <= self.level <= 50:
            raise CasesError(f"level={self.level!r} is not a whole number from 1 to 50")

    @property
    def in_words(self) -> str:
        """What offices are taken to do."""
        return f"level-{self.level} replies"

    @property
    def scan(self) -> int:
        """Several humps are usual."""
        return 64

    @property
    def smooth(self) -> bool:
        """Logit replies are."""
        return True

    def behaviour(self, design: Design | Experiment) -> tuple[Unknown, ...]:
        """The precision, unless it is known."""
        return () if design.rationality is not None else (precision_unknown(design),)

    def predictor(self, design: Design | Experiment, names: tuple[str, ...], counts: Array) -> Predict:
        """See :class:`Theory`."""
        at, n, known = stakes_of(design, names), len(names), design.rationality

        def probabilities(theta: Array) -> Array:
            stakes = at(theta)
            precision = np.exp(theta[:, n]) if known is None else np.full(len(theta), float(known))
            play = stakes.uniform
            for _ in range(self.level):
                play = [logit_reply(worth, precision) for worth in stakes.worth(play)]
            return joined(play)

        return by_differences(probabilities)
