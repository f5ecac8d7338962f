"""One certificate of each kind about delegation, and independent answers to what certificates state."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from blamegame.certificates.certify import Certificate, certify
from blamegame.certificates.claims import (
    AllExtremeEquilibria,
    BundleBounds,
    BundleBoundsRobustly,
    BundleFreesMandates,
    BundleFreesMandatesRobustly,
    BundleRemoves,
    CorrelatedAtLeast,
    CorrelatedAtMost,
    IsNash,
    IsRobust,
    NoCorrelatedAvoids,
    NoMandateAvoids,
    NoMarkovPerfectAvoids,
    NoNashAvoids,
    NoPlayAvoids,
)
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.models.arborescence import Arborescence
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.hierarchy import Hierarchy
from blamegame.models.scandal import Scandal
from blamegame.models.three_stage import ThreeStage
from blamegame.models.threshold import Threshold
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.scenario import load
from blamegame.solvers.extensive.outcome_range import outcome_range
from blamegame.solvers.stochastic.frequency_range import markov_avoidance_range
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.rationalizable import rationalizable

sys.path.insert(0, str(Path(__file__).parent))  # for the package ``forging`` beside this file

from forging.region_claims import bound_claim, region_claim
from forging.region_oracle import is_refuted, point_refutes

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
        **_claims_of_other_forms(),
        "region_removes": region_claim("list_answer_10"),
        "region_removes_by_supports": region_claim("list_harsher_15"),
        "region_removes_robustly": region_claim("robust_17"),
        "region_fails": region_claim("cycle_fails"),
        "region_fails_purely": region_claim("trap_fails"),
        "region_entrenched": region_claim("entrenched"),
        "region_avoidable": region_claim("trap_avoidable"),
        "region_refuted": region_claim("refuted_tt"),
        "region_bounds": bound_claim(relation=">=", player=None, bound=Fraction(9, 10), within=Fraction(1, 100)),
        "region_bounds_a_payoff": bound_claim(
            relation="<=", player="upper", bound=Fraction(-1, 10), within=Fraction(1, 100)
        ),
    }


def _claims_of_other_forms() -> dict[str, Any]:
    shipped = {name: load(name) for name in ("team", "departments", "markup", "nation")}
    team, departments, markup, nation = ((shipped[name].model, shipped[name].menu) for name in shipped)
    values = {name: getattr(nation[0], name) for name in nation[0].parameters()}
    small = Hierarchy(tree=(1, 2, 3), **values)
    freed = apply(Hierarchy(tree=(1, 2), **values), choose(nation[1], ["empower"]))
    enough = Threshold("effort", "<", Fraction(1, 10))
    capacity = Threshold("target_factor", ">", "capacity")
    paper = Threshold("paperwork_share", ">", Fraction(1, 2))
    return {
        "bundle_bounds_team": BundleBounds(*team, ["forgive", "reward_more"], enough),
        "bundle_bounds_departments": BundleBoundsRobustly(*departments, ["price_letters", "short_letters"], paper),
        "bundle_bounds_markup": BundleBoundsRobustly(*markup, ["cap_markup"], capacity),
        "no_mandate_avoids": NoMandateAvoids(freed.network_game(), freed.avoidance),
        "bundle_frees_mandates": BundleFreesMandates(small, nation[1], ["list"]),
        "bundle_frees_mandates_robustly": BundleFreesMandatesRobustly(small, nation[1][:3], ["list"]),
    }


KINDS = (
    "is_nash", "is_nash_mixed", "all_extreme_equilibria", "correlated_at_most", "correlated_between",
    "correlated_at_least", "no_nash_avoids", "bundle_removes", "bundle_is_robust", "no_nash_avoids_of_three",
    "no_play_avoids", "no_markov_perfect_avoids", "bundle_bounds_team", "bundle_bounds_departments",
    "bundle_bounds_markup", "no_mandate_avoids", "bundle_frees_mandates", "bundle_frees_mandates_robustly",
    "region_removes", "region_removes_by_supports", "region_removes_robustly", "region_fails", "region_fails_purely",
    "region_entrenched", "region_avoidable", "region_refuted", "region_bounds", "region_bounds_a_payoff",
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
    """Whether the statement of a well-formed certificate is true (for a bound: proved by its multipliers).

    Of a box of models: whether no point that was tried refutes it.
    """
    if claim["kind"] == "region_refuted":
        return point_refutes(claim, proof)
    if claim["kind"].startswith("region_"):
        return not is_refuted(claim, gambit_equilibria)
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
        "bundle_bounds": _bounds_true,
        "bundle_bounds_robustly": _bounds_true,
        "no_mandate_avoids": _mandates_true,
        "bundle_frees_mandates": _bundle_frees_true,
        "bundle_frees_mandates_robustly": _bundle_frees_true,
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
    event = _cells(claim, claim["model"]["actions"])
    for edits in _edits_of_bundles(claim, claim["kind"] == "bundle_is_robust"):
        payoffs = _payoffs(claim["model"], edits)
        if payoffs is None or touches(gambit_equilibria(*payoffs), event):
            return False
    return True


def _edits_of_bundles(claim: Any, robust: bool) -> Iterator[list[Any]]:
    others = [reform for reform in claim["reforms"] if reform not in claim["bundle"]]
    for mask in range(2 ** len(others) if robust else 1):
        chosen = {*claim["bundle"], *(reform for k, reform in enumerate(others) if mask >> k & 1)}
        yield [edit for reform in chosen for edit in claim["reforms"][reform]]


def _values(model: Any, edits: Any) -> dict[str, Fraction]:
    """The parameters after edits, as max(scale x value + add, floor)."""
    values = {}
    for parameter, (start, low, high) in model["parameters"].items():
        mine = {how: [Fraction(x) for p, kind, x in edits if (p, kind) == (parameter, how)] for how in
                ("scale", "add", "floor")}  # fmt: skip
        value = Fraction(start) * np.prod([Fraction(1), *mine["scale"]]) + sum(mine["add"])
        value = max([value, Fraction(low), *mine["floor"]])
        values[parameter] = value if high is None else min(value, Fraction(high))
    return values


def _payoffs(model: Any, edits: Any) -> Any:
    """The payoffs by recursion on the registers, nested as they are."""
    values = _values(model, edits)

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
        return _mapped(at, model["payoffs"])
    except ZeroDivisionError:
        return None


def _mapped(at: Any, nested: Any) -> Any:
    return tuple(_mapped(at, item) for item in nested) if isinstance(nested, list) else at(nested)


def _bounds_true(claim: Any, proof: Any) -> bool:
    """By the closed formulas, for mark-ups to 60 digits."""
    for edits in _edits_of_bundles(claim, claim["kind"] == "bundle_bounds_robustly"):
        p = _values(claim["model"], edits)
        zero = {"departments": ("value", "time", "letter_time"), "markup": ("strain", "noise")}
        if min(p.values()) < 0 or any(p[name] == 0 for name in zero.get(claim["model"]["mechanism"], ())):
            return False
        bound = p[claim["bound"]] if claim["bound"] in p else Fraction(claim["bound"])
        with mpmath.workdps(60):
            found = _measure(claim["model"]["mechanism"], claim["model"]["size"], p, claim["measure"])
            there = (
                found - bound
                if isinstance(found, Fraction)
                else found - mpmath.mpf(bound.numerator) / bound.denominator
            )
            holds = {"<=": there <= 0, "<": there < 0, ">=": there >= 0, ">": there > 0}[claim["relation"]]
        if not holds:
            return False
    return True


def _measure(mechanism: str, n: int, p: dict[str, Fraction], measure: str) -> Any:
    if mechanism == "team":
        return max(Fraction(0), p["reward"] / n - p["exposure"] * p["accountability"] * (1 - p["tolerance"]))
    if mechanism == "departments":
        share = Fraction(n - 1, n) / (1 + p["letter_cost"] / p["value"] / p["letter_time"])
        return share if measure == "paperwork_share" else share * p["time"] / p["letter_time"] / n
    s, cap = (mpmath.mpf(x.numerator) / x.denominator for x in (p["noise"], p["cap"]))
    ratio = p["penalty"] / p["strain"] / p["noise"]
    ratio = mpmath.mpf(ratio.numerator) / ratio.denominator / mpmath.sqrt(2 * mpmath.pi)
    x = s * mpmath.sqrt(2 * mpmath.log(ratio)) if ratio > 1 else mpmath.mpf(0)
    if measure == "layer_markup":
        return p["cap"] if x >= cap else x
    factor, most = mpmath.exp(n * min(x, cap)), p["capacity"]
    if measure == "target_factor":
        return factor
    return factor * most.denominator / most.numerator if most else mpmath.inf


def _mandates_true(claim: Any, proof: Any) -> bool:
    return _nobody_avoids(claim["game"], fractions(claim["game"]["payoffs"]), claim["event"])


def _bundle_frees_true(claim: Any, proof: Any) -> bool:
    for edits in _edits_of_bundles(claim, claim["kind"] == "bundle_frees_mandates_robustly"):
        payoffs = _payoffs(claim["model"], edits)
        if payoffs is None or not _nobody_avoids(claim["model"], payoffs, claim["event"]):
            return False
    return True


@cache
def _rationalizable(above: tuple[int, ...], kinds: tuple[int, ...], sizes: tuple[int, int], payoffs: Any) -> Any:
    """What is rationalizable in the whole table of the game, by linear programming."""
    n, leaves = len(above), [k for k in range(len(above)) if k not in above]
    actions = [sizes[k in leaves] for k in range(n)]
    table = np.full((n, *actions), Fraction(0), dtype=object)
    for cell in np.ndindex(*actions):
        for leaf, kind in zip(leaves, kinds):
            path = [leaf]
            while path[-1]:
                path.append(above[path[-1]])
            for tier, office in enumerate(reversed(path)):
                payoff = payoffs[kind][tier]
                for other in reversed(path):
                    payoff = payoff[cell[other]]
                table[(office, *cell)] += payoff
    return rationalizable(StrategicGame(table, n))


def _nobody_avoids(game: Any, payoffs: Any, event: Any) -> bool:
    """Whether no rationalizable actions of the last two offices on a path make up the event."""
    above = _above(game["tree"])
    kinds = tuple(kind for kind, count in game["mandates"] for _ in range(count))
    left = _rationalizable(above, kinds, tuple(map(len, game["actions"])), payoffs)
    upper, lower = game["actions"]
    leaves = [k for k in range(len(above)) if k not in above]
    pairs = [(upper.index(a), lower.index(b)) for a, b in event]
    return not any(a in left[above[leaf]] and b in left[leaf] for leaf in leaves for a, b in pairs)


def _above(tree: Any) -> tuple[int, ...]:
    sizes = tree.get("sizes")
    return tuple(tree["above"] if sizes is None else Arborescence.of_sizes(sizes).above.tolist())
