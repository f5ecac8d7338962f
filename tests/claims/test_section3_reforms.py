"""The facts of model.md section 3, and the whole table of 4,096 bundles against a second, exact computation.

The second computation shares nothing with the library: parameters, reforms and payoffs are written out again from the
specification in rational arithmetic, and the equilibria of each 2 x 3 game are found on paper's terms: lower's replies
can change only where two of its payoff lines cross, so only those mixtures of upper (and its two pure actions) matter.
"""

from __future__ import annotations

from fractions import Fraction
from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import removes, unique, unlocks
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.solvers.strategic.nash import nash

DEFAULTS = {
    "a": "0.30", "r": "0.50", "k": "0.70", "z": "0", "s": "0.60", "n": "0.50", "b": "0.10", "A": "1", "t": "0.10",
    "e": "0.70", "d": "0.80", "w": "0.60", "m": "0.20", "f": "0.30", "cl": "0.30", "cu": "0.60", "y": "1",
    "c_work": "0.25", "c_esc": "0.05", "c_form": "0.10", "c_assist": "0.25", "c_push": "0.02", "c_ans": "0.15",
}  # fmt: skip
UNBOUNDED = {"A", "f", "cl", "cu", "c_work", "c_esc", "c_form", "c_assist", "c_push", "c_ans"}
REFORMS = {
    "empower": [("a", "add", "0.35")],
    "list": [("k", "scale", "0.4"), ("d", "scale", "0.25")],
    "tolerate": [("t", "floor", "0.5")],
    "inspect_substance": [("m", "floor", "0.7"), ("w", "scale", "0.5")],
    "trace_upward": [("z", "floor", "0.7")],
    "train": [("s", "add", "0.3"), ("c_assist", "scale", "0.6")],
    "answer": [("n", "add", "0.25"), ("c_ans", "scale", "0.4")],
    "reward": [("cl", "add", "0.3")],
    "lighten": [("A", "scale", "0.6"), ("c_form", "scale", "0.7")],
    "voice": [("cl", "add", "0.15"), ("cu", "add", "0.15"), ("m", "add", "0.2")],
    "escalation_rule": [("e", "scale", "0.4")],
    "harsher": [("A", "scale", "1.6")],
}
NAMES = list(REFORMS)


def reformed(bundle: int) -> dict[str, Fraction]:
    p = {name: F(value) for name, value in DEFAULTS.items()}
    edits = [edit for i, name in enumerate(NAMES) if bundle >> i & 1 for edit in REFORMS[name]]
    for kind, change in (("scale", F.__mul__), ("add", F.__add__), ("floor", max)):
        for name, step, number in edits:
            if step == kind:
                p[name] = change(p[name], F(number))
    return {name: max(F(0), value if name in UNBOUNDED else min(F(1), value)) for name, value in p.items()}


def stage_game(p):
    """Success and both payoff tables of model.md section 1."""
    a, r, k, z, s, n, b, A, t, e, d, w, m, f, cl, cu, y, c_work, c_esc, c_form, c_assist, c_push, c_ans = p.values()
    g = lambda x: b + (1 - b) * x  # noqa: E731
    q = [[g(a + (1 - a) * s), g(n), b], [g(a), b, b]]
    rp = r + k * (1 - z) * (1 - r)
    down = [[R * (1 - t), R * (1 - e), R * (1 - (1 - m) * w)] for R in (r, rp)]
    up = [
        [(1 - t) * (1 - r), (1 - t) * (1 - r + r * e), (1 - t) * (1 - r)],
        [1 - rp, 1 - rp + rp * e * (1 - d), 1 - rp],
    ]
    cost_up = [[c_assist, c_assist + c_ans, c_assist], [c_push] * 3]
    cost_down = [c_work, c_esc, c_form + m * f]
    upper = [[cu * q[i][j] - A * (1 - q[i][j]) * up[i][j] - cost_up[i][j] for j in range(3)] for i in range(2)]
    lower = [[y * cl * q[i][j] - A * (1 - q[i][j]) * down[i][j] - cost_down[j] for j in range(3)] for i in range(2)]
    return q, upper, lower


def extreme_equilibria(upper, lower):
    """Every extreme Nash equilibrium of a 2 x n game as (Pr(first row), column probabilities)."""
    columns = range(len(upper[0]))
    gain = [upper[0][j] - upper[1][j] for j in columns]
    slope = [lower[0][j] - lower[1][j] for j in columns]
    mixtures = {F(0), F(1)}
    for j in columns:
        for i in range(j):
            if slope[i] != slope[j]:
                x = (lower[1][i] - lower[1][j]) / (slope[j] - slope[i])
                if 0 < x < 1:
                    mixtures.add(x)
    found = set()
    for x in mixtures:
        worth = [x * lower[0][j] + (1 - x) * lower[1][j] for j in columns]
        replies = [j for j in columns if worth[j] == max(worth)]
        for j in replies:
            if (gain[j] >= 0 and x == 1) or (gain[j] <= 0 and x == 0) or gain[j] == 0:
                found.add((x, tuple(F(i == j) for i in columns)))
            for i in replies:
                if gain[j] > 0 > gain[i]:
                    share = gain[i] / (gain[i] - gain[j])
                    found.add((x, tuple(share if c == j else 1 - share if c == i else F(0) for c in columns)))
    return sorted(found)


