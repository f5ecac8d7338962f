"""The fixtures of model.md section 1: the default game and the ten named regimes with all their equilibria."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from blamegame import Delegation
from blamegame.games import expected_payoffs, pure_profile
from blamegame.solvers.strategic import nash, pure_nash

TABLE = json.loads((Path(__file__).parent / "regimes.json").read_text())


def regime(name):
    values = (Fraction(text) for text in TABLE["regimes"][name]["parameters"])
    return Delegation(**dict(zip(TABLE["columns"], values))).stage_game()


def cell(game, profile):
    """The action labels of a pure profile; None where somebody mixes."""
    if any(p not in (0, 1) for strategy in profile for p in strategy):
        return None
    return [labels[strategy.tolist().index(1)] for labels, strategy in zip(game.actions, profile)]


def test_at_the_defaults_everybody_avoids_in_the_only_equilibrium():
    solution = nash(Delegation().stage_game())
    assert solution.complete
    assert [cell(solution.game, profile) for profile in solution.equilibria] == [["push", "escalate"]]


def test_at_the_defaults_shouldering_and_owning_the_mandate_is_better_for_both():
    game = Delegation().stage_game()
    together = expected_payoffs(game, pure_profile(game, ("assist", "work")))
    assert together[0] == Fraction(427, 5000)
    assert all(together > expected_payoffs(game, nash(game).equilibria[0]))


@pytest.mark.parametrize("name", TABLE["regimes"])
def test_each_regime_has_exactly_the_equilibria_of_the_table(name):
    solution = nash(regime(name))
    cells = [cell(solution.game, profile) for profile in solution.equilibria]
    assert solution.complete
    assert [found for found in cells if found] == TABLE["regimes"][name]["pure"]
    assert cells.count(None) == TABLE["regimes"][name]["mixed"]
    assert [cell(solution.game, p) for p in pure_nash(solution.game).equilibria] == TABLE["regimes"][name]["pure"]


@pytest.mark.parametrize("name", TABLE["regimes"])
def test_a_regime_in_floats_has_the_same_equilibria(name):
    game = regime(name)
    floats = type(game)(game.payoffs.astype(float), game.players, game.actions)
    exact, rounded = nash(game), nash(floats)
    assert len(exact) == len(rounded)
    for one, other in zip(exact.equilibria, rounded.equilibria):
        assert all(s.dtype == np.float64 for s in other)
        assert all(np.allclose(a.astype(float), b, atol=1e-9) for a, b in zip(one, other))


def test_the_cycle_mixes_as_published():
    ((upper, lower),) = nash(regime("cycle")).equilibria
    assert float(upper[0]) == pytest.approx(0.4923, abs=5e-5)
    assert float(lower[0]) == pytest.approx(0.5168, abs=5e-5)
    assert lower[0] + lower[1] == 1


def test_in_collusion_both_prefer_mutual_avoidance():
    game = regime("collusion")
    avoiding = expected_payoffs(game, pure_profile(game, ("push", "escalate")))
    assert all(avoiding > expected_payoffs(game, pure_profile(game, ("assist", "work"))))
