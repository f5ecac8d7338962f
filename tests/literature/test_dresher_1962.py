"""Dresher's inspection game: n stages, m inspections, at most one violation; the inspector loses 1 if it goes unseen.

Dresher (1962), "A sampling inspection problem in arms control agreements", RAND Memorandum RM-2972; the closed form
-C(n-1, m) / sum_{i <= m} C(n, i) as in von Stengel (2016), "Recursive inspection games", Math. Oper. Research 41.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from blamegame.games.grow import Decision, End, grow
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.extensive.regrets import is_subgame_perfect
from blamegame.solvers.extensive.sequence_form import sequence_form_nash
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.zero_sum import zero_sum


def closed_form(n, m):
    return Fraction(-comb(n - 1, m), sum(comb(n, i) for i in range(m + 1)))


def stage(n, m, value):
    """Inspect or not, against a legal act or a violation; the value of what follows a legal act from ``value``."""
    first = [[value[n - 1, m - 1], 1], [value[n - 1, m], -1]]
    return StrategicGame([first, [[-v for v in row] for row in first]])


def test_the_recursion_has_the_closed_form_up_to_six_stages():
    value = {}
    for n in range(7):
        for m in range(7):
            if m >= n:
                value[n, m] = Fraction(0)
            elif m == 0:
                value[n, m] = Fraction(-1)
            else:
                game = stage(n, m, value)
                value[n, m] = zero_sum(game).value
                assert {profile[0] @ game.payoffs[0] @ profile[1] for profile in nash(game).equilibria} == {value[n, m]}
            if n:
                assert value[n, m] == closed_form(n, m)
    assert value[6, 2] == Fraction(-10, 22)


def inspection_tree(n, m, past=()):
    """The rest of the game after ``past``, which both have seen; within a stage both choose at once."""
    if n == 0:
        return End([0, 0])
    acts = {}
    for act, left, caught in (("inspect", m - 1, 1), ("wait", m, -1))[0 if m else 1 :]:
        legal = inspection_tree(n - 1, left, (*past, act))
        acts[act] = Decision("inspectee", {"legal": legal, "violate": End([caught, -caught])}, known_as=past)
    return Decision("inspector", acts)


@pytest.mark.parametrize(("n", "m"), [(1, 0), (2, 1), (3, 1), (3, 2), (4, 1), (4, 2)])
def test_the_whole_game_as_one_tree_has_the_same_value(n, m):
    tree = grow(["inspector", "inspectee"], inspection_tree(n, m))
    value = closed_form(n, m)
    assert sequence_form_nash(tree).payoffs == ((value, -value),)
    solution = subgame_perfect(tree)
    assert solution.payoffs == ((value, -value),)
    assert all(is_subgame_perfect(tree, profile) for profile in solution.equilibria)
