"""Inner points are equilibria: each part of a point that is changed is noticed, and bounds from outside hold them."""

from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.deadline import Deadline
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame, to_exact
from blamegame.scenario import load
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.generated.growth import grown_towards
from blamegame.solvers.repeated.generated.points import InnerSet, generates_itself
from blamegame.solvers.repeated.generated.seeds import pure_points, stage_points
from blamegame.solvers.repeated.mediated.constraints import everything, incentives
from blamegame.solvers.repeated.mediated.outer_frequency import outer_frequency
from blamegame.solvers.repeated.mediated.outer_set import outer_set, tables_of
from blamegame.solvers.repeated.set_operator.scaled_game import ScaledGame
from blamegame.solvers.strategic.nash import nash


def seeds(game, event):
    scaled = ScaledGame(game)
    points = stage_points(scaled, event, nash(to_exact(game.stage)).equilibria, 0)
    points += pure_points(scaled, event, payoff_set(game), len(points))
    return InnerSet(scaled, event, tuple(points))


def grown(game, event, sign=1):
    return grown_towards(seeds(game, event), to_exact(game.stage), sign, deadline=Deadline())


@pytest.fixture(scope="module")
def carrier():
    model = load("carrier").model.exact()
    return grown(model.repeated(F(1, 2)), model.avoidance)


def test_the_published_point_of_carrier_is_grown(carrier):
    assert generates_itself(carrier)
    assert str(max(point.value[2] for point in carrier.points)) == "10524510171/62924634251"


def test_every_change_to_a_point_is_noticed(carrier):
    one = carrier.scaled.rational(1.0)
    at = max(range(len(carrier.points)), key=lambda k: carrier.points[k].value[2])
    point = carrier.points[at]
    tiny = one / 10**30
    changed = [replace(point, value=tuple(x + tiny * (i == k) for i, x in enumerate(point.value))) for k in range(3)]
    changed.append(replace(point, mixtures=((one, one * 0), point.mixtures[1])))
    changed.append(replace(point, promises={cell: {at: one} for cell in point.promises}))
    changed.append(replace(point, promises=dict(list(point.promises.items())[1:])))
    cell, lottery = next((c, w) for c, w in point.promises.items() if len(w) > 1)
    moved = {k: w + (tiny if j == 0 else -tiny) for j, (k, w) in enumerate(lottery.items())}
    changed.append(replace(point, promises={**point.promises, cell: moved}))
    for other in changed:
        points = [*carrier.points[:at], other, *carrier.points[at + 1 :]]
        assert not generates_itself(replace(carrier, points=tuple(points)))


def test_a_promise_of_a_point_that_is_not_there_is_noticed(carrier):
    assert not generates_itself(replace(carrier, points=carrier.points[-1:]))


@pytest.mark.parametrize("seed", range(40))
def test_grown_points_generate_themselves_and_lie_within_the_outer_bounds(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(2, 4, 2)
    stage = StrategicGame([rng.integers(-4, 5, (m, n)).tolist(), rng.integers(-4, 5, (m, n)).tolist()])
    event = np.zeros((m, n), dtype=bool)
    event[rng.integers(m), rng.integers(n)] = True
    game = RepeatedGame(stage, F(int(rng.integers(5, 95)), 100))
    found = grown(game, event, int(rng.choice([-1, 1])))
    assert generates_itself(found)
    outer = outer_set(found.scaled)
    piece = incentives(tables_of(found.scaled), found.scaled.now, everything(found.scaled.cells.shape))
    most = outer_frequency(found.scaled, outer, [piece], event.ravel())
    for point in found.points:
        v1, v2, f = (float(x) for x in point.value)
        assert (outer.directions @ [v1, v2] <= outer.heights + 1e-9).all()
        assert (most.prices @ [v1, v2] + f <= most.heights + 1e-9).all()
