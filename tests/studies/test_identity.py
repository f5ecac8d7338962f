"""What tells one study from another: every field of the model, and all that a function does and refers to."""

from functools import partial

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.chain import Chain
from blamegame.models.departments import Departments
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.markup import Markup
from blamegame.models.team import Team
from blamegame.studies.identity import described, measure_words, model_facts
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.study import study

FACTOR = 2


def by_global(model):
    return FACTOR * model.exposure


def by_default(model, factor=2):
    return factor * model.exposure


class Scaled:
    def __init__(self, factor):
        self.factor = factor

    def of(self, model):
        return self.factor * model.exposure


def closing_over(factor):
    return lambda model: factor * model.exposure


def told(function):
    return measure_words(Custom("f", function))


def test_settings_that_are_no_parameters_count():
    pairs = [
        (Team(members=8), Team(members=2)),
        (Departments(departments=31), Departments(departments=2)),
        (Chain(tiers=3), Chain(tiers=2)),
        (Markup(layers=4), Markup(layers=1)),
        (Hierarchy(tree=(1, 2, 4)), Hierarchy(tree=(1, 1, 4))),
        (Hierarchy(tree=(1, 2), authority=np.array([0.1, 0.2, 0.3])), Hierarchy(tree=(1, 2), authority=np.zeros(3))),
    ]
    for one, other in pairs:
        assert model_facts(one) != model_facts(other)
        assert model_facts(one) == model_facts(one.replace())


@pytest.mark.parametrize(
    ("one", "other"),
    [(Team(members=8), Team(members=2)), (Departments(departments=31), Departments(departments=2))],
)
def test_a_checkpoint_of_a_model_with_other_settings_is_refused(tmp_path, one, other):
    name = next(iter(one.parameters()))
    study(one, {name: "1, 2"}, workers=0, checkpoint=tmp_path / "kept")
    with pytest.raises(StudyError, match=r"model (members|departments) is (8|31) there, 2 here"):
        study(other, {name: "1, 2"}, workers=0, checkpoint=tmp_path / "kept")


def test_what_a_function_closes_over_is_part_of_it():
    assert told(closing_over(1)) != told(closing_over(2))
    assert told(closing_over(1)) == told(closing_over(1))
    assert told(closing_over(np.zeros(3))) != told(closing_over(np.ones(3)))


def test_so_are_defaults_partial_arguments_and_the_object_of_a_method():
    assert told(by_default) != told(partial(by_default, factor=3)) != told(partial(by_default, factor=4))
    assert told(Scaled(1).of) != told(Scaled(2).of) and told(Scaled(1).of) == told(Scaled(1).of)


def test_so_are_the_plain_globals_it_names(monkeypatch):
    before = told(by_global)
    monkeypatch.setitem(globals(), "FACTOR", 3)
    assert told(by_global) != before


def test_a_function_that_calls_itself_and_a_list_that_holds_itself_have_an_end():
    def again(model):
        return again(model)

    endless = [1]
    endless.append(endless)
    assert told(again) and described(endless) == described(endless)


def test_measures_of_the_library_are_told_by_their_settings():
    assert measure_words(Avoidance()) == repr(Avoidance())
    assert described(Team) == described(Team) and described({"a": {1, 2}}) == described({"a": {2, 1}})
