"""The words for solution concepts, there and back."""

from fractions import Fraction

import pytest

from blamegame.concepts import Logit, Nash, PublicPerfect, SubgamePerfect
from blamegame.scenario.concept import CONCEPTS, DISCOUNTED, concept_discount, concept_of, concept_word

PATIENT = Fraction(9, 10)


@pytest.mark.parametrize("word", CONCEPTS)
def test_a_word_without_a_discount_factor_comes_back(word):
    concept = concept_of(word)
    assert concept_word(concept) == word and concept_discount(concept) is None


@pytest.mark.parametrize("word", DISCOUNTED)
def test_a_word_with_a_discount_factor_comes_back_with_it(word):
    concept = concept_of(word, PATIENT)
    assert concept_word(concept) == word and concept_discount(concept) == PATIENT


def test_the_words_mean_what_they_say():
    assert concept_of("nash") == Nash()
    assert concept_of("subgame-perfect", PATIENT) == SubgamePerfect(PATIENT)
    assert concept_of("public-perfect", PATIENT) == PublicPerfect(PATIENT)


def test_a_concept_without_a_word_is_named_beside_the_words():
    with pytest.raises(ValueError, match=r"Logit\(.*has no word in scenario files; the words are nash, "):
        concept_word(Logit(1))
