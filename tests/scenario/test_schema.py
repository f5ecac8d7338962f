"""What the tables of a scenario file accept, and the reason they give for what they do not."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from blamegame.scenario.kinds import KINDS
from blamegame.scenario.schema import LARGEST_WHOLE, LONGEST_TEXT, schema_for

CATALOGUE = ("list", "train")


def parsed(kind="delegation", *, goal=None, reforms=None, title="t", **model):
    document = {"title": title, "model": {"kind": kind, **model}}
    extra = {"goal": goal, "reforms": reforms}
    document |= {name: value for name, value in extra.items() if value is not None}
    return schema_for(KINDS[kind], CATALOGUE).model_validate(document)


def reasons(**document):
    with pytest.raises(ValidationError) as refusal:
        parsed(**document)
    return [details["msg"] for details in refusal.value.errors()]


def test_parameters_not_given_have_the_defaults_of_the_model():
    model = parsed(authority=1).model
    assert model.authority == Fraction(1) and type(model.authority) is Fraction
    assert model.tolerance == KINDS["delegation"].parameters()["tolerance"].default


def test_every_fault_of_a_file_is_found_in_one_pass():
    found = reasons(authority=2, tolerance=-1, nonsense=1, title="a\x00b")
    assert len(found) == 4 and "holds control characters; keep to printable text" in found


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        ({"removes": "avoidance", "unlocks": ["assist", "work"]}, "has removes and unlocks; a scenario has one goal"),
        ({"concept": "nash"}, "says no goal"),
        ({"removes": "everything"}, "is not an event"),
        ({"unique": "assist"}, "is not a profile"),
        ({"unique": ["assist", "wrok"]}, "is not an action of lower"),
        ({"removes": "avoidance", "concept": "subgame-perfect", "discount": 1}, "is not a discount factor"),
    ],
)
def test_a_goal_is_one_goal_of_this_model(goal, reason):
    (found,) = reasons(goal=goal)
    assert reason in found


@pytest.mark.parametrize(
    ("reforms", "reason"),
    [
        ({"use": ["lits"]}, "is not a reform of the catalogue"),
        ({"use": "list"}, 'write "all"'),
        ({"costs": {"list": -1}}, "is negative"),
        ({"custom": {"list": {"edits": {}}}}, "is the name of a catalogue reform"),
        ({"custom": {"no good": {"edits": {}}}}, "is not a name"),
        ({"custom": {"mine": {"edits": {"authority": {}}}}}, "edits nothing"),
        ({"custom": {"mine": {"edits": {"zeal": {"add": 1}}}}}, "is not a parameter of delegation"),
    ],
)
def test_reforms_are_those_of_the_catalogue_or_edits_under_new_names(reforms, reason):
    assert any(reason in found for found in reasons(reforms=reforms))


def test_all_reforms_means_the_catalogue():
    assert parsed(reforms={"use": "all"}).reforms.use == CATALOGUE


@pytest.mark.parametrize(
    ("tiers", "reason"),
    [
        (True, "whole number"),
        (2.5, "whole number"),
        (LARGEST_WHOLE + 1, "large"),
    ],
)
def test_a_setting_is_a_whole_number_of_sane_size(tiers, reason):
    (found,) = reasons(kind="chain", tiers=tiers)
    assert reason in found


def test_a_text_has_an_end():
    assert parsed(title="x" * LONGEST_TEXT).title == "x" * LONGEST_TEXT
    assert "longer than" in reasons(title="x" * (LONGEST_TEXT + 1))[0]
