"""Ranges of games on a network: in what share of its local games the event happens."""

from __future__ import annotations

from itertools import product
from math import prod

from blamegame.answers.strategic import nash_range
from blamegame.concepts import Nash
from blamegame.deadline import Deadline
from blamegame.games.event_range import Bound, Range
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.question import Question
from blamegame.games.strategic import Array, object_array
from blamegame.numbers import number_text

_MOST_CELLS = 256  # of a network small enough for its mixed equilibria to be searched


def share_of_games(question: Question[HypergraphicalGame], deadline: Deadline) -> Range:
    """Complements or elimination bound Nash, correlated and rationalizable outcomes at once.

    Where they leave a gap, the mixed equilibria of a small network are searched; a larger one keeps it.
    """
    from blamegame.solvers.network.network_equilibria import network_equilibria
    from blamegame.solvers.network.share_range import share_range

    solution = network_equilibria(question.game, time_limit=deadline)
    found = share_range(solution, question.event)
    if found.complete:
        return Range.between(found.lowest, found.highest)
    if isinstance(question.concept, Nash) and prod(question.game.n_actions.tolist()) <= _MOST_CELLS:
        return _searched(question, deadline)
    note = f"proved: between {number_text(found.surely)} and {number_text(found.possibly)} in every outcome"
    if found.lowest is None:
        return Range(Bound(found.surely, found.possibly), Bound(found.surely, found.possibly), False, note)
    return Range(Bound(found.surely, found.lowest), Bound(found.highest, found.possibly), False, note)


def _searched(question: Question[HypergraphicalGame], deadline: Deadline) -> Range:
    """The range of a network of few offices, from its one table of payoffs."""
    game = question.game.strategic_form()
    table = _shares(question.game, question.event)
    return nash_range(Question(game, table, question.concept, question.about, question.measure), deadline)


def _shares(game: HypergraphicalGame, event: Array) -> Array:
    """The share of local games in the event, over all action profiles."""
    from blamegame.solvers.network.share_range import share_of

    cells = [share_of(game, cell, event) for cell in product(*map(range, game.n_actions))]
    return object_array(cells).reshape(game.n_actions)
