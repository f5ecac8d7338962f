from __future__ import annotations

from fractions import Fraction as F

import numpy as np

from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.public_corridor import public_corridor

SIGNALS = PublicSignals([[[0.9, 0.1], [0.5, 0.5]], [[0.5, 0.5], [0.2, 0.8]]], ("good", "bad"))
DILEMMA = StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 0]]])


def test_where_only_avoidance_is_ever_played_it_is_certain():
    model = Delegation()
    found = public_corridor(model.repeated(F(9, 10), model.outcome_signals()), model.avoidance)
    assert (found.best, found.worst, found.status) == (1, 1, "entrenched")
    other = public_corridor(model.repeated(F(9, 10), model.outcome_signals()), [("assist", "work")])
    assert (other.best, other.worst, other.status) == (0, 0, "free")


def test_stage_equilibria_on_both_sides_settle_both_ends():
    both = StrategicGame([[[2, 0], [0, 1]], [[2, 0], [0, 1]]])
    found = public_corridor(RepeatedGame(both, F(1, 2), SIGNALS), [("b", "b")])
    assert (found.best, found.worst, found.status) == (0, 1, "trap")


def test_without_equilibrium_in_pure_strategies_nothing_is_said():
    pennies = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
    found = public_corridor(RepeatedGame(pennies, F(1, 10), SIGNALS), [("b", "b")])
    assert found.status == "no equilibrium" and np.isnan(found.worst)


def test_cooperation_seen_through_noise_has_a_frequency_below_one():
    """At 0.6 > 10/17 it can be started, but errors of the signal end it: the bounds enclose the closed form.

    The best strongly symmetric equilibrium is worth 7/4 where cooperation is worth 2, so it plays (a, a) with
    frequency at least 7/8 there.
    """
    found = public_corridor(RepeatedGame(DILEMMA, F(6, 10), SIGNALS), [("a", "a")], time_limit=4)
    assert found.best == 0
    assert 7 / 8 <= found.worst_high <= 1
    assert found.worst_low <= found.worst_high
