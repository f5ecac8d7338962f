from dataclasses import replace
from fractions import Fraction

import numpy as np

from blamegame import Delegation, StrategicGame
from blamegame.solvers.strategic import explain, nash, pure_nash


def test_the_defaults_in_words():
    assert explain(nash(Delegation().stage_game())) == (
        "One Nash equilibrium (complete: 1 extreme equilibrium in 1 component).\n"
        "\n"
        "Equilibrium 1\n"
        "  upper plays push and expects -0.2021. upper would lose 0.21215 by playing assist instead.\n"
        "  lower plays escalate and expects -0.2495. lower would lose 0.2783 by playing formalism instead."
    )


def test_a_mixing_player_is_indifferent_and_told_about_unused_actions():
    payoffs = [[[1, 0], [0, 1], [0, 0]], [[0, 1], [1, 0], [0, 0]]]
    text = explain(nash(StrategicGame(payoffs, ("Ann", "Bob"), (("x", "y", "z"), ("l", "r")))))
    assert "Ann plays x with probability 0.5 and y with probability 0.5 and expects 0.5. " in text
    assert "Between these Ann is indifferent. Ann would lose 0.5 by playing z instead." in text
    assert text.endswith("Between these Bob is indifferent.")


def test_ties_and_forced_moves_are_said():
    text = explain(nash(StrategicGame([[[2], [2], [1]], [[0], [0], [0]]])))
    assert "1 plays a and expects 2. 1 would neither gain nor lose by playing b instead." in text
    assert "2 plays a and expects 0. 2 has no other action." in text
    assert "Equilibria 1 and 2 are the corners of one set" in text
    assert text.startswith("2 Nash equilibria, extreme points of larger sets (complete: ")


def test_several_equally_good_deviations_are_all_named():
    assert "1 would lose 1 by playing b or c instead" in explain(nash(StrategicGame([[[2], [1], [1]], [[0]] * 3])))


def test_connected_sets_that_are_no_product_name_their_parts():
    game = StrategicGame([[[1, 1], [1, 0]], [[1, 1], [1, 0]]])
    solution = nash(game)
    assert solution.subsets == ((0, 1), (0, 2))
    assert "within each of the sets {1, 2} and {1, 3} any mixture" in explain(solution)
    assert "connected through further equilibria" in explain(replace(solution, subsets=()))


def test_floats_within_rounding_are_called_ties():
    game = StrategicGame(np.array([[[0.1, 0.0], [0.0, 0.3]], [[0.7, 0.0], [0.0, 0.9]]]))
    assert explain(nash(game)).count("is indifferent") == 2


def test_a_profitable_deviation_is_called_a_gain():
    solution = pure_nash(StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]]))
    one, zero = Fraction(1), Fraction(0)
    wrong = replace(solution, equilibria=((np.array([one, zero]), np.array([one, zero])),))
    assert "1 would gain 2 by playing b instead." in explain(wrong)
    half = np.array([one / 2, one / 2])
    assert "1 would gain 0.75 by playing b instead." in explain(replace(solution, equilibria=((half, half),)))


def test_no_equilibrium_is_said_so():
    text = explain(pure_nash(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])))
    assert text == "No pure Nash equilibrium (complete for pure strategies: 0 of 4 cells are equilibria)."


def test_an_incomplete_solution_warns_that_there_may_be_others():
    solution = replace(nash(Delegation().stage_game()), complete=False, status="interrupted", concept="markov_perfect")
    assert explain(solution).startswith("One markov perfect equilibrium (interrupted).\nNot complete: there may be")


def test_solutions_are_explained_with_any_number_of_players():
    text = explain(pure_nash(StrategicGame(np.ones((3, 2, 1, 1), dtype=int))))
    assert "3 plays a and expects 1. 3 has no other action." in text
