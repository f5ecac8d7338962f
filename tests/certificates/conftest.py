"""One certificate of each kind about delegation, and independent answers to what certificates state."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from blamegame.certificates.certify import Certificate, certify
from blamegame.certificates.claims import (
    AllExtremeEquilibria,
    BundleRemoves,
    CorrelatedAtLeast,
    CorrelatedAtMost,
    IsNash,
    IsRobust,
    NoCorrelatedAvoids,
    NoMarkovPerfectAvoids,
    NoNashAvoids,
    NoPlayAvoids,
)
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.extensive.outcome_range import outcome_range
from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash

AVOIDANCE = Delegation().avoidance
SMALL_MENU = choose(CATALOGUE, ["tolerate", "train", "list", "escalation_rule", "harsher"])
CYCLE = Delegation(
    **{
        name: Fraction(value)
        for name, value in {
            "authority": "0.8", "responsibility": "0.45", "push_strength": "0.95", "assistance": "0.85",
            "answer_competence": "0.65", "accountability": "1.45", "tolerance": "0.2", "escalation_shield": "0.45",
            "diffusion": "0.65", "trace_shield": "0.75", "substantive_inspection": "0.85", "credit_lower": "0",
            "credit_upper": "0.35", "cost_work": "0.35", "cost_assist": "0.05",
        }.items()
    }
)  # fmt: skip


def _claims() -> dict[str, Any]:
    game = Delegation().stage_game()
    cured = apply(Delegation(), choose(CATALOGUE, ["tolerate", "train"])).stage_game()
    mixed = CYCLE.stage_game()
    certain = correlated_bounds(game, AVOIDANCE)
    chain = apply(Chain(), choose(CATALOGUE, ["empower", "reward"]))
    stages = apply(ThreeStage(), choose(CATALOGUE, ["list"]))
    tree = stages.tree(nature=False)
    calmer = apply(Scandal(), choose(CATALOGUE, ["tolerate"]))
    return {
        "is_nash": IsNash(game, pure_profile(game, ("push", "escalate"))),
        "is_nash_mixed": IsNash(mixed, nash(mixed).equilibria[0]),
        "all_extreme_equilibria": AllExtremeEquilibria(mixed, nash(mixed).equilibria),
        "correlated_at_most": NoCorrelatedAvoids(
            cured, AVOIDANCE, correlated_bounds(cured, AVOIDANCE).highest.multipliers
        ),
        "correlated_between": CorrelatedAtMost(
            mixed, AVOIDANCE, (high := correlated_bounds(mixed, AVOIDANCE).highest).value, high.multipliers
        ),
        "correlated_at_least": CorrelatedAtLeast(game, AVOIDANCE, certain.lowest.value, certain.lowest.multipliers),
        "no_nash_avoids": NoNashAvoids(cured, AVOIDANCE),
        "bundle_removes": BundleRemoves(Delegation(), SMALL_MENU, ["list"]),
        "bundle_is_robust": IsRobust(Delegation(), SMALL_MENU, ["tolerate", "train"]),
        "no_nash_avoids_of_three": NoNashAvoids(chain.stage_game(), chain.avoidance),
        "no_play_avoids": NoPlayAvoids(tree, stages.avoiding_ends(tree)),
        "no_markov_perfect_avoids": NoMarkovPerfectAvoids(calmer.stochastic_game(Fraction(9, 10)), AVOIDANCE),
    }


KINDS = (
    "is_nash", "is_nash_mixed", "all_extreme_equilibria", "correlated_at_most", "correlated_between",
    "correlated_at_least", "no_nash_avoids", "bundle_removes", "bundle_is_robust", "no_nash_avoids_of_three",
    "no_play_avoids", "no_markov_perfect_avoids",
)  # fmt: skip


@pytest.fixture(scope="session")
def certificates() -> dict[str, Certificate]:
    return {kind: certify(claim) for kind, claim in _claims().items()}


@pytest.fixture(params=KINDS)
def certificate(request: pytest.FixtureRequest, certificates: dict[str, Certificate]) -> Certificate:
    return certificates[request.param]


@pytest.fixture(scope="session")
def is_true() -> Callable[[Any, Any], bool]:
    return statement_is_true


# ---- independent answers: nothing of blamegame.certificates below this line ------------------------------------------


@cache
def gambit_equilibria(upper: Any, lower: Any) -> frozenset[Any]:
    """All extreme equilibria by Gambit's rational enummixed, from nested tuples of Fractions."""
    import pygambit as gbt

    game = gbt.StrategicGame.from_arrays(np.array(upper, dtype=object), np.array(lower, dtype=object))
    found = gbt.nash.enummixed_solve(game, rational=True).equilibria
    return frozenset(
        tuple(tuple(Fraction(str(p[who][s])) for s in game.get_strategies(who)) for who in game.players) for p in found
    )


