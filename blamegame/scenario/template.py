"""The text of a new scenario file: every parameter with its default, range and meaning beside it."""

from __future__ import annotations

from blamegame.errors import ScenarioError
from blamegame.scenario.kinds import KINDS
from blamegame.scenario.numbers import number_text
from blamegame.scenario.problem import nearest
from blamegame.scenario.shipped import FOLDER, shipped_names

_HEAD = """\
# A scenario: one situation as a model, the reforms on the table, and what they must achieve.
# Lines that start with # are comments. Numbers are exact: 0.3 means 3/10; "1/3" in quotes means one third.

title = "My county"
description = "What this scenario shows, in a sentence or two."
sources = ["where the numbers come from"]
assumptions = ["which numbers are assumed"]

[model]
kind = "{kind}"
# Parameters left out keep the defaults shown here.
"""

_OWN = """
# [reforms.custom.my_reform]  # for each parameter: scale multiplies, add adds, floor lifts to at least
# remedy = "what it is called"
# source = "who proposed it"
# cost = 2
# edits.{parameter} = {{ scale = 0.5 }}

[goal]
removes = "avoidance"{bounds}
"""

_TAIL = """
[reforms]
use = "all"  # the whole catalogue, or some of it by name: ["train", "tolerate"]
# There are also, by name: {further}.

[reforms.costs]  # leave out to keep the catalogue's costs
{costs}

# A reform of your own. For each parameter: scale multiplies, add adds, floor lifts to at least; then the range applies.
# [reforms.custom.local_budget]
# remedy = "a budget line for the township"
# source = "who proposed it"
# cost = 2
# edits.authority = {{ add = 0.15 }}
# edits.cost_work = {{ scale = 0.8 }}

[goal]
removes = "avoidance"  # or: unlocks = ["assist", "work"], or: unique = ["assist", "work"]
{concept}
"""


def template_text(shipped: str | None = None, *, kind: str = "delegation") -> str:
    """A commented scenario file: a copy of a shipped one, or a template with every parameter of ``kind``.

    Raises
    ------
    ScenarioError
        Where no shipped scenario has that name, with the nearest one.

    Examples
    --------
    >>> from blamegame.scenario.scenario import loads
    >>> loads(template_text()).title
    'My county'
    """
    if shipped is not None:
        if shipped not in shipped_names():
            near = nearest(shipped, shipped_names())
            hint = f"did you mean {near!r}?" if near else f"they are {', '.join(shipped_names())}"
            raise ScenarioError(f"{shipped!r} is not a shipped scenario; {hint}")
        return (FOLDER / f"{shipped}.toml").read_text(encoding="utf-8")
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.remedies import FURTHER_REFORMS

    parameters = KINDS[kind].parameters().values()
    settings = [(f"{name} = {_setting(value)}", _kind_of(value)) for name, value in KINDS[kind].settings().items()]
    settings += [
        (f"{spec.name} = {number_text(spec.default)}", f"{spec.meaning}; {spec.range_text()}") for spec in parameters
    ]
    head = _HEAD.format(kind=kind) + _commented(settings) + "\n"
    if not {edit.parameter for reform in CATALOGUE for edit in reform.edits} <= KINDS[kind].parameters().keys():
        measures = " or ".join(f"{{ {name} = 0.5 }}" for name in KINDS[kind].measures())
        bounds = f"  # or: at_most = {measures}, or: at_least" if measures else ""
        return head + _OWN.format(parameter=next(iter(KINDS[kind].parameters())), bounds=bounds)
    costs = [(f"{reform.name} = {number_text(reform.cost)}", reform.remedy) for reform in CATALOGUE]
    return head + _TAIL.format(
        costs=_commented(costs), concept=_concept(kind), further=", ".join(reform.name for reform in FURTHER_REFORMS)
    )


def _concept(kind: str) -> str:
    """The lines that name the concept of a kind of model: its own, and what else may stand there."""
    first, *others = (concept.word for concept in KINDS[kind].model_class().concepts)
    also = f"  # or: {', '.join(others)}" if others else ""
    return f'concept = "{first}"{also}' + ("\ndiscount = 0.9" if first == "markov-perfect" else "")


def _setting(value: int | tuple[int, ...]) -> str:
    return str(value) if isinstance(value, int) else str(list(value))


def _kind_of(value: int | tuple[int, ...]) -> str:
    return "a whole number" if isinstance(value, int) else "a list of whole numbers"


def _commented(lines: list[tuple[str, str]]) -> str:
    width = max(len(setting) for setting, _ in lines)
    return "\n".join(f"{setting.ljust(width)}  # {comment}" for setting, comment in lines)
