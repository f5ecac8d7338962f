"""Cases from CSV files and DataFrames; every bad row is named with its line, and all of them at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from blamegame.errors import CasesError, GameFileError
from blamegame.estimation.cases import DELEGATION_OFFICES, Cases, Choice, not_an_action
from blamegame.formats.source import load_source

_IS_TEXT = re.compile(r"[\r\n]")
_WHOLE = re.compile(r"[0-9]{1,12}")
_SHARE = re.compile(r"[0-9]?\.?[0-9]{1,12}")
_MOST_ROWS = 1_000_000
_MOST_SHOWN = 20
_LAYOUTS = "case,cluster,regime,<a column for each office> or regime,office,action,count"


def read_cases(
    path_or_text: str | Path,
    *,
    offices: Iterable[tuple[str, Sequence[str]]] = DELEGATION_OFFICES,
    regimes: Iterable[str] | None = None,
) -> Cases:
    """The cases of a CSV file, given as a path or as its text.

    Layouts: a row per case, ``case,cluster,regime`` and a column for each office (``cluster`` may be left out; an
    empty action was not observed); counts, ``regime,office,action,count`` (with ``cluster`` if there are any); or, as
    articles report them, shares, ``regime,office,action,share,of``. Lines that begin with ``#`` are comments: sources
    stand there.

    Parameters
    ----------
    offices : each office with its actions; the two of the delegation game unless said otherwise
    regimes : names that may occur; None takes any

    Raises
    ------
    CasesError
        With a sentence for every bad row, the line first; ``problems`` holds them all.

    Examples
    --------
    >>> print(read_cases('case,cluster,regime,upper,lower\\n1,A,base,push,escalate\\n2,B,base,push,work\\n'))
    base  upper: assist 0, push 2; lower: work 1, escalate 1, formalism 0
    2 clusters
    >>> read_cases('regime,office,action,count\\nbase,lower,escalte,3\\n')
    Traceback (most recent call last):
        ...
    blamegame.errors.CasesError: CSV text: line 2: 'escalte' is not an action of lower; did you mean 'escalate'?
    """
    name, rows = read_table(path_or_text)
    return _cases(rows, name, tuple((o, tuple(a)) for o, a in offices), regimes)


def read_table(path_or_text: str | Path) -> tuple[str, list[tuple[str, list[str]]]]:
    """The name of a CSV file and its rows that are not blank, each with its line; lines that begin with # are blank.

    Raises
    ------
    CasesError
        Where it cannot be read, is not CSV, or is longer than anybody codes.
    """
    try:
        source = load_source(path_or_text, is_text=_IS_TEXT, kind="CSV")
    except GameFileError as error:
        raise CasesError(str(error)) from None
    rows: list[tuple[str, list[str]]] = []
    reader = csv.reader(_lines(source.text), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((f"line {reader.line_num}", [cell.strip() for cell in row]))
            if len(rows) > _MOST_ROWS:
                raise CasesError(f"{source.name}: more than {_MOST_ROWS} rows; no more are read")
    except csv.Error as error:
        raise CasesError(f"{source.name}, line {reader.line_num}: not well-formed CSV ({error})") from None
    return source.name, rows


def cases_from_dataframe(
    frame: Any,
    *,
    offices: Iterable[tuple[str, Sequence[str]]] = DELEGATION_OFFICES,
    regimes: Iterable[str] | None = None,
) -> Cases:
    """The cases of a pandas DataFrame in one of the two layouts of :func:`read_cases`; missing cells are empty.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"regime": ["base"], "office": ["upper"], "action": ["push"], "count": [3]})
    >>> cases_from_dataframe(frame).count("base", "upper", "push")
    3
    """
    try:
        columns, index, cells = [str(c).strip() for c in frame.columns], list(frame.index), frame.to_numpy(dtype=object)
    except AttributeError:
        raise CasesError(f"{type(frame).__name__} is not a DataFrame; it needs columns and an index") from None
    rows = [("columns", columns)]
    rows += [(f"row {label!r}", [_cell(cell) for cell in row]) for label, row in zip(index, cells)]
    return _cases(rows, "DataFrame", tuple((o, tuple(a)) for o, a in offices), regimes)


def _lines(text: str) -> Iterable[str]:
    """Lines with comments emptied, so that line numbers stay those of the file."""
    for line in io.StringIO(text, newline=""):
        yield "\n" if line.lstrip().startswith("#") else line


def _cell(value: Any) -> str:
    if value is None or value != value:  # NaN is the one value that differs from itself
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _cases(
    rows: Sequence[tuple[str, list[str]]],
    name: str,
    offices: tuple[tuple[str, tuple[str, ...]], ...],
    regimes: Iterable[str] | None,
) -> Cases:
    if not rows:
        raise CasesError(f"{name} has no header; write {_LAYOUTS}")
    header = rows[0][1]
    names = [office for office, _ in offices]
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise CasesError(f"{name}: the column {twice[0]!r} occurs twice")
    by_case, by_count = {"regime", *names}, {"regime", "office", "action", "count"}
    by_share = {"regime", "office", "action", "share", "of"}
    if any(layout <= set(header) <= layout | {"cluster"} for layout in (by_count, by_share)):
        needed = "count"
    elif by_case <= set(header) <= by_case | {"case", "cluster"}:
        needed = "case"
    else:
        raise CasesError(f"{name}: the columns are {', '.join(header)}; write {_LAYOUTS} (offices: {', '.join(names)})")
    known = None if regimes is None else set(regimes)
    problems: list[str] = []
    records: list[tuple[str, dict[str, str]]] = []
    for where, cells in rows[1:]:
        if len(cells) != len(header):
            problems.append(f"{where}: {len(cells)} cells for {len(header)} columns")
            continue
        record = dict(zip(header, cells))
        if not record["regime"]:
            problems.append(f"{where}: no regime")
        elif known is not None and record["regime"] not in known:
            problems.append(f"{where}: {record['regime']!r} is not a regime of the design ({', '.join(sorted(known))})")
        elif "cluster" in record and not record["cluster"]:
            problems.append(f"{where}: no cluster; name one in every row, or leave the column out")
        else:
            records.append((where, record))
    found = (_counts if needed == "count" else _by_case)(records, offices, problems)
    if problems:
        more = f"\n... and {len(problems) - _MOST_SHOWN} more" if len(problems) > _MOST_SHOWN else ""
        lead = f"{name}: " if len(problems) == 1 else f"{name}: {len(problems)} rows cannot be used\n"
        raise CasesError(lead + "\n".join(problems[:_MOST_SHOWN]) + more, tuple(problems))
    if not found.choices:
        raise CasesError(f"{name} has a header and no case")
    return found


def _counts(
    records: Sequence[tuple[str, dict[str, str]]],
    offices: tuple[tuple[str, tuple[str, ...]], ...],
    problems: list[str],
) -> Cases:
    known = dict(offices)
    choices, seen = [], set()
    for where, record in records:
        office, action = record["office"], record["action"]
        key = (record["regime"], office, action, record.get("cluster", ""))
        if action not in known.get(office, ()):
            problems.append(f"{where}: {not_an_action(offices, office, action)}")
        elif problem := _not_a_count(record):
            problems.append(f"{where}: {problem}")
        elif key in seen:
            problems.append(f"{where}: {', '.join(filter(None, key))} was counted above")
        else:
            seen.add(key)
            count = int(record["count"]) if "count" in record else Fraction(record["share"]) * int(record["of"])
            choices.append(Choice(*key, count))
    return Cases(tuple(choices), offices)


def _not_a_count(record: dict[str, str]) -> str:
    for column in ("count", "of"):
        if column in record and not _WHOLE.fullmatch(record[column]):
            return f"{column}={record[column]!r} is not a whole number of at least 0"
    if "share" in record and not (_SHARE.fullmatch(record["share"]) and Fraction(record["share"]) <= 1):
        return f"share={record['share']!r} is not a share; write a decimal from 0 to 1"
    return ""


def _by_case(
    records: Sequence[tuple[str, dict[str, str]]],
    offices: tuple[tuple[str, tuple[str, ...]], ...],
    problems: list[str],
) -> Cases:
    rows, seen = [], set()
    for where, record in records:
        actions = [record[office] for office, _ in offices]
        wrong = [
            not_an_action(offices, office, action)
            for (office, known), action in zip(offices, actions)
            if action and action not in known
        ]
        case = record.get("case")
        if wrong:
            problems.append(f"{where}: {'; '.join(wrong)}")
        elif case is not None and (not case or case in seen):
            problems.append(f"{where}: case {case!r} occurs twice" if case else f"{where}: the case has no name")
        elif not any(actions):
            problems.append(f"{where}: no office was observed")
        else:
            rows.append((record.get("cluster", ""), record["regime"], actions))
        seen.add(case)
    return Cases.of_rows(rows, offices=offices)
