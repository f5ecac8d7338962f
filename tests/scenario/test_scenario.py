"""Loading: what a scenario holds, and which file a name means."""

import subprocess
import sys
from fractions import Fraction

import pytest

from blamegame.concepts import CoarseCorrelated, Nash
from blamegame.errors import ScenarioError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes, unique, unlocks
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.remedies import FURTHER_REFORMS
from blamegame.scenario import load, loads, shipped_names
from blamegame.scenario.write import dumps

TOP = 'title = "My county"\n[model]\nkind = "delegation"\n'


def test_numbers_are_the_exact_rationals_that_the_file_spells():
    model = loads(TOP + "authority = 0.1\naccountability = 3\n").model
    assert (model.authority, model.accountability) == (Fraction(1, 10), Fraction(3))
    assert model.tolerance == Delegation().tolerance
    assert model.stage_game().exact


def test_a_file_without_reforms_and_goal_is_a_scenario():
    scenario = loads(TOP)
    assert (scenario.menu, scenario.goal, scenario.concept) == ((), None, Nash())


def test_custom_reforms_join_the_catalogue_and_costs_can_be_changed():
    scenario = loads(
        TOP
        + """
[reforms]
use = ["train", "list"]
costs.train = 7
[reforms.custom.budget]
remedy = "a budget line"
source = "the township"
cost = 2.5
edits.authority = { scale = 1.5, add = 0.1, floor = 0.2 }
"""
    )
    assert [(reform.name, reform.cost) for reform in scenario.menu] == [
        ("list", 2),
        ("train", 7),
        ("budget", Fraction(5, 2)),
    ]
    budget = scenario.menu[-1]
    assert (budget.remedy, budget.source) == ("a budget line", "the township")
    after = apply(scenario.model, choose(scenario.menu, ["budget"]))
    assert after.authority == Fraction(55, 100)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ('removes = "avoidance"', removes()),
        ('unlocks = ["assist", "work"]', unlocks(("assist", "work"))),
        ('unique = ["push", "formalism"]', unique(("push", "formalism"))),
    ],
)
def test_goals_are_the_goals_of_the_search(text, goal):
    scenario = loads(TOP + f'[goal]\n{text}\nconcept = "coarse-correlated"\n')
    assert (scenario.goal, scenario.concept) == (goal, CoarseCorrelated())


def test_a_file_comes_before_a_shipped_name_and_a_folder_does_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load("trap").source == "trap (shipped)"
    (tmp_path / "trap").mkdir()
    assert load("trap").source == "trap (shipped)"
    (tmp_path / "cycle").write_text(TOP)
    assert load("cycle").title == "My county"
    assert load(str(tmp_path / "cycle")).name == "cycle"


def test_the_county_comes_first_in_the_list():
    assert shipped_names()[0] == "h_county"
    assert len(shipped_names()) == 21


def test_a_condition_on_several_parameters_is_reported_as_a_scenario_error(monkeypatch):
    from blamegame.errors import ModelError

    def refuse(self):
        raise ModelError("two parameters do not fit")

    monkeypatch.setattr(Delegation, "__post_init__", refuse)
    with pytest.raises(ScenarioError, match="two parameters do not fit"):
        loads(TOP)


def test_importing_the_package_imports_neither_pydantic_nor_numpy():
    code = (
        "import sys, blamegame, blamegame.scenario.problem, blamegame.scenario.positions, blamegame.cli\n"
        "assert not {'pydantic', 'numpy', 'rich', 'scipy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_error_keeps_its_problems_when_it_travels_between_processes():
    import pickle

    with pytest.raises(ScenarioError) as error:
        loads("title = 1\n")
    travelled = pickle.loads(pickle.dumps(error.value))
    assert str(travelled) == str(error.value) and travelled.problems == error.value.problems


def test_further_reforms_are_taken_by_name_and_all_means_the_catalogue():
    text = 'title = "x"\n[model]\nkind = "delegation"\n[reforms]\nuse = {}\n'
    chosen = loads(text.format('["graded_response", "train"]'))
    assert [reform.name for reform in chosen.menu] == ["train", "graded_response"]
    assert loads(dumps(chosen)).menu == chosen.menu
    assert loads(text.format('"all"')).menu == CATALOGUE


def test_a_reform_of_ones_own_may_take_the_name_of_a_further_one():
    text = TOP + "[reforms.custom.early_warning]\nedits.authority = { add = 0.1 }\n"
    (own,) = loads(text).menu
    assert own != FURTHER_REFORMS[2] and own.name == FURTHER_REFORMS[2].name
    assert loads(dumps(loads(text))).menu == (own,)
