"""What ``blamegame radius``, ``reforms --within`` and ``solve`` say of numbers that are not known."""

from fractions import Fraction

import pytest

INTERVALS = (
    'title = "t"\n[model]\nkind = "delegation"\ntolerance = [0, 1]\n'
    '[reforms]\nuse = ["list", "answer", "harsher"]\n[goal]\nremoves = "avoidance"\n'
)


@pytest.fixture
def uncertain(tmp_path):
    path = tmp_path / "uncertain.toml"
    path.write_text(INTERVALS)
    return path


def test_the_county_stands_what_the_specification_says(run):
    shown = run("radius", "h_county", "--bundle", "list,answer")
    out = " ".join(shown.out.split())
    assert shown.code == 0 and shown.err == ""
    assert "proved while every number is within 21.552 % of its value, all at once" in out
    assert "A county where it fails" in out and "after list + answer, an equilibrium" in out
    assert all(len(line) <= 80 for line in shown.out.split("\n"))


def test_the_json_has_the_bracket_and_an_exact_county(run):
    found = run("radius", "h_county", "--bundle", "tolerate,train", "--json").json
    assert found["bundle"] == ["tolerate", "train"] and found["robust"] is False
    low, high = found["radius"]
    assert 0.0214 <= low < high <= 0.0215 and Fraction(found["proved"]["exact"]) == Fraction(str(low))
    authority = Fraction(found["witness"]["parameters"]["authority"])
    assert abs(authority / Fraction(3, 10) - 1) <= Fraction(found["refuted"]["exact"])
    assert found["binding"] and found["each"] is None


def test_goal_and_robust(run):
    top = run(
        "radius", "h_county", "--bundle", "tolerate,escalation_rule,harsher", "--goal", "responsible", "--json"
    ).json
    assert 0.0113 <= top["radius"][0] < top["radius"][1] <= 0.0114
    robust = run("radius", "h_county", "--bundle", "tolerate,train", "--robust", "--json").json
    assert robust["radius"][0] == pytest.approx(0.0079, abs=1e-4) and robust["radius"][1] <= 0.0081


def test_each_number_alone(run, uncertain):
    shown = run("radius", uncertain, "--bundle", "list,answer", "--each")
    assert "How far each number may be off alone" in shown.out and "escalation_shield" in shown.out
    found = run("radius", uncertain, "--bundle", "list,answer", "--each", "--json").json["each"]
    assert found["escalation_shield"]["radius"][0] > 0.2


def test_a_bundle_that_fails_at_the_point(run):
    shown = run("radius", "h_county", "--bundle", "")
    assert shown.code == 0 and "at no distance: the goal fails at these numbers" in " ".join(shown.out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("radius", "h_county", "--bundle", "lst"), "'lst' is not a reform of this menu"),
        (("radius", "departments", "--bundle", ""), "is no table of payoffs of two players"),
        (("reforms", "h_county", "--within", "ten"), "write 10%, or file"),
        (("reforms", "trap", "--within", "file"), "has no intervals; add [uncertainty]"),
        (("reforms", "h_county", "--within", "1%", "--concept", "correlated"), "leave --concept out"),
    ],
)
def test_what_is_refused(run, arguments, words):
    shown = run(*arguments)
    assert shown.code == 2 and words in " ".join(shown.err.split())


def test_a_search_over_a_region(run, uncertain):
    uncertain.write_text(INTERVALS.replace("tolerance = [0, 1]\n", ""))
    shown = run("reforms", uncertain, "--within", "10%")
    out = " ".join(shown.out.split())
    assert "3 of 8 bundles reach the goal for every county of it" in out and "list + harsher" in out
    found = run("reforms", uncertain, "--within", "10 %", "--json").json
    assert (found["proved"], found["refuted"], found["open"]) == (3, 5, 0)
    assert found["minimal"] == [["list", "answer"], ["list", "harsher"]] and found["region"]["authority"] == [
        "27/100",
        "33/100",
    ]


