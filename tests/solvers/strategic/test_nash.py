import importlib
import re
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import Nash, StrategicGame, avoidance
from blamegame.deadline import Deadline
from blamegame.errors import GameError, UnsupportedGame
from blamegame.formats.nashpy import from_nashpy
from blamegame.formats.nfg import read_nfg
from blamegame.formats.quantecon import from_quantecon
from blamegame.games import regret
from blamegame.solvers.strategic import nash

module = importlib.import_module("blamegame.solvers.strategic.nash")


def profiles(solution):
    return [tuple(tuple(strategy.tolist()) for strategy in profile) for profile in solution.equilibria]


@st.composite
def tables(draw):
    """Payoffs [2, m, n] full of ties."""
    m, n = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    numbers = st.lists(st.integers(0, 3), min_size=2 * m * n, max_size=2 * m * n)
    return np.array(draw(numbers)).reshape(2, m, n)


def test_profiles_of_an_exact_game_are_fractions_without_regret():
    game = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
    solution = nash(game)
    assert all(type(p) is F for profile in profiles(solution) for strategy in profile for p in strategy)
    assert all(regret(game, profile).tolist() == [0, 0] for profile in solution.equilibria)


def test_a_float_game_is_solved_from_what_its_floats_store_and_rounded_once():
    payoffs = np.array([[[0.1, 0.0], [0.0, 0.3]], [[0.7, 0.0], [0.0, 0.9]]])
    rounded = nash(StrategicGame(payoffs))
    x, y = rounded.equilibria[1]
    assert x.dtype == y.dtype == np.float64
    assert x[0] == float(F(0.9) / (F(0.7) + F(0.9)))
    assert y[0] == float(F(0.3) / (F(0.1) + F(0.3)))


def test_a_tie_that_floats_cannot_express_is_not_invented():
    """0.1 + 0.2 is not 0.3 in floats, so the stored game has a strict best reply where the decimals would tie."""
    exact = StrategicGame([[[F(3, 10)], [F(1, 10) + F(2, 10)]], [[0], [0]]])
    floats = StrategicGame([[[0.3], [0.1 + 0.2]], [[0.0], [0.0]]])
    assert len(nash(exact)) == 2
    assert profiles(nash(floats)) == [((0.0, 1.0), (1.0,))]


def test_equilibria_come_in_order_with_earlier_actions_first():
    for seed in range(20):
        payoffs = np.random.default_rng(seed).integers(0, 3, size=(2, 3, 3))
        found = profiles(nash(StrategicGame(payoffs)))
        assert found == sorted(found, reverse=True)


def test_strategies_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        nash(StrategicGame([[[1]], [[1]]])).equilibria[0][0][0] = 5


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1)])
def test_a_player_without_choice_leaves_the_other_a_maximum(shape):
    payoffs = np.arange(2 * max(shape)).reshape(2, *shape)
    ((x, y),) = profiles(nash(StrategicGame(payoffs)))
    assert (x[-1], y[-1]) == (1, 1)


def test_one_player_chooses_any_best_action():
    solution = nash(StrategicGame([[2, 5, 5]]))
    assert profiles(solution) == [((0, 1, 0),), ((0, 0, 1),)]
    assert solution.components == solution.subsets == ((0, 1),)
    assert solution.complete


def test_three_players_are_refused_with_the_way_out():
    with pytest.raises(
        UnsupportedGame, match=r"2 players, this game has 3; use pure_nash .* correlated_bounds .* logit"
    ):
        nash(StrategicGame(np.zeros((3, 2, 2, 2))))


def test_a_batch_is_refused():
    with pytest.raises(GameError, match=r"nash takes one game, this is a batch of shape \(7,\)"):
        nash(StrategicGame(np.zeros((7, 2, 2, 2)), players=2))


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from([F(1, 10**9), F(1, 3), F(10**12)]), st.integers(-(10**9), 10**9))
def test_units_and_shifts_of_payoffs_change_nothing(table, unit, shift):
    base = nash(StrategicGame(table))
    moved = StrategicGame(table * unit + shift)
    assert profiles(nash(moved)) == profiles(base)
    assert nash(moved).subsets == base.subsets


