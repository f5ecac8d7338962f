"""Claims about a repeated game with perfect monitoring."""

from __future__ import annotations

from fractions import Fraction

from .budget import ZERO, Claims, Data, Finding, Refused, Work
from .game import GAME, Game, cell_text, event_of, event_text, game_of, number
from .names import listed, name, quoted
from .polygons import best_reply, convex_hull, enforced, is_inside, payoffs_at
from .reading import anything, distinct, factor, position, rational, tensor


def never_played(claim: Data, proof: Data, work: Work) -> Finding:
    """In no pure subgame-perfect equilibrium (with public lotteries) of the repeated game is the event ever played.

    Each step of the chain states a polygon that holds all equilibrium payoffs, and threats below which none lies. It
    follows from the step before: an equilibrium payoff is a lottery over payoffs v = (1 - d) u(a) + d w, where w is an
    equilibrium payoff and v_i >= (1 - d) reply_i(a) + d threats_i, or player i would deviate (Abreu, Pearce and
    Stacchetti 1990). The least v_i of all meets that with threats_i = v_i, so it is at least reply_i(a) for its a.
    """
    game, d = game_of(claim["game"]), claim["discount"]
    if len(game.players) != 2:
        raise Refused(f"chains of polygons are for 2 players; this game has {len(game.players)}")
    event = event_of(claim["event"], game.actions)
    words = f"In this game, repeated for ever with discount factor {number(d)} and perfect monitoring, no pure-strategy"
    sentence = f"{words} subgame-perfect equilibrium, with public lotteries or without, ever plays "
    sentence += f"{event_text(game, event)} ({existence_text(game)})"
    alive = {cell: [payoffs_at(game, cell)] for cell in game.cells()}
    lowest = [min(point[i] for (point,) in alive.values()) for i in range(2)]
    for k, step in enumerate(proof["chain"]):
        polygon, threats = convex_hull(step["polygon"], work), step["threats"]
        if any(not is_inside(polygon, point, work) for points in alive.values() for point in points):
            return sentence, f"Step {k} of the chain leaves out payoffs that the step before allows"
        if threats[0] > lowest[0] or threats[1] > lowest[1]:
            return sentence, f"Step {k} of the chain states a threat that the step before does not prove"
        made = {cell: enforced(game, cell, d, polygon, threats, work) for cell in alive}
        alive = {cell: points for cell, points in made.items() if points}
        if not alive:
            return sentence, "There is no such equilibrium at all, so that the claim would say nothing"
        for i in range(2):
            lowest[i] = min(max(best_reply(game, i, cell), min(v[i] for v in vs)) for cell, vs in alive.items())
    left = sorted(event & set(alive))
    return sentence, f"The chain does not exclude {event_text(game, set(left))}" if left else ""


def existence_text(game: Game) -> str:
    """Whether the claim is about something: a pure equilibrium of the stage game, played always, is one."""
    for cell in game.cells():
        if all(game.payoffs[i, *cell] == best_reply(game, i, cell) for i in range(2)):
            return f"there is one: {cell_text(game.actions, cell)} always"
    return "whether there is one at all is not shown"


def automaton_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """A finite automaton is a subgame-perfect equilibrium of the repeated game, and how often its path is in the event.

    By the one-shot deviation principle it is enough that in no state a player gains by another action once.
    """
    game, d, machine = game_of(claim["game"]), claim["discount"], claim["automaton"]
    event = event_of(claim["event"], game.actions)
    states = distinct(machine["states"], "states")
    if len(machine["plays"]) != len(states) or len(machine["next"]) != len(states):
        raise Refused("the automaton does not say for each state what is played and what follows")
    plays = [next(iter(event_of([cell], game.actions))) for cell in machine["plays"]]
    shape = tuple(map(len, game.actions))
    follows = [tensor(table, shape, "next states", position(len(states), "states")) for table in machine["next"]]
    path = [follows[s][plays[s]] for s in range(len(states))]
    often = discounted([Fraction(cell in event) for cell in plays], path, d, work)[0]
    words = f"repeated for ever with discount factor {number(d)} and perfect monitoring, the automaton with the states "
    sentence = f"In this game, {words}{listed(states)} is a subgame-perfect equilibrium, and the discounted "
    sentence += f"frequency of {event_text(game, event)} on its path is {number(claim['frequency'])}"
    for i, player in enumerate(game.players):
        value = discounted([game.payoffs[i, *cell] for cell in plays], path, d, work)
        for s, cell in enumerate(plays):
            for action, label in enumerate(game.actions[i]):
                moved = (*cell[:i], action, *cell[i + 1 :])
                if work((1 - d) * game.payoffs[i, *moved] + d * value[follows[s][moved]]) > value[s]:
                    return (
                        sentence,
                        f"{quoted(player)} gains by playing {quoted(label)} once in state {quoted(states[s])}",
                    )
    return sentence, "" if often == claim["frequency"] else f"The frequency is {number(often)}"


def discounted(now: list[Fraction], path: list[int], d: Fraction, work: Work) -> list[Fraction]:
    """The values v with v[s] = (1 - d) now[s] + d v[path[s]]: around the cycles first, then back along the paths."""
    value: dict[int, Fraction] = {}
    for start in range(len(path)):
        trail = [start]
        while trail[-1] not in value and path[trail[-1]] not in trail:
            trail.append(path[trail[-1]])
        if trail[-1] not in value:
            cycle = trail[trail.index(path[trail[-1]]) :]
            total = ZERO
            for s in reversed(cycle):
                total = work((1 - d) * now[s] + d * total)
            value[cycle[0]] = work(total / (1 - work(d ** len(cycle))))
            trail += [cycle[0]]
        for s in reversed(trail[:-1]):
            if s not in value:
                value[s] = work((1 - d) * now[s] + d * value[path[s]])
    return [value[s] for s in range(len(path))]


REPEATED = {"game": GAME, "discount": factor, "event": [[name]]}
AUTOMATON = {"states": [name], "plays": [[name]], "next": [anything]}
CHAIN = [{"polygon": [(rational, rational)], "threats": (rational, rational)}]
CLAIMS: Claims = {
    "never_played": (never_played, REPEATED, {"chain": CHAIN}),
    "automaton_avoids": (automaton_avoids, {**REPEATED, "automaton": AUTOMATON, "frequency": rational}, {}),
}
