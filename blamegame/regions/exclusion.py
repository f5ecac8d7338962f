"""One vector of weights that excludes a kind of play throughout a box, by cutting planes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.games.strategic import Array
from blamegame.regions.maximum import Interval, maximum
from blamegame.regions.scheme import Scheme, gain_weights
from blamegame.regions.setting import Setting

_ROUNDS = 40
_NO_VECTOR = 1e-7
_SLACK = 1e-6  # of the weights that act: what rounding them may cost
_NOT_STRICT = 1e-4  # of t, where weights of either sign act: what keeps a form away from rounding above 0
_DENOMINATORS = (10, 100, 10**3, 10**4, 10**6, 10**9, 10**12)


@dataclass(frozen=True, eq=False)
class Attempt:
    """Weights that exclude the scheme throughout the box, float and rounding included; or None, and where it failed.

    ``corners`` are the corners (+1, -1 by variable) at which the forms were compared.
    """

    weights: Array | None
    corners: tuple[Array, ...]


def exclude(
    setting: Setting, scheme: Scheme, low: Array, high: Array, pool: Sequence[Array] = (), *, rounds: int = _ROUNDS
) -> Attempt:
    """A vector of weights proving ``scheme`` on the box [low, high], in floating point with bounded rounding.

    1. Try the vectors of ``pool``.
    2. Maximise t with every form at most -t where strict and at most 0 elsewhere, at the points known so far (the
       middle at first).
    3. Where t is 0 there is no vector. Else maximise each form over the box; where one is too large its corner becomes
       a known point.
    """
    for known in pool:
        if holds(setting, scheme, known, low, high):
            return Attempt(known, ())
    programme = _Programme(scheme)
    middle = (low + high) / 2
    programme.add(np.arange(len(scheme.groups)), _gains_at(setting, scheme, middle[None])[0])
    corners: list[Array] = []
    for _ in range(rounds):
        weights, t = programme.solve()
        if weights is None or t <= _NO_VECTOR:
            break
        values, errors, where = _maxima(setting, scheme, weights, low, high)
        acting = scheme.acts[np.abs(weights) > 0].any(axis=0)
        failing = np.where(scheme.strict, values + errors >= 0, acting & (values + errors > 0))
        if not failing.any():
            return Attempt(weights, tuple(corners))
        for form in np.flatnonzero(failing):
            x = where[form]
            point = np.where(x >= 0, high, low)
            programme.add(np.array([form]), _gains_at(setting, scheme, point[None])[0][:, [form]])
            corners.append(x)
    return Attempt(None, tuple(corners))


def holds(setting: Setting, scheme: Scheme, weights: Array, low: Array, high: Array) -> bool:
    """Whether these weights prove the scheme on the box; False where rounding leaves it open."""
    return bool(holds_on(setting, scheme, weights, low[None], high[None])[0])


def holds_on(setting: Setting, scheme: Scheme, weights: Array, lows: Array, highs: Array) -> Array:
    """For each of many boxes [boxes, variables] whether the weights prove the scheme; rounding included."""
    from blamegame.regions.kernels.multiaffine import all_negative

    forms, sizes = scheme.forms(weights)
    acts = scheme.acts[np.abs(weights) > 0].any(axis=0)
    out = np.zeros(len(lows), dtype=np.bool_)
    payoffs = setting.payoffs
    all_negative(forms, sizes, scheme.strict, acts, lows, highs, payoffs.first, payoffs.pairs, out)
    return out


def exact_weights(setting: Setting, scheme: Scheme, weights: Array, box: Sequence[Interval]) -> list[Fraction] | None:
    """The weights as short rationals that prove the scheme on the box, rechecked in rational arithmetic; else None."""
    low, high = (np.array([float(interval[end]) for interval in box]) for end in (0, 1))
    largest = max(np.abs(weights).max(), 1e-300)
    for denominator in _DENOMINATORS:
        rounded = [Fraction(round(float(y) / largest * denominator), denominator) for y in weights]
        floats = np.array([float(y) for y in rounded])
        if holds(setting, scheme, floats, low, high) and proves(setting, scheme, rounded, box):
            return rounded
    kept = [Fraction(float(y)) for y in weights]
    return kept if proves(setting, scheme, kept, box) else None


def proves(setting: Setting, scheme: Scheme, weights: Sequence[Fraction], box: Sequence[Interval]) -> bool:
    """Whether rational weights prove the scheme on the box of the variables, exactly."""
    if any(y < 0 and not free for y, free in zip(weights, scheme.free)):
        return False
    for form, strict in enumerate(scheme.strict.tolist()):
        polynomial = setting.payoffs.combination(gain_weights(scheme, list(weights), form))
        if not polynomial:
            if strict:
                return False
            continue
        value, _ = maximum(polynomial, box, cut=None if strict else Fraction(0))
        if value > 0 or (strict and value == 0):
            return False
    return True


def _gains_at(setting: Setting, scheme: Scheme, points: Array) -> Array:
    """Weighted by one, each deviation's part of each form at points [k, variables], shape [k, deviations, forms]."""
    payoffs = setting.payoffs.at(points).reshape(len(points), -1)
    found: Array = np.einsum("kp,dfp->kdf", payoffs, scheme.rows)
    return found


def _maxima(setting: Setting, scheme: Scheme, weights: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    from blamegame.regions.kernels.multiaffine import maxima

    forms, sizes = scheme.forms(weights)
    values, errors = np.empty(len(forms)), np.empty(len(forms))
    corners = np.zeros((len(forms), len(low)), dtype=np.int8)
    maxima(forms, sizes, low, high, setting.payoffs.first, setting.payoffs.pairs, values, errors, corners)
    return values, errors, corners


class _Programme:
    """Maximise t over weights in [0, 1], free ones in [-1, 1], with a row for each form at each known point."""

    def __init__(self, scheme: Scheme) -> None:
        import highspy

        self._scheme = scheme
        self._n = n = len(scheme.deviations)
        self._free = np.array(scheme.free, dtype=bool)
        self._solver = solver = highspy.Highs()
        options = {"output_flag": False, "solver": "simplex", "presolve": "off", "threads": 1}
        options["primal_feasibility_tolerance"] = options["dual_feasibility_tolerance"] = 1e-10
        for name, value in options.items():
            solver.setOptionValue(name, value)
        for free in scheme.free:
            solver.addVar(-1.0 if free else 0.0, 1.0)
        solver.addVar(0.0, 1.0)
        solver.changeColCost(n, 1.0)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._infinite = highspy.kHighsInf
        self._optimal = highspy.HighsModelStatus.kOptimal

    def add(self, forms: Array, gains: Array) -> None:
        """Rows for ``forms``, the gains of each deviation in each, shape [deviations, forms]."""
        for column, form in enumerate(forms.tolist()):
            acts = self._scheme.acts[:, form]
            row = gains[:, column] + np.where(acts & ~self._free, _SLACK, 0.0)
            where = np.flatnonzero(acts)
            values = row[where]
            share = 1.0 if self._scheme.strict[form] else _NOT_STRICT if self._free.any() else 0.0
            if share:
                where, values = np.append(where, self._n), np.append(values, share)
            self._solver.addRow(-self._infinite, 0.0, len(where), where.astype(np.int32), values)

    def solve(self) -> tuple[Array | None, float]:
        self._solver.run()
        if self._solver.getModelStatus() != self._optimal:
            return None, 0.0
        point = np.array(self._solver.getSolution().col_value)
        weights = np.where(np.abs(point[:-1]) < 1e-9, 0.0, point[:-1])
        weights = np.where(self._free, weights, np.maximum(weights, 0.0))
        return weights, float(point[-1])
