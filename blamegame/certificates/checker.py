"""Check a certificate with Python's standard library alone: copy this file anywhere, run ``python checker.py FILE``.

Exit status 0: the claim holds; 1: it does not; 2: FILE is no certificate, or needs more exact arithmetic than allowed.

A certificate is a JSON object: ``format``, ``claim`` (what is stated), ``proof`` (often empty) and
``digest`` (SHA-256 of the rest; it catches accidents and proves nothing). Numbers are rationals as text: "427/5000".
All is decided by exact arithmetic on the numbers in the file; no solver is consulted. What is proved is a sentence
about the game *in the file*: that it is the game you mean is for you to see, or for ``verify(file, claim=yours)``.
The proofs come first, 1. the claims and 2. the mathematics; 3. reading the file trusts nothing and proves nothing.
"""

from __future__ import annotations

import hashlib
import json
import operator
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product
from math import comb
from typing import Any, NamedTuple

FORMAT = "blamegame-certificate/1"
MOST_BYTES = 2_000_000  # of a file
MOST_DIGITS = 4_000  # of a number in the file
MOST_BASES = comb(16, 8)  # of a best-response polytope: an m x n game has comb(m + n, m); 8x8 is the largest square
MOST_BUNDLES = 2**16  # of reforms, that a claim is about
MOST_WORK = 40_000_000  # units; one is an operation on short fractions, one or two microseconds
ZERO, ONE = Fraction(0), Fraction(1)
Cell = tuple[int, ...]
Profile = tuple[tuple[Fraction, ...], ...]
Data = dict[str, Any]
Finding = tuple[str, str]  # the claim in words, and why it fails: "" where it holds


class Refused(ValueError):
    """The file is not a certificate, or is too large to check: neither a proof nor a counter-example."""


@dataclass(frozen=True)
class Verdict:
    """Whether the claim holds, the claim in words, the reason, and facts about the check."""

    holds: bool
    claim: str
    reason: str
    facts: Data = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{'Proved' if self.holds else 'NOT proved'}: {self.claim}.\n{self.reason}."


class Work:
    """Counts exact arithmetic, long numbers dearer, so that every check ends: ``work(x)`` is x, or Refused."""

    left = MOST_WORK

    def __call__(self, x: Fraction) -> Fraction:
        self.spend(1 + ((x.numerator.bit_length() + x.denominator.bit_length()) >> 8) ** 2)
        return x

    def spend(self, units: int) -> None:
        self.left -= units
        if self.left < 0:
            raise Refused(f"too large: checking needs more than {MOST_WORK} units of exact arithmetic")

    def total(self, numbers: Iterable[Fraction]) -> Fraction:
        out = ZERO
        for x in numbers:
            out = self(out + x)
        return out


class Game(NamedTuple):
    """Players, their actions, and each player's payoff at (player, *cell)."""

    players: list[str]
    actions: list[list[str]]
    payoffs: dict[Cell, Fraction]

    def cells(self) -> Iterable[Cell]:
        return product(*(range(len(labels)) for labels in self.actions))

    def gain(self, player: int, cell: Cell, other: int) -> Fraction:
        """What ``player`` gains at ``cell`` by playing ``other`` instead."""
        moved = (*cell[:player], other, *cell[player + 1 :])
        return self.payoffs[player, *moved] - self.payoffs[player, *cell]


# ---- 1. The claims ---------------------------------------------------------------------------------------------------


