from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.polymatrix import PolymatrixGame
from blamegame.games.responses import action_values, regret
from blamegame.games.strategic import StrategicGame


def drawn(rng, sizes, share=1.0):
    return PolymatrixGame(
        {
            (i, j): rng.integers(-5, 6, (n, sizes[j] if i != j else 1))
            for i, n in enumerate(sizes)
            for j in range(len(sizes))
            if rng.random() < share
        },
        len(sizes),
        [[chr(97 + k) for k in range(n)] for n in sizes],
    )


@pytest.mark.parametrize("seed", range(10))
def test_it_is_the_strategic_game_whose_payoffs_are_the_sums_over_pairs(seed):
    rng = np.random.default_rng(seed)
    game = drawn(rng, (2, 3, 1, 2), share=0.6)
    full = game.to_strategic()
    assert full.exact and full.players == game.players and full.actions == game.actions
    weights = [rng.integers(1, 9, n) for n in game.n_actions]
    profile = [[Fraction(int(v), int(w.sum())) for v in w] for w in weights]
    for player in range(4):
        assert game.action_values(player, profile).tolist() == action_values(full, player, profile).tolist()
    assert game.regret(profile).tolist() == regret(full, profile).tolist()


def test_a_two_player_polymatrix_game_is_a_bimatrix_game():
    game = PolymatrixGame({(0, 1): [[1, 2, 3], [4, 5, 6]], (1, 0): [[1, 2], [3, 4], [5, 6]]}, players=("r", "c"))
    assert game.to_strategic() == StrategicGame([[[1, 2, 3], [4, 5, 6]], [[1, 3, 5], [2, 4, 6]]], ("r", "c"))


def test_one_float_makes_all_payoffs_float():
    game = PolymatrixGame({(0, 1): [[1, 2]], (1, 0): [[0.5], [1]]}, players=2)
    assert not game.exact and game.to_strategic().payoffs.dtype == np.float64
    assert game.regret([[1.0], [1.0, 0.0]]).tolist() == [0.0, 0.5]


def test_games_are_values():
    tables = {(0, 1): [[1, 2]], (1, 0): [[1], [2]]}
    game = PolymatrixGame(tables, 2)
    assert game == PolymatrixGame(tables, 2) and hash(game) == hash(PolymatrixGame(tables, 2))
    assert game != PolymatrixGame(tables, ("a", "b")) and game != 3
    assert game != PolymatrixGame({**tables, (0, 1): [[1, 3]]}, 2)
    with pytest.raises(ValueError, match="read-only"):
        game.payoffs[0, 1][0, 0] = 1


@pytest.mark.parametrize(
    ("tables", "players", "actions", "words"),
    [
        ({(0, 2): [[1]]}, 2, None, r"payoffs\[\(0, 2\)\] is not about two of the players 0..1"),
        ({"01": [[1]]}, 2, None, r"payoffs\['01'\] is not about"),
        ({(0, 1): [1, 2]}, 2, None, r"payoffs\[0, 1\]: its shape \(2,\) is not"),
        ({(0, 1): [[1, 2], [3]]}, 2, None, r"payoffs\[0, 1\]"),
        ({(0, 0): [[1, 2]]}, 1, None, r"payoffs\[0, 0\]: what an action pays whatever others do is one column"),
        ({(0, 1): [[np.inf]]}, 2, None, r"payoffs\[0, 1\]: .*inf"),
        ({(0, 1): [[1, 2]], (1, 0): [[1]]}, 2, None, r"payoffs\[1, 0\] gives player 1 1 actions, elsewhere it has 2"),
        ({(0, 1): [[1]]}, 3, None, "player 2 is in no table"),
        ({(0, 1): [[1]]}, 2, [["a"]], "actions lists 1 players, the game has 2"),
        ({(0, 1): [[1]]}, ("a", "a"), None, "must be different names"),
        ({(0, 1): [[1], [2]]}, 2, [["a", "a"], ["b"]], "appears twice"),
        ({}, 0, None, "at least one"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tables, players, actions, words):
    with pytest.raises(GameError, match=words):
        PolymatrixGame(tables, players, actions)


def test_profiles_are_checked():
    game = PolymatrixGame({(0, 1): [[1, 2]], (1, 0): [[1], [2]]}, 2)
    with pytest.raises(GameError, match="a profile needs 2 strategies"):
        game.regret([[1]])
    with pytest.raises(GameError, match="not a probability vector"):
        game.regret([[1], [1, 1]])


def test_a_table_of_too_many_cells_is_refused_before_it_is_built():
    game = PolymatrixGame({(i, (i + 1) % 40): [[1, 0], [0, 1]] for i in range(40)}, 40)
    with pytest.raises(GameError, match="use polymatrix_lemke"):
        game.to_strategic()
