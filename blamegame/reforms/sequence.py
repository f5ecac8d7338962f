"""The cheapest sequence of reforms from a status quo to a goal: a shortest path over (bundle, what is played)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappop, heappush
from math import inf
from types import MappingProxyType
from typing import Any

from blamegame.deadline import Deadline
from blamegame.errors import ReformError
from blamegame.games.strategic import cell_index
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.reforms.adjustment import Cell, words_of
from blamegame.reforms.bundles import Names
from blamegame.reforms.goal import Goal
from blamegame.reforms.paths import Reformed
from blamegame.reforms.reform import Reform

Plays = tuple[Cell, ...]
State = tuple[int, Plays, int]
"""Reforms in force as bits, what may be played, and periods used where those are limited (else 0)."""


@dataclass(frozen=True)
class Span:
    """One reform in force from period ``start`` (the first is 1) to period ``end``, both included; None: it is kept."""

    reform: str
    start: int
    end: int | None


@dataclass(frozen=True, repr=False)
class ReformSequence:
    """The cheapest sequence found, and the labels that prove that none is cheaper.

    Attributes
    ----------
    actions : labels of each player's actions
    start : what is played at first
    bundles : the reforms in force in each period, by name; () where no sequence was found, or none is needed
    plays : for each period what may be played at its end
    cost : of all periods, with what is kept afterwards; None where no sequence was found
    bound : no sequence costs less than this; None where no sequence reaches the goal at all
    status : what was found, in words
    labels : for each state looked at, the cost at which it is reached, in units of 1/``denominator``
    denominator : of the labels
    """

    actions: tuple[tuple[str, ...], ...]
    start: Cell
    bundles: tuple[Names, ...]
    plays: tuple[Plays, ...]
    cost: Fraction | None
    bound: Fraction | None
    status: str
    labels: Mapping[State, int] = field(compare=False)
    denominator: int

    @property
    def spans(self) -> tuple[Span, ...]:
        """Each reform with its start and end, in order of start."""
        open_at: dict[str, int] = {}
        found = []
        for period, names in enumerate((*self.bundles, None), 1):
            for name in [name for name in open_at if names is None or name not in names]:
                began = open_at.pop(name)
                found.append(Span(name, began, None if names is None else period - 1))
            for name in names or ():
                open_at.setdefault(name, period)
        return tuple(sorted(found, key=lambda span: (span.start, span.reform)))

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "labels": dict(self.labels)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, MappingProxyType(value) if name == "labels" else value)

    def __str__(self) -> str:
        lines = [self.status, f"status quo: {words_of(self.actions, self.start)}"]
        for period, (names, plays) in enumerate(zip(self.bundles, self.plays), 1):
            played = " or ".join(words_of(self.actions, cell) for cell in plays)
            lines.append(f"period {period}: {' + '.join(names) or 'no reform'} -> {played}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ReformSequence of {len(self.bundles)} periods: {self.status}>"


def cheapest_sequence(
    model: Model,
    menu: Iterable[Reform],
    start: Sequence[int | str],
    goal: Goal | None = None,
    *,
    keep: int | None = None,
    longest: int | None = None,
    first: int | str = 0,
    time_limit: float | Deadline | None = None,
) -> ReformSequence:
    """The cheapest way to adopt and withdraw reforms, one each period, that ends with the goal reached.

    In each period one reform is adopted or withdrawn, the offices adjust, and every reform in force costs its price.

    Parameters
    ----------
    model : one model with a stage game; floats count as the rationals they store
    menu : at most 16 reforms
    start : what is played before, one action per player by position or name
    goal : about what is played; default no mutual avoidance
        Where best replies tie it must hold whichever of them are taken.
    keep : optional
        For how many further periods the reforms in force at the end are paid for. Without it none may be left in
        force: the goal must last by itself.
    longest : most periods, optional
    first : who replies first in each period, by position or name
    time_limit : seconds, optional

    Returns
    -------
    ReformSequence
        Of several equally cheap ones a shortest. Where there is none its ``cost`` and ``bound`` are None.

    Notes
    -----
    Dijkstra's algorithm, in whole numbers. The labels are the proof: a start at 0, no step that leads to a label
    higher than its own cost allows, no goal below the cost found. ``sequence_proof.is_cheapest`` checks just that.

    References
    ----------
    Dijkstra (1959), "A note on two problems in connexion with graphs", Numerische Mathematik 1.

    Examples
    --------
    >>> import blamegame as bg
    >>> found = cheapest_sequence(bg.load("trap").model, bg.CATALOGUE, ("push", "escalate"))
    >>> print(found)
    reached in 4 periods at a cost of 4; no sequence costs less: proved
    status quo: (push, escalate)
    period 1: tolerate -> (push, escalate)
    period 2: tolerate + escalation_rule -> (assist, work)
    period 3: escalation_rule -> (assist, work)
    period 4: no reform -> (assist, work)
    """
    world = Reformed(model, menu, goal, first)
    _check_periods(keep=keep, longest=longest)
    deadline = Deadline.of(time_limit)
    start_cell = cell_index(world.game, start)
    costs, denominator = world.bundles.costs()
    origin: State = (0, (start_cell,), 0)
    labels: dict[State, int] = {origin: 0}
    came: dict[State, State] = {}
    queue: list[tuple[int, int, int, State, bool]] = [(0, 0, 0, origin, False)]
    pushed, settled = 0, set()
    best, bound = None, 0
    with deadline:
        while queue:
            bound = queue[0][0]
            deadline.check()
            cost, periods, _, state, is_end = heappop(queue)
            if is_end:
                best = state
                break
            if state in settled:
                continue
            settled.add(state)
            end = end_cost(world, state, costs, keep)
            if end is not None:
                pushed += 1
                heappush(queue, (cost + end, periods, pushed, state, True))
            for there in steps(world, state, longest):
                price = cost + int(costs[there[0]])
                if price < labels.get(there, inf):
                    labels[there], came[there] = price, state
                    pushed += 1
                    heappush(queue, (price, periods + 1, pushed, there, False))

    states = [best] if best is not None else []
    while states and states[-1] in came:
        states.append(came[states[-1]])
    states = states[-2::-1]  # without the status quo
    proved = None if best is None and not deadline.stopped else Fraction(bound, denominator)
    total = None if best is None else Fraction(bound, denominator)
    stopped = f"{deadline.reason}: no sequence costs less than {format_number(proved)}" if deadline.stopped else ""
    return ReformSequence(
        world.game.actions,
        start_cell,
        tuple(world.bundles.names(bundle) for bundle, _, _ in states),
        tuple(plays for _, plays, _ in states),
        total,
        proved,
        stopped or _status(total, len(states)),
        MappingProxyType(labels),
        denominator,
    )


def steps(world: Reformed, state: State, longest: int | None) -> Iterator[State]:
    """The states that one period may lead to."""
    bundle, plays, periods = state
    if longest is not None and periods == longest:
        return
    for reform in range(len(world.bundles.menu)):
        there = bundle ^ 1 << reform
        yield there, world.after(there, plays), 0 if longest is None else periods + 1


def end_cost(world: Reformed, state: State, costs: Any, keep: int | None) -> int | None:
    """What is still to be paid where a sequence may end here; None where it may not."""
    bundle, plays, _ = state
    if keep is None and bundle:
        return None
    if not world.reached(bundle, plays) or world.after(bundle, plays) != plays:
        return None
    return int(costs[bundle]) * (keep or 0)


def _check_periods(**periods: int | None) -> None:
    for name, value in periods.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise ReformError(f"{name}={value!r} is not a number of periods, 0 or more")


def _status(cost: Fraction | None, periods: int) -> str:
    if cost is None:
        return "no sequence of these reforms reaches the goal: proved"
    if not periods:
        return "the goal is reached without any reform"
    return f"reached in {periods} periods at a cost of {format_number(cost)}; no sequence costs less: proved"