def check(document: Any) -> Verdict:
    """Decide the claim of a certificate, or raise :class:`Refused`."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused(f"it is not of format {FORMAT!r}")
    sealed = take(document, {"format": name, "claim": anything, "proof": anything, "digest": name}, "certificate")
    kind = sealed["claim"].get("kind") if isinstance(sealed["claim"], dict) else None
    if not isinstance(kind, str) or kind not in CLAIMS:
        raise Refused(f"claim.kind is not one of {', '.join(CLAIMS)}")
    decide, claim_pattern, proof_pattern = CLAIMS[kind]
    claim = take(sealed["claim"], {"kind": name, **claim_pattern}, "claim")
    work = Work()
    sentence, failure = decide(claim, take(sealed["proof"], proof_pattern, "proof"), work)
    reason = failure or "Rechecked by exact arithmetic alone"
    if not failure and sealed["digest"] != digest_of(document):
        reason = failure = "The file was changed after it was written: its digest does not fit"
    return Verdict(not failure, sentence, reason, {"kind": kind, "work": MOST_WORK - work.left})


def digest_of(document: Data) -> str:
    """SHA-256 of format, claim and proof, as JSON with sorted keys and no spaces."""
    parts = {key: document[key] for key in ("format", "claim", "proof")}
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()


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
    """No Nash equilibrium of a two-player game puts probability on the event."""
    game = game_of(claim["game"])
    event = event_of(claim["event"], game.actions)
    sentence = f"In this game, no Nash equilibrium puts any probability on {event_text(game, event)}"
    return sentence, equilibrium_in(game, event, work)


def bundle_removes(claim: Data, proof: Data, work: Work) -> Finding:
    """After a bundle of reforms (robust: and after every larger one) no Nash equilibrium puts probability on the event.

    The model's payoffs are a program: step k fills register k. A reform edits parameters; of a bundle's edits all
    scales apply, then all adds, then all floors, and then the parameter is moved into its range.
    """
    model, reforms, robust = claim["model"], claim["reforms"], claim["kind"] == "bundle_is_robust"
    players, actions = labels_of(model)
    event = event_of(claim["event"], actions)
    program = program_of(model["program"], model["parameters"])
    outputs = tensor(model["payoffs"], (len(players), *map(len, actions)), "payoffs", register(len(program)))
    check_edits([edit for edits in reforms.values() for edit in edits], model["parameters"])
    bundle = distinct(claim["bundle"], "bundle") if claim["bundle"] else []
    if not set(bundle) <= set(reforms):
        raise Refused("the bundle has a reform that is not among the reforms of the claim")
    others = [reform for reform in reforms if reform not in bundle] if robust else []
    if 2 ** min(len(others), 99) > MOST_BUNDLES:
        raise Refused(f"too large: {len(others)} other reforms make more than {MOST_BUNDLES} bundles")
    count = f"({2 ** len(others)} bundles in all)"
    beyond = f", and after each larger bundle of the {len(reforms)} reforms listed {count}," if robust else ","
    sentence = f"In this model, after {{{', '.join(bundle)}}}{beyond} no Nash equilibrium puts any probability on "
    sentence += event_text(Game(players, actions, {}), event)
    for chosen in ([*bundle, *more] for size in range(len(others) + 1) for more in combinations(others, size)):
        values = after([edit for reform in chosen for edit in reforms[reform]], model["parameters"], work)
        try:
            registers = run(program, values, work)
        except ZeroDivisionError:
            return sentence, f"After {{{', '.join(chosen)}}} the payoff formula divides by zero"
        game = Game(players, actions, {where: registers[k] for where, k in outputs.items()})
        if failure := equilibrium_in(game, event, work):
            return sentence, f"After {{{', '.join(chosen)}}}: {failure}"
    return sentence, ""


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
    sentence += event_text(game, event)
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
            return sentence, ""
        for i in range(2):
            lowest[i] = min(max(best_reply(game, i, cell), min(v[i] for v in vs)) for cell, vs in alive.items())
    left = sorted(event & set(alive))
    return sentence, f"The chain does not exclude {event_text(game, set(left))}" if left else ""


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
    follows = [tensor(table, shape, "next states", register(len(states))) for table in machine["next"]]
    path = [follows[s][plays[s]] for s in range(len(states))]
    often = discounted([Fraction(cell in event) for cell in plays], path, d, work)[0]
    words = f"repeated for ever with discount factor {number(d)} and perfect monitoring, the automaton with the states "
    sentence = f"In this game, {words}{', '.join(states)} is a subgame-perfect equilibrium, and the discounted "
    sentence += f"frequency of {event_text(game, event)} on its path is {number(claim['frequency'])}"
    for i, player in enumerate(game.players):
        value = discounted([game.payoffs[i, *cell] for cell in plays], path, d, work)
        for s, cell in enumerate(plays):
            for action, label in enumerate(game.actions[i]):
                moved = (*cell[:i], action, *cell[i + 1 :])
                if work((1 - d) * game.payoffs[i, *moved] + d * value[follows[s][moved]]) > value[s]:
                    return sentence, f"{player} gains by playing {label} once in state {states[s]}"
    return sentence, "" if often == claim["frequency"] else f"The frequency is {number(often)}"


# ---- 2. The mathematics ----------------------------------------------------------------------------------------------


def best_deviation(game: Game, profile: Profile, work: Work) -> tuple[Fraction, str]:
    """Gain of the best deviation from a profile, and that deviation in words."""
    best = (-ONE, "")
    for player, labels in enumerate(game.actions):
        values = [ZERO] * len(labels)  # of each action, against the others' strategies
        for cell in game.cells():
            weight = ONE
            for i, action in enumerate(cell):
                weight = work(weight * profile[i][action]) if i != player else weight
            values[cell[player]] = work(values[cell[player]] + weight * game.payoffs[player, *cell])
        gain = max(values) - work.total(share * value for share, value in zip(profile[player], values))
        label = labels[values.index(max(values))]
        best = max(best, (gain, f"{game.players[player]} gains {number(gain)} by playing {label} instead"))
    return best


def extreme_equilibria(game: Game, work: Work) -> set[Profile]:
    """All pairs of vertices of the two best-response polytopes in which both players play best replies only."""
    if len(game.players) != 2:
        raise Refused(f"all equilibria are rederived for 2 players only; this game has {len(game.players)}")
    m, n = (len(labels) for labels in game.actions)
    if comb(m + n, m) > MOST_BASES:
        raise Refused(f"too large: a best-response polytope of a {m}x{n} game has more than {MOST_BASES} bases")
    xs = vertices([[game.payoffs[1, i, j] for i in range(m)] for j in range(n)], work)
    ys = vertices([[game.payoffs[0, i, j] for j in range(n)] for i in range(m)], work)
    work.spend(len(xs) * len(ys))
    return {(x, y) for x, to_x in xs.items() for y, to_y in ys.items() if used(x) <= to_y and used(y) <= to_x}


def used(strategy: tuple[Fraction, ...]) -> set[int]:
    return {action for action, share in enumerate(strategy) if share}


def vertices(table: list[list[Fraction]], work: Work) -> dict[tuple[Fraction, ...], set[int]]:
    """Vertices except 0 of the polytope {z >= 0, table z <= 1} as probabilities, each with the opponent's best replies.

    ``table[r][c]`` is what the opponent's action r earns against c, shifted to be positive. At a vertex as many
    independent inequalities as unknowns are tight: some z_c = 0, and as many rows r as there are other c. Each such
    choice is tried. (A vertex with z_c = 0 for one of the other c is found again with that c among the first.)
    """
    lowest = min(map(min, table))
    table = [[entry - lowest + 1 for entry in row] for row in table]
    rows, columns = range(len(table)), range(len(table[0]))
    found = {}
    for size in range(1, min(len(rows), len(columns)) + 1):
        for support, tight in product(combinations(columns, size), combinations(rows, size)):
            z = solve([[table[r][c] for c in support] for r in tight], work)
            if z is None or min(z) <= 0:
                continue
            earns = [work.total(table[r][c] * share for c, share in zip(support, z)) for r in rows]
            if max(earns) == 1:
                shares, scale = dict(zip(support, z)), work.total(z)
                found[tuple(shares.get(c, ZERO) / scale for c in columns)] = {r for r in rows if earns[r] == 1}
    return found


def solve(rows: list[list[Fraction]], work: Work) -> list[Fraction] | None:
    """The only z with rows z = (1, ..., 1), by Gauss-Jordan elimination; None where there is none or there are many."""
    table = [[*row, ONE] for row in rows]
    for k in range(len(table)):
        pivot = next((r for r in range(k, len(table)) if table[r][k]), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [work(entry / table[k][k]) for entry in table[k]]
        for r, row in enumerate(table):
            if r != k and row[k]:
                table[r] = [work(entry - row[k] * above) for entry, above in zip(row, table[k])]
    return [row[-1] for row in table]


def equilibrium_in(game: Game, event: set[Cell], work: Work) -> str:
    """A Nash equilibrium that puts probability on the event, in words, or "" where none does.

    An equilibrium (x, y) lies in a product of two polytopes whose pairs of vertices all are extreme equilibria. Where
    x_i y_j > 0, some vertices have x_i > 0 and y_j > 0, so it is enough to look at extreme equilibria (Jansen 1981).
    """
    for x, y in extreme_equilibria(game, work):
        for i, j in sorted(event):
            if x[i] and y[j]:
                where = f"probability {number(x[i] * y[j])} on {cell_text(game.actions, (i, j))}"
                return f"the Nash equilibrium ({describe(game, (x, y))}) puts {where}"
    return ""


Point = tuple[Fraction, Fraction]


def payoffs_at(game: Game, cell: Cell) -> Point:
    return game.payoffs[0, *cell], game.payoffs[1, *cell]


def best_reply(game: Game, player: int, cell: Cell) -> Fraction:
    """What ``player`` gets at best while the other plays its part of ``cell``."""
    own = range(len(game.actions[player]))
    return max(game.payoffs[player, *cell[:player], action, *cell[player + 1 :]] for action in own)


def enforced(game: Game, cell: Cell, d: Fraction, polygon: list[Point], threats: Point, work: Work) -> list[Point]:
    """Corners of the v = (1 - d) u(cell) + d w with w in the polygon and v_i >= (1 - d) reply_i(cell) + d threats_i."""
    x, y = payoffs_at(game, cell)
    points = [(work((1 - d) * x + d * a), work((1 - d) * y + d * b)) for a, b in polygon]
    for i in range(2):
        least = work((1 - d) * best_reply(game, i, cell) + d * threats[i])
        kept: list[Point] = []
        for p, q in zip(points, points[1:] + points[:1]):
            above, beyond = p[i] - least, q[i] - least
            if above >= 0:
                kept.append(p)
            if above > 0 > beyond or above < 0 < beyond:
                share = work(above / (above - beyond))
                kept.append((work(p[0] + share * (q[0] - p[0])), work(p[1] + share * (q[1] - p[1]))))
        points = kept
    return points


def turn(p: Point, q: Point, r: Point, work: Work) -> Fraction:
    """Positive where p, q, r turn left."""
    return work(work((q[0] - p[0]) * (r[1] - p[1])) - work((q[1] - p[1]) * (r[0] - p[0])))


def convex_hull(points: list[Point], work: Work) -> list[Point]:
    """Corners counter-clockwise (Andrew's monotone chain)."""
    chains: list[Point] = []
    for ordered in (sorted(set(points)), sorted(set(points), reverse=True)):
        chain: list[Point] = []
        for point in ordered:
            while len(chain) > 1 and turn(chain[-2], chain[-1], point, work) <= 0:
                chain.pop()
            chain.append(point)
        chains += chain[:-1]
    if len(chains) < 3:
        raise Refused("a polygon of the chain has no area")
    return chains


def is_inside(polygon: list[Point], point: Point, work: Work) -> bool:
    return all(turn(p, q, point, work) >= 0 for p, q in zip(polygon, polygon[1:] + polygon[:1]))


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


OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "max": max,
    "ratio": lambda x, y: x / y if y else ZERO,  # nobody is charged where there is nothing to share
    "scale": operator.mul,
    "add": operator.add,
    "floor": max,
}
STEPS, EDITS = ("+", "-", "*", "/", "max", "ratio"), ("scale", "add", "floor")


