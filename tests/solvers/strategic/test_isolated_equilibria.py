from __future__ import annotations

import io
import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pygambit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import GameError
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.pure import pure_nash

# McKelvey and McLennan (1997), "The maximal number of regular totally mixed Nash equilibria": payoffs (1, 2, 3) of the
# cells with player 1's action first, then player 2's, then player 3's varying fastest to slowest.
MCKELVEY_MCLENNAN = [(9, 8, 12), (0, 0, 0), (0, 0, 0), (9, 8, 2), (0, 0, 0), (3, 4, 6), (3, 4, 6), (0, 0, 0)]


def from_cells(cells, shape):
    payoffs = np.zeros((len(shape), *shape), dtype=object)
    for cell, values in zip(np.ndindex(*reversed(shape)), cells):
        payoffs[(slice(None), *reversed(cell))] = values
    return StrategicGame(payoffs)


def multistart(game, rng, starts):
    """Roots of the complementarity problem found by damped Newton from random points: an independent search."""
    from scipy.optimize import root

    n = game.n_actions
    payoffs = [game.payoffs[i].astype(float) for i in range(len(n))]
    scale = max(np.ptp(table) for table in payoffs) or 1.0
    ends = np.cumsum([0, *n])

    def residual(z):
        x = [z[a:b] for a, b in pairwise(ends)]
        values = z[ends[-1] :]
        out = []
        for i in range(len(n)):
            table = payoffs[i] / scale
            for j in reversed(range(len(n))):
                if j != i:
                    table = np.tensordot(table, x[j], axes=([j], [0]))
            slack = values[i] - table
            out += [*(x[i] + slack - np.hypot(x[i], slack)), x[i].sum() - 1]
        return np.array(out)

    found = []
    for _ in range(starts):
        x = np.concatenate([rng.dirichlet(np.ones(k) * rng.choice([0.3, 1, 3])) for k in n])
        answer = root(residual, np.append(x, rng.random(len(n))), method="hybr", options={"xtol": 1e-13})
        if np.abs(answer.fun).max() < 1e-10:
            point = answer.x[: ends[-1]]
            if not any(np.abs(point - other).max() < 1e-5 for other in found):
                found.append(point)
    return found


def flat(solution):
    return [np.concatenate([np.asarray(s, dtype=float) for s in profile]) for profile in solution.equilibria]


def listed(solution):
    return [[strategy.tolist() for strategy in profile] for profile in solution.equilibria]


def test_mckelvey_and_mclennan_s_game_has_nine_equilibria():
    game = from_cells(MCKELVEY_MCLENNAN, (2, 2, 2))
    solution = isolated_equilibria(game)
    assert solution.complete and len(solution) == 9
    assert solution.stats["regret"] < 1e-12


def test_the_irrational_equilibrium_of_nau_gomez_canovas_and_hansen_is_isolated_in_a_certified_box():
    """Nau, Gomez Canovas and Hansen (2004), "On the geometry of Nash and correlated equilibria", section 4."""
    cells = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]
    solution = isolated_equilibria(from_cells(cells, (2, 2, 2)))
    assert solution.complete and len(solution) == 1
    (profile,) = solution.equilibria
    # eliminating the first two players leaves 2 z^2 + 23 z - 9 = 0, whose discriminant 601 is no square
    z = (math.sqrt(601) - 23) / 4
    truth = [(3 - 2 * z) / (4 - z), (2 - z) / (3 + z), z]
    radius = solution.stats["radius"][0]
    assert 0 < radius < 1e-9
    assert all(abs(strategy[0] - value) <= radius + 1e-15 for strategy, value in zip(profile, truth))


