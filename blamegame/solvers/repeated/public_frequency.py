"""How often an event happens in perfect public equilibria, mixed ones included."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.event import event_of
from blamegame.games.event_range import Bound, Range
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array, check_single, to_exact
from blamegame.solvers.repeated.frequency import range_between, seconds_left
from blamegame.solvers.repeated.mediated.constraints import supports_of, too_many_supports
from blamegame.solvers.repeated.mediated.intervals import none_possible, refined
from blamegame.solvers.repeated.mediated.outer_frequency import outer_frequency
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, outer_set
from blamegame.solvers.repeated.public.automata import (
    half_mixed_states,
    pure_states,
    reverting,
    reverting_to_lotteries,
    state_of,
    two_states,
)
from blamegame.solvers.repeated.public.constraints import public_incentives, public_plays
from blamegame.solvers.repeated.public.points import PublicPoint, PublicStage, generates_itself, words
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_TINY = float(np.nextafter(0.0, 1.0))
_MOST_POINTS = 40
_ROUNDS = 3


def public_frequency_range(
    game: RepeatedGame, event: Any, *, verdict_only: bool = False, time_limit: float | Deadline | None = None
) -> Range:
    """Smallest and largest discounted frequency of ``event`` over all perfect public equilibria with lotteries.

    Parameters
    ----------
    game : two players, with :class:`~blamegame.games.monitoring.PublicSignals`
    event : boolean array over action profiles, or an iterable of cells
    verdict_only : leave frequencies open once the verdict is proved, which is quicker
    time_limit : seconds, optional; what is proved by then is returned

    Notes
    -----
    From inside, exactly: stage Nash equilibria repeated, two states with chances of moving between them, and play that
    reverts to a known equilibrium after a signal (:mod:`.public.automata`). From outside: promises that depend on
    recommendations too (:mod:`.public.constraints`), then support by support with what promises can differ in boxes.

    References
    ----------
    Abreu, Pearce and Stacchetti (1990), Econometrica 58; Fudenberg, Levine and Maskin (1994), Econometrica 62.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> model = Delegation()
    >>> print(public_frequency_range(model.repeated(Fraction(9, 10), model.outcome_signals()), model.avoidance))
    entrenched: frequency 1 at best, 1 at worst
    """
    check_single(game.stage, "public_frequency_range")
    if not isinstance(game.monitoring, PublicSignals):
        raise UnsupportedGame(
            "public_frequency_range needs public signals; under perfect monitoring use frequency_range"
        )
    if game.stage.n_players != 2:
        raise UnsupportedGame(f"public_frequency_range needs 2 players, this game has {game.stage.n_players}")
    deadline = Deadline.of(time_limit)
    return _Search(game, event_of(game.stage, event), deadline, verdict_only).answer()


class _Search:
    """What is known so far about one game and event."""

    def __init__(self, game: RepeatedGame, event: Array, deadline: Deadline, verdict_only: bool) -> None:
        self.game, self.event, self.deadline, self.verdict_only = game, event, deadline, verdict_only
        self.names = to_exact(game.stage)
        self.stage = PublicStage.of(game, event)
        self.low = self.high = Bound(Fraction(0), Fraction(1), "")
        self.points: list[PublicPoint] = []

    def answer(self) -> Range:
        if not self.event.any() or self.event.all():
            end = Bound.exactly(Fraction(int(self.event.any())), "any equilibrium")
            return range_between(end, end)
        with self.deadline:
            self._search()
        return range_between(self.low, self.high, self.deadline)

    def _search(self) -> None:
        complete = self._stage_equilibria()
        if self.game.exact_discount == 0:
            if complete:
                self.low = Bound.exactly(self.low.upper, self.low.witness)
                self.high = Bound.exactly(self.high.lower, self.high.witness)
            return
        steps = [self._two_states, self._reverting, self._lotteries, self._from_outside, self._frequencies]
        steps += [self._mixed, self._decide]
        if self.verdict_only:
            steps.remove(self._frequencies)
        for step in steps:
            if not complete or self._late() or self._closed():
                break
            step()

    def _late(self) -> bool:
        return self.deadline.over

    def _closed(self) -> bool:
        if self.verdict_only and self._verdict_known():
            return True
        return bool(self.low.upper <= self.low.lower and self.high.lower >= self.high.upper)

    def _verdict_known(self) -> bool:
        happens, avoided = self.high.lower > 0, self.low.upper == 0
        return bool((happens and (avoided or self.low.lower > 0)) or self.high.upper == 0)

    def _stage_equilibria(self) -> bool:
        from blamegame.solvers.strategic.nash import nash

        found = nash(self.names, time_limit=seconds_left(self.deadline))
        if not found.complete and not self.deadline.over:
            self.deadline.interrupt()  # it took the Ctrl-C for itself
        for k, profile in enumerate(found.equilibria):
            first, second = (tuple(Fraction(p) for p in side.tolist()) for side in profile)
            state = state_of(self.stage, (first, second))
            stay = tuple({k: Fraction(1)} for _ in self.stage.signals)
            self.points.append(PublicPoint((*state.pays, state.often), state.mixtures, stay))
        self._attained(0)
        return found.complete

    def _attained(self, since: int) -> None:
        """Take points from position ``since`` on into account, once they are verified."""
        if since == len(self.points):
            return
        if not generates_itself(self.stage, self.points):
            raise ArithmeticError("a public equilibrium failed its own check; please report this game as a bug")
        for k in range(since, len(self.points)):
            often = self.points[k].value[2]
            if often < self.low.upper or not self.low.witness:
                self.low = Bound(self.low.lower, often, words(self.stage, self.names, self.points, k))
            if often > self.high.lower or not self.high.witness:
                self.high = Bound(often, self.high.upper, words(self.stage, self.names, self.points, k))

    def _two_states(self) -> None:
        since, states = len(self.points), pure_states(self.stage)
        for k, one in enumerate(states):
            for two in states[k + 1 :]:
                if self._late():
                    break
                pair = next(iter(two_states(self.stage, one, two, len(self.points))), None)
                if pair is not None and self._worth_keeping(pair[0].value, pair[1].value):
                    self.points += pair
        self._attained(since)

    def _reverting(self) -> None:
        self._revert_from(pure_states(self.stage))

    def _lotteries(self) -> None:
        """Reverting to lotteries over what is known, only where the verdict is open."""
        if self._verdict_known():
            return
        for _ in range(_ROUNDS):
            since = len(self.points)
            for state in pure_states(self.stage):
                for towards in (1, -1):
                    usable = [k for k, p in enumerate(self.points) if towards > 0 or p.value[2] == 0]
                    if self._late() or len(self.points) > _MOST_POINTS or not usable:
                        break
                    made = reverting_to_lotteries(self.stage, state, self.points, towards, usable)
                    new = [p for p in made if self._worth_keeping(p.value)]
                    if new:
                        self.points.append(max(new, key=lambda p: self._newness(p.value)))
            self._attained(since)
            if since == len(self.points) or self._verdict_known():
                break

    def _mixed(self) -> None:
        """States in which one player mixes, only where the verdict is open."""
        if not self._verdict_known():
            self._revert_from(half_mixed_states(self.stage))

    def _revert_from(self, states: list[Any]) -> None:
        for _ in range(2):
            since = len(self.points)
            for state in states:
                if self._late() or len(self.points) > _MOST_POINTS:
                    break
                new = [p for p in reverting(self.stage, state, self.points) if self._worth_keeping(p.value)]
                if new:  # the positions within a point are those of the next one
                    self.points.append(max(new, key=lambda p: self._newness(p.value)))
            self._attained(since)
            if since == len(self.points):
                break

    def _newness(self, value: Any) -> Any:
        """How far a point is beyond what is known, in frequency first, then in how hard it punishes."""
        lows = [min(p.value[i] for p in self.points) for i in range(3)]
        most = max(p.value[2] for p in self.points)
        return (max(value[2] - most, lows[2] - value[2]), max(lows[0] - value[0], lows[1] - value[1]))

    def _worth_keeping(self, *values: Any) -> bool:
        """Whether some coordinate is lower, or some higher, than all known."""
        for value in values:
            for i in range(3):
                known = [p.value[i] for p in self.points]
                if value[i] < min(known) or value[i] > max(known):
                    return True
        return False

    def _from_outside(self) -> None:
        self.scaled = scaled = ScaledGame(self.game)
        self.chances = self.stage.chances.astype(np.float64).reshape(self.event.size, -1)
        piece = public_incentives(scaled, self.chances)
        self.outer = outer_set(scaled, pieces=lambda corners, threats: [piece], deadline=self.deadline)

    def _frequencies(self) -> None:
        scaled, outer, piece = self.scaled, self.outer, public_incentives(self.scaled, self.chances)
        inside = self.event.ravel()
        if self.high.lower < 1:
            most = outer_frequency(scaled, outer, [piece], inside, signed=True, deadline=self.deadline).most
            self.high = Bound(self.high.lower, max(min(most, self.high.upper), self.high.lower), self.high.witness)
        if self.low.upper > 0:
            least = 1.0 - outer_frequency(scaled, outer, [piece], ~inside, signed=True, deadline=self.deadline).most
            self.low = Bound(min(max(least, self.low.lower), self.low.upper), self.low.upper, self.low.witness)

    def _decide(self) -> None:
        if too_many_supports(self.event.shape):
            return  # the verdict stays open
        if self.low.upper == 1:
            leaving = [s for s in supports_of(self.event.shape) if not self.event[np.ix_(*s)].all()]
            plays = public_plays(leaving, self.outer, self.chances)
            if none_possible(self.scaled, self.outer, plays, deadline=self.deadline):
                one = Fraction(1)
                self.low, self.high = Bound(one, one, self.low.witness), Bound(one, one, self.high.witness)
        if self._verdict_known():
            return
        everything = list(supports_of(self.event.shape))
        bound: OuterSet = self.outer
        if self.high.lower == 0:
            touching = [s for s in everything if self.event[np.ix_(*s)].any()]
            never = none_possible(
                self.scaled, bound, public_plays(touching, bound, self.chances), deadline=self.deadline
            )
            if not never and not self.verdict_only:
                bound, left = refined(
                    self.scaled, bound, public_plays(everything, bound, self.chances), deadline=self.deadline
                )
                never = not any(self.event[np.ix_(*play.support)].any() for play in left)
            if never:
                zero = Fraction(0)
                self.low, self.high = Bound(zero, zero, self.low.witness), Bound(zero, zero, self.high.witness)
                return
        if self.low.upper > 0 and self.low.lower <= 0:
            outside = [s for s in everything if not self.event[np.ix_(*s)].any()]
            plays = public_plays(outside, bound, self.chances)
            if not refined(self.scaled, bound, plays, hold_threats=True, deadline=self.deadline)[1]:
                self.low = Bound(_TINY, self.low.upper, self.low.witness)
