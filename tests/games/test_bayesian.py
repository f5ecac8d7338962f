from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.bayesian import BayesianGame, to_exact_bayesian
from blamegame.games.bayesian_forms import agent_form, induced_game
from blamegame.games.beliefs import event_chance, interim_payoffs, posterior
from blamegame.games.responses import expected_payoffs

THIRD = Fraction(1, 3)
CORRELATED = [[Fraction(1, 2), Fraction(1, 8)], [Fraction(1, 8), Fraction(1, 4)]]
LABELS = {"players": ("row", "column"), "types": (("weak", "strong"), ("calm", "angry"))}


def random_payoffs(seed, n_types=(2, 2), n_actions=(2, 2)):
    return np.random.default_rng(seed).integers(-3, 4, size=(len(n_types), *n_types, *n_actions))


def game(prior=CORRELATED, seed=0, **labels):
    return BayesianGame(random_payoffs(seed), prior, **{**LABELS, **labels})


def test_what_is_given_exactly_stays_exact():
    assert game().exact and game().prior[0, 1] == Fraction(1, 8)
    assert game().marginal(0).tolist() == [Fraction(5, 8), Fraction(3, 8)]
    assert not game([[0.5, 0.125], [0.125, 0.25]]).exact


def test_a_type_of_probability_zero_is_no_agent():
    built = game([[THIRD, 0], [2 * THIRD, 0]])
    assert built.agents == ((0, 0), (0, 1), (1, 0))
    assert agent_form(built).players == ("row (weak)", "row (strong)", "column")
    assert induced_game(built).n_actions == (4, 2)


def test_the_agent_form_pays_each_type_what_it_expects_of_the_others():
    built = game(seed=3)
    profile = [np.array([w, 1 - w]) for w in (Fraction(1, 4), Fraction(2, 3), Fraction(1, 5), Fraction(1))]
    found = expected_payoffs(agent_form(built), profile)
    assert interim_payoffs(built, profile).tolist() == found.tolist()
    for position, (player, own) in enumerate(built.agents):
        total = Fraction(0)
        for t in np.ndindex(2, 2):
            if t[player] == own:
                for a in np.ndindex(2, 2):
                    chance = built.prior[t] * profile[t[0]][a[0]] * profile[2 + t[1]][a[1]]
                    total += chance * built.payoffs[(player, *t, *a)]
        assert found[position] == total / built.marginal(player)[own]


def test_the_induced_game_pays_each_player_the_expectation_over_its_types():
    built = game(seed=5)
    form, agents = induced_game(built), agent_form(built)
    assert form.actions[0] == ("a|a", "a|b", "b|a", "b|b")
    for row, plan in enumerate(built.plans(0)):
        for column, other in enumerate(built.plans(1)):
            interim = agents.payoffs[(slice(None), *plan, *other)]
            for player in range(2):
                ex_ante = sum(p * interim[2 * player + k] for k, p in enumerate(built.marginal(player)))
                assert form.payoffs[player, row, column] == ex_ante


def test_three_players_and_a_player_without_private_information_work_too():
    prior = np.array([[[Fraction(1, 2)], [Fraction(1, 2)]]])
    built = BayesianGame(random_payoffs(1, (1, 2, 1), (2, 2, 2)), prior)
    assert agent_form(built).n_actions == (2, 2, 2, 2) and induced_game(built).n_actions == (2, 4, 2)
    alone = BayesianGame(random_payoffs(1, (3,), (2,)), [THIRD, THIRD, THIRD])
    assert alone.marginal(0).tolist() == [THIRD] * 3 and induced_game(alone).n_actions == (8,)


def test_beliefs_follow_bayes_rule():
    built = game()
    profile = ([1, 0], [Fraction(1, 4), Fraction(3, 4)], [1, 0], [0, 1])
    after = posterior(built, profile, {"row": "b"})
    assert after[0].tolist() == [0, 0] and after[1].tolist() == [Fraction(1, 3), Fraction(2, 3)]
    own = posterior(built, profile, {"row": "a"}, known={"column": "angry"})
    joint = [Fraction(1, 8), Fraction(1, 4) * Fraction(1, 4)]
    assert own[:, 1].tolist() == [w / sum(joint) for w in joint] and own[:, 0].tolist() == [0, 0]
    assert posterior(built, profile, {}).tolist() == built.prior.tolist()
    both = posterior(built, profile, {"row": "a", "column": "b"})
    assert both[:, 0].tolist() == [0, 0]


