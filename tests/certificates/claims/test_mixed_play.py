"""Certificates about repeated play over all strategies: what they prove, and forgeries that are refused."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from blamegame.certificates import checker
from blamegame.certificates.certify import Certificate, certify, verify
from blamegame.certificates.claims import AlwaysRecurs, EquilibriumAvoids, NeverPlayedMixed
from blamegame.errors import CertificateError, IncompleteSolution
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.scenario import load
from blamegame.solvers.repeated.equilibrium_points import equilibrium_points
from blamegame.solvers.repeated.frequency_bounds import frequency_range
from blamegame.solvers.repeated.mixed_chain import mixed_exclusion_chain, recurrence_chain


def game_of(name: str, d: F) -> tuple[RepeatedGame, Any]:
    model = load(name).model.exact()
    return model.repeated(d), model.avoidance


def never_of(name: str, d: F) -> Certificate:
    game, event = game_of(name, d)
    return certify(NeverPlayedMixed(game, event, mixed_exclusion_chain(game, event)))


def recurs_of(name: str, d: F) -> Certificate:
    game, event = game_of(name, d)
    return certify(AlwaysRecurs(game, event, recurrence_chain(game, event)))


@pytest.fixture(scope="module")
def never() -> Certificate:
    return never_of("dumping", F(3, 5))


@pytest.fixture(scope="module")
def recurs() -> Certificate:
    return recurs_of("cycle", F(1, 100))


@pytest.fixture(scope="module")
def avoids() -> Certificate:
    game, event = game_of("carrier", F(1, 2))
    found = equilibrium_points(game, event)
    return certify(EquilibriumAvoids(game, event, found.frequency, found.points))


def test_what_is_proved_is_said_in_words(never: Certificate, recurs: Certificate, avoids: Certificate) -> None:
    assert "no subgame-perfect equilibrium, in mixed strategies" in str(never) and 'ever plays ("push", "e' in str(
        never
    )
    assert "every subgame-perfect equilibrium" in str(recurs) and "with positive frequency" in str(recurs)
    assert "with discounted frequency 10524510171/62924634251" in str(avoids)
    assert len(never.to_json()["proof"]["chain"]) > 1


def test_the_checker_proves_them_alone(
    never: Certificate, recurs: Certificate, avoids: Certificate, tmp_path: Path
) -> None:
    shutil.copytree(Path(checker.__file__).parent, tmp_path / "checker")
    for name, certificate in (("never.json", never), ("recurs.json", recurs), ("avoids.json", avoids)):
        certificate.save(tmp_path / name)
        command = [sys.executable, "-I", "-S", "checker", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "Proved" in done.stdout


def test_a_trap_is_two_equilibria() -> None:
    game, event = game_of("carrier", F(1, 2))
    least = equilibrium_points(game, event, most=False)
    assert least.frequency == 0
    assert certify(EquilibriumAvoids(game, event, 0, least.points)).holds


@pytest.mark.parametrize(("name", "d"), [("carrier", F(1, 2)), ("chicken", F(1, 100)), ("trap", F(1, 10))])
def test_no_chain_is_found_where_the_event_is_played(name: str, d: F) -> None:
    game, event = game_of(name, d)
    with pytest.raises(IncompleteSolution):
        mixed_exclusion_chain(game, event)


@pytest.mark.parametrize("seed", range(25))
def test_chains_are_found_only_where_bounds_agree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    game = RepeatedGame(StrategicGame(rng.integers(-3, 4, (2, 2, 3)).tolist()), F(int(rng.integers(5, 60)), 100))
    event = np.zeros((2, 3), dtype=bool)
    event[rng.integers(2), rng.integers(3)] = True
    status = frequency_range(game, event).status
    for prove, claim, word in (
        (mixed_exclusion_chain, NeverPlayedMixed, "free"),
        (recurrence_chain, AlwaysRecurs, "entrenched"),
    ):
        try:
            chain = prove(game, event, time_limit=5)
        except IncompleteSolution:
            continue
        assert certify(claim(game, event, chain)).holds and status == word


def forged(certificate: Certificate, change: Any) -> bool:
    """Whether a changed proof, its digest renewed, still passes."""
    document = copy.deepcopy(certificate.to_json())
    change(document["proof"])
    document["digest"] = checker.digest_of(document)
    try:
        return verify(document).holds
    except CertificateError:
        return False


def scaled(point: list[str], factor: F, centre: list[F]) -> list[str]:
    return [str(c + (F(x) - c) * factor) for x, c in zip(point, centre)]


def shrunk(step: dict[str, Any], factor: F = F(9, 10)) -> None:
    corners = step["polygon"]
    centre = [sum(F(p[i]) for p in corners) / len(corners) for i in range(2)]
    step["polygon"] = [scaled(p, factor, centre) for p in corners]


def test_chains_with_a_smaller_polygon_no_multipliers_or_more_security_are_refused(never: Certificate) -> None:
    def no_sides(proof: Any) -> None:
        for step in proof["chain"]:
            step["sides"] = [[] for _ in step["sides"]]

    def more_secured(proof: Any) -> None:
        proof["secured"][0] = ["2", "-1"]

    assert not forged(never, lambda proof: shrunk(proof["chain"][0]))
    assert not forged(never, lambda proof: shrunk(proof["chain"][-1]))
    assert not forged(never, no_sides)
    assert not forged(never, more_secured)
    assert not forged(never, lambda proof: proof["excluding"].clear())
    assert not forged(never, lambda proof: proof["chain"].clear())
    assert not forged(never, lambda proof: proof["excluding"].append([0, 0, 1, "-1"]))


def test_recurrence_without_multipliers_for_each_rectangle_is_refused(recurs: Certificate) -> None:
    assert not forged(recurs, lambda proof: proof["excluding"].pop())
    for k in range(len(recurs.to_json()["proof"]["excluding"])):
        assert not forged(recurs, lambda proof, k=k: proof["excluding"][k].clear())


def test_every_number_of_a_point_matters(avoids: Certificate) -> None:
    points = avoids.to_json()["proof"]["points"]
    tiny = F(1, 10**30)
    count = 0
    for k, point in enumerate(points):
        for i in range(3):

            def change(proof: Any, k: int = k, i: int = i) -> None:
                value = proof["points"][k]["value"]
                value[i] = str(F(value[i]) + tiny)

            assert not forged(avoids, change)
            count += 1
        for j, (_, _, lottery) in enumerate(point["promises"]):
            if len(lottery) > 1:

                def move(proof: Any, k: int = k, j: int = j) -> None:
                    weights = proof["points"][k]["promises"][j][2]
                    weights[0][1], weights[1][1] = str(F(weights[0][1]) + tiny), str(F(weights[1][1]) - tiny)

                assert not forged(avoids, move)
                count += 1
    assert count > 6


def test_a_point_needs_its_distribution_its_promises_and_its_worst(avoids: Certificate) -> None:
    points = avoids.to_json()["proof"]["points"]
    mixed = max(range(len(points)), key=lambda k: F(points[k]["value"][2]))

    def doubled(proof: Any) -> None:
        proof["points"][mixed]["mixtures"][0] = [str(2 * F(x)) for x in proof["points"][mixed]["mixtures"][0]]

    def negative(proof: Any) -> None:
        lottery = proof["points"][mixed]["promises"][0][2]
        lottery.append([lottery[0][0], "-1"])
        lottery.append([lottery[0][0], "1"])

    def twice(proof: Any) -> None:
        proof["points"][mixed]["promises"].append(proof["points"][mixed]["promises"][0])

    def elsewhere(proof: Any) -> None:
        proof["points"][mixed]["promises"][0][2][0][0] = 99

    for change in (doubled, negative, twice, elsewhere, lambda proof: proof["points"][mixed]["promises"].pop()):
        assert not forged(avoids, change)


def test_a_claim_about_another_frequency_or_game_is_another_claim(avoids: Certificate) -> None:
    document = avoids.to_json()
    document["claim"]["frequency"] = "1/6"
    document["digest"] = checker.digest_of(document)
    assert not verify(document).holds
    other = EquilibriumAvoids(game_of("carrier", F(1, 2))[0], [("push", "escalate")], 0, ())
    assert not verify(avoids.to_json(), claim=other).holds


PAYOFFS = [[["2", "-1"], ["3", "0"]], [["2", "3"], ["-1", "0"]]]
DILEMMA = {"players": ["1", "2"], "actions": [["a", "b"]] * 2, "payoffs": PAYOFFS}
DEFECTING = [["0", "1"], ["0", "1"]]


def decided(kind: str, event: list[str], proof: Any, **claim: Any) -> bool:
    """The verdict on a certificate written by hand about the prisoner's dilemma at 9/10."""
    statement = {"kind": kind, "game": DILEMMA, "discount": "9/10", "event": [event], **claim}
    document = {"format": checker.FORMAT, "claim": statement, "proof": proof}
    document["digest"] = checker.digest_of(document)
    try:
        return verify(document).holds
    except CertificateError:
        return False


