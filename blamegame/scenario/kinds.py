"""The kinds of model a scenario may name: add a model to the file format by adding one line here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blamegame.models.model import Model, Parameter


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

    def actions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The players with their actions; () for a model without a game of one period."""
        found: Any = self.model_class()
        return tuple(zip(getattr(found, "players", ()), getattr(found, "actions", ())))


KINDS = {kind.name: kind for kind in (Kind("delegation", "blamegame.models.delegation", "Delegation"),)}


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