@pytest.mark.parametrize("shape", [(3, 3, 3), (2, 2, 2, 2, 2)])
@pytest.mark.parametrize("seed", range(3))
def test_a_complete_answer_holds_everything_an_independent_multistart_finds(shape, seed):
    rng = np.random.default_rng(seed)
    game = StrategicGame(rng.integers(0, 100, (len(shape), *shape)))
    solution = isolated_equilibria(game)
    assert solution.complete and len(solution) % 2 == 1  # an odd number, as in almost every game (Wilson 1971)
    known = flat(solution)
    for point in multistart(game, rng, 40):
        assert min(np.abs(point - other).max() for other in known) < 1e-6


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([(2, 2), (3, 2), (3, 3), (2, 4)]))
def test_with_two_players_it_agrees_with_extreme_equilibria_where_they_are_isolated(seed, shape):
    rng = np.random.default_rng(seed)
    game = StrategicGame(rng.integers(0, 1000, (2, *shape)))
    extreme, isolated = nash(game), isolated_equilibria(game)
    if isolated.complete:
        assert [[s.tolist() for s in p] for p in isolated.equilibria] == [
            [s.tolist() for s in p] for p in extreme.equilibria
        ]
    else:
        assert len(extreme.subsets) < len(extreme.equilibria) or len(extreme) > len(isolated)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([(2, 2, 2), (3, 2, 2)]))
def test_ties_never_make_a_wrong_complete_answer(seed, shape):
    rng = np.random.default_rng(seed)
    game = StrategicGame(rng.integers(0, 3, (3, *shape)))
    solution = isolated_equilibria(game, most_boxes=5_000)
    assert all(max(regret(game, profile)) < 1e-9 for profile in solution.equilibria)
    pure = {tuple(int(np.argmax(s)) for s in p) for p in solution.equilibria if all(max(s) == 1 for s in p)}
    expected = {tuple(int(np.argmax(s)) for s in profile) for profile in pure_nash(game).equilibria}
    assert expected == pure
    if solution.complete:
        known = flat(solution)
        for point in multistart(game, rng, 15):
            assert min(np.abs(point - other).max() for other in known) < 1e-5


def test_a_continuum_is_never_called_complete():
    solution = isolated_equilibria(StrategicGame(np.zeros((3, 2, 2, 2))), most_boxes=2_000)
    assert not solution.complete and "left open" in solution.status and solution.stats["unresolved"]


def test_answers_do_not_depend_on_units_shifts_or_the_order_of_players():
    rng = np.random.default_rng(5)
    payoffs = rng.integers(0, 50, (3, 2, 3, 2)).astype(object)
    base = flat(isolated_equilibria(StrategicGame(payoffs)))
    scaled = np.array([payoffs[0] * Fraction(1, 10**9), payoffs[1] * 10**12, payoffs[2] + 10**9], dtype=object)
    for one, other in zip(base, flat(isolated_equilibria(StrategicGame(scaled))), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)
    turned = StrategicGame(np.moveaxis(payoffs[[2, 0, 1]], (3, 1, 2), (1, 2, 3)))
    turned_back = [np.concatenate([p[1], p[2], p[0]]) for p in isolated_equilibria(turned).equilibria]
    for one in base:
        assert min(np.abs(one - np.asarray(other, dtype=float)).max() for other in turned_back) < 1e-9


def test_float_games_give_float_profiles_and_games_of_one_player_work():
    assert (
        isolated_equilibria(StrategicGame(np.array([[[1.0, 0.0]], [[0.0, 1.0]]]))).equilibria[0][0].dtype == np.float64
    )
    one = isolated_equilibria(StrategicGame([[1, 3, 2]]))
    assert one.complete and one.equilibria[0][0].tolist() == [0, 1, 0]
    assert not isolated_equilibria(StrategicGame([[3, 3, 2]])).complete


def test_a_time_limit_returns_what_was_found():
    rng = np.random.default_rng(1)
    solution = isolated_equilibria(StrategicGame(rng.integers(0, 100, (5, 2, 2, 2, 2, 2))), time_limit=0.0)
    assert not solution.complete and "time_limit=0.0 s ran out" in solution.status


def test_a_batch_is_refused():
    with pytest.raises(GameError, match="isolated_equilibria takes one game"):
        isolated_equilibria(StrategicGame(np.zeros((3, 2, 2, 2)), players=2))


def test_gambit_reads_the_same_game():
    """The cells above are in the order of Gambit's payoff format."""
    text = 'NFG 1 R "" { "1" "2" "3" } { 2 2 2 }\n' + " ".join(str(v) for cell in MCKELVEY_MCLENNAN for v in cell)
    game = pygambit.read_nfg(io.BytesIO(text.encode()))
    ours = from_cells(MCKELVEY_MCLENNAN, (2, 2, 2))
    assert [table.tolist() for table in game.to_arrays(dtype=float)] == ours.payoffs.astype(float).tolist()
