"""Stochastic potentials and long-run shares: the regimes, brute force over all trees, linear algebra."""

import itertools
import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame import load
from blamegame.dynamics.log_linear import log_linear
from blamegame.dynamics.resistances import resistances
from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.testing.strategies import strategic_games

AW, AE, AF, PW, PE, PF = itertools.product(range(2), range(3))

FIXTURES = {
    "trap": ({AW: 0.77423, AE: 1.32499, AF: 1.26451, PW: 1.26451, PE: 0.49028, PF: 1.10076}, [PE], 0.99377),
    "paper_trap": ({AW: 0.4203, PF: 0.35366}, [PF], 0.88141),
    "chicken": ({AE: 0.41477, PW: 0.45301}, [AE], 0.00001),
    "h_county": ({PE: 0, AE: 0.21215}, [PE], 0.98497),
    "cycle": ({AE: 0, AW: 0, PE: 0, PW: 0}, [AW, AE, PW, PE], 0.14764),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_the_regimes_have_the_published_potentials_stable_profiles_and_long_run_avoidance(name):
    potentials, stable, frequency = FIXTURES[name]
    model = load(name).model
    found = log_linear(model.stage_game())
    by_cell = dict(zip(found.profiles, found.potentials))
    assert all(isinstance(value, Fraction) for value in found.potentials)
    assert {cell: float(by_cell[cell]) for cell in potentials} == pytest.approx(potentials, abs=1e-5)
    assert found.stable == tuple(sorted(stable))
    assert found.frequency(model.avoidance, 20) == pytest.approx(frequency, abs=1e-5)


def test_at_h_county_the_next_profile_is_the_one_where_lower_asks_a_superior_who_assists():
    found = log_linear(load("h_county").model.stage_game())
    assert sorted(zip(found.potentials, found.profiles))[1] == (Fraction("0.21215"), AE)


def every_tree(shape):
    """For each root all in-trees of one-player moves, as arrays of target profiles, by trying every map."""
    cells = list(np.ndindex(shape))
    onward = [[k for k, other in enumerate(cells) if sum(a != b for a, b in zip(cell, other)) == 1] for cell in cells]
    for root in range(len(cells)):
        others = [k for k in range(len(cells)) if k != root]
        trees = []
        for choice in itertools.product(*(onward[k] for k in others)):
            to = dict(zip(others, choice))
            if all(_arrives(k, root, to) for k in others):
                trees.append(choice)
        yield root, others, np.array(trees)


def _arrives(k, root, to):
    for _ in to:
        k = to.get(k, root)
    return k == root


@pytest.mark.parametrize(("shape", "games"), [((2, 3), 700), ((2, 2), 280), ((2, 2, 2), 20)])
def test_potentials_are_the_least_of_all_in_trees_in_a_thousand_games_with_ties(shape, games):
    rng = np.random.default_rng(sum(shape))
    tables = rng.integers(0, 4, (games, len(shape), *shape))
    weights = np.array([resistances(table.astype(np.float64), len(shape)) for table in tables])  # whole numbers
    found = np.array([[int(p) for p in log_linear(StrategicGame(t)).potentials] for t in tables])
    seen = 0
    for root, others, trees in every_tree(shape):
        totals = sum(weights[:, k][:, trees[:, place]] for place, k in enumerate(others))
        assert np.array_equal(totals.min(axis=1), found[:, root])
        seen += (totals == totals.min(axis=1, keepdims=True)).sum(axis=1).max() > 1
    assert seen == math.prod(shape)  # there were ties between trees for every root


def chain(game, precision):
    """The transition matrix of log-linear learning, written out profile by profile."""
    cells = list(np.ndindex(game.n_actions))
    moves = np.zeros((len(cells), len(cells)))
    for s, cell in enumerate(cells):
        for player in range(game.n_players):
            line = [(*cell[:player], action, *cell[player + 1 :]) for action in range(game.n_actions[player])]
            values = [float(game.payoffs[(player, *there)]) for there in line]
            odds = np.exp(precision * (np.array(values) - max(values)))
            for there, odd in zip(line, odds / odds.sum()):
                moves[s, cells.index(there)] += odd / game.n_players
    return moves


@pytest.mark.parametrize("precision", [0, Fraction(1, 2), 2.0])
def test_distributions_agree_with_linear_algebra(precision):
    rng = np.random.default_rng(5)
    for shape in [(2, 3), (3, 3), (2, 2, 2), (1, 4)]:
        for _ in range(10):
            game = StrategicGame(rng.normal(size=(len(shape), *shape)))
            moves = chain(game, float(precision))
            n = len(moves)
            system = np.vstack([(moves.T - np.eye(n))[:-1], np.ones(n)])
            shares = np.linalg.solve(system, np.append(np.zeros(n - 1), 1))
            assert np.abs(log_linear(game).distribution(precision) - shares).max() < 1e-12


def test_choice_at_random_is_uniform():
    assert log_linear(load("trap").model.stage_game()).distribution(0) == pytest.approx(np.full(6, 1 / 6), abs=1e-15)


def test_the_limit_of_precision_puts_its_mass_on_the_stable_profiles():
    rng = np.random.default_rng(11)
    for table in rng.integers(0, 4, (1000, 2, 2, 3)):
        found = log_linear(StrategicGame(table))
        stable = np.zeros((2, 3), dtype=bool)
        stable[tuple(zip(*found.stable))] = True
        assert found.frequency(stable, 60) > 1 - 1e-12
        assert found.distribution(60)[stable.ravel()].min() > 1e-4  # every one of them


def test_shares_too_small_for_floats_keep_their_digits_as_logarithms():
    game = StrategicGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]])
    found = log_linear(game)
    logs = found.log_distribution(1000)
    differences = [float(p - min(found.potentials)) for p in found.potentials]
    assert logs / -1000 == pytest.approx(differences, abs=1e-2)
    assert found.distribution(1000).tolist() == pytest.approx([0, 0, 0, 1])


