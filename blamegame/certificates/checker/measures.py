"""Claims about models without a table of payoffs: a measure of every equilibrium is on one side of a bound.

``team``, ``departments`` and ``markup`` each hold one such model: its payoffs in words, the mathematics that finds all
equilibria from them, and the sign of a measure minus a bound.
"""

from __future__ import annotations

from typing import Any

from . import departments, markup, team
from .budget import Claims, Data, Finding, Refused, Work
from .game import number
from .names import name, quoted, shown
from .reading import anything, rational, whole
from .reforms import PARAMETERS, REFORMS, bundles_of, capital

MECHANISMS: dict[str, Any] = {"team": team, "departments": departments, "markup": markup}
SIGNS = {"<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,)}
WORDS = {"<=": "at most", "<": "below", ">=": "at least", ">": "above"}
SIDES = {-1: "below", 0: "equal to", 1: "above"}


def bundle_bounds(claim: Data, proof: Data, work: Work) -> Finding:
    """After a bundle of reforms (robust: and after every larger one) the measure of every equilibrium obeys a bound.

    The bound is a number, or the name of the parameter that holds it, after the reforms as the others.
    """
    mechanism, parameters, count = mechanism_of(claim["model"]), claim["model"]["parameters"], claim["model"]["size"]
    measure, side_wanted, robust = claim["measure"], claim["relation"], claim["kind"] == "bundle_bounds_robustly"
    if measure not in mechanism.MEASURES:
        raise Refused(f"{shown(measure)} is not one of {', '.join(mechanism.MEASURES)}")
    when, bundles = bundles_of(claim, work, robust=robust)
    named = isinstance(claim["bound"], str) and claim["bound"] in parameters
    limit = None if named else rational(claim["bound"])
    words_of_bound = quoted(claim["bound"]) if limit is None else number(limit)
    words = mechanism.GAME.format(size=count)
    sentence = f"{words}, {when}, {measure} is {WORDS[side_wanted]} {words_of_bound} in every Nash equilibrium"
    for when, values in bundles:
        for parameter, value in values.items():
            if value < 0 or (value == 0 and parameter in mechanism.POSITIVE):
                return sentence, f"{capital(when)} {parameter} is {number(value)}, for which the game is not defined"
        side = mechanism.sign(measure, count, values, values[claim["bound"]] if limit is None else limit, work)
        if side not in SIGNS[side_wanted]:
            return sentence, f"{capital(when)} {measure} is {SIDES[side]} {words_of_bound}"
    return sentence, ""


def mechanism_of(data: Data) -> Any:
    """The file that knows the mechanism of a model."""
    if data["mechanism"] not in MECHANISMS:
        raise Refused(f"{shown(data['mechanism'])} is not one of {', '.join(MECHANISMS)}")
    mechanism = MECHANISMS[data["mechanism"]]
    if set(data["parameters"]) != set(mechanism.PARAMETERS):
        raise Refused(f"the parameters are not {', '.join(mechanism.PARAMETERS)}")
    return mechanism


def relation(data: Any) -> str:
    if not isinstance(data, str) or data not in SIGNS:
        raise Refused(f"{shown(data)} is not one of {', '.join(SIGNS)}")
    return data


def size(data: Any) -> int:
    if whole(data) < 1:
        raise Refused(f"the size {data} is not at least 1")
    return whole(data)


MODEL = {"mechanism": name, "size": size, "parameters": PARAMETERS}
BOUNDED = {"model": MODEL, **REFORMS, "measure": name, "relation": relation, "bound": anything}
CLAIMS: Claims = {
    "bundle_bounds": (bundle_bounds, BOUNDED, {}),
    "bundle_bounds_robustly": (bundle_bounds, BOUNDED, {}),
}
