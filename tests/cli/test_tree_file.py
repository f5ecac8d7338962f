"""``solve`` on games in extensive form, and their figures."""

import pytest

from blamegame.formats.efg_writer import write_efg
from blamegame.games.grow import Decision, End, grow

PNG = b"\x89PNG"


def battle(outside=2):
    inside = {
        x: Decision("2", {"o": End([a, b]), "f": End([c, d])}, known_as="unseen", label="reply")
        for x, a, b, c, d in (("O", 3, 1, 0, 0), ("F", 0, 0, 1, 3))
    }
    return grow(["1", "2"], Decision("1", {"out": End([outside, 2]), "in": Decision("1", inside)}))


@pytest.fixture
def written(tmp_path):
    def write(tree, name="game.efg"):
        path = tmp_path / name
        path.write_text(write_efg(tree), encoding="utf-8")
        return path

    return write


def test_the_tree_and_every_equilibrium_are_printed(run, written):
    found = run("solve", written(battle()))
    assert found.code == 0 and found.err == ""
    assert "2: reply [2]" in found.out and "complete: 3 subgame-perfect equilibria" in found.out
    assert "1 [0]: in; 1 [1]: O; 2, reply [2]: o" in found.out and "payoffs 3, 1" in found.out
    assert "0.75 O + 0.25 F" in found.out


def test_json_has_exact_strategies(run, written):
    found = run("solve", written(battle(), "game.EFG"), "--json").json
    assert found["complete"] and found["method"] == "subgame decomposition" and len(found["equilibria"]) == 3
    assert found["equilibria"][1]["strategies"][2]["o"] == {"exact": "1/4", "decimal": 0.25}
    assert found["information_sets"][2] == {"player": "2", "label": "reply", "actions": ["o", "f"]}


def test_a_figure_is_written_where_it_is_asked_for(run, written, tmp_path):
    target = tmp_path / "tree.png"
    found = run("solve", written(battle()), "--plot", target)
    assert found.code == 0 and "with the first equilibrium" in " ".join(found.out.split())
    assert target.read_bytes().startswith(PNG)


def test_time_that_is_too_short_for_all_equilibria_is_said(run, written, tmp_path):
    target = tmp_path / "tree.svg"
    found = run("solve", written(battle()), "--time-limit", "0", "--plot", target)
    assert found.code == 0 and "ran out: no equilibrium yet" in found.out
    assert "<svg" in target.read_text()  # the tree alone


def three_in_one():
    last = Decision("3", {"y": End([1, 1, 1]), "n": End([0, 0, 0])}, known_as="c")
    middle = Decision("2", {"y": last, "n": last}, known_as="b")
    return grow(["1", "2", "3"], Decision("1", {"y": middle, "n": middle}))


def test_a_tree_that_no_solver_takes_is_shown_with_the_reason(run, written, tmp_path):
    found = run("solve", written(three_in_one()), "--plot", tmp_path / "tree.pdf")
    assert found.code == 0 and "solves subgames of two players" in " ".join(found.out.split())
    assert (tmp_path / "tree.pdf").exists()


def test_a_model_in_stages_is_drawn(run, tmp_path):
    target = tmp_path / "tree.png"
    found = run("solve", "three_stages", "--plot", target)
    assert found.code == 0 and f"figure in {target}" in found.out
    assert target.read_bytes().startswith(PNG)
    assert run("solve", "three_stages", "--plot", target, "--json").json["in_stages"]


@pytest.mark.parametrize("name", ["h_county", "markup", "nation"])
def test_a_scenario_without_stages_has_no_tree_and_says_what_can_be_drawn(run, tmp_path, name):
    found = run("solve", name, "--plot", tmp_path / "tree.png")
    assert found.code == 2 and "not played in stages" in found.err and f"blamegame study {name} --vary" in found.err
    assert list(tmp_path.iterdir()) == []


def test_a_payoff_table_and_a_bad_path_are_refused_before_the_work(run, tmp_path):
    table = run("solve", "game.nfg", "--plot", tmp_path / "tree.png")
    assert table.code == 2 and "is a payoff table" in table.err
    path = run("solve", "three_stages", "--plot", tmp_path / "tree.docx")
    assert path.code == 2 and "does not end in .png" in path.err and path.out == ""


def test_a_tree_too_large_for_a_page_is_refused_before_the_work(run, written, tmp_path):
    wide = grow(["1"], Decision("1", {str(k): End([k]) for k in range(201)}))
    found = run("solve", written(wide), "--plot", tmp_path / "tree.png")
    assert found.code == 2 and "201 ends" in found.err and found.out == ""


def test_avoidance_needs_a_scenario(run, written):
    found = run("solve", written(battle()), "--concept", "subgame-perfect", "--discount", "0.9")
    assert found.code == 2 and "needs a scenario" in found.err


def test_a_broken_file_is_bad_input_with_its_line(run, tmp_path):
    path = tmp_path / "broken.efg"
    path.write_text('EFG 2 R "x" { "a" }\np "" 7')
    found = run("solve", path)
    assert found.code == 2 and "line 2" in found.err


def test_labels_that_would_command_the_terminal_are_shown_as_text(run, written):
    trick = grow(["1"], Decision("1", {"a\x1b[2J": End([1]), "b": End([0], label="x\x07")}))
    found = run("solve", written(trick))
    assert found.code == 0 and "\x1b" not in found.out and "\x07" not in found.out and "a\\x1b[2J" in found.out
