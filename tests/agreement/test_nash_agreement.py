"""nash against solvers we did not write, as sets of exact profiles; degenerate games first."""

from fractions import Fraction

import numpy as np
import pygambit
import pytest
import quantecon.game_theory as qe

from blamegame import StrategicGame
from blamegame.games import regret
from blamegame.solvers.strategic import nash, pure_nash


def ours(payoffs):
    solution = nash(StrategicGame(payoffs))
    assert solution.complete
    profiles = [tuple(tuple(strategy.tolist()) for strategy in profile) for profile in solution.equilibria]
    assert len(set(profiles)) == len(profiles)
    return solution, profiles


def plain(profile):
    """A rational gambit profile as nested tuples of Fractions."""
    return tuple(tuple(Fraction(int(p.numerator), int(p.denominator)) for _, p in strategy) for strategy in profile)


def gambit(payoffs, cliques=False):
    game = pygambit.StrategicGame.from_arrays(*(np.array(table).tolist() for table in payoffs))
    return pygambit.nash.enummixed_solve(game, rational=True, cliques=cliques)


def tied_games(count, seed):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        shape = (2, *rng.integers(1, 6, size=2))
        yield rng.integers(0, 4, size=shape)


def check_against_gambit(payoffs):
    solution, profiles = ours(payoffs)
    theirs = gambit(payoffs, cliques=True)
    assert set(profiles) == {plain(profile) for profile in theirs.equilibria}, payoffs.tolist()
    subsets = {frozenset(profiles[k] for k in subset) for subset in solution.subsets}
    assert subsets == {frozenset(plain(p) for p in clique) for clique in theirs.cliques}, payoffs.tolist()


def test_extreme_equilibria_and_maximal_subsets_of_tied_games_are_those_of_gambit():
    for payoffs in tied_games(300, seed=1):
        check_against_gambit(payoffs)


@pytest.mark.slow
def test_extreme_equilibria_and_maximal_subsets_of_two_thousand_tied_games_are_those_of_gambit():
    for payoffs in tied_games(2000, seed=2):
        check_against_gambit(payoffs)


@pytest.mark.parametrize(("values", "largest"), [(1, 4), (2, 4), (2, 6)])
def test_the_most_degenerate_games_agree_with_gambit(values, largest):
    rng = np.random.default_rng(values)
    for _ in range(60):
        check_against_gambit(rng.integers(0, values, size=(2, *rng.integers(1, largest + 1, size=2))))


def test_generic_float_games_agree_with_vertex_enumeration_of_quantecon():
    rng = np.random.default_rng(3)
    for _ in range(40):
        m, n = rng.integers(2, 7, size=2)
        payoffs = rng.random((2, m, n))
        theirs = qe.vertex_enumeration(qe.NormalFormGame([qe.Player(payoffs[0]), qe.Player(payoffs[1].T)]))
        mine = nash(StrategicGame(payoffs)).equilibria
        assert len(mine) == len(theirs)
        for x, y in theirs:
            assert any(np.allclose(x, a, atol=1e-9) and np.allclose(y, b, atol=1e-9) for a, b in mine)


@pytest.mark.parametrize("shape", [(2, 2, 2), (3, 2, 4), (2, 2, 2, 2), (4,), (1, 3)])
def test_pure_equilibria_of_many_players_agree_with_gambit_and_quantecon(shape):
    rng = np.random.default_rng(4)
    for _ in range(15):
        payoffs = rng.integers(0, 3, size=(len(shape), *shape))
        solution = pure_nash(StrategicGame(payoffs))
        cells = [tuple(strategy.tolist().index(1) for strategy in profile) for profile in solution.equilibria]
        assert all(regret(solution.game, profile).max() == 0 for profile in solution.equilibria)
        game = pygambit.StrategicGame.from_arrays(*(table.tolist() for table in payoffs))
        theirs = [plain(profile) for profile in pygambit.nash.enumpure_solve(game).equilibria]
        assert sorted(cells) == sorted(tuple(strategy.index(1) for strategy in profile) for profile in theirs)
        players = [qe.Player(table.transpose(np.roll(range(len(shape)), -i))) for i, table in enumerate(payoffs)]
        assert sorted(cells) == sorted(tuple(map(int, cell)) for cell in qe.pure_nash_brute(qe.NormalFormGame(players)))
