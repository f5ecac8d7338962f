"""A name that no file has: the file that was meant, for scenarios and for games."""

from __future__ import annotations

import pytest

from blamegame.errors import GameFileError, ScenarioError
from blamegame.formats import read_nfg
from blamegame.near_file import near_file
from blamegame.scenario import load


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("qingge.toml", "prison.nfg", "notes.txt"):
        (tmp_path / name).write_text("")
    (tmp_path / "qinge.d.toml").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["qinge.toml", "qinge"])
def test_a_scenario_gets_the_near_file_of_the_folder(folder, name):
    with pytest.raises(ScenarioError, match=r"did you mean 'qingge.toml'\?"):
        load(name)


def test_also_in_another_folder(folder):
    with pytest.raises(ScenarioError, match="did you mean"):
        load(str(folder / "qinge.toml"))
    assert near_file(str(folder / "qinge.toml"), (".toml",)) == str(folder / "qingge.toml")


def test_where_no_file_is_near_the_shipped_name_is_told(folder):
    with pytest.raises(ScenarioError, match=r"did you mean 'h_county'\?"):
        load("h_count")


def test_a_game_file_gets_the_near_file_of_its_kind(folder):
    with pytest.raises(GameFileError, match=r"there is no file of that name; did you mean 'prison.nfg'\?"):
        read_nfg("prisn.nfg")


@pytest.mark.parametrize("name", ["zzz.toml", "a\0b", "x" * 5000, "none/qinge.toml", "notes.tx"])
def test_nothing_is_made_up(folder, name):
    assert near_file(name, (".toml",)) == ""