@settings(max_examples=30, deadline=None)
@given(tables(), st.sampled_from([2.0**-30, 1.0, 1e12]), st.sampled_from([0.0, 1e9]))
def test_a_float_game_with_exact_units_has_the_rounded_equilibria(table, unit, shift):
    base = [[[float(p) for p in strategy] for strategy in profile] for profile in profiles(nash(StrategicGame(table)))]
    moved = nash(StrategicGame(table * unit + shift * (unit >= 1)))
    assert [[list(strategy) for strategy in profile] for profile in profiles(moved)] == base


@settings(max_examples=60, deadline=None)
@given(tables())
def test_swapping_the_players_swaps_the_strategies(table):
    swapped = StrategicGame([table[1].T, table[0].T])
    assert {(y, x) for x, y in profiles(nash(swapped))} == set(profiles(nash(StrategicGame(table))))


@settings(max_examples=60, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_permuting_actions_permutes_the_strategies(table, random):
    rows, columns = (random.sample(range(k), k) for k in table.shape[1:])
    permuted = profiles(nash(StrategicGame(table[:, rows][:, :, columns])))
    base = {(tuple(x[i] for i in rows), tuple(y[j] for j in columns)) for x, y in profiles(nash(StrategicGame(table)))}
    assert set(permuted) == base


@settings(max_examples=60, deadline=None)
@given(tables(), st.data())
def test_a_duplicated_action_only_splits_its_probability(table, data):
    twin = data.draw(st.integers(0, table.shape[1] - 1))
    doubled = nash(StrategicGame(np.concatenate([table, table[:, [twin]]], axis=1)))
    merged = set()
    for x, y in profiles(doubled):
        joined = list(x[:-1])
        joined[twin] += x[-1]
        merged.add((tuple(joined), y))
    assert merged == set(profiles(nash(StrategicGame(table))))


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_dominated_action_changes_nothing(table):
    worse = table[:, [0]].copy()
    worse[0] -= 1
    padded = profiles(nash(StrategicGame(np.concatenate([table, worse], axis=1))))
    assert [((*x, 0), y) for x, y in profiles(nash(StrategicGame(table)))] == padded


def test_payoffs_of_wildly_different_size_are_told_apart():
    payoffs = [[[10**12, F(1, 10**9)], [10**12, F(2, 10**9)]], [[0, 0], [0, 0]]]
    found = profiles(nash(StrategicGame(payoffs)))
    assert ((1, 0), (1, 0)) in found and ((0, 1), (1, 0)) in found and ((1, 0), (0, 1)) not in found


def test_a_time_limit_returns_pure_equilibria_and_says_it_is_not_complete():
    rng = np.random.default_rng(5)
    payoffs = rng.integers(0, 10**6, size=(2, 24, 24))
    payoffs[:, 3, 4] = 10**7
    solution = nash(StrategicGame(payoffs), time_limit=0.05)
    assert not solution.complete
    assert solution.status.startswith("time_limit=0.05 s ran out: ")
    assert solution.components == solution.subsets == ()
    assert any(profile[0][3] == 1 == profile[1][4] for profile in solution.equilibria)


def test_a_time_limit_that_runs_out_while_matching_keeps_what_was_found(monkeypatch):
    monkeypatch.setattr(module, "best_response_vertices", lambda payoffs, time_limit: _coordination())
    solution = nash(StrategicGame([np.eye(2, dtype=int)] * 2), time_limit=_OverAfter(1))
    assert not solution.complete
    assert len(solution) == 1
    assert all(regret(solution.game, profile).max() == 0 for profile in solution.equilibria)


class _OverAfter(Deadline):
    """Over at the look after so many."""

    def __init__(self, looks):
        super().__init__()
        self.looks = looks

    @property
    def over(self):
        self.looks -= 1
        if self.looks < 0:
            self._stopped = "time limit"
        return self.looks < 0


def _coordination():
    return [((1, 0), 0b0110), ((0, 1), 0b1001), ((1, 1), 0b1100)]


def test_an_interrupt_returns_what_was_found(monkeypatch):
    def interrupted(payoffs, time_limit):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "best_response_vertices", interrupted)
    solution = nash(StrategicGame([np.eye(2, dtype=int)] * 2))
    assert not solution.complete
    assert solution.status.startswith("interrupted: 2 extreme equilibria so far")


