"""The inequalities under which a pure profile is an equilibrium, in closed form and solved for one parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from blamegame.concepts import Nash
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.extras import need
from blamegame.games.strategic import StrategicGame, cell_index
from blamegame.models.forms import Private, Table
from blamegame.models.model import Model
from blamegame.models.parameter import Parameter


@dataclass(frozen=True)
class Condition:
    """``player`` does at least as well with ``action`` as with ``instead``.

    Attributes
    ----------
    advantage : SymPy expression
        Payoff of ``action`` less payoff of ``instead``; the condition is ``advantage >= 0``.
    parameter, symbol : str and SymPy symbol
        The parameter it is solved for.
    slope, threshold : SymPy expressions
        ``advantage = slope * (parameter - threshold)``; threshold None where the parameter plays no part.
    relation : str
        ``">="`` or ``"<="`` where the sign of the slope is the same over all admissible parameters; ``"depends"``
        where it is not (then ``>=`` holds where slope > 0); ``"absent"`` where the parameter plays no part.
    """

    player: str
    action: str
    instead: str
    advantage: Any
    parameter: str
    symbol: Any
    slope: Any
    threshold: Any
    relation: str

    def __str__(self) -> str:
        head = f"{self.player}: {self.action} rather than {self.instead} iff "
        if self.relation == "absent":
            return f"{head}{self.advantage} >= 0"
        if self.relation == "depends":
            return f"{head}{self.parameter} >= {self.threshold} where {self.slope} > 0 (<= where < 0)"
        return f"{head}{self.parameter} {self.relation} {self.threshold}"

    def latex(self) -> str:
        """The solved inequality as LaTeX mathematics."""
        sympy = need("sympy")
        Ge, Le, latex = sympy.Ge, sympy.Le, sympy.latex

        if self.relation == "absent":
            return str(latex(Ge(self.advantage, 0, evaluate=False)))
        relation = Le if self.relation == "<=" else Ge
        text = str(latex(relation(self.symbol, self.threshold, evaluate=False)))
        return text if self.relation != "depends" else rf"{text} \text{{ where }} {latex(self.slope)} > 0"


_OUT_OF_USE = ("tolerance_risk", "causal_weight")
"""Rules that are not in force by default, and would only lengthen the formulas of the theorems."""


def conditions(
    model: Model, profile: Sequence[int | str], *, solve_for: str, symbols: Sequence[str] | None = None
) -> tuple[Condition, ...]:
    """When a pure profile is a Nash equilibrium: one inequality for each player and each other action.

    Parameters
    ----------
    model : a model with a stage game
        Gives the numbers of the parameters that are not symbols.
    profile : one action for each player, by name or position
    solve_for : name of the parameter to solve for
        Payoffs must be affine in it, as those of :class:`~blamegame.Delegation` are in every parameter.
    symbols : names of the parameters to leave symbolic
        Default all, except ``tolerance_risk`` and ``causal_weight``, which keep the model's numbers. Their SymPy names
        are their symbols in the documentation, such as ``a`` for authority.

    Examples
    --------
    T2 of model.md: lower owns the mandate under a push iff its authority reaches a critical value.

    >>> from blamegame.models.delegation import Delegation
    >>> for condition in conditions(Delegation(), ("push", "work"), solve_for="authority", symbols=["authority"]):
    ...     print(condition)
    upper: push rather than assist iff authority >= 67/297
    lower: work rather than escalate iff authority >= 1318/1917
    lower: work rather than formalism iff authority >= 141/355
    """
    sympy = need("sympy")
    Symbol, cancel, factor = sympy.Symbol, sympy.cancel, sympy.factor

    model.check_name(solve_for)
    if not isinstance(model, Table | Private) or not isinstance(model.question(Nash()).game, StrategicGame):
        raise UnsupportedGame(
            f"{type(model).__name__} has no table of payoffs with symbols in it, so no profile has conditions; study "
            f"{solve_for} on a grid, or use critical_values where a measure is a rational function"
        )
    chosen = [n for n in model.parameters() if n not in _OUT_OF_USE] if symbols is None else list(symbols)
    for name in chosen:
        model.check_name(name)
    if solve_for not in chosen:
        chosen.append(solve_for)
    specs = model.parameters()
    named = {name: Symbol(specs[name].symbol, real=True) for name in chosen}
    numbers: Any = model.exact()
    symbolic = numbers.replace(named)
    payoffs = symbolic.payoffs()
    cell = cell_index(numbers.stage_game(), profile)
    variable = named[solve_for]
    out = []
    for player, labels in enumerate(symbolic.actions):
        for other, instead in enumerate(labels):
            if other == cell[player]:
                continue
            deviation = tuple(other if i == player else action for i, action in enumerate(cell))
            advantage = cancel(_rational(payoffs[(player, *cell)]) - _rational(payoffs[(player, *deviation)]))
            slope = factor(advantage.diff(variable))
            if slope.has(variable):
                raise ModelError(f"payoffs are not affine in {solve_for}; use critical_values for its exact cuts")
            if slope == 0:
                threshold, relation = None, "absent"
            else:
                threshold = factor(cancel(-advantage.subs(variable, 0) / slope))
                sign = _sign(slope, {named[n]: specs[n] for n in chosen})
                relation = {1: ">=", -1: "<=", 0: "depends"}[sign]
            out.append(
                Condition(
                    player=symbolic.players[player],
                    action=labels[cell[player]],
                    instead=instead,
                    advantage=advantage,
                    parameter=solve_for,
                    symbol=variable,
                    slope=slope,
                    threshold=threshold,
                    relation=relation,
                )
            )
    return tuple(out)


def _rational(value: Any) -> Any:
    sympy = need("sympy")
    Rational, nsimplify, sympify = sympy.Rational, sympy.nsimplify, sympy.sympify

    if hasattr(value, "free_symbols"):
        return nsimplify(value, rational=True)
    return Rational(value.numerator, value.denominator) if hasattr(value, "numerator") else sympify(value)


def _sign(expression: Any, specs: dict[Any, Parameter]) -> int:
    """1 or -1 where every factor keeps one sign over the admissible parameters, else 0.

    A factor is affine in each share, so its extremes over shares are at 0 and 1; what is left is a polynomial in
    parameters without an upper end, all at least 0, whose sign is clear when its coefficients agree.
    """
    factor_list = need("sympy").factor_list

    total = 1
    for part, flip in ((expression.as_numer_denom()[0], 1), (expression.as_numer_denom()[1], 1)):
        constant, factors = factor_list(part)
        total *= flip * (1 if constant > 0 else -1)
        for base, power in factors:
            if power % 2:
                total *= _sign_of_factor(base, specs)
    return total


def _sign_of_factor(factor: Any, specs: dict[Any, Parameter]) -> int:
    Poly = need("sympy").Poly

    shares = [s for s in factor.free_symbols if specs[s].high is not None]
    if len(shares) > 12 or any(Poly(factor, s).degree() > 1 for s in shares):
        return 0
    signs = set()
    for corner in product((0, 1), repeat=len(shares)):
        ends = {s: (specs[s].high if at else specs[s].low) for s, at in zip(shares, corner)}
        left = factor.subs(ends)
        free = sorted(left.free_symbols, key=str)
        coefficients = Poly(left, *free).coeffs() if free else [left]
        signs |= {1 if c > 0 else -1 for c in coefficients if c != 0}
    return signs.pop() if len(signs) == 1 else 0