def test_beliefs_after_the_impossible_are_refused():
    profile = ([1, 0], [1, 0], [1, 0], [1, 0])
    with pytest.raises(GameError, match="probability zero"):
        posterior(game(), profile, {"row": "b"})
    with pytest.raises(GameError, match="'c' is not an action of row"):
        posterior(game(), profile, {"row": "c"})
    with pytest.raises(GameError, match="'mild' is not a type of column"):
        posterior(game(), profile, {}, known={"column": "mild"})
    with pytest.raises(GameError, match="'nobody' is not a player"):
        posterior(game(), profile, {"nobody": "a"})


def test_the_chance_of_an_event_weighs_type_profiles_by_the_prior():
    profile = ([1, 0], [0, 1], [Fraction(1, 2), Fraction(1, 2)], [0, 1])
    event = np.array([[False, True], [True, False]])
    expected = CORRELATED[0][0] / 2 + CORRELATED[0][1] + CORRELATED[1][0] / 2
    assert event_chance(game(), profile, event) == expected


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (([1, 0],), r"agent \(row \(weak\), row \(strong\), column \(calm\), column \(angry\)\); this one has 1"),
        (([1, 0], [1, 1], [1, 0], [1, 0]), r"row \(strong\), \[1, 1\], is not a distribution"),
        (([1, 0], [1, 0], [1], [1, 0]), r"column \(calm\)"),
        (([2, -1], [1, 0], [1, 0], [1, 0]), r"row \(weak\)"),
        (([[1, 0]], [1, 0], [1, 0], [1, 0]), r"row \(weak\)"),
    ],
)
def test_a_profile_that_does_not_fit_is_named(profile, words):
    with pytest.raises(GameError, match=words):
        event_chance(game(), profile, np.ones((2, 2), dtype=bool))


@pytest.mark.parametrize(
    ("prior", "labels", "words"),
    [
        ([[1, 1], [0, 0]], {}, "sums to 2, not to 1"),
        ([[2, -1], [0, 0]], {}, r"prior\[0, 1\] = -1"),
        ([[0.5, 0.5], [0.0, np.nan]], {}, r"prior\[1, 1\] = nan"),
        ([["x", "y"], ["z", "w"]], {}, "int, Fraction or float"),
        ([[1, 0], [0]], {}, "int, Fraction or float"),
        ([1, 0], {}, r"payoffs of shape \(2, 2, 2, 2, 2\) do not fit a prior of shape \(2,\)"),
        (np.zeros((0, 2)), {}, "none of them empty"),
        (CORRELATED, {"types": (("weak",), ("calm", "angry"))}, "row has 2 types"),
        (CORRELATED, {"types": (("weak", "weak"), ("calm", "angry"))}, "row has 2 types"),
        (CORRELATED, {"types": (("weak", "strong"),)}, "types lists 1 players"),
        (CORRELATED, {"players": ("row", "row")}, "'row' appears twice"),
        (CORRELATED, {"actions": (("a",), ("b", "c"))}, "row has 2 actions in the payoffs but 1 labels"),
    ],
)
def test_what_is_wrong_is_named(prior, labels, words):
    with pytest.raises(GameError, match=words):
        game(prior, **labels)


def test_a_float_prior_is_divided_by_its_sum_and_made_exact_to_the_last_digit():
    built = game([[0.1, 0.2], [0.3, 0.4 + 1e-12]])
    exact = to_exact_bayesian(built)
    assert sum(exact.prior.ravel().tolist()) == 1 and to_exact_bayesian(exact) is exact
    mixed = game(np.array([[0.5, Fraction(1, 2)], [0, 0]], dtype=object))
    assert mixed.prior.dtype == np.float64 and agent_form(mixed).payoffs.dtype == np.float64


def test_payoffs_beyond_floats_need_an_exact_prior():
    huge = random_payoffs(0).astype(object) * Fraction(10) ** 400
    assert BayesianGame(huge, CORRELATED).exact
    with pytest.raises(GameError, match="range of float64"):
        BayesianGame(huge, np.full((2, 2), 0.25))
    assert BayesianGame(random_payoffs(0) / 2, CORRELATED).prior.dtype == np.float64


def test_games_are_values():
    assert game() == game() and hash(game()) == hash(game()) and game() != game(seed=1)
    assert game() != game([[1, 0], [0, 0]]) and game() != 3
    again = pickle.loads(pickle.dumps(game()))
    assert again == game() and not again.prior.flags.writeable
    assert repr(game()) == "<BayesianGame 2 x 2, players row, column, types 2 x 2, exact>"


def test_forms_too_large_to_hold_are_refused():
    wide = BayesianGame(np.zeros((2, 9, 9, 3, 3)), np.full((9, 9), 1 / 81))
    for form in (agent_form, induced_game):
        with pytest.raises(GameError, match="merge types or actions"):
            form(wide)