def after(edits: list[Any], parameters: Data, work: Work) -> dict[str, Fraction]:
    """The parameters after the edits of a bundle."""
    values = {parameter: start for parameter, (start, _, _) in parameters.items()}
    for kind in EDITS:
        for parameter, how, amount in edits:
            if how == kind:
                values[parameter] = work(OPERATIONS[how](values[parameter], amount))
    for parameter, (_, low, high) in parameters.items():
        values[parameter] = max(values[parameter], low)
        values[parameter] = values[parameter] if high is None else min(values[parameter], high)
    return values


def run(program: list[Any], values: dict[str, Fraction], work: Work) -> list[Fraction]:
    """The registers after the program."""
    registers: list[Fraction] = []
    for step, *inputs in program:
        if step == "parameter":
            registers.append(values[inputs[0]])
        elif step == "number":
            registers.append(inputs[0])
        else:
            registers.append(work(OPERATIONS[step](registers[inputs[0]], registers[inputs[1]])))
    return registers


def number(x: Fraction) -> str:
    return str(x) if x.numerator.bit_length() + x.denominator.bit_length() < 2_000 else "(a very long fraction)"


def describe(game: Game, profile: Profile) -> str:
    """upper: push; lower: 1/2 work + 1/2 escalate."""
    words = []
    for who, labels, strategy in zip(game.players, game.actions, profile):
        parts = [label if p == 1 else f"{number(p)} {label}" for label, p in zip(labels, strategy) if p]
        words.append(f"{who}: {' + '.join(parts)}")
    return "; ".join(words)


