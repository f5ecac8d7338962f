"""How often an event happens in subgame-perfect equilibria of a repeated game, all behaviour strategies included."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.event import event_of, event_probability
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array, StrategicGame, to_exact
from blamegame.solvers.repeated.corridor import EMPTY, ENTRENCHED, FREE, TRAP, UNDECIDED, Corridor, corridor_of
from blamegame.solvers.repeated.mediated.constraints import (
    Constraints,
    everything,
    incentives,
    rectangles_outside,
    supports_of,
)
from blamegame.solvers.repeated.mediated.largest_chance import exact_chance, float_chance
from blamegame.solvers.repeated.mediated.outer_set import OuterSet, exact_tables_of, outer_set, tables_of
from blamegame.solvers.repeated.set_operator.operator import check_two_players
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame

_NEARLY = 1e-6
"""Chances below this in floats are worth an exact look at whether they are 0."""


@dataclass(frozen=True)
class End:
    """One end of a range of frequencies lies in [lower, upper]; ``witness`` says what attains its near side."""

    lower: Any
    upper: Any
    witness: str = ""


@dataclass(frozen=True)
class FrequencyRange:
    """Discounted frequency (1 - d) sum d^t Pr(event in period t) over equilibria of a repeated game.

    Attributes
    ----------
    low : the smallest frequency; ``low.upper`` is attained
    high : the largest; ``high.lower`` is attained
        NaN where there is no equilibrium (pure strategies only).
    status : *free*, *trap*, *entrenched*, each proved, *undecided*, or (pure strategies only) *no equilibrium*
    note : what is left open, in words; "" where nothing is
    """

    low: End
    high: End
    status: str
    note: str = ""

    def __str__(self) -> str:
        from blamegame.games.table import format_number

        ends = [
            format_number(end.upper)
            if end.upper - end.lower < 1e-6
            else f"{format_number(end.lower)} to {format_number(end.upper)}"
            for end in (self.low, self.high)
        ]
        return f"{self.status}: frequency {ends[0]} at best, {ends[1]} at worst"


def frequency_range(
    game: RepeatedGame, event: Any, *, pure: bool = False, time_limit: float | None = None
) -> FrequencyRange:
    """Smallest and largest discounted frequency of ``event`` over all subgame-perfect equilibria.

    Parameters
    ----------
    game : two players, perfect monitoring
    event : boolean array over action profiles, or an iterable of cells
    pure : consider pure strategies (with public lotteries) only
    time_limit : seconds, optional; what is proved by then is returned

    Notes
    -----
    Strategies are behaviour strategies with public randomisation. From inside: stage Nash equilibria, repeated, and
    equilibria in pure strategies. From outside: :mod:`.mediated.outer_set`, the largest chance of the event in current
    play with promises from there, and for *entrenched* the same for play that avoids the event for ever, which happens
    on support rectangles outside it only. Whether a frequency is 0 is decided in rational arithmetic.

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
    deadline = None if time_limit is None else time.monotonic() + time_limit
    if pure:
        return _of_pure_play(_pure_corridor(game, inside, deadline))
    return _Search(game, inside, deadline).answer()


def _pure_corridor(game: RepeatedGame, inside: Array, deadline: float | None) -> Corridor:
    from blamegame.solvers.repeated.abreu_sannikov import payoff_set

    left = None if deadline is None else max(0.0, deadline - time.monotonic())
    return corridor_of(payoff_set(game, time_limit=left), inside)


def _of_pure_play(found: Corridor) -> FrequencyRange:
    words = "pure strategies only"
    low = End(found.best_low, found.best_high, "a pure equilibrium")
    high = End(found.worst_low, found.worst_high, "a pure equilibrium")
    return FrequencyRange(low, high, found.status, words)


