"""A solution of a tree says whether it is complete, and refuses questions that need it to be."""

import pytest

from blamegame.errors import IncompleteSolution
from blamegame.games.grow import Decision, End, grow
from blamegame.solvers.extensive.solution import TreeSolution

TREE = grow(["1"], Decision("1", {"a": End([1]), "b": End([0])}))


def solution(complete):
    return TreeSolution(TREE, "subgame_perfect", "by hand", ((),), (), complete, "time ran out; allow more")


def test_a_complete_solution_answers_for_every_equilibrium():
    whole = solution(True)
    assert whole.require_complete("the range") is whole and len(whole) == 1


def test_an_incomplete_one_refuses_and_says_the_question_and_the_way_out():
    with pytest.raises(IncompleteSolution, match=r"the range needs every equilibrium.*time ran out; allow more"):
        solution(False).require_complete("the range")


def test_it_prints_what_it_is():
    assert repr(solution(True)) == "<TreeSolution subgame_perfect by by hand: 1 equilibria, complete>"
    assert repr(solution(False)).endswith("not complete>")
