"""The range of a mechanism in closed form: 0 or 1, since its equilibrium is one and the event is a fact about it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.closed_form import ClosedForm
from blamegame.games.event_range import Range
from blamegame.games.question import Question


def happens_or_not(question: Question[ClosedForm], deadline: Deadline) -> Range:
    """0 or 1: the mechanism has one equilibrium, or none, and the event is a fact about it."""
    found = question.game
    if not found.exists:
        empty = Range.empty(found.note)
        return empty
    happens = found.happens
    share = happens.astype(np.float64) if isinstance(happens, np.ndarray) else Fraction(int(happens))
    return Range.between(share, share)
