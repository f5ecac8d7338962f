"""The exact maximum of a multi-affine polynomial over a box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

Interval = tuple[Fraction, Fraction]


def maximum(
    polynomial: Mapping[int, Fraction], box: Sequence[Interval], *, cut: Fraction | None = None
) -> tuple[Fraction, tuple[int, ...]]:
    """The maximum of a multi-affine polynomial over a box, and a corner where it is attained.

    Parameters
    ----------
    polynomial : coefficients by monomial; bit v of the key says that variable v is a factor
    box : for each variable its interval (low, high)
    cut : optional; what cannot exceed it is not looked into, and then the value returned is at most ``cut`` too

    Returns
    -------
    value, corner
        ``corner[v]`` is 1 for the high end, -1 for the low end.

    Notes
    -----
    1. Write theta_v = middle_v + radius_v x_v with |x_v| <= 1, in whole numbers over one denominator.
    2. Where the linear coefficient of x_v outweighs the sum of all others in which x_v occurs, x_v is its sign: all
       such v are fixed, the terms merged, and again.
    3. What remains is at most the constant plus the sum of all |coefficients|; where that is above the best corner
       known, both values of the variable with the largest nonlinear weight are tried.

    A multi-affine polynomial has its extremes over a box at corners, so the value is exact.

    Examples
    --------
    x y - x over [0, 1] x [2, 3]:

    >>> box = [(Fraction(0), Fraction(1)), (Fraction(2), Fraction(3))]
    >>> maximum({0b11: Fraction(1), 0b01: Fraction(-1)}, box)
    (Fraction(2, 1), (1, 1))
    """
    used = 0
    for monomial in polynomial:
        used |= monomial
    variables = [v for v in range(len(box)) if used >> v & 1]
    coefficients, denominator = _centred(polynomial, box, variables)
    best: int | None = None if cut is None else int(cut * denominator // 1)
    corner = [1] * len(box)
    stack = [(coefficients, dict[int, int]())]
    while stack:
        c, x = stack.pop()
        heaviest = _settle(c, x, variables)
        top = c.get(0, 0) + sum(abs(a) for s, a in c.items() if s)
        if best is not None and top <= best:
            continue
        if heaviest is None:
            best = top
            corner = [x.get(v, 1) for v in range(len(box))]
            continue
        stack += [(_fixed(c, heaviest, sign), {**x, heaviest: sign}) for sign in (-1, 1)]
    assert best is not None  # without a cut the first node that settles sets it
    return Fraction(best, denominator), tuple(corner)


def _centred(
    polynomial: Mapping[int, Fraction], box: Sequence[Interval], variables: Sequence[int]
) -> tuple[dict[int, int], int]:
    """The polynomial in x as whole numbers over one denominator."""
    scale = lcm(*(c.denominator for c in polynomial.values()))
    steps = []
    for v in variables:
        low, high = box[v]
        d = lcm(low.denominator, high.denominator)
        total, width = int((low + high) * d), int((high - low) * d)
        steps.append((1 << v, total, width, 2 * d))
    out = {s: int(c * scale) for s, c in polynomial.items()}
    denominator = scale
    for bit, total, width, twice in steps:
        denominator *= twice
        merged: dict[int, int] = {}
        for s, c in out.items():
            if s & bit:
                if total:
                    merged[s ^ bit] = merged.get(s ^ bit, 0) + c * total
                if width:
                    merged[s] = merged.get(s, 0) + c * width
            else:
                merged[s] = merged.get(s, 0) + c * twice
        out = merged
    return {s: c for s, c in out.items() if c}, denominator


def _settle(c: dict[int, int], x: dict[int, int], variables: Sequence[int]) -> int | None:
    """Fix what a linear coefficient decides, in place; the variable to branch on, or None where nothing is open."""
    while True:
        linear, rest = dict.fromkeys(variables, 0), dict.fromkeys(variables, 0)
        for s, a in c.items():
            if s & (s - 1):
                size, t = abs(a), s
                while t:
                    rest[(t & -t).bit_length() - 1] += size
                    t &= t - 1
            elif s:
                linear[s.bit_length() - 1] = a
        decided = {v: 1 if linear[v] > 0 else -1 for v in variables if linear[v] and abs(linear[v]) >= rest[v]}
        if not decided:
            open_now = [v for v in variables if rest[v]]
            return max(open_now, key=lambda v: rest[v], default=None)
        for v, sign in decided.items():
            merged = _fixed(c, v, sign)
            c.clear()
            c.update(merged)
        x.update(decided)


def _fixed(c: Mapping[int, int], v: int, sign: int) -> dict[int, int]:
    """The polynomial at x_v = sign."""
    bit = 1 << v
    out: dict[int, int] = {}
    for s, a in c.items():
        rest = s & ~bit
        out[rest] = out.get(rest, 0) + (sign * a if s & bit else a)
    return {s: a for s, a in out.items() if a}