def judge(bundle):
    q, upper, lower = stage_game(reformed(bundle))
    equilibria = extreme_equilibria(upper, lower)
    avoidance = [(1 - x) * (y[1] + y[2]) for x, y in equilibria]
    success = [
        sum((x if i == 0 else 1 - x) * y[j] * q[i][j] for i in range(2) for j in range(3)) for x, y in equilibria
    ]
    work = (F(1), (F(1), F(0), F(0)))
    return min(avoidance), max(avoidance), min(success), work in equilibria, equilibria == [work]


@pytest.fixture(scope="module")
def table():
    return [judge(bundle) for bundle in range(4096)]


@pytest.fixture(scope="module")
def plan():
    return search(Delegation())


@pytest.fixture(scope="module")
def unique_plan():
    return search(Delegation(), CATALOGUE, unique(("assist", "work")))


def flags(plan):
    return plan.success.tolist()


def test_every_bundle_agrees_with_the_second_computation(table, plan, unique_plan):
    lowest, highest, success, unlocked, only = zip(*table)
    assert flags(plan) == [worst == 0 for worst in highest]
    assert flags(unique_plan) == list(only)
    assert flags(search(Delegation(), CATALOGUE, unlocks(("assist", "work")))) == list(unlocked)
    words = ["free" if high == 0 else "trap" if low == 0 else "entrenched" for low, high in zip(lowest, highest)]
    assert plan.status.tolist() == words == unique_plan.status.tolist()
    assert np.abs(plan.range.low.lower - np.array(lowest, dtype=float)).max() < 1e-12
    assert np.abs(plan.range.high.upper - np.array(highest, dtype=float)).max() < 1e-12
    assert np.abs(plan.values - np.array(success, dtype=float)).max() < 1e-12


def test_the_catalogue_is_the_table_of_the_specification():
    symbols = {spec.symbol: name for name, spec in Delegation.parameters().items()}
    for bundle in [1 << i for i in range(12)] + [4095]:
        model = apply(Delegation(), choose(CATALOGUE, [name for i, name in enumerate(NAMES) if bundle >> i & 1]))
        assert {symbol: getattr(model, symbols[symbol]) for symbol in DEFAULTS} == reformed(bundle)


def test_the_second_computation_agrees_with_gambit():
    import pygambit

    for bundle in np.random.default_rng(3).integers(0, 4096, 40).tolist():
        _, upper, lower = stage_game(reformed(bundle))
        rational = [np.array([[pygambit.Rational(v) for v in row] for row in side]) for side in (upper, lower)]
        game = pygambit.StrategicGame.from_arrays(*rational)
        found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
        profiles = [[[F(str(p[who][s])) for s in game.get_strategies(who)] for who in game.players] for p in found]
        assert sorted({(x[0], tuple(y)) for x, y in profiles}) == extreme_equilibria(upper, lower)


def test_mutual_avoidance_is_absent_in_3410_bundles_20_of_them_minimal(plan):
    assert plan.base.range.status == "entrenched" and (plan.base.range.low.lower, plan.base.range.high.upper) == (1, 1)
    assert plan.bundles_total == 4096
    assert len(plan.successes) == 3410
    assert len(plan.minimal) == 20
    assert ("list",) in plan.minimal


def test_work_is_the_unique_equilibrium_in_1111_bundles_34_of_them_minimal(unique_plan):
    assert len(unique_plan.successes) == 1111
    assert len(unique_plan.minimal) == 34


def test_success_is_not_upward_closed(plan):
    assert len(plan.closure_violations) == 1181
    assert plan.succeeds(["list"]) and not plan.succeeds(["list", "escalation_rule"])
    assert plan.broken_by_more(1) == ("adding escalation_rule to list brings avoidance back",)
    assert [plan.number(["list"]), NAMES.index("escalation_rule")] in plan.closure_violations.tolist()


def test_the_smallest_robust_bundle_is_tolerate_and_train(plan):
    assert plan.robust_minimal[0] == ("tolerate", "train")
    assert sum(len(bundle) == 2 for bundle in plan.robust_minimal) == 1
    everything = plan.number(["tolerate", "train"])
    supersets = [b for b in range(4096) if b & everything == everything]
    assert set(supersets) <= set(plan.robust.tolist()) and len(supersets) == 1024


def test_forbidding_escalation_alone_only_displaces_avoidance(plan):
    assert not plan.succeeds(["escalation_rule"])
    game = apply(Delegation(), choose(CATALOGUE, ["escalation_rule"])).stage_game()
    (equilibrium,) = nash(game).equilibria
    played = [labels[strategy.tolist().index(1)] for labels, strategy in zip(game.actions, equilibrium)]
    assert played == ["push", "formalism"]


def test_shapley_shares_of_worst_equilibrium_success(plan):
    wanted = {
        "answer": 0.1404, "train": 0.1359, "list": 0.1135, "empower": 0.1053, "voice": 0.0870, "tolerate": 0.0771,
        "reward": 0.0668, "escalation_rule": 0.0587, "trace_upward": 0.0578, "harsher": 0.0386,
        "inspect_substance": 0.0138, "lighten": -0.0264,
    }  # fmt: skip
    assert {name: round(share, 4) for name, share in plan.shapley.items()} == wanted
    assert round(sum(plan.shapley.values()), 4) == 0.8685
    assert sum(plan.shapley.values()) == pytest.approx(plan.values[-1] - plan.values[0], abs=1e-12)


def test_the_default_goal_is_removing_avoidance_under_nash(plan):
    assert plan.goal == removes() and repr(plan.concept) == "Nash()"