def fractions(nested: Any) -> Any:
    return tuple(map(fractions, nested)) if isinstance(nested, list) else Fraction(nested)


def touches(equilibria: Any, event: list[tuple[int, int]]) -> bool:
    return any(x[i] * y[j] > 0 for x, y in equilibria for i, j in event)


def statement_is_true(claim: dict[str, Any], proof: dict[str, Any]) -> bool:
    """Whether the statement of a well-formed certificate is true (for a bound: proved by its multipliers)."""
    return {
        "is_nash": _nash_true,
        "all_extreme_equilibria": _all_true,
        "correlated_at_most": _bound_true,
        "correlated_at_least": _bound_true,
        "no_nash_avoids": _no_nash_true,
        "bundle_removes": _bundle_true,
        "bundle_is_robust": _bundle_true,
        "no_play_avoids": _no_play_true,
        "no_markov_perfect_avoids": _no_markov_perfect_true,
    }[claim["kind"]](claim, proof)


def _nash_true(claim: Any, proof: Any) -> bool:
    upper, lower = (np.array(table, dtype=object) for table in fractions(claim["game"]["payoffs"]))
    x, y = (np.array(strategy, dtype=object) for strategy in fractions(claim["profile"]))
    return bool(max(upper @ y) == x @ upper @ y and max(x @ lower) == x @ lower @ y)


def _all_true(claim: Any, proof: Any) -> bool:
    return frozenset(fractions(claim["equilibria"])) == gambit_equilibria(*fractions(claim["game"]["payoffs"]))


def _cells(claim: Any, actions: Any) -> list[tuple[int, int]]:
    return [(actions[0].index(a), actions[1].index(b)) for a, b in claim["event"]]


def _bound_true(claim: Any, proof: Any) -> bool:
    game = StrategicGame(fractions(claim["game"]["payoffs"]), 2)
    y, z = (np.array(table, dtype=object) for table in fractions(proof["multipliers"]))
    upper, lower = game.payoffs
    gains = (y @ upper - y.sum(axis=1)[:, None] * upper) + (lower @ z.T - lower * z.sum(axis=1)[None, :])
    inside = np.zeros(game.n_actions, dtype=object)
    for cell in _cells(claim, claim["game"]["actions"]):
        inside[cell] = 1
    sign = 1 if claim["kind"] == "correlated_at_most" else -1
    proved = (y >= 0).all() and (z >= 0).all() and (sign * (inside - Fraction(claim["value"])) <= gains).all()
    if proved:  # a proof must not contradict the linear programme
        bounds = correlated_bounds(game, inside.astype(bool))
        assert sign * ((bounds.highest if sign > 0 else bounds.lowest).value - Fraction(claim["value"])) <= 0
    return bool(proved)


def _no_nash_true(claim: Any, proof: Any) -> bool:
    if len(claim["game"]["players"]) > 2:
        return _no_nash_of_many_true(claim)
    found = gambit_equilibria(*fractions(claim["game"]["payoffs"]))
    return not touches(found, _cells(claim, claim["game"]["actions"]))


