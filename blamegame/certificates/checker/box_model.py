"""A model whose parameters have intervals, as region claims state it: reading, and payoffs as polynomials."""

from __future__ import annotations

from typing import Any

from .boxes import INTERVAL, Box, check_box
from .budget import Cell, Data, Refused, Work
from .game import GAME, Game, event_of, labels_of
from .names import name
from .polynomials import Polynomial, is_affine, polynomials_of
from .programs import outputs_of, program_of
from .reading import anything
from .reforms import REFORMS, bundle_text, check_edits, whatever_else

MOST_OTHERS = 60  # reforms that are undecided at first


def game_and_others(claim: Data) -> tuple[Game, tuple[str, ...]]:
    """The game, without payoffs, and the reforms that may be added: none unless the claim is robust."""
    check_box(claim["model"]["parameters"])
    check_edits(claim)
    players, actions = labels_of(claim["model"])
    others = tuple(reform for reform in claim["reforms"] if reform not in claim["bundle"]) if claim["robust"] else ()
    if len(others) > MOST_OTHERS:
        raise Refused(f"too large: more than {MOST_OTHERS} reforms may be added")
    return Game(players, actions, {}), others


def some_cells(data: list[list[str]], game: Game) -> set[Cell]:
    """An event that is not every cell."""
    event = event_of(data, game.actions)
    if len(event) == len(list(game.cells())):
        raise Refused("the event is every cell, so that the claim says nothing")
    return event


def payoff_registers(model: Data, game: Game) -> tuple[list[Any], dict[Cell, int]]:
    """The program, and the register of each payoff at (player, *cell)."""
    program = program_of(model["program"], model["parameters"])
    return program, outputs_of(model["payoffs"], (len(game.players), *map(len, game.actions)), program)


def payoff_polynomials(model: Data, game: Game, box: Box, work: Work) -> dict[Cell, Polynomial]:
    """Payoffs at (player, *cell) as polynomials in the parameters, of degree one in each whose interval has a width."""
    program, outputs = payoff_registers(model, game)
    registers = polynomials_of(program, box, work)
    out = {}
    for where, k in outputs.items():
        payoff = registers[k]
        if payoff is None or not is_affine(payoff):
            raise Refused("a payoff is no polynomial of degree one in each parameter that has an interval")
        out[where] = payoff
    return out


def everywhere(claim: Data) -> str:
    """For which models a claim is made, in words."""
    menu, words = len(claim["reforms"]), f"after {bundle_text(claim['bundle'])}"
    if claim["robust"]:
        words += f", {whatever_else(menu, 2 ** (menu - len(claim['bundle'])))}"
    return f"At every point of the box of parameter values, {words}"


def flag(data: Any) -> bool:
    if type(data) is not bool:
        raise Refused("robust is neither true nor false")
    return data


BOX_MODEL = {**GAME, "parameters": {name: INTERVAL}, "program": [anything]}
REGION = {"model": BOX_MODEL, **REFORMS, "robust": flag}
