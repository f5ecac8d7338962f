"""A scenario: one governance situation as a model, the reforms on the table, and what they must achieve."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blamegame.concepts import WORDS, Concept
from blamegame.errors import GameError, ModelError, ReformError, ScenarioError, UnsupportedGame
from blamegame.near_file import near_file
from blamegame.scenario.problem import Problem, nearest, scenario_error, show
from blamegame.scenario.read import Document, parse, read
from blamegame.scenario.shipped import locate, shipped_names

if TYPE_CHECKING:
    from blamegame.models.model import Model
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.reform import Reform
    from blamegame.regions.region import Region


SETTINGS = ("discount", "rationality", "pure")
"""The settings of concepts that a file may give beside the goal."""


@dataclass(frozen=True)
class Scenario:
    """What a scenario file says.

    Attributes
    ----------
    name : the file's name without its ending
    title : one line
    description : what the scenario shows
    model : with every number the exact rational the file spells
    menu : the reforms that may be combined, catalogue reforms first; () where the file has no ``[reforms]``
    goal : what a bundle of reforms must achieve; None where the file has no ``[goal]``
    concept : the solution concept under which the goal is judged, default the model's own; None where that needs a
        setting, such as a discount factor, and the file gives none
    sources, assumptions : where the numbers come from, and which are assumed
    source : path of the file, or ``NAME (shipped)``
    region : every model whose numbers lie in the file's intervals, ``model`` among them; None without intervals
    """

    name: str
    title: str
    description: str
    model: Model
    menu: tuple[Reform, ...] = ()
    goal: Goal | None = None
    concept: Concept | None = None
    sources: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    source: str = ""
    region: Region | None = None

    def __post_init__(self) -> None:
        if self.region is not None and not self.region.uncertain:
            object.__setattr__(self, "region", None)
        if self.region is not None and self.model.exact() not in self.region:
            raise ScenarioError(f"the model of {self.name!r} is not in its region; give a region around the model")
        if self.concept is None:
            with suppress(UnsupportedGame):
                object.__setattr__(self, "concept", self.model.default_concept())


def load(path_or_name: str | os.PathLike[str]) -> Scenario:
    """The scenario in a TOML file, or a shipped one by name; a file of that path comes before a shipped name.

    Raises
    ------
    ScenarioError
        Listing every problem of the file with its line, key, value, allowed range and the nearest known name.

    Examples
    --------
    >>> scenario = load("h_county")
    >>> scenario.model.authority, len(scenario.menu), str(scenario.goal)
    (Fraction(3, 10), 12, 'mutual avoidance in no equilibrium')
    """
    found = locate(path_or_name)
    if found is None:
        text = os.fspath(path_or_name)
        file = near_file(text, (".toml",)) if isinstance(text, str) else ""
        hint = file or (nearest(text.removesuffix(".toml"), shipped_names()) if isinstance(text, str) else "")
        way_out = "" if hint else f"; shipped scenarios are {', '.join(shipped_names())}"
        message = f"there is no such file, and no shipped scenario has that name{way_out}"
        raise scenario_error(show(text), [Problem(None, "", "", message, suggestion=hint)])
    path, source = found
    return _scenario(read(path, source), path.stem)


def loads(text: str, *, name: str = "scenario") -> Scenario:
    """The scenario in a TOML text.

    >>> loads('title = "Less power"\\n[model]\\nkind = "delegation"\\nauthority = 0.1\\n').model.authority
    Fraction(1, 10)
    """
    return _scenario(parse(text, name), Path(name).stem)


def _scenario(document: Document, name: str) -> Scenario:
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.reform import edits_by_parameter
    from blamegame.reforms.remedies import FURTHER_REFORMS
    from blamegame.scenario.intervals import Uncertain, region_of
    from blamegame.scenario.kinds import KINDS
    from blamegame.scenario.validate import validate

    catalogue, further = (tuple(reform.name for reform in menu) for menu in (CATALOGUE, FURTHER_REFORMS))
    file: Any = validate(document, catalogue, further)
    intervals = {key: value for key, value in file.model if isinstance(value, Uncertain)}
    parameters = {key: value for key, value in file.model if key != "kind"}
    parameters |= {key: interval.about for key, interval in intervals.items()}
    within, sure = (None, ()) if (section := file.uncertainty) is None else (section.within, getattr(section, "except"))
    try:
        model = KINDS[file.model.kind].model_class()(**parameters)
        region = region_of(model, intervals, within, sure) if intervals or within is not None else None
        menu = _menu(file.reforms, (*CATALOGUE, *FURTHER_REFORMS)) if file.reforms is not None else ()
        edits_by_parameter(model, menu)
    except (ModelError, ReformError) as error:  # a condition the schema does not know, such as one on two parameters
        raise scenario_error(document.source, [_problem(document, str(error))]) from None
    concept = _concept(document, model, file.goal)
    goal = _goal(file.goal) if file.goal is not None else None
    if goal is not None and goal.cells is not None:
        _check_profile(document, model, goal)
    return Scenario(
        name=name,
        title=file.title,
        description=file.description,
        model=model,
        menu=menu,
        goal=goal,
        concept=concept,
        sources=file.sources,
        assumptions=file.assumptions,
        source=document.source,
        region=region,
    )


def _problem(document: Document, message: str) -> Problem:
    """What a model says of its parameters, on the line of the parameter it names first."""
    name = message.partition("=")[0]
    table = "reforms" if message.startswith("reform ") else "model"
    return Problem(document.positions.of((table, name)), "", "", message)


def _concept(document: Document, model: Model, section: Any) -> Concept | None:
    """The concept that ``[goal]`` names, with its settings; the model's own where it names none."""
    if section is None or section.concept is None:
        try:
            return model.default_concept()
        except UnsupportedGame:
            if section is None:
                return None
            words = " or ".join(kind.word for kind in type(model).concepts)
            raise _goal_error(
                document, "", "", f'names no concept; add concept = "{words}" with discount = 0.9'
            ) from None
    kind = WORDS[section.concept]
    has = {field.name for field in fields(kind)}
    given = {name: value for name in SETTINGS if (value := getattr(section, name)) is not None and value is not False}
    for name in given:
        if name not in has:
            raise _goal_error(document, name, given[name], f'has no meaning for concept = "{kind.word}"; leave it out')
    try:
        concept = kind(**given)
    except TypeError:
        (missing,) = (name for name in ("discount", "rationality") if name in has)
        example = {"discount": "0.9", "rationality": "5"}[missing]
        raise _goal_error(
            document, "concept", kind.word, f"needs {missing} beside it, such as {missing} = {example}"
        ) from None
    try:
        model.check_concept(concept)
    except UnsupportedGame as error:
        known = [known.word for known in type(model).concepts]
        if kind.word not in known:
            why = f"is no concept of this kind of model; it is judged by {', '.join(known)}"
        elif given:
            why = "is of a game in stages here, so leave discount out"
        else:
            why = "needs discount beside it, such as discount = 0.9"
        raise _goal_error(document, "concept", kind.word, why) from error
    return concept


