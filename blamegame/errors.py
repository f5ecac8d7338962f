"""The errors this library raises: each names the value that caused it and the way out."""

from __future__ import annotations

from typing import Any


class BlamegameError(Exception):
    """Base of every error raised on purpose by this library."""


class GameError(BlamegameError, ValueError):
    """A game, profile or event that is not well formed; the message names the cell or label."""


class ModelError(BlamegameError, ValueError):
    """A model parameter outside its range or of the wrong kind; the message names parameter, value and range."""


class ReformError(BlamegameError, ValueError):
    """A reform, bundle or goal that does not fit the model it is applied to."""


class UnsupportedGame(BlamegameError):
    """A solver was asked for a game it does not handle; the message names the solver that does."""


class IncompleteSolution(BlamegameError):
    """A statement about every equilibrium was asked of a solution that is not complete."""


class CertificateError(BlamegameError):
    """A certificate file that cannot be read as one; a well-formed but false one is a verdict, not an error."""


class GameFileError(BlamegameError):
    """A game file that cannot be read; the message gives line and column."""


class ScenarioError(BlamegameError):
    """A scenario file that cannot be used; the message lists every error with line, key, value and range.

    ``problems`` holds the same as :class:`blamegame.scenario.problem.Problem` values, in the order of the file.
    """

    def __init__(self, message: str, problems: tuple[Any, ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class CasesError(BlamegameError, ValueError):
    """Coded cases, a design or a fit that cannot be used; the message names every bad row with its line.

    ``problems`` holds one sentence for each bad row, in the order of the file.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class MissingExtra(BlamegameError, ImportError):
    """A package of an optional extra is not installed; the message is the line that installs it."""


class StudyError(BlamegameError):
    """A study that cannot be run or resumed as asked; the message says what differs or what is too large."""


class StorageError(StudyError):
    """A file or folder that cannot be written or read safely; the message gives name, reason and way out."""
