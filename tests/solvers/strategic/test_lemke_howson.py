"""Lemke-Howson from every label, exact and in floats, degenerate games included."""

from __future__ import annotations

import importlib
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.extreme_equilibria import extreme_equilibria
from blamegame.solvers.strategic.lemke_howson import lemke_howson, lemke_howson_all_labels

module = importlib.import_module("blamegame.solvers.strategic.lemke_howson")


def as_set(solution):
    return {tuple(tuple(strategy.tolist()) for strategy in profile) for profile in solution.equilibria}


def test_every_label_ends_in_an_extreme_equilibrium_ties_or_not():
    rng = np.random.default_rng(0)
    for _ in range(60):
        m, n = rng.integers(1, 6, 2)
        game = StrategicGame(rng.integers(0, int(rng.integers(1, 6)), (2, m, n)))
        every = as_set(extreme_equilibria(game))
        for label in range(m + n):
            solution = lemke_howson(game, label=label)
            assert regret(game, solution.equilibria[0]).tolist() == [0, 0]
            assert as_set(solution) <= every


def test_floats_follow_the_same_paths_as_integers():
    rng = np.random.default_rng(1)
    for kind in range(40):
        payoffs = rng.integers(0, 4, (2, 4, 5)) if kind % 2 else rng.random((2, 5, 4))
        floats = lemke_howson_all_labels(StrategicGame(payoffs.astype(float)))
        exact = lemke_howson_all_labels(StrategicGame(payoffs.astype(float)), exact=True)
        assert floats.stats["labels"] == exact.stats["labels"]
        assert floats.stats["max_regret"] < 1e-12
        for ours, theirs in zip(floats.equilibria, exact.equilibria):
            assert all(np.allclose(a, b.astype(float), atol=1e-10) for a, b in zip(ours, theirs))


def test_agrees_with_quantecon_label_by_label_on_generic_games():
    import quantecon.game_theory as gt

    rng = np.random.default_rng(2)
    for _ in range(10):
        payoffs = rng.random((2, 5, 6))
        theirs = gt.NormalFormGame((gt.Player(payoffs[0]), gt.Player(payoffs[1].T.copy())))
        for label in range(11):
            x, y = gt.lemke_howson(theirs, init_pivot=label)
            profile = lemke_howson(StrategicGame(payoffs), label=label).equilibria[0]
            assert np.allclose(profile[0], x, atol=1e-8) and np.allclose(profile[1], y, atol=1e-8)


def test_units_and_shifts_change_no_path():
    payoffs = np.random.default_rng(3).integers(0, 50, (2, 5, 5))
    base = lemke_howson_all_labels(StrategicGame(payoffs))
    for changed in (payoffs * 10**12, payoffs + 10**9):
        other = lemke_howson_all_labels(StrategicGame(changed))
        assert as_set(other) == as_set(base) and other.stats["labels"] == base.stats["labels"]
    tiny = StrategicGame([[[Fraction(int(v), 10**9) for v in row] for row in table] for table in payoffs])
    assert as_set(lemke_howson_all_labels(tiny)) == as_set(base)


def test_floats_too_close_to_call_are_followed_in_integers():
    payoffs = np.array([[[1, 1 + 1e-15], [1 + 1e-15, 1]], [[1, 1], [1, 1 + 1e-15]]])
    game = StrategicGame(payoffs)
    exact = lemke_howson(game, exact=True)
    floats = lemke_howson(game)
    assert all(np.allclose(a, b.astype(float)) for a, b in zip(floats.equilibria[0], exact.equilibria[0]))


def test_the_answer_never_claims_to_be_complete():
    solution = lemke_howson_all_labels(StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]))
    assert not solution.complete
    assert "there may be more; use nash" in solution.status
    assert sorted(label for labels in solution.stats["labels"] for label in labels) == [0, 1, 2, 3]


def test_large_games_and_time_limits():
    game = StrategicGame(np.random.default_rng(4).random((2, 40, 40)))
    assert lemke_howson(game, label=3).stats["max_regret"] < 1e-12
    stopped = lemke_howson_all_labels(game, exact=True, time_limit=0.0)
    assert stopped.status.startswith("time_limit=0.0 s ran out") and not stopped.complete


def test_control_c_keeps_what_was_found(monkeypatch):
    honest, calls = module._rational_path, []

    def interrupted(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return honest(*args)

    monkeypatch.setattr(module, "_rational_path", interrupted)
    solution = lemke_howson_all_labels(StrategicGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]))
    assert solution.status.startswith("interrupted") and len(solution) == 1


def test_errors_name_the_value_and_the_way_out():
    three = StrategicGame(np.zeros((3, 2, 2, 2)))
    message = "lemke_howson needs 2 players, this game has 3; use logit or simplicial_subdivision"
    with pytest.raises(UnsupportedGame, match=message):
        lemke_howson(three)
    with pytest.raises(GameError, match=r"label=4 is not in 0\.\.3"):
        lemke_howson(StrategicGame(np.zeros((2, 2, 2))), label=4)
    with pytest.raises(GameError, match="takes one game"):
        lemke_howson(StrategicGame(np.zeros((5, 2, 2, 2)), players=2))
