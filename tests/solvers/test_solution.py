"""What a solver returns says how far it can be trusted."""

from __future__ import annotations

import pickle

import pytest

from blamegame.errors import IncompleteSolution
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.nash import nash

GAME = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])


def test_a_solution_counts_its_equilibria_and_says_how_it_was_found():
    solution = nash(GAME)
    assert len(solution) == len(solution.equilibria) == 3
    assert repr(solution) == "<Solution nash by vertex_enumeration: 3 equilibria, complete>"
    assert repr(nash(GAME, time_limit=0)).endswith("not complete>")


def test_a_question_about_every_equilibrium_is_refused_where_some_may_be_missing():
    whole, part = nash(GAME), nash(GAME, time_limit=0)
    assert whole.require_complete("the range") is whole
    with pytest.raises(IncompleteSolution, match=r"the range needs every equilibrium.*time_limit=0 s ran out"):
        part.require_complete("the range")


def test_a_solution_survives_pickling():
    again, solution = pickle.loads(pickle.dumps(nash(GAME))), nash(GAME)
    assert again.game == solution.game and again.components == solution.components and again.status == solution.status
    assert [[s.tolist() for s in p] for p in again.equilibria] == [[s.tolist() for s in p] for p in solution.equilibria]


def test_the_time_a_solver_took_is_kept():
    assert 0 <= nash(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])).seconds < 60
