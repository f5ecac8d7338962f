"""What ``blamegame reforms`` prints, writes and answers."""

import json
from contextlib import contextmanager

import pytest

from blamegame.certificates.certify import verify
from blamegame.cli import screen


def test_the_county_shows_the_facts_of_the_specification(run):
    shown = run("reforms", "h_county")
    out = " ".join(shown.out.split())
    assert shown.code == 0 and shown.err == ""
    assert "bundles that succeed 3,410 of 4,096, made of 12 reforms" in out
    assert "cheapest robust tolerate + train, at cost 4" in out
    assert "Minimal bundles: 20" in out
    assert "4 yes tolerate + train" in out
    assert "More can be less: 1,181 times" in out
    assert "adding escalation_rule to list brings avoidance back" in out
    assert "answer 0.1404" in out and "lighten -0.0264 -----" in out and "all together 0.8685" in out
    assert all(len(line) <= 80 and line == line.rstrip() for line in shown.out.split("\n"))


def test_the_json_has_the_keys_programs_rely_on(run):
    found = run("reforms", "h_county", "--json").json
    assert {"best", "worst", "status", "equilibria"} <= set(found["base"])
    assert found["base"]["best_exact"] == {"exact": "1", "decimal": 1.0}
    assert (found["bundles_total"], found["successes"], found["closure_violations"]) == (4096, 3410, 1181)
    assert len(found["minimal"]) == 20 and ["tolerate", "train"] in found["robust_minimal"]
    assert set(found["cheapest"]) >= {"reforms", "cost"} and found["cheapest"]["cost"] == 2
    assert round(found["shapley"]["answer"], 4) == 0.1404
    assert found["scenario"]["name"] == "h_county" and found["certificate"] is None


def test_a_goal_on_the_command_line_replaces_the_scenarios_own(run):
    found = run("reforms", "h_county", "--goal", "unique:assist,work", "--json").json
    assert (found["successes"], len(found["minimal"])) == (1111, 34)


@pytest.mark.parametrize("concept", ["nash", "correlated", "coarse-correlated", "rationalizable"])
@pytest.mark.parametrize("goal", ["removes", "unlocks:assist,work", "unique:assist,work"])
def test_every_goal_and_concept_works_on_a_small_menu_and_its_certificate_holds(run, small, tmp_path, goal, concept):
    path = tmp_path / "proof.json"
    shown = run("reforms", small, "--goal", goal, "--concept", concept, "--certificate", path, "--json")
    if goal.startswith("unlocks") and concept == "rationalizable" and shown.code == 2:
        assert "no certificate proves" in shown.err
        return
    found = shown.json
    if found["successes"]:
        assert shown.code == 0 and verify(path).holds
        assert found["certificate"]["file"] == str(path)
    else:
        assert shown.code == 1 and "nothing to certify" in shown.err and not path.exists()


def test_a_profile_that_a_bundle_unlocks_is_certified_as_an_equilibrium(run, tmp_path):
    scenario, path = tmp_path / "train.toml", tmp_path / "proof.json"
    scenario.write_text('title = "t"\n[model]\nkind = "delegation"\n[reforms]\nuse = ["empower", "train", "reward"]\n')
    goal = ("--goal", "unlocks:assist,work", "--certificate", path)
    for concept in ("nash", "correlated", "coarse-correlated"):
        shown = run("reforms", scenario, *goal, "--concept", concept)
        assert shown.code == 0 and "(assist, work) is an equilibrium" in shown.out
        assert json.loads(path.read_text())["claim"]["kind"] == "is_nash" and verify(path).holds
    shown = run("reforms", scenario, *goal, "--concept", "rationalizable")
    assert shown.code == 2 and "run without --certificate" in shown.err


def test_the_certificate_of_the_county_says_that_the_smallest_robust_bundle_stays_successful(run, tmp_path):
    path = tmp_path / "proof.json"
    shown = run("reforms", "h_county", "--certificate", path)
    assert "Proved: tolerate + train removes avoidance, whatever else of this menu of 12 is added." in shown.out
    assert f"Recheck it without any solver: blamegame verify {path}" in " ".join(shown.out.split())
    assert json.loads(path.read_text())["claim"]["kind"] == "bundle_is_robust"
    assert run("verify", path).code == 0


