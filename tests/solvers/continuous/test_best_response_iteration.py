from __future__ import annotations

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.continuous import ContinuousGame
from blamegame.games.polynomial_game import polynomial_game
from blamegame.solvers.continuous.best_response_iteration import best_reply, best_response_bracket, deviation_gain


def research(player, efforts, x=0.8, y=0.7, a=0.5, b=0.5):
    """Aghion and Tirole (1997): principal's effort E, agent's effort e; the principal decides (formal authority)."""
    big, small = efforts
    principal = big * x + (1 - big) * small * a * x - big**2 / 2
    agent = small * (1 - big) * y + big * b * y - small**2 / 2
    return (principal, agent)[player]


def delegated(player, efforts, x=0.8, y=0.7, a=0.5, b=0.5):
    """The same with the agent holding formal authority."""
    big, small = efforts
    principal = small * a * x + (1 - small) * big * x - big**2 / 2
    agent = small * y + (1 - small) * big * b * y - small**2 / 2
    return (principal, agent)[player]


@pytest.mark.parametrize(("payoff", "efforts"), [(research, (0.7222, 0.1944)), (delegated, (0.3333, 0.5833))])
def test_aghion_and_tirole_s_efforts_are_found_and_verified(payoff, efforts):
    bracket = best_response_bracket(ContinuousGame(("principal", "agent"), [0, 0], [1, 1], payoff), tolerance=1e-8)
    assert bracket.converged and bracket.regret < 1e-9
    np.testing.assert_allclose(bracket.least, efforts, atol=6e-5)
    np.testing.assert_allclose(bracket.greatest, efforts, atol=6e-5)
    assert not bracket.monotone  # efforts are substitutes


def test_complements_are_bracketed_from_both_ends():
    def payoff(i, x):
        return 2 * x[i] * x[1 - i] - x[i] ** 2 / 2 - 0.5 * x[i]

    bracket = best_response_bracket(ContinuousGame(("1", "2"), [0, 0], [3, 3], payoff))
    assert bracket.monotone and bracket.converged
    assert bracket.least.tolist() == [0, 0] and bracket.greatest == pytest.approx([3, 3])


def test_matching_pennies_on_a_line_does_not_converge_and_says_so():
    def payoff(i, x):
        return -((x[0] - x[1]) ** 2) if i == 0 else (x[0] - x[1]) ** 2

    bracket = best_response_bracket(ContinuousGame(("1", "2"), [0, 0], [1, 1], payoff), most_steps=50)
    assert not bracket.converged and "not converged" in bracket.status and bracket.regret > 0
    hurried = best_response_bracket(ContinuousGame(("1", "2"), [0, 0], [1, 1], payoff), time_limit=0.0)
    assert not hurried.converged and hurried.steps == 2


def test_deviation_gains_do_not_trust_a_wrong_closed_form():
    game = ContinuousGame(("1",), [0], [1], lambda i, x: -((x[0] - 0.3) ** 2), lambda i, x: 0.9)
    assert best_reply(game, 0, np.array([0.0])) == 0.9
    assert deviation_gain(game, np.array([0.9]))[0] == pytest.approx(0.36)


def bumps(i, x, width=0.05):
    """Best reply 0.5, but 0.2 against 0.9 and 0.9 against 0.2: an equilibrium that both iterations miss."""
    other, (at, reply) = x[1 - i], ((0.9, 0.2), (0.2, 0.9))[i]
    best = 0.5 + (reply - 0.5) * max(0.0, 1 - abs(other - at) / width)
    return -((x[i] - best) ** 2)


def test_rising_iterations_are_no_proof_of_a_bracket():
    game = ContinuousGame(("1", "2"), [0, 0], [1, 1], bumps)
    assert deviation_gain(game, np.array([0.2, 0.9])).max() < 1e-12
    bracket = best_response_bracket(game)
    assert bracket.converged and bracket.least == pytest.approx([0.5, 0.5]) == bracket.greatest
    assert not bracket.monotone and not bracket.proved
    assert bracket.status.startswith("equilibria at the ends, and others may lie outside them; increasing differences")


def test_what_a_grid_cannot_see_is_said_to_be_evidence():
    game = ContinuousGame(("1", "2"), [0, 0], [1, 1], lambda i, x: bumps(i, x, width=1e-4))
    bracket = best_response_bracket(game)
    assert not bracket.proved and "only if best responses rise" in bracket.status
    assert "held at all 2,178 points looked at, which is evidence and no proof" in bracket.status


def test_polynomial_complements_are_proved():
    payoffs = [{(1, 1): 2, (2, 0): -0.5, (1, 0): -0.5}, {(1, 1): 2, (0, 2): -0.5, (0, 1): -0.5}]
    bracket = best_response_bracket(polynomial_game(["1", "2"], [0, 0], [3, 3], payoffs))
    assert bracket.proved and "if the search for replies on 257 points missed no peak; increasing" in bracket.status
    assert bracket.greatest == pytest.approx([3, 3])


@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
def test_without_closed_forms_iteration_stops_where_payoffs_can_tell_no_more(size):
    game = ContinuousGame(("1", "2"), [0, 0], [1, 1], lambda i, x: size * (1 + x[i] * 0.6 - x[i] ** 2))
    for tolerance in (None, 1e-12):
        bracket = best_response_bracket(game, tolerance=tolerance, most_steps=50)
        assert bracket.converged and bracket.least == pytest.approx([0.3, 0.3], abs=1e-6)
        assert "the least and the greatest" in bracket.status


def test_a_deviation_gain_is_judged_by_the_size_of_the_payoffs():
    game = ContinuousGame(("1",), [0], [1], lambda i, x: 1e-9 * x[i], lambda i, x: 0.0)
    assert "no equilibrium at the ends" in best_response_bracket(game).status


def test_a_flat_payoff_takes_the_lowest_action():
    game = ContinuousGame(("1",), [0], [1], lambda i, x: 1.0)
    assert best_reply(game, 0, np.array([0.5])) == 0


def test_a_tolerance_must_be_positive():
    with pytest.raises(GameError, match="tolerance=0"):
        best_response_bracket(ContinuousGame(("1",), [0], [1], lambda i, x: 1.0), tolerance=0)