def band(player: int) -> list[list[str]]:
    """Payoffs of at least 2.95 for one player: then cooperation could not be enforced, were it true."""
    low, high = [["59/20", "-1"], ["-1", "59/20"]][player], ["3", "3"]
    return [low, [high[0], low[1]], high, [low[0], high[1]]]


@pytest.mark.parametrize("player", [0, 1])
@pytest.mark.parametrize("mixture", [["0", "1"], ["-30", "31"], ["0", "30"]])
def test_nobody_secures_more_than_a_mixture_proves(player: int, mixture: list[str]) -> None:
    secured = [*DEFECTING[:player], mixture, *DEFECTING[player + 1 :]]
    step = {"polygon": band(player), "sides": [[], [], [], []]}
    proof = {"secured": secured, "chain": [step], "excluding": [[player, 0, 1, "1"]]}
    assert not decided("never_played_mixed", ["a", "a"], proof)


def test_a_polygon_of_avoiding_play_needs_its_proof() -> None:
    corners = [["-1", "-1"], ["1/20", "-1"], ["1/20", "1/20"], ["-1", "1/20"]]
    avoiding = [{"polygon": corners, "sides": [[[], []]] * 4}]
    excluding = [[[0, 0, 1, "1"]], [[1, 0, 1, "1"]]]
    proof = {"secured": DEFECTING, "chain": [], "avoiding": avoiding, "excluding": excluding}
    assert not decided("always_recurs", ["b", "b"], proof)


