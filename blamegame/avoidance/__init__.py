"""How much mutual avoidance a model's equilibria allow: the event's smallest and largest probability, and a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blamegame.avoidance.one_period import in_one_period
from blamegame.avoidance.other_forms import before_types_are_drawn, by_measure, in_sequence, on_a_network, over_plans
from blamegame.avoidance.over_time import in_repeated_play, in_the_long_run
from blamegame.avoidance.verdict import EMPTY as EMPTY
from blamegame.avoidance.verdict import ENTRENCHED as ENTRENCHED
from blamegame.avoidance.verdict import FREE as FREE
from blamegame.avoidance.verdict import TRAP as TRAP
from blamegame.avoidance.verdict import UNDECIDED as UNDECIDED
from blamegame.avoidance.verdict import AvoidanceRange as AvoidanceRange
from blamegame.avoidance.verdict import proved_status as proved_status
from blamegame.avoidance.verdict import status_of as status_of
from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    Logit,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold


def avoidance_range(model: Model | StrategicGame, concept: Concept, *, event: Any = None) -> AvoidanceRange:
    """Smallest and largest probability of mutual avoidance over all equilibria of ``concept``.

    Parameters
    ----------
    model : a model, or a strategic game
        A batch of models or games gives arrays.
    concept : a value of :mod:`blamegame.concepts`
    event : optional
        The event, as a boolean array over action profiles or an iterable of cells; default the model's own
        ``avoidance``. A bare game needs it. In a game with private types the default is the probability, before types
        are drawn, that what is done is avoidance; an event given is one over plans for all types.

    Raises
    ------
    UnsupportedGame
        Where no complete solver exists for this game under this concept; the message names what to use instead.

    Notes
    -----
    The probability of an event is bilinear in the two strategies, and the Nash equilibria of a two-player game are a
    union of products of polytopes whose vertices are the extreme equilibria (Jansen 1981), so both ends of the range
    are attained at extreme equilibria.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> print(avoidance_range(Delegation(), Nash()))
    entrenched: avoidance 1 at best, 1 at worst
    """
    found = _range(model, concept, event)
    return replace(found, event=model.avoidance_word()) if isinstance(model, Model) and event is None else found


def _range(model: Model | StrategicGame, concept: Concept, event: Any) -> AvoidanceRange:
    if not isinstance(model, Model | StrategicGame):
        raise GameError(f"avoidance_range takes a model or a game, not {type(model).__name__}")
    decisive = getattr(model, "avoidance", None) if event is None else event
    if isinstance(decisive, Threshold) and isinstance(model, Model):
        return by_measure(model, concept, decisive)
    if getattr(model, "network_game", None) is not None:
        return on_a_network(model, concept, event)
    if isinstance(concept, SubgamePerfect) and getattr(model, "avoiding_ends", None) is not None:
        return in_sequence(model, concept, event)
    if getattr(model, "bayesian_game", None) is not None:
        if isinstance(concept, Nash):
            return before_types_are_drawn(model, concept, event)
        if event is None and isinstance(concept, Correlated | CoarseCorrelated | Rationalizable | Logit):
            return over_plans(model, concept)
    if isinstance(concept, Nash | Correlated | CoarseCorrelated | Rationalizable | Logit):
        return in_one_period(model, concept, event)
    if isinstance(concept, MarkovPerfect) and getattr(model, "stochastic_game", None) is not None:
        return in_the_long_run(model, concept, event)
    if isinstance(concept, SubgamePerfect | PublicPerfect):
        return in_repeated_play(model, concept, event)
    raise UnsupportedGame(f"avoidance_range has no solver for {concept!r} on {type(model).__name__}")
