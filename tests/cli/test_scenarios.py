"""``blamegame scenarios``: every shipped scenario, one line each."""

from blamegame.scenario import shipped_names


def test_the_scenarios_are_listed_one_line_each(run):
    shown = run("scenarios")
    assert all(any(line.startswith(f"  {name} ") for line in shown.out.split("\n")) for name in shipped_names())
    assert [item["name"] for item in run("scenarios", "--json").json] == list(shipped_names())


def test_every_listed_name_can_be_checked_as_it_is_listed(run):
    listed = run("scenarios", "--json").json
    assert len({item["name"] for item in listed}) == len(listed) and all(item["title"] for item in listed)
    assert run("check", listed[0]["name"]).code == 0
