"""Delegation models with a parameter exactly on a threshold: where two answers meet, rounding decides wrongly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from blamegame.models.delegation import Delegation

PUSH, ASSIST = 1, 0
WORK, ESCALATE, FORMALISM = 0, 1, 2
UPPER, LOWER = 0, 1

Gap = Callable[[Delegation], Fraction]
"""A quantity that is 0 on the threshold."""

_MOVED = ("authority", "diffusion", "push_strength", "cost_formalism", "cost_work", "cost_assist", "cost_push",
          "credit_upper", "credit_lower", "escalation_shield", "trace_shield", "tolerance", "cost_answer")  # fmt: skip
_STILL = ("tolerance_risk", "causal_weight")


def threshold_models(count: int, rng: np.random.Generator) -> list[Delegation]:
    """Exact delegation models, each on one or two of the thresholds of model.md, section 1.

    In turn: T2 (under push, work ties with escalate, or with formalism, in the authority), T4 (against work, push ties
    with assist, in the push strength), T5 (against escalate, in the diffusion), any pure tie in any parameter, and a
    mixed tie (where lower is indifferent between two actions, the third is no better and no worse). Every third model
    is moved onto a second threshold in another parameter, as far as the first allows.

    Other parameters are multiples of 1/16, which floats hold exactly, or of 1/20, which they do not.

    >>> model = threshold_models(1, np.random.default_rng(0))[0]
    >>> payoffs = model.payoffs()
    >>> bool(payoffs[LOWER, PUSH, WORK] == payoffs[LOWER, PUSH, ESCALATE])
    True
    """
    found: list[Delegation] = []
    while len(found) < count:
        gap, parameter = _threshold(len(found) % 6, rng)
        model = moved_to(_drawn(rng), parameter, gap)
        if model is None:
            continue
        if len(found) % 3 == 2:
            second, other = _threshold(4, rng)
            both = None if other == parameter else moved_to(model, other, second)
            model = both if both is not None and gap(both) == 0 else model
        found.append(model)
    return found


def moved_to(model: Delegation, parameter: str, gap: Gap) -> Delegation | None:
    """The model with ``parameter`` where ``gap`` is 0; None where that is outside its range or ``gap`` is not affine.

    >>> tie = moved_to(Delegation(), "authority", lambda m: m.payoffs()[1, 1, 0] - m.payoffs()[1, 1, 1])
    >>> tie.authority
    Fraction(1318, 1917)
    """
    spec = model.parameters()[parameter]
    at_zero, at_half, at_one = (gap(model.replace({parameter: Fraction(k, 2)})) for k in range(3))
    if at_zero == at_one or at_zero + at_one != 2 * at_half:
        return None
    root = at_zero / (at_zero - at_one)
    if root < spec.low or (spec.high is not None and root > spec.high):
        return None
    return model.replace({parameter: root})


def _threshold(kind: int, rng: np.random.Generator) -> tuple[Gap, str]:
    if kind in (0, 1):
        return _tie(LOWER, (PUSH, WORK), (PUSH, (ESCALATE, FORMALISM)[kind])), "authority"
    if kind == 2:
        return _tie(UPPER, (PUSH, WORK), (ASSIST, WORK)), "push_strength"
    if kind == 3:
        return _tie(UPPER, (PUSH, ESCALATE), (ASSIST, ESCALATE)), "diffusion"
    parameter = str(rng.choice(_MOVED))
    if kind == 5:
        return _mixed_tie, parameter
    if rng.random() < 0.5:
        column = int(rng.integers(3))
        return _tie(UPPER, (PUSH, column), (ASSIST, column)), parameter
    row, (one, other) = int(rng.integers(2)), rng.permutation(3)[:2].tolist()
    return _tie(LOWER, (row, one), (row, other)), parameter


def _tie(player: int, one: tuple[int, int], other: tuple[int, int]) -> Gap:
    def gap(model: Delegation) -> Fraction:
        payoffs = model.payoffs()[player]
        difference: Fraction = payoffs[one] - payoffs[other]
        return difference

    return gap


def _mixed_tie(model: Delegation) -> Fraction:
    """Whether one mixture of upper makes lower indifferent between all three actions."""
    lower = model.payoffs()[LOWER]
    one, other = lower[:, ESCALATE] - lower[:, WORK], lower[:, FORMALISM] - lower[:, WORK]
    determinant: Fraction = one[ASSIST] * other[PUSH] - one[PUSH] * other[ASSIST]
    return determinant


def _drawn(rng: np.random.Generator) -> Delegation:
    steps = 16 if rng.random() < 0.5 else 20
    values = {}
    for name, spec in Delegation.parameters().items():
        if name in _STILL:
            continue
        top = {"accountability": 2}.get(name, 1) if spec.high is None else spec.high
        costly = name.startswith("cost")
        high = steps // 2 if costly else int(top * steps)
        values[name] = Fraction(int(rng.integers(0, high + 1)), steps)
    return Delegation(**values)