COOPERATE = [["1", "0"], ["1", "0"]]
DEFECT = {"value": ["0", "0", "0"], "mixtures": [["0", "1"]] * 2, "promises": [[1, 1, [[0, "1"]]]]}


def point(value: list[str], mixtures: list[list[str]], lottery: list[list[Any]]) -> dict[str, Any]:
    return {"value": value, "mixtures": mixtures, "promises": [[0, 0, lottery]]}


@pytest.mark.parametrize(
    ("points", "frequency", "holds"),
    [
        ([DEFECT, point(["2", "2", "1"], COOPERATE, [[1, "1"]])], "1", True),
        ([point(["2", "2", "1"], COOPERATE, [[0, "1"]])], "1", False),  # nothing to punish with
        ([DEFECT, point(["4/11", "4/11", "2/11"], COOPERATE, [[1, "1/2"]])], "2/11", False),  # half a lottery
        # half a mixture
        ([DEFECT, point(["2", "2/11", "1/11"], [["1/2", "0"], ["1", "0"]], [[1, "1"]])], "1/11", False),
        ([DEFECT], "1", False),
        ([], "1", False),
    ],
)
def test_points_by_hand(points: list[Any], frequency: str, holds: bool) -> None:
    assert decided("equilibrium_avoids", ["a", "a"], {"points": points}, frequency=frequency) is holds
