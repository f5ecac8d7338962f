"""A design from a TOML file: the county, its regimes, its facts, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from blamegame.errors import CasesError, ModelError, ReformError
from blamegame.estimation.design import Design
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.scenario.numbers import Unusable, exact_number
from blamegame.scenario.read import Document, parse, read
from blamegame.scenario.scenario import load

_KEYS = ("county", "free", "rationality", "regimes", "facts")


def read_design(path_or_text: str | Path, *, model: Model | None = None) -> Design:
    """The design in a TOML file, given as a path or as its text (a text has several lines).

    ``county`` names a scenario (shipped, or a file) whose model and menu of reforms are used; ``free`` lists the
    parameters to estimate; ``[regimes.NAME] reforms = [...]`` and ``[facts]`` say the rest.

    Parameters
    ----------
    model : the county, where the file does not name one

    Raises
    ------
    ScenarioError
        Where the file cannot be read, is not TOML, or names a scenario that is not there.
    CasesError
        Listing every entry that cannot be used, each with its line.

    Examples
    --------
    >>> print(read_design('''
    ... county = "h_county"
    ... free = ["authority"]
    ... [regimes.before]
    ... [regimes.lists]
    ... reforms = ["list"]
    ... [facts]
    ... tolerance = { k = 3, n = 41 }
    ... '''))
    regime before: no reform
    regime lists: list
    free: authority
    fact: tolerance 3 of 41
    """
    text = isinstance(path_or_text, str) and "\n" in path_or_text
    document = parse(str(path_or_text), "design text") if text else read(Path(path_or_text), str(path_or_text))
    return _design(document, model)


def _design(document: Document, model: Model | None) -> Design:
    values, problems = document.values, _Problems(document)
    for key in values:
        if key not in _KEYS:
            problems.add((key,), f"{key!r} is not a part of a design; they are {', '.join(_KEYS)}")
    menu = CATALOGUE
    county = values.get("county")
    if county is not None:
        if model is not None:
            problems.add(("county",), "the file names a county and one was given; leave one of them out")
        scenario = load(str(county))
        model = scenario.model
        menu = (*CATALOGUE, *(r for r in scenario.menu if r.name not in {known.name for known in CATALOGUE}))
    elif model is None:
        problems.add((), 'no county; write county = "h_county", or the path of a scenario file')
    regimes = {}
    for name, table in _table(values, "regimes", problems).items():
        if not isinstance(table, Mapping) or set(table) - {"reforms"}:
            problems.add(("regimes", name), f"a regime holds reforms = [...] and nothing else, not {table!r}")
            continue
        try:
            regimes[name] = choose(menu, _names(table.get("reforms", [])))
        except (ReformError, CasesError) as error:
            problems.add(("regimes", name, "reforms"), str(error))
    facts = {}
    for name, fact in _table(values, "facts", problems).items():
        try:
            facts[name] = _exact_fact(fact)
        except ValueError as error:
            problems.add(("facts", name), f"{name}: {error}")
    try:
        free = _names(values.get("free", []))
        rationality = None if "rationality" not in values else exact_number(values["rationality"])
    except (CasesError, ValueError) as error:
        problems.add(("free",) if isinstance(error, CasesError) else ("rationality",), str(error))
    problems.stop()
    assert model is not None
    try:
        return Design(model, regimes, free, facts, rationality)
    except (CasesError, ModelError, ReformError) as error:
        raise CasesError(f"{document.source}: {error}") from None


class _Problems:
    """Everything wrong with a file, to be said at once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: list[str] = []

    def add(self, path: tuple[str, ...], message: str) -> None:
        line = self._document.positions.of(path) if path else None
        self._found.append(message if line is None else f"line {line}: {message}")

    def stop(self) -> None:
        if self._found:
            raise CasesError(f"{self._document.source} cannot be used:\n" + "\n".join(self._found), tuple(self._found))


def _table(values: Mapping[str, Any], key: str, problems: _Problems) -> Mapping[str, Any]:
    table = values.get(key, {})
    if isinstance(table, Mapping):
        return table
    problems.add((key,), f"{key} is a table; write [{key}]")
    return {}


def _names(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise CasesError(f'{value!r} is not a list of names; write ["one", "another"]')
    return value


def _exact_fact(value: Any) -> Any:
    if isinstance(value, list):
        return [exact_number(x) for x in value]
    if isinstance(value, Unusable):
        raise ValueError(value.why)
    return value