def _no_nash_of_many_true(claim: Any) -> bool:
    """By the library's search over supports."""
    game = StrategicGame(fractions(claim["game"]["payoffs"]), 3, claim["game"]["actions"])
    cells = [[labels.index(a) for labels, a in zip(claim["game"]["actions"], cell)] for cell in claim["event"]]
    found = isolated_equilibria(game)
    return not any(all(p[i][a] > 0 for i, a in enumerate(cell)) for p in found.equilibria for cell in cells)


def _no_play_true(claim: Any, proof: Any) -> bool:
    """By the library's backward induction. (Where only mixing at a tie reaches the event, the checker gives none.)"""
    data = claim["game"]

    def branch(called: str) -> Any:
        node = data["nodes"][called]
        if "payoffs" in node:
            return End(fractions(node["payoffs"]))
        if "chance" in node:
            return Chance({label: (Fraction(p), branch(below)) for label, (p, below) in node["then"].items()})
        return Decision(node["player"], {label: branch(below) for label, below in node["then"].items()})

    tree = grow(data["players"], branch(data["root"]))
    ends = [k for k in tree.terminals if [action for _, action in tree.path(k)] in claim["ends"]]
    return outcome_range(tree, ends).highest == 0


def _no_markov_perfect_true(claim: Any, proof: Any) -> bool:
    data = claim["game"]
    stages = [StrategicGame(fractions(s["payoffs"]), data["players"], s["actions"]) for s in data["stages"]]
    tables = [fractions(stage["next"]) for stage in data["stages"]]
    game = StochasticGame(stages, tables, Fraction(data["discount"]), data["states"])
    events = []
    for state, stage in zip(data["states"], stages):
        events.append(np.zeros(stage.n_actions, dtype=bool))
        for cell in claim["event"].get(state, []):
            events[-1][tuple(labels.index(a) for labels, a in zip(stage.actions, cell))] = True
    return bool(markov_avoidance_range(game, events, start=data["start"]).worst == 0)


def _bundle_true(claim: Any, proof: Any) -> bool:
    others = [reform for reform in claim["reforms"] if reform not in claim["bundle"]]
    count = 2 ** len(others) if claim["kind"] == "bundle_is_robust" else 1
    event = _cells(claim, claim["model"]["actions"])
    for mask in range(count):
        chosen = {*claim["bundle"], *(reform for k, reform in enumerate(others) if mask >> k & 1)}
        payoffs = _payoffs(claim["model"], [edit for reform in chosen for edit in claim["reforms"][reform]])
        if payoffs is None or touches(gambit_equilibria(*payoffs), event):
            return False
    return True


def _payoffs(model: Any, edits: Any) -> Any:
    """The payoffs by recursion on the registers, after edits as max(scale x value + add, floor)."""
    values = {}
    for parameter, (start, low, high) in model["parameters"].items():
        mine = {how: [Fraction(x) for p, kind, x in edits if (p, kind) == (parameter, how)] for how in
                ("scale", "add", "floor")}  # fmt: skip
        value = Fraction(start) * np.prod([Fraction(1), *mine["scale"]]) + sum(mine["add"])
        value = max([value, Fraction(low), *mine["floor"]])
        values[parameter] = value if high is None else min(value, Fraction(high))

    @cache
    def at(k: int) -> Fraction:
        how, *parts = model["program"][k]
        if how in ("parameter", "number"):
            return values[parts[0]] if how == "parameter" else Fraction(parts[0])
        x, y = map(at, parts)
        if how == "max":
            return x if x > y else y
        if how == "ratio":
            return Fraction(0) if y == 0 else x / y
        return {"+": x + y, "-": x - y, "*": x * y}[how] if how != "/" else x / y

    try:
        for k in range(len(model["program"])):
            at(k)
        return tuple(tuple(tuple(map(at, row)) for row in table) for table in model["payoffs"])
    except ZeroDivisionError:
        return None
