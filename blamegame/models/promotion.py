"""Promotion prospects: whether credit reaches lower is known to lower only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.bayesian import BayesianGame
from blamegame.games.monitoring import Monitoring
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.forms import Private
from blamegame.models.model import parameter

_ACTS = ("work", "escalate", "formalism")


@dataclass(frozen=True, eq=False)
class Promotion(Private, Delegation):
    """The delegation game with private prospects (model.md section 5).

    Lower has prospects with probability ``prospects``: then credit reaches it as ``promotability`` says, else not at
    all. Only lower knows. Everything else is the delegation game, so its reforms apply.

    :meth:`bayesian_game` is the game; :meth:`stage_game` is the strategic game it induces, in which lower chooses a
    plan such as ``work|escalate``: the action without prospects, then the one with them. In that game *mutual
    avoidance* (``avoidance``) is every cell in which it can happen: upper pushes and some type that exists escalates or
    complies on paper. ``avoidance`` the verb gives the probability with which it happens under Nash; statements that it
    has probability zero are the same in both.

    Examples
    --------
    >>> Promotion().bayesian_game()
    <BayesianGame 2 x 3, players upper, lower, types 1 x 2, exact>
    >>> Promotion().stage_game()
    <StrategicGame 2 x 9, players upper, lower, exact>
    """

    actions: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("assist", "push"),
        tuple(f"{without}|{having}" for without in _ACTS for having in _ACTS),
    )
    event_moves: ClassVar[bool] = True
    types: ClassVar[tuple[tuple[str, ...], ...]] = (("upper",), ("no prospects", "prospects"))

    parameter_source: ClassVar[str] = "model.md section 5, promotion prospects; the value is an assumption"
    plans: ClassVar[str] = "lower's plan names what it does without prospects | with prospects"

    prospects: Any = parameter(
        "rho",
        "probability that lower has prospects of promotion",
        "0.5",
        unit="probability",
    )

    def event_moves_with(self, names: Collection[str]) -> bool:
        """Only whether each type exists decides which plans lead to avoidance, and how likely."""
        return "prospects" in names

    @property
    def avoiding_actions(self) -> Array:
        """Mutual avoidance over (upper's action, lower's action), shape [2, 3]."""
        return np.array([[False, False, False], [False, True, True]])

    @property
    def avoidance(self) -> Array:
        """Where mutual avoidance can happen, as a boolean array over (upper's action, lower's plan), shape [2, 9]."""
        avoids = self.avoiding_actions
        event: Array = np.zeros((2, 3, 3), dtype=bool)
        if not _is(self.prospects, 1):
            event |= avoids[:, :, None]
        if not _is(self.prospects, 0):
            event |= avoids[:, None, :]
        return event.reshape(2, 9)

    def known(self, *, prospects: bool) -> Delegation:
        """The delegation game in which everybody knows whether lower has prospects."""
        values = {name: self.values()[name] for name in Delegation.parameters()}
        return Delegation(**values if prospects else {**values, "promotability": 0})

    def bayesian_game(self) -> BayesianGame:
        """The Bayesian game of one model; upper has one type, lower has two."""
        if self.batch_shape:
            raise ModelError(f"bayesian_game is of one model, this is a batch of shape {self.batch_shape}; use item(i)")
        rho = self.values()["prospects"]
        payoffs = np.stack([self.known(prospects=has).stage_game().payoffs for has in (False, True)], axis=1)
        labels = (self.actions[0], _ACTS)
        return BayesianGame(payoffs[:, None], [[1 - rho, rho]], self.players, self.types, labels)

    def success(self) -> Array:
        """Probability of success before lower's type is drawn, shape [*batch, 2, 9]."""
        success = self.known(prospects=True).success()
        return self._expected(success[..., :, :, None], success[..., :, None, :], 3)

    def payoffs(self) -> Array:
        """Payoffs before lower's type is drawn, shape [*batch, 2, 2, 9]; symbolic where a parameter is."""
        without, having = (self.known(prospects=has).payoffs() for has in (False, True))
        return self._expected(without[..., :, :, :, None], having[..., :, :, None, :], 4)

    def stage_game(self) -> StrategicGame:
        """The induced strategic game: upper's action against lower's plan."""
        if isinstance(self.prospects, np.ndarray):
            # Where prospects is 0 or 1 one type does not exist, and what counts as avoidance differs within the batch.
            raise ModelError(
                "a batch over prospects is not one batch of strategic games; use blamegame.avoidance, or item(i)"
            )
        return StrategicGame(self.payoffs(), self.players, self.actions)

    def repeated(self, discount: Number, monitoring: Monitoring | None = None) -> RepeatedGame:
        """Not available: repeated play with private prospects is a repeated game of incomplete information."""
        raise UnsupportedGame(
            "Promotion has no repeated game: lower's type is private; use known(prospects=True).repeated(...), or False"
        )

    def _expected(self, without: Array, having: Array, cell_axes: int) -> Array:
        """Expectation over lower's type of tables that end in the axes (upper's action, without, having)."""
        rho: Any = self.values()["prospects"]
        if isinstance(rho, np.ndarray):
            rho = rho.reshape(*rho.shape, *[1] * cell_axes)
        table: Any = without * (1 - rho) + having * rho  # arrays first: rho may be a symbol that knows no arrays
        out: Array = table.reshape(*table.shape[:-2], 9)
        return out


def _is(value: Any, number: int) -> bool:
    """Whether a parameter is exactly a number; a batch or a symbol is not."""
    return isinstance(value, int | float | Fraction) and value == number
