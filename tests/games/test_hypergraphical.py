"""Sums over local games: payoffs, the table of a small one, and what is refused."""

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.models.hierarchy import Hierarchy


def one_pair(players=((0, 1),), kinds=(0,), table=None, roles=(0, 0)):
    table = np.zeros((1, 2, 2, 2)) if table is None else table
    group = LocalGames(np.array(players), np.array(kinds), np.asarray(table))
    return HypergraphicalGame((("a", "b"), ("x", "y", "z")), np.array(roles), (group,))


def test_the_table_of_a_small_game_has_the_payoffs_of_every_profile():
    game = Hierarchy(tree=(1, 2, 3)).network_game()
    table = game.strategic_form()
    rng = np.random.default_rng(0)
    for _ in range(50):
        profile = rng.integers(0, game.n_actions)
        assert game.payoffs_of(profile) == table.payoffs[(slice(None), *profile)].tolist()


def test_floats_become_the_rationals_they_store():
    game = one_pair(table=np.full((1, 2, 2, 2), 0.5))
    assert game.groups[0].payoffs.dtype == object and game.payoffs_of([0, 1]) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"players": ((0, 2),)}, "names player 2"),
        ({"players": ((1, 1),)}, "stands twice"),
        ({"kinds": (1,)}, "kind 1 and 1 payoff tables"),
        ({"kinds": (0, 0)}, "are not \\[n, k\\]"),
        ({"table": np.zeros((1, 2, 2, 3))}, "payoffs of shape"),
        ({"table": np.full((1, 2, 2, 2), np.nan)}, "not a real number"),
        ({"players": ((0, 1), (1, 2)), "kinds": (0, 0), "roles": (0, 0, 1)}, "players of several roles"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(change, message):
    with pytest.raises(GameError, match=message):
        one_pair(**change)


@pytest.mark.parametrize(
    ("profile", "message"), [([0], "shape \\(1,\\)"), ([0, 2], "player 1 has no action 2"), ([0.5, 0], "positions")]
)
def test_profiles_are_checked(profile, message):
    with pytest.raises(GameError, match=message):
        one_pair().check_profile(profile)


def test_a_large_game_has_no_table():
    with pytest.raises(GameError, match="too many action profiles"):
        Hierarchy(tree=(1, 30)).network_game().strategic_form()
