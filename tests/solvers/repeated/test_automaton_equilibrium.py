from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.automaton import Automaton, automaton, carrot_and_stick, forgiving, grim_trigger
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.solvers.repeated.automaton_equilibrium import (
    automaton_frequency,
    automaton_values,
    best_deviation,
    discount_factors,
    is_automaton_equilibrium,
)

TINY = Fraction(1, 10**12)


def dilemma(t, r, p, s):
    return StrategicGame([[[r, s], [t, p]], [[r, t], [s, p]]])


def random_automaton(rng, n_states=None, shape=(2, 2), high=4):
    stage = StrategicGame(np.array([rng.randint(0, high) for _ in range(2 * shape[0] * shape[1])]).reshape(2, *shape))
    n = n_states or rng.randint(1, 3)
    table = np.array([rng.randrange(n) for _ in range(n * shape[0] * shape[1])]).reshape(n, *shape)
    plays = tuple((rng.randrange(shape[0]), rng.randrange(shape[1])) for _ in range(n))
    return Automaton(stage, tuple(f"s{k}" for k in range(n)), plays, table)


def values_by_linear_algebra(machine, table, discount):
    n = machine.n_states
    move = np.zeros((n, n))
    for state in range(n):
        move[state, machine.follow(state)] = 1
    now = np.array([float(table[cell]) for cell in machine.plays])
    return np.linalg.solve(np.eye(n) - float(discount) * move, (1 - float(discount)) * now)


@pytest.mark.parametrize(("t", "r", "p", "s"), [(5, 3, 1, 0), (10, 9, 3, 1), (6, 4, 2, 0), (7, 4, 1, -2)])
def test_grim_trigger_is_an_equilibrium_exactly_from_its_threshold_on(t, r, p, s):
    grim = grim_trigger(dilemma(t, r, p, s), (0, 0), (1, 1))
    threshold = Fraction(t - r, t - p)
    (interval,) = discount_factors(grim)
    assert interval.low == threshold and interval.holds_low and interval.high == 1 and not interval.holds_high
    assert is_automaton_equilibrium(grim, threshold) and not is_automaton_equilibrium(grim, threshold - TINY)
    assert is_automaton_equilibrium(grim, threshold + TINY)
    assert threshold in interval and threshold - TINY not in interval


@pytest.mark.parametrize("n", [2, 3, 5, 10])
def test_cournot_grim_trigger_has_the_published_threshold_as_an_exact_rational(n):
    """Collude at the joint monopoly against Nash reversion, best deviation among the three actions of the formula."""
    a = Fraction(1)
    monopoly, nash = a / (2 * n), a / (n + 1)
    deviation = (a - (n - 1) * monopoly) / 2
    quantities = [monopoly, nash, deviation]
    payoffs = np.empty((n, *[3] * n), dtype=object) if n <= 3 else None
    if payoffs is None:  # symmetric: two players' view is enough, the others move as one
        others = [(n - 1) * q for q in (monopoly, nash)]
        table = np.array([[q * (a - q - o) for o in others] for q in quantities], dtype=object)
        still = np.zeros((3, 2), dtype=object)
        stage = StrategicGame(np.array([table, still], dtype=object))
        grim = grim_trigger(stage, (0, 0), (1, 1))
    else:
        for cell in np.ndindex(*[3] * n):
            price = a - sum(quantities[k] for k in cell)
            for player in range(n):
                payoffs[(player, *cell)] = quantities[cell[player]] * price
        grim = grim_trigger(StrategicGame(payoffs), (0,) * n, (1,) * n)
    threshold = Fraction((n + 1) ** 2, (n + 1) ** 2 + 4 * n)
    assert is_automaton_equilibrium(grim, threshold) and is_automaton_equilibrium(grim, threshold + TINY)
    assert not is_automaton_equilibrium(grim, threshold - TINY)


def test_a_verdict_equals_a_direct_one_shot_deviation_check_on_2000_random_profiles():
    rng = random.Random(1)
    seen = {True: 0, False: 0}
    for _ in range(2_000):
        machine = random_automaton(rng)
        discount = Fraction(rng.randint(0, 19), 20)
        values = [values_by_linear_algebra(machine, machine.stage.payoffs[i], discount) for i in (0, 1)]
        worst = -np.inf
        for state in machine.reachable():
            for player in (0, 1):
                for action in (0, 1):
                    cell = list(machine.plays[state])
                    cell[player] = action
                    then = values[player][machine.next_state[(state, *cell)]]
                    now = float(machine.stage.payoffs[(player, *cell)])
                    worst = max(worst, (1 - float(discount)) * now + float(discount) * then - values[player][state])
        verdict = is_automaton_equilibrium(machine, discount)
        if abs(worst) > 1e-9:
            assert verdict == (worst < 0)
        else:
            assert verdict == (best_deviation(machine, discount).gain <= 0)
        seen[verdict] += 1
    assert min(seen.values()) > 50


