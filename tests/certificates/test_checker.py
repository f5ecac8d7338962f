"""The checker: right about games, independent of the library, and unmoved by hostile files."""

from __future__ import annotations

import ast
import copy
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tracemalloc
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.certificates import checker
from blamegame.certificates.certify import Certificate, certify, verify
from blamegame.certificates.checker import Refused, Verdict, Work, equilibria, reading, reforms
from blamegame.certificates.checker.game import Game, number
from blamegame.certificates.claims import BundleRemoves, IsRobust
from blamegame.errors import CertificateError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose

Certificates = dict[str, Certificate]
FOLDER = Path(checker.__file__).parent


def game_of(upper: Any, lower: Any) -> Game:
    """A game from two nested lists of numbers."""
    shape = np.shape(upper)
    payoffs = {(p, i, j): Fraction(t[i][j]) for p, t in enumerate((upper, lower)) for i, j in np.ndindex(*shape)}
    return Game(["one", "two"], [[f"{p}{k}" for k in range(n)] for p, n in enumerate(shape)], payoffs)


# ---- the mathematics -------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> tuple[Any, Any]:
    m, n, high = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(0, 3))
    cells = st.lists(st.lists(st.integers(0, high), min_size=n, max_size=n), min_size=m, max_size=m)
    return draw(cells), draw(cells)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_extreme_equilibria_of_games_full_of_ties_are_those_of_gambit(pair: Any) -> None:
    import pygambit as gbt

    theirs = gbt.StrategicGame.from_arrays(*(np.array(table) for table in pair))
    expected = {
        tuple(tuple(Fraction(str(p[who][s])) for s in theirs.get_strategies(who)) for who in theirs.players)
        for p in gbt.nash.enummixed_solve(theirs, rational=True).equilibria
    }
    assert equilibria.extreme_equilibria(game_of(*pair), Work()) == expected


def test_the_game_where_everything_ties_has_every_pure_profile_and_no_more() -> None:
    zero = [[0] * 3] * 3
    found = equilibria.extreme_equilibria(game_of(zero, zero), Work())
    assert len(found) == 9 and all(max(x) == max(y) == 1 for x, y in found)


@pytest.mark.parametrize(("scale", "shift"), [(Fraction(1, 10**9), 0), (10**12, 0), (1, 10**9), (1, -(10**9))])
def test_payoffs_in_other_units_have_the_same_equilibria(scale: Fraction, shift: int) -> None:
    upper, lower = [[3, 0, 1], [1, 2, 1]], [[1, 1, 0], [0, 2, 2]]
    other = [[scale * u + shift for u in row] for row in upper]
    assert equilibria.extreme_equilibria(game_of(other, lower), Work()) == equilibria.extreme_equilibria(
        game_of(upper, lower), Work()
    )


def test_a_singular_system_has_no_solution_to_offer() -> None:
    one = Fraction(1)
    assert equilibria.solve([[one, one], [one, one]], Work()) is None
    assert equilibria.solve([[one * 0, one], [one * 2, one]], Work()) == [0, 1]


def test_three_players_can_be_shown_to_be_in_equilibrium_and_a_mixed_one_leaves_the_event_open() -> None:
    """Each of three offices earns 1 where all match, 0 elsewhere."""
    match = [[[["1" if i == j == k else "0" for k in (0, 1)] for j in (0, 1)] for i in (0, 1)]] * 3
    game = {"players": ["a", "b", "c"], "actions": [["x", "y"]] * 3, "payoffs": match}
    half = [["1/2", "1/2"]] * 3
    assert checker.check(seal({"kind": "is_nash", "game": game, "profile": half})).holds
    lopsided = checker.check(seal({"kind": "is_nash", "game": game, "profile": [["1/3", "2/3"], *half[1:]]}))
    assert not lopsided.holds
    assert lopsided.reason == '"c" gains 1/12 by playing "y" instead'
    with pytest.raises(Refused, match="not decided: among 3 players"):
        checker.check(seal({"kind": "no_nash_avoids", "game": game, "event": [["x", "y", "x"]]}))
    with pytest.raises(Refused, match="rederived for 2 players only; this game has 3"):
        checker.check(seal({"kind": "all_extreme_equilibria", "game": game, "equilibria": [half]}))


# ---- what it says ----------------------------------------------------------------------------------------------------


