"""Claims about trees, against the library's own backward induction and against equilibria that mix at ties."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.certificates import checker
from blamegame.certificates.certify import certify, verify
from blamegame.certificates.checker import Refused, trees
from blamegame.certificates.claims import NoPlayAvoids
from blamegame.errors import CertificateError, GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Branch, Chance, Decision, End, grow
from blamegame.games.tree_parts import CHANCE, TERMINAL
from blamegame.models.three_stage import ThreeStage
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.extensive.outcome_range import outcome_range

PLAYERS = ("1", "2", "3")


def seal(claim: Any) -> Any:
    document = {"format": checker.FORMAT, "claim": claim, "proof": {}}
    return {**document, "digest": checker.digest_of(document)}


def decided(tree: ExtensiveGame, ends: Any) -> bool | None:
    """The checker's answer to "no equilibrium reaches the ends"; None where it has none."""
    try:
        return checker.check(seal(NoPlayAvoids(tree, ends).statement())).holds
    except Refused:
        return None


def random_branch(rng: np.random.Generator, depth: int, high: int) -> Branch:
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return End(rng.integers(0, high, 3).tolist())
    below = {label: random_branch(rng, depth - 1, high) for label in "abc"[: rng.integers(2, 4)]}
    if kind < 0.3:
        shares = rng.integers(0, 3, len(below)).tolist()
        shares[0] += 1
        return Chance({label: (Fraction(w, sum(shares)), then) for w, (label, then) in zip(shares, below.items())})
    return Decision(PLAYERS[rng.integers(3)], below)