def test_the_exact_set_of_discount_factors_agrees_with_every_verdict_at_and_beside_its_ends():
    rng = random.Random(2)
    ends = 0
    for k in range(600):
        machine = random_automaton(rng)
        if k % 2:  # most random automata are never an equilibrium; these often are
            stage = dilemma(*sorted((rng.randint(0, 12) for _ in range(4)), reverse=True))
            make = rng.choice([grim_trigger, carrot_and_stick, lambda *a: forgiving(*a, rng.randint(1, 4))])
            machine = make(stage, (0, 0), (1, 1))
        intervals = discount_factors(machine)
        for discount in [Fraction(k, 23) for k in range(23)]:
            assert is_automaton_equilibrium(machine, discount) == any(discount in interval for interval in intervals)
        for interval in intervals:
            for end in (interval.low, interval.high):
                if end.rational is not None and 0 < end.rational < 1:
                    ends += 1
                    for discount in (end.rational - TINY, end.rational, end.rational + TINY):
                        expected = any(discount in one for one in intervals)
                        assert is_automaton_equilibrium(machine, discount) == expected
    assert ends > 20


def test_values_are_exact_and_equal_linear_algebra():
    rng = random.Random(3)
    for _ in range(100):
        machine = random_automaton(rng, n_states=4)
        exact = automaton_values(machine, machine.stage.payoffs[0], Fraction(7, 10))
        assert all(isinstance(value, Fraction) for value in exact)
        np.testing.assert_allclose(
            exact.astype(float), values_by_linear_algebra(machine, machine.stage.payoffs[0], 0.7), atol=1e-12
        )
        assert automaton_values(machine, machine.stage.payoffs[0].astype(float), 0.7).dtype == np.float64


def test_mutual_avoidance_on_the_path_is_counted_with_its_discount():
    stage = Delegation().stage_game()
    machine = forgiving(stage, ("assist", "work"), ("push", "escalate"), 2)
    slipped = Automaton(stage, machine.states[1:] + machine.states[:1], machine.plays[1:] + machine.plays[:1],
                        (machine.next_state[[1, 2, 0]] - 1) % 3)  # fmt: skip
    event = Delegation().avoidance
    assert automaton_frequency(machine, event, Fraction(9, 10)) == 0
    assert automaton_frequency(slipped, event, Fraction(1, 2)) == Fraction(3, 4)


def test_the_deviation_is_named_in_words():
    grim = grim_trigger(dilemma(5, 3, 1, 0), (0, 0), (1, 1))
    found = best_deviation(grim, Fraction(1, 4))
    assert str(found) == "in state together, 1 gains 1 by playing b once"


def test_carrot_and_stick_and_forgiving_profiles_are_what_they_say():
    stage = dilemma(5, 3, 1, 0)
    carrot = carrot_and_stick(stage, (0, 0), (1, 1))
    assert [carrot.follow(0), carrot.follow(1)] == [0, 0] and carrot.next_state[1, 0, 1] == 1
    gentle = forgiving(stage, (0, 0), (1, 1), 2)
    assert gentle.path(1) == ([1, 2, 0], 2)
    assert discount_factors(carrot) == () or all(i.low > Fraction(1, 2) for i in discount_factors(carrot))
    rule = automaton(stage, {"calm": (0, 0), "cross": (1, 1)}, lambda state, play: "cross" if "b" in play else "calm")
    assert rule.next_state[1, 0, 0] == 0


def test_simulation_follows_the_automaton_and_its_seed():
    grim = grim_trigger(dilemma(5, 3, 1, 0), (0, 0), (1, 1))
    calm = grim.simulate(5, np.random.default_rng(0))
    assert calm == [("together", (0, 0))] * 5
    shaky = grim.simulate(200, np.random.default_rng(0), slip=0.1)
    assert shaky == grim.simulate(200, np.random.default_rng(0), slip=0.1)
    first = next(k for k, (_, cell) in enumerate(shaky) if cell != (0, 0))
    assert {state for state, _ in shaky[first + 1 :]} == {"apart"}
    with pytest.raises(GameError, match="slip=2"):
        grim.simulate(1, np.random.default_rng(0), slip=2)


def test_its_graph_has_the_states_and_the_meant_moves():
    graph = grim_trigger(dilemma(5, 3, 1, 0), (0, 0), (1, 1)).to_networkx()
    assert graph.nodes["together"] == {"plays": "(a, a)", "initial": True}
    assert ("together", "apart") in graph.edges() and graph.number_of_edges() == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"states": ("x", "x")}, "must be different names"),
        ({"plays": ((0, 0),)}, "plays has 1 cells for 2 states"),
        ({"next_state": np.zeros((2, 2))}, "it needs integers of shape"),
        ({"next_state": np.full((2, 2, 2), 2)}, "next_state names state 2"),
    ],
)
def test_malformed_automata_are_refused(change, message):
    parts = {"states": ("x", "y"), "plays": ((0, 0), (1, 1)), "next_state": np.zeros((2, 2, 2), dtype=int)}
    with pytest.raises(GameError, match=message):
        Automaton(dilemma(5, 3, 1, 0), **{**parts, **change})


def test_bad_questions_are_refused():
    grim = grim_trigger(dilemma(5, 3, 1, 0), (0, 0), (1, 1))
    for discount in (1, -0.5, float("nan")):
        with pytest.raises(GameError, match="is not in"):
            is_automaton_equilibrium(grim, discount)
    with pytest.raises(GameError, match="at least one period"):
        forgiving(dilemma(5, 3, 1, 0), (0, 0), (1, 1), 0)
    with pytest.raises(GameError, match="leads to 'lost'"):
        automaton(dilemma(5, 3, 1, 0), {"a": (0, 0)}, lambda state, play: "lost")
