"""``blamegame check``: what a scenario file holds, or everything that is wrong with it."""


def test_check_says_what_a_file_holds(run):
    out = run("check", "trap").out
    assert "trap (shipped) is a valid scenario" in out
    assert "authority* " in out and "cost_push " in out and "cost_push*" not in out
    assert "Goal: mutual avoidance in no equilibrium (Nash equilibria)" in out and "Assumptions" in out
    found = run("check", "trap", "--json").json
    assert found["valid"] is True and found["problems"] == []
    assert found["scenario"]["parameters"]["authority"] == {"exact": "1/20", "decimal": 0.05}


def test_check_of_a_bare_scenario_prints_no_empty_headings(run, tmp_path):
    path = tmp_path / "bare.toml"
    path.write_text('title = "t"\n[model]\nkind = "delegation"\n')
    out = run("check", path).out
    assert "Reforms" not in out and "Goal" not in out and "Sources" not in out
    assert run("check", path, "--json").json["scenario"]["goal"] is None


def test_check_lists_every_problem_with_its_line(run, tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text('title = "t"\n[model]\nkind = "delegation"\nauthorty = 1\ntolerance = 2\n')
    shown = run("check", path)
    assert shown.code == 2 and shown.out == ""
    assert "line 4" in shown.err and "line 5" in shown.err
    found = run("check", path, "--json")
    assert found.code == 2 and found.err == ""
    assert found.json["valid"] is False
    assert [problem["line"] for problem in found.json["problems"]] == [4, 5]
    assert found.json["problems"][0]["suggestion"] == "authority"


def test_check_gives_settings_that_are_no_parameters_as_plain_numbers(run):
    found = run("check", "chain_of_tiers", "--json").json["scenario"]
    assert found["kind"] == "chain" and found["settings"] == {"tiers": 3}
    assert "tiers" not in found["parameters"]