def cell_text(actions: list[list[str]], cell: Cell) -> str:
    return f"({', '.join(labels[action] for labels, action in zip(actions, cell))})"


def event_text(game: Game, event: set[Cell]) -> str:
    return ", ".join(cell_text(game.actions, cell) for cell in sorted(event))


# ---- 3. Reading: every surprise is Refused, nothing is guessed -------------------------------------------------------


def read(path: Any) -> Any:
    """The JSON document in a file."""
    try:
        if not os.path.isfile(path):
            raise Refused("there is no such file")
        with open(path, "rb") as file:
            return parse(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise Refused(f"it cannot be read: {error}") from None


def parse(content: bytes) -> Any:
    """A JSON document; floats, NaN, long integers, repeated keys, deep nesting and long files are refused."""
    if len(content) > MOST_BYTES:
        raise Refused(f"it is larger than {MOST_BYTES} bytes")
    try:
        numbers: Any = {"parse_int": _index, "parse_float": _not_exact, "parse_constant": _not_exact}
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once_each, **numbers)
    except (ValueError, RecursionError) as error:
        raise Refused(f"it is not JSON as certificates are written: {str(error)[:200]}") from None


def _index(digits: str) -> int:
    return int(digits) if len(digits) <= 6 else _not_exact(digits)


