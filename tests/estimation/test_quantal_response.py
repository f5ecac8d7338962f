from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.estimation.design import Design, Experiment, SymmetricGame
from blamegame.estimation.general_branch import general_choices
from blamegame.estimation.payoff_map import PayoffMap
from blamegame.estimation.quantal_response import logit_choices, two_offices
from blamegame.estimation.scalar_logit import Alike, branches, odds_share, principal
from blamegame.estimation.theory import QuantalResponse
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply
from blamegame.scenario.scenario import load
from blamegame.solvers.strategic.logit import logit

REGIMES = {"base": (), **{reform.name: (reform,) for reform in CATALOGUE}}
DEFAULTS = Delegation().parameters()
ALL = [name for name in DEFAULTS if name != "causal_weight"]


def choices_at(design, theta):
    return QuantalResponse().predictor(design, design.varied, np.zeros(1))(np.atleast_2d(theta))


def richardson(function, theta, q, step=1e-3):
    """Derivative in coordinate ``q`` of sixth order."""

    def central(h):
        move = np.zeros_like(theta)
        move[q] = h
        return (function(theta + move) - function(theta - move)) / (2 * h)

    one, two, four = central(step), central(step / 2), central(step / 4)
    first, second = (4 * two - one) / 3, (4 * four - two) / 3
    return (16 * second - first) / 15


def test_the_traps_three_branches():
    trap = load("trap").model
    payoffs = np.array(trap.payoffs(), dtype=float)[None, None]
    rates = np.array([4.0, 5.0, 8.0])
    equation = two_offices(np.repeat(payoffs, 3, axis=0), rates)
    z, count = principal(equation)
    assert odds_share(z) == pytest.approx([0.053603, 0.020054, 0.001334], abs=1e-6)
    assert count.tolist() == [1, 3, 3]
    assert odds_share(branches(equation, 1)) == pytest.approx([0.020054, 0.775760, 0.822131], abs=1e-6)
    assert odds_share(branches(equation, 2)) == pytest.approx([0.001334, 0.627648, 0.978701], abs=1e-6)


@pytest.mark.parametrize("weight", [0, 0.25], ids=["territorial", "causal"])
def test_derivatives_agree_with_richardson_differences(weight):
    model = Delegation(causal_weight=weight)
    free = (
        "authority",
        "escalation_shield",
        "diffusion",
        "accountability",
        "trace_shield",
        "credit_lower",
        "cost_work",
    )
    design = Design(model, REGIMES, free)
    theta = np.array([0.31, 0.66, 0.77, 0.95, 0.52, 0.33, 0.21, np.log(7.0)])
    _, slopes = choices_at(design, theta)
    for q in range(len(theta)):
        expected = richardson(lambda t: choices_at(design, t)[0][0], theta, q)
        assert np.abs(expected - slopes[0, q]).max() < 1e-8


@given(st.integers(0, 2**32 - 1), st.floats(0.5, 20))
@settings(max_examples=40)
def test_derivatives_agree_with_differences_at_any_parameters(seed, rate):
    rng = np.random.default_rng(seed)
    free = tuple(rng.choice([n for n in ALL if DEFAULTS[n].high is not None], size=3, replace=False).tolist())
    design = Design(Delegation(), {"base": (), "lighten": ["lighten"], "voice": ["voice"]}, free)
    theta = np.array([*rng.uniform(0.2, 0.7, size=3), np.log(rate)])
    logs, slopes = choices_at(design, theta)
    near = [choices_at(design, theta + h * np.eye(4)[q])[0] for q in range(4) for h in (1e-4, -1e-4)]
    if max(np.abs(one - logs).max() for one in near) > 0.05:
        return  # a fold of the branch is near, and differences see both sides of it
    for q in range(4):
        expected = richardson(lambda t: choices_at(design, t)[0][0], theta, q, step=1e-4)
        assert np.abs(expected - slopes[0, q]).max() < 1e-6 * max(1, np.abs(expected).max())


@pytest.mark.parametrize("rate", [0.3, 3.0, 12.0, 60.0])
def test_the_principal_branch_is_that_of_the_solver_for_any_game(rate):
    for name in ("h_county", "trap", "paper_trap", "chicken", "cycle", "collusion", "dumping"):
        game = load(name).model.stage_game()
        profile = logit(game, most_rationality=rate).profiles[-1]
        logs, _ = logit_choices(
            np.array(game.payoffs, dtype=float)[None, None], np.zeros((1, 1, 0, 2, 2, 3)), np.array([rate])
        )
        assert np.exp(logs[0, 0]) == pytest.approx(np.concatenate(profile), abs=1e-7), (name, rate)


@given(st.integers(0, 2**32 - 1), st.floats(0.1, 40), st.integers(2, 4))
@settings(max_examples=40)
def test_every_listed_branch_solves_the_equations_and_their_number_is_odd(seed, rate, m):
    payoffs = np.random.default_rng(seed).uniform(-1, 1, size=(1, 1, 2, 2, m))
    equation = two_offices(payoffs, np.array([rate]))
    roots = branches(equation, 0)
    assert len(roots) % 2 == 1
    for z in roots:
        x = np.array([odds_share(z), odds_share(-z)])
        worth = x @ payoffs[0, 0, 1]
        y = np.exp(rate * (worth - worth.max()))
        y /= y.sum()
        gain = rate * (payoffs[0, 0, 0, 0] - payoffs[0, 0, 0, 1]) @ y
        assert z == pytest.approx(gain, abs=1e-7)


