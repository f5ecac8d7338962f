"""How often an event happens in subgame-perfect equilibria of a repeated game, all behaviour strategies included."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.event import event_of
from blamegame.games.event_range import EMPTY, ENTRENCHED, TRAP, Bound, Range
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array, to_exact
from blamegame.solvers.repeated.corridor import Corridor, corridor_of
from blamegame.solvers.repeated.frequency import CLOSE, range_between, seconds_left, settled
from blamegame.solvers.repeated.generated.growth import avoiding_for_ever, grown_towards
from blamegame.solvers.repeated.generated.points import InnerSet
from blamegame.solvers.repeated.generated.seeds import pure_points, stage_points
from blamegame.solvers.repeated.generated.words import point_words
from blamegame.solvers.repeated.mediated.constraints import everything, incentives
from blamegame.solvers.repeated.mediated.never import is_never, is_unavoidable
from blamegame.solvers.repeated.mediated.outer_frequency import outer_frequency
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, outer_set, tables_of
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_TINY = float(np.nextafter(0.0, 1.0))
_PURE = "an equilibrium in pure strategies"


def frequency_range(
    game: RepeatedGame,
    event: Any,
    *,
    pure: bool = False,
    verdict_only: bool = False,
    time_limit: float | Deadline | None = None,
) -> Range:
    """Smallest and largest discounted frequency of ``event`` over all subgame-perfect equilibria.

    Parameters
    ----------
    game : two players, perfect monitoring
    event : boolean array over action profiles, or an iterable of cells
    pure : consider pure strategies (with public lotteries) only
    verdict_only : leave frequencies open once the verdict is proved, which is quicker
    time_limit : seconds, optional; what is proved by then is returned

    Notes
    -----
    Strategies are behaviour strategies with public randomisation.

    1. From inside: stage Nash equilibria, repeated, and equilibria in pure strategies.
    2. From outside: a polygon around all equilibrium payoffs (:mod:`.mediated.outer_set`), and frequencies bounded
       with prices on payoffs (:mod:`.mediated.outer_frequency`).
    3. *Free*: current play with promises from the polygon never touches the event (:mod:`.mediated.never`).
       *Entrenched*: play that avoids the event for ever, on support rectangles outside it, generates nothing.
    4. Still open: points in which one player mixes are grown from those known (:mod:`.generated.growth`), exactly.

    References
    ----------
    Abreu, Pearce and Stacchetti (1990), Econometrica 58.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> print(frequency_range(Delegation().repeated(Fraction(1, 2)), Delegation().avoidance))
    entrenched: frequency 1 at best, 1 at worst
    >>> print(frequency_range(Delegation().repeated(Fraction(9, 10)), Delegation().avoidance))
    trap: frequency 0 at best, 1 at worst
    """
    check_two_players(game, "frequency_range")
    inside = event_of(game.stage, event)
    deadline = Deadline.of(time_limit)
    if pure:
        return _of_pure_play(corridor_of(_pure_set(game, deadline), inside))
    return _Search(game, inside, deadline, verdict_only).answer()


def _pure_set(game: RepeatedGame, deadline: Deadline) -> PayoffSet:
    from blamegame.solvers.repeated.abreu_sannikov import payoff_set

    return payoff_set(game, time_limit=seconds_left(deadline))


def _of_pure_play(found: Corridor) -> Range:
    if found.status == EMPTY:
        return Range.empty("pure strategies only")
    ends = Bound(found.best_low, found.best_high, _PURE), Bound(found.worst_low, found.worst_high, _PURE)
    return Range(*ends, found.gap <= CLOSE, "pure strategies only", event="frequency")


class _Search:
    """What is known so far about one game and event."""

    def __init__(self, game: RepeatedGame, event: Array, deadline: Deadline, verdict_only: bool) -> None:
        self.game, self.event, self.deadline, self.verdict_only = game, event, deadline, verdict_only
        self.stage = to_exact(game.stage)
        self.low = self.high = Bound(Fraction(0), Fraction(1), "")
        self.profiles: tuple[Any, ...] = ()
        self.pure: PayoffSet | None = None

    def answer(self) -> Range:
        if not self.event.any() or self.event.all():
            always = Fraction(int(self.event.any()))
            end = Bound.exactly(always, "any equilibrium")
            return range_between(end, end)
        with self.deadline:
            self._search()
        return range_between(self.low, self.high, self.deadline)

    def _search(self) -> None:
        one_period = self.game.exact_discount == 0  # then a stage equilibrium is worth the same at any discount factor
        scaled = ScaledGame(RepeatedGame(self.game.stage, Fraction(1, 2)) if one_period else self.game)
        complete = self._stage_equilibria(scaled)
        if one_period and complete:
            self.low = Bound.exactly(self.low.upper, self.low.witness)
            self.high = Bound.exactly(self.high.lower, self.high.witness)
        if one_period:
            return
        steps = [self._pure_play, self._from_outside, self._frequencies, self._decide, self._grow]
        if self.verdict_only:
            steps.remove(self._frequencies)
        for step in steps:
            if not complete or self._late() or self._closed():
                break
            step(scaled)

    def _late(self) -> bool:
        return self.deadline.over

    def _closed(self) -> bool:
        if self.verdict_only and settled(self.low, self.high):
            return True
        return bool(self.low.upper <= self.low.lower and self.high.lower >= self.high.upper)

    def _stage_equilibria(self, scaled: ScaledGame) -> bool:
        """Stage Nash equilibria, repeated; whether all of them are known."""
        from blamegame.solvers.strategic.nash import nash

        found = nash(self.stage, time_limit=seconds_left(self.deadline))
        if not found.complete and not self.deadline.over:
            self.deadline.interrupt()  # it took the Ctrl-C for itself
        self.profiles = found.equilibria
        self._attained(InnerSet(scaled, self.event, tuple(stage_points(scaled, self.event, self.profiles, 0))))
        return found.complete

    def _attained(self, found: InnerSet) -> None:
        """Take the points of a verified set into account."""
        for k, point in enumerate(found.points):
            often = Fraction(int(point.value[2].p), int(point.value[2].q))
            if often < self.low.upper or not self.low.witness:
                self.low = Bound(self.low.lower, often, point_words(found, self.stage, k))
            if often > self.high.lower or not self.high.witness:
                self.high = Bound(often, self.high.upper, point_words(found, self.stage, k))

    def _pure_play(self, scaled: ScaledGame) -> None:
        self.pure = _pure_set(self.game, self.deadline)
        found = corridor_of(self.pure, self.event)
        if found.status == EMPTY:
            return
        never = isinstance(found.best_high, Fraction)
        if found.best_high < self.low.upper and (never or found.best_high > 0):
            self.low = Bound(self.low.lower, found.best_high, _PURE)
        if found.worst_low > self.high.lower:
            self.high = Bound(found.worst_low, self.high.upper, _PURE)
        elif found.status in (TRAP, ENTRENCHED) and self.high.lower == 0:
            self.high = Bound(_TINY, self.high.upper, _PURE)

    def _from_outside(self, scaled: ScaledGame) -> None:
        self.outer = outer_set(scaled, deadline=self.deadline)

    def _frequencies(self, scaled: ScaledGame) -> None:
        outer = self.outer
        piece = incentives(tables_of(scaled), scaled.now, everything(scaled.cells.shape))
        inside = self.event.ravel()
        if self.high.lower < 1:
            most = outer_frequency(scaled, outer, [piece], inside, deadline=self.deadline).most
            self.high = Bound(self.high.lower, max(min(most, self.high.upper), self.high.lower), self.high.witness)
        if self.low.upper > 0:
            least = 1.0 - outer_frequency(scaled, outer, [piece], ~inside, deadline=self.deadline).most
            self.low = Bound(min(max(least, self.low.lower), self.low.upper), self.low.upper, self.low.witness)

    def _decide(self, scaled: ScaledGame) -> None:
        if self.high.lower == 0 and is_never(scaled, self.outer, self.event, self.deadline):
            zero = Fraction(0)
            self.low, self.high = Bound(zero, zero, self.low.witness), Bound(zero, zero, self.high.witness)
        if self.low.upper == 1 and is_never(scaled, self.outer, ~self.event, self.deadline):
            one = Fraction(1)
            self.low, self.high = Bound(one, one, self.low.witness), Bound(one, one, self.high.witness)
        if self.low.upper > 0 and self.low.lower <= 0 and self._unavoidable(scaled, self.outer):
            self.low = Bound(_TINY, self.low.upper, self.low.witness)

    def _unavoidable(self, scaled: ScaledGame, outer: OuterSet) -> bool:
        return is_unavoidable(scaled, outer, self.event, self.deadline)

    def _grow(self, scaled: ScaledGame) -> None:
        """Points in which a player mixes, where a verdict hangs on them."""
        happens = self.high.lower > 0
        avoided = self.low.upper == 0 or self.low.lower > 0
        if (happens and avoided) or self.high.upper == 0:
            return
        points = stage_points(scaled, self.event, self.profiles, 0)
        if self.pure is not None and self.pure.supports:
            points += pure_points(scaled, self.event, self.pure, len(points))
        found = InnerSet(scaled, self.event, tuple(points))
        if not happens:
            self._attained(grown_towards(found, self.stage, 1, deadline=self.deadline))
        if not avoided:
            found = avoiding_for_ever(found, self.stage, deadline=self.deadline)
            self._attained(grown_towards(found, self.stage, -1, deadline=self.deadline))
