"""The template is a valid scenario that spells out every default, and a copy is a copy."""

import pytest

from blamegame.errors import ScenarioError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes
from blamegame.scenario import loads
from blamegame.scenario.kinds import KINDS
from blamegame.scenario.shipped import FOLDER
from blamegame.scenario.template import template_text


def test_the_template_is_the_default_model_with_the_whole_catalogue():
    scenario = loads(template_text())
    assert scenario.model == Delegation()
    assert scenario.menu == CATALOGUE
    assert scenario.goal == removes()


def test_the_template_gives_range_and_meaning_of_every_parameter():
    lines = template_text().split("\n")
    for spec in Delegation.parameters().values():
        (line,) = [line for line in lines if line.startswith(f"{spec.name} = ")]
        assert spec.meaning in line and spec.range_text() in line


def test_the_commented_reform_of_the_template_is_valid_when_uncommented():
    text = template_text()
    for line in text.split("\n"):
        if line.startswith(("# [reforms.custom", "# remedy", "# source =", "# cost =", "# edits")):
            text = text.replace(line, line.removeprefix("# "))
    assert [reform.name for reform in loads(text).menu][-1] == "local_budget"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_template_that_is_its_default_model(kind):
    scenario = loads(template_text(kind=kind))
    assert scenario.model == KINDS[kind].model_class()()
    assert scenario.goal == removes()


def test_a_copy_of_a_shipped_scenario_is_its_text():
    assert template_text("trap") == (FOLDER / "trap.toml").read_text()


def test_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(ScenarioError, match="did you mean 'trap'"):
        template_text("tarp")
    with pytest.raises(ScenarioError, match="they are h_county"):
        template_text("zzz")
