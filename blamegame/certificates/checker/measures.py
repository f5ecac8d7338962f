"""Claims about models without a table of payoffs: a measure of every equilibrium is on one side of a bound.

``team``, ``departments`` and ``markup`` each hold one such model: its payoffs in words, the mathematics that finds all
equilibria from them, and the sign of a measure minus a bound.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from . import departments, markup, team
from .bundles import after, bundles_of
from .game import number
from .reading import anything, bound, name, rational, shown
from .work import Claims, Data, Finding, Refused, Work

MECHANISMS: dict[str, Any] = {"team": team, "departments": departments, "markup": markup}
SIGNS = {"<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,)}
WORDS = {"<=": "at most", "<": "below", ">=": "at least", ">": "above"}
SIDES = {-1: "below", 0: "equal to", 1: "above"}


def bundle_bounds(claim: Data, proof: Data, work: Work) -> Finding:
    """After a bundle of reforms (robust: and after every larger one) the measure of every equilibrium obeys a bound.

    The bound is a number, or the name of the parameter that holds it, after the reforms as the others.
    """
    mechanism, count, parameters = mechanism_of(claim["model"])
    measure, relation = claim["measure"], claim["relation"]
    if measure not in mechanism.MEASURES or relation not in SIGNS:
        raise Refused(f"{measure} {relation} is not one of {', '.join(mechanism.MEASURES)} and {', '.join(SIGNS)}")
    of_bundles, bundles = bundles_of(claim, parameters, claim["kind"] == "bundle_bounds_robustly")
    named = isinstance(claim["bound"], str) and claim["bound"] in parameters
    limit = None if named else rational(claim["bound"])
    words_of_bound = claim["bound"] if limit is None else number(limit)
    words = mechanism.GAME.format(size=count)
    sentence = f"{words}, {of_bundles}, {measure} is {WORDS[relation]} {words_of_bound} in every Nash equilibrium"
    for chosen, edits in bundles:
        values = after(edits, parameters, work)
        where = f"After {{{', '.join(chosen)}}}"
        for parameter, value in values.items():
            if value < 0 or (value == 0 and parameter in mechanism.POSITIVE):
                return sentence, f"{where} {parameter} is {number(value)}, for which the game is not defined"
        side = mechanism.sign(measure, count, values, values[claim["bound"]] if limit is None else limit, work)
        if side not in SIGNS[relation]:
            return sentence, f"{where} {measure} is {SIDES[side]} {words_of_bound}"
    return sentence, ""


def mechanism_of(data: Data) -> tuple[Any, int, dict[str, tuple[Fraction, Fraction, Fraction | None]]]:
    """The file that knows the mechanism, how many take part, and the parameters."""
    if data["mechanism"] not in MECHANISMS:
        raise Refused(f"{shown(data['mechanism'])} is not one of {', '.join(MECHANISMS)}")
    mechanism, parameters = MECHANISMS[data["mechanism"]], data["parameters"]
    if set(parameters) != set(mechanism.PARAMETERS):
        raise Refused(f"the parameters are not {', '.join(mechanism.PARAMETERS)}")
    return mechanism, data["size"], parameters


def size(data: Any) -> int:
    if type(data) is not int or data < 1:
        raise Refused(f"the size {shown(data)} is not a whole number of at least 1")
    return data


MODEL = {"mechanism": name, "size": size, "parameters": {name: (rational, rational, bound)}}
BOUNDED = {
    "model": MODEL,
    "reforms": {name: [(name, name, rational)]},
    "bundle": [name],
    "measure": name,
    "relation": name,
    "bound": anything,
}
CLAIMS: Claims = {
    "bundle_bounds": (bundle_bounds, BOUNDED, {}),
    "bundle_bounds_robustly": (bundle_bounds, BOUNDED, {}),
}
