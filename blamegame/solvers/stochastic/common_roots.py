"""Every common real root of polynomials in one or two unknowns, in rational boxes that cannot miss one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Any

from blamegame.solvers.parametric.roots import Root, real_roots

PRECISION = 320
"""Bits of the balls in which signs are read; what they cannot tell from zero is called undecided."""
_WIDTH = Fraction(1, 2**300)


class Undetermined(Exception):
    """The polynomials have a continuum of common roots, or too few equations to tell."""


def common_roots(polynomials: Sequence[Any], n_unknowns: int, low: Fraction, high: Fraction) -> list[tuple[Any, ...]]:
    """Common real roots with every coordinate in [low, high], each as a tuple of ``arb`` balls.

    No root is missed. A ball that is returned may hold no root where the polynomials are not zero but smaller than the
    balls can tell: a candidate has to be checked.

    Parameters
    ----------
    polynomials : ``fmpq_mpoly`` in one context whose generators are the unknowns
    n_unknowns : 1 or 2

    Raises
    ------
    Undetermined

    Notes
    -----
    With two unknowns: take two coprime polynomials; the coordinates of their common roots are roots of the resultants.
    Pairs at which some polynomial is not zero are dropped.
    """
    some = [p for p in polynomials if not p.is_zero()]
    if any(p.is_constant() for p in some):
        return []
    if n_unknowns == 1:
        if not some:
            raise Undetermined
        common: Any = some[0]
        for p in some[1:]:
            common = common.gcd(p)
        return [] if common.is_constant() else [(_ball(r),) for r in _roots(common, 0, low, high)]
    pair = next(((f, g) for f, g in combinations(some, 2) if f.gcd(g).is_constant()), None)
    if pair is None:
        raise Undetermined
    axes = []
    for unknown in range(2):
        eliminated = pair[0].resultant(pair[1], 1 - unknown)
        axes.append([] if eliminated.is_constant() else [_ball(r) for r in _roots(eliminated, unknown, low, high)])
    return [(x, y) for x in axes[0] for y in axes[1] if all(value(p, (x, y)).contains(0) for p in some)]


def value(polynomial: Any, at: Sequence[Any]) -> Any:
    """The polynomial at a point of balls."""
    from flint import arb

    total = arb(0)
    for exponents, coefficient in polynomial.terms():
        term = arb(coefficient)
        for ball, power in zip(at, exponents):
            term *= ball ** int(power)
        total += term
    return total


def _roots(polynomial: Any, unknown: int, low: Fraction, high: Fraction) -> list[Root]:
    coefficients: dict[int, Fraction] = {}
    for exponents, c in polynomial.terms():
        coefficients[int(exponents[unknown])] = Fraction(int(c.p), int(c.q))
    common = lcm(*(c.denominator for c in coefficients.values()))
    dense = [int(coefficients.get(k, Fraction(0)) * common) for k in range(max(coefficients) + 1)]
    return [root for root in real_roots(tuple(dense)) if not root < low and not root > high]


def _ball(root: Root) -> Any:
    from flint import arb, fmpq

    if root.rational is not None:
        return arb(fmpq(root.rational.numerator, root.rational.denominator))
    near = root.refined(_WIDTH)
    low, high = (arb(fmpq(end.numerator, end.denominator)) for end in (near.low, near.high))
    return low.union(high)
