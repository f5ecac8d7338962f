"""Bind a certificate to a situation: is the model, the menu or the game that it holds the one you mean?

A certificate proves a sentence about numbers in a file. :func:`bind` compares these with the numbers of a scenario and
lists what differs, every difference in words. What is compared is what was proved, not the certificate's own account
of where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from blamegame.certificates.checker import Verdict, Work, reforms
from blamegame.certificates.checker.names import listed, quoted
from blamegame.certificates.claims import NoMandateAvoids, NoMarkovPerfectAvoids, NoPlayAvoids
from blamegame.certificates.claims.network import mandates_document
from blamegame.certificates.claims.parts import (
    Document,
    cells_of,
    game_document,
    parameters_of,
    program_of,
    range_of,
    reforms_of,
)
from blamegame.certificates.formula import payoff_formula
from blamegame.models.forms import InStages, Measured, OnNetwork, OverStates, Private, Table

_MOST_BUNDLES = 2**12  # of a menu, after which a single game is looked for


@dataclass(frozen=True)
class Binding:
    """What differs between a certificate and a scenario, and where nothing does, what the certificate is about there.

    Attributes
    ----------
    differences : in words; () where the certificate is about this scenario
    remarks : what else a reader should know, such as reforms of the scenario that the certificate is not about
    """

    differences: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def bind(claim: Document, scenario: Any) -> Binding:
    """Compare the claim of a certificate that holds with a scenario.

    Parameters
    ----------
    claim : the ``claim`` of a certificate's JSON document
    scenario : anything with ``name``, ``model`` and ``menu``

    Examples
    --------
    >>> from blamegame import load
    >>> from blamegame.certificates.claims import BundleRemoves
    >>> county, trap = load("h_county"), load("trap")
    >>> claim = BundleRemoves(county.model, county.menu, ["list"]).statement()
    >>> bind(claim, county).differences
    ()
    >>> bind(claim, trap).differences[0]
    'parameter "authority" is 3/10 there and 1/20 in trap'
    """
    model, name = scenario.model, scenario.name
    if "model" in claim:
        differences = [*_parameters(claim["model"]["parameters"], model, name), *_reforms(claim, scenario)]
        differences += [] if differences else _formula(claim["model"], model, name)
        known = {reform.name for reform in scenario.menu}
        missing = sorted(known - set(claim["reforms"]))
        remarks = [f"It is about {name}"]
        remarks += [f"It is not about these reforms of {name}: {listed(missing)}"] if missing else []
        remarks += _event(claim, model, name)
        return Binding(tuple(differences), tuple(remarks))
    return _game(claim, scenario)


def bound(verdict: Verdict, claim: Document, scenario: Any) -> Verdict:
    """The verdict on a certificate with what binds it to a scenario; one that holds no longer does where it differs."""
    if not verdict.holds:
        return verdict
    found = bind(claim, scenario)
    if found.differences:
        reason = f"That is proved, but not about {scenario.name} as it stands: {'; '.join(found.differences)}"
        return replace(verdict, holds=False, reason=reason)
    return replace(verdict, about=(*verdict.about, *found.remarks))


def _parameters(there: Document, model: Any, name: str) -> Iterator[str]:
    """What differs in parameters: an interval should hold the scenario's value."""
    here = parameters_of(model)
    if absent := sorted(set(there) - set(here)):
        yield f"{name} has no parameter {listed(absent)}"
    formula = payoff_formula(model) if isinstance(model, Table) else None
    held = set(formula.held) if formula is not None else set()
    if missing := sorted(set(here) - set(there) - held):
        yield f"{name} has also the parameter {listed(missing)}"
    for parameter in here:
        if parameter in there:
            *values, least, most = there[parameter]
            value, low, high = here[parameter]
            if not Fraction(values[0]) <= Fraction(value) <= Fraction(values[-1]):
                kind = values[0] if len(values) == 1 else f"from {values[0]} to {values[1]}"
                yield f"parameter {quoted(parameter)} is {kind} there and {value} in {name}"
            if (least, most) != (low, high):
                yield f"parameter {quoted(parameter)} ranges from {least} to {most} there and from {low} to {high}"


def _reforms(claim: Document, scenario: Any) -> Iterator[str]:
    here = reforms_of(scenario.menu)
    for reform, edits in claim["reforms"].items():
        if reform not in here:
            yield f"{scenario.name} has no reform {quoted(reform)}"
        elif sorted(map(tuple, edits)) != sorted(map(tuple, here[reform])):
            yield f"the reform {quoted(reform)} edits other numbers there"


