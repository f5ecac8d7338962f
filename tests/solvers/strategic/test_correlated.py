from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from blamegame import Delegation, StrategicGame
from blamegame.errors import GameError
from blamegame.games import event_of, event_probability, to_exact
from blamegame.solvers.strategic import correlated_bounds, nash, pure_nash
from blamegame.solvers.strategic.correlated import expectation_bounds


def games(count, seed, shapes=((2, 2), (2, 3), (3, 3), (2, 2, 2), (1, 3), (4,))):
    rng = np.random.default_rng(seed)
    for k in range(count):
        shape = shapes[k % len(shapes)]
        game = StrategicGame(rng.integers(0, 4, size=(len(shape), *shape)))
        yield game, rng.random(shape) < 0.4


def gain(game, player, cell, deviation):
    other = (*cell[:player], deviation, *cell[player + 1 :])
    return game.payoffs[(player, *other)] - game.payoffs[(player, *cell)]


def priced_gains(game, bound, cell, coarse):
    total = 0
    for player, count in enumerate(game.n_actions):
        for deviation in range(count):
            where = (deviation,) if coarse else (cell[player], deviation)
            total += bound.multipliers[player][where] * gain(game, player, cell, deviation)
    return total


def assert_equilibrium(game, distribution, coarse):
    cells = list(product(*map(range, game.n_actions)))
    assert sum(distribution.ravel().tolist()) == 1
    assert min(distribution.ravel().tolist()) >= 0
    for player, count in enumerate(game.n_actions):
        for deviation in range(count):
            for obeyed in [None] if coarse else range(count):
                told = [cell for cell in cells if coarse or cell[player] == obeyed]
                assert sum(distribution[cell] * gain(game, player, cell, deviation) for cell in told) <= 0


@pytest.mark.parametrize("coarse", [False, True])
def test_each_end_is_attained_by_an_equilibrium_and_proved_cell_by_cell(coarse):
    for game, event in games(36, seed=1):
        bounds = correlated_bounds(game, event, coarse=coarse)
        for bound in (bounds.lowest, bounds.highest):
            assert_equilibrium(game, bound.distribution, coarse)
            assert sum(bound.distribution[event].tolist()) == bound.value
            assert all(m >= 0 for table in bound.multipliers for m in table.ravel().tolist())
        for cell in product(*map(range, game.n_actions)):
            assert int(event[cell]) <= bounds.highest.value + priced_gains(game, bounds.highest, cell, coarse)
            assert int(event[cell]) >= bounds.lowest.value - priced_gains(game, bounds.lowest, cell, coarse)


@pytest.mark.parametrize("coarse", [False, True])
def test_multipliers_have_the_documented_shapes_and_no_diagonal(coarse):
    game = StrategicGame(np.arange(18).reshape(3, 1, 2, 3))
    bound = correlated_bounds(game, [(0, 0, 0)], coarse=coarse).highest
    shapes = [table.shape for table in bound.multipliers]
    assert shapes == ([(1,), (2,), (3,)] if coarse else [(1, 1), (2, 2), (3, 3)])
    if not coarse:
        assert all(table[k, k] == 0 for table in bound.multipliers for k in range(len(table)))


def brute_force(game, event, coarse):
    """Both ends by scipy in floats, straight from the definition."""
    cells = list(product(*map(range, game.n_actions)))
    rows = []
    for player, count in enumerate(game.n_actions):
        for deviation in range(count):
            for obeyed in [None] if coarse else range(count):
                rows.append(
                    [float(gain(game, player, c, deviation)) if coarse or c[player] == obeyed else 0.0 for c in cells]
                )
    weights = np.array([float(event[cell]) for cell in cells])
    ends = []
    for sign in (1, -1):
        result = linprog(sign * weights, A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=[[1.0] * len(cells)], b_eq=[1.0])
        ends.append(sign * result.fun)
    return ends


@pytest.mark.parametrize("coarse", [False, True])
def test_both_ends_agree_with_a_linear_programme_written_from_the_definition(coarse):
    for game, event in games(36, seed=2):
        bounds = correlated_bounds(game, event, coarse=coarse)
        ends = [float(bounds.lowest.value), float(bounds.highest.value)]
        assert ends == pytest.approx(brute_force(game, event, coarse), abs=1e-7)


def test_nash_lies_within_correlated_within_coarse_correlated():
    for game, event in games(40, seed=3):
        inner, outer = correlated_bounds(game, event), correlated_bounds(game, event, coarse=True)
        assert outer.lowest.value <= inner.lowest.value <= inner.highest.value <= outer.highest.value
        solution = nash(game) if game.n_players <= 2 else pure_nash(game)
        for profile in solution.equilibria:
            assert inner.lowest.value <= event_probability(profile, event) <= inner.highest.value


