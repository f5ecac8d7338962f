"""A scenario as the text of a scenario file; reading it back gives an equal scenario."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from blamegame.concepts import Concept
from blamegame.scenario.kinds import KINDS, kind_of
from blamegame.scenario.numbers import number_text
from blamegame.scenario.scenario import Scenario

if TYPE_CHECKING:
    from blamegame.models.model import Model
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.reform import Edit, Reform


def dumps(scenario: Scenario) -> str:
    """The text of a scenario file that says ``scenario``: every parameter and interval spelled out, exact.

    Raises
    ------
    ValueError
        Where the scenario holds what a file cannot say: a batch, an event of its own as the goal, a changed reform
        under its catalogue name.

    Examples
    --------
    >>> from blamegame.scenario.scenario import load, loads
    >>> scenario = load("h_county")
    >>> loads(dumps(scenario)).menu == scenario.menu
    True
    """
    if scenario.model.batch_shape:
        raise ValueError(f"a scenario file says one model, this is a batch of shape {scenario.model.batch_shape}")
    parts = [f"title = {_quoted(scenario.title)}"]
    parts += [f"description = {_quoted(scenario.description)}"] if scenario.description else []
    parts += _list("sources", scenario.sources) + _list("assumptions", scenario.assumptions)
    parts += ["", "[model]", f'kind = "{kind_of(scenario.model)}"']
    for name in KINDS[kind_of(scenario.model)].settings():
        parts.append(f"{name} = {_setting(scenario.model, name)}")
    for name in scenario.model.parameters():
        parts.append(f"{name} = {_number(scenario, name)}")
    if scenario.menu:
        parts += _reforms(scenario.menu)
    if scenario.goal is not None:
        parts += ["", "[goal]", _goal(scenario.goal), *_concept(scenario.concept)]
    return "\n".join(parts) + "\n"


def _number(scenario: Scenario, name: str) -> str:
    """A parameter's value, or its interval."""
    value = scenario.model.exact().values()[name]
    if scenario.region is None:
        return number_text(value)
    low, high = scenario.region.intervals[name]
    if low == high:
        return number_text(value)
    ends = f"[{number_text(low)}, {number_text(high)}]"
    return ends if value == (low + high) / 2 else f"{{ about = {number_text(value)}, between = {ends} }}"


def _concept(concept: Concept | None) -> list[str]:
    if concept is None:
        return []
    settings = concept.settings.items()
    numbers = [f"{name} = {'true' if value is True else number_text(Fraction(value))}" for name, value in settings]
    return [f'concept = "{concept.word}"', *numbers]


def _reforms(menu: tuple[Reform, ...]) -> list[str]:
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.remedies import FURTHER_REFORMS

    edits = {known.name: known.edits for known in (*CATALOGUE, *FURTHER_REFORMS)}
    shipped = [reform for reform in menu if edits.get(reform.name) == reform.edits]
    for reform in menu:
        if reform.name in {known.name for known in CATALOGUE} and reform not in shipped:
            raise ValueError(f"{reform.name!r} is another reform of the catalogue; give yours its own name")
    parts = ["", "[reforms]", f"use = [{', '.join(_quoted(reform.name) for reform in shipped)}]"]
    parts += ["", "[reforms.costs]"] + [f"{reform.name} = {number_text(reform.cost)}" for reform in shipped]
    for reform in menu:
        if reform in shipped:
            continue
        parts += ["", f"[reforms.custom.{reform.name}]", f"remedy = {_quoted(reform.remedy)}"]
        parts += [f"source = {_quoted(reform.source)}", f"cost = {number_text(reform.cost)}"]
        parts += [f"edits.{edit.parameter} = {{ {_steps(edit)} }}" for edit in reform.edits]
    return parts


def _steps(edit: Edit) -> str:
    steps = [f"scale = {number_text(edit.scale)}", f"add = {number_text(edit.add)}"]
    steps += [] if edit.floor is None else [f"floor = {number_text(edit.floor)}"]
    return ", ".join(steps)


def _setting(model: Model, name: str) -> str:
    value = getattr(model, name)
    if isinstance(value, int):
        return str(value)
    if not value.sizes:
        raise ValueError(f"a scenario file says a {name} by the sizes of its tiers, and {value!r} has another shape")
    return str(list(value.sizes))


def _goal(goal: Goal) -> str:
    if goal.threshold is not None:
        if goal.threshold.relation not in (">", "<") or isinstance(goal.threshold.bound, str):
            raise ValueError(f"a scenario file cannot say the goal {goal}; it says at_most and at_least of a number")
        word = "at_most" if goal.threshold.relation == ">" else "at_least"
        return f"{word} = {{ {goal.threshold.measure} = {number_text(Fraction(goal.threshold.bound))} }}"
    if goal.cells is None:
        return 'removes = "avoidance"'
    if not goal.outside or len(goal.cells) != 1 or not all(isinstance(action, str) for action in goal.cells[0]):
        raise ValueError(f"a scenario file cannot say the goal {goal}; it says removes avoidance, unlocks or unique")
    word = "unique" if goal.everywhere else "unlocks"
    return f"{word} = [{', '.join(_quoted(str(action)) for action in goal.cells[0])}]"


def _list(key: str, texts: tuple[str, ...]) -> list[str]:
    return [f"{key} = [", *(f"    {_quoted(text)}," for text in texts), "]"] if texts else []


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
