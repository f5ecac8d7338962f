"""A game whose equilibrium is known in closed form: all that is left to say is whether an event happens in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class ClosedForm:
    """The one equilibrium of a mechanism, as far as an event is concerned; bools, or arrays of shape [*batch].

    Attributes
    ----------
    happens : whether the event happens in the equilibrium
    exists : whether there is an equilibrium at all
    note : why there is none; "" where there is
    """

    happens: Any
    exists: Any = True
    note: str = ""
