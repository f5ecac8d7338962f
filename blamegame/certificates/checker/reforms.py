"""Bundles of reforms: which ones a claim is about, and the parameters of its model after each.

A reform edits parameters. Of a bundle's edits all scales apply, then all adds, then all floors, and then each parameter
is moved into its range.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from .budget import Data, Refused, Work
from .names import listed, name
from .reading import distinct, rational, rational_or_none

MOST_BUNDLES = 2**16  # that a claim is about
EDITS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"scale": operator.mul, "add": operator.add, "floor": max}
Values = dict[str, Fraction]  # of the parameters, by name


def bundles_of(claim: Data, work: Work, *, robust: bool) -> tuple[str, Iterator[tuple[str, Values]]]:
    """The bundles that a claim is about: all in words, and each in words with the parameters after it."""
    check_edits(claim)
    reforms, parameters = claim["reforms"], claim["model"]["parameters"]
    for parameter, (value, least, most) in parameters.items():
        if value < least or (most is not None and value > most):
            raise Refused(f"{parameter} is not within its range: value, least and most are not in order")
    bundle = claim["bundle"]
    every = larger_bundles(bundle, reforms if robust else ())
    words = f"after {bundle_text(bundle)}"
    if robust:
        words += f", {whatever_else(len(reforms), len(every))}"
    edits = ([edit for reform in chosen for edit in reforms[reform]] for chosen in every)
    each = ((f"after {bundle_text(chosen)}", after(its, parameters, work)) for chosen, its in zip(every, edits))
    return words, each


def whatever_else(menu: int, bundles: int) -> str:
    return f"whatever else of this menu of {menu} is added ({bundles} bundles in all)"


def check_edits(claim: Data) -> None:
    """Make sure that reforms edit parameters of the model, by steps there are, and that the bundle is of them."""
    reforms, parameters = claim["reforms"], claim["model"]["parameters"]
    for parameter, how, _ in (edit for edits in reforms.values() for edit in edits):
        if parameter not in parameters or how not in EDITS:
            raise Refused(f"{how} {parameter} is not an edit ({', '.join(EDITS)}) of a parameter")
    if any(how == "scale" and amount < 0 for edits in reforms.values() for _, how, amount in edits):
        raise Refused("a scale is negative")
    if claim["bundle"] and not set(distinct(claim["bundle"], "bundle")) <= set(reforms):
        raise Refused("the bundle has a reform that is not among the reforms of the claim")


def larger_bundles(bundle: Collection[str], reforms: Iterable[str]) -> list[list[str]]:
    """The bundle, and with each choice of the other reforms added."""
    others = [reform for reform in reforms if reform not in bundle]
    if 2 ** min(len(others), 99) > MOST_BUNDLES:
        raise Refused(f"too large: {len(others)} other reforms make more than {MOST_BUNDLES} bundles")
    return [[*bundle, *more] for size in range(len(others) + 1) for more in combinations(others, size)]


def after(edits: list[Any], parameters: Data, work: Work) -> Values:
    """The parameters after the edits of a bundle."""
    values = {parameter: start for parameter, (start, _, _) in parameters.items()}
    for kind, operation in EDITS.items():
        for parameter, how, amount in edits:
            if how == kind:
                values[parameter] = work(operation(values[parameter], amount))
    for parameter, (_, low, high) in parameters.items():
        values[parameter] = max(values[parameter], low)
        values[parameter] = values[parameter] if high is None else min(values[parameter], high)
    return values


def bundle_text(bundle: Iterable[str]) -> str:
    return f"{{{listed(bundle)}}}"


def capital(words: str) -> str:
    """The words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


PARAMETERS = {name: (rational, rational, rational_or_none)}  # value, least, most
REFORMS = {"reforms": {name: [(name, name, rational)]}, "bundle": [name]}
