"""Claims about a model in strategic form after a bundle of reforms: payoffs are a program, reforms edit its inputs."""

from __future__ import annotations

from .budget import Claims, Data, Finding, Refused, Work
from .exclusion import equilibrium_on
from .game import GAME, Game, event_of, event_text, labels_of
from .names import name
from .programs import outputs_of, program_of, run
from .reading import anything
from .reforms import PARAMETERS, REFORMS, bundles_of, capital


def bundle_removes(claim: Data, proof: Data, work: Work) -> Finding:
    """After a bundle of reforms (robust: and after each larger one) no Nash equilibrium touches the event."""
    model, robust = claim["model"], claim["kind"] == "bundle_is_robust"
    players, actions = labels_of(model)
    event = event_of(claim["event"], actions)
    program = program_of(model["program"], model["parameters"])
    outputs = outputs_of(model["payoffs"], (len(players), *map(len, actions)), program)
    when, bundles = bundles_of(claim, work, robust=robust)
    sentence = f"In this model, {when}, no Nash equilibrium puts any probability on "
    sentence += event_text(Game(players, actions, {}), event)
    for when, values in bundles:
        try:
            registers = run(program, values, work)
        except ZeroDivisionError:
            return sentence, f"{capital(when)} the payoff formula divides by zero"
        game = Game(players, actions, {where: registers[k] for where, k in outputs.items()})
        try:
            failure = equilibrium_on(game, event, work)
        except Refused as error:
            raise Refused(f"{when}: {error}") from None
        if failure:
            return sentence, f"{capital(when)}: {failure}"
    return sentence, ""


MODEL = {**GAME, "parameters": PARAMETERS, "program": [anything]}
REFORMED = {"model": MODEL, **REFORMS, "event": [[name]]}
CLAIMS: Claims = {
    "bundle_removes": (bundle_removes, REFORMED, {}),
    "bundle_is_robust": (bundle_removes, REFORMED, {}),
}
