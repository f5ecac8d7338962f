"""Certificates about repeated games: what they prove, and what becomes of every edit of them."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blamegame.certificates import checker
from blamegame.certificates.certify import Certificate, certify, verify
from blamegame.certificates.claims import AutomatonAvoids, NeverPlayed
from blamegame.errors import CertificateError
from blamegame.games.automaton import Automaton, grim_trigger
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.solvers.repeated.automaton_equilibrium import automaton_frequency, is_automaton_equilibrium
from blamegame.solvers.repeated.exclusion_chain import exclusion_chain
from blamegame.solvers.repeated.playability import playable

MODEL = Delegation()
AVOIDANCE = MODEL.avoidance
LISTED = apply(MODEL, choose(CATALOGUE, ["list"]))


@pytest.fixture(scope="module")
def never() -> Certificate:
    game = LISTED.repeated(F(49, 100))
    return certify(NeverPlayed(game, AVOIDANCE, exclusion_chain(game, AVOIDANCE)))


@pytest.fixture(scope="module")
def machine() -> Certificate:
    game = MODEL.repeated(F(9, 10))
    grim = grim_trigger(game.stage, ("assist", "work"), ("push", "escalate"))
    return certify(AutomatonAvoids(game, grim, AVOIDANCE, 0))


BOTH = '("push", "escalate"), ("push", "formalism")'


def test_both_claims_are_proved_in_words(never: Certificate, machine: Certificate) -> None:
    assert "discount factor 49/100" in str(never) and f"ever plays {BOTH} (there is one: " in str(never)
    assert f"frequency of {BOTH} on its path is 0" in str(machine)
    assert verify(never, claim=never.claim).holds and verify(machine, claim=machine.claim).holds


def test_the_checker_proves_them_alone(never: Certificate, machine: Certificate, tmp_path: Path) -> None:
    shutil.copytree(Path(checker.__file__).parent, tmp_path / "checker")
    for name, certificate in (("never.json", never), ("machine.json", machine)):
        certificate.save(tmp_path / name)
        command = [sys.executable, "-I", "-S", "checker", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout.startswith("Proved: "), done.stdout


def test_the_same_chain_does_not_prove_it_where_it_is_false(never: Certificate) -> None:
    assert isinstance(never.claim, NeverPlayed)
    patient = NeverPlayed(LISTED.repeated(F(1, 2)), AVOIDANCE, never.claim.chain)
    with pytest.raises(CertificateError, match="leaves out"):
        certify(patient)


def test_a_shortened_chain_does_not_prove_it(never: Certificate) -> None:
    claim = never.claim
    assert isinstance(claim, NeverPlayed)
    with pytest.raises(CertificateError, match="chain"):
        certify(NeverPlayed(claim.game, claim.event, claim.chain[1:]))
    with pytest.raises(CertificateError, match="does not exclude"):
        certify(NeverPlayed(claim.game, claim.event, ()))


def test_a_threat_or_polygon_out_of_thin_air_is_named(never: Certificate) -> None:
    document = never.to_json()
    document["proof"]["chain"][0]["threats"] = ["5", "5"]
    assert "states a threat" in verify(document).reason
    document = never.to_json()
    document["proof"]["chain"][0]["polygon"] = [["0", "0"], ["1/100", "0"], ["0", "1/100"]]
    assert "leaves out" in verify(document).reason


def test_a_polygon_without_area_is_refused(never: Certificate) -> None:
    document = never.to_json()
    document["proof"]["chain"][0]["polygon"] = [["0", "0"], ["1", "1"], ["2", "2"]]
    with pytest.raises(CertificateError, match="no area"):
        verify(document)


def test_where_nothing_at_all_can_be_played_the_claim_would_be_about_nothing() -> None:
    pennies = RepeatedGame(StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]]), F(1, 2))
    event = np.array([[True, False], [False, False]])
    chain = exclusion_chain(pennies, event)
    with pytest.raises(CertificateError, match="no such equilibrium at all, so that the claim would say nothing"):
        certify(NeverPlayed(pennies, event, chain))


@pytest.mark.parametrize("part", ["plays", "next"])
def test_an_automaton_that_leaves_a_state_out_is_refused(machine: Certificate, part: str) -> None:
    document = machine.to_json()
    document["claim"]["automaton"][part].pop()
    with pytest.raises(CertificateError, match="does not say for each state"):
        verify(document)


def test_an_automaton_that_is_no_equilibrium_or_has_another_frequency_is_caught() -> None:
    game = MODEL.repeated(F(1, 2))
    grim = grim_trigger(game.stage, ("assist", "work"), ("push", "escalate"))
    with pytest.raises(CertificateError, match='"lower" gains by playing "escalate" once in state "together"'):
        certify(AutomatonAvoids(game, grim, AVOIDANCE, 0))
    patient = MODEL.repeated(F(9, 10))
    with pytest.raises(CertificateError, match="The frequency is 0"):
        certify(AutomatonAvoids(patient, grim, AVOIDANCE, F(1, 2)))


def test_claims_refuse_what_they_are_not_about() -> None:
    public = MODEL.repeated(F(9, 10), MODEL.outcome_signals())
    with pytest.raises(CertificateError, match="perfect monitoring"):
        NeverPlayed(public, AVOIDANCE, ())
    other = StrategicGame(np.zeros((2, 2, 3)).tolist(), MODEL.players, MODEL.actions)
    grim = grim_trigger(MODEL.stage_game(), ("assist", "work"), ("push", "escalate"))
    with pytest.raises(CertificateError, match="another stage game"):
        AutomatonAvoids(RepeatedGame(other, F(1, 2)), grim, AVOIDANCE, 0)


def test_an_automaton_of_three_players_is_checked() -> None:
    payoffs = np.ones((3, 2, 2, 2), dtype=int).tolist()
    stage = StrategicGame(payoffs)
    machine = Automaton(stage, ("a",), ((0, 0, 0),), np.zeros((1, 2, 2, 2), dtype=int))
    assert certify(AutomatonAvoids(RepeatedGame(stage, F(1, 2)), machine, [("a", "a", "a")], 1)).holds
    with pytest.raises(CertificateError, match="2 players"):
        certify(NeverPlayed(RepeatedGame(stage, F(1, 2)), [("a", "a", "a")], ()))


@pytest.mark.parametrize("seed", range(30))
def test_random_automata_are_judged_as_one_shot_deviations_judge_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    stage = StrategicGame(rng.integers(0, 4, size=(2, 2, 2)).tolist())
    n = int(rng.integers(1, 4))
    plays = tuple(tuple(int(k) for k in rng.integers(0, 2, 2)) for _ in range(n))
    machine = Automaton(stage, tuple("abc"[:n]), plays, rng.integers(0, n, size=(n, 2, 2)))
    if len(machine.reachable()) < n:
        return
    game, event = RepeatedGame(stage, F(2, 3)), [("a", "a"), ("b", "a")]
    often = automaton_frequency(machine, event, F(2, 3))
    claim = AutomatonAvoids(game, machine, event, often)
    if is_automaton_equilibrium(machine, F(2, 3)):
        assert certify(claim).holds
    else:
        with pytest.raises(CertificateError, match="gains by playing"):
            certify(claim)


def leaves(node: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(child, (*where, key))
    else:
        yield where


def edited(document: Any) -> Iterator[Any]:
    for where in leaves(document):
        node = document
        for key in where:
            node = node[key]
        try:
            values = [str(F(node) + x) for x in (F(1), F(-1, 10**6))] if isinstance(node, str) else []
        except ValueError:
            values = ["assist", "push", "work", "escalate", "together", "other"]
        for value in values or ([0, 1, 2, "0"] if isinstance(node, int) else []):
            if value != node:
                out = copy.deepcopy(document)
                inside = out
                for key in where[:-1]:
                    inside = inside[key]
                inside[where[-1]] = value
                yield out


def is_true(claim: Any) -> bool:
    """The edited sentence, by the solvers and not by the checker."""
    stage = StrategicGame([[[F(x) for x in row] for row in player] for player in claim["game"]["payoffs"]],
                          claim["game"]["players"], claim["game"]["actions"])  # fmt: skip
    discount, event = F(claim["discount"]), [tuple(cell) for cell in claim["event"]]
    if claim["kind"] == "never_played":
        verdicts = playable(RepeatedGame(stage, discount))
        return all(verdicts[cell] == "not playable" for cell in event)
    made = claim["automaton"]
    cells = tuple(tuple(labels.index(a) for labels, a in zip(stage.actions, cell)) for cell in made["plays"])
    machine = Automaton(stage, tuple(made["states"]), cells, np.array(made["next"]))
    return is_automaton_equilibrium(machine, discount) and automaton_frequency(machine, event, discount) == F(
        claim["frequency"]
    )


@pytest.mark.parametrize("kind", ["never", "machine"])
def test_every_edit_is_rejected_or_still_true(kind: str, request: pytest.FixtureRequest) -> None:
    certificate: Certificate = request.getfixturevalue(kind)
    count = proved = 0
    for number, document in enumerate(edited(certificate.to_json())):
        if kind == "never" and number % 15:
            continue
        count += 1
        try:
            assert not verify(document).holds, "the old digest fits no edit"
            renewed = {**document, "digest": checker.digest_of(document)}
            verdict = verify(renewed)
        except CertificateError:
            continue
        if verdict.holds:
            proved += 1
            assert is_true(renewed["claim"])
            same = renewed["claim"] == certificate.to_json()["claim"]
            assert verify(renewed, claim=certificate.claim).holds == same
        elif kind == "machine":
            assert not is_true(renewed["claim"])
    assert count > (15 if kind == "never" else 60) and proved