def test_the_cheapest_bundle_over_a_region_is_certified(run, uncertain, tmp_path):
    uncertain.write_text(INTERVALS.replace("tolerance = [0, 1]\n", ""))
    path = tmp_path / "region.json"
    shown = run("reforms", uncertain, "--within", "10%", "--certificate", path)
    assert shown.code == 0 and "for every county of the region" in shown.out
    assert run("verify", path).code == 0
    never = run("reforms", uncertain, "--within", "90%", "--certificate", tmp_path / "none.json")
    assert never.code == 1 and "was not written" in never.err and not (tmp_path / "none.json").exists()


def test_a_search_over_the_intervals_of_the_file(run, uncertain):
    found = run("reforms", uncertain, "--within", "file", "--json").json
    assert found["region"] == {"tolerance": ["0", "1"]} and found["proved"] + found["refuted"] + found["open"] == 8


def test_solve_adds_the_verdict_over_the_intervals(run, uncertain):
    shown = run("solve", uncertain)
    out = " ".join(shown.out.split())
    assert "1 of 25 numbers are intervals" in out and "avoidance over the region: varies" in out
    assert "of the region, proved" in out
    found = run("solve", uncertain, "--json").json["region"]
    assert found["status"] == "varies" and set(found["counties"]) == {"entrenched", "free"} and not found["proved"]
    low, high = found["shares"]["free"]
    assert low <= 0.345 <= high and high - low < 2e-3


def test_solve_says_where_one_verdict_holds_throughout(run, tmp_path):
    path = tmp_path / "near.toml"
    path.write_text('title = "t"\n[model]\nkind = "delegation"\n[uncertainty]\nwithin = "2 %"\n')
    assert "entrenched for every county of the region: proved" in " ".join(run("solve", path).out.split())
    assert run("solve", path, "--json").json["region"]["proved"] is True


def test_solve_says_why_there_is_no_verdict(run, tmp_path):
    path = tmp_path / "team.toml"
    path.write_text('title = "t"\n[model]\nkind = "team"\n[uncertainty]\nwithin = "2 %"\n')
    shown = run("solve", path)
    assert shown.code == 0 and "No verdict over them:" in shown.out


def test_check_shows_the_intervals(run, uncertain):
    assert "0.5, 0 to 1" in run("check", uncertain).out
    found = run("check", uncertain, "--json").json["scenario"]["intervals"]
    assert [end["exact"] for end in found["tolerance"]] == ["0", "1"]


def test_reforms_opens_with_the_ladder_and_says_what_is_played(run):
    shown = run("reforms", "h_county")
    out = " ".join(shown.out.split())
    opening = ("The ladder", "3,410 mutual", "3,102 upper", "1,419 lower", "1,111 (assist", "bundles that succeed")
    places = [out.index(words) for words in (*opening, "What is played after it")]
    assert places == sorted(places)
    assert "cheapest robust: tolerate + train (4), stands 2.14 %" in out
    assert "After tolerate + train the only equilibrium is (assist, escalate); success 0.55" in out


def test_the_json_of_reforms_has_the_ladder(run):
    found = run("reforms", "h_county", "--json").json
    ladder = found["ladder"]
    assert [ladder[name]["successes"] for name in ("removes", "no_push", "lower_works", "responsible")] == [
        3410, 3102, 1419, 1111,
    ]  # fmt: skip
    rung = ladder["removes"]
    assert {"successes", "minimal", "cheapest", "robust_minimal", "radius"} <= set(rung) and rung["minimal"] == 20
    assert rung["cheapest"]["reforms"] == ["list"] and ["tolerate", "train"] in rung["robust_minimal"]
    assert rung["radius"] == [0.0975, 0.09751]
    assert [one["reforms"] for one in found["after"]] == [["list"], ["answer"], ["tolerate", "train"]]
    assert found["after"][0]["equilibria"][0]["success"] == 0.55


def test_other_models_say_which_rungs_they_have(run):
    assert "Inspection has removes of the four rungs" in " ".join(run("reforms", "inspection").out.split())
    assert run("reforms", "departments", "--json").json["ladder"]["no_push"] is None
