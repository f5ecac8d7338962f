"""From a document to a checked file, or to every problem in it with line and way out."""

import pytest

from blamegame.errors import ScenarioError
from blamegame.scenario.read import parse
from blamegame.scenario.validate import validate

CATALOGUE = ("list", "train")


def problems(text):
    with pytest.raises(ScenarioError) as refusal:
        validate(parse(text, "my.toml"), CATALOGUE)
    return refusal.value.problems


def test_a_good_file_becomes_its_values():
    found = validate(parse('title = " t "\n[model]\nkind = "team"\n', "my.toml"), CATALOGUE)
    assert found.title == "t" and found.model.kind == "team" and found.goal is None


def test_what_is_missing_is_reported_with_what_to_write():
    words = [str(problem) for problem in problems("description = 'x'\n")]
    assert len(words) == 2
    assert any("model is missing; add [model] with kind" in word for word in words)
    assert any('title is missing; add title = "..."' in word for word in words)


def test_an_unknown_key_has_its_line_and_the_nearest_known_one():
    (problem,) = problems('title = "t"\n[model]\nkind = "delegation"\n\nauthorty = 0.5\n')
    assert (problem.line, problem.key, problem.value) == (5, "model.authorty", "0.5")
    assert problem.suggestion == "authority" and "is not a parameter of the model" in problem.message


def test_a_key_like_no_other_is_answered_with_the_keys_there_are():
    (problem,) = problems('title = "t"\nzzzz = 1\n[model]\nkind = "delegation"\n')
    assert problem.suggestion == "" and "the keys of a scenario are title, description" in problem.message


def test_a_misspelt_kind_does_not_hide_the_other_problems():
    """The rest of the file is checked against the kind that is nearest in name."""
    found = problems('title = "t"\n[model]\nkind = "delegaton"\nauthority = 2\n')
    assert [(problem.line, problem.key) for problem in found] == [(3, "model.kind"), (4, "model.authority")]
    assert found[0].suggestion == "delegation" and found[1].allowed == "0 to 1"


def test_without_a_kind_the_parameters_tell_which_it_would_be():
    (problem,) = problems('title = "t"\n[model]\ncost_escalate = 0.1\nauthority = 0.2\n')
    assert problem.key == "model.kind" and "is missing" in problem.message


def test_what_should_be_a_table_or_a_list_is_told_how_to_be_written():
    words = " ".join(str(problem) for problem in problems('title = "t"\nsources = "one"\nmodel = 3\n'))
    assert "is not a table; write it as [model]" in words and 'write ["one text", "another"]' in words


def test_a_profile_of_the_wrong_length_is_one_problem_about_the_profile():
    for profile in ('["assist"]', '["assist", "work", "work"]'):
        (problem,) = problems(f'title = "t"\n[model]\nkind = "delegation"\n[goal]\nunique = {profile}\n')
        assert problem.line == 5 and "is not one action for each player" in problem.message