def test_coarse_correlated_can_be_strictly_larger():
    table = np.array([[0, -1, 1, -2], [1, 0, -1, -2], [-1, 1, 0, -2], [-2, -2, -2, 1]])
    game = StrategicGame([table, -table])
    event = np.zeros((4, 4), dtype=bool)
    event[0, 0] = True
    widths = [correlated_bounds(game, event, coarse=c) for c in (False, True)]
    assert widths[0].highest.value < widths[1].highest.value


def test_the_sure_and_the_empty_event_have_probability_one_and_zero():
    game = Delegation().stage_game()
    sure = correlated_bounds(game, np.ones((2, 3), dtype=bool))
    assert sure.lowest.value == sure.highest.value == 1
    assert correlated_bounds(game, []).highest.value == 0


def test_mutual_avoidance_at_the_defaults_is_certain_in_every_coarse_correlated_equilibrium():
    model = Delegation()
    for coarse in (False, True):
        assert correlated_bounds(model.stage_game(), model.avoidance, coarse=coarse).lowest.value == 1


def test_units_of_payoffs_scale_the_multipliers_and_nothing_else():
    game = StrategicGame([[[0, 7], [2, 6]], [[0, 2], [7, 6]]])
    event = event_of(game, [("a", "a")])
    for unit in (F(1, 10**9), F(10**12)):
        scaled = StrategicGame(game.payoffs * unit + 10**9)
        one, other = correlated_bounds(game, event), correlated_bounds(scaled, event)
        assert (one.lowest.value, one.highest.value) == (other.lowest.value, other.highest.value) == (0, F(1, 5))
        for cell in product(range(2), repeat=2):
            assert int(event[cell]) <= other.highest.value + priced_gains(scaled, other.highest, cell, False)


def test_a_float_game_is_solved_exactly_and_rounded_once():
    rng = np.random.default_rng(4)
    game = StrategicGame(rng.random((2, 3, 3)))
    event = np.eye(3, dtype=bool)
    rounded, exact = correlated_bounds(game, event), correlated_bounds(to_exact(game), event)
    assert type(rounded.highest.value) is float and type(exact.highest.value) is F
    assert rounded.highest.value == float(exact.highest.value)
    assert rounded.lowest.value == float(exact.lowest.value)
    assert rounded.highest.distribution.dtype == np.float64


def test_a_large_degenerate_programme_whose_float_basis_is_not_feasible_is_still_exact():
    rng = np.random.default_rng(5)
    game = StrategicGame(rng.random((2, 11, 11)))
    event = rng.random((11, 11)) < 0.3
    bounds = correlated_bounds(to_exact(game), event)
    assert_equilibrium(to_exact(game), bounds.highest.distribution, False)


def test_arrays_are_read_only_and_values_print():
    bounds = correlated_bounds(StrategicGame([[[1]], [[1]]]), [(0, 0)], coarse=True)
    assert repr(bounds) == "<CorrelatedBounds coarse correlated: 1 to 1>"
    assert repr(bounds.highest) == "<CorrelatedBound 1>"
    with pytest.raises(ValueError, match="read-only"):
        bounds.highest.distribution[0, 0] = 2


def test_a_batch_and_a_wrong_event_are_refused():
    with pytest.raises(GameError, match="correlated_bounds takes one game"):
        correlated_bounds(StrategicGame(np.zeros((3, 2, 2, 2)), players=2), [])
    with pytest.raises(GameError, match="shape"):
        correlated_bounds(StrategicGame(np.zeros((2, 2, 2))), np.ones((3, 3), dtype=bool))


def test_the_proof_of_an_expectation_holds_in_every_cell():
    rng = np.random.default_rng(4)
    for coarse in (False, True):
        game = StrategicGame(rng.integers(-3, 4, (2, 3, 3)))
        table = np.array([[F(int(k), 7) for k in row] for row in rng.integers(0, 8, (3, 3))])
        bounds = expectation_bounds(game, table, coarse=coarse)
        u = to_exact(game).payoffs
        for bound, sign in ((bounds.highest, 1), (bounds.lowest, -1)):
            assert (bound.distribution * table).sum() == bound.value
            for a, c in np.ndindex(3, 3):
                prices = [m if coarse else m[cell] for m, cell in zip(bound.multipliers, (a, c))]
                gains = sum(prices[0][b] * (u[0, b, c] - u[0, a, c]) for b in range(3))
                gains += sum(prices[1][b] * (u[1, a, b] - u[1, a, c]) for b in range(3))
                assert sign * table[a, c] <= sign * bound.value + gains


def test_a_table_must_hold_probabilities():
    with pytest.raises(GameError, match="numbers from 0 to 1"):
        expectation_bounds(StrategicGame([[[1, 0]], [[0, 1]]]), np.array([[F(2), F(0)]]))


def test_a_float_game_is_never_rounded_to_certainty():
    """Unique equilibrium: all but one cell in 10**42."""
    pennies = StrategicGame(np.array([[[1e21, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1e21, 0.0]]]))
    event = np.array([[False, True], [True, True]])
    assert 1 - 1e-15 < correlated_bounds(pennies, event).highest.value < 1
