"""What a bundle of reforms must achieve: an event has probability zero in every, or in some, equilibrium."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from blamegame.answers.avoidance import avoidance_of_model
from blamegame.concepts import Concept
from blamegame.errors import ReformError
from blamegame.games.event_range import Range
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold

Cell: TypeAlias = tuple[int | str, ...]
_ALLOWED = {">": "at most", ">=": "below", "<": "at least", "<=": "above"}


@dataclass(frozen=True)
class Goal:
    """The event has probability zero in every equilibrium, or in some.

    Every goal is a statement about zero because zero is decided by supports and needs no tolerance, where a
    probability of one may be a rounded 1 - 1e-17.

    Attributes
    ----------
    cells : the event, as action profiles; None for the model's own ``avoidance``
    outside : whether the event is everything *but* ``cells``
    everywhere : zero in every equilibrium of the concept, rather than in at least one
    threshold : the event as a measure beyond a bound, in place of ``cells``, for models with measures
    """

    cells: tuple[Cell, ...] | None = None
    outside: bool = False
    everywhere: bool = True
    threshold: Threshold | None = None

    def event(self, model: Model) -> Any:
        """The event that must have probability zero, as ``model.question`` takes it; None for the model's own."""
        if self.threshold is not None:
            if self.threshold.measure not in model.measures:
                has = ", ".join(model.measures) or "none"
                raise ReformError(f"{type(model).__name__} has no measure {self.threshold.measure!r}; it has {has}")
            return self.threshold
        if not self.outside:
            return self.cells
        inside = model.event(self.cells)
        if not isinstance(inside, np.ndarray):
            raise ReformError(f"{type(model).__name__} has no profiles of actions, which unlocks and unique need")
        return ~inside if inside.dtype == bool else 1 - inside

    def decide(self, found: Range) -> Any:
        """Whether the range of :meth:`event` proves that the goal is reached; arrays give arrays.

        Where a concept allows no equilibrium at all no goal is reached.
        """
        return np.equal(found.high.upper if self.everywhere else found.low.upper, 0)

    def leaves_open(self, found: Range) -> Any:
        """Whether the range of :meth:`event` proves neither that the goal is reached nor that it is not."""
        end = found.high if self.everywhere else found.low
        return np.logical_and(found.exists, np.not_equal(end.upper, 0) & np.logical_not(np.greater(end.lower, 0)))

    def reached(self, model: Model, concept: Concept | None = None) -> Any:
        """Whether a model reaches the goal under a concept (default the model's own); a batch gives an array.

        >>> from blamegame import Delegation
        >>> removes().reached(Delegation()), unlocks(("push", "escalate")).reached(Delegation())
        (False, True)
        """
        asked = model.default_concept() if concept is None else concept
        answer = self.decide(avoidance_of_model(model, asked, event=self.event(model)))
        return answer.astype(bool) if isinstance(answer, np.ndarray) else bool(answer)

    @property
    def broken(self) -> str:
        """What is said of a reform that undoes the goal."""
        return self.broken_of(Model)

    def broken_of(self, model: Model | type[Model]) -> str:
        """The same, with the name that ``model`` gives to its event."""
        if self.cells is None and not self.outside and self.threshold is None:
            word = model.avoidance_word()
            return f"brings {word} back" if self.everywhere else f"makes {word} inevitable again"
        return "undoes the goal"

    def __str__(self) -> str:
        return self.words(Model)

    def words(self, model: Model | type[Model]) -> str:
        """The goal in words, with the name that ``model`` gives to its event.

        >>> from blamegame.models.inspection import Inspection
        >>> removes().words(Inspection())
        'faking in no equilibrium'
        """
        if self.threshold is not None:
            return f"{self.threshold.measure} {_ALLOWED[self.threshold.relation]} {_bound(self.threshold.bound)}"
        event = model.avoidance_name if self.cells is None else " or ".join(map(_words, self.cells))
        if not self.outside:
            return f"{event} in no equilibrium" if self.everywhere else f"an equilibrium without {event}"
        return f"{event} is the only equilibrium" if self.everywhere else f"{event} is an equilibrium"


def removes(event: Any = None) -> Goal:
    """No equilibrium puts probability on the event: cells, or a boolean array over them; default mutual avoidance.

    >>> print(removes())
    mutual avoidance in no equilibrium
    """
    if event is None:
        return Goal()
    if isinstance(event, np.ndarray):
        return Goal(tuple(tuple(int(a) for a in cell) for cell in np.argwhere(event)))
    return Goal(_cells(event))


def unlocks(profile: Sequence[int | str]) -> Goal:
    """Some equilibrium plays this pure profile, given by action names or positions.

    >>> print(unlocks(("assist", "work")))
    (assist, work) is an equilibrium
    """
    return Goal(_cells([profile]), outside=True, everywhere=False)


def unique(profile: Sequence[int | str]) -> Goal:
    """The only equilibrium is this pure profile, given by action names or positions.

    >>> print(unique(("assist", "work")))
    (assist, work) is the only equilibrium
    """
    return Goal(_cells([profile]), outside=True)


def at_most(measure: str, bound: Any) -> Goal:
    """A measure of the model's equilibrium is no more than ``bound``.

    >>> from blamegame.models.departments import Departments
    >>> goal = at_most("paperwork_share", 0.5)
    >>> print(goal)
    paperwork_share at most 0.5
    >>> goal.reached(Departments(departments=2)), goal.reached(Departments(departments=3))
    (True, False)
    """
    return Goal(threshold=Threshold(measure, ">", bound))


def at_least(measure: str, bound: Any) -> Goal:
    """A measure of the model's equilibrium is no less than ``bound``."""
    return Goal(threshold=Threshold(measure, "<", bound))


def _bound(bound: Any) -> str:
    return bound if isinstance(bound, str) else format_number(bound)


def _cells(cells: Iterable[Sequence[int | str]]) -> tuple[Cell, ...]:
    listed = [cells] if isinstance(cells, str) else list(cells)
    for cell in listed:
        if isinstance(cell, str) or not isinstance(cell, Sequence) or not cell:
            raise ReformError(f"{cell!r} is not a profile: one action for each player, as in ('assist', 'work')")
    return tuple(tuple(cell) for cell in listed)


def _words(cell: Cell) -> str:
    return f"({', '.join(map(str, cell))})"