class _Search:
    """What is known so far about one game and event."""

    def __init__(self, game: RepeatedGame, inside: Array, deadline: float | None) -> None:
        self.game, self.inside, self.deadline = game, inside, deadline
        self.low = End(Fraction(0), Fraction(1), "")
        self.high = End(Fraction(0), Fraction(1), "")

    def answer(self) -> FrequencyRange:
        if not self.inside.any():
            self.low = self.high = End(Fraction(0), Fraction(0), "the event is empty")
            return self._range()
        if self.inside.all():
            self.low = self.high = End(Fraction(1), Fraction(1), "the event is everything")
            return self._range()
        complete = self._stage_equilibria()
        if self.game.exact_discount == 0 and complete:
            self.low = End(self.low.upper, self.low.upper, self.low.witness)
            self.high = End(self.high.lower, self.high.lower, self.high.witness)
            return self._range()
        if self.game.exact_discount == 0:
            return self._range()
        if self._late() or self._closed():
            return self._range()
        self._pure_play()
        if not self._late() and not self._closed():
            self._from_outside()
        return self._range()

    def _late(self) -> bool:
        return self.deadline is not None and time.monotonic() >= self.deadline

    def _closed(self) -> bool:
        return bool(self.low.upper <= self.low.lower and self.high.lower >= self.high.upper)

    def _stage_equilibria(self) -> bool:
        """Stage Nash equilibria, repeated; whether all of them are known."""
        from blamegame.solvers.strategic.nash import nash

        left = None if self.deadline is None else max(0.0, self.deadline - time.monotonic())
        found = nash(to_exact(self.game.stage), time_limit=left)
        for profile in found.equilibria:
            words = f"in every period {_words(self.game.stage, profile)}"
            self._attained(event_probability(profile, self.inside), words)
        return found.complete

    def _pure_play(self) -> None:
        found = _pure_corridor(self.game, self.inside, self.deadline)
        if found.status == EMPTY:
            return
        never = isinstance(found.best_high, Fraction)
        words = "an equilibrium in pure strategies"
        if found.best_high < self.low.upper and (never or found.best_high > 0):
            self.low = End(self.low.lower, found.best_high, words)
        if found.worst_low > self.high.lower:
            self.high = End(found.worst_low, self.high.upper, words)
        elif found.status in (TRAP, ENTRENCHED) and self.high.lower == 0:
            self.high = End(float(np.nextafter(0.0, 1.0)), self.high.upper, words)

    def _attained(self, frequency: Any, words: str) -> None:
        if frequency < self.low.upper or not self.low.witness:
            self.low = End(self.low.lower, frequency, words)
        if frequency > self.high.lower or not self.high.witness:
            self.high = End(frequency, self.high.upper, words)

    def _from_outside(self) -> None:
        scaled = ScaledGame(self.game)
        outer = outer_set(scaled, deadline=self.deadline)
        whole = everything(scaled.cells.shape)
        piece = incentives(tables_of(scaled), scaled.now, whole)
        inside = self.inside.ravel()
        most = min(1.0, max(0.0, float_chance(scaled, outer, piece, inside)))
        least = min(1.0, max(0.0, 1.0 - float_chance(scaled, outer, piece, ~inside)))
        if most < self.high.upper:
            self.high = End(self.high.lower, max(most, float(self.high.lower)), self.high.witness)
        if least > self.low.lower:
            self.low = End(min(least, float(self.low.upper)), self.low.upper, self.low.witness)
        if self.high.lower == 0 and not self._late() and is_never(scaled, outer, self.inside, self.deadline):
            zero = Fraction(0)
            self.low = self.high = End(zero, zero, self.high.witness)
        elif (
            self.low.upper > 0
            and self.low.lower <= 0
            and not self._late()
            and is_unavoidable(scaled, outer, self.inside, self.deadline)
        ):
            self.low = End(float(np.nextafter(0.0, 1.0)), self.low.upper, self.low.witness)

    def _range(self) -> FrequencyRange:
        low, high = self.low, self.high
        if high.upper == 0:
            status = FREE
        elif low.lower > 0:
            status = ENTRENCHED
        elif low.upper == 0 and high.lower > 0:
            status = TRAP
        else:
            status = UNDECIDED
        return FrequencyRange(low, high, status, self._note(status))

    def _note(self, status: str) -> str:
        open_ends = [
            f"the {name} frequency is between {float(end.lower):.6g} and {float(end.upper):.6g}"
            for name, end in (("smallest", self.low), ("largest", self.high))
            if end.upper - end.lower > _NEARLY
        ]
        return "proved: " + ", ".join(open_ends) if open_ends else ""


def is_never(scaled: ScaledGame, outer: OuterSet, inside: Array, deadline: float | None) -> bool:
    """Whether no equilibrium ever plays the event: proved exactly, support pair by support pair where needed."""
    flat = inside.ravel()
    exact = exact_tables_of(scaled)
    whole = everything(scaled.cells.shape)
    if (
        float_chance(scaled, outer, incentives(tables_of(scaled), scaled.now, whole), flat) < _NEARLY
        and exact_chance(scaled, outer, incentives(exact, scaled.cells.now, whole), flat) == 0
    ):
        return True
    slack = _slack(scaled, outer)
    weight = float(scaled.later) / float(scaled.now)
    rough = [weight * float(outer.corners[:, i].max() - outer.threats[i]) for i in range(2)]
    tables = tables_of(scaled)
    touching = [s for s in supports_of(scaled.cells.shape) if inside[np.ix_(*s)].any()]
    if any(float_chance(scaled, outer, incentives(tables, scaled.now, s, rough), flat) >= _NEARLY for s in touching):
        return False
    return all(
        (deadline is None or time.monotonic() < deadline)
        and exact_chance(scaled, outer, incentives(exact, scaled.cells.now, s, slack), flat) == 0
        for s in touching
    )


def is_unavoidable(scaled: ScaledGame, outer: OuterSet, inside: Array, deadline: float | None) -> bool:
    """Whether play cannot stay outside the event for ever: nothing generates itself on rectangles outside it."""
    tables = tables_of(scaled)
    rectangles = rectangles_outside(inside)
    pieces = [incentives(tables, scaled.now, one) for one in rectangles]

    def fixed(corners: Array, threats: Array) -> list[Constraints]:
        return pieces

    found = outer_set(scaled, pieces=fixed, within=outer, threats=outer.threats, deadline=deadline)
    return found.empty


def _slack(scaled: ScaledGame, outer: OuterSet) -> list[Any]:
    cells = scaled.cells
    most = [
        scaled.rational(float(outer.corners[:, i].max())) - scaled.rational(float(outer.threats[i])) for i in range(2)
    ]
    return [cells.later / cells.now * one for one in most]


def _words(stage: StrategicGame, profile: Any) -> str:
    parts = []
    for name, labels, strategy in zip(stage.players, stage.actions, profile):
        mixed = [(label, p) for label, p in zip(labels, strategy.tolist()) if p]
        if len(mixed) == 1:
            parts.append(f"{name} plays {mixed[0][0]}")
        else:
            parts.append(f"{name} plays " + ", ".join(f"{label} with probability {p}" for label, p in mixed))
    return " and ".join(parts)
