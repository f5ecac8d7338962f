"""Thousands of damaged .efg files: each is a valid tree or a GameFileError, quickly; deep and huge ones included."""

from __future__ import annotations

import random
import time
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameFileError
from blamegame.formats.efg import read_efg
from blamegame.formats.efg_writer import write_efg
from blamegame.formats.number import MOST_CHARACTERS
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.testing.random_trees import random_tree

MARKS = ['"', "\\", '\\"', '""', "{", "}", "{ }", "{ {", ",", "{" * 3000, '{ "a" 1, 2 }', "{ 1 2 }", '"x" {']
NODES = ['t "" 0', "t", "p", "c", 'p "" 1 1 0', 'p "" 1 1 "" { "a" "b" } 0', 'c "" 1 0', 'c "" 1 "" { "a" 1 } 0'] * 2
CHARACTERS = ["\n", " ", "\0", "\ufeff", "\u2028", "\ud800", "١", "😀", "EFG", "2 R"]
NUMBERS = ["-", "/", "/0", "e9", "e999999999", "1e400", "nan", "inf", "0x10", "1_0", "9" * 30, "9" * 5000, "1 " * 3000]
HUGE = [f"{n}/{10**400 + k}" for n, k in ((1, 1), (1, 3), (-7, 9), (10**400, 1))] + ["9" * 990 + "/7", "1e-400"]
SCRAPS = [*MARKS, *NODES, *CHARACTERS, *NUMBERS, *HUGE]


def seeds():
    rng = random.Random(7)
    texts = [write_efg(random_tree(rng, players=1 + k % 3, depth=3, hidden=0.5)) for k in range(12)]
    return [*texts, 'EFG 2 R "\\"" { "x\\\\" } "" p "" 1 1 { "a" "b" } 0 t "" 1 { 1 } t "" 1']


def damaged(rng, texts):
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


def comes_back(tree):
    """Whether a tree is written and read as it is; one with a number too long for a file must be refused."""
    numbers = [payoff for _, payoffs in tree.outcomes for payoff in payoffs]
    numbers += [share for event in tree.events for share in event.probabilities]
    if max(len(str(number)) for number in numbers) > MOST_CHARACTERS:
        with pytest.raises(GameFileError, match="has no place in a file"):
            write_efg(tree)
        return True
    return read_efg(write_efg(tree)) == tree


def read_many(count, seed):
    """Numbers of trees and of refusals; anything else, or a slow file, is an error."""
    rng = np.random.default_rng(seed)
    texts = seeds()
    trees = refused = 0
    for _ in range(count):
        text = damaged(rng, texts)
        started = time.process_time()
        try:
            tree = read_efg(text)
        except GameFileError:
            refused += 1
        else:
            trees += 1
            assert comes_back(tree)
        assert time.process_time() - started < 2, text[:200]
    return trees, refused


def test_four_hundred_damaged_files_are_trees_or_refused():
    trees, refused = read_many(400, seed=1)
    assert trees + refused == 400
    assert trees >= 5 and refused >= 200, "the damage is neither always fatal nor always harmless"


@pytest.mark.slow
def test_five_thousand_damaged_files_are_trees_or_refused():
    trees, refused = read_many(5_000, seed=2)
    assert trees + refused == 5_000 and trees >= 50


def deep(levels):
    lines = [
        f'p "" {1 + k % 2} {k // 2 + 1} "" {{ "take" "pass" }} 0\nt "" {k + 1} "" {{ {k} {k + 1 - 2 * (k % 2)} }}\n'
        for k in range(levels)
    ]
    return 'EFG 2 R "centipede" { "A" "B" }\n' + "".join(lines) + f't "" {levels + 1} "" {{ {levels} {levels} }}\n'


