"""Measuring a county: the questions whose answers are facts about parameters, and what no survey can tell."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from blamegame.errors import CasesError
from blamegame.estimation.facts import Between, Counted, Fact
from blamegame.estimation.read_cases import read_table
from blamegame.models.delegation import Delegation
from blamegame.scenario.numbers import Unusable, parse_decimal

_HEADER = ("parameter", "kind", "question", "k", "n", "least", "most", "answered by")


@dataclass(frozen=True)
class Answer:
    """One row of a questionnaire: a parameter and what was found out about it; ``fact`` is None where nobody knows."""

    parameter: str
    fact: Fact | None
    answered_by: str


def questionnaire_template() -> str:
    """The questionnaire as CSV text: a row for each parameter, with its question and empty answers.

    A share is answered by ``k`` of ``n`` counted files; a scale by the ``least`` and ``most`` that respondents say; a
    row left empty means that nobody knows.

    >>> questionnaire_template().splitlines()[1].split(",")[0]
    'authority'
    """
    return files("blamegame.estimation").joinpath("data", "questionnaire.csv").read_text(encoding="utf-8")


def read_questionnaire(path_or_text: str | Path) -> tuple[Answer, ...]:
    """The answers of a filled-in questionnaire, in the order of the file.

    Raises
    ------
    CasesError
        Naming every row that cannot be used by its line.

    Examples
    --------
    >>> filled = questionnaire_template().replace("were waived?,,,,,", "were waived?,3,41,,,files of 2025")
    >>> [str(answer.fact) for answer in read_questionnaire(filled) if answer.fact]
    ['3 of 41']
    """
    name, rows = read_table(path_or_text)
    if not rows or tuple(rows[0][1]) != _HEADER:
        raise CasesError(
            f"{name}: the columns of a questionnaire are {', '.join(_HEADER)}; see questionnaire_template()"
        )
    known = Delegation.parameters()
    found: list[Answer] = []
    problems: list[str] = []
    for where, cells in rows[1:]:
        record = dict(zip(_HEADER, cells))
        if len(cells) != len(_HEADER):
            problems.append(f"{where}: {len(cells)} cells for {len(_HEADER)} columns")
        elif record["parameter"] not in known:
            problems.append(f"{where}: {record['parameter']!r} is not a parameter of the county")
        elif record["parameter"] in [answer.parameter for answer in found]:
            problems.append(f"{where}: {record['parameter']!r} is answered twice")
        else:
            try:
                found.append(Answer(record["parameter"], _fact(record), record["answered by"]))
            except CasesError as error:
                problems.append(f"{where}: {record['parameter']}: {error}")
    if problems:
        raise CasesError(f"{name}: {len(problems)} rows cannot be used\n" + "\n".join(problems), tuple(problems))
    return tuple(found)


def facts_of(answers: tuple[Answer, ...]) -> dict[str, Fact]:
    """The facts for a :class:`Design`; what nobody knows is left out (make it free, or a fact over its whole range)."""
    return {answer.parameter: answer.fact for answer in answers if answer.fact is not None}


def _fact(record: dict[str, str]) -> Fact | None:
    counted, scale = (record["k"], record["n"]), (record["least"], record["most"])
    if not any(counted) and not any(scale):
        return None
    if any(counted) and any(scale):
        raise CasesError("give k of n, or least and most, not both")
    if any(counted):
        if not all(part.isascii() and part.isdigit() and len(part) <= 12 for part in counted):
            raise CasesError(f"k={counted[0]!r} of n={counted[1]!r} are no whole numbers")
        return Counted(int(counted[0]), int(counted[1]))
    ends = [parse_decimal(part) for part in scale]
    bad = [end for end in ends if isinstance(end, Unusable)]
    if bad:
        raise CasesError(f"{bad[0]} {bad[0].why}")
    return Between(*ends)  # type: ignore[arg-type]  # both are Fractions here
