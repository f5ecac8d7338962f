"""Claims about one strategic game."""

from __future__ import annotations

from .budget import Claims, Data, Finding, Refused, Work
from .equilibria import best_deviation, extreme_equilibria
from .exclusion import equilibrium_on
from .game import GAME, cell_text, describe, event_of, event_text, game_of, number, profile_of
from .names import name
from .reading import anything, distinct, rational, tensor


def is_nash(claim: Data, proof: Data, work: Work) -> Finding:
    """A profile is a Nash equilibrium: no player gains by any one action instead. Any number of players."""
    game = game_of(claim["game"])
    profile = profile_of(claim["profile"], game, work)
    gain, words = best_deviation(game, profile, work)
    return f"In this game, ({describe(game, profile)}) is a Nash equilibrium", words if gain > 0 else ""


def all_extreme_equilibria(claim: Data, proof: Data, work: Work) -> Finding:
    """A list is exactly the extreme equilibria of a two-player game."""
    game = game_of(claim["game"])
    stated = distinct([profile_of(profile, game, work) for profile in claim["equilibria"]], "equilibria")
    found = extreme_equilibria(game, work)
    wrong = [f"Listed, but not an extreme equilibrium: ({describe(game, p)})" for p in stated if p not in found]
    missing = [f"Missing from the list: ({describe(game, p)})" for p in found if p not in stated]
    words = "; ".join(f"({describe(game, profile)})" for profile in stated)
    return f"In this game, the extreme Nash equilibria are exactly these {len(stated)}: {words}", "; ".join(
        wrong + missing
    )


def correlated_bound(claim: Data, proof: Data, work: Work) -> Finding:
    """Every correlated equilibrium puts probability at most (at least) ``value`` on the event: weak duality.

    At a correlated equilibrium p, player i, told a_i, does not gain by b: the sum over a_-i of p(a) (u_i(b, a_-i) -
    u_i(a)) is at most 0. Multiply by y_i[a_i][b] >= 0 and add up: sum_a p(a) S(a) <= 0, where S(a) is the sum over i
    and b of y_i[a_i][b] (u_i(b, a_-i) - u_i(a)). If 1_event(a) - value <= S(a) in every cell, its mean under p says
    Pr(event) - value <= 0. For "at least", the same with value - 1_event(a). A Nash equilibrium is a correlated one.
    """
    game, value, at_most = game_of(claim["game"]), claim["value"], claim["kind"] == "correlated_at_most"
    event = event_of(claim["event"], game.actions)
    if not 0 <= value <= 1 or value == at_most or (not at_most and len(event) == len(list(game.cells()))):
        raise Refused(f"probability at {'most' if at_most else 'least'} {number(value)} says nothing of this event")
    tables = [(len(labels), len(labels)) for labels in game.actions]
    if len(proof["multipliers"]) != len(tables):
        raise Refused("the proof needs one table of multipliers for each player")
    y = [tensor(data, shape, "multipliers") for data, shape in zip(proof["multipliers"], tables)]
    failure = "A multiplier is negative" if any(min(table.values()) < 0 for table in y) else ""
    for cell in game.cells():
        gains = (y[i][a, b] * game.gain(i, cell, b) for i, a in enumerate(cell) for b in range(tables[i][0]))
        if ((cell in event) - value if at_most else value - (cell in event)) > work.total(gains):
            failure = f"The multipliers do not prove it: the inequality fails at {cell_text(game.actions, cell)}"
    if at_most and value == 0:
        return f"In this game, no correlated equilibrium puts any probability on {event_text(game, event)}", failure
    words = f"at {'most' if at_most else 'least'} {number(value)} on {event_text(game, event)}"
    return f"In this game, every correlated equilibrium puts probability {words}", failure


def no_nash_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """No Nash equilibrium puts probability on the event. Any number of players."""
    game = game_of(claim["game"])
    event = event_of(claim["event"], game.actions)
    sentence = f"In this game, no Nash equilibrium puts any probability on {event_text(game, event)}"
    return sentence, equilibrium_on(game, event, work)


BOUND = {"game": GAME, "event": [[name]], "value": rational}
CLAIMS: Claims = {
    "is_nash": (is_nash, {"game": GAME, "profile": [[rational]]}, {}),
    "all_extreme_equilibria": (all_extreme_equilibria, {"game": GAME, "equilibria": [[[rational]]]}, {}),
    "correlated_at_most": (correlated_bound, BOUND, {"multipliers": [anything]}),
    "correlated_at_least": (correlated_bound, BOUND, {"multipliers": [anything]}),
    "no_nash_avoids": (no_nash_avoids, {"game": GAME, "event": [[name]]}, {}),
}