def test_twenty_thousand_nested_moves_are_read_solved_and_written():
    tree = read_efg(deep(20_000))
    assert len(tree.nodes) == 40_001 and len(tree.path(40_000)) == 20_000
    assert read_efg(write_efg(tree)) == tree
    assert backward_induction(tree).stats["count"] >= 1
    assert "too large to print" in str(tree)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (deep(20_000).rsplit("t", 1)[0], "the file ends after"),
        ('EFG 2 R "" { "A" }\n' + 'p "" 1 1 "" { "a" } 0\n' * 600_000, "larger|characters"),
        ('EFG 2 R "" { "A" }\n' + 'p "" 1 1 { "a" } 0\n' + 'p "" 1 1 0\n' * 550_000, "more than 500000 nodes"),
        ('EFG 2 R "" { "A" }\n' + "{" * 5_000_000, "expected a node"),
        ('EFG 2 R "' + "x" * 9_000_000 + "\n", "characters"),
        ('EFG 2 R "" { "A" } t "" 1 "" { ' + "1 " * 3_000_000 + "}\n", "payoffs"),
        ('EFG 2 R "" { ' + '"A" ' * 1_000_000 + "}\n", "more than 30 labels of the players"),
    ],
)
def test_huge_files_are_refused_with_a_reason(text, problem):
    with pytest.raises(GameFileError, match=problem):
        read_efg(text)


def test_a_wide_information_set_is_not_allocated_at_every_node_that_repeats_it():
    labels = " ".join(f'"{k}"' for k in range(5_000))
    text = 'EFG 2 R "" { "A" }\np "" 1 1 "" { ' + labels + " } 0\n" + 'p "" 1 1 0\n' * 100
    with pytest.raises(GameFileError, match="lead to more than 500000 nodes"):
        read_efg(text)


def chances(shares):
    """One chance event with these probabilities, and the end of play after each."""
    given = " ".join(f'"{k}" {share}' for k, share in enumerate(shares))
    return f'EFG 2 R "" {{ "A" }}\nc "" 1 "" {{ {given} }} 0\n' + 't "" 0\n' * len(shares)


def path(payoffs):
    """One player who goes on with a payoff at every step."""
    steps = [f'p "" 1 {k + 1} "" {{ "on" }} {k + 1} "" {{ {payoff} }}\n' for k, payoff in enumerate(payoffs)]
    return 'EFG 2 R "" { "A" }\n' + "".join(steps) + 't "" 0\n'


@pytest.mark.parametrize("count", [2, 11, 2_000, 15_000])
@pytest.mark.parametrize(
    ("write", "problem"), [(chances, "chance event 1 (do not|have a)"), (path, "on the way to node")]
)
def test_numbers_whose_sum_would_be_endless_are_refused_at_once(count, write, problem):
    text = write([f"1/{10**400 + 2 * k + 1}" for k in range(count)])
    started = time.process_time()
    if write is path and count == 2:
        assert len(str(read_efg(text).totals[-1][0])) < 4300
    else:
        with pytest.raises(GameFileError, match=problem):
            read_efg(text)
    assert time.process_time() - started < 2


def test_random_huge_rationals_are_read_and_written_or_refused():
    rng = np.random.default_rng(3)
    read = 0
    for _ in range(200):
        digits = int(rng.integers(1, 480))
        below = [10**digits + int(k) for k in rng.integers(1, 99, int(rng.integers(1, 9)))]
        shares = [Fraction(1, d) for d in below]
        if rng.random() < 0.5:
            shares = [Fraction(1, d * len(below)) for d in below for _ in range(2)]
        if rng.random() < 0.7:
            shares.append(1 - sum(shares))
        for text in (chances(shares), path(shares)):
            started = time.process_time()
            try:
                tree = read_efg(text)
                assert all(len(str(total)) < 9000 for row in tree.totals for total in row)
                assert read_efg(write_efg(tree)) == tree
            except GameFileError:
                continue
            finally:
                assert time.process_time() - started < 1
            read += 1
    assert read >= 20


def test_a_chance_event_repeated_at_many_nodes_is_added_up_once():
    shares = [Fraction(1, 10**200 + k) for k in (1, 3)]
    given = " ".join(f'"{k}" {share}' for k, share in enumerate([*shares, 1 - sum(shares)]))
    text = 'EFG 2 R "" { "A" }\n' + f'c "" 1 "" {{ {given} }} 0\n' * 5_000 + 't "" 0\n' * 10_001
    started = time.process_time()
    assert len(read_efg(text).nodes) == 15_001
    assert time.process_time() - started < 2
