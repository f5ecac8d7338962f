"""The ten likeliest mistakes, and the whole text of what is said about each."""

import pytest

from blamegame.errors import ScenarioError
from blamegame.scenario import load, loads

TOP = 'title = "My county"\n[model]\nkind = "delegation"\n'

MISTAKES = {
    "a misspelt parameter": (
        TOP + "authorty = 0.3\n",
        "line 4: model.authorty = 0.3 is not a parameter of the model; did you mean 'authority'?",
    ),
    "a value out of range": (
        TOP + "authority = 1.3\n",
        "line 4: model.authority = 1.3 is not a share (0 to 1)",
    ),
    "text instead of a number": (
        TOP + 'authority = "0.3"\n',
        'line 4: model.authority = "0.3" is text, not a number; write 0.3 without quotes (0 to 1)',
    ),
    "a model without kind": (
        'title = "My county"\n[model]\nauthority = 0.3\n',
        'line 2: model.kind is missing; write kind = "delegation", or another of '
        "delegation, chain, hierarchy, departments, team, markup, three_stage, inspection, difficulty, scandal, "
        "promotion",
    ),
    "an unknown reform": (
        TOP + '[reforms]\nuse = ["empower",\n  "trian"]\n',
        "line 6: reforms.use[1] = \"trian\" is not a reform of the catalogue; did you mean 'train'?",
    ),
    "an unknown table": (
        TOP + "[reform]\nuse = 1\n",
        "line 4: reform is not a table of a scenario; did you mean 'reforms'?",
    ),
    "a key given twice": (
        TOP + "authority = 0.3\ntolerance = 0.1\nauthority = 0.4\n",
        "line 6: model.authority is given twice, first on line 4; keep one of them",
    ),
    "a decimal comma": (
        TOP + "authority = 0,3\n",
        "line 4: `authority = 0,3` is not TOML: write 0.3 with a point",
    ),
    "an unknown action in the goal": (
        TOP + '[goal]\nunlocks = ["asist", "work"]\n',
        "line 5: goal.unlocks[0] = \"asist\" is not an action of upper; did you mean 'assist'?",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_the_message_names_line_key_value_and_the_way_out(mistake):
    text, said = MISTAKES[mistake]
    with pytest.raises(ScenarioError) as error:
        loads(text, name="my.toml")
    assert str(error.value) == f"my.toml cannot be used:\n  {said}"


def test_a_missing_file_names_the_nearest_shipped_scenario():
    with pytest.raises(ScenarioError) as error:
        load("h_conty")
    assert str(error.value) == (
        '"h_conty" cannot be used:\n'
        "  there is no such file, and no shipped scenario has that name; did you mean 'h_county'?"
    )


def test_all_errors_of_a_file_come_at_once_and_in_its_order():
    text = """\
titel = "x"
[model]
kind = "delegaton"
authority = 1.3
cost_work = inf
[reforms]
use = ["nothing"]
costs.train = -1
[reforms.custom.own]
edits.authoriti = { ad = 1 }
[goal]
concept = "nahs"
removes = "everything"
[extra]
"""
    with pytest.raises(ScenarioError) as error:
        loads(text, name="my.toml")
    assert str(error.value).split("\n") == [
        "my.toml cannot be used (12 problems):",
        '  title is missing; add title = "..." at the top',
        "  line 1: titel = \"x\" is not a key of a scenario; did you mean 'title'?",
        "  line 3: model.kind = \"delegaton\" is not a kind of model; did you mean 'delegation'?",
        "  line 4: model.authority = 1.3 is not a share (0 to 1)",
        "  line 5: model.cost_work = inf is not a finite number (0 or more)",
        '  line 7: reforms.use[0] = "nothing" is not a reform of the catalogue (empower, list, tolerate, '
        "inspect_substance, trace_upward, train, answer, reward, lighten, voice, escalation_rule, harsher, "
        "tolerate_at_risk, graded_response, early_warning, differentiated_standards)",
        "  line 8: reforms.costs.train = -1 is negative (0 or more)",
        "  line 10: reforms.custom.own.edits.authoriti is not a parameter of delegation; did you mean 'authority'?",
        "  line 10: reforms.custom.own.edits.authoriti.ad = 1 is not a key of a scenario; did you mean 'add'?",
        "  line 12: goal.concept = \"nahs\" is not a solution concept; did you mean 'nash'?",
        '  line 13: goal.removes = "everything" is not an event; write removes = "avoidance" (avoidance)',
        "  line 14: extra is not a table of a scenario; the keys of a scenario are title, description, sources, "
        "assumptions, model, uncertainty, reforms, goal",
    ]
    assert [problem.line for problem in error.value.problems][-1] == 14
    assert error.value.problems[3].key == "model.authority"
    assert error.value.problems[3].allowed == "0 to 1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TOP + "authority = lots\n", "`authority = lots` is not TOML: a value is a number"),
        ('title = "My county\n[model]\n', 'line 1: `title = "My county` is not TOML: a text that opens with a quote'),
        ('title = "a"\nsources = ["a",\n', "line 2: "),
        ('title = """My county\n[model]\n', "line 1: "),
        ("authority\n", "a line is `key = value`"),
        (TOP + "[model]\n", "line 4: model is given twice, first on line 2"),
        (TOP + "authority = " + "[" * 50, "is nested too deeply"),
        (TOP + "x = " + "9" * 5000, "more than 4,300 digits"),
        (TOP + "authority = 0x" + "f" * 100, "an integer of about 121 digits is too long or too large"),
        (TOP + "description = 'b'\n[goal]\n", "goal says no goal; add removes"),
        (TOP + '[goal]\nremoves = "avoidance"\nunlocks = ["assist", "work"]\n', "goal has removes and unlocks"),
        (TOP + '[goal]\nunlocks = ["assist"]\n', "goal.unlocks is not one action for each player"),
        (TOP + '[goal]\nunique = ["assist", "work", "work"]\n', "is not one action for each player"),
        (TOP + '[goal]\nunique = "assist,work"\n', "is not a profile"),
        (TOP + '[reforms]\nuse = "some"\n', 'write "all", or ["train", "tolerate"]'),
        (TOP + "[reforms.custom.train]\nedits.authority = { add = 1 }\n", "is the name of a catalogue reform"),
        (TOP + '[reforms.custom."a b"]\nedits.authority = { add = 1 }\n', '"a b" is not a name'),
        (TOP + "[reforms.custom.own]\n", "reforms.custom.own.edits is missing"),
        (TOP + "[reforms.custom.own]\nedits = {}\n", "edits nothing"),
        (TOP + "[reforms.custom.own]\nedits.authority = {}\n", "edits nothing; give scale, add or floor"),
        (TOP + "[reforms.custom.own]\nedits.authority = { scale = -1 }\n", "is negative (0 or more)"),
        ("model = 3\n" + 'title = "t"\n', "model = 3 is not a table; write it as [model]"),
        ("[[model]]\n", "model = [a table] is not a table"),
        ('title = "a\\u001b[31m"\n[model]\nkind = "delegation"\n', "\\u001b"),
        ('title = "t"\nsources = "one"\n[model]\nkind = "delegation"\n', "is not a list"),
        ('title = "t"\nsources = [' + '"a",' * 101 + ']\n[model]\nkind = "delegation"\n', "more than 100 entries"),
        (f'title = "{"a" * 10_001}"\n[model]\nkind = "delegation"\n', "is longer than 10,000 characters"),
        (TOP + "zzz = [1, 2, 3, 4, 5]\n", "model.zzz = a list of 5 is not a parameter"),
        (TOP + "promotability = true\n", "model.promotability = true is not a number"),
    ],
)
def test_other_mistakes_are_named_too(text, said):
    with pytest.raises(ScenarioError) as error:
        loads(text, name="my.toml")
    assert said in str(error.value)
    assert "\x1b" not in str(error.value)


def test_a_file_with_thousands_of_errors_is_summed_up():
    text = TOP + "".join(f"wrong_{k} = 1\n" for k in range(5000))
    with pytest.raises(ScenarioError) as error:
        loads(text)
    assert "(5,000 problems)" in str(error.value)
    assert str(error.value).endswith("and 4,970 more")
