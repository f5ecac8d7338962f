"""Claims about mandates: true where no outcome has one in the event, false where an equilibrium has, else refused."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates import checker
from blamegame.certificates.checker import Refused, Verdict
from blamegame.certificates.claims import BundleFreesMandates, BundleFreesMandatesRobustly, NoMandateAvoids
from blamegame.models.hierarchy import Hierarchy
from blamegame.reforms.reform import apply, choose
from blamegame.scenario import load
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.pure import pure_cells

NATION = load("nation")
AVOIDANCE = Hierarchy(tree=(1, 1)).avoidance
TREES = [(1, 1), (1, 2), (1, 1, 1), (1, 2, 3), (1, 1, 1, 2)]


def seal(claim: Any) -> Any:
    document = {"format": checker.FORMAT, "claim": claim, "proof": {}}
    return {**document, "digest": checker.digest_of(document)}


def check(claim: Any) -> Verdict:
    return checker.check(seal(claim.statement()))


def decided(claim: Any) -> Verdict | None:
    try:
        return check(claim)
    except Refused:
        return None


def nation(tree: tuple[int, ...], **changes: Any) -> Hierarchy:
    values = {name: getattr(NATION.model, name) for name in NATION.model.parameters()}
    return Hierarchy(tree=tree, **{**values, **changes})


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    share = st.integers(0, 10).map(lambda k: Fraction(k, 10))
    values = {name: draw(share) for name in Hierarchy.parameters() if name != "causal_weight"}
    return Hierarchy(tree=draw(st.sampled_from(TREES)), **values)


@settings(max_examples=50, deadline=None)
@given(model=hierarchies(), cells=st.sets(st.tuples(st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=4))
def test_verdicts_are_those_of_enumeration_and_of_linear_programming(
    model: Hierarchy, cells: set[tuple[int, int]]
) -> None:
    event = np.zeros((2, 3), dtype=bool)
    event[tuple(np.array(sorted(cells)).T)] = True
    game = model.network_game()
    above = model.tree.above
    pairs = [(int(above[leaf]), int(leaf)) for leaf in model.tree.leaves]
    pure = [np.array(cell) for cell in pure_cells(game.strategic_form())]
    avoiding = any(event[cell[i], cell[j]] for cell in pure for i, j in pairs)
    verdict = decided(NoMandateAvoids(game, event))
    if verdict is None:
        return
    if not verdict.holds:
        assert avoiding and "a Nash equilibrium is that" in verdict.reason
        return
    assert not avoiding
    table = game.strategic_form()
    somewhere = np.zeros(table.n_actions, dtype=bool)
    for cell in np.ndindex(*table.n_actions):
        somewhere[cell] = any(event[cell[i], cell[j]] for i, j in pairs)
    assert correlated_bounds(table, somewhere).highest.value == 0


def in_quotes(bundle: list[str]) -> str:
    return "{" + ", ".join(f'"{reform}"' for reform in bundle) + "}"


@pytest.mark.parametrize("tree", [(1, 1, 1, 1, 1), (1, 2, 4, 9, 25)])
@pytest.mark.parametrize("bundle", [["empower"], ["list"], ["tolerate", "train"]])
def test_the_robust_bundles_of_the_nation_are_robust_in_smaller_nations(tree: tuple[int, ...], bundle: Any) -> None:
    verdict = check(BundleFreesMandatesRobustly(nation(tree), NATION.menu, bundle))
    assert verdict.holds and verdict.claim.startswith(f"After {in_quotes(bundle)}, whatever else of this menu of 4")


@pytest.mark.parametrize("bundle", [[], ["tolerate"], ["train"]])
def test_a_bundle_that_frees_nobody_is_refuted_by_an_equilibrium(bundle: list[str]) -> None:
    verdict = check(BundleFreesMandates(nation((1, 2, 4, 9, 25)), NATION.menu, bundle))
    assert not verdict.holds and verdict.reason.startswith(f"after {in_quotes(bundle)} a Nash equilibrium is that")
    assert 'play ("push", "escalate")' in verdict.reason


def test_the_claim_about_a_bundle_is_that_about_the_game_after_it() -> None:
    model = nation((1, 2, 4))
    for names in ([], ["list"], ["empower", "train"]):
        after = apply(model, choose(NATION.menu, names))
        one = check(BundleFreesMandates(model, NATION.menu, names))
        assert one.holds == check(NoMandateAvoids(after.network_game(), model.avoidance)).holds


def test_the_nation_itself_is_decided() -> None:
    verdict = check(BundleFreesMandates(NATION.model, NATION.menu, ["list"]))
    assert verdict.holds and "41811 offices with 38602 mandates" in verdict.claim
    assert verdict.facts["work"] < 2_000_000
    assert not check(BundleFreesMandates(NATION.model, NATION.menu, [])).holds


def test_a_formula_that_divides_by_zero_proves_nothing() -> None:
    claim = BundleFreesMandates(nation((1, 2)), NATION.menu, []).statement()
    claim["model"]["program"] = [["number", "0"], ["/", 0, 0]]
    claim["model"]["payoffs"] = [np.zeros((2, 2, 3), dtype=int).tolist()]
    assert checker.check(seal(claim)).reason == "After {} the payoff formula divides by zero"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"event": []}, "event is empty"),
        ({"event": [["push", "push"]]}, "not an action of the office above a leaf"),
        ({"event": [["push"]]}, "is not a list of 2"),
        ({"event": [["push", "work"], ["push", "work"]]}, "something twice"),
    ],
)
def test_a_malformed_event_is_refused(change: Any, message: str) -> None:
    claim = NoMandateAvoids(nation((1, 2)).network_game(), [("push", "work")]).statement()
    with pytest.raises(Refused, match=message):
        checker.check(seal({**claim, **change}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"payoffs": [[["0"]]]}, "payoffs are not nested"),
        ({"payoffs": [0]}, "payoffs are not nested"),
        ({"payoffs": []}, "one table of payoffs for each kind"),
        ({"tree": {"sizes": [1, 400_000]}}, "not runs of"),
        ({"mandates": [[0, 999_999]] * 3}, "not runs of"),
        ({"mandates": [[0, "2"]]}, "not a whole number"),
        ({"actions": [["assist", "push"]]}, "is not a list of 2"),
        ({"actions": [["assist", "push"], []]}, "is empty"),
    ],
)
def test_a_malformed_hierarchy_is_refused(change: Any, message: str) -> None:
    claim = copy.deepcopy(NoMandateAvoids(nation((1, 2)).network_game(), [("push", "work")]).statement())
    claim["game"].update(change)
    with pytest.raises(Refused, match=message):
        checker.check(seal(claim))


def test_most_hierarchies_are_decided() -> None:
    rng = np.random.default_rng(1)
    names = [name for name in Hierarchy.parameters() if name != "causal_weight"]
    found = []
    for shape in TREES * 12:
        values = {name: Fraction(int(rng.integers(0, 11)), 10) for name in names}
        found.append(decided(NoMandateAvoids(Hierarchy(tree=shape, **values).network_game(), AVOIDANCE)))
    assert found.count(None) <= 3
    assert sum(verdict is not None and verdict.holds for verdict in found) >= 15
    assert sum(verdict is not None and not verdict.holds for verdict in found) >= 10


@pytest.mark.slow
def test_a_short_file_about_half_a_million_offices_ends() -> None:
    claim = NoMandateAvoids(nation((1, 2)).network_game(), [("push", "work")]).statement()
    claim["game"].update(tree={"sizes": [1, 490_000]}, mandates=[[0, 490_000]])
    verdict = checker.check(seal(claim))
    assert verdict.holds and verdict.facts["work"] < 20_000_000
