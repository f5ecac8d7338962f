"""How often an event happens in perfect public equilibria: bounds of its smallest and largest discounted frequency."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.event import event_of
from blamegame.games.repeated import RepeatedGame
from blamegame.solvers.repeated.corridor import EMPTY, ENTRENCHED, FREE, TRAP, UNDECIDED, Corridor
from blamegame.solvers.repeated.public_perfect import public_perfect
from blamegame.solvers.strategic.pure import pure_cells

_CLEARLY = 1e-6


def public_corridor(game: RepeatedGame, event: Any, *, time_limit: float | Deadline | None = None) -> Corridor:
    """Smallest and largest discounted frequency of ``event`` over pure perfect public equilibria with lotteries.

    Parameters
    ----------
    game : with :class:`~blamegame.games.monitoring.PublicSignals`
    event : boolean array over action profiles, or an iterable of cells
    time_limit : seconds; the bounds are valid however early they stop

    Notes
    -----
    1. Bounds in payoffs alone say which profiles are never played. Where the others all are in the event its frequency
       is 1, where none is it is 0.
    2. A stage equilibrium, repeated, settles an end; so does an equilibrium of profiles outside the event alone.
    3. Otherwise the frequency is bounded as a further coordinate, over the profiles that may be played.
    All is computed in floats, with slack beyond their rounding in the direction of each claim.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> model = Delegation()
    >>> print(public_corridor(model.repeated(Fraction(9, 10), model.outcome_signals()), model.avoidance))
    entrenched: frequency 1 at best, 1 at worst
    """
    time_limit = Deadline.of(time_limit)
    inside = event_of(game.stage, event)
    zero, one = Fraction(0), Fraction(1)
    plane = public_perfect(game, time_limit=time_limit)
    alive, sure = ~plane.not_playable, plane.playable
    if not alive.any():
        return Corridor(np.nan, np.nan, np.nan, np.nan, EMPTY)
    if not sure.any():
        return Corridor(zero, one, zero, one, UNDECIDED)
    if not alive[inside].any():
        return Corridor(zero, zero, zero, zero, FREE)
    if not alive[~inside].any():
        return Corridor(one, one, one, one, ENTRENCHED)
    rests = [inside[cell] for cell in pure_cells(game.stage)]
    best, worst = (zero, zero) if False in rests else (zero, one), (one, one) if True in rests else (zero, one)
    if best != (zero, zero) and public_perfect(game, among=alive & ~inside, time_limit=time_limit).playable.any():
        best = (zero, zero)
    if best != (zero, zero) or worst != (one, one):
        space = public_perfect(game, extra=inside, among=alive, time_limit=time_limit)
        low, least, most, high = space.range_of(game.stage.n_players)
        best = best if best == (zero, zero) else _within(low, least, best)
        worst = worst if worst == (one, one) else _within(most, high, worst)
    never = True if best[1] == 0 else False if best[0] > _CLEARLY else None
    status = UNDECIDED if never is None or not sure[inside].any() else TRAP if never else ENTRENCHED
    return Corridor(*best, *worst, status)


def _within(low: float, high: float, known: tuple[Any, Any]) -> tuple[Any, Any]:
    """Bounds between 0 and 1; an end that was not found stays where it is known to be."""
    return (known[0] if np.isnan(low) else min(max(low, 0.0), 1.0)), (
        known[1] if np.isnan(high) else min(max(high, 0.0), 1.0)
    )