def seal(claim: Any, proof: Any = None) -> Any:
    document = {"format": checker.FORMAT, "claim": claim, "proof": {} if proof is None else proof}
    return {**document, "digest": checker.digest_of(document)}


def test_each_verdict_says_in_words_what_was_proved(certificates: Certificates) -> None:
    both = '("push", "escalate"), ("push", "formalism")'
    said = {kind: str(verify(certificate)).split("\n")[0] for kind, certificate in certificates.items()}
    assert said["is_nash"] == 'Proved: In this game, ("upper": "push"; "lower": "escalate") is a Nash equilibrium.'
    assert said["no_nash_avoids"] == f"Proved: In this game, no Nash equilibrium puts any probability on {both}."
    assert said["correlated_at_most"] == (
        f"Proved: In this game, no correlated equilibrium puts any probability on {both}."
    )
    assert said["correlated_at_least"] == (
        f"Proved: In this game, every correlated equilibrium puts probability at least 1 on {both}."
    )
    assert said["bundle_removes"] == (
        f'Proved: In this model, after {{"list"}}, no Nash equilibrium puts any probability on {both}.'
    )
    assert said["bundle_is_robust"] == (
        'Proved: In this model, after {"tolerate", "train"}, whatever else of this menu of 5 is added '
        f"(8 bundles in all), no Nash equilibrium puts any probability on {both}."
    )
    assert said["no_nash_avoids_of_three"].endswith('("push", "push", "escalate"), ("push", "push", "formalism").')
    assert said["no_play_avoids"] == (
        "Proved: In this game of perfect information, no subgame-perfect equilibrium, pure or mixed, reaches "
        '("assist", "escalate", "bounce"), ("push", "escalate", "bounce"), ("push", "formalism").'
    )
    assert said["no_markov_perfect_avoids"] == (
        "Proved: In this stochastic game with discount factor 9/10, there is 1 Markov-perfect equilibrium in pure "
        "stationary strategies (mixed ones are not considered), and none gives a share of the periods, in the long run "
        f'from "calm", to {both} in "calm"; {both} in "scandal".'
    )
    assert "probability at most " in said["correlated_between"]
    assert 'are exactly these 1: ("upper": ' in said["all_extreme_equilibria"]


def test_a_false_claim_is_answered_with_what_contradicts_it(certificates: Certificates) -> None:
    document = certificates["bundle_is_robust"].to_json()
    document["claim"]["bundle"] = ["list"]
    verdict = checker.check({**document, "digest": checker.digest_of(document)})
    assert not verdict.holds
    assert verdict.reason.startswith(
        'After {"list", "escalation_rule"}: the Nash equilibrium ("upper": "push"; "lower": '
    )
    assert str(verdict).startswith('NOT proved: In this model, after {"list"}, whatever else of this menu')


def test_equilibria_missing_from_a_list_or_wrongly_on_it_are_named(certificates: Certificates) -> None:
    claim = certificates["all_extreme_equilibria"].to_json()["claim"]
    claim["equilibria"] = [[["1", "0"], ["1", "0", "0"]]]
    reason = checker.check(seal(claim)).reason
    assert 'Listed, but not an extreme equilibrium: ("upper": "assist"; "lower": "work")' in reason
    assert 'Missing from the list: ("upper": ' in reason


def test_a_formula_that_divides_by_zero_proves_nothing(certificates: Certificates) -> None:
    claim = certificates["bundle_removes"].to_json()["claim"]
    claim["model"]["program"] = [["number", "0"], ["/", 0, 0]]
    claim["model"]["payoffs"] = [[[1, 1, 1], [1, 1, 1]], [[1, 1, 1], [1, 1, 1]]]
    verdict = checker.check(seal(claim))
    assert (verdict.holds, verdict.reason) == (False, 'After {"list"} the payoff formula divides by zero')


def test_robustness_looks_beyond_single_additions() -> None:
    """To `list` either of `empower` and `tolerate` may be added, but not both."""
    menu = choose(CATALOGUE, ["list", "empower", "tolerate"])
    for bundle in (["list"], ["list", "empower"], ["list", "tolerate"]):
        assert certify(BundleRemoves(Delegation(), menu, bundle)).holds
    with pytest.raises(CertificateError, match=r'After \{"list", "empower", "tolerate"\}: the Nash equilibrium'):
        certify(IsRobust(Delegation(), menu, ["list"]))


