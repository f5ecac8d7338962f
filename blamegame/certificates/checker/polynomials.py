"""Payoffs as polynomials of degree one in each parameter, and the sign of their largest value over a box.

*Polynomials.* A program over parameters is run on polynomials instead of numbers. A parameter whose interval is one
number is that number. Quotients are by numbers only. max(p, 0) is p where p >= 0 throughout the box, and 0 where
p <= 0; any other max and any other ratio is *unknown*, and only its product with 0 is known: 0.

*The sign of the maximum.* Let theta_i = m_i + r_i x_i with |x_i| <= 1 and p = sum over sets S of c_S x^S. Since p is
affine in each x_i, it has its maximum at a corner.

1. The slope of p in x_i lies within sum over S with i in S, |S| >= 2, of |c_S| from c_i. Where |c_i| is at least this,
   p is monotone in x_i throughout the box, so that some maximum has x_i = sign(c_i). All such i are fixed at once, the
   terms are merged, and this is repeated.
2. What is left is at most c_0 + sum |c_S|; where only terms of one variable are left, that is the maximum.
3. Where that does not decide the sign, both x_i = 1 and x_i = -1 are tried for some i.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from .budget import ONE, ZERO, Refused, Work

Monomial = tuple[int, ...]  # the variables that are multiplied, in order, with repetition
Polynomial = dict[Monomial, Fraction]  # coefficients, none of them zero; {} is zero
Interval = tuple[Fraction, Fraction]
Affine = dict[int, int]  # coefficients by set of variables (bit i: variable i), all times one positive number
MOST_TERMS = 20_000  # of one polynomial
UNKNOWN = None  # what a program makes of a maximum or a ratio that is no polynomial


def polynomials_of(program: list[Any], box: Mapping[str, Interval], work: Work) -> list[Polynomial | None]:
    """The registers after the program; variable i is parameter i of the box, unless its interval is one number."""
    number = {name: i for i, name in enumerate(box)}
    intervals = list(box.values())
    registers: list[Polynomial | None] = []
    for step, *inputs in program:
        if step == "parameter":
            low, high = box[inputs[0]]
            registers.append(constant(low) if low == high else {(number[inputs[0]],): ONE})
        elif step == "number":
            registers.append(constant(inputs[0]))
        else:
            p, q = (registers[k] for k in inputs)
            registers.append(STEPS[step](p, q, intervals, work))
    return registers


def constant(x: Fraction) -> Polynomial:
    return {(): x} if x else {}


def is_constant(p: Polynomial | None) -> bool:
    return p is not None and set(p) <= {()}


def combined(p: Polynomial | None, q: Polynomial | None, sign: int, work: Work) -> Polynomial | None:
    """p + sign q."""
    if p is None or q is None:
        return UNKNOWN
    out = dict(p)
    for monomial, c in q.items():
        out[monomial] = work(out.get(monomial, ZERO) + sign * c)
    return {monomial: c for monomial, c in out.items() if c}


def product(p: Polynomial | None, q: Polynomial | None, work: Work) -> Polynomial | None:
    if p == {} or q == {}:
        return {}
    if p is None or q is None:
        return UNKNOWN
    if len(p) * len(q) > MOST_TERMS:
        raise Refused(f"too large: a product of polynomials with {len(p)} and {len(q)} terms")
    out: Polynomial = {}
    for left, a in p.items():
        for right, b in q.items():
            monomial = tuple(sorted(left + right))
            work.spend(len(monomial))
            out[monomial] = work(out.get(monomial, ZERO) + a * b)
    return {monomial: c for monomial, c in out.items() if c}


def quotient(p: Polynomial | None, q: Polynomial | None, work: Work) -> Polynomial | None:
    if not q or not is_constant(q):
        raise Refused("the program divides by zero, or by something that is not the same number throughout the box")
    return product(p, constant(1 / q[()]), work)


def larger(p: Polynomial | None, q: Polynomial | None, box: list[Interval], work: Work) -> Polynomial | None:
    difference = combined(p, q, -1, work)
    if difference is None or not is_affine(difference):
        return UNKNOWN
    over = centred({"": difference}, box, work)[""]
    if is_below_zero(over, work):
        return q
    return p if is_below_zero({s: -c for s, c in over.items()}, work) else UNKNOWN


def share(p: Polynomial | None, q: Polynomial | None, work: Work) -> Polynomial | None:
    """p / q, and 0 where q is 0."""
    if q == {} or (q is not None and is_constant(q)):
        return quotient(p, q, work) if q else {}
    return UNKNOWN


STEPS: dict[str, Callable[[Any, Any, list[Interval], Work], Polynomial | None]] = {
    "+": lambda p, q, _, work: combined(p, q, 1, work),
    "-": lambda p, q, _, work: combined(p, q, -1, work),
    "*": lambda p, q, _, work: product(p, q, work),
    "/": lambda p, q, _, work: quotient(p, q, work),
    "max": larger,
    "ratio": lambda p, q, _, work: share(p, q, work),
}


def is_affine(p: Polynomial) -> bool:
    """Whether the degree is at most one in each variable."""
    return all(len(set(monomial)) == len(monomial) for monomial in p)


def centred(polynomials: Mapping[Any, Polynomial], box: list[Interval], work: Work) -> dict[Any, Affine]:
    """Polynomials of degree one in each variable, in x instead of theta, all times one positive number."""
    scale = lcm(1, *(c.denominator for p in polynomials.values() for c in p.values()))
    used = sorted({i for p in polynomials.values() for monomial in p for i in monomial})
    out = {}
    for key, p in polynomials.items():
        q: Affine = {sum(1 << i for i in s): c.numerator * (scale // c.denominator) for s, c in p.items()}
        for i in used:
            low, high = box[i]
            d = lcm(low.denominator, high.denominator)
            q = _with_centre(q, 1 << i, int((low + high) * d), int((high - low) * d), 2 * d, work)
        out[key] = {s: c for s, c in q.items() if c}
    return out


def _with_centre(p: Affine, bit: int, middle: int, radius: int, common: int, work: Work) -> Affine:
    """common p with variable ``bit`` replaced by (middle + radius x) / common."""
    out: Affine = {}
    for s, c in p.items():
        if not s & bit:
            out[s] = out.get(s, 0) + common * c
            continue
        out[s ^ bit] = out.get(s ^ bit, 0) + middle * c
        if radius:
            out[s] = out.get(s, 0) + radius * c
    spend_on(out, work)
    return out


def spend_on(p: Affine, work: Work) -> None:
    """One unit for a few terms, more for long coefficients."""
    if len(p) > MOST_TERMS:
        raise Refused(f"too large: a polynomial with more than {MOST_TERMS} terms")
    work.spend(1 + len(p) // 4 + (sum(c.bit_length() for c in p.values()) >> 8))


def is_below_zero(p: Affine, work: Work, *, strictly: bool = False) -> bool:
    """Whether p <= 0 (< 0) wherever all |x_i| <= 1."""
    stack = [p]
    while stack:
        q, widest = settled(stack.pop(), work)
        most = q.get(0, 0) + sum(abs(c) for s, c in q.items() if s)
        if most < 0 or (most == 0 and not strictly):
            continue
        if not widest:
            return False
        stack += [fixed(q, {widest: 1}), fixed(q, {widest: -1})]
    return True


def settled(p: Affine, work: Work) -> tuple[Affine, int]:
    """Step 1 as often as it does something; and the variable (its bit) to branch on, 0 where none needs it."""
    while True:
        spend_on(p, work)
        alone: dict[int, int] = {}
        mixed: dict[int, int] = {}
        for s, c in p.items():
            if s & (s - 1):
                rest, size = s, abs(c)
                while rest:
                    bit = rest & -rest
                    mixed[bit] = mixed.get(bit, 0) + size
                    rest ^= bit
            elif s:
                alone[s] = c
        known = {bit: 1 if c > 0 else -1 for bit, c in alone.items() if abs(c) >= mixed.get(bit, 0)}
        if not known:
            return p, max(mixed, key=lambda bit: mixed[bit], default=0)
        p = fixed(p, known)


def fixed(p: Affine, signs: Mapping[int, int]) -> Affine:
    """p at these values, 1 or -1, of some variables."""
    gone = sum(signs)
    negative = sum(bit for bit, sign in signs.items() if sign < 0)
    out: Affine = {}
    for s, c in p.items():
        rest = s & ~gone
        out[rest] = out.get(rest, 0) + (-c if (s & negative).bit_count() & 1 else c)
    return {s: c for s, c in out.items() if c}
