"""Measures of repeated play: what can be played at a discount factor, and from which one on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import StudyError, UnsupportedGame
from blamegame.games.strategic import cell_index
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, game_of
from blamegame.studies.measures.measure import Values, number_word, two_players
from blamegame.studies.schema import Variable, declared


@dataclass(frozen=True)
class Playable:
    """Whether a profile can be played in the repeated game at one discount factor (:func:`blamegame.playable`)."""

    profile: tuple[int | str, ...]
    discount: Any

    @property
    def _suffix(self) -> str:
        return f"{'_'.join(map(str, self.profile))}_at_{number_word(self.discount)}"

    @property
    def _name(self) -> str:
        return declared("playable", self._suffix).name

    def variables(self, model: Model) -> tuple[Variable, ...]:
        from blamegame.games.repeated import RepeatedGame

        game = two_players(model, "Playable")
        cell_index(game, self.profile)
        RepeatedGame(game, self.discount)
        meaning = f"whether ({', '.join(map(str, self.profile))}) can be played at discount factor {self.discount}"
        return (declared("playable", self._suffix, meaning=meaning),)

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.repeated.playability_batch import playable_batch

        found = playable_batch(cells.games, self.discount)
        i, j = cell_index(game_of(cells.base), self.profile)
        return {self._name: np.where(found.yes[:, i, j], 1.0, np.where(found.no[:, i, j], 0.0, np.nan))}

    def of_model(self, model: Model) -> Values:
        from blamegame.games.repeated import RepeatedGame
        from blamegame.solvers.repeated.playability import NOT_PLAYABLE, PLAYABLE, playable

        verdict = playable(RepeatedGame(game_of(model), self.discount))[self.profile]
        return {self._name: {PLAYABLE: 1.0, NOT_PLAYABLE: 0.0}.get(verdict, np.nan)}


@dataclass(frozen=True)
class Patience:
    """From which discount factor on a profile can be played (:func:`blamegame.delta_windows`): slow, cell by cell."""

    profile: tuple[int | str, ...]
    tolerance: float = 1e-6

    def _variable(self, name: str) -> Variable:
        return declared(name, "_".join(map(str, self.profile)))

    def variables(self, model: Model) -> tuple[Variable, ...]:
        cell_index(two_players(model, "Patience"), self.profile)
        if not self.tolerance > 0:
            raise StudyError(f"Patience: tolerance={self.tolerance} must be positive")
        return (self._variable("patience_needed"), self._variable("patience_excluded"))

    def batched(self, model: Model) -> bool:
        return False

    def of_cells(self, cells: Cells) -> Values:
        raise UnsupportedGame("Patience has no batch")

    def of_model(self, model: Model) -> Values:
        from blamegame.solvers.repeated.delta_windows import delta_windows

        found = delta_windows(game_of(model), self.profile, tolerance=self.tolerance)
        needed = min((float(window.included) for window in found.windows), default=np.nan)
        excluded = np.nan if found.excluded is None else float(found.excluded)
        names = [self._variable(name).name for name in ("patience_needed", "patience_excluded")]
        return dict(zip(names, (needed, excluded)))