def _not_exact(digits: str) -> Any:
    raise ValueError(f"{digits[:20]} is not a rational written as text")


def _once_each(pairs: list[tuple[str, Any]]) -> Data:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return dict(pairs)


def take(data: Any, pattern: Any, where: str) -> Any:
    """``data`` in the form of ``pattern``: a reader, [items], (first, second), {"key": item} or {name: item}."""
    if callable(pattern):
        return pattern(data)
    if isinstance(pattern, dict) and isinstance(data, dict):
        if name in pattern:
            return {name(key): take(item, pattern[name], f"{where}.{key[:40]}") for key, item in data.items()}
        if set(data) == set(pattern):
            return {key: take(data[key], part, f"{where}.{key}") for key, part in pattern.items()}
        raise Refused(f"{where} needs exactly the keys {', '.join(pattern) or '(none)'}")
    if isinstance(pattern, list) and isinstance(data, list):
        return [take(item, pattern[0], f"{where}[{k}]") for k, item in enumerate(data)]
    if isinstance(pattern, tuple) and isinstance(data, list) and len(data) == len(pattern):
        return tuple(take(item, part, f"{where}[{k}]") for k, (item, part) in enumerate(zip(data, pattern)))
    kinds: dict[type, str] = {dict: "an object", list: "a list", tuple: f"a list of {len(pattern)}"}
    raise Refused(f"{where} is not {kinds[type(pattern)]}: {shown(data)}")


def shown(data: Any) -> str:
    return repr(data[:40]) if isinstance(data, str) else repr(data) if type(data) is int else type(data).__name__


def anything(data: Any) -> Any:
    return data


def name(data: Any) -> str:
    if not isinstance(data, str) or not data.isprintable() or not 0 < len(data) <= 200:
        raise Refused(f"{shown(data)} is not a printable name")
    return data


def rational(data: Any) -> Fraction:
    """A rational in lowest terms, written as text, so that each number has one spelling."""
    if not isinstance(data, str) or len(data) > MOST_DIGITS or not re.fullmatch("-?[0-9]+(/[1-9][0-9]*)?", data):
        raise Refused(f"{shown(data)} is not a rational written as text")
    if str(Fraction(data)) != data:
        raise Refused(f"{shown(data)} is not in lowest terms")
    return Fraction(data)


def factor(data: Any) -> Fraction:
    """A discount factor."""
    if not 0 <= rational(data) < 1:
        raise Refused(f"{shown(data)} is not a discount factor, at least 0 and below 1")
    return rational(data)


def bound(data: Any) -> Fraction | None:
    return None if data is None else rational(data)


def distinct(items: list[Any], what: str) -> list[Any]:
    if not items or len(set(items)) < len(items):
        raise Refused(f"{what} is empty, or has something twice")
    return items


def tensor(data: Any, shape: Cell, what: str, read_one: Callable[[Any], Any] = rational) -> dict[Cell, Any]:
    """Lists nested as ``shape`` says, as a mapping from position to value."""
    if not shape:
        return {(): read_one(data)}
    if not isinstance(data, list) or len(data) != shape[0]:
        raise Refused(f"{what} are not nested in the shape of the game")
    parts = [tensor(part, shape[1:], what, read_one) for part in data]
    return {(k, *rest): value for k, part in enumerate(parts) for rest, value in part.items()}


