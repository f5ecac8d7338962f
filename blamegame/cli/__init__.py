"""The command line: each command is one call of the public API, in a file of its own.

Add a command by adding its file, with a click command called ``command``, and its name to :data:`COMMANDS`.
Nothing heavy is imported here or at the top of a command's file, so that ``blamegame --help`` is quick.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from blamegame.errors import BlamegameError
from blamegame.version import __version__

COMMANDS = ("solve", "reforms", "radius", "places", "study", "plot", "verify", "scenarios", "new", "check", "doctor")

DONE, DOES_NOT_HOLD, BAD_INPUT, UNEXPECTED, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 70, 130, 141


class Program(click.Group):
    """The ``blamegame`` program: loads a command when it is used, and turns every error into a line and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"blamegame.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Runs a command and exits with its code; never a bare traceback (BLAMEGAME_DEBUG=1 shows it)."""
        _tolerate_narrow_encodings()
        try:
            code = super().main(args, prog_name or "blamegame", complete_var, standalone_mode=False, **extra) or DONE
            if sys.stdout is not None:  # None where the caller closed it
                sys.stdout.flush()
        except click.ClickException as error:
            _report(error)
            code = BAD_INPUT
        except BlamegameError as error:
            _say(str(error))
            code = BAD_INPUT
        except (BrokenPipeError, SystemExit):  # click exits with 1 for a closed pipe, and here for nothing else
            _drop_output()
            code = PIPE_CLOSED
        except (KeyboardInterrupt, click.Abort) as error:
            notes = getattr(error, "__notes__", None) or getattr(error.__cause__, "__notes__", [])
            _say(": ".join(["interrupted", *notes]))
            code = INTERRUPTED
        except Exception as error:
            code = _unexpected(error)
        sys.exit(code)


@click.group("blamegame", cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="blamegame")
def main() -> None:
    """Blame avoidance between tiers of government, solved as games.

    SCENARIO is the path of a scenario file, or the name of a shipped one (a file of that name comes first): try
    `blamegame solve h_county`, then `blamegame reforms h_county`. `blamegame scenarios` lists the names.

    Exit codes: 0 done, 1 a claim does not hold, 2 bad input, 70 a fault of this program, 130 interrupted.
    """


def _report(error: click.ClickException) -> None:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _say(f"{error.format_message()}\nTry `{error.ctx.command_path} --help`.")
    else:
        _say(error.format_message())


def _unexpected(error: Exception) -> int:
    if isinstance(error, OSError) and error.filename is not None:
        _say(f"{error.filename}: {error.strerror}")
        return BAD_INPUT
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
        _say(f"the output could not be written: {error.strerror}")
        _drop_output()
        return BAD_INPUT
    if os.environ.get("BLAMEGAME_DEBUG"):
        import traceback

        traceback.print_exception(error)
    text = " ".join(str(error).split())[:200]
    _say(
        f"this should not happen: {type(error).__name__}: {text}\n"
        "Please report it with the command you typed and what it prints when BLAMEGAME_DEBUG=1 is set."
    )
    return UNEXPECTED


def _say(text: str) -> None:
    """A message on standard error, where there still is one."""
    try:
        click.echo(f"blamegame: {text}", err=True)
    except OSError:
        return


def _tolerate_narrow_encodings() -> None:
    """Let a terminal that cannot show a character show a question mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _drop_output() -> None:
    """Point standard output at nothing, so that Python's own flush at exit does not complain of the closed pipe."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # not a file of the operating system, as under a test runner
        return
