"""The kinds of model a scenario may name: add a model to the file format by adding one line here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blamegame.models.model import Model
    from blamegame.models.parameter import Parameter


@dataclass(frozen=True)
class Kind:
    """A ``[model] kind`` and the class it stands for, loaded when it is used."""

    name: str
    module: str
    class_name: str

    def model_class(self) -> type[Model]:
        found: type[Model] = getattr(import_module(self.module), self.class_name)
        return found

    def parameters(self) -> dict[str, Parameter]:
        return self.model_class().parameters()

    def settings(self) -> dict[str, int | tuple[int, ...]]:
        """What the file may say besides parameters, with the defaults: whole numbers, or lists of them."""
        known = self.parameters()
        defaults: dict[str, Any] = {field.name: field.default for field in fields(self.model_class())}
        return {name: value for name, value in defaults.items() if name not in known}

    def measures(self) -> tuple[str, ...]:
        """Names of the measures that a goal may bound."""
        return tuple(self.model_class().measures)

    def actions(self) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
        """The players with their actions; () without a game of one period, None where they depend on the settings."""
        found: Any = self.model_class()
        players, actions = getattr(found, "players", ()), getattr(found, "actions", ())
        if isinstance(players, property):
            return None
        return tuple(zip(players, actions))


KINDS = {
    kind.name: kind
    for kind in (
        Kind("delegation", "blamegame.models.delegation", "Delegation"),
        Kind("chain", "blamegame.models.chain", "Chain"),
        Kind("hierarchy", "blamegame.models.hierarchy", "Hierarchy"),
        Kind("departments", "blamegame.models.departments", "Departments"),
        Kind("team", "blamegame.models.team", "Team"),
        Kind("markup", "blamegame.models.markup", "Markup"),
        Kind("three_stage", "blamegame.models.three_stage", "ThreeStage"),
        Kind("inspection", "blamegame.models.inspection", "Inspection"),
        Kind("difficulty", "blamegame.models.difficulty", "Difficulty"),
        Kind("scandal", "blamegame.models.scandal", "Scandal"),
        Kind("promotion", "blamegame.models.promotion", "Promotion"),
    )
}


def kind_of(model: Model) -> str:
    """The name by which a scenario file calls the class of ``model``.

    >>> from blamegame.models.delegation import Delegation
    >>> kind_of(Delegation())
    'delegation'
    """
    for kind in KINDS.values():
        if (kind.module, kind.class_name) == (type(model).__module__, type(model).__name__):
            return kind.name
    raise ValueError(f"{type(model).__name__} has no name in scenario files; the kinds are {', '.join(KINDS)}")