def labels_of(data: Data) -> tuple[list[str], list[list[str]]]:
    players, actions = distinct(data["players"], "players"), [distinct(item, "actions") for item in data["actions"]]
    if len(players) != len(actions) or len(players) > 16:
        raise Refused("there is not one list of actions for each player, or there are more than 16 players")
    return players, actions


def game_of(data: Data) -> Game:
    players, actions = labels_of(data)
    return Game(players, actions, tensor(data["payoffs"], (len(players), *map(len, actions)), "payoffs"))


def event_of(data: list[list[str]], actions: list[list[str]]) -> set[Cell]:
    """Cells, each a list of one action per player by name."""
    positions = [{label: k for k, label in enumerate(labels)} for labels in actions]
    for cell in data:
        if len(cell) != len(actions) or any(label not in known for label, known in zip(cell, positions)):
            raise Refused(f"the event has {str(cell)[:80]}, which is not a cell of this game")
    return set(distinct([tuple(at[label] for label, at in zip(cell, positions)) for cell in data], "event"))


def profile_of(data: list[list[Fraction]], game: Game, work: Work) -> Profile:
    """One probability vector per player."""
    fits = [len(strategy) for strategy in data] == [len(labels) for labels in game.actions]
    if not fits or any(min(strategy) < 0 or work.total(strategy) != 1 for strategy in data):
        raise Refused("a profile is not one probability vector per player")
    return tuple(tuple(strategy) for strategy in data)


def register(count: int) -> Callable[[Any], int]:
    """A reader of register numbers below ``count``."""

    def read_one(data: Any) -> int:
        if type(data) is not int or not 0 <= data < count:
            raise Refused(f"{shown(data)} is not a register that the program has filled")
        return data

    return read_one


def program_of(data: list[Any], parameters: Data) -> list[Any]:
    """Steps ["parameter", name], ["number", rational] or [operation, register, register]."""
    out: list[Any] = []
    for step in data:
        how = step[0] if isinstance(step, list) and step else None
        if how == "parameter" and len(step) == 2 and isinstance(step[1], str) and step[1] in parameters:
            out.append(step)
        elif how == "number" and len(step) == 2:
            out.append((how, rational(step[1])))
        elif how in STEPS and len(step) == 3:
            out.append((how, *map(register(len(out)), step[1:])))
        else:
            raise Refused(f"step {len(out)} of the program ({shown(how)}) is not a step")
    return out


def check_edits(edits: list[Any], parameters: Data) -> None:
    for parameter, how, _ in edits:
        if parameter not in parameters or how not in EDITS:
            raise Refused(f"{how} {parameter} is not an edit ({', '.join(EDITS)}) of a parameter")


GAME = {"players": [name], "actions": [[name]], "payoffs": anything}
MODEL = {**GAME, "parameters": {name: (rational, rational, bound)}, "program": [anything]}
BOUND = {"game": GAME, "event": [[name]], "value": rational}
BUNDLE = {"model": MODEL, "reforms": {name: [(name, name, rational)]}, "bundle": [name], "event": [[name]]}
REPEATED = {"game": GAME, "discount": factor, "event": [[name]]}
AUTOMATON = {"states": [name], "plays": [[name]], "next": [anything]}
CHAIN = [{"polygon": [(rational, rational)], "threats": (rational, rational)}]
CLAIMS: dict[str, tuple[Callable[[Data, Data, Work], Finding], Data, Data]] = {
    "is_nash": (is_nash, {"game": GAME, "profile": [[rational]]}, {}),
    "all_extreme_equilibria": (all_extreme_equilibria, {"game": GAME, "equilibria": [[[rational]]]}, {}),
    "correlated_at_most": (correlated_bound, BOUND, {"multipliers": [anything]}),
    "correlated_at_least": (correlated_bound, BOUND, {"multipliers": [anything]}),
    "no_nash_avoids": (no_nash_avoids, {"game": GAME, "event": [[name]]}, {}),
    "bundle_removes": (bundle_removes, BUNDLE, {}),
    "bundle_is_robust": (bundle_removes, BUNDLE, {}),
    "never_played": (never_played, REPEATED, {"chain": CHAIN}),
    "automaton_avoids": (automaton_avoids, {**REPEATED, "automaton": AUTOMATON, "frequency": rational}, {}),
}


def main(arguments: list[str]) -> int:
    try:
        verdict = check(read(" ".join(arguments)))
    except Refused as error:
        print(f"Not checked: {error} (usage: python checker.py FILE)")
        return 2
    print(verdict)
    return 0 if verdict.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
