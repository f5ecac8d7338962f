"""Mark-ups: signs against the minimum over a grid and against mpmath, ties included."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from blamegame.certificates.checker import markup
from blamegame.certificates.checker.budget import Refused, Work
from blamegame.models.markup import Markup

POSITIVE = st.fractions(min_value=Fraction(1, 20), max_value=5, max_denominator=20)
NOT_NEGATIVE = POSITIVE | st.just(Fraction(0))
BASE = Markup().values()


def sign(measure: str, bound: Any, size: int = 4, **changes: Any) -> int:
    p = {**BASE, **{name: Fraction(value) for name, value in changes.items()}}
    return markup.sign(measure, size, p, Fraction(bound), Work())


@settings(max_examples=40, deadline=None)
@given(strain=POSITIVE, penalty=NOT_NEGATIVE, noise=POSITIVE, cap=NOT_NEGATIVE, bound=NOT_NEGATIVE)
def test_the_side_of_a_bound_is_that_of_the_minimum_over_a_grid(
    strain: Fraction, penalty: Fraction, noise: Fraction, cap: Fraction, bound: Fraction
) -> None:
    grid = np.linspace(0, float(cap), 20_001)
    best = grid[np.argmin(float(strain) * grid + float(penalty) * norm.cdf(-grid / float(noise)))]
    step = float(cap) / 20_000 + 1e-6
    found = sign("layer_markup", bound, strain=strain, penalty=penalty, noise=noise, cap=cap)
    if abs(best - float(bound)) > step:
        assert found == np.sign(best - float(bound))


@settings(max_examples=40, deadline=None)
@given(
    strain=POSITIVE, penalty=POSITIVE, noise=POSITIVE, cap=NOT_NEGATIVE, size=st.integers(1, 6),
    bound=st.fractions(min_value=0, max_value=40, max_denominator=10),
)  # fmt: skip
def test_the_side_of_a_factor_is_that_of_mpmath(
    strain: Fraction, penalty: Fraction, noise: Fraction, cap: Fraction, size: int, bound: Fraction
) -> None:
    with mpmath.workdps(60):
        g, p, s, c, b = (mpmath.mpf(x.numerator) / x.denominator for x in (strain, penalty, noise, cap, bound))
        ratio = p / (g * s * mpmath.sqrt(2 * mpmath.pi))
        x = min(s * mpmath.sqrt(2 * mpmath.log(ratio)) if ratio > 1 else mpmath.mpf(0), c)
        truth = mpmath.sign(mpmath.exp(size * x) - b)
    found = sign("target_factor", bound, size, strain=strain, penalty=penalty, noise=noise, cap=cap)
    assert found == truth


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
def test_coarse_enclosures_leave_a_side_undecided_but_are_never_wrong(
    bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounding the wrong way anywhere would decide for the wrong side somewhere near x*."""
    monkeypatch.setattr(markup, "PRECISIONS", (bits,))
    decided = 0
    for noise, penalty in product((1, 3, Fraction(1, 5)), (2, 9, 40)):
        with mpmath.workdps(40):
            ratio = mpmath.mpf(penalty) / mpmath.mpf(Fraction(noise).numerator) * Fraction(noise).denominator
            ratio /= mpmath.sqrt(2 * mpmath.pi)
            scale = mpmath.mpf(Fraction(noise).numerator) / Fraction(noise).denominator
            x = scale * mpmath.sqrt(2 * mpmath.log(max(ratio, 1)))
            near = [(x + k * scale / 40) for k in range(-40, 41)]
            layer = [("layer_markup", Fraction(mpmath.nstr(b, 15)), mpmath.sign(x - b)) for b in near if b > 0]
            factor = [
                ("target_factor", Fraction(mpmath.nstr(mpmath.exp(2 * b), 15)), mpmath.sign(x - b))
                for b in near
                if b > 0
            ]
        for measure, bound, truth in (*layer, *factor):
            with contextlib.suppress(Refused):
                found = sign(measure, bound, 2, noise=noise, penalty=penalty)
                decided += 1
                assert found == truth or truth == 0
    assert decided > 100


def test_bounds_that_differ_in_the_thirtieth_digit_are_told_apart() -> None:
    """x* = 0.2350... of the defaults, from mpmath to 50 digits."""
    with mpmath.workdps(60):
        s = mpmath.mpf(1) / 5
        x = s * mpmath.sqrt(2 * mpmath.log(5 / mpmath.sqrt(2 * mpmath.pi)))
        digits = mpmath.nstr(x, 50)
    close = Fraction(digits)
    assert sign("layer_markup", close - Fraction(1, 10**30)) == 1
    assert sign("layer_markup", close + Fraction(1, 10**30)) == -1


@pytest.mark.parametrize(("cap", "bound", "expected"), [("1/10", "1/10", 0), ("1/10", "1/11", 1), ("1/10", "1/9", -1)])
def test_a_cap_that_binds_is_compared_exactly(cap: str, bound: str, expected: int) -> None:
    assert sign("layer_markup", bound, cap=cap) == expected


def test_a_cap_at_the_bound_that_does_not_bind_leaves_the_mark_up_below() -> None:
    assert sign("layer_markup", "1/2", cap="1/2") == -1


@pytest.mark.parametrize(
    "changes", [{"penalty": 0}, {"cap": 0}, {"penalty": "1/2"}, {"penalty": "1/1000"}, {"strain": 3}]
)
def test_without_a_reason_to_mark_up_the_target_stays_exactly_what_it_was(changes: dict[str, Any]) -> None:
    assert [sign("target_factor", bound, **changes) for bound in ("0", "99/100", "1", "101/100")] == [1, 1, 0, -1]
    assert [sign("layer_markup", bound, **changes) for bound in ("-1", "0", "1/100")] == [1, 0, -1]


def test_a_target_that_grows_at_all_is_above_one() -> None:
    assert sign("target_factor", 1) == 1 and sign("layer_markup", 0) == 1


def test_the_overload_is_the_factor_by_capacity_and_beyond_every_bound_where_nothing_can_be_done() -> None:
    for bound in ("-1", "0", "1/2", "3/2", "17/10", "2"):
        assert sign("overload", bound, capacity="3/2") == sign("target_factor", Fraction(bound) * Fraction(3, 2))
        assert sign("overload", bound, capacity=0) == 1
    assert sign("overload", "2/3", cap=0, capacity="3/2") == 0


def test_what_cannot_be_told_apart_is_refused_and_not_guessed() -> None:
    """A bound that is x* to 400 digits: more than the finest enclosure sees."""
    with mpmath.workdps(420):
        x = mpmath.sqrt(2 * mpmath.log(5 / mpmath.sqrt(2 * mpmath.pi))) / 5
        close = Fraction(mpmath.nstr(x, 400))
    with pytest.raises(Refused, match="cannot be told apart with 1024 binary digits"):
        sign("layer_markup", close)


@settings(max_examples=40, deadline=None)
@given(strain=POSITIVE, penalty=NOT_NEGATIVE, noise=POSITIVE, cap=NOT_NEGATIVE, size=st.integers(1, 4))
def test_the_model_agrees(strain: Fraction, penalty: Fraction, noise: Fraction, cap: Fraction, size: int) -> None:
    model = Markup(strain, penalty, noise, Fraction(3, 2), cap, size)
    factor = model.target_factor()
    assume(factor < 1e12)
    slack = Fraction(1, 10**9) * Fraction(factor)
    assert markup.sign("target_factor", size, model.values(), Fraction(factor) - slack, Work()) >= 0
    assert markup.sign("target_factor", size, model.values(), Fraction(factor) + slack, Work()) <= 0