@given(st.sets(st.sampled_from(CATALOGUE)), st.randoms())
@settings(deadline=None)
def test_edits_of_a_bundle_apply_as_all_scales_then_adds_then_floors_then_the_range(bundle: Any, random: Any) -> None:
    """`voice` adds to what `inspect_substance` floors; the order of the file must not matter."""
    statement = BundleRemoves(Delegation(), CATALOGUE, []).statement()
    edits = [(name, how, Fraction(x)) for reform in bundle for name, how, x in statement["reforms"][reform.name]]
    random.shuffle(edits)
    parameters = {
        name: (Fraction(value), Fraction(low), None if high is None else Fraction(high))
        for name, (value, low, high) in statement["model"]["parameters"].items()
    }
    assert reforms.after(edits, parameters, Work()) == apply(Delegation(), bundle).values()


def test_the_empty_bundle_is_a_bundle(certificates: Certificates) -> None:
    claim = {**certificates["bundle_removes"].to_json()["claim"], "bundle": []}
    assert "after {}, no Nash" in checker.check(seal(claim)).claim
    assert not checker.check(seal(claim)).holds


def test_very_long_numbers_are_not_printed() -> None:
    long = Fraction(1, 3**2000)
    assert number(long) == "(a very long fraction)"
    assert number(Fraction(-1, 3)) == "-1/3"


def test_a_verdict_is_a_value() -> None:
    assert Verdict(True, "c", "r", {"a": 1}) == Verdict(True, "c", "r", {"a": 1})
    assert len({Verdict(True, "c", "r"), Verdict(True, "c", "r")}) == 1


# ---- on its own ------------------------------------------------------------------------------------------------------


