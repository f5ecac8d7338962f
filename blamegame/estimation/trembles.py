"""Nash equilibrium with trembles: the equilibrium with probability 1 - eps, any action at random with eps."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design, Experiment, SymmetricGame
from blamegame.estimation.likelihood import Predict
from blamegame.estimation.unknown import BEHAVIOUR, Unknown
from blamegame.games.strategic import Array, StrategicGame
from blamegame.reforms.reform import apply
from blamegame.solvers.strategic.nash import nash

_LEAST = 1e-300


@dataclass(frozen=True)
class Trembles:
    """The one Nash equilibrium of each game (the one symmetric equilibrium of a symmetric game), with trembles.

    The payoffs must be known (an :class:`Experiment`, or a design with nothing free): equilibria jump with parameters.

    Attributes
    ----------
    tremble : its probability where it is not to be estimated; 0 is Nash without errors
    """

    tremble: float | None = None

    def __post_init__(self) -> None:
        if self.tremble is not None and not 0 <= self.tremble <= 1:
            raise CasesError(f"tremble={self.tremble} is not a probability")

    @property
    def in_words(self) -> str:
        """What offices are taken to do."""
        if self.tremble is None:
            return "Nash equilibrium with trembles"
        return "Nash equilibrium" if self.tremble == 0 else f"Nash equilibrium with trembles of {self.tremble:g}"

    @property
    def scan(self) -> int:
        """Concave in eps."""
        return 0

    @property
    def smooth(self) -> bool:
        """Linear in the tremble."""
        return True

    def behaviour(self, design: Design | Experiment) -> tuple[Unknown, ...]:
        """The probability of a tremble, unless it is held."""
        return (
            () if self.tremble is not None else (Unknown("tremble", BEHAVIOUR, 0.0, 1.0, (0.1, 0.5, 0.02, 0.3, 0.9)),)
        )

    def predictor(self, design: Design | Experiment, names: tuple[str, ...], counts: Array) -> Predict:
        """See :class:`Theory`."""
        if names:
            raise CasesError(f"trembles need known payoffs; {', '.join(names)} would move the equilibrium in jumps")
        at_nash = np.concatenate([_equilibrium(name, game) for name, game in _games(design).items()])
        uniform = np.concatenate(
            [np.full(len(actions), 1 / len(actions)) for _ in design.regime_names for _, actions in design.offices]
        )

        def predict(theta: Array) -> tuple[Array, Array]:
            held = self.tremble is not None
            eps = np.full((len(theta), 1), self.tremble) if held else theta[:, :1]
            mixed = np.maximum((1 - eps) * at_nash + eps * uniform, _LEAST)
            slopes = np.zeros((len(theta), 0, len(uniform))) if held else ((uniform - at_nash) / mixed)[:, None]
            return np.log(mixed), slopes

        return predict


def _games(design: Design | Experiment) -> dict[str, StrategicGame | SymmetricGame]:
    if isinstance(design, Experiment):
        return dict(design.games)
    found = {}
    for name, bundle in design.regimes.items():
        reformed: object = apply(design.model, bundle)
        found[name] = reformed.stage_game()  # type: ignore[attr-defined]
    return found


def _equilibrium(name: str, game: StrategicGame | SymmetricGame) -> Array:
    if isinstance(game, SymmetricGame):
        return _symmetric(name, game)
    solution = nash(game)
    if len(solution.equilibria) != 1 or not solution.complete:
        raise CasesError(
            f"{name!r} has {len(solution.equilibria)} Nash equilibria; Nash alone does not say which is expected"
        )
    return np.concatenate([np.asarray(strategy, dtype=float) for strategy in solution.equilibria[0]])


def _symmetric(name: str, game: SymmetricGame) -> Array:
    """The symmetric equilibrium, from the roots of the gain as a polynomial in the probability of acting."""
    n = game.players - 1
    act = np.polynomial.Polynomial([0.0, 1.0])
    gain = sum(
        (comb(n, k) * one * act**k * (1 - act) ** (n - k) for k, one in enumerate(game.gains)),
        start=np.polynomial.Polynomial([0.0]),
    )
    roots: Any = gain.trim(1e-14).roots()
    inner = sorted(float(r.real) for r in roots if abs(r.imag) < 1e-9 and 1e-12 < r.real < 1 - 1e-12)
    found = inner + [x for x, pays in ((0.0, game.gains[0] <= 0), (1.0, game.gains[-1] >= 0)) if pays]
    if len(found) != 1:
        raise CasesError(f"{name!r} has {len(found)} symmetric equilibria; Nash alone does not say which is expected")
    return np.array([found[0], 1 - found[0]])
