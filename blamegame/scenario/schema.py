"""What a scenario file may say, table by table; pydantic finds every error of a file in one pass.

Add a table to the format by adding a section class here, one line to :func:`schema_for`, and its value to
:class:`blamegame.scenario.Scenario`; add a kind of model in :mod:`blamegame.scenario.kinds`.

This module imports pydantic, so it is imported only when a file is validated.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from blamegame.concepts import WORDS
from blamegame.models.parameter import Parameter
from blamegame.scenario.intervals import Uncertain, per_cent, uncertain
from blamegame.scenario.kinds import KINDS, Kind
from blamegame.scenario.numbers import exact_number
from blamegame.scenario.problem import show

SETTINGS = ("discount", "rationality", "pure")
GOALS = ("removes", "unlocks", "unique", "at_most", "at_least")
LONGEST_TEXT = 10_000
LARGEST_WHOLE = 10**9
MOST_ENTRIES = 100


def fault(kind: str, message: str, **context: Any) -> PydanticCustomError:
    """An error in our own words; ``allowed`` and ``known`` in the context become range and suggestion."""
    return PydanticCustomError(kind, "{message}", {"message": message, **context})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("not_text", "is not a text; write it in quotes")
    if len(value) > LONGEST_TEXT:
        raise fault("text", f"is longer than {LONGEST_TEXT:,} characters")
    if any(not (c.isprintable() or c in "\n\t") for c in value):
        raise fault("text", "holds control characters; keep to printable text")
    return value.strip()


def _number(value: Any) -> Fraction:
    try:
        return exact_number(value)
    except ValueError as error:
        raise fault("number", str(error)) from None


def _zero_or_more(value: Fraction) -> Fraction:
    if value < 0:
        raise fault("range", "is negative", allowed="0 or more")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[Any, BeforeValidator(_number)]
Cost = Annotated[Any, BeforeValidator(_number), AfterValidator(_zero_or_more)]
Texts = Annotated[tuple[Text, ...], Field(max_length=MOST_ENTRIES)]


class Section(BaseModel):
    """A table of the file: unknown keys are errors, values are what they were written as."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Edit(Section):
    """``{ scale = 0.4, add = 0.1, floor = 0.5 }``: what a reform does to one parameter."""

    scale: Cost | None = None
    add: Number | None = None
    floor: Number | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Edit:
        if self.scale is None and self.add is None and self.floor is None:
            raise fault("empty", "edits nothing; give scale, add or floor")
        return self


class CustomReform(Section):
    """``[reforms.custom.NAME]``: a reform of the file's own."""

    remedy: Text = ""
    source: Text = ""
    cost: Cost = Fraction(1)
    edits: dict[str, Edit]


class GoalSection(Section):
    """``[goal]``: one of removes, unlocks, unique, at_most and at_least, and the concept under which it is judged."""

    @model_validator(mode="before")
    @classmethod
    def _one_goal(cls, value: Any) -> Any:
        given = [word for word in GOALS if isinstance(value, dict) and word in value]
        if len(given) > 1:
            raise fault("goal", f"has {' and '.join(given)}; a scenario has one goal")
        if isinstance(value, dict) and not given and not set(value) - {"concept", *SETTINGS}:
            raise fault("goal", 'says no goal; add removes = "avoidance", unlocks = [...] or unique = [...]')
        return value


@cache
def schema_for(kind: Kind, catalogue: tuple[str, ...], further: tuple[str, ...] = ()) -> type[BaseModel]:
    """The schema of a whole file whose model is of ``kind``; "all" reforms are those of the catalogue."""
    parameters = kind.parameters()
    known_parameter = _checked(str, _one_of(f"a parameter of {kind.name}", tuple(parameters)))
    known_reform = _checked(str, _one_of("a reform of the catalogue", (*catalogue, *further)))
    own_name = _checked(str, _new_name(catalogue))
    known_actions = kind.actions()
    if known_actions is None:
        profile = Texts  # checked against the model once it is built
    else:
        profile = _tuple_of(*(_checked(str, _one_of(f"an action of {who}", actions)) for who, actions in known_actions))
    profile = _checked(profile, _a_list)
    bound = _checked(
        _table_of(_checked(str, _one_of(f"a measure of {kind.name}", kind.measures())), Number), _one_entry
    )

    numbers: dict[str, Any] = {name: (_checked(Any, _parameter(s)), s.default) for name, s in parameters.items()}
    numbers |= {name: (_checked(Any, _setting(default)), default) for name, default in kind.settings().items()}
    model = _section("Model", Section, kind=(_checked(str, _one_of("a kind of model", tuple(KINDS))), ...), **numbers)
    custom = _section("Custom", CustomReform, edits=(_table_of(known_parameter, Edit), ...))
    reforms = _section(
        "ReformsSection",
        use=(_checked(_tuple_of(known_reform, ...), _all_or_list(catalogue)), ()),
        costs=(_table_of(known_reform, Cost), {}),
        custom=(_table_of(own_name, custom), {}),
    )
    goal = _section(
        "GoalSection",
        GoalSection,
        removes=(_checked(str, _the_event), None),
        unlocks=(profile, None),
        unique=(profile, None),
        at_most=(bound, None),
        at_least=(bound, None),
        concept=(_checked(str, _one_of("a solution concept", tuple(WORDS))), None),
        discount=(_checked(Any, _discount), None),
        rationality=(Cost | None, None),
        pure=(_checked(bool, _yes_or_no), False),
    )
    sure: dict[str, Any] = {"except": (_checked(_tuple_of(known_parameter, ...), _a_list_of_names), ())}
    uncertainty = _section("UncertaintySection", Section, within=(_checked(Any, _per_cent), ...), **sure)
    return _section(
        "ScenarioFile",
        title=(Text, ...),
        description=(Text, ""),
        sources=(Texts, ()),
        assumptions=(Texts, ()),
        model=(model, ...),
        uncertainty=(uncertainty, None),
        reforms=(reforms, None),
        goal=(goal, None),
    )


