"""How often an event happens in the long run, over every stationary Markov-perfect equilibrium, mixed ones included."""

from __future__ import annotations

from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.stationary import event_frequency
from blamegame.games.stochastic import StochasticGame
from blamegame.solvers.stochastic.frequency_range import FrequencyRange, markov_avoidance_range
from blamegame.solvers.stochastic.markov_perfect import markov_perfect
from blamegame.solvers.stochastic.solution import MarkovSolution
from blamegame.solvers.stochastic.support_enumeration import all_markov_perfect


def stationary_range(
    game: StochasticGame, event: Any, *, start: int | str = 0, time_limit: float | Deadline | None = None
) -> FrequencyRange:
    """Smallest and largest long-run frequency of an event over all stationary equilibria of one game.

    Two players and one or two states are solved with mixed equilibria (:func:`~blamegame.all_markov_perfect`), and
    ``complete`` says whether none was left open. Larger games are answered by their pure equilibria, not complete.
    Frequencies of pure equilibria are exact where the game is; those of mixed ones are floats, and zero only where the
    event is in no recurrent state's support.

    Examples
    --------
    Two reforms of a scandal leave no pure equilibrium that avoids; a mixed one is left all the same.

    >>> from blamegame.models.scandal import Scandal
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import apply, choose
    >>> model = apply(Scandal(), choose(CATALOGUE, ["empower", "tolerate"]))
    >>> game = model.stochastic_game(0.9)
    >>> pure, every = markov_avoidance_range(game, model.avoidance), stationary_range(game, model.avoidance)
    >>> pure.worst, every.complete, round(float(every.worst), 3)
    (0.0, True, 0.077)
    """
    deadline = Deadline.of(time_limit)
    pure = markov_avoidance_range(game, event, start=start, time_limit=deadline)
    solution = stationary_equilibria(game, time_limit=deadline)
    mixed = [event_frequency(game, profile, event, start=start) for profile in solution.equilibria if _mixes(profile)]
    ends = [end for end in (pure.best, pure.worst) if end == end]  # NaN where there is no pure one
    found = [*ends, *mixed]
    every = solution.complete and solution.concept == "markov_perfect"
    return FrequencyRange(min(found, default=np.nan), max(found, default=np.nan), every)


def stationary_equilibria(game: StochasticGame, *, time_limit: float | Deadline | None = None) -> MarkovSolution:
    """Every stationary equilibrium where mixed ones can be found, else every pure one; its ``concept`` says which."""
    try:
        return all_markov_perfect(game, time_limit=time_limit)
    except UnsupportedGame:
        return markov_perfect(game, time_limit=time_limit)


def _mixes(profile: Any) -> bool:
    return any(np.count_nonzero(strategy) > 1 for stage in profile for strategy in stage)
