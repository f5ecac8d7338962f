"""``--concept subgame-perfect --discount 9/10`` on ``solve`` and ``reforms``."""

import pytest

from blamegame.certificates.certify import verify


def test_solve_prints_the_corridor_and_the_regime_table(run):
    shown = run("solve", "h_county", "--concept", "subgame-perfect", "--discount", "9/10")
    out = " ".join(shown.out.split())
    assert shown.code == 0 and shown.err == ""
    assert "Subgame-perfect equilibria at discount 0.9 of the game repeated for ever" in out
    assert "trap: avoidance 0 at best, 1 at worst" in out
    assert "0.516357 to 0.560962 as before, and (assist, work), (assist, escalate)" in out
    assert all(len(line) <= 80 for line in shown.out.split("\n"))


@pytest.mark.parametrize("typed", ["9/10", "0.9"])
def test_a_decimal_is_the_rational_it_spells(run, typed):
    found = run("solve", "h_county", "--concept", "subgame-perfect", "--discount", typed, "--json").json["repeated"]
    assert found["discount"]["exact"] == "9/10" and found["status"] == "trap"
    assert found["regimes"][0]["playable"] == [["push", "escalate"]]


def test_public_monitoring_has_no_regime_table(run):
    found = run("solve", "h_county", "--concept", "public-perfect", "--discount", "0.5", "--pure", "--json").json[
        "repeated"
    ]
    assert found["status"] == "entrenched" and found["regimes"] is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--concept", "subgame-perfect"], "needs --discount, such as 9/10"),
        (["--discount", "1/2"], "--discount needs --concept"),
        (["--concept", "subgame-perfect", "--discount", "1"], "is not in [0, 1)"),
        (["--concept", "subgame-perfect", "--discount", "half"], "write 9/10 or 0.9"),
    ],
)
def test_wrong_options_say_the_way_out(run, options, message):
    shown = run("solve", "h_county", *options)
    assert shown.code == 2 and message in " ".join(shown.err.split())


def test_a_concept_of_one_period_has_no_discount(run, small):
    shown = run("reforms", small, "--concept", "nash", "--discount", "1/2")
    assert shown.code == 2 and "has no --discount" in " ".join(shown.err.split())


def test_reforms_names_the_discount_factor_and_proves_the_cheapest_bundle(run, small, tmp_path):
    proof = tmp_path / "proof.json"
    shown = run("reforms", small, "--concept", "subgame-perfect", "--discount", "1/4", "--pure", "--certificate", proof)
    out = " ".join(shown.out.split())
    assert shown.code == 0, shown.err
    assert "mutual avoidance in no equilibrium (pure subgame-perfect equilibria at discount 0.25)" in out
    verdict = verify(proof)
    assert verdict.holds and "discount factor 1/4" in verdict.claim


def test_a_scenario_may_ask_about_repeated_play_itself(run, tmp_path):
    path = tmp_path / "patient.toml"
    path.write_text(
        'title = "Patient"\n[model]\nkind = "delegation"\n[goal]\nremoves = "avoidance"\n'
        'concept = "subgame-perfect"\ndiscount = 0.9\n'
    )
    assert run("solve", path, "--json").json["repeated"]["discount"]["exact"] == "9/10"
