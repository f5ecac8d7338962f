"""Thousands of damaged .nfg files: each is a valid game or a GameFileError, quickly and within little memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import numpy as np
import pytest

from blamegame.errors import GameFileError
from blamegame.formats.nfg import read_nfg
from blamegame.formats.nfg_writer import write_nfg, write_nfg_payoffs
from blamegame.games.strategic import StrategicGame

QUOTES = ['"', "\\", '\\"', '""', '" "' * 40]
MARKS = ["{", "}", "{ {", "} }", "{ }", ",", "{" * 3000, '{ "a" 1, 2 }', '{ "a" }']
CHARACTERS = ["\n", " ", "\0", "\ufeff", "\u2028", "\ud800", "١", "😀", "NFG", "1 R"]
HUGE = [f"1/{10**400 + 1}", f"-7/{10**400 + 9}", f"{10**400}/{10**400 + 3}", "9" * 990 + "/7"]
NUMBERS = ["-", "+", ".", "/", "/0", "e", "e9", "e999999999", "1e400", "1e-400", "nan", "inf", "0x10", "1_0", "1/3/5"]
SIZES = ["9" * 30, "9" * 5000, "1 " * 3000, "100000", "4294967296", "18446744073709551616", "{ 100000 100000 }"]
SCRAPS = [*QUOTES, *MARKS, *CHARACTERS, *NUMBERS, *HUGE, *SIZES]


def seeds() -> list[str]:
    rng = np.random.default_rng(7)
    games = [StrategicGame(rng.integers(-9, 9, (len(n), *n))) for n in [(2, 2), (3, 2), (2, 2, 2), (1,), (4, 4)]]
    texts = [write(game) for game in games for write in (write_nfg, write_nfg_payoffs)]
    return [
        *texts,
        'NFG 1 D "t" { "A" "B" } { 2 2 } "c" .5 1e-3 2/3 -4 5 6 7 8',
        'NFG 1 R "\\"" { "x\\\\" } { { "" } } 1',
    ]


def damaged(rng: np.random.Generator, texts: list[str]) -> str:
    text = texts[rng.integers(len(texts))]
    for _ in range(int(rng.integers(1, 5))):
        start, stop = sorted(rng.integers(0, len(text) + 1, 2).tolist())
        stop = min(stop, start + int(rng.integers(0, 12)))
        match int(rng.integers(6)):
            case 0:
                text = text[:start] + text[stop:]
            case 1:
                text = text[:start] + SCRAPS[rng.integers(len(SCRAPS))] + text[start:]
            case 2:
                text = text[:start] + SCRAPS[rng.integers(len(SCRAPS))] + text[stop:]
            case 3:
                text = text[:start]
            case 4:
                text = text[:stop] + text[start:stop] + text[stop:]
            case 5:
                text = text[:start] + chr(int(rng.integers(1, 0x2FF))) + text[start + 1 :]
    return text


def read_many(count: int, seed: int) -> tuple[int, int]:
    """Numbers of games and of refusals; anything else, or a slow file, is an error."""
    rng = np.random.default_rng(seed)
    texts = seeds()
    games = refused = 0
    for _ in range(count):
        text = damaged(rng, texts)
        started = time.process_time()
        try:
            read_nfg(text)
            games += 1
        except GameFileError:
            refused += 1
        assert time.process_time() - started < 1, text[:200]
    return games, refused


def test_four_hundred_damaged_files_are_games_or_refused():
    games, refused = read_many(400, seed=1)
    assert games + refused == 400
    assert games >= 10 and refused >= 200, "the damage is neither always fatal nor always harmless"


@pytest.mark.slow
def test_five_thousand_damaged_files_are_games_or_refused():
    games, refused = read_many(5000, seed=2)
    assert games + refused == 5000


HEAD = 'NFG 1 R "" { "A" "B" } '
GIANTS = {
    "declares ten thousand million cells": "HEAD + '{ 100000 100000 } 1 1'",
    "a label of escapes": "HEAD + '{ { \"' + chr(92) * 8_000_000",
    "labels without end": "HEAD + '{ { ' + '\"\" ' * 2_600_000",
    "players without end": "'NFG 1 R \"\" { ' + '\"\" ' * 2_600_000",
    "braces without end": "HEAD + '{' * 8_000_000",
    "one number of eight million digits": "HEAD + '{ 1 1 } ' + '1' * 8_000_000 + ' 1'",
    "nothing but space": "HEAD + '{ 500 500 } ' + ' ' * 8_000_000",
    "four million numbers": "HEAD + '{ 500 500 } ' + '1 ' * 4_000_000",
    "half a million numbers, the last one wrong": "HEAD + '{ 500 500 } ' + '-1.25e-3 ' * 499_999 + 'x'",
    "outcomes without end": "HEAD + '{ 500 500 } { ' + '{\"\" 1 1}' * 800_000",
    "outcomes with one number missing": "HEAD + '{ 500 500 } { ' + '{\"\" 1 1}' * 240_000 + '{\"\" 1}'",
}


# a child's ru_maxrss starts at its parent's, so the kernel's own high-water mark of the new image is read instead
PEAK = "next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))"


@pytest.mark.slow
@pytest.mark.parametrize("name", GIANTS)
def test_a_giant_malformed_file_is_refused_within_300_mb(name):
    script = (
        "from blamegame.errors import GameFileError; from blamegame.formats.nfg import read_nfg\n"
        f"HEAD = {HEAD!r}\ntext = {GIANTS[name]}\n"
        "try: read_nfg(text); print('read')\nexcept GameFileError: print('refused')\n"
        f"print({PEAK})"
    )
    command = [sys.executable, "-c", script]
    verdict, kilobytes = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert verdict == "refused"
    assert int(kilobytes) < 300 * 1024


def test_the_memory_of_this_process_stays_small_while_files_declare_large_games():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in (HEAD + "{ 100000 100000 }", HEAD + "{ 999999999 999999999 } 1 1", HEAD + "{ 700 700 } 1 1 1"):
        with pytest.raises(GameFileError):
            read_nfg(text)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_huge_rationals_are_read_printed_and_written():
    body = " ".join([*(f"1/{10**400 + 2 * k + 1}" for k in range(7)), "1e400"])
    game = read_nfg('NFG 1 R "" { "row" "column" } { 2 2 } ' + body)
    assert read_nfg(write_nfg(game)) == game
    assert "≈ 0" in str(game)
    whole = read_nfg('NFG 1 R "" { "row" "column" } { 1 1 } 1 ' + "9" * 999)
    assert read_nfg(write_nfg(whole)) == whole
    with pytest.raises(GameFileError, match="has no place in a file"):  # twice as long as a fraction
        write_nfg(read_nfg('NFG 1 R "" { "row" "column" } { 1 1 } 1 0.' + "9" * 990))
