"""The hard games are exact, varied, and as hard as their names say."""

from fractions import Fraction

import pytest

from blamegame.testing.brute_force import extreme_equilibria_by_brute_force
from blamegame.testing.hard_games import hard_games

GAMES = hard_games()


def test_every_game_is_exact_and_has_two_players():
    assert len(GAMES) > 15
    assert all(game.exact and game.n_players == 2 for game in GAMES.values())


def test_asking_twice_gives_the_same_games():
    assert hard_games() == GAMES


def test_shapes_include_one_action_and_more_on_either_side():
    assert {(1, 1), (1, 3), (3, 1), (3, 5)} <= {game.n_actions for game in GAMES.values()}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("matching pennies: only mixed", 1),
        ("battle of the sexes: two pure, one mixed", 3),
        ("nobody cares, 3 x 3", 9),
        ("coordination on 4: 15 equilibria", 15),
        ("a component with two ends", 3),  # the ends, and one equilibrium apart
        ("eight equilibria of unequal supports", 8),
    ],
)
def test_a_game_has_as_many_extreme_equilibria_as_its_name_says(name, count):
    found = extreme_equilibria_by_brute_force(GAMES[name])
    assert len(found) == count
    if "unequal supports" in name:
        assert any(len([p for p in x if p]) != len([p for p in y if p]) for x, y in found)


def test_huge_and_tiny_payoffs_are_not_rounded():
    payoffs = GAMES["huge and tiny payoffs at once"].payoffs
    assert payoffs.max() == 10**12 and payoffs[1, 0, 0] == Fraction(1, 10**9)