def test_an_interrupt_is_remembered_by_the_deadline_and_stops_the_next_call(monkeypatch):
    def interrupted(payoffs, time_limit):
        raise KeyboardInterrupt

    deadline = Deadline(1000)
    monkeypatch.setattr(module, "best_response_vertices", interrupted)
    nash(StrategicGame([np.eye(2, dtype=int)] * 2), time_limit=deadline)
    monkeypatch.undo()
    assert deadline.stopped == "interrupted"
    assert nash(StrategicGame([np.eye(3, dtype=int)] * 2), time_limit=deadline).status.startswith("interrupted: 3 ")


def test_compiled_code_and_python_list_the_same_equilibria_in_the_same_order(monkeypatch):
    for seed, most in enumerate((2, 3, 100, 10**6)):
        game = StrategicGame(np.random.default_rng(seed).integers(0, most, (2, 4, 5)))
        answers = []
        for fewest in (0, 100):
            monkeypatch.setattr(module, "_LARGE", fewest)
            monkeypatch.setattr(module, "_WORTH_COMPILING", fewest)
            answers.append(nash(game))
        large, small = answers
        assert (large.method, small.method) == ("extreme_equilibria", "vertex_enumeration")
        assert profiles(large) == profiles(small)
        assert (large.components, large.subsets, large.status) == (small.components, small.subsets, small.status)


def test_components_cut_short_leave_the_equilibria_complete(monkeypatch):
    monkeypatch.setattr(module, "equilibrium_components", lambda pairs, time_limit: (((0,),), ()))
    solution = nash(StrategicGame([[[1]], [[1]]]))
    assert solution.complete
    assert "time ran out before the maximal Nash subsets were listed" in solution.status


def test_a_positive_probability_never_rounds_to_zero():
    game = StrategicGame(np.array([[[1e300, 0], [0, 1e-300]], [[0, 1e-300], [1e300, 0]]]))
    (profile,) = nash(game).equilibria
    assert all((strategy > 0).all() for strategy in profile)
    assert avoidance(game, Nash(), event=[("b", "b")]).status == "entrenched"


def test_games_of_other_libraries_get_the_line_to_write():
    import nashpy
    import pygambit
    import quantecon.game_theory as qe

    row, column = np.array([[3, 0], [5, 1]]), np.array([[3, 5], [0, 1]])
    for foreign, line in (
        (nashpy.Game(row, column), "not nashpy.Game; write nash(from_nashpy(game))"),
        (qe.NormalFormGame((qe.Player(row), qe.Player(column.T))), "write nash(from_quantecon(game))"),
        (pygambit.StrategicGame.from_arrays(row, column), "write nash(read_nfg(game.to_nfg()))"),
        ([row, column], "not list; write nash(StrategicGame(payoffs))"),
        (np.array([row, column]), "write nash(StrategicGame(payoffs))"),
        (3, "nash takes a StrategicGame, not int"),
    ):
        with pytest.raises(GameError, match=re.escape(line)):
            nash(foreign)


def test_the_lines_to_write_work():
    import nashpy
    import pygambit
    import quantecon.game_theory as qe

    row, column = np.array([[3, 0], [5, 1]]), np.array([[3, 5], [0, 1]])
    expected = profiles(nash(StrategicGame([row, column])))
    assert expected == [((0, 1), (0, 1))]
    assert profiles(nash(from_nashpy(nashpy.Game(row, column)))) == expected
    assert profiles(nash(from_quantecon(qe.NormalFormGame((qe.Player(row), qe.Player(column.T)))))) == expected
    assert profiles(nash(read_nfg(pygambit.StrategicGame.from_arrays(row, column).to_nfg()))) == expected


@pytest.mark.parametrize("matrix", [[[3, 5], [0, 1]], np.array([[3, 5], [0, 1]]), ((3.0, 5.0), (0.0, 1.0))])
def test_two_matrices_get_the_line_to_write(matrix):
    with pytest.raises(GameError, match=re.escape("write nash(StrategicGame([A, B]))")):
        nash([[3, 0], [5, 1]], matrix)
    with pytest.raises(GameError, match=re.escape("write StrategicGame([A, B])")):
        StrategicGame([[3, 0], [5, 1]], matrix)
