"""From TOML values to a checked scenario file: every error of the file at once, each with its line and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from blamegame.scenario.kinds import KINDS, Kind
from blamegame.scenario.positions import Path
from blamegame.scenario.problem import Problem, dotted, nearest, scenario_error, show
from blamegame.scenario.read import Document

if TYPE_CHECKING:
    from pydantic import BaseModel

_MOST = 200  # problems put into words; a file with more of them is the wrong file


def validate(document: Document, catalogue: tuple[str, ...], further: tuple[str, ...] = ()) -> BaseModel:
    """The document as a value of its schema; reforms are known by the names of the catalogue and the ``further`` ones.

    Raises
    ------
    ScenarioError
        With every problem of the document.
    """
    from pydantic import ValidationError

    from blamegame.scenario.schema import schema_for

    schema = schema_for(_kind(document), catalogue, further)
    try:
        return schema.model_validate(document.values)
    except ValidationError as error:
        found = sorted(error.errors(include_url=False), key=lambda details: _line(document, details))
        problems = [_problem(document, schema, details) for details in found[:_MOST]]
        raise scenario_error(document.source, problems, more=len(found[_MOST:])) from None


def _kind(document: Document) -> Kind:
    """The kind of model named, or the likeliest one, so that the rest of the file can be checked all the same."""
    section = document.values.get("model")
    section = section if isinstance(section, dict) else {}
    name = section.get("kind")
    if isinstance(name, str) and name in KINDS:
        return KINDS[name]
    near = nearest(name, KINDS) if isinstance(name, str) else ""
    return KINDS[near] if near else max(KINDS.values(), key=lambda kind: len(kind.parameters().keys() & section.keys()))


def _line(document: Document, details: Any) -> int:
    return document.positions.of(_plain_path(details["loc"])[0]) or 0


def _problem(document: Document, schema: type[BaseModel], details: Any) -> Problem:
    path, on_key = _plain_path(details["loc"])
    line, kind, value = document.positions.of(path), details["type"], details["input"]
    context = details.get("ctx", {})
    if kind == "missing":
        return _missing(document, path)
    if kind == "extra_forbidden":
        return _unknown_key(line, path, value, _keys_at(schema, path[:-1]))
    if "message" in context:
        known = tuple(context.get("known", ()))
        hint = nearest(value, known) if isinstance(value, str) else ""
        allowed = context.get("allowed", "") or ("" if hint or not known else _listing(known))
        shown = "" if on_key or isinstance(value, dict) else show(value)
        return Problem(line, dotted(path), shown, context["message"], allowed, hint)
    if kind == "too_long" and path[0] == "goal":
        kind = "profile"
    return Problem(line, dotted(path), "" if isinstance(value, dict) else show(value), _in_words(kind, path))


def _in_words(kind: str, path: Path) -> str:
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"is not a table; write it as [{dotted(path)}]"
    if kind == "tuple_type":
        return 'is not a list; write ["one text", "another"]'
    if kind == "profile":
        return 'is not one action for each player; write ["assist", "work"]'
    if kind == "too_long":
        return "has more than 100 entries"
    return f"cannot be used ({kind})"


def _plain_path(location: tuple[Any, ...]) -> tuple[Path, bool]:
    """pydantic's location as a path of the file, and whether the problem is the key itself."""
    on_key = bool(location) and location[-1] == "[key]"
    return tuple(part for part in location if isinstance(part, str | int) and part != "[key]"), on_key


def _missing(document: Document, path: Path) -> Problem:
    """A key that must be there; its line is that of the table it belongs to."""
    if isinstance(path[-1], int):
        return Problem(document.positions.of(path), dotted(path[:-1]), "", _in_words("profile", path))
    wanted: dict[Path, str] = {
        ("title",): 'add title = "..." at the top',
        ("model",): 'add [model] with kind = "delegation"',
        ("uncertainty", "within"): 'add within = "10 %"',
        ("model", "kind"): f'write kind = "delegation", or another of {_listing(KINDS)}',
    }
    way_out = wanted.get(path, f"add {path[-1]} = ...")
    return Problem(document.positions.of(path[:-1]), dotted(path), "", f"is missing; {way_out}")


def _unknown_key(line: int | None, path: Path, value: Any, known: tuple[str, ...]) -> Problem:
    key, parent = str(path[-1]), dotted(path[:-1])
    noun = "is not a table of a scenario" if isinstance(value, dict) and len(path) == 1 else ""
    noun = noun or ("is not a parameter of the model" if path[0] == "model" else "is not a key of a scenario")
    hint = nearest(key, known)
    place = f"; the keys of {parent or 'a scenario'} are {_listing(known)}" if not hint else ""
    return Problem(line, dotted(path), "" if isinstance(value, dict) else show(value), f"{noun}{place}", "", hint)


def _keys_at(schema: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys a table of the file may have."""
    here: Any = schema
    for part in path:
        field = here.model_fields.get(part) if hasattr(here, "model_fields") else None
        here = _model_in(field.annotation if field is not None else here)
    return tuple(getattr(here, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """The section class inside ``Section | None`` or ``dict[str, Section]``."""
    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [_model_in(argument) for argument in getattr(annotation, "__args__", ())]
    return next((model for model in reversed(found) if model is not None), None)


def _listing(words: Iterable[str]) -> str:
    return ", ".join(words)
