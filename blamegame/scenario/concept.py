"""The words for solution concepts in scenario files and on the command line."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)

CONCEPTS: dict[str, Concept] = {
    "nash": Nash(),
    "correlated": Correlated(),
    "coarse-correlated": CoarseCorrelated(),
    "rationalizable": Rationalizable(),
}


DISCOUNTED: dict[str, type[MarkovPerfect] | type[SubgamePerfect] | type[PublicPerfect]] = {
    "markov-perfect": MarkovPerfect,
    "subgame-perfect": SubgamePerfect,
    "public-perfect": PublicPerfect,
}
"""Concepts that need a discount factor beside the word."""


def concept_of(word: str, discount: Fraction | None = None) -> Concept:
    """The concept of a word, with its discount factor where it has one.

    >>> concept_of("markov-perfect", Fraction(9, 10))
    MarkovPerfect(discount=Fraction(9, 10))
    """
    return CONCEPTS[word] if discount is None else DISCOUNTED[word](discount)


def concept_discount(concept: Concept) -> Any:
    """The discount factor of a concept; None where it has none."""
    return getattr(concept, "discount", None)


def concept_word(concept: Concept) -> str:
    """The word for a concept.

    >>> concept_word(CoarseCorrelated())
    'coarse-correlated'
    """
    for word, known in CONCEPTS.items():
        if known == concept:
            return word
    for word, kind in DISCOUNTED.items():
        if type(concept) is kind:
            return word
    words = ", ".join([*CONCEPTS, *DISCOUNTED])
    raise ValueError(f"{concept!r} has no word in scenario files; the words are {words}")
