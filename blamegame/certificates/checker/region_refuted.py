"""The counterpart of region claims: a point of the box where an equilibrium touches the event, in exact numbers."""

from __future__ import annotations

from .box_model import REGION, game_and_others, payoff_registers, some_cells
from .budget import Claims, Data, Finding, Refused, Work
from .equilibria import best_deviation
from .game import Game, describe, event_text, number, profile_of
from .names import name, quoted
from .programs import run
from .reading import distinct, rational
from .reforms import after, bundle_text


def region_refuted(claim: Data, proof: Data, work: Work) -> Finding:
    """At some point of the box, after the bundle (robust: or more), an equilibrium puts probability on the event."""
    blank, others = game_and_others(claim)
    event, (program, outputs) = some_cells(claim["event"], blank), payoff_registers(claim["model"], blank)
    box, point, added = claim["model"]["parameters"], proof["parameters"], proof["added"]
    if set(point) != set(box):
        raise Refused("the point does not give each parameter of the model a number")
    if added and not set(distinct(added, "added")) <= set(others):
        raise Refused("what is added is not among the reforms that may be added")
    more = f", or after this and more of this menu of {len(claim['reforms'])}," if claim["robust"] else ""
    sentence = f"At some point of the box of parameter values, after {bundle_text(claim['bundle'])}{more}"
    sentence += f" some Nash equilibrium puts probability on {event_text(blank, event)}"
    for parameter, (low, high, _, _) in box.items():
        if not low <= point[parameter] <= high:
            return sentence, f"{quoted(parameter)} = {number(point[parameter])} is not in the box"
    start = {parameter: (point[parameter], least, most) for parameter, (_, _, least, most) in box.items()}
    edits = [edit for reform in (*claim["bundle"], *added) for edit in claim["reforms"][reform]]
    try:
        registers = run(program, after(edits, start, work), work)
    except ZeroDivisionError:
        return sentence, "There the payoff formula divides by zero"
    game = Game(blank.players, blank.actions, {where: registers[k] for where, k in outputs.items()})
    profile = profile_of(proof["profile"], game, work)
    gain, words = best_deviation(game, profile, work)
    if gain > 0:
        return sentence, f"({describe(game, profile)}) is no equilibrium there: {words}"
    if not any(all(profile[i][a] for i, a in enumerate(cell)) for cell in event):
        return sentence, f"The equilibrium ({describe(game, profile)}) puts no probability on it"
    at = ", ".join(f"{quoted(key)} = {number(x)}" for key, x in point.items() if box[key][0] < box[key][1])
    where = f"at {at or 'its only point'}, after {bundle_text([*claim['bundle'], *added])}"
    return f"{sentence}: {where}, ({describe(game, profile)}) is one", ""


STATED = {**REGION, "event": [[name]]}
POINT = {"parameters": {name: rational}, "added": [name], "profile": [[rational]]}
CLAIMS: Claims = {"region_refuted": (region_refuted, STATED, POINT)}
