"""What players of a repeated game see of each other's play: everything, or a public signal drawn given the profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, fractions_of, object_array

_SUM_SLACK = 1e-9
"""Float distributions may miss a sum of one by this much (they are usually typed decimals); exact ones may not."""


@dataclass(frozen=True)
class Perfect:
    """Everybody sees the action profile of every past period."""


@dataclass(frozen=True, eq=False, init=False, repr=False)
class PublicSignals:
    """Everybody sees one public signal a period, drawn from a distribution that depends on the action profile.

    Parameters
    ----------
    probabilities : array, shape [*n_actions, n_signals]
        Distribution of the signals given each profile. Integers and Fractions are kept exact; floats stay ``float64``.
    signals : sequence of str, optional
        Names of the signals; default ``"1", "2", ...``.

    Raises
    ------
    GameError
        Naming the profile whose entries are not a distribution.

    Examples
    --------
    >>> PublicSignals([[[0.9, 0.1], [0.5, 0.5]], [[0.5, 0.5], [0.2, 0.8]]], signals=("good", "bad"))
    <PublicSignals good, bad given 2 x 2 profiles, float64>
    """

    probabilities: Array
    signals: tuple[str, ...]

    def __init__(self, probabilities: Any, signals: Sequence[str] | None = None) -> None:
        array = _checked(probabilities)
        object.__setattr__(self, "probabilities", array)
        object.__setattr__(self, "signals", _labels(signals, array.shape[-1]))

    @property
    def n_actions(self) -> tuple[int, ...]:
        """Number of actions of each player that the distribution is given for."""
        return self.probabilities.shape[:-1]

    @property
    def n_signals(self) -> int:
        return len(self.signals)

    @property
    def exact(self) -> bool:
        """Whether the probabilities are Fractions rather than ``float64``."""
        return bool(self.probabilities.dtype == object)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PublicSignals):
            return NotImplemented
        return self.signals == other.signals and np.array_equal(self.probabilities, other.probabilities)

    def __hash__(self) -> int:
        return hash((self.signals, self.probabilities.shape, tuple(self.probabilities.ravel().tolist())))

    def __setstate__(self, state: dict[str, Any]) -> None:
        state["probabilities"].setflags(write=False)
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        shape = " x ".join(str(n) for n in self.n_actions)
        kind = "exact" if self.exact else "float64"
        return f"<PublicSignals {', '.join(self.signals)} given {shape} profiles, {kind}>"


Monitoring = Perfect | PublicSignals


def check_fits(monitoring: Monitoring, stage: StrategicGame) -> None:
    """Refuse public signals that are given for another number of actions than the stage game has."""
    if isinstance(monitoring, PublicSignals) and monitoring.n_actions != stage.n_actions:
        raise GameError(
            f"the signals are given for {monitoring.n_actions} actions, the stage game has {stage.n_actions}; "
            "probabilities need the shape [*n_actions, n_signals]"
        )


def _checked(probabilities: Any) -> Array:
    try:
        array = np.array(probabilities)
    except ValueError:
        raise GameError("probabilities are ragged: every profile needs the same number of signals") from None
    if array.dtype.kind in "iub":
        array = fractions_of(array)
    elif array.dtype == object:
        array = _exact_or_float(array)
    elif array.dtype.kind == "f":
        array = array.astype(np.float64)
    else:
        raise GameError(f"probabilities are of type {array.dtype}; use int, Fraction or float numbers")
    if array.ndim < 2 or array.size == 0:
        raise GameError(f"probabilities of shape {array.shape} need the shape [*n_actions, n_signals], none of them 0")
    _check_distributions(array)
    array.setflags(write=False)
    return array


def _exact_or_float(array: Array) -> Array:
    values = array.ravel().tolist()
    if any(isinstance(value, list | tuple) for value in values):
        raise GameError("probabilities are ragged: every profile needs the same number of signals")
    try:
        if any(isinstance(value, float) for value in values):
            return np.array([float(value) for value in values]).reshape(array.shape)
        return object_array([Fraction(value) for value in values]).reshape(array.shape)
    except (TypeError, ValueError):
        raise GameError("probabilities must be int, Fraction or float numbers") from None


def _check_distributions(array: Array) -> None:
    slack = 0 if array.dtype == object else _SUM_SLACK
    for profile in np.ndindex(array.shape[:-1]):
        row = array[profile].tolist()
        if not all(value >= 0 for value in row) or not abs(sum(row) - 1) <= slack:
            where = ", ".join(map(str, profile))
            shown = ", ".join(map(str, row))
            raise GameError(
                f"probabilities[{where}] = [{shown}] is not a distribution: needs values >= 0 that sum to 1"
            )


def _labels(signals: Sequence[str] | None, n_signals: int) -> tuple[str, ...]:
    if signals is None:
        return tuple(str(i + 1) for i in range(n_signals))
    if isinstance(signals, str) or len(signals) != n_signals or not all(isinstance(name, str) for name in signals):
        raise GameError(f"signals={signals!r} must name each of the {n_signals} signals")
    if len(set(signals)) != n_signals:
        raise GameError(f"signals={tuple(signals)!r} repeats a name; labels must differ")
    return tuple(signals)
