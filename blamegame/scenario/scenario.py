"""A scenario: one governance situation as a model, the reforms on the table, and what they must achieve."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blamegame.concepts import Concept, Nash
from blamegame.errors import ModelError, ReformError
from blamegame.scenario.problem import Problem, nearest, scenario_error, show
from blamegame.scenario.read import Document, parse, read
from blamegame.scenario.shipped import locate, shipped_names

if TYPE_CHECKING:
    from blamegame.models.model import Model
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.reform import Reform


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
    concept : the solution concept under which the goal is judged
    sources, assumptions : where the numbers come from, and which are assumed
    source : path of the file, or ``NAME (shipped)``
    """

    name: str
    title: str
    description: str
    model: Model
    menu: tuple[Reform, ...] = ()
    goal: Goal | None = None
    concept: Concept = Nash()  # noqa: RUF009  # a frozen value
    sources: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    source: str = ""


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
        hint = nearest(text.removesuffix(".toml"), shipped_names()) if isinstance(text, str) else ""
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
    from blamegame.scenario.concept import concept_of
    from blamegame.scenario.kinds import KINDS
    from blamegame.scenario.validate import validate

    catalogue, further = (tuple(reform.name for reform in menu) for menu in (CATALOGUE, FURTHER_REFORMS))
    file: Any = validate(document, catalogue, further)
    parameters = {key: value for key, value in file.model if key != "kind"}
    try:
        model = KINDS[file.model.kind].model_class()(**parameters)
        menu = _menu(file.reforms, (*CATALOGUE, *FURTHER_REFORMS)) if file.reforms is not None else ()
        edits_by_parameter(model, menu)
    except (ModelError, ReformError) as error:  # a condition the schema does not know, such as one on two parameters
        raise scenario_error(document.source, [_problem(document, str(error))]) from None
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
        concept=concept_of(file.goal.concept, file.goal.discount) if file.goal is not None else Nash(),
        sources=file.sources,
        assumptions=file.assumptions,
        source=document.source,
    )


def _problem(document: Document, message: str) -> Problem:
    """What a model says of its parameters, on the line of the parameter it names first."""
    name = message.partition("=")[0]
    table = "reforms" if message.startswith("reform ") else "model"
    return Problem(document.positions.of((table, name)), "", "", message)


def _check_profile(document: Document, model: Any, goal: Goal) -> None:
    """Refuse a profile that the model, whose actions depend on its settings, does not have."""
    from blamegame.errors import GameError
    from blamegame.games.event import event_of

    try:
        event_of(model.stage_game(), goal.cells)
    except (GameError, AttributeError) as error:
        why = str(error) if isinstance(error, GameError) else f"{type(model).__name__} has no profiles; use at_most"
        raise scenario_error(document.source, [Problem(document.positions.of(("goal",)), "goal", "", why)]) from None


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