def random_question(rng: np.random.Generator, high: int) -> tuple[ExtensiveGame, list[int]]:
    tree = grow(PLAYERS, random_branch(rng, 4, high))
    count = int(rng.integers(1, max(2, len(tree.terminals) // 2)))
    return tree, rng.choice(tree.terminals, count, replace=False).tolist()


def a_mixed_equilibrium(tree: ExtensiveGame, rng: np.random.Generator) -> set[int]:
    """The ends reached in one equilibrium that mixes at random among the best actions at each node."""
    value: list[Any] = [None] * len(tree.nodes)
    reached: list[set[int]] = [set() for _ in tree.nodes]
    for k in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[k]
        if node.mover == TERMINAL:
            value[k], reached[k] = tree.totals[k], {k}
            continue
        if node.mover == CHANCE:
            shares = list(tree.events[node.place].probabilities)
        else:
            best = max(value[c][node.mover] for c in node.children)
            weights = [int(rng.integers(0, 3)) * (value[c][node.mover] == best) for c in node.children]
            if not any(weights):
                weights = [int(value[c][node.mover] == best) for c in node.children]
            shares = [Fraction(w, sum(weights)) for w in weights]
        value[k] = tuple(sum(p * value[c][i] for p, c in zip(shares, node.children)) for i in range(3))
        reached[k] = {end for p, c in zip(shares, node.children) if p for end in reached[c]}
    return reached[0]


@pytest.mark.parametrize("high", [2, 3, 5, 1000])
def test_the_answer_agrees_with_backward_induction_on_random_trees(high: int) -> None:
    """With payoffs out of 2, 3 or 5 numbers ties abound; true claims and false ones come up alike."""
    rng = np.random.default_rng(high)
    seen: list[bool | None] = []
    for _ in range(60):
        tree, ends = random_question(rng, high)
        answer = decided(tree, ends)
        seen.append(answer)
        purely = outcome_range(tree, ends).highest
        assert answer is not True or purely == 0
        assert answer is not False or purely > 0
        assert answer is not None or purely == 0
        for _ in range(10):
            if a_mixed_equilibrium(tree, rng) & set(ends):
                assert answer is not True
    assert {True, False} <= set(seen)
    assert high < 1000 or None not in seen, "without ties every question has an answer"


def tie(high: int, low: int, alternative: int) -> ExtensiveGame:
    """2 is indifferent between giving 1 a lot and little; 1 may stay out."""
    then = Decision("2", {"much": End([high, 0]), "little": End([low, 0])})
    return grow(("1", "2"), Decision("1", {"in": then, "out": End([alternative, 0])}))


def test_what_the_mover_might_hope_for_at_a_tie_counts_as_possible() -> None:
    assert decided(tie(3, 2, 5), [2, 3]) is True
    assert decided(tie(3, 2, 1), [4]) is True
    with pytest.raises(CertificateError, match=r'this claim is false.*in pure strategies reaches \("out"\)'):
        certify(NoPlayAvoids(tie(3, 0, 1), [4]))


def test_an_end_that_only_mixing_at_a_tie_could_reach_is_left_open() -> None:
    """2 gives "little" half of the time, and 1 goes in; where 2 surely gives little, 1 stays out."""
    tree = tie(2, 0, 1)
    assert outcome_range(tree, [3]).highest == 0
    with pytest.raises(
        CertificateError, match=r'not decided: no equilibrium in pure strategies reaches \("in", "little"\)'
    ):
        certify(NoPlayAvoids(tree, [3]))


def test_an_end_behind_a_chance_move_of_probability_zero_is_not_reached() -> None:
    tree = grow(("1",), Chance({"never": (0, End([1])), "always": (1, End([0]))}))
    assert decided(tree, [1]) is True and decided(tree, [2]) is False


def test_a_cured_three_stage_game_is_proved_and_the_present_one_refuted() -> None:
    for nature in (True, False):
        cured = apply(ThreeStage(), choose(CATALOGUE, ["list"]))
        tree = cured.tree(nature=nature)
        assert verify(certify(NoPlayAvoids(tree, cured.avoiding_ends(tree)))).holds
        today = ThreeStage().tree(nature=nature)
        with pytest.raises(CertificateError, match=r'reaches \("push", "escalate", "bounce"'):
            certify(NoPlayAvoids(today, ThreeStage().avoiding_ends(today)))


def test_payoffs_collected_on_the_way_are_part_of_the_end() -> None:
    moves = [(0, 0, 0, ""), (-2, -1, 1, ""), (-2, -1, -1, "")]
    tree = ExtensiveGame(["1"], moves, [(0, "", ["x", "y"])], outcomes=[("toll", [-1]), ("prize", [5])])
    nodes = NoPlayAvoids(tree, [2]).statement()["game"]["nodes"]
    assert (nodes["1"], nodes["2"]) == ({"end": "prize", "payoffs": ["4"]}, {"end": "", "payoffs": ["-1"]})
    assert decided(tree, [2]) is True


def test_a_very_deep_tree_needs_no_deep_recursion() -> None:
    """A centipede: whoever stops gets more than by waiting for the other to stop, so the first stops."""
    branch: Branch = End([0, 0])
    for k in range(4_999, -1, -1):
        branch = Decision("12"[k % 2], {"stop": End([k + 2 - 3 * (k % 2), k - 1 + 3 * (k % 2)]), "go": branch})
    tree = grow(("1", "2"), branch)
    second = tree.nodes[tree.nodes[0].children[1]].children[0]
    assert decided(tree, [second]) is True
    assert decided(tree, [1]) is False


def test_what_is_no_tree_of_perfect_information_or_no_end_is_refused_at_once() -> None:
    hidden = {label: Decision("2", {"l": End([0, 0]), "r": End([1, 1])}, known_as="unseen") for label in "ab"}
    with pytest.raises(CertificateError, match=r"2 cannot tell the nodes \(1, 4\) apart; use NoNashAvoids"):
        NoPlayAvoids(grow(("1", "2"), Decision("1", hidden)), [2])
    for ends, message in (
        ([0], "node 0 is not an end of play"),
        ([99], "node 99 is not"),
        ([], "has no end of play"),
    ):
        with pytest.raises(GameError, match=message):
            NoPlayAvoids(tie(1, 1, 1), ends)


# ---- hostile files ---------------------------------------------------------------------------------------------------

CLAIM = NoPlayAvoids(tie(3, 2, 5), [2]).statement()
CHANCE_MOVE = {"chance": "", "then": {"x": ["1/2", "2"], "y": ["1/2", "3"]}}


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        (("game", "root"), "9", "'9' is not a node of this tree"),
        (("game", "root"), "1", "some nodes are not connected with the root"),
        (("game", "players"), ["1", "1"], "players is empty, or has something twice"),
        (("game", "players"), [str(k) for k in range(17)], "more than 16 players"),
        (("game", "nodes", "1", "then", "much"), "0", "node .0. is reached in two ways"),
        (("game", "nodes", "1", "then", "much"), "3", "node .3. is reached in two ways"),
        (("game", "nodes", "1", "then", "much"), "8", "'8' is not a node of this tree"),
        (("game", "nodes", "1", "then"), {}, "node .1. is of no player, or without actions"),
        (("game", "nodes", "1", "player"), "4", "node .1. is of no player, or without actions"),
        (("game", "nodes", "1"), 7, "node .1. is not an object: 7"),
        (("game", "nodes", "1"), {**CHANCE_MOVE, "extra": 1}, "node .1. needs exactly the keys player, at, then"),
        (("game", "nodes", "1"), {"chance": "", "then": {}}, "does not give the probabilities of a chance move"),
        (("game", "nodes", "1", "at"), "\x1b[2J", "is not a printable label"),
        (("game", "nodes", "2", "payoffs"), ["1"], "node .2. does not say for each player what it gets"),
        (("game", "nodes", "2", "payoffs"), [1, 1], "1 is not a rational written as text"),
        (("ends",), [], "ends is empty"),
        (("ends",), [["out"], ["out"]], "ends is empty, or has something twice"),
        (("ends",), [["in", "more"]], "there is no action .more. on the way"),
        (("ends",), [["in"]], r"\(.in.\) does not lead to an end of play"),
        (("ends",), [["out", "out"]], "there is no action .out. on the way"),
    ],
)
def test_a_malformed_tree_is_refused_with_the_reason(where: tuple[str, ...], value: Any, message: str) -> None:
    claim = copy.deepcopy(CLAIM)
    parent = claim
    for key in where[:-1]:
        parent = parent[key]
    parent[where[-1]] = value
    with pytest.raises(CertificateError, match=message):
        verify(seal(claim))


@pytest.mark.parametrize("shares", [("1", "1"), ("3/2", "-1/2"), ("0", "0")])
def test_what_is_no_distribution_is_refused(shares: tuple[str, str]) -> None:
    claim = copy.deepcopy(CLAIM)
    claim["game"]["nodes"]["1"] = {"chance": "", "then": {"much": [shares[0], "2"], "little": [shares[1], "3"]}}
    with pytest.raises(CertificateError, match="does not give the probabilities of a chance move"):
        verify(seal(claim))


def test_ties_that_multiply_under_chance_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six tied moves with different payoffs to the other under one chance move: 2 ** 6 results."""
    monkeypatch.setattr(trees, "MOST_RESULTS", 30)
    then = {str(k): (Fraction(1, 6), Decision("1", {"x": End([0, 2**k]), "y": End([0, 0])})) for k in range(6)}
    tree = grow(("1", "2"), Chance(then))
    with pytest.raises(CertificateError, match="too large: ties under chance moves make more than 30 results"):
        certify(NoPlayAvoids(tree, [2]))
