"""Whole-number settings, measures as goals and discounted concepts in scenario files."""

from dataclasses import replace
from fractions import Fraction

import pytest

from blamegame.concepts import MarkovPerfect, SubgamePerfect
from blamegame.errors import ScenarioError
from blamegame.models.threshold import Threshold
from blamegame.reforms.goal import Goal, at_least, at_most, unlocks
from blamegame.scenario import dumps, load, loads

TOP = 'title = "x"\n[model]\nkind = "'


def test_settings_are_read_as_whole_numbers():
    assert loads(TOP + 'chain"\ntiers = 4\n').model.tiers == 4
    assert loads(TOP + 'departments"\ndepartments = 5\nvalue = "1/3"\n').model.value == Fraction(1, 3)
    assert loads(TOP + 'hierarchy"\ntree = [1, 2, 6]\n').model.tree.n_offices == 9


def test_goals_bound_a_measure():
    assert loads(TOP + 'departments"\n[goal]\nat_most = { paperwork_share = 0.5 }\n').goal == at_most(
        "paperwork_share", Fraction(1, 2)
    )
    assert loads(TOP + 'team"\n[goal]\nat_least = { effort = 0.1 }\n').goal == at_least("effort", Fraction(1, 10))


def test_concepts_with_a_discount_factor():
    scandal = loads(TOP + 'scandal"\n[goal]\nremoves = "avoidance"\nconcept = "markov-perfect"\ndiscount = 0.9\n')
    assert scandal.concept == MarkovPerfect(Fraction(9, 10))
    staged = loads(TOP + 'three_stage"\n[goal]\nremoves = "avoidance"\nconcept = "subgame-perfect"\n')
    assert staged.concept == SubgamePerfect()
    assert loads(dumps(scandal)).concept == scandal.concept


def test_a_profile_of_a_chain_has_an_action_for_each_tier():
    assert loads(TOP + 'chain"\n[goal]\nunlocks = ["assist", "assist", "work"]\n').goal == unlocks(
        ("assist", "assist", "work")
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('chain"\ntiers = 2.5\n', "line 4: model.tiers = 2.5 is not a whole number; write it without a point"),
        ('chain"\ntiers = true\n', "line 4: model.tiers = true is not a whole number; write it without a point"),
        ('chain"\ntiers = 1\n', "line 4: tiers=1 is not a whole number from 2 to 12"),
        ('team"\nmembers = 99999999999\n', "line 4: model.members = 99999999999 is too large (at most 1,000,000,000)"),
        (
            'hierarchy"\ntree = 3\n',
            "line 4: model.tree = 3 is not a list of whole numbers; write [1, 31, 333, 2844, 38602]",
        ),
        ('hierarchy"\ntree = [2, 3]\n', "line 4: tree=[2, 3] must start with 1, and no tier may be smaller"),
        (
            'team"\nreward = 0\n[reforms]\nuse = ["train"]\n',
            "line 5: reform 'train': 'assistance' is not a parameter of Team",
        ),
        ('departments"\nvalue = 0\n', "line 4: value=0 leaves nothing to compete for"),
        (
            'departments"\n[goal]\nat_most = { papers = 1 }\n',
            "is not a measure of departments (paperwork_share, letters)",
        ),
        ('departments"\n[goal]\nat_most = 1\n', "line 5: goal.at_most = 1 is not one measure with its bound"),
        ('departments"\n[goal]\nunlocks = ["work"]\n', "line 5: goal.unlocks"),
        (
            'departments"\n[goal]\nremoves = "avoidance"\nat_most = { letters = 1 }\n',
            "has removes and at_most; a scenario has one goal",
        ),
        ('scandal"\n[goal]\nremoves = "avoidance"\nconcept = "markov-perfect"\n', "discount"),
        ('scandal"\n[goal]\nremoves = "avoidance"\ndiscount = 0.5\n', "discount"),
        (
            'scandal"\n[goal]\nremoves = "avoidance"\nconcept = "markov-perfect"\ndiscount = 1\n',
            "line 7: goal.discount = 1 is not a discount factor (0 or more and below 1)",
        ),
        ('chain"\n[goal]\nunlocks = ["assist", "work"]\n', "line 4: goal ('assist', 'work') is not one action"),
        ('chain"\n[goal]\nunlocks = ["assist", "help", "work"]\n', "'help' is not an action of tier 2"),
    ],
)
def test_mistakes_name_line_value_and_way_out(text, said):
    with pytest.raises(ScenarioError) as error:
        loads(TOP + text, name="my.toml")
    assert said in str(error.value)


def test_what_a_file_cannot_say_is_refused():
    nation = load("nation")
    import networkx as nx

    from blamegame.models.hierarchy import Hierarchy

    with pytest.raises(ValueError, match="by the sizes of its tiers"):
        dumps(replace(nation, model=Hierarchy(tree=nx.DiGraph([(0, 1)])), menu=()))
    with pytest.raises(ValueError, match="at_most and at_least"):
        dumps(replace(load("team"), goal=Goal(threshold=Threshold("effort", "<=", 0))))
