"""Claims about a model after a bundle of reforms: payoffs are a program over parameters, reforms are edits of these."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from .exclusion import equilibrium_on
from .game import GAME, Game, event_of, event_text, labels_of
from .reading import anything, bound, distinct, name, rational, register, shown, tensor
from .work import ZERO, Claims, Data, Finding, Refused, Work

MOST_BUNDLES = 2**16  # of reforms, that a claim is about
OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "max": max,
    "ratio": lambda x, y: x / y if y else ZERO,  # nobody is charged where there is nothing to share
    "scale": operator.mul,
    "add": operator.add,
    "floor": max,
}
STEPS, EDITS = ("+", "-", "*", "/", "max", "ratio"), ("scale", "add", "floor")


def bundle_removes(claim: Data, proof: Data, work: Work) -> Finding:
    """After a bundle of reforms (robust: and after every larger one) no Nash equilibrium puts probability on the event.

    The model's payoffs are a program: step k fills register k. A reform edits parameters; of a bundle's edits all
    scales apply, then all adds, then all floors, and then the parameter is moved into its range.
    """
    model = claim["model"]
    players, actions = labels_of(model)
    event = event_of(claim["event"], actions)
    program = program_of(model["program"], model["parameters"])
    outputs = tensor(model["payoffs"], (len(players), *map(len, actions)), "payoffs", register(len(program)))
    of_bundles, bundles = bundles_of(claim, model["parameters"], claim["kind"] == "bundle_is_robust")
    sentence = f"In this model, {of_bundles}, no Nash equilibrium puts any probability on "
    sentence += event_text(Game(players, actions, {}), event)
    for chosen, edits in bundles:
        values = after(edits, model["parameters"], work)
        try:
            registers = run(program, values, work)
        except ZeroDivisionError:
            return sentence, f"After {{{', '.join(chosen)}}} the payoff formula divides by zero"
        game = Game(players, actions, {where: registers[k] for where, k in outputs.items()})
        try:
            failure = equilibrium_on(game, event, work)
        except Refused as error:
            raise Refused(f"after {{{', '.join(chosen)}}}: {error}") from None
        if failure:
            return sentence, f"After {{{', '.join(chosen)}}}: {failure}"
    return sentence, ""


def bundles_of(claim: Data, parameters: Data, robust: bool) -> tuple[str, Iterator[tuple[list[str], list[Any]]]]:
    """The bundles that a claim is about: in words, and each as its reforms with all their edits."""
    reforms = claim["reforms"]
    check_edits([edit for edits in reforms.values() for edit in edits], parameters)
    bundle = distinct(claim["bundle"], "bundle") if claim["bundle"] else []
    if not set(bundle) <= set(reforms):
        raise Refused("the bundle has a reform that is not among the reforms of the claim")
    every = larger_bundles(bundle, reforms if robust else ())
    count = f"({len(every)} bundles in all)"
    beyond = f", and after each larger bundle of the {len(reforms)} reforms listed {count}" if robust else ""
    with_edits = ((chosen, [edit for reform in chosen for edit in reforms[reform]]) for chosen in every)
    return f"after {{{', '.join(bundle)}}}{beyond}", with_edits


def larger_bundles(bundle: Collection[str], reforms: Iterable[str]) -> list[list[str]]:
    """The bundle, and with each choice of the other reforms added."""
    others = [reform for reform in reforms if reform not in bundle]
    if 2 ** min(len(others), 99) > MOST_BUNDLES:
        raise Refused(f"too large: {len(others)} other reforms make more than {MOST_BUNDLES} bundles")
    return [[*bundle, *more] for size in range(len(others) + 1) for more in combinations(others, size)]


def after(edits: list[Any], parameters: Data, work: Work) -> dict[str, Fraction]:
    """The parameters after the edits of a bundle."""
    values = {parameter: start for parameter, (start, _, _) in parameters.items()}
    for kind in EDITS:
        for parameter, how, amount in edits:
            if how == kind:
                values[parameter] = work(OPERATIONS[how](values[parameter], amount))
    for parameter, (_, low, high) in parameters.items():
        values[parameter] = max(values[parameter], low)
        values[parameter] = values[parameter] if high is None else min(values[parameter], high)
    return values


def run(program: list[Any], values: dict[str, Fraction], work: Work) -> list[Fraction]:
    """The registers after the program."""
    registers: list[Fraction] = []
    for step, *inputs in program:
        if step == "parameter":
            registers.append(values[inputs[0]])
        elif step == "number":
            registers.append(inputs[0])
        else:
            registers.append(work(OPERATIONS[step](registers[inputs[0]], registers[inputs[1]])))
    return registers


def program_of(data: list[Any], parameters: Data) -> list[Any]:
    """Steps ["parameter", name], ["number", rational] or [operation, register, register]."""
    out: list[Any] = []
    for step in data:
        how = step[0] if isinstance(step, list) and step else None
        if how == "parameter" and len(step) == 2 and isinstance(step[1], str) and step[1] in parameters:
            out.append(step)
        elif how == "number" and len(step) == 2:
            out.append((how, rational(step[1])))
        elif how in STEPS and len(step) == 3:
            out.append((how, *map(register(len(out)), step[1:])))
        else:
            raise Refused(f"step {len(out)} of the program ({shown(how)}) is not a step")
    return out


def check_edits(edits: list[Any], parameters: Data) -> None:
    for parameter, how, _ in edits:
        if parameter not in parameters or how not in EDITS:
            raise Refused(f"{how} {parameter} is not an edit ({', '.join(EDITS)}) of a parameter")


MODEL = {**GAME, "parameters": {name: (rational, rational, bound)}, "program": [anything]}
BUNDLE = {"model": MODEL, "reforms": {name: [(name, name, rational)]}, "bundle": [name], "event": [[name]]}
CLAIMS: Claims = {
    "bundle_removes": (bundle_removes, BUNDLE, {}),
    "bundle_is_robust": (bundle_removes, BUNDLE, {}),
}
