"""The words of the file format for models and concepts."""

import pytest

from blamegame.concepts import Logit
from blamegame.models.delegation import Delegation
from blamegame.scenario.concept import CONCEPTS, concept_word
from blamegame.scenario.kinds import KINDS, kind_of


@pytest.mark.parametrize("word", CONCEPTS)
def test_a_concept_and_its_word_belong_together(word):
    assert concept_word(CONCEPTS[word]) == word


def test_a_concept_or_model_without_word_is_refused_with_those_that_have_one():
    with pytest.raises(ValueError, match="the words are nash, correlated"):
        concept_word(Logit(1))

    class Other(Delegation):
        pass

    with pytest.raises(ValueError, match="the kinds are delegation"):
        kind_of(Other())


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_names_a_model_with_parameters_and_what_a_goal_can_be_about(name):
    kind = KINDS[name]
    assert kind_of(kind.model_class()()) == name
    assert kind.parameters()
    assert kind.actions() is None or kind.actions() or kind.measures() or name == "hierarchy"
