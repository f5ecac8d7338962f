"""``solve`` and ``reforms`` on models that are more, or other, than one payoff table."""

import pytest

from blamegame.scenario import shipped_names


def test_a_hierarchy_prints_both_ends_tier_by_tier(run, tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(_small_nation())
    found = run("solve", path)
    assert found.code == 0 and found.err == ""
    for words in (
        "47 offices in 5 tiers, 30 mandates",
        "strategic complements were checked",
        "Least equilibrium: no mandate in",
        "Greatest equilibrium: every mandate in",
        "work/escalate/formalism",
        "trap: avoidance 0 at best, 1 at worst",
    ):
        assert words in found.out
    json = run("solve", path, "--json").json
    assert (json["offices"], json["mandates"], json["complements"], json["unique"]) == (47, 30, True, False)
    assert json["equilibria"][1]["tiers"][-1] == {"escalate": {"exact": "1", "decimal": 1.0}}
    assert json["avoidance"]["status"] == "trap" and json["avoidance"]["complete"]


def test_a_hierarchy_without_complements_says_that_others_may_exist(run, tmp_path):
    path = tmp_path / "deep.toml"
    path.write_text(
        'title = "x"\n[model]\nkind = "hierarchy"\ntree = [1, 4, 20]\nauthority = 0.85\n'
        "responsibility = 0.4\npush_strength = 0.6\n"
        "assistance = 0.1\nanswer_competence = 0.95\naccountability = 1.45\ntolerance = 0.15\nescalation_shield = 0.6\n"
        "diffusion = 0.25\ntrace_shield = 0.7\nsubstantive_inspection = 0.5\ncredit_lower = 0.7\ncredit_upper = 0.6\n"
        "cost_work = 0.4\ncost_assist = 0.4\n"
    )
    found = run("solve", path)
    assert found.code == 0
    json = run("solve", path, "--json").json
    assert json["avoidance"]["status"] in ("undecided", "trap") or json["avoidance"]["complete"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("departments", ["paperwork_share", "~0.967742", "entrenched: it happens", "at most 0.5: not reached"]),
        ("team", ["effort", "entrenched: it happens"]),
        ("markup", ["target_factor", "2.56031", "Formalism: overload > 1"]),
    ],
)
def test_a_model_with_measures_prints_them(run, name, words):
    found = run("solve", name)
    assert found.code == 0 and all(word in found.out for word in words)
    json = run("solve", name, "--json").json
    assert json["avoidance"]["happens"] and json["measures"]


def test_a_chain_is_solved_with_its_three_players(run):
    found = run("solve", "chain_of_tiers")
    assert found.code == 0 and "tier 1: push; tier 2: push; tier 3: escalate" in found.out


def test_play_in_stages_and_over_states_is_printed_beside_the_table(run):
    staged = run("solve", "three_stages")
    assert "upper: push, then lower: escalate, then upper: bounce" in staged.out
    assert run("solve", "three_stages", "--json").json["in_stages"]["status"] == "entrenched"
    scandal = run("solve", "scandal")
    assert "calm: (push, escalate), scandal: (push," in " ".join(scandal.out.split())
    assert len(run("solve", "scandal", "--json").json["markov_perfect"]) == 3


def test_a_long_event_is_said_in_words_and_plans_are_explained(run):
    difficulty = " ".join(run("solve", "difficulty").out.split())
    assert "Probability of mutual avoidance: upper pushes, and lower escalates tasks within its means" in difficulty
    assert "Lower's plan names what it does with easy, middle, hard tasks." in difficulty
    assert "Rounded to 4 digits; --json gives them exactly." in difficulty
    promotion = " ".join(run("solve", "promotion").out.split())
    assert "Probability of mutual avoidance: (push, escalate) or (push, formalism)" in promotion
    assert "Lower's plan names what it does without prospects | with prospects." in promotion


def test_the_excess_over_the_efficient_share_is_printed(run):
    shown = [line.split("  ")[1:] for line in run("solve", "difficulty").out.splitlines()]
    table = {row[0]: row[-1].strip() for row in shown if len(row) > 1}
    assert table["share escalated"] == "1"
    assert table["efficient share: tasks beyond lower's means"] == "0.7"
    assert table["excess: escalated within its means, or done on paper"] == "0.3"
    facts = run("solve", "difficulty", "--json").json["equilibria"][0]["facts"]
    assert facts["share escalated"]["exact"] == "1"


def test_the_long_run_share_of_scandals_is_printed(run):
    assert "long run: ~0.915254 of the periods in scandal" in " ".join(run("solve", "scandal").out.split())


@pytest.mark.parametrize(
    ("name", "word"),
    [("inspection", "faking"), ("markup", "formalism"), ("team", "idleness"), ("departments", "paper")],
)
def test_a_model_s_event_is_called_by_its_name(run, name, word):
    said = [run(command, name).out.lower() for command in ("solve", "reforms", "check")]
    assert all("mutual avoidance" not in text for text in said)
    assert any(word in text for text in said)


def test_reforms_of_the_mark_up_are_weighed_against_capacity_and_not_called_exact(run):
    found = run("reforms", "markup", "--json").json
    assert found["goal"] == "formalism in no equilibrium"
    assert found["shapley"]["differentiated_standards"] < -0.3
    assert "floating point" in found["note"] and "rational" not in found["note"].split(":")[0]


def test_reforms_report_the_measure(run):
    found = run("reforms", "departments")
    assert found.code == 0
    assert "~0.967742" in found.out or "0.967742" in found.out
    assert "review_letters | price_letters + short_letters, at cost 3" in " ".join(found.out.split())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("team", "effort at least 0.1 after forgive + reward_more."),
        ("departments", "paperwork_share at most 0.5 after review_letters, whatever else of this menu of 3 is added."),
        ("markup", "overload at most 1 after cap_markup, whatever else of this menu of 4 is added."),
    ],
)
def test_a_bound_on_a_measure_is_certified(run, name, words, tmp_path):
    found = run("reforms", name, "--certificate", tmp_path / "proof.json")
    assert found.code == 0 and f"Proved: {words}" in " ".join(found.out.split())
    checked = run("verify", tmp_path / "proof.json")
    assert checked.code == 0 and "in every Nash equilibrium" in " ".join(checked.out.split())


def test_a_small_nation_is_certified_for_every_outcome(run, tmp_path):
    scenario = tmp_path / "small.toml"
    scenario.write_text(_small_nation())
    found = run("reforms", scenario, "--certificate", tmp_path / "proof.json")
    words = "list removes avoidance in every Nash, correlated and rationalizable outcome, whatever else of this menu of"
    assert found.code == 0 and words in " ".join(found.out.split())
    assert run("verify", tmp_path / "proof.json").code == 0


def test_what_cannot_be_certified_is_refused_in_words(run, tmp_path):
    found = run("reforms", "scandal", "--goal", "unlocks:assist,work", "--certificate", tmp_path / "proof.json")
    assert found.code == 2 and "no certificate proves" in found.err and "run without --certificate" in found.err
    assert not (tmp_path / "proof.json").exists()


@pytest.mark.parametrize("name", sorted(set(shipped_names()) - {"nation", "difficulty"}))
def test_every_shipped_scenario_checks_and_solves(run, name):
    assert run("check", name).code in (0, 2)  # check takes files; a shipped name is one too
    assert run("solve", name).code == 0


def _small_nation():
    from blamegame.scenario.shipped import FOLDER

    return (FOLDER / "nation.toml").read_text().replace("[1, 31, 333, 2844, 38602]", "[1, 2, 4, 10, 30]")
