from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from blamegame.cli import main
from blamegame.formats.csv_game import write_csv_game
from blamegame.formats.nfg_writer import write_nfg
from blamegame.games.strategic import StrategicGame

CHICKEN = StrategicGame([[[6, 2], [7, 0]], [[6, 7], [2, 0]]], ("north", "south"), [("yield", "dare")] * 2)


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize(("suffix", "write"), [(".nfg", write_nfg), (".csv", write_csv_game), (".NFG", write_nfg)])
def test_a_game_file_is_solved_with_its_own_labels(tmp_path, run, suffix, write):
    path = tmp_path / f"chicken{suffix}"
    path.write_text(write(CHICKEN), encoding="utf-8")
    result = run("solve", str(path))
    assert result.exit_code == 0, result.output
    assert "3 Nash equilibria" in result.output and "yield" in result.output
    found = json.loads(run("solve", str(path), "--json").output)
    assert found["solutions"][0]["complete"] and len(found["solutions"][0]["equilibria"]) == 3
    assert {"yield": {"exact": "2/3", "decimal": 2 / 3}, "dare": {"exact": "1/3", "decimal": 1 / 3}} in [
        next(iter(equilibrium.values())) for equilibrium in found["solutions"][0]["equilibria"]
    ]


def solved(tmp_path, run, payoffs, *options):
    path = tmp_path / "three.nfg"
    path.write_text(write_nfg(StrategicGame(payoffs)), encoding="utf-8")
    return json.loads(run("solve", str(path), "--json", *options).output)["solutions"]


def test_three_players_get_one_complete_list_where_there_is_one(tmp_path, run):
    (found,) = solved(tmp_path, run, np.random.default_rng(2).integers(0, 50, (3, 2, 2, 2)))
    assert found["complete"] and found["concept"] == "nash"


def test_three_players_in_too_little_time_get_all_pure_equilibria_first(tmp_path, run):
    payoffs = np.zeros((3, 2, 2, 2), dtype=int)
    pure, found = solved(tmp_path, run, payoffs, "--time-limit", "0")
    assert pure["concept"] == "pure_nash" and len(pure["equilibria"]) == 8
    assert not found["complete"] and "time_limit=0.0 s ran out" in found["status"]


def test_three_players_without_pure_equilibria_get_one_mixed_one_at_least(tmp_path, run):
    pennies = [[[1, 1], [-1, -1]], [[-1, -1], [1, 1]]]  # between the first two; the third does not matter
    payoffs = np.array([pennies, -np.array(pennies), np.zeros((2, 2, 2), dtype=int)])
    pure, mixed = solved(tmp_path, run, payoffs)
    assert pure["equilibria"] == []
    assert mixed["equilibria"] and not mixed["complete"]


def test_a_broken_game_file_is_bad_input_with_its_line(tmp_path, run):
    path = tmp_path / "broken.nfg"
    path.write_text('NFG 1 R "x" { "a" "b" }\n{ 2 two }', encoding="utf-8")
    result = run("solve", str(path))
    assert result.exit_code == 2 and "line 2" in result.output and "Traceback" not in result.output


def test_a_missing_game_file_says_so(run):
    result = run("solve", "nowhere.nfg")
    assert result.exit_code == 2 and "nowhere.nfg" in result.output


def test_labels_that_would_command_the_terminal_are_shown_as_text(tmp_path, run):
    path = tmp_path / "trick.nfg"
    actions = (("a\x1b[2J", "b"), ("c", "d"))
    path.write_text(write_nfg(StrategicGame(CHICKEN.payoffs, ("north", "south"), actions)), encoding="utf-8")
    result = run("solve", str(path))
    assert result.exit_code == 0 and "\x1b" not in result.output and "a\\x1b[2J" in result.output
