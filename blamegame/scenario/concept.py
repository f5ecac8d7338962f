"""The words for solution concepts in scenario files and on the command line."""

from __future__ import annotations

from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Nash, Rationalizable

CONCEPTS: dict[str, Concept] = {
    "nash": Nash(),
    "correlated": Correlated(),
    "coarse-correlated": CoarseCorrelated(),
    "rationalizable": Rationalizable(),
}


def concept_word(concept: Concept) -> str:
    """The word for a concept.

    >>> concept_word(CoarseCorrelated())
    'coarse-correlated'
    """
    for word, known in CONCEPTS.items():
        if known == concept:
            return word
    raise ValueError(f"{concept!r} has no word in scenario files; the words are {', '.join(CONCEPTS)}")
