"""One problem in words, many as one error, and values of the file shown safely."""

from fractions import Fraction

import pytest

from blamegame.scenario.problem import MOST_SHOWN, Problem, dotted, nearest, scenario_error, show


def test_a_problem_says_line_key_value_range_and_nearest_name():
    problem = Problem(4, "model.authorty", "1.3", "is not a share", "0 to 1", "authority")
    assert str(problem) == "line 4: model.authorty = 1.3 is not a share (0 to 1); did you mean 'authority'?"
    assert str(Problem(None, "", "", "it is empty")) == "it is empty"
    assert str(Problem(2, "title", "", "is missing")) == "line 2: title is missing"


def test_problems_are_listed_once_each_in_the_order_of_the_file():
    late, early = Problem(9, "b", "1", "is late"), Problem(2, "a", "1", "is early")
    error = scenario_error("my.toml", [late, early, late])
    assert error.problems == (early, late)
    assert str(error).splitlines() == [
        "my.toml cannot be used (2 problems):",
        "  line 2: a = 1 is early",
        "  line 9: b = 1 is late",
    ]


def test_a_long_list_is_cut_in_words_but_kept_as_values():
    error = scenario_error("my.toml", [Problem(k, "a", "1", "is wrong") for k in range(1, MOST_SHOWN + 3)], more=1000)
    assert str(error).endswith("  and 1,002 more") and len(error.problems) == MOST_SHOWN + 2
    assert f"({MOST_SHOWN + 1002:,} problems)" in str(error)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (Fraction(13, 10), "1.3"),
        ("a\nb\x1b", '"a\\u000ab\\u001b"'),
        ("x" * 100, '"' + "x" * 60 + '..."'),
        ([1, "a"], '[1, "a"]'),
        (list(range(5)), "a list of 5"),
        ({"a": 1}, "a table"),
        (10**100, "an integer of about 101 digits"),
    ],
)
def test_a_value_is_shown_short_on_one_line_without_control_characters(value, shown):
    assert show(value) == shown


def test_odd_keys_are_quoted_and_positions_are_in_brackets():
    assert dotted(("reforms", "custom", "my-one_2", "edits", 0)) == "reforms.custom.my-one_2.edits[0]"
    assert dotted(("é", "a.b")) == '"é"."a.b"'


def test_nothing_is_suggested_for_names_far_too_long():
    assert nearest("AUTHORITY", ["authority"]) == "authority"
    assert nearest("authority" * 100, ["authority" * 100]) == ""
