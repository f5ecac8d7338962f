"""A model's payoff definition as data: recorded once, as a program of a few exact operations anyone can evaluate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blamegame.errors import CertificateError, ModelError

Step = tuple[Any, ...]
"""("parameter", name), ("number", Fraction) or (operation, register, register); step k fills register k."""


@dataclass(frozen=True)
class Formula:
    """A straight-line program and, nested as the payoffs are, the register that holds each payoff.

    ``held`` are the parameters that the model keeps at one number, so that they are no parameters of the program.
    """

    program: tuple[Step, ...]
    outputs: Any
    held: tuple[str, ...] = ()


def payoff_formula(model: Any) -> Formula:
    """The payoffs of a model as a program over its parameters, found by running ``model.payoffs()`` on recorders.

    Parameters
    ----------
    model : anything with ``parameters()`` (a mapping by name), ``replace(mapping)`` and ``payoffs()``
        The payoff definition may use +, -, *, /, natural powers, ``positive_part`` and ``ratio_or_zero``. A parameter
        for which ``replace`` takes no symbol, as chains know no causal liability, keeps its number.

    Raises
    ------
    CertificateError
        Where the definition does something else with a parameter, such as comparing it: then payoffs are not one
        rational formula, and a certificate about every bundle of reforms cannot hold it.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> formula = payoff_formula(Delegation())
    >>> formula.program[25:28]
    (('number', Fraction(1, 1)), ('-', 25, 6), ('-', 25, 0))
    >>> formula.program[6], formula.program[0]
    (('parameter', 'baseline_success'), ('parameter', 'authority'))
    >>> len(formula.outputs), len(formula.outputs[0]), len(formula.outputs[0][0])
    (2, 2, 3)
    """
    tape = _Tape()
    recorders = {name: tape.record("parameter", name) for name in model.parameters()}
    held = tuple(name for name, recorder in recorders.items() if not _takes(model, name, recorder))
    try:
        payoffs = model.replace({k: v for k, v in recorders.items() if k not in held}).payoffs().tolist()
        return tape.pruned(_registers(payoffs, tape), held)
    except (TypeError, AttributeError, ModelError) as error:
        raise CertificateError(
            f"the payoffs of {type(model).__name__} are not one rational formula in its parameters: {error}"
        ) from None


def _takes(model: Any, name: str, recorder: Recorder) -> bool:
    """Whether a parameter of the model may be something else than a number."""
    try:
        model.replace({name: recorder})
    except ModelError:
        return False
    return True


def _registers(payoffs: Any, tape: _Tape) -> Any:
    """Nested lists of recorders or numbers as nested lists of registers."""
    if isinstance(payoffs, list):
        return [_registers(item, tape) for item in payoffs]
    return tape.recorder(payoffs).register


class _Tape:
    """The steps recorded so far, each once."""

    def __init__(self) -> None:
        self.steps: dict[Step, Recorder] = {}

    def record(self, *step: Any) -> Recorder:
        if step not in self.steps:
            self.steps[step] = Recorder(self, len(self.steps))
        return self.steps[step]

    def recorder(self, value: Any) -> Recorder:
        if isinstance(value, Recorder):
            return value
        if isinstance(value, int | Fraction):
            return self.record("number", Fraction(value))
        raise TypeError(f"{value!r} is neither exact nor recorded")

    def pruned(self, outputs: Any, held: tuple[str, ...]) -> Formula:
        """The steps that some output needs, renumbered."""
        steps = list(self.steps)
        needed: set[int] = set()
        todo = _leaves(outputs)
        while todo:
            k = todo.pop()
            if k not in needed:
                needed.add(k)
                todo += _inputs(steps[k])
        new = {old: k for k, old in enumerate(sorted(needed))}
        program = [(steps[k][0], *map(new.get, _inputs(steps[k]))) if _inputs(steps[k]) else steps[k] for k in new]
        return Formula(tuple(program), _renumbered(outputs, new), held)


def _inputs(step: Step) -> list[int]:
    return [] if step[0] in ("parameter", "number") else list(step[1:])


def _leaves(nested: Any) -> list[int]:
    return [leaf for item in nested for leaf in _leaves(item)] if isinstance(nested, list) else [nested]


def _renumbered(nested: Any, new: Mapping[int, int]) -> Any:
    return [_renumbered(item, new) for item in nested] if isinstance(nested, list) else new[nested]


class Recorder:
    """A number that writes down what is done to it. It has no value, so it refuses to be compared or branched on."""

    __slots__ = ("register", "tape")

    def __init__(self, tape: _Tape, register: int) -> None:
        self.tape = tape
        self.register = register

    def __repr__(self) -> str:
        return "(any number)"

    def _then(self, operation: str, left: Any, right: Any) -> Recorder:
        return self.tape.record(operation, self.tape.recorder(left).register, self.tape.recorder(right).register)

    def __add__(self, other: Any) -> Recorder:
        return self._then("+", self, other)

    def __radd__(self, other: Any) -> Recorder:
        return self._then("+", other, self)

    def __sub__(self, other: Any) -> Recorder:
        return self._then("-", self, other)

    def __rsub__(self, other: Any) -> Recorder:
        return self._then("-", other, self)

    def __mul__(self, other: Any) -> Recorder:
        return self._then("*", self, other)

    def __rmul__(self, other: Any) -> Recorder:
        return self._then("*", other, self)

    def __truediv__(self, other: Any) -> Recorder:
        return self._then("/", self, other)

    def __rtruediv__(self, other: Any) -> Recorder:
        return self._then("/", other, self)

    def __neg__(self) -> Recorder:
        return self._then("-", 0, self)

    def __pow__(self, exponent: Any) -> Recorder:
        if not isinstance(exponent, int) or exponent < 1:
            raise TypeError(f"a parameter to the power {exponent!r}; only natural powers are recorded")
        return self if exponent == 1 else self * self ** (exponent - 1)

    def positive_part(self) -> Recorder:
        """max(0, x)."""
        return self._then("max", self, 0)

    def ratio_or_zero(self, part: Any) -> Recorder:
        """part / x, and 0 where x is 0."""
        return self._then("ratio", part, self)

    def __bool__(self) -> bool:
        raise TypeError("the payoff definition branches on the value of a parameter")