@settings(max_examples=40)
@given(strategic_games(min_actions=2, max_actions=3), st.integers(1, 5), st.integers(-9, 9))
def test_scaling_both_payoffs_scales_potentials_and_shifts_do_nothing(game, scale, shift):
    moved = StrategicGame(game.payoffs * scale + np.array([shift, 2 * shift], dtype=object).reshape(2, 1, 1))
    before, after = log_linear(game), log_linear(moved)
    assert after.potentials == tuple(scale * p for p in before.potentials)
    assert after.stable == before.stable


@settings(max_examples=40)
@given(strategic_games(min_actions=1, max_actions=3))
def test_exchanging_the_players_transposes_everything(game):
    swapped = StrategicGame(np.stack([game.payoffs[1].T, game.payoffs[0].T]))
    one, two = log_linear(game), log_linear(swapped)
    assert np.array_equal(np.reshape(one.potentials, game.n_actions).T, np.reshape(two.potentials, swapped.n_actions))
    flipped = two.distribution(3).reshape(swapped.n_actions).T
    assert one.distribution(3).reshape(game.n_actions) == pytest.approx(flipped, rel=1e-10)


def test_a_potential_game_settles_at_the_top_of_its_potential():
    rng = np.random.default_rng(2)
    common = rng.permutation(12).reshape(3, 4)
    found = log_linear(StrategicGame([common, common]))
    assert found.stable == (np.unravel_index(common.argmax(), (3, 4)),)
    weights = np.exp(1.5 * (common - 11.0)).ravel()  # the Gibbs measure
    assert found.distribution(1.5) == pytest.approx(weights / weights.sum(), rel=1e-12)


def test_huge_and_tiny_payoffs_are_compared_exactly():
    huge = log_linear(StrategicGame([[[10**400, 0], [0, 10**400 + 1]]] * 2))
    assert huge.stable == ((1, 1),)
    tiny = log_linear(StrategicGame([[[Fraction(1, 10**400), 0], [0, Fraction(2, 10**400)]]] * 2))
    assert tiny.stable == ((1, 1),)


def test_what_cannot_be_answered_is_refused_in_words():
    game = StrategicGame([[[1, 0], [0, 1]], [[1, 0], [0, 1]]])
    with pytest.raises(GameError, match="precision=-1"):
        log_linear(game).distribution(-1)
    with pytest.raises(GameError, match="precision=nan"):
        log_linear(game).distribution(float("nan"))
    with pytest.raises(GameError, match="beyond 1e300"):
        log_linear(game).distribution(1e301)
    with pytest.raises(GameError, match="takes one game"):
        log_linear(StrategicGame(np.zeros((2, 2, 2, 2)), players=2))
    with pytest.raises(UnsupportedGame, match="1,600 action profiles"):
        log_linear(StrategicGame(np.zeros((2, 40, 40))))


def test_the_value_survives_pickling_and_prints_its_stable_profiles():
    found = log_linear(load("trap").model.stage_game())
    assert pickle.loads(pickle.dumps(found)) == found
    assert [line.split()[:2] for line in str(found).splitlines() if line.endswith("stable")] == [
        ["(push,", "escalate)"]
    ]
