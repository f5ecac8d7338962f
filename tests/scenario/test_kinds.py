"""The words of the file format for models."""

import pytest

from blamegame.models.delegation import Delegation
from blamegame.scenario.kinds import KINDS, kind_of


def test_a_model_without_word_is_refused_with_those_that_have_one():
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