def _goal_error(document: Document, name: str, value: Any, why: str) -> ScenarioError:
    path = ("goal", name) if name else ("goal",)
    return scenario_error(document.source, [Problem(document.positions.of(path), ".".join(path), show(value), why)])


def _check_profile(document: Document, model: Any, goal: Goal) -> None:
    """Refuse a profile that the model, whose actions depend on its settings, does not have."""
    try:
        goal.event(model)
    except (GameError, ReformError, UnsupportedGame) as error:
        place = document.positions.of(("goal",))
        raise scenario_error(document.source, [Problem(place, "goal", "", str(error))]) from None


def _menu(section: Any, known: tuple[Reform, ...]) -> tuple[Reform, ...]:
    from blamegame.reforms.reform import Reform, as_menu, choose

    priced = [
        Reform(reform.name, reform.edits, section.costs.get(reform.name, reform.cost), reform.source, reform.remedy)
        for reform in choose(known, section.use)
    ]
    own = [
        Reform(
            name,
            {parameter: {how: x for how, x in edit if x is not None} for parameter, edit in custom.edits.items()},
            cost=custom.cost,
            source=custom.source,
            remedy=custom.remedy,
        )
        for name, custom in section.custom.items()
    ]
    return as_menu([*priced, *own])


def _goal(section: Any) -> Goal:
    from blamegame.reforms.goal import at_least, at_most, removes, unique, unlocks

    if section.unlocks is not None:
        return unlocks(section.unlocks)
    if section.unique is not None:
        return unique(section.unique)
    for given, goal in ((section.at_most, at_most), (section.at_least, at_least)):
        if given is not None:
            ((measure, bound),) = given.items()
            return goal(measure, bound)
    return removes()