def run_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    alone = folder / "by any name"
    shutil.copytree(FOLDER, alone, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    return subprocess.run(
        [sys.executable, "-I", "-S", str(alone), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_one_folder_copied_elsewhere_checks_certificates(tmp_path: Path, certificates: Certificates) -> None:
    certificates["no_nash_avoids"].save(tmp_path / "true.json")
    false = certificates["no_nash_avoids"].to_json()
    false["claim"]["event"] = [[a, b] for a in ("assist", "push") for b in ("work", "escalate", "formalism")]
    (tmp_path / "false.json").write_text(json.dumps(false))
    good, bad, none = (run_alone(tmp_path, name) for name in ("true.json", "false.json", "none.json"))
    assert (good.returncode, bad.returncode, none.returncode, run_alone(tmp_path).returncode) == (0, 1, 2, 2)
    assert good.stdout.startswith("Proved: In this game, no Nash equilibrium")
    assert bad.stdout.startswith("NOT proved: In this game, no Nash") and "puts probability 1 on (" in bad.stdout
    assert "there is no such file (usage: python checker FILE)" in none.stdout
    assert not good.stderr + bad.stderr + none.stderr


@pytest.mark.parametrize(("edit", "code"), [(False, 0), (True, 1)])
def test_main_answers_by_exit_status(
    edit: bool,
    code: int,
    tmp_path: Path,
    certificates: Certificates,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = certificates["is_nash"].to_json()
    if edit:
        document["digest"] = "0"
    (tmp_path / "a file.json").write_text(json.dumps(document))
    assert checker.main([str(tmp_path / "a file.json")]) == code
    assert ("digest does not fit" in capsys.readouterr().out) == edit
    monkeypatch.setattr(sys, "argv", ["checker", str(tmp_path / "a file.json")])
    with pytest.raises(SystemExit) as exit_status:
        runpy.run_module("blamegame.certificates.checker", run_name="__main__")
    assert exit_status.value.code == code
    assert checker.main([]) == 2


def test_certificates_load_no_solver_and_no_model() -> None:
    code = (
        "import sys, blamegame.certificates.certify as c\n"
        "bad = [m for m in sys.modules if m.startswith(('blamegame.solvers', 'blamegame.models', 'scipy', 'flint'))]\n"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_checker_says_what_each_of_its_files_is_for() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert files <= set(re.findall(r"``(\w+)``", checker.__doc__ or ""))


def test_the_checker_imports_only_the_standard_library() -> None:
    nodes = [node for file in FOLDER.glob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    assert {module.split(".")[0] for module in imported} <= sys.stdlib_module_names


# ---- hostile files ---------------------------------------------------------------------------------------------------

GAME = {"players": ["a", "b"], "actions": [["x"], ["y"]], "payoffs": [[["0"]], [["0"]]]}
NASH = {"kind": "is_nash", "game": GAME, "profile": [["1"], ["1"]]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1, 2", "not JSON"),
        (b"[" * 200_000, "not JSON"),
        (b'{"a":' * 200_000, "not JSON"),
        (b"[" * 3_000 + b"]" * 3_000, "not JSON"),
        (b"NaN", "not a rational written as text"),
        (b"-Infinity", "not a rational written as text"),
        (b"1e999999999", "not a rational written as text"),
        (b"9" * 1_000_000, "not a rational written as text"),
        (b'{"a": 1, "a": 2}', "a key appears twice"),
        (b" " * (reading.MOST_BYTES + 1), "larger than 2000000 bytes"),
        (b"null", "not of format"),
        (b'{"format": "blamegame-certificate/2"}', "not of format 'blamegame-certificate/1'"),
        (b'{"format": "blamegame-certificate/1"}', "certificate needs exactly the keys format, claim, proof, digest"),
    ],
)
def test_what_is_not_a_certificate_is_refused_with_the_reason(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "hostile.json").write_bytes(content)
    with pytest.raises(CertificateError, match=message):
        verify(tmp_path / "hostile.json")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "is_true"}, "claim.kind is not one of is_nash, all_extreme"),
        ({"kind": ["is_nash"]}, "claim.kind is not one of"),
        ({"profile": "half"}, "claim.profile is not a list: 'half'"),
        ({"profile": [["1"], ["1", "0"]]}, "not one probability vector per player"),
        ({"profile": [["2"], ["1"]]}, "not one probability vector per player"),
        ({"profile": [["1"]]}, "not one probability vector per player"),
        ({"profile": [[1], ["1"]]}, "1 is not a rational written as text"),
        ({"profile": [[True], ["1"]]}, "bool is not a rational written as text"),
        ({"profile": [["2/2"], ["1"]]}, "'2/2' is not in lowest terms"),
        ({"profile": [["-0"], ["1"]]}, "'-0' is not in lowest terms"),
        ({"profile": [["1/0"], ["1"]]}, "'1/0' is not a rational"),
        ({"profile": [["1e9"], ["1"]]}, "'1e9' is not a rational"),
        ({"profile": [["٣"], ["1"]]}, "is not a rational"),
        ({"profile": [["9" * 4_001], ["1"]]}, "is not a rational"),
        ({"game": 7}, "claim.game is not an object: 7"),
        ({"game": {**GAME, "players": ["a"]}}, "not one list of actions for each player"),
        ({"game": {**GAME, "players": ["a", "a"]}}, "players is empty, or has something twice"),
        ({"game": {**GAME, "players": []}}, "players is empty, or has something twice"),
        ({"game": {**GAME, "actions": [["x"], []]}}, "actions is empty, or has something twice"),
        ({"game": {**GAME, "players": ["a", "b\x1b[2J"]}}, "may be misread in a sentence"),
        ({"game": {**GAME, "players": ["a", "\ud800"]}}, "may be misread in a sentence"),
        ({"game": {**GAME, "players": ["a", ""]}}, "is not a name of 1 to 200 characters"),
        ({"game": {**GAME, "payoffs": [[["0"]]]}}, "payoffs are not nested in the shape of the game"),
        ({"game": {**GAME, "payoffs": [[["0"]], [["0", "0"]]]}}, "payoffs are not nested in the shape of the game"),
    ],
)
def test_a_malformed_claim_is_refused_with_the_reason(change: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=message):
        verify(seal({**NASH, **change}))


def test_a_negative_probability_is_refused() -> None:
    game = {"players": ["a"], "actions": [["x", "y"]], "payoffs": [["0", "0"]]}
    assert verify(seal({"kind": "is_nash", "game": game, "profile": [["1/2", "1/2"]]})).holds
    with pytest.raises(CertificateError, match="not one probability vector per player"):
        verify(seal({"kind": "is_nash", "game": game, "profile": [["2", "-1"]]}))


def test_a_game_of_too_many_players_is_refused() -> None:
    payoffs: Any = "0"
    for _ in range(17):
        payoffs = [payoffs]
    game = {"players": list("abcdefghijklmnopq"), "actions": [["x"]] * 17, "payoffs": [payoffs] * 17}
    with pytest.raises(CertificateError, match="more than 16 players"):
        verify(seal({"kind": "is_nash", "game": game, "profile": [["1"]] * 17}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"event": [["x", "x"]]}, "which is not a cell of this game"),
        ({"event": [["x"]]}, "which is not a cell of this game"),
        ({"event": []}, "event is empty"),
        ({"event": [["x", "y"], ["x", "y"]]}, "event is empty, or has something twice"),
    ],
)
def test_a_malformed_event_is_refused(change: Any, message: str) -> None:
    with pytest.raises(CertificateError, match=message):
        verify(seal({"kind": "no_nash_avoids", "game": GAME, **change}))


