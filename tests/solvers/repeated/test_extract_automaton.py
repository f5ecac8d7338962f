from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.extract_automaton import extract_automaton, lottery
from blamegame.solvers.repeated.set_operator.polygon import hull


@pytest.mark.parametrize("discount", [Fraction(3, 10), Fraction(6, 10), Fraction(9, 10)])
@pytest.mark.parametrize("seed", range(8))
def test_every_extreme_payoff_is_attained_by_an_equilibrium_whose_deviations_never_pay(seed, discount):
    rng = np.random.default_rng(seed)
    shape = (2, 2, 2) if seed % 2 else (2, 3, 3)
    found = payoff_set(RepeatedGame(StrategicGame(rng.integers(0, 10, shape)), discount))
    for vertex in range(len(found.inner_polygon)):
        machine = extract_automaton(found, vertex)
        assert machine.values[machine.start] == found.inner_polygon.vertices[vertex]
        assert max(gain for row in machine.gains() for gain in row) <= 0
        assert all(sum(p for _, p in draw) == 1 and min(p for _, p in draw) > 0 for draw in machine.follow)


def test_avoidance_can_be_followed_by_cooperation_and_the_path_averages_to_the_value():
    found = payoff_set(Delegation().repeated(Fraction(4, 5)))
    best = max(range(len(found.inner_polygon)), key=lambda k: sum(found.inner_polygon.vertices[k]))
    machine = extract_automaton(found, best)
    payoffs = Delegation().stage_game().payoffs.astype(float)
    weights = 0.2 * 0.8 ** np.arange(200)
    totals = []
    for seed in range(200):
        path = machine.simulate(200, np.random.default_rng(seed))
        totals.append(sum(w * payoffs[:, i, j] for w, (_, (i, j)) in zip(weights, path)))
    np.testing.assert_allclose(np.mean(totals, axis=0), [float(v) for v in machine.values[best]], atol=0.02)
    assert "deviation leads to" in str(machine) and "(start)" in str(machine)


def test_a_value_that_play_does_not_make_is_caught():
    machine = extract_automaton(payoff_set(Delegation().repeated(Fraction(4, 5))), 0)
    with pytest.raises(GameError, match="which its play does not make"):
        replace(machine, values=((Fraction(1), Fraction(1)), *machine.values[1:])).gains()


def test_lotteries_over_points_segments_and_polygons():
    half = Fraction(1, 2)
    assert lottery(hull([(half, half)]), (half, half)) == ((0, 1),)
    upright = hull([(Fraction(0), Fraction(0)), (Fraction(0), Fraction(2))])
    assert lottery(upright, (Fraction(0), half)) == ((0, Fraction(3, 4)), (1, Fraction(1, 4)))
    corners = [(Fraction(x), Fraction(y)) for x, y in [(0, 0), (4, 0), (5, 3), (2, 6), (0, 4)]]
    for x in range(5):
        point = (Fraction(x, 2) + Fraction(1, 3), Fraction(x, 2) + Fraction(1, 5))
        drawn = lottery(hull(corners), point)
        made = [sum(p * hull(corners).vertices[k][axis] for k, p in drawn) for axis in (0, 1)]
        assert tuple(made) == point
    with pytest.raises(GameError, match="is not in the polygon"):
        lottery(hull(corners), (Fraction(9), Fraction(9)))


def test_a_vertex_that_is_not_there_is_refused():
    pennies = payoff_set(RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), Fraction(1, 2)))
    with pytest.raises(GameError, match="has 0 vertices"):
        extract_automaton(pennies, 0)
