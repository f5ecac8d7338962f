"""What ``blamegame solve`` prints, for people and for programs."""

import json
import re
import subprocess
import sys

import pytest

from blamegame.models.delegation import Delegation
from blamegame.scenario import shipped_names

H_COUNTY = """\
Payoffs (upper, lower), in units of the social value of success
  upper \\ lower  work                escalate                formalism
  assist         0.0854, -0.139      -0.41425, _0.0475_      -0.595, -0.364
  push           _0.1075_, -0.62095  _-0.2021_, _-0.2495_ *  _-0.095_, -0.5278
  _best reply_   * pure equilibrium

Nash equilibria: 1 (complete)
  1.  upper: push; lower: escalate
      avoidance 1, payoffs -0.2021, -0.2495

Probability of mutual avoidance: (push, escalate) or (push, formalism)
  equilibria         best  worst  verdict
  nash               1     1      entrenched
  correlated         1     1      entrenched
  coarse-correlated  1     1      entrenched
  rationalizable     1     1      entrenched
  entrenched: inevitable: every equilibrium has some mutual avoidance
"""


def test_the_county_is_printed_as_a_game_theorist_expects(run):
    shown = run("solve", "h_county")
    assert shown.code == 0 and shown.err == ""
    assert shown.out.startswith("H County and its townships")
    assert H_COUNTY in shown.out
    assert "In words" in shown.out and "upper plays push" in shown.out


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_fits_80_columns_without_colours_or_trailing_spaces(run, name):
    shown = run("solve", name)
    assert shown.code == 0
    assert "\x1b" not in shown.out
    assert all(len(line) <= 80 and line == line.rstrip() for line in shown.out.split("\n"))


def test_the_trap_is_called_a_trap_and_its_mixed_equilibrium_is_exact(run):
    out = run("solve", "trap").out
    assert "337555/601704 (0.560998) assist + 264149/601704 (0.439002) push" in " ".join(out.split())
    assert "trap: possible, not inevitable" in out


def test_payoffs_that_do_not_fit_are_rounded_in_the_table_and_given_exactly_below(run):
    out = run("solve", "cycle").out
    assert "Rounded to 4 digits; exactly:" in out
    assert "(push, escalate)     -7064727/32000000, -1196819/1600000" in out
    assert "Only a" in out and "mixed" in out


def test_the_json_holds_exact_numbers_and_nothing_else_is_printed(run):
    shown = run("solve", "h_county", "--json")
    found = shown.json
    assert shown.err == ""
    assert set(found) == {
        "scenario",
        "game",
        "equilibria",
        "components",
        "complete",
        "method",
        "status",
        "verdicts",
        "explanation",
        "region",
    }
    assert found["game"]["payoffs"][0][0][0] == "427/5000"
    assert found["game"]["payoffs_decimal"][0][0][0] == 0.0854
    assert found["equilibria"] == [
        {
            "strategies": {
                "upper": {"push": {"exact": "1", "decimal": 1.0}},
                "lower": {"escalate": {"exact": "1", "decimal": 1.0}},
            },
            "payoffs": {
                "upper": {"exact": "-2021/10000", "decimal": -0.2021},
                "lower": {"exact": "-499/2000", "decimal": -0.2495},
            },
            "avoidance": {"exact": "1", "decimal": 1.0},
        }
    ]
    assert found["complete"] is True
    assert {word: verdict["status"] for word, verdict in found["verdicts"].items()} == dict.fromkeys(
        ("nash", "correlated", "coarse-correlated", "rationalizable"), "entrenched"
    )


def test_a_degenerate_game_says_that_its_equilibria_form_sets(run, tmp_path):
    path = tmp_path / "flat.toml"
    nothing = [name for name, spec in Delegation.parameters().items() if spec.high is None]
    zero = "\n".join(f"{name} = 0" for name in nothing)
    path.write_text(f'title = "Nothing matters"\n[model]\nkind = "delegation"\n{zero}\n')
    out = run("solve", path).out
    assert re.search(r"Extreme Nash equilibria: 6 in 1 connected sets? \(complete\)", out)
    assert "nash               0     1      trap" in out


def test_markup_in_a_title_is_printed_as_it_is(run, small):
    assert run("solve", small).out.startswith("Small [bold]county[/bold]\n")


def test_numbers_in_json_are_exact_where_they_can_be():
    from fractions import Fraction

    from blamegame.cli.screen import number

    assert number(Fraction(1, 3)) == {"exact": "1/3", "decimal": 1 / 3}
    assert number(0.25) == {"exact": None, "decimal": 0.25}
    assert number(float("nan")) is None


def test_a_terminal_gets_underlines_instead_of_underscores(tmp_path):
    code = (
        "import io, sys\n"
        "from rich.console import Console\n"
        "from blamegame.cli.payoff_table import print_payoffs\n"
        "from blamegame.models.delegation import Delegation\n"
        "screen = Console(force_terminal=True, color_system='standard', width=80, file=sys.stdout)\n"
        "print_payoffs(screen, Delegation().stage_game())\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "\x1b[4m0.1075\x1b[0m" in shown and "_0.1075_" not in shown


def test_other_games_are_printed_as_lists_of_cells_or_summed_up(capsys):
    import numpy as np

    from blamegame.cli.payoff_table import print_payoffs
    from blamegame.cli.screen import console
    from blamegame.games.strategic import StrategicGame

    print_payoffs(console(), StrategicGame(np.zeros((3, 2, 1, 1), dtype=int)))
    assert "_0_, _0_, _0_ *" in capsys.readouterr().out
    print_payoffs(console(), StrategicGame(np.zeros((2, 9, 9))))
    assert "too many cells to print" in capsys.readouterr().out


def test_json_is_ascii_so_that_any_pipe_can_carry_it(run, tmp_path):
    path = tmp_path / "county.toml"
    path.write_text('title = "县"\n[model]\nkind = "delegation"\n', encoding="utf-8")
    out = run("solve", path, "--json").out
    assert out.isascii() and json.loads(out)["scenario"]["title"] == "县"