def test_a_proof_of_another_shape_is_refused() -> None:
    game = {"players": ["a", "b"], "actions": [["x", "z"], ["y"]], "payoffs": [[["0"], ["1"]], [["0"], ["0"]]]}
    claim = {"kind": "correlated_at_most", "game": game, "event": [["x", "y"]], "value": "0"}
    rather = [["0", "1"], ["0", "0"]]
    assert verify(seal(claim, {"multipliers": [rather, [["0"]]]})).holds
    with pytest.raises(CertificateError, match="one table of multipliers for each player"):
        verify(seal(claim, {"multipliers": [rather]}))
    with pytest.raises(CertificateError, match="multipliers are not nested"):
        verify(seal(claim, {"multipliers": [rather, ["0"]]}))
    with pytest.raises(CertificateError, match=r"proof needs exactly the keys \(none\)"):
        verify(seal(NASH, {"multipliers": []}))


def test_a_negative_multiplier_proves_nothing() -> None:
    """Both actions of the one who chooses tie, save that x pays more against y; -1 turns that around."""
    claim = {
        "kind": "correlated_at_most",
        "game": {"players": ["a", "b"], "actions": [["x", "z"], ["y"]], "payoffs": [[["1"], ["0"]], [["0"], ["0"]]]},
        "event": [["x", "y"]],
        "value": "0",
    }
    verdict = verify(seal(claim, {"multipliers": [[["0", "-1"], ["0", "0"]], [["0"]]]}))
    assert (verdict.holds, verdict.reason) == (False, "A multiplier is negative")


BAD_MODELS = {
    "step 0 of the program": {"program": [["sin", 0, 0]]},
    "step 0 of the program \\(int\\)": {"program": []},
    "step 0 of the program \\(NoneType\\)": {"program": [[["+"], 0, 0]]},
    "'1' is not a whole number": {"program": [["number", "1"], ["+", "1", 0]]},
    "1 is not one of the 1 registers": {"program": [["number", "1"], ["+", 1, 0]]},
    "-1 is not one of the 1 registers": {"program": [["number", "1"], ["+", -1, 0]]},
    "bool is not a whole number": {"program": [["number", "1"], ["+", False, 0]]},
    "is not in lowest terms": {"program": [["number", "01"]]},
    "model.program is not a list": {"program": "x"},
    "model.parameters.authority is not a list of 3": {"parameters": {"authority": ["1"]}},
    "model.parameters is not an object": {"parameters": []},
    "is not an edit": {"parameters": {"other": ["0", "0", None]}, "program": [["parameter", "other"]]},
}


@pytest.mark.parametrize("message", BAD_MODELS)
def test_a_malformed_model_is_refused(message: str, certificates: Certificates) -> None:
    claim = certificates["bundle_removes"].to_json()["claim"]
    change = BAD_MODELS[message]
    if message.endswith("\\(int\\)"):
        message, change = "step 0 of the program", {"program": [7]}
    if "edit" in message:
        change = {**change, "payoffs": [[[0] * 3] * 2] * 2}
    claim["model"] = {**claim["model"], **change}
    with pytest.raises(CertificateError, match=message):
        verify(seal(claim))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"bundle": ["unheard"]}, "a reform that is not among"),
        ({"bundle": ["list", "list"]}, "bundle is empty, or has something twice"),
        ({"reforms": {"list": [["diffusion", "double", "1"]]}}, "double diffusion is not an edit"),
        ({"reforms": {"list": [["diffusion", "scale"]]}}, "is not a list of 3"),
    ],
)
def test_a_malformed_bundle_is_refused(change: Any, message: str, certificates: Certificates) -> None:
    with pytest.raises(CertificateError, match=message):
        verify(seal({**certificates["bundle_removes"].to_json()["claim"], **change}))


