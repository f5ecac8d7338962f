from __future__ import annotations

import importlib
import random
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.behaviour import node_values
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.solvers.extensive.regrets import is_nash
from blamegame.solvers.extensive.sequence_form import sequence_form, sequence_form_nash
from blamegame.testing.random_trees import random_tree

module = importlib.import_module("blamegame.solvers.extensive.sequence_form")


def poker():
    """Two cards, one betting round (Myerson 1991, figure 2.1)."""
    call = {
        c: Decision("2", {"meet": End([2 * v, -2 * v]), "pass": End([1, -1])}, known_as="blind")
        for c, v in (("red", 1), ("black", -1))
    }
    cards = {
        c: (Fraction(1, 2), Decision("1", {"raise": call[c], "fold": End([v, -v])}))
        for c, v in (("red", 1), ("black", -1))
    }
    return grow(["1", "2"], Chance(cards))


def test_the_poker_of_myerson_has_value_one_third():
    tree = poker()
    solution = sequence_form_nash(tree)
    (profile,) = solution.equilibria
    assert [s.tolist() for s in profile] == [[1, 0], [Fraction(2, 3), Fraction(1, 3)], [Fraction(1, 3), Fraction(2, 3)]]
    assert solution.payoffs == ((Fraction(1, 3), Fraction(-1, 3)),)
    assert not solution.complete and "one Nash equilibrium, proved" in solution.status


def test_plans_meet_payoffs_and_constraints():
    form = sequence_form(poker())
    assert form.payoffs.shape == (2, 5, 3)
    x = np.array([1, 1, 0, Fraction(1, 3), Fraction(2, 3)], dtype=object)
    y = np.array([1, Fraction(2, 3), Fraction(1, 3)], dtype=object)
    for plan, table, right in zip((x, y), form.constraints, form.rights):
        assert (table @ plan == right).all()
    assert x @ form.payoffs[0] @ y == Fraction(1, 3) == -(x @ form.payoffs[1] @ y)


def test_every_answer_on_200_trees_is_an_equilibrium_ties_and_imbalance_included():
    rng = random.Random(8)
    for number in range(200):
        tree = random_tree(rng, depth=2 + number % 3, hidden=0.8, payoffs=1 + number % 4)
        solution = sequence_form_nash(tree)
        assert is_nash(tree, solution.equilibria[0])
        assert solution.payoffs == (node_values(tree, solution.equilibria[0])[0],)


def test_huge_and_tiny_payoffs_stay_exact():
    unseen = {
        a: Decision("2", {"l": End([x, y]), "r": End([z, w])}, known_as="h")
        for a, x, y, z, w in (("u", 10**12, 0, 0, Fraction(1, 10**9)), ("d", 0, 10**12, 1, 0))
    }
    tree = grow(["1", "2"], Decision("1", unseen))
    (profile,) = sequence_form_nash(tree).equilibria
    assert is_nash(tree, profile) and 0 < profile[1][0] < Fraction(1, 10**11)


def test_a_player_without_moves_is_fine():
    tree = grow(["1", "idle"], Decision("1", {"a": End([0, 3]), "b": End([1, 0])}))
    assert [s.tolist() for s in sequence_form_nash(tree).equilibria[0]] == [[0, 1]]


def test_other_numbers_of_players_and_imperfect_recall_are_refused():
    with pytest.raises(UnsupportedGame, match="sequence_form needs 2 players, this tree has 1"):
        sequence_form(grow(["1"], End([0])))
    forgetful = {a: Decision("1", {"x": End([0, 0]), "y": End([1, 0])}, known_as="late") for a in "ud"}
    with pytest.raises(UnsupportedGame, match="perfect recall"):
        sequence_form_nash(grow(["1", "2"], Decision("1", forgetful)))


def test_a_tree_with_thousands_of_sequences_is_refused_before_anything_large_is_made():
    node = End([0, 0])
    for level in range(1_000):
        node = Decision("12"[level % 2], {"take": End([level, 1]), "pass": node})
    with pytest.raises(UnsupportedGame, match="the players have 1001 and 1001 sequences, more than 1000"):
        sequence_form_nash(grow(["1", "2"], node))


def test_without_time_there_is_no_equilibrium_and_the_status_says_so(monkeypatch):
    solution = sequence_form_nash(poker(), time_limit=0)
    assert not solution.equilibria and not solution.complete and "time_limit=0 s ran out" in solution.status

    def interrupted(*args, **settings):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "lemke", interrupted)
    assert "interrupted" in sequence_form_nash(poker()).status