@given(st.integers(0, 2**32 - 1), st.floats(1, 40))
@settings(max_examples=20)
def test_no_root_is_missed_by_a_fine_grid(seed, rate):
    payoffs = np.random.default_rng(seed).uniform(-1, 1, size=(1, 1, 2, 2, 3))
    equation = two_offices(payoffs, np.array([rate]))
    low, high = equation.ends()
    z = np.linspace(min(low[0], 0) - 1e-6, max(high[0], 0) + 1e-6, 40_001)
    h = z - equation.take(np.zeros(len(z), dtype=int)).gain(z)[0]
    assert ((h[:-1] < 0) != (h[1:] < 0)).sum() <= len(branches(equation, 0))


def test_the_general_branch_agrees_with_the_scalar_form():
    tables = PayoffMap(Delegation(), {"base": ()}, ["authority", "tolerance"])
    payoffs, rise = tables.tables(np.array([[0.3, 0.2]]))
    logs, slopes = logit_choices(payoffs, rise, np.array([6.0]))
    general, by_general = general_choices(payoffs[0, 0], rise[0, 0], 6.0)
    assert general == pytest.approx(logs[0, 0], abs=1e-11)
    assert by_general == pytest.approx(slopes[0, :, 0], abs=1e-9)


def test_a_chain_of_three_has_exact_derivatives():
    design = Design(Chain(tiers=3), {"base": (), "list": ["list"]}, ("authority", "push_strength"))
    theta = np.array([0.3, 0.7, np.log(3.0)])
    logs, slopes = choices_at(design, theta)
    assert np.exp(logs[0]).reshape(2, 7)[:, :2].sum(axis=1) == pytest.approx([1, 1])
    for q in range(3):
        expected = richardson(lambda t: choices_at(design, t)[0][0], theta, q)
        assert np.abs(expected - slopes[0, q]).max() < 1e-8


def test_offices_may_be_the_other_way_round():
    rng = np.random.default_rng(3)
    wide = StrategicGame(rng.uniform(size=(2, 2, 3)))
    tall = StrategicGame(np.swapaxes(np.flip(wide.payoffs, axis=0), 1, 2))
    theta = np.array([[np.log(5.0)]])
    one = choices_at(Experiment({"g": wide}), theta)
    other = choices_at(Experiment({"g": tall}), theta)
    for x, y in zip(one, other):
        assert np.roll(y, 2, axis=-1) == pytest.approx(x, abs=1e-12)


def test_a_symmetric_game_of_two_is_the_same_as_its_table():
    game = SymmetricGame.volunteers(2, value=1.0, cost=0.2, nobody=0.2)
    act = np.array([[0.8, 0.8], [1.0, 0.2]])
    table = StrategicGame(np.stack([act, act.T]))
    theta = np.array([[np.log(11.0)]])
    alike, table_choices = choices_at(Experiment({"g": game}), theta), choices_at(Experiment({"g": table}), theta)
    assert alike[0][0] == pytest.approx(table_choices[0][0, :2], abs=1e-10)
    assert alike[1][0, 0] == pytest.approx(table_choices[1][0, 0, :2], abs=1e-7)


def test_a_symmetric_equation_has_every_root():
    game = SymmetricGame((-0.3, 0.1, 0.9))
    weights = np.array([[1.0, 2.0, 1.0]])
    equation = Alike(np.array([game.gains]), weights, np.array([2]), np.array([15.0]))
    roots = branches(equation, 0)
    assert len(roots) == 3
    assert roots == pytest.approx(equation.take(np.zeros(3, dtype=int)).gain(roots)[0], abs=1e-7)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_payoff_tables_are_those_of_the_reformed_model(seed):
    rng = np.random.default_rng(seed)
    names = rng.choice(ALL, size=4, replace=False).tolist()
    values = rng.uniform(0, 1, size=4)
    payoffs, _ = PayoffMap(Delegation(), REGIMES, names).tables(values[None])
    model = Delegation().replace(dict(zip(names, values.tolist())))
    for g, bundle in enumerate(REGIMES.values()):
        assert payoffs[0, g] == pytest.approx(np.array(apply(model, bundle).payoffs(), dtype=float), abs=1e-13)


def test_nothing_overflows_at_extreme_precision():
    design = Design(Delegation(), {"base": ()}, ("authority",))
    for rate in (1e-6, 1e3, 1e6):
        logs, slopes = choices_at(design, np.array([0.4, np.log(rate)]))
        assert np.isfinite(logs).all() and np.isfinite(slopes).all()


def test_an_office_without_a_choice_is_no_obstacle():
    """Against one action z is the precision times what the first action gains."""
    game = StrategicGame(np.array([[[1.0], [0.4]], [[0.0], [0.0]]]))
    logs, _ = choices_at(Experiment({"g": game}), np.array([np.log(5.0)]))
    assert logs[0, 0] - logs[0, 1] == pytest.approx(5.0 * 0.6)
    assert logs[0, 2] == 0
