from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from blamegame.cli import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_two_parameters_are_tallied_written_and_drawn(tmp_path, run):
    out, figure = tmp_path / "out.nc", tmp_path / "out.png"
    result = run(
        "study",
        "h_county",
        "--vary",
        "authority=0.6,0.7",
        "--vary",
        "accountability=1:2:2",
        "-o",
        out,
        "--plot",
        figure,
    )
    assert result.exit_code == 0, result.output
    assert "4 cells over authority (2) x accountability (2)" in result.output and "entrenched" in result.output
    assert figure.stat().st_size > 5_000 and out.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.nc", "out.png"]
    again = run("plot", out)
    assert again.exit_code == 0 and "figure in" in again.output


def test_one_parameter_as_json_with_a_corridor(tmp_path, run):
    figure = tmp_path / "corridor.svg"
    result = run("study", "h_county", "--vary", "authority=0:1:5", "--plot", figure, "--json")
    found = json.loads(result.output)
    assert found["cells"] == 5 and found["verdicts"] == {"entrenched": 3, "free": 2} and figure.exists()


@pytest.mark.parametrize(
    "values", [("authority=0.5",), ("authority=0.5", "accountability=0:2:3"), ("authority=0.5", "accountability=1")]
)
def test_a_parameter_of_one_value_is_drawn_as_a_corridor(tmp_path, run, values):
    figure = tmp_path / "one.svg"
    result = run("study", "h_county", *(part for value in values for part in ("--vary", value)), "--plot", figure)
    assert result.exit_code == 0, result.output
    assert "every equilibrium" in figure.read_text() and "scenario h_county" in figure.read_text()


def test_values_given_out_of_order_are_drawn_with_their_boundary(tmp_path, run):
    figure = tmp_path / "map.svg"
    vary = ("--vary", "authority=0.9,0.1", "--vary", "accountability=0:2:3")
    result = run("study", "h_county", *vary, "--plot", figure)
    assert result.exit_code == 0, result.output
    assert "exact boundary" in figure.read_text()


def test_a_figure_says_which_study_it_is_of(tmp_path, run):
    from blamegame.studies.dataset import read_dataset

    for ending in ("png", "svg"):
        vary = ("--vary", "authority=0:1:3", "-o", tmp_path / "out.nc", "--plot", tmp_path / f"map.{ending}")
        assert run("study", "h_county", *vary).exit_code == 0
        identity = read_dataset(tmp_path / "out.nc").attrs["identity"]
        assert f"blamegame study {identity}".encode() in (tmp_path / f"map.{ending}").read_bytes()


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(tmp_path, run):
    result = run("study", "h_county", "--vary", "authority=0:1:2001", "-o", tmp_path / "out.nc", "--dry-run")
    assert result.exit_code == 0 and "2,001 cells" in result.output and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--vary", "authorty=0:1:3"), "did you mean 'authority'"),
        (("--vary", "authority=0:1"), "such as authority=0:1:201"),
        (("--vary", "authority=0:2:3"), "authority"),
        (("--vary", "accountability=1e400"), "is too long or too large: at most 40 digits"),
        (("--vary", "accountability=1e-400"), "is too long or too large: at most 40 digits"),
        (("--vary", "authority=0:1:3", "-o", "result.h5"), "does not end in .nc, .csv, .xlsx"),
        (("--vary", "authority=0:1:3", "-o", "nowhere/result.nc"), "there is no folder nowhere"),
        (("--vary", "authority=0:1:3", "--plot", "figure.docx"), "a figure is written as one of these"),
        (("--vary", "authority=0:1:3", "--plot", "nowhere/figure.png"), "there is no folder nowhere"),
        ((), "--vary"),
    ],
)
def test_a_wrong_command_is_bad_input_in_one_line(run, arguments, message):
    result = run("study", "h_county", *arguments)
    assert result.exit_code == 2 and message in result.output and "Traceback" not in result.output


def test_a_result_that_is_none_is_bad_input(tmp_path, run):
    path = tmp_path / "notes.nc"
    path.write_text("not a result")
    result = run("plot", path)
    assert result.exit_code == 2 and "is not a file that a study wrote" in result.output


def test_three_parameters_have_no_figure_and_the_message_says_so(tmp_path, run):
    out = tmp_path / "cube.nc"
    cube = ("--vary", "authority=0,1", "--vary", "diffusion=0,1", "--vary", "tolerance=0,1")
    assert run("study", "h_county", *cube, "-o", out).exit_code == 0
    result = run("plot", out)
    assert result.exit_code == 2 and "1 or 2 parameters, not 3" in result.output


def test_a_concept_of_ones_choice_replaces_that_of_the_scenario(run):
    arguments = ["study", "h_county", "--vary", "authority=0.1,0.3", "--json"]
    asked = json.loads(run(*arguments, "--concept", "subgame-perfect", "--discount", "9/10").output)
    assert asked["verdicts"] == {"trap": 2} and json.loads(run(*arguments).output)["verdicts"] == {"entrenched": 2}
    wrong = run(*arguments, "--concept", "corelated")
    assert wrong.exit_code == 2 and "did you mean 'correlated'?" in wrong.output
    assert "needs --discount" in run(*arguments, "--concept", "markov-perfect").output


@pytest.mark.parametrize("kind", ["scandal", "team", "nation", "departments", "promotion"])
def test_scenarios_of_other_kinds_are_studied_under_their_own_concept(kind, run):
    parameter = {"team": "exposure", "departments": "letter_cost", "promotion": "prospects"}.get(kind, "authority")
    result = run("study", kind, "--vary", f"{parameter}=0.2,0.8", "--workers", "1")
    assert result.exit_code == 0 and f"2 cells over {parameter} (2)" in result.output, result.output


def test_what_cannot_be_kept_is_refused_before_anything_is_computed(tmp_path, run):
    axes = [part for name in ("authority", "tolerance", "diffusion") for part in ("--vary", f"{name}=0:1:99")]
    figure = run("study", "h_county", *axes, "--plot", tmp_path / "x.png")
    assert figure.exit_code == 2 and "1 or 2 parameters, not 3 (authority, tolerance, diffusion)" in figure.output
    folder = run("study", "h_county", *axes, "-o", tmp_path / "none" / "x.nc")
    assert folder.exit_code == 2 and "there is no folder" in folder.output
    limit = run("study", "h_county", *axes, "--limit", "1000")
    assert limit.exit_code == 2 and "970,299 cells, more than limit=1,000" in limit.output


def test_an_interrupted_study_says_how_to_continue(tmp_path):
    command = [
        sys.executable,
        "-m",
        "blamegame",
        "study",
        "h_county",
        "--vary",
        "authority=0:1:90000",
        "--workers",
        "2",
    ]
    command += ["--concept", "subgame-perfect", "--discount", "99/100", "--checkpoint", str(tmp_path / "kept")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.glob("kept/*part*")) and running.poll() is None:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 130 and "run the same study with that checkpoint to continue" in said
