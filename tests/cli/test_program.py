"""The program as a whole: help, exit codes, errors in one line, interrupted and closed pipes."""

import errno
import os
import signal
import subprocess
import sys

import click
import pytest

import blamegame
from blamegame.cli import COMMANDS, main

PROGRAM = [sys.executable, "-c", "from blamegame.cli import main; main()"]


def start(*arguments, **settings):
    environment = {**os.environ, "COLUMNS": "80", **settings.pop("env", {})}
    return subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **settings
    )


def test_the_help_names_every_command_and_the_exit_codes(run):
    shown = run("--help")
    assert shown.code == 0
    assert all(f"\n  {command} " in shown.out for command in COMMANDS)
    assert "130 interrupted" in shown.out
    assert max(map(len, shown.out.split("\n"))) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    shown = run(command, "--help")
    assert shown.code == 0 and f"Usage: blamegame {command}" in shown.out


def test_help_imports_nothing_heavy():
    code = (
        "import sys\n"
        "from blamegame.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as done:\n    assert done.code == 0\n"
        "heavy = {'numpy', 'rich', 'pydantic', 'scipy', 'numba', 'tomllib'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_version_is_the_package_version(run):
    assert run("--version").out == f"blamegame, version {blamegame.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["slove", "h_county"], "did you mean 'solve'?"),
        (["zzz"], "the commands are solve, reforms"),
        (["solve"], "Missing argument 'SCENARIO'"),
        (["solve", "h_county", "--jsn"], "No such option"),
        (["solve", "h_conty"], "did you mean 'h_county'?"),
        (["verify", "missing.json"], "missing.json"),
        (["reforms", "h_county", "--concept", "nahs"], "'nahs' is not a solution concept; did you mean 'nash'?"),
    ],
)
def test_bad_input_is_one_message_on_standard_error_and_code_2(run, arguments, said):
    shown = run(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert said in shown.err and shown.err.startswith("blamegame: ")
    assert "Traceback" not in shown.err


def fail_with(monkeypatch, error):
    @click.command()
    def command():
        raise error

    monkeypatch.setattr(type(main), "get_command", lambda self, ctx, name: command)


def test_a_fault_of_the_program_is_one_line_with_what_to_report(run, monkeypatch):
    fail_with(monkeypatch, ZeroDivisionError("division\nby zero"))
    shown = run("solve")
    assert shown.code == 70
    assert "ZeroDivisionError: division by zero" in shown.err
    assert "BLAMEGAME_DEBUG=1" in shown.err and "Traceback" not in shown.err
    monkeypatch.setenv("BLAMEGAME_DEBUG", "1")
    assert "Traceback" in run("solve").err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (PermissionError(13, "Permission denied", "out.json"), 2, "out.json: Permission denied"),
        (blamegame.errors.UnsupportedGame("too many players"), 2, "too many players"),
    ],
)
def test_every_kind_of_end_has_its_code(run, monkeypatch, error, code, said):
    fail_with(monkeypatch, error)
    shown = run("solve")
    assert (shown.code, shown.err.strip()) == (code, f"blamegame: {said}" if said else "")


def test_a_reader_that_goes_away_leaves_no_trace_behind():
    for arguments in (["reforms", "h_county"], ["--help"], ["solve", "h_county", "--json"]):
        process = start(*arguments)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_ctrl_c_ends_a_search_with_what_it_has_and_130(tmp_path):
    """A menu of 16 reforms under a concept without batch solver takes long enough to be interrupted."""
    path = tmp_path / "long.toml"
    own = "".join(f"[reforms.custom.r{k}]\nedits.authority = {{ add = 0.00{k + 1} }}\n" for k in range(4))
    path.write_text(
        f'title = "t"\n[model]\nkind = "delegation"\n[reforms]\nuse = "all"\n{own}'
        '[goal]\nremoves = "avoidance"\nconcept = "rationalizable"\n'
    )
    process = start("reforms", str(path), "--json")
    try:
        process.wait(timeout=3)
        pytest.skip("the search was over before it could be interrupted")
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b'"complete": false' in out or b"interrupted" in err


def test_what_a_terminal_cannot_show_becomes_a_question_mark(tmp_path):
    path = tmp_path / "county.toml"
    path.write_text('title = "H 县 – county"\n[model]\nkind = "delegation"\n', encoding="utf-8")
    process = start("solve", str(path), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert out.startswith(b"H ? ? county")
    assert all(byte < 128 for byte in out)


def test_a_full_disk_is_no_fault_of_this_program():
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([*PROGRAM, "scenarios"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "blamegame: the output could not be written: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor through a POSIX shell")
def test_a_closed_standard_output_is_no_fault():
    done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *PROGRAM, "scenarios"], stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_write_that_fails_without_naming_a_file_is_told_in_one_line(run, monkeypatch):
    def fails(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("blamegame.scenario.shipped_names", fails)
    shown = run("scenarios")
    assert shown.code == 2
    assert shown.err == f"blamegame: the output could not be written: {os.strerror(errno.ENOSPC)}\n"
