"""From parameters to the payoff tables of every regime, with exact derivatives.

A regime edits parameters: v -> clip(max(scale v + add, floor)), whose slope is ``scale``, and 0 where it floors or
clips. Payoffs are polynomials in the edited parameters wherever the model's formula only adds and multiplies; their
coefficients are then read off once. A formula with maxima or ratios (liability by cause) is evaluated with numbers
that carry derivatives; measured, that takes 8 to 15 times as long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.estimation.dual import Dual
from blamegame.estimation.polynomial import NotPolynomial, Polynomial
from blamegame.games.strategic import Array
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.reforms.reform import Reform, as_menu, combined, edits_by_parameter


@dataclass(frozen=True, eq=False)
class _Edits:
    """Joint edits of every regime, each array of shape [G regimes, V parameters]."""

    scale: Array
    add: Array
    floor: Array
    low: Array
    high: Array

    def apply(self, values: Array) -> tuple[Array, Array]:
        """Edited values and slopes, shape [B, G, V], of values [B, V]."""
        raw = values[:, None, :] * self.scale + self.add
        held = (raw < self.floor) | (raw < self.low) | (raw > self.high)
        edited = np.minimum(np.maximum(np.maximum(raw, self.floor), self.low), self.high)
        return edited, np.where(held, 0.0, self.scale)


class PayoffMap:
    """Payoffs of every regime as a function of ``names``.

    Parameters
    ----------
    model : a single model; parameters not in ``names`` keep its values
    regimes : regime name to bundle
    names : the P parameters that vary

    Notes
    -----
    With ``names`` empty the tables are constant.
    """

    def __init__(self, model: Model, regimes: Mapping[str, Sequence[Reform]], names: Sequence[str]) -> None:
        if model.batch_shape:
            raise ModelError(f"an array of models (shape {model.batch_shape}) has no one set of cases; give one model")
        model = model.exact()  # a table of floats would turn what varies into floats too
        edits = [_joint(model, bundle) for bundle in regimes.values()]
        varied = sorted({name for joint in edits for name in joint} - set(names))
        self.model, self.names, self.varied = model, tuple(names), tuple(varied)
        self._edits = _edits_of(model, edits, (*self.names, *varied))
        self._held = np.array([float(getattr(model, name)) for name in varied])
        self._monomials: Array | None = None
        with suppress(NotPolynomial):
            self._fold(_expansion(model, (*self.names, *varied)))

    def tables(self, theta: Array) -> tuple[Array, Array]:
        """Payoffs [B, G, players, *actions] and their derivatives [B, G, P, players, *actions] at ``theta`` [B, P]."""
        theta = np.asarray(theta, dtype=np.float64)
        full = np.concatenate([theta, np.broadcast_to(self._held, (len(theta), len(self._held)))], axis=1)
        edited, slope = self._edits.apply(full)
        n = len(self.names)
        if self._monomials is None:
            return self._by_dual_numbers(edited, slope[..., :n])
        values = np.concatenate([edited[..., :n], np.ones((*edited.shape[:2], 1))], axis=-1)
        monomials = values[..., self._monomials].prod(axis=-1)
        found = np.matmul(monomials.swapaxes(0, 1), self._coefficients).swapaxes(0, 1)
        found = found.reshape(*found.shape[:2], n + 1, *self._shape)
        payoffs, rise = found[:, :, 0], found[:, :, 1:]
        return payoffs, rise * slope[..., :n].reshape(*slope.shape[:2], n, *([1] * len(self._shape)))

    def _fold(self, expansion: _Expansion) -> None:
        """Keep the monomials in the free parameters; what a regime holds fixed goes into its coefficients."""
        n, shape = len(self.names), expansion.shape
        cells = int(np.prod(shape))
        held, _ = self._edits.apply(np.concatenate([np.zeros(n), self._held])[None])
        exponents = expansion.exponents
        fixed = np.prod(held[0][:, None, n:] ** exponents[None, :, n:], axis=-1)  # [G, M]
        kept: dict[tuple[int, ...], int] = {}
        for row in exponents[:, :n]:
            for monomial in (tuple(row), *(_lowered(row, p) for p in range(n) if row[p])):
                kept.setdefault(monomial, len(kept))
        out = np.zeros((len(fixed), len(kept), n + 1, cells))
        for m, row in enumerate(exponents[:, :n]):
            weight = fixed[:, m, None] * expansion.coefficients[m]
            out[:, kept[tuple(row)], 0] += weight
            for p in range(n):
                if row[p]:
                    out[:, kept[_lowered(row, p)], 1 + p] += row[p] * weight
        degree = max((sum(key) for key in kept), default=0)
        index = np.full((len(kept), max(degree, 1)), n)
        for key, m in kept.items():
            variables = [p for p in range(n) for _ in range(key[p])]
            index[m, : len(variables)] = variables
        self._monomials = index
        self._coefficients, self._shape = out.reshape(len(fixed), len(kept), -1), shape

    def _by_dual_numbers(self, edited: Array, slope: Array) -> tuple[Array, Array]:
        n = len(self.names)
        numbers = {}
        for k, name in enumerate((*self.names, *self.varied)):
            direction = np.zeros((n, *edited.shape[:2]))
            if k < n:
                direction[k] = slope[..., k]
            numbers[name] = Dual(edited[..., k], direction)
        table: Any = _payoffs(self.model.replace(numbers))
        zero = np.zeros((n, *edited.shape[:2]))
        cells = [
            cell if isinstance(cell, Dual) else Dual(np.full(zero.shape[1:], float(cell)), zero) for cell in table.flat
        ]
        payoffs = np.stack([cell.value for cell in cells], axis=-1).reshape(*zero.shape[1:], *table.shape)
        rise = np.stack([np.moveaxis(cell.slope, 0, -1) for cell in cells], axis=-1)
        return payoffs, rise.reshape(*zero.shape[1:], n, *table.shape)


@dataclass(frozen=True, eq=False)
class _Expansion:
    exponents: Array  # [M monomials, V variables]
    coefficients: Array  # [M, cells]
    shape: tuple[int, ...]  # of one payoff table: players, then actions


@lru_cache(maxsize=32)
def _expansion(model: Model, variables: tuple[str, ...]) -> _Expansion:
    table: Any = _payoffs(model.replace({name: Polynomial.variable(k) for k, name in enumerate(variables)}))
    found: dict[tuple[int, ...], Array] = {}
    for cell, value in enumerate(table.flat):
        polynomial = value if isinstance(value, Polynomial) else Polynomial({0: float(value)})
        for powers, coefficient in polynomial.exponents(len(variables)):
            found.setdefault(powers, np.zeros(table.size))[cell] = coefficient
    exponents = np.array(list(found), dtype=np.int64).reshape(len(found), len(variables))
    return _Expansion(exponents, np.array(list(found.values())), table.shape)


def _payoffs(model: Any) -> Any:
    if not isinstance(model, Table):
        raise ModelError(f"{type(model).__name__} has no table of payoffs, so no choice probabilities to fit")
    return model.payoffs()


def _joint(model: Model, bundle: Sequence[Reform]) -> dict[str, Any]:
    return {
        name: reduce(combined, (edit for _, edit in edits))
        for name, edits in edits_by_parameter(model, as_menu(bundle)).items()
    }


def _edits_of(model: Model, edits: Sequence[Mapping[str, Any]], names: Sequence[str]) -> _Edits:
    shape = (len(edits), len(names))
    scale, add, floor = np.ones(shape), np.zeros(shape), np.full(shape, -np.inf)
    low, high = np.empty(shape), np.empty(shape)
    for k, name in enumerate(names):
        spec = model.parameters()[name]
        low[:, k], high[:, k] = float(spec.low), np.inf if spec.high is None else float(spec.high)
        for g, joint in enumerate(edits):
            if name in joint:
                scale[g, k], add[g, k] = float(joint[name].scale), float(joint[name].add)
                floor[g, k] = -np.inf if joint[name].floor is None else float(joint[name].floor)
    return _Edits(scale, add, floor, low, high)


def _lowered(row: Any, p: int) -> tuple[int, ...]:
    return tuple(int(e) - (k == p) for k, e in enumerate(row))
