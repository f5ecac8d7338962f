"""A path through mixed profiles over time, and how a flow is integrated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, check_profile, check_single, to_float

_LETTERS = "abcdefghijklmnopqrstuvw"


@dataclass(frozen=True, eq=False, repr=False)
class Trajectory:
    """What is played over time.

    Attributes
    ----------
    times : float64 [moments], ascending from 0
    strategies : for each player (or for the one population) float64 [moments, n_actions]
    """

    times: Array
    strategies: tuple[Array, ...]

    @property
    def end(self) -> Profile:
        """The last profile."""
        return tuple(strategy[-1] for strategy in self.strategies)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trajectory):
            return NotImplemented
        mine, theirs = (self.times, *self.strategies), (other.times, *other.strategies)
        return len(mine) == len(theirs) and all(np.array_equal(one, two) for one, two in zip(mine, theirs))

    def __hash__(self) -> int:
        return hash((self.times.tobytes(), len(self.strategies)))

    def __repr__(self) -> str:
        ends = " ".join(str(strategy.round(4).tolist()) for strategy in self.end)
        return f"<Trajectory to time {self.times[-1]:g}, ending at {ends}>"


def float_start(game: StrategicGame, start: Sequence[Any], caller: str) -> tuple[StrategicGame, tuple[Array, ...]]:
    """Game and starting profile in floating point, checked."""
    check_single(game, caller)
    checked = check_profile(game, start)
    return to_float(game), tuple(np.asarray(strategy, dtype=np.float64) for strategy in checked)


def values_of_actions(payoffs: Array, strategies: Sequence[Array]) -> list[Array]:
    """Expected payoff of each action of each player, [*many, n_actions]; strategies have the leading axes ``many``."""
    n = len(strategies)
    letters = _LETTERS[:n]
    found = []
    for player in range(n):
        others = [i for i in range(n) if i != player]
        script = ",".join([letters, *(f"...{letters[i]}" for i in others)]) + f"->...{letters[player]}"
        found.append(np.einsum(script, payoffs[player], *(strategies[i] for i in others)))
    if n == 1:
        found = [np.broadcast_to(payoffs[0], strategies[0].shape)]
    return found


def integrate(
    velocity: Callable[[float, Array], Array], start: Array, times: Array, *, tolerance: float, caller: str
) -> Array:
    """Solution of dx/dt = velocity(t, x) at ``times``, [moments, *], by the Runge-Kutta pair of order 8(5,3)."""
    from scipy.integrate import solve_ivp

    found = solve_ivp(
        velocity, (times[0], times[-1]), start, "DOP853", times, rtol=max(tolerance, 3e-14), atol=tolerance
    )
    if not found.success:
        raise GameError(f"{caller} could not follow the flow to time {times[-1]:g}: {found.message}")
    path: Array = found.y.T
    return path


def moments(time: Any, steps: Any) -> Array:
    """``steps + 1`` moments from 0 to ``time``."""
    if isinstance(time, bool | str) or not 0 < time < float("inf"):
        raise GameError(f"time={time!r} is not a positive finite number")
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 1:
        raise GameError(f"steps={steps!r} is not a whole number of 1 or more")
    return np.linspace(0.0, float(time), int(steps) + 1)
