"""Payoffs as multi-affine polynomials in a model's parameters: read off the recorded program, degrees checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError, UnsupportedGame
from blamegame.games.strategic import Array

Polynomial = dict[int, Fraction]
"""Coefficients by monomial: bit v of the key says that variable v is a factor. The empty one is zero."""

_MOST_MONOMIALS = 20_000


@dataclass(frozen=True, eq=False)
class Payoffs:
    """The payoffs of a two-player model as polynomials of degree one in each of its variables.

    Attributes
    ----------
    variables : names of the parameters that are variables, in the model's order; the others are numbers
    shape : (2, m, n)
    exact : one polynomial for each payoff, in C order of ``shape``
    coefficients : float64 [2 m n, monomials]
    first, pairs : the monomials' structure as :mod:`blamegame.regions.kernels.multiaffine` takes it
    """

    variables: tuple[str, ...]
    shape: tuple[int, int, int]
    exact: tuple[Polynomial, ...]
    coefficients: Array
    first: Array
    pairs: Array

    def combination(self, weights: Mapping[int, Fraction]) -> Polynomial:
        """The sum of weight x payoff, exact; payoffs by position in C order."""
        total: Polynomial = {}
        for position, weight in weights.items():
            for monomial, c in self.exact[position].items():
                total[monomial] = total.get(monomial, Fraction(0)) + weight * c
        return {monomial: c for monomial, c in total.items() if c}

    def at(self, points: Array) -> Array:
        """Payoffs in floating point at points [k, variables], shape [k, 2, m, n]."""
        from blamegame.regions.kernels.multiaffine import values_at

        out = np.empty((len(points), len(self.coefficients)))
        values_at(np.ascontiguousarray(points, dtype=np.float64), self.coefficients, self.first, self.pairs, out)
        return out.reshape(len(points), *self.shape)


def payoff_polynomials(model: Any, fixed: Mapping[str, Fraction]) -> Payoffs:
    """The payoffs of ``model`` as polynomials in the parameters that are not ``fixed`` at a number.

    Raises
    ------
    UnsupportedGame
        Where a payoff is no polynomial of degree one in each variable; it names the
        parameter or the step, and the way out.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> model = Delegation()
    >>> free = ("authority", "tolerance")
    >>> held = {name: getattr(model, name) for name in model.parameters() if name not in free}
    >>> payoffs = payoff_polynomials(model, held)
    >>> payoffs.variables, payoffs.shape, len(payoffs.exact[0])
    (('authority', 'tolerance'), (2, 2, 3), 4)
    """
    try:
        formula = payoff_formula(model)
    except CertificateError as error:
        raise UnsupportedGame(f"{error}; such a model can be solved at points of a region only") from None
    variables = tuple(n for n in model.parameters() if n not in fixed and n not in formula.held)
    held = {n: Fraction(getattr(model, n)) for n in formula.held} | dict(fixed)
    registers = _run(formula.program, variables, held, type(model).__name__)
    table = np.array(formula.outputs)
    exact = []
    for register in table.ravel().tolist():
        value = registers[register]
        if isinstance(value, str):
            raise UnsupportedGame(value)
        exact.append(value)
    return Payoffs(variables, table.shape, tuple(exact), *_structure(exact, len(variables)))


def _run(program: Any, variables: tuple[str, ...], fixed: Mapping[str, Fraction], who: str) -> list[Polynomial | str]:
    """The registers as polynomials; a string says why one is none, and only matters where it is used."""
    bits = {name: 1 << v for v, name in enumerate(variables)}
    out: list[Polynomial | str] = []
    for operation, *inputs in program:
        if operation == "parameter":
            name = inputs[0]
            out.append({bits[name]: Fraction(1)} if name in bits else _number(fixed[name]))
        elif operation == "number":
            out.append(_number(inputs[0]))
        else:
            out.append(_step(operation, out[inputs[0]], out[inputs[1]], variables, who))
    return out


def _step(
    operation: str, left: Polynomial | str, right: Polynomial | str, variables: tuple[str, ...], who: str
) -> Polynomial | str:
    if operation == "*" and (left == {} or right == {}):
        return {}
    if isinstance(left, str) or isinstance(right, str):
        return left if isinstance(left, str) else right
    if operation in ("+", "-"):
        out = dict(left)
        for monomial, c in right.items():
            out[monomial] = out.get(monomial, Fraction(0)) + (c if operation == "+" else -c)
        return {monomial: c for monomial, c in out.items() if c}
    if operation == "*":
        return _product(left, right, variables, who)
    if max(left, default=0) == 0 and max(right, default=0) == 0:
        return _number(_of_numbers(operation, left.get(0, Fraction(0)), right.get(0, Fraction(0))))
    if operation == "/" and max(right) == 0:
        return {monomial: c / right[0] for monomial, c in left.items()}
    return (
        f"the payoffs of {who} are no polynomial over this region: a ratio or a maximum depends on its intervals "
        "(liability by cause does so); keep causal_weight at 0, or give the parameters it depends on one value"
    )


def _product(left: Polynomial, right: Polynomial, variables: tuple[str, ...], who: str) -> Polynomial | str:
    if len(left) * len(right) > _MOST_MONOMIALS * 10:
        return f"the payoffs of {who} have too many terms over this region; give more parameters one value"
    out: Polynomial = {}
    for s, c in left.items():
        for t, d in right.items():
            if s & t:
                name = variables[(s & t).bit_length() - 1]
                return (
                    f"{name} enters the payoffs of {who} with a degree above one, and proofs over a region need degree "
                    f"one in each interval; give {name} one value"
                )
            out[s | t] = out.get(s | t, Fraction(0)) + c * d
    return {monomial: c for monomial, c in out.items() if c}


def _of_numbers(operation: str, x: Fraction, y: Fraction) -> Fraction:
    if operation == "max":
        return max(x, y)
    if operation == "ratio":
        return x / y if y else Fraction(0)
    return x / y


def _number(value: Any) -> Polynomial:
    return {0: Fraction(value)} if value else {}


def _structure(polynomials: list[Polynomial], n: int) -> tuple[Array, Array, Array]:
    """Coefficients over a list of monomials closed under division, and its pairs by variable."""
    closed = {0}
    for monomial in {s for polynomial in polynomials for s in polynomial}:
        part = monomial
        while part and part not in closed:  # what divides a member already is one
            part = (part - 1) & monomial
        if monomial not in closed:
            part = monomial
            while part:
                closed.add(part)
                part = (part - 1) & monomial
        if len(closed) > _MOST_MONOMIALS:
            raise UnsupportedGame("the payoffs have too many terms over this region; give more parameters one value")
    order = sorted(closed, key=lambda s: (s.bit_count(), s))
    at = {monomial: k for k, monomial in enumerate(order)}
    first, pairs = [0], []
    for v in range(n):
        pairs += [(at[s], at[s & ~(1 << v)]) for s in order if s >> v & 1]
        first.append(len(pairs))
    coefficients = np.zeros((len(polynomials), len(order)))
    for k, polynomial in enumerate(polynomials):
        for monomial, c in polynomial.items():
            coefficients[k, at[monomial]] = float(c)
    return coefficients, np.array(first, dtype=np.int64), np.array(pairs, dtype=np.int64).reshape(-1, 2)
