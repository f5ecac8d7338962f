"""What a bundle of reforms must achieve: an event has probability zero in every, or in some, equilibrium."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from blamegame.answers.avoidance import avoidance_of_model
from blamegame.concepts import Concept
from blamegame.errors import ReformError
from blamegame.games.event import event_of
from blamegame.games.event_range import Range
from blamegame.games.strategic import StrategicGame
from blamegame.games.table import format_number
from blamegame.models.forms import OverStates, Private, Table
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold

Cell: TypeAlias = tuple[int | str | None, ...]
"""One action per player, by name or position; None stands for every action of that player."""

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
    phrase : the goal in words, where its cells do not say it best
    """

    cells: tuple[Cell, ...] | None = None
    outside: bool = False
    everywhere: bool = True
    threshold: Threshold | None = None
    phrase: str = ""

    def event(self, model: Model) -> Any:
        """The event that must have probability zero, as ``model.question`` takes it; None for the model's own."""
        if self.threshold is not None:
            if self.threshold.measure not in model.measures:
                has = ", ".join(model.measures) or "none"
                raise ReformError(f"{type(model).__name__} has no measure {self.threshold.measure!r}; it has {has}")
            return self.threshold
        cells = None if self.cells is None else _filled(model, self.cells)
        if not self.outside:
            return cells
        inside = model.event(cells)
        if not isinstance(inside, np.ndarray):
            raise ReformError(f"{type(model).__name__} has no profiles of actions, which unlocks and unique need")
        if inside.dtype == bool:
            return ~inside
        assert isinstance(model, Private)  # chances of plans: the event is one over actions
        if cells is None:
            return ~model.avoiding_actions
        game = model.bayesian_game()
        one_type = StrategicGame(np.zeros((game.n_players, *game.n_actions)), game.players, game.actions)
        return ~event_of(one_type, cells)

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
        if self.phrase:
            return self.phrase
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


def no_push() -> Goal:
    """Upper pushes in no equilibrium, whatever lower does: the second rung of the ladder (model.md section 3b).

    For models whose first player has an action ``push``.

    >>> from blamegame import Delegation
    >>> print(no_push(), no_push().event(Delegation()))
    upper pushes in no equilibrium (('push', 0), ('push', 1), ('push', 2))
    """
    return Goal((("push", None),), phrase="upper pushes in no equilibrium")


def lower_works() -> Goal:
    """Lower works in every equilibrium, whatever upper does: the third rung of the ladder.

    For models whose second player has an action ``work``.

    >>> from blamegame import Delegation
    >>> print(lower_works(), lower_works().event(Delegation()).astype(int).tolist())
    lower works in every equilibrium [[0, 1, 1], [0, 1, 1]]
    """
    return Goal(((None, "work"),), outside=True, phrase="lower works in every equilibrium")


def responsible() -> Goal:
    """Both shoulder it, (assist, work), and no other equilibrium: the top rung of the ladder.

    >>> print(responsible())
    (assist, work) is the only equilibrium
    """
    return unique(("assist", "work"))


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


def _filled(model: Model, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells with each None replaced by every action of that player."""
    if not any(action is None for cell in cells for action in cell):
        return cells
    if isinstance(model, Private):
        n_actions = model.bayesian_game().n_actions
    elif isinstance(model, Table):
        n_actions = model.stage_game().n_actions
    elif isinstance(model, OverStates):
        n_actions = model.stochastic_game(0).stages[0].n_actions
    else:
        raise ReformError(f"{type(model).__name__} has no profiles of actions, which {_words(cells[0])} needs")
    out: list[Cell] = []
    for cell in cells:
        if len(cell) != len(n_actions):
            raise ReformError(f"{_words(cell)} has {len(cell)} actions; this game has {len(n_actions)} players")
        out += product(*(range(n) if action is None else [action] for action, n in zip(cell, n_actions)))
    return tuple(out)


def _bound(bound: Any) -> str:
    return bound if isinstance(bound, str) else format_number(bound)


def _cells(cells: Iterable[Sequence[int | str]]) -> tuple[Cell, ...]:
    listed = [cells] if isinstance(cells, str) else list(cells)
    for cell in listed:
        if isinstance(cell, str) or not isinstance(cell, Sequence) or not cell:
            raise ReformError(f"{cell!r} is not a profile: one action for each player, as in ('assist', 'work')")
    return tuple(tuple(cell) for cell in listed)


def _words(cell: Cell) -> str:
    return f"({', '.join('any' if action is None else str(action) for action in cell)})"