def _formula(there: Document, model: Any, name: str) -> Iterator[str]:
    """Whether the same parameters give the same payoffs: players, actions and the program, or the mechanism."""
    if "mechanism" in there:
        if there["mechanism"] != (model.mechanism if isinstance(model, Measured) else None):
            yield f"the mechanism is {quoted(there['mechanism'])} there, and {name} is a {type(model).__name__}"
        return
    if "tree" in there:
        here = mandates_document(model) if isinstance(model, OnNetwork) else {}
        if any(there[key] != here.get(key) for key in ("tree", "actions", "mandates", "program", "payoffs")):
            yield f"the tree, the mandates or their payoffs are others than those of {name}"
        return
    formula = payoff_formula(model)
    same = {"players": list(model.players), "actions": [list(labels) for labels in model.actions]}
    for key, value in same.items():
        if there[key] != value:
            yield f"the {key} are others than those of {name}"
            return
    if (there["program"], there["payoffs"]) != (program_of(formula), formula.outputs):
        yield f"the payoffs are another formula than that of {name}"


def _event(claim: Document, model: Any, name: str) -> list[str]:
    """Whether the event is what the scenario's model calls avoidance."""
    here = _stated(model, claim)
    key = "ends" if "ends" in claim else "event"
    if key not in claim or here is None or key not in here:
        return []
    if _unordered(claim[key]) == _unordered(here[key]):
        return [f"The event is what {name} calls avoidance"]
    told = f", {', '.join(f'({listed(cell)})' for cell in here[key])}" if isinstance(model, Table) else ""
    return [f"The event is not what {name} calls avoidance{told}"]


def _game(claim: Document, scenario: Any) -> Binding:
    """A claim about one game: the bundle of the scenario's menu after which the model is that game."""
    model, name, game = scenario.model, scenario.name, claim["game"]
    here = _stated(model, claim)
    if here is None:
        return Binding((f"a certificate of {claim['kind']} holds a game of another form than that of {name}",))
    if any(here["game"].get(key) != game.get(key) for key in ("players", "actions", "states")):
        return Binding((f"the players or actions are others than those of {name}",))
    remarks = _event(claim, model, name)
    if here["game"] == game:
        return Binding((), (f"It is the game of {name} before any reform", *remarks))
    for bundle in _bundles(scenario):
        edits = {reform.name: reform for reform in scenario.menu}
        after = _stated(_after(model, [edits[reform] for reform in bundle]), claim)
        if after is not None and after["game"] == game:
            return Binding((), (f"It is the game of {name} after {{{listed(bundle)}}}", *remarks))
    return Binding((f"the payoffs are not those of {name}, before or after any bundle of its menu that was tried",))


def _stated(model: Any, claim: Document) -> Document | None:
    """The game of a model and its own event, written as in the claim; None where its form is not that of the claim."""
    game = claim.get("game", {})
    if "stages" in game and isinstance(model, OverStates):
        over = model.stochastic_game(Fraction(game["discount"]))
        if game["start"] not in over.states:
            return None
        return NoMarkovPerfectAvoids(over, model.avoidance, game["start"]).statement()
    if "nodes" in game and isinstance(model, InStages):
        chance = any("player" not in node and "end" not in node for node in game["nodes"].values())
        tree = model.tree(nature=chance)
        return NoPlayAvoids(tree, model.avoiding_ends(tree)).statement()
    if "tree" in game and isinstance(model, OnNetwork):
        return NoMandateAvoids(model.network_game(), model.avoidance).statement()
    if game and not ("actions" in game and "payoffs" in game and "tree" not in game):
        return None
    if isinstance(model, Table):
        stage = model.stage_game()
        return {"game": game_document(stage), "event": [list(cell) for cell in cells_of(stage, model.avoidance)]}
    if isinstance(model, Private):
        return {"game": game_document(model.stage_game())}
    return None


def _unordered(event: Any) -> Any:
    """Cells or ends in no order; of each state where it has states."""
    if isinstance(event, dict):
        return {state: _unordered(cells) for state, cells in event.items()}
    return sorted(event)


def _bundles(scenario: Any) -> Iterator[tuple[str, ...]]:
    names = [reform.name for reform in scenario.menu]
    every = (bundle for size in range(1, len(names) + 1) for bundle in combinations(names, size))
    yield from (bundle for _, bundle in zip(range(_MOST_BUNDLES), every))


def _after(model: Any, bundle: list[Any]) -> Any:
    edits = [edit for reform in bundle for edit in reforms_of([reform])[reform.name]]
    edited = {parameter for parameter, _, _ in edits}
    ranges = {parameter: range_of(model, parameter) for parameter in edited}
    parts = [(parameter, how, Fraction(amount)) for parameter, how, amount in edits]
    return model.replace(reforms.after(parts, ranges, Work()))