def _section(name: str, base: type[BaseModel] = Section, **fields: Any) -> type[BaseModel]:
    found: type[BaseModel] = create_model(name, __base__=base, **fields)
    return found


def _checked(kind: Any, check: Callable[[Any], Any]) -> Any:
    return Annotated[kind, BeforeValidator(check)]


def _tuple_of(*kinds: Any) -> Any:
    form: Any = tuple
    return form[kinds]


def _table_of(keys: Any, values: Any) -> Any:
    form: Any = dict
    return Annotated[form[keys, values], Field(max_length=MOST_ENTRIES)]


def _one_of(what: str, known: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in known:
            raise fault("unknown", f"is not {what}", known=known)
        return str(value)

    return check


def _new_name(catalogue: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value in catalogue:
            raise fault("taken", "is the name of a catalogue reform; choose another, or change its price under costs")
        if not (isinstance(value, str) and value.isascii() and value.isidentifier() and len(value) <= 40):
            raise fault("name", "is not a name: letters, digits and _ only, at most 40 of them")
        return value

    return check


def _parameter(spec: Parameter) -> Callable[[Any], Fraction | Uncertain]:
    def check(value: Any) -> Fraction | Uncertain:
        if not isinstance(value, list | dict):
            return number(value)
        said = (
            f"= {{ {', '.join(f'{k} = {show(v)}' for k, v in list(value.items())[:3])} }} "
            if isinstance(value, dict)
            else ""
        )
        try:
            return uncertain(value, spec, number)
        except PydanticCustomError as error:  # of an end
            context = {**(error.context or {})}
            raise fault(error.type, said + str(context.pop("message", "")), **context) from None
        except ValueError as error:
            raise fault("interval", said + str(error)) from None

    def number(value: Any) -> Fraction:
        try:
            found = exact_number(value)
        except ValueError as error:
            raise fault("number", str(error), allowed=spec.range_text()) from None
        if found < spec.low or (spec.high is not None and found > spec.high):
            noun = f"a {spec.unit}" if spec.unit in ("share", "probability") else "in range"
            raise fault("range", f"is not {noun}", allowed=spec.range_text())
        return found

    return check


def _setting(default: Any) -> Callable[[Any], Any]:
    def whole(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise fault("whole", "is not a whole number; write it without a point")
        if abs(value) > LARGEST_WHOLE:
            raise fault("range", "is too large", allowed=f"at most {LARGEST_WHOLE:,}")
        return value

    def check(value: Any) -> Any:
        if not isinstance(default, tuple):
            return whole(value)
        if not isinstance(value, list):
            raise fault("list", f"is not a list of whole numbers; write {list(default)}")
        if len(value) > MOST_ENTRIES:
            raise fault("list", f"has more than {MOST_ENTRIES} entries")
        return tuple(whole(one) for one in value)

    return check


def _discount(value: Any) -> Fraction:
    number = _number(value)
    if not 0 <= number < 1:
        raise fault("range", "is not a discount factor", allowed="0 or more and below 1")
    return number


def _per_cent(value: Any) -> Fraction:
    try:
        return per_cent(value)
    except ValueError as error:
        raise fault("per_cent", str(error)) from None


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise fault("flag", "is neither true (pure strategies only) nor false (all strategies)")
    return value


def _one_entry(value: Any) -> Any:
    if not isinstance(value, dict) or len(value) != 1:
        raise fault("bound", "is not one measure with its bound; write { paperwork_share = 0.5 }")
    return value


def _all_or_list(catalogue: tuple[str, ...]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value == "all":
            return catalogue
        if not isinstance(value, list):
            raise fault("list", 'is not a list of reforms; write "all", or ["train", "tolerate"]')
        return value

    return check


def _a_list(value: Any) -> Any:
    if not isinstance(value, list):
        raise fault("list", 'is not a profile; write one action for each player, as in ["assist", "work"]')
    return value


def _a_list_of_names(value: Any) -> Any:
    if not isinstance(value, list):
        raise fault("list", 'is not a list of parameters; write ["promotability"]')
    return value


def _the_event(value: Any) -> str:
    if value != "avoidance":
        raise fault("unknown", 'is not an event; write removes = "avoidance"', known=("avoidance",))
    return str(value)
