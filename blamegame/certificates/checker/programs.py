"""Payoffs as a program over a model's parameters: step k fills register k."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from .budget import ZERO, Cell, Data, Refused, Work
from .names import shown
from .reading import position, rational, tensor

REGISTERS = "registers filled so far"
STEPS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "max": max,
    "ratio": lambda x, y: x / y if y else ZERO,  # nobody is charged where there is nothing to share
}


def program_of(data: list[Any], parameters: Data) -> list[Any]:
    """Steps ["parameter", name], ["number", rational] or [operation, register, register]."""
    out: list[Any] = []
    for step in data:
        how = step[0] if isinstance(step, list) and step and isinstance(step[0], str) else None
        if how == "parameter" and len(step) == 2 and isinstance(step[1], str) and step[1] in parameters:
            out.append(step)
        elif how == "number" and len(step) == 2:
            out.append((how, rational(step[1])))
        elif how in STEPS and len(step) == 3:
            out.append((how, *map(position(len(out), REGISTERS), step[1:])))
        else:
            raise Refused(f"step {len(out)} of the program ({shown(how)}) is not a step")
    return out


def outputs_of(data: Any, shape: Cell, program: list[Any]) -> dict[Cell, int]:
    """The register of each payoff."""
    return tensor(data, shape, "payoffs", position(len(program), REGISTERS))


def run(program: list[Any], values: dict[str, Fraction], work: Work) -> list[Fraction]:
    """The registers after the program."""
    registers: list[Fraction] = []
    for step, *inputs in program:
        if step == "parameter":
            registers.append(values[inputs[0]])
        elif step == "number":
            registers.append(inputs[0])
        else:
            registers.append(work(STEPS[step](registers[inputs[0]], registers[inputs[1]])))
    return registers