def test_without_a_robust_bundle_the_certificate_is_about_the_cheapest(run, tmp_path):
    scenario, path = tmp_path / "fragile.toml", tmp_path / "proof.json"
    scenario.write_text(
        'title = "t"\n[model]\nkind = "delegation"\n[reforms]\nuse = ["list", "escalation_rule"]\n'
        '[goal]\nremoves = "avoidance"\n'
    )
    shown = run("reforms", scenario, "--certificate", path)
    assert "none: every success is undone by some further reform" in " ".join(shown.out.split())
    assert "Proved: list removes avoidance." in shown.out
    assert json.loads(path.read_text())["claim"]["kind"] == "bundle_removes"


def test_where_nothing_succeeds_it_says_so(run, tmp_path):
    scenario = tmp_path / "hopeless.toml"
    scenario.write_text('title = "t"\n[model]\nkind = "delegation"\n[reforms]\nuse = ["lighten"]\n')
    shown = run("reforms", scenario)
    assert shown.code == 0 and "No bundle of these reforms reaches the goal." in shown.out
    assert run("reforms", scenario, "--certificate", tmp_path / "x.json").code == 1


def test_where_nothing_is_needed_the_minimal_bundle_is_nothing(run):
    out = " ".join(run("reforms", "responsible").out.split())
    assert "before any reform free" in out and "0 yes nothing" in out


def test_a_scenario_without_reforms_is_bad_input(run, tmp_path):
    scenario = tmp_path / "bare.toml"
    scenario.write_text('title = "t"\n[model]\nkind = "delegation"\n')
    shown = run("reforms", scenario)
    assert shown.code == 2 and 'add [reforms] with use = "all"' in shown.err


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("remove", "is not a goal; write removes, no_push"),
        ("unlocks", "is not a goal"),
        ("removes:push,escalate", "is not a goal"),
        ("unlocks:assist", "names 1 actions; write unlocks:ACTION OF upper,ACTION OF lower"),
        ("unique:asist,work", "did you mean 'assist'?"),
        ("unique:assist,zzz", "it has work, escalate, formalism"),
    ],
)
def test_a_goal_that_is_mistyped_is_bad_input(run, goal, said):
    shown = run("reforms", "h_county", "--goal", goal)
    assert shown.code == 2 and said in " ".join(shown.err.split())


def test_a_time_limit_gives_an_honest_partial_answer(run, tmp_path):
    shown = run("reforms", "h_county", "--time-limit", 0, "--certificate", tmp_path / "x.json")
    assert "Not complete: stopped after 0 of 4,096 bundles" in " ".join(shown.out.split())
    assert shown.code == 1 and "the search is not complete" in shown.err
    found = run("reforms", "h_county", "--time-limit", 0, "--json").json
    assert found["complete"] is False and found["minimal"] is None


def test_an_interrupted_search_prints_what_it_has_and_ends_with_130(run, monkeypatch):
    import blamegame.cli.screen as screen

    def interrupt(done, total):
        raise KeyboardInterrupt

    @contextmanager
    def progress(what):
        yield interrupt

    monkeypatch.setattr(screen, "progress", progress)
    shown = run("reforms", "h_county")
    assert shown.code == 130 and "interrupted" in shown.out


def test_a_certificate_that_cannot_be_written_is_bad_input(run, small, tmp_path):
    shown = run("reforms", small, "--certificate", tmp_path / "no" / "folder.json")
    assert shown.code == 2 and "there is no folder" in shown.err


def test_long_lists_of_bundles_are_cut_on_screen(run, monkeypatch):
    import blamegame.cli.reforms as reforms

    monkeypatch.setattr(reforms, "MOST_LISTED", 5)
    assert "and 15 more; --json lists them all" in run("reforms", "h_county").out


def test_a_measure_without_value_everywhere_is_said_instead_of_shares(capsys):
    from types import SimpleNamespace

    from blamegame.cli.reforms import _print_shares
    from blamegame.cli.screen import console
    from blamegame.errors import ReformError

    class Plan(SimpleNamespace):
        @property
        def shapley(self):
            raise ReformError("the measure has no value at 2 of 8 bundles")

    _print_shares(console(), Plan(measure="success probability"))
    assert "None: the measure has no value at 2 of 8 bundles." in capsys.readouterr().out


def test_progress_is_shown_where_somebody_watches(monkeypatch):
    import io
    import sys

    from blamegame.cli.screen import progress

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress("8 bundles") as report:
        report(4, 8)
        report(8, 8)
    assert "8 bundles" in sys.stderr.getvalue()


def test_bars_fit_a_narrow_screen(run, small, monkeypatch):
    monkeypatch.setattr(screen, "WIDEST", 50)
    shown = run("reforms", small).out
    bars = [line for line in shown.split("\n") if "█" in line or "##" in line]
    assert bars and all(len(line) <= 50 and line.split()[0] in ("list", "tolerate", "escalation_rule") for line in bars)