def test_what_is_too_large_is_refused_and_not_passed(certificates: Certificates) -> None:
    zeros = [[["0"] * 9] * 9] * 2
    game = {"players": ["a", "b"], "actions": [list("abcdefghi")] * 2, "payoffs": zeros}
    with pytest.raises(CertificateError, match="too large: a best-response polytope of a 9x9 game"):
        verify(seal({"kind": "no_nash_avoids", "game": game, "event": [["a", "a"]]}))
    claim = certificates["bundle_is_robust"].to_json()["claim"]
    claim["reforms"] |= {f"r{k}": [] for k in range(60)}
    with pytest.raises(CertificateError, match="too large: 63 other reforms make more than 65536 bundles"):
        verify(seal(claim))


def test_numbers_that_explode_are_stopped(certificates: Certificates) -> None:
    """Squaring 64 times over would need more digits than there are atoms."""
    claim = certificates["bundle_removes"].to_json()["claim"]
    claim["model"]["program"] = [["number", "3/2"], *(["*", k, k] for k in range(64))]
    claim["model"]["payoffs"] = [[[64] * 3] * 2] * 2
    with pytest.raises(CertificateError, match="too large: checking needs more than 40000000 units"):
        verify(seal(claim))


def test_sums_of_long_fractions_are_stopped() -> None:
    """Hundreds of probabilities with unrelated 3,900-digit denominators have a sum of millions of digits."""
    labels = [f"x{k}" for k in range(450)]
    game = {"players": ["a"], "actions": [labels], "payoffs": [["0"] * 450]}
    strategy = [f"1/{10**3900 + 2 * k + 1}" for k in range(450)]
    with pytest.raises(CertificateError, match="too large"):
        verify(seal({"kind": "is_nash", "game": game, "profile": [strategy]}))


def test_a_file_of_100_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with open(path, "wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    with pytest.raises(CertificateError, match="larger than 2000000 bytes"):
        verify(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_what_is_not_a_readable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path, tmp_path / "none.json", "/dev/zero", "\0"):
        with pytest.raises(CertificateError, match="no such file"):
            verify(path)
    (tmp_path / "closed.json").write_text("{}")
    monkeypatch.setattr("builtins.open", _forbidden)
    with pytest.raises(CertificateError, match=r"cannot be read: .*Permission"):
        verify(tmp_path / "closed.json")


def _forbidden(*args: Any) -> Any:
    raise PermissionError(13, "Permission denied", os.fspath(args[0]))


HOSTILE = st.sampled_from(
    [None, True, 0, -1, 10**6, 10**30, 1.5, float("nan"), float("inf"), "", "0", "-1", "1/0", "1e999999999", "9" * 5000,
     "1/" + "3" * 3999, "NaN", "\ud800", "\x1b[31m", "\u202e", [], {}, [[]], [[["0"]]], {"kind": "is_nash"},
     ["+", 0, 0], ["number", "1"], "is_nash", "bundle_is_robust", "push", "authority", "train"]
)  # fmt: skip


def nodes(node: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [where, *(deep for key, child in items for deep in nodes(child, (*where, key)))]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_mutilated_certificate_raises_anything_but_certificate_error(
    certificates: Certificates, data: st.DataObject
) -> None:
    box = [json.loads(certificates[data.draw(st.sampled_from(sorted(certificates)))].text)]
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(nodes(box)[1:]))
        parent = box
        for key in where[:-1]:
            parent = parent[key]
        parent[where[-1]] = copy.deepcopy(data.draw(HOSTILE))
    document = box[0]
    if isinstance(document, dict) and {"format", "claim", "proof", "digest"} == set(document):
        document["digest"] = checker.digest_of(document)
    try:
        verdict = verify(document)
    except CertificateError:
        verdict = None
    try:
        again = checker.check(checker.parse(json.dumps(document).encode()))
    except Refused:
        again = None
    assert verdict == again


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise_anything_but_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        checker.check(checker.parse(content))


def test_every_small_game_gets_a_verdict() -> None:
    """All 2x1 and 1x2 games with payoffs 0 and 1: the claim about a cell is true or false, never refused."""
    for numbers in product("01", repeat=4):
        a, b, c, d = numbers
        game = {"players": ["p", "q"], "actions": [["x", "z"], ["y"]], "payoffs": [[[a], [b]], [[c], [d]]]}
        verdict = checker.check(seal({"kind": "no_nash_avoids", "game": game, "event": [["x", "y"]]}))
        assert verdict.holds == (b > a)
