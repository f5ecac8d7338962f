"""Game files are bounded before they are read, and errors say line and column."""

import re

import pytest

from blamegame.errors import GameFileError
from blamegame.formats import source
from blamegame.formats.source import Source, load_source

IS_NFG = re.compile(r"^\ufeff?\s*NFG\b")


def load(given):
    return load_source(given, is_text=IS_NFG, kind="NFG")


def test_text_is_itself_and_anything_else_is_a_path(tmp_path):
    path = tmp_path / "game.nfg"
    path.write_bytes(b"\xef\xbb\xbfNFG 1 R")
    assert load("\ufeffNFG 1") == Source("NFG 1", "NFG text")
    assert load(path) == load(str(path)) == Source("NFG 1 R", str(path))


@pytest.mark.parametrize("given", ["no such file", "bad\0name", 7, None])
def test_what_is_neither_is_refused(given):
    with pytest.raises(GameFileError, match=r"no file of that name|cannot be read|neither the text"):
        load(given)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(GameFileError, match="no file of that name"):
        load(tmp_path)


def test_too_much_is_refused_as_text_and_as_file(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MOST_BYTES", 10)
    path = tmp_path / "game.nfg"
    path.write_text("x" * 10)
    assert len(load(path).text) == 10
    path.write_text("x" * 11)
    with pytest.raises(GameFileError, match="larger than 10 bytes"):
        load(path)
    with pytest.raises(GameFileError, match="at most 10 are read"):
        load("NFG 1 R 123")


def test_bytes_that_are_no_utf8_are_located(tmp_path):
    path = tmp_path / "game.nfg"
    path.write_bytes(b"NFG 1\nab\xff")
    with pytest.raises(GameFileError, match="line 2, byte 3: 0xff is not UTF-8"):
        load(path)


def test_errors_count_lines_and_columns_from_one():
    text = Source("ab\ncd", "t")
    assert [str(text.error(k, "x")).removesuffix(": x") for k in (0, 2, 3, 5)] == [
        "t, line 1, column 1",
        "t, line 1, column 3",
        "t, line 2, column 1",
        "t, line 2, column 3",
    ]
