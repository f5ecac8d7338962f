"""Verdicts and frequencies over the whole line of discount factors, filled from its ends.

With more patience no equilibrium is lost: for d < d' every point (v, f) of d is one of d', the continuation being the
lottery w' = [(d' - d) v + d (1 - d') w] / (d' (1 - d)), which keeps a player indifferent where it was and lets nobody
gain more. So the smallest frequency never rises in d and the largest never falls: *free* and *entrenched* hold on an
initial stretch, *trap* on a final one, and a bound at one discount factor is one at all larger (or all smaller) ones.
The same holds under public monitoring; neither does with a discount factor for each player.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.event_range import TRAP, UNDECIDED, Bound, Range
from blamegame.games.monitoring import Monitoring, Perfect
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.frequency import range_between, settled
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.repeated.public_frequency import public_frequency_range

_MOST_PATIENT = 1 - Fraction(1, 2**10)


@dataclass(frozen=True)
class Switch:
    """Where the verdict turns from ``before`` (*free* or *entrenched*) to *trap*.

    ``before`` is proved at every discount factor up to ``last``, *trap* at every one from ``first`` on. ``last`` is
    None where the game of one period is a trap already, ``first`` where no trap was found.
    """

    before: str
    last: Fraction | None
    first: Fraction | None


def frequency_table(
    stage: StrategicGame,
    event: Any,
    discounts: Sequence[Number],
    *,
    monitoring: Monitoring | None = None,
    verdict_only: bool = False,
    time_limit: float | Deadline | None = None,
) -> tuple[Range, ...]:
    """The range of frequencies at each discount factor; what the ends settle between them is not computed.

    Parameters
    ----------
    stage, event : two players; a boolean array over action profiles, or an iterable of cells
    discounts : in any order
    monitoring : Perfect() (default) or PublicSignals(...)
    verdict_only : leave frequencies open where the verdict is proved
    time_limit : seconds, optional; what was not reached has the bounds that follow from the others

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> model = Delegation()
    >>> table = frequency_table(model.stage_game(), model.avoidance, [Fraction(k, 4) for k in range(4)])
    >>> [one.status for one in table]
    ['entrenched', 'entrenched', 'entrenched', 'trap']
    """
    deadline = Deadline.of(time_limit)
    known: dict[Fraction, Range] = {}
    wanted = sorted({Fraction(d) for d in discounts})
    for d in _ends_first(wanted):
        given = _implied(known, d)
        if _settled(given, verdict_only) or deadline.over:
            continue
        known[d] = _at(stage, event, d, monitoring, verdict_only, deadline)
    return tuple(_implied(known, Fraction(d)) for d in discounts)


def frequency_switch(
    stage: StrategicGame,
    event: Any,
    *,
    monitoring: Monitoring | None = None,
    tolerance: float = 1e-3,
    time_limit: float | Deadline | None = None,
) -> Switch:
    """Encloses the discount factor from which on the event is a trap; every step is a proved verdict.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> found = frequency_switch(Delegation().stage_game(), Delegation().avoidance, tolerance=0.01)
    >>> found.before, found.last < 0.516 < found.first
    ('entrenched', True)
    """
    if not tolerance > 0:
        raise GameError(f"tolerance={tolerance} must be positive")
    deadline = Deadline.of(time_limit)

    def verdict(d: Fraction) -> str:
        return str(_at(stage, event, d, monitoring, True, deadline).status)

    before = verdict(Fraction(0))
    if before == TRAP:
        return Switch(TRAP, None, Fraction(0))
    if before == UNDECIDED or verdict(_MOST_PATIENT) == before:
        return Switch(before, None if before == UNDECIDED else _MOST_PATIENT, None)
    last, open_from, first = Fraction(0), _MOST_PATIENT, _MOST_PATIENT
    while open_from - last > Fraction(tolerance) and not deadline.over:
        middle = (last + open_from) / 2
        word = verdict(middle)
        first = min(first, middle) if word == TRAP else first
        last, open_from = (middle, open_from) if word == before else (last, middle)
    below = last
    while first - below > Fraction(tolerance) and not deadline.over:
        middle = (below + first) / 2
        below, first = (below, middle) if verdict(middle) == TRAP else (middle, first)
    return Switch(before, last, first if first < _MOST_PATIENT or verdict(first) == TRAP else None)


def _at(
    stage: StrategicGame, event: Any, d: Fraction, monitoring: Monitoring | None, verdict_only: bool, deadline: Deadline
) -> Range:
    game = RepeatedGame(stage, d, monitoring or Perfect())
    if isinstance(game.monitoring, Perfect):
        return frequency_range(game, event, verdict_only=verdict_only, time_limit=deadline)
    return public_frequency_range(game, event, verdict_only=verdict_only, time_limit=deadline)


def _ends_first(sorted_discounts: Sequence[Fraction]) -> list[Fraction]:
    """The smallest, the largest, and then middles of what is between."""
    if not sorted_discounts:
        return []
    order = [0, len(sorted_discounts) - 1]
    gaps = [(0, len(sorted_discounts) - 1)]
    while gaps:
        low, high = gaps.pop(0)
        if high - low > 1:
            middle = (low + high) // 2
            order.append(middle)
            gaps += [(low, middle), (middle, high)]
    return [sorted_discounts[k] for k in dict.fromkeys(order)]


def _implied(known: dict[Fraction, Range], d: Fraction) -> Range:
    """What the ranges at other discount factors, and at this one, say about this one."""
    low, high = [Fraction(0), Fraction(1), ""], [Fraction(0), Fraction(1), ""]
    for other, found in known.items():
        if other <= d:
            if found.low.upper < low[1] or not low[2]:
                low[1:] = [found.low.upper, found.low.witness]
            if found.high.lower > high[0] or not high[2]:
                high[0], high[2] = found.high.lower, found.high.witness
        if other >= d:
            low[0], high[1] = max(low[0], found.low.lower), min(high[1], found.high.upper)
    return range_between(Bound(*low), Bound(*high))


def _settled(found: Range, verdict_only: bool) -> bool:
    if verdict_only:
        return settled(found.low, found.high)
    return bool(found.low.lower >= found.low.upper and found.high.lower >= found.high.upper)
