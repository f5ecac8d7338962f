"""Claims about a discounted stochastic game: finitely many states, a strategic game in each, and moves between them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import NamedTuple

from .budget import ONE, Cell, Claims, Data, Finding, Refused, Work
from .game import Game, cell_text, event_of, event_text, labels_of, number
from .names import name, quoted
from .reading import anything, distinct, factor, tensor

MOST_PROFILES = 100_000  # pure stationary ones
MOST_STATES = 100
Profile = tuple[Cell, ...]  # one cell for each state


class Stochastic(NamedTuple):
    """States, the game in each, and for each state and cell the distribution of the next state."""

    states: list[str]
    stages: list[Game]
    following: list[dict[Cell, list[Fraction]]]
    discount: Fraction
    start: int


def no_markov_perfect_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """In the long run the event has no share of the periods in any pure stationary Markov-perfect equilibrium.

    Every pure stationary profile (an action for each player in each state) is tried: the values solve
    v = (1 - d) u + d P v, and by the one-shot deviation principle the profile is an equilibrium, against deviations of
    every kind, iff nobody gains in any state by another action once. From the start state, play ends up in recurrent
    states, and each of them that can be reached has a positive share with positive probability. Where there is no
    such equilibrium the claim is held not to hold: it would be a sentence about nothing.
    """
    game = stochastic_of(claim["game"], work)
    event = events_of(claim["event"], game)
    found = [profile for profile in profiles_of(game) if is_equilibrium(game, profile, work)]
    happens = "; ".join(f"{event_text(game.stages[s], event[s])} in {quoted(game.states[s])}" for s in sorted(event))
    are = "is 1 Markov-perfect equilibrium" if len(found) == 1 else f"are {len(found)} Markov-perfect equilibria"
    sentence = f"In this stochastic game with discount factor {number(game.discount)}, there {are} in pure stationary "
    sentence += "strategies (mixed ones are not considered), and none gives a share of the periods, in the long run "
    sentence += f"from {quoted(game.states[game.start])}, to {happens}"
    if not found:
        return sentence, "There is no equilibrium in pure stationary strategies, so that the claim would say nothing"
    for profile in found:
        for s in sorted(recurrent(game, profile)):
            if profile[s] in event.get(s, ()):
                return sentence, f"The equilibrium ({profile_text(game, profile)}) has it in {quoted(game.states[s])}"
    return sentence, ""


def profiles_of(game: Stochastic) -> product[Profile]:
    if prod(len(following) for following in game.following) > MOST_PROFILES:
        raise Refused(f"too large: there are more than {MOST_PROFILES} pure stationary profiles")
    return product(*game.following)


def is_equilibrium(game: Stochastic, profile: Profile, work: Work) -> bool:
    """Whether nobody gains in any state by another action once."""
    values, d = values_of(game, profile, work), game.discount
    for s, cell in enumerate(profile):
        stage = game.stages[s]
        for i, labels in enumerate(stage.actions):
            for action in range(len(labels)):
                moved = (*cell[:i], action, *cell[i + 1 :])
                later = work.total(p * v[i] for p, v in zip(game.following[s][moved], values) if p)
                if work((1 - d) * stage.payoffs[i, *moved] + d * later) > values[s][i]:
                    return False
    return True


def values_of(game: Stochastic, profile: Profile, work: Work) -> list[list[Fraction]]:
    """What each player gets from each state on: (1 - d P) v = (1 - d) u by Gauss-Jordan elimination.

    In each row the diagonal exceeds the sum of the rest, so that no pivot is zero.
    """
    d, n = game.discount, len(profile)
    table = []
    for s, cell in enumerate(profile):
        row = [work((s == t) - d * p) for t, p in enumerate(game.following[s][cell])]
        stage = game.stages[s]
        table.append(row + [work((1 - d) * stage.payoffs[i, *cell]) for i in range(len(stage.players))])
    for k in range(n):
        pivot = table[k][k]
        table[k] = [work(entry / pivot) if entry else entry for entry in table[k]]
        for r, row in enumerate(table):
            if r != k and row[k]:
                table[r] = [work(x - row[k] * y) if y else x for x, y in zip(row, table[k])]
    return [row[n:] for row in table]


def recurrent(game: Stochastic, profile: Profile) -> set[int]:
    """The states that play from the start can come to, and from which it can always come back."""
    steps = [
        {t for t, p in enumerate(following[cell]) if p} for following, cell in zip(game.following, profile, strict=True)
    ]
    reach = [reachable(steps, s) for s in range(len(steps))]
    return {s for s in reach[game.start] if all(s in reach[t] for t in reach[s])}


def reachable(steps: list[set[int]], start: int) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        new = steps[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def stochastic_of(data: Data, work: Work) -> Stochastic:
    states = distinct(data["states"], "states")
    if len(states) != len(data["stages"]) or data["start"] not in states or len(states) > MOST_STATES:
        raise Refused(f"there is not one stage for each state, or no start, or more than {MOST_STATES} states")
    stages, following = [], []
    for stage in data["stages"]:
        players, actions = labels_of({"players": data["players"], "actions": stage["actions"]})
        shape = tuple(map(len, actions))
        stages.append(Game(players, actions, tensor(stage["payoffs"], (len(players), *shape), "payoffs")))
        shares = tensor(stage["next"], (*shape, len(states)), "next states")
        rows = {cell: [shares[*cell, t] for t in range(len(states))] for cell in stages[-1].cells()}
        if any(min(row) < 0 or work.total(row) != ONE for row in rows.values()):
            raise Refused("a distribution of the next state is negative or does not sum to 1")
        following.append(rows)
    return Stochastic(states, stages, following, data["discount"], states.index(data["start"]))


def events_of(data: Data, game: Stochastic) -> dict[int, set[Cell]]:
    """The cells of the event by state."""
    if not data or not set(data) <= set(game.states):
        raise Refused("the event is not one of states of this game")
    return {s: event_of(data[state], game.stages[s].actions) for s, state in enumerate(game.states) if state in data}


def profile_text(game: Stochastic, profile: Profile) -> str:
    """As in: "calm": ("push", "escalate"); "scandal": ("push", "escalate")."""
    cells = (cell_text(stage.actions, cell) for stage, cell in zip(game.stages, profile))
    return "; ".join(f"{quoted(state)}: {cell}" for state, cell in zip(game.states, cells))


STAGE = {"actions": [[name]], "payoffs": anything, "next": anything}
STOCHASTIC = {"players": [name], "discount": factor, "start": name, "states": [name], "stages": [STAGE]}
CLAIMS: Claims = {
    "no_markov_perfect_avoids": (no_markov_perfect_avoids, {"game": STOCHASTIC, "event": {name: [[name]]}}, {})
}
