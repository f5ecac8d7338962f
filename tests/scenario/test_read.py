"""Files that cannot be read as text are refused with the reason, within bounds."""

import os

import pytest

from blamegame.errors import ScenarioError
from blamegame.scenario import load
from blamegame.scenario.read import MOST_BYTES

GOOD = 'title = "t"\n[model]\nkind = "delegation"\n'


def said_of(path):
    with pytest.raises(ScenarioError) as error:
        load(path)
    return str(error.value)


def test_a_file_of_the_editors_of_windows_is_read(tmp_path):
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load(path).title == "t"
    assert load(str(path)).source == str(path)


def test_a_file_in_another_encoding_is_refused_with_line_and_byte(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes(b'title = "t"\n# caf\xe9\n')
    assert "line 2: byte 0xe9 is not UTF-8 text" in said_of(path)
    path.write_bytes(GOOD.encode("utf-16"))
    assert "byte 0xff is not UTF-8 text" in said_of(path)


def test_a_file_larger_than_the_limit_is_refused(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(GOOD.encode() + b"#" * MOST_BYTES)
    assert "larger than 256 KB" in said_of(path)
    path.write_bytes((GOOD + "#").encode().ljust(MOST_BYTES, b"#"))
    assert load(path).title == "t"


def test_a_folder_a_pipe_and_a_device_are_refused_without_waiting(tmp_path):
    assert "it is a folder" in said_of(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not a regular file" in said_of(pipe)
    assert "not a regular file" in said_of("/dev/zero")


def test_a_name_that_cannot_be_a_file_is_refused():
    assert "there is no such file" in said_of("a\0b")
    assert "there is no such file" in said_of("x" * 10_000)
    assert "shipped scenarios are h_county" in said_of("zzzzzz")
    assert "there is no such file" in said_of("../scenarios/h_county")


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    from pathlib import Path

    path = tmp_path / "secret.toml"
    path.write_text(GOOD)

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "it cannot be read: Permission denied" in said_of(path)
