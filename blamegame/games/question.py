"""A question: the one thing that passes between models and solvers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from blamegame.concepts import Concept

G = TypeVar("G")


@dataclass(frozen=True, eq=False)
class Question(Generic[G]):
    """How likely is an event over the equilibria of a game: all that a solver may know of a model.

    Attributes
    ----------
    game : a game of any form
        Its type and that of the concept decide who answers.
    event : as the form of the game has it
        Of a strategic or repeated game a boolean array over action profiles, or a table of chances in [0, 1]: of a
        profile of plans, how likely it leads to the event. Of a game in stages the ends of play, of a network a boolean
        array over the last two offices of a mandate.
    concept : which equilibria
    about : what game this is, in words, such as ``the game of one period``
    measure : what the numbers of the answer are, with a place for the event's name
    """

    game: G
    event: Any
    concept: Concept
    about: str = "the game given"
    measure: str = "probability of {event}"
