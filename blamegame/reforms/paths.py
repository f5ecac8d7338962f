"""Reforms one after another: what is played after each, what lasts when they are withdrawn, whether order matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, combinations, permutations
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, StrategicGame, best_reply_cells, cell_index
from blamegame.models.model import Model
from blamegame.reforms.adjustment import Adjustment, Cell, Replies, adjust, game_of, player_index, words_of
from blamegame.reforms.best_replies import BestReplies
from blamegame.reforms.bundles import Bundles, Names, every_bundle
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform, apply, as_menu

__all__ = ["OrderDependence", "Path", "adjust", "one_after_another", "order_dependent", "path", "temporary"]


@dataclass(frozen=True)
class Path:
    """What is played along a path of reforms.

    Attributes
    ----------
    actions : labels of each player's actions
    start : the profile played before the first step
    bundles : the names of the reforms in force from each step on
    adjustments : for each step one adjustment from every profile that may be played before it
    """

    actions: tuple[tuple[str, ...], ...]
    start: Cell
    bundles: tuple[Names, ...]
    adjustments: tuple[tuple[Adjustment, ...], ...]

    @property
    def plays(self) -> tuple[tuple[Cell, ...], ...]:
        """For each step every profile that may be played after it; one where no best replies tie and all settles."""
        return tuple(_union(step) for step in self.adjustments)

    @property
    def settles(self) -> bool:
        """Whether play comes to rest after each step."""
        return all(one.settles for step in self.adjustments for one in step)

    def __str__(self) -> str:
        lines = [f"status quo: {words_of(self.actions, self.start)}"]
        for names, step in zip(self.bundles, self.adjustments):
            lines.append(f"{' + '.join(names) or 'no reform'}: {'; '.join(map(str, step))}")
        return "\n".join(lines)


@dataclass(frozen=True)
class OrderDependence:
    """A set of reforms whose orders end differently: for each order its names and what may be played at its end."""

    reforms: Names
    endings: tuple[tuple[Names, tuple[Cell, ...]], ...]


def path(model: Model, steps: Iterable[Iterable[Reform]], start: Sequence[int | str], *, first: int | str = 0) -> Path:
    """Let the offices adjust after each change of the reforms in force.

    Parameters
    ----------
    model : one model with a stage game; floats count as the rationals they store
    steps : for each step *all* reforms in force from then on; (:func:`one_after_another` adopts them singly)
        A reform that is missing from a step has been withdrawn; an empty step withdraws all.
    start : what is played before the first step, one action per player by position or name
    first : who replies first after each step, by position or name

    Examples
    --------
    At the defaults the order of these two decides which avoidance is left:

    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> (lists,), (rule,) = choose(CATALOGUE, "list"), choose(CATALOGUE, "escalation_rule")
    >>> print(path(Delegation(), one_after_another([lists, rule]), ("push", "escalate")))
    status quo: (push, escalate)
    list: (push, escalate) -> (assist, escalate)
    list + escalation_rule: (assist, escalate) -> (assist, escalate)
    >>> path(Delegation(), one_after_another([rule, lists]), ("push", "escalate")).plays[-1]
    ((1, 2),)
    """
    exact = model.exact()
    table = game_of(exact)
    turn, at = player_index(table, first), cell_index(table, start)
    plays: tuple[Cell, ...] = (at,)
    bundles, adjustments = [], []
    for step in steps:
        bundle = as_menu(step)
        after = game_of(apply(exact, bundle))
        replies = Replies(after.actions, best_reply_cells(after))
        adjusted = tuple(replies.adjust(cell, turn) for cell in plays)
        bundles.append(tuple(reform.name for reform in bundle))
        adjustments.append(adjusted)
        plays = _union(adjusted)
    return Path(table.actions, at, tuple(bundles), tuple(adjustments))


def one_after_another(reforms: Iterable[Reform]) -> tuple[tuple[Reform, ...], ...]:
    """The steps of a path that adopts reforms singly, in the order given, and keeps them."""
    return tuple(accumulate((reform,) for reform in as_menu(reforms)))


def temporary(
    model: Model,
    menu: Iterable[Reform],
    start: Sequence[int | str],
    goal: Goal | None = None,
    *,
    most: int = 2,
    first: int | str = 0,
) -> tuple[Names, ...]:
    """The bundles that need not last: adopted at once and later withdrawn at once, they leave the goal reached.

    Parameters
    ----------
    menu : at most 16 reforms
    start : what is played before, by position or name
    goal : about what is played in the end; default no mutual avoidance
    most : reforms in a bundle

    Returns
    -------
    tuple of bundles as names, small ones first, in the order of the menu; exact

    Examples
    --------
    >>> import blamegame as bg
    >>> trap = bg.load("paper_trap").model
    >>> temporary(trap, bg.CATALOGUE, ("push", "formalism"), most=1)
    (('empower',),)
    """
    world = Reformed(model, menu, goal, first)
    before = (cell_index(world.game, start),)
    found = []
    for size in range(1, most + 1):
        for members in combinations(range(len(world.bundles.menu)), size):
            bundle = sum(1 << member for member in members)
            if world.reached(0, world.after(0, world.after(bundle, before))):
                found.append(world.bundles.names(bundle))
    return tuple(found)


def order_dependent(
    model: Model, menu: Iterable[Reform], start: Sequence[int | str], *, size: int = 2, first: int | str = 0
) -> tuple[OrderDependence, ...]:
    """The sets of ``size`` reforms that, adopted singly, end differently in different orders; exact."""
    world = Reformed(model, menu, None, first)
    before = (cell_index(world.game, start),)
    found = []
    for members in combinations(range(len(world.bundles.menu)), size):
        endings = []
        for order in permutations(members):
            plays: tuple[Cell, ...] = before
            for bundle in accumulate(1 << member for member in order):
                plays = world.after(bundle, plays)
            endings.append((tuple(world.bundles.menu[member].name for member in order), plays))
        if len({plays for _, plays in endings}) > 1:
            names = world.bundles.names(sum(1 << member for member in members))
            found.append(OrderDependence(names, tuple(endings)))
    return tuple(found)


class Reformed:
    """One model under every bundle of a menu, as far as it is asked for: what is played, and whether that is enough."""

    def __init__(self, model: Model, menu: Iterable[Reform], goal: Goal | None, first: int | str) -> None:
        self.bundles: Bundles = every_bundle(model, menu)
        self.game: StrategicGame = game_of(self.bundles.model)
        self._goal = removes() if goal is None else goal
        self._best = BestReplies(self.bundles)
        self._turn = player_index(self.game, first)
        self._replies: dict[int, Replies] = {}
        self._after: dict[tuple[int, tuple[Cell, ...]], tuple[Cell, ...]] = {}

    def after(self, bundle: int, plays: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """What may be played after adjusting under a bundle, from any of ``plays``."""
        key = (bundle, plays)
        if key not in self._after:
            if bundle not in self._replies:
                self._replies[bundle] = Replies(self.game.actions, self._best[bundle])
            self._after[key] = _union([self._replies[bundle].adjust(cell, self._turn) for cell in plays])
        return self._after[key]

    def reached(self, bundle: int, plays: tuple[Cell, ...]) -> bool:
        """Whether the goal holds of what may be played under a bundle."""
        event = self._event(self.bundles.exact(bundle)) if self._fixed_event is None else self._fixed_event
        outside = [not event[cell] > 0 for cell in plays]  # of a profile of plans, a chance
        return all(outside) if self._goal.everywhere else any(outside)

    @cached_property
    def _fixed_event(self) -> Array | None:
        """The event where no parameter moves it."""
        moves = self._goal.cells is None and self.bundles.model.event_moves_with(self.bundles.position)
        return None if moves else self._event(self.bundles.model)

    def _event(self, model: Model) -> Array:
        event: Any = None if self._goal.threshold else model.event(self._goal.event(model))
        if not isinstance(event, np.ndarray):
            raise ReformError(f"the goal {self._goal} is not about what is played; name action profiles")
        return event


def _union(adjustments: Iterable[Adjustment]) -> tuple[Cell, ...]:
    return tuple(sorted({cell for one in adjustments for cell in one.plays}))
