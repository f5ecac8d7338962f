"""What a study needs to know of a measure, and how settings become parts of the names of variables."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol, TypeAlias

from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, game_of
from blamegame.studies.schema import Variable
from blamegame.studies.words import number_text

Values: TypeAlias = dict[str, Any]
"""Variable name to value: an array over cells from a batch, a number or a row from one cell."""


class Measure(Protocol):
    """What :func:`blamegame.study` needs to know of a measure."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        """The variables it fills; raises where the model cannot be asked for it."""
        ...

    def batched(self, model: Model) -> bool:
        """Whether :meth:`of_cells` gives the answers for cells of a model that has a batch."""
        ...

    def of_cells(self, cells: Cells) -> Values:
        """The values of many cells at once, arrays [cells, ...]."""
        ...

    def of_model(self, model: Model) -> Values:
        """The values of one exact model."""
        ...


def number_word(value: Any) -> str:
    return number_text(Fraction(value)).replace("/", "over")


def two_players(model: Model, who: str) -> StrategicGame:
    game = game_of(model)
    if game.n_players != 2:
        raise UnsupportedGame(
            f"{who} needs games of 2 players, {type(model).__name__} has {game.n_players}; use Custom with a solver of "
            "your choice, such as isolated_equilibria"
        )
    return game


def nash_profiles(game: StrategicGame) -> tuple[tuple[Array, ...], ...]:
    from blamegame.solvers.strategic.nash import nash

    return nash(game).require_complete("a study").equilibria
