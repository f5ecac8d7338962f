# ruff: noqa: E501  # one forgery is one row of a table
"""Forgeries about repeated and stochastic games and about trees."""

from __future__ import annotations

from typing import Any

from forging.forgery import Forgery, forgery
from forging.strategic import DILEMMA, PENNIES

FULL = [["0", "3"], ["3", "0"], ["2", "2"], ["1", "1"]]
CHICKEN = {**DILEMMA, "payoffs": [[["2", "1"], ["3", "0"]], [["2", "3"], ["1", "0"]]]}


def never(discount: str = "9/10", chain: Any = (), game: Any = None, event: Any = None) -> dict[str, Any]:
    steps = [{"polygon": polygon, "threats": threats} for polygon, threats in chain]
    claim = {"kind": "never_played", "game": game or DILEMMA, "discount": discount, "event": event or [["c", "c"]]}
    return {**claim, "proof": {"chain": steps}}


GRIM = {"states": ["a", "b"], "plays": [["c", "c"], ["d", "d"]], "next": [[[0, 1], [1, 1]], [[1, 1], [1, 1]]]}
ALWAYS_D = {"states": ["a"], "plays": [["d", "d"]], "next": [[[0, 0], [0, 0]]]}
FORGIVING = {"states": ["a"], "plays": [["c", "c"]], "next": [[[0, 0], [0, 0]]]}


def machine(automaton: Any, discount: str = "9/10", frequency: str = "0", game: Any = None) -> dict[str, Any]:
    return {
        "kind": "automaton_avoids", "game": game or DILEMMA, "discount": discount, "event": [["d", "d"]],
        "automaton": automaton, "frequency": frequency,
    }  # fmt: skip


STAY = [[["1", "0"]] * 2] * 2
LEAVE = [[["0", "1"]] * 2] * 2


def stochastic(payoffs: Any, following: Any, event: Any = None, **changes: Any) -> dict[str, Any]:
    stage = {"actions": [["c", "d"], ["c", "d"]], "payoffs": payoffs}
    moves = following if isinstance(following, tuple) else (following, following)
    game = {
        "players": ["A", "B"], "discount": "9/10", "start": "s", "states": ["s", "t"],
        "stages": [{**stage, "next": table} for table in moves],
    }  # fmt: skip
    return {"kind": "no_markov_perfect_avoids", "game": {**game, **changes}, "event": event or {"s": [["d", "d"]]}}


def end(*payoffs: int) -> Any:
    return {"end": "", "payoffs": list(map(str, payoffs))}


def move(player: str, **then: str) -> Any:
    return {"player": player, "at": "", "then": then}


def tree(nodes: Any, ends: Any, players: Any = ("A",), root: str = "r") -> dict[str, Any]:
    return {"kind": "no_play_avoids", "game": {"players": list(players), "root": root, "nodes": nodes}, "ends": ends}


def luck(up: str, down: str) -> Any:
    """A may take the lottery, worth 4 with the first share, or 1 for sure."""
    then = {"u": [up, "e"], "v": [down, "g"]}
    return {"r": move("A", x="c", y="f"), "c": {"chance": "", "then": then}, "e": end(4), "g": end(0), "f": end(1)}


CHOICE = {"r": move("A", x="e", y="f"), "e": end(1), "f": end(0)}
TIED = {
    "r": move("A", **{"in": "m", "out": "o"}),
    "m": move("B", l="a", r="b"),
    "a": end(0, 0),
    "b": end(2, 0),
    "o": end(1, 1),
}
LEFT_OPEN = (
    "trees",
    '    raise Refused(\n        f"not decided',
    '    return sentence, ""\n    raise Refused(\n        f"not decided',
)
DEEP = {"r": move("A", x="c", y="f"), "c": move("A", u="e"), "e": end(0), "f": end(1)}

FORGERIES: list[Forgery] = [
    forgery("never: a step leaves payoffs out", "Step 0 of the chain leaves out payoffs", ("repeated", "if any(not is_inside(polygon, point, work) for points in alive.values() for point in points):", "if False:"),
            **never(chain=[([["0", "0"], ["1/10", "0"], ["0", "1/10"]], ["0", "0"])])),
    forgery("never: a later step leaves payoffs out", "Step 1 of the chain leaves out payoffs", ("repeated", "if any(not is_inside(polygon, point, work) for points in alive.values() for point in points):", "if k and False or not k and any(not is_inside(polygon, point, work) for points in alive.values() for point in points):"),
            **never("1/2", [(FULL, ["0", "0"]), ([["3/4", "3/4"], ["5/4", "3/4"], ["5/4", "5/4"], ["3/4", "5/4"]], ["1", "1"])])),
    forgery("never: a threat to the first out of thin air", "Step 0 of the chain states a threat", ("repeated", "threats[0] > lowest[0] or ", ""), **never("1/2", [(FULL, ["5/2", "0"])], event=[["c", "c"]])),
    forgery("never: a threat to the second out of thin air", "Step 0 of the chain states a threat", ("repeated", " or threats[1] > lowest[1]", ""), **never("1/2", [(FULL, ["0", "5/2"])], event=[["c", "c"]])),
    forgery("never: the event is left", "The chain does not exclude", ("repeated", 'if left else ""', 'if False else ""'), **never(chain=[(FULL, ["0", "0"])])),
    forgery("never: no chain at all", "The chain does not exclude", ("repeated", 'if left else ""', 'if False else ""'), **never()),
    forgery("never: there is no equilibrium", "the claim would say nothing", ("repeated", 'return sentence, "There is no such equilibrium at all, so that the claim would say nothing"', 'return sentence, ""'),
            **never("0", [([["-1", "-1"], ["2", "-1"], ["-1", "2"]], ["0", "0"]), ([["-1", "-1"], ["3", "-1"], ["-1", "3"]], ["1", "1"])], PENNIES)),
    forgery("never: an equilibrium that there is not is not said to be one", "does not exclude", ("repeated", 'if left else ""', 'if False else ""'), **never("0", [], PENNIES)),
    forgery("never: three players", "for 2 players; this game has 3", ("repeated", "if len(game.players) != 2:", "if False:"), ("repeated", "alive = {cell: [payoffs_at(game, cell)] for cell in game.cells()}", "alive = {cell: [payoffs_at(game, cell)] for cell in game.cells() if cell[2]}"),
            **never("0", [], {"players": ["A", "B", "C"], "actions": [["c", "d"]] * 3, "payoffs": [[[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]] * 3}, [["c", "c", "c"]])),
    forgery("never: a polygon without area", "has no area", ("polygons", "if len(chains) < 3:", "if False:"), ("polygons", "return all(turn(p, q, point, work) >= 0 for", "return True or all(turn(p, q, point, work) >= 0 for"),
            **never("1/10", [([["1", "1"], ["2", "2"]], ["0", "0"])])),
    forgery("discount: not below one", "not a discount factor", ("reading", "if not 0 <= rational(data) < 1:", "if not 0 <= rational(data):"), **machine(FORGIVING, "2")),
    forgery("discount: negative", "not a discount factor", ("reading", "if not 0 <= rational(data) < 1:", "if not rational(data) < 1:"), **never("-1", [([["-1", "-1"], ["9", "-1"], ["-1", "9"]], ["0", "0"])])),
    forgery("automaton: somebody gains by deviating once", 'gains by playing "d" once in state "a"', ("repeated", "> value[s]:", "> value[s] + 99:"), **machine(FORGIVING)),
    forgery("automaton: the second player gains", '"B" gains by playing "c" once', ("repeated", "for i, player in enumerate(game.players):", "for i, player in enumerate(game.players[:1]):"),
            **machine({"states": ["a"], "plays": [["d", "d"]], "next": [[[0, 0], [0, 0]]]}, "0", "1", {**DILEMMA, "payoffs": [DILEMMA["payoffs"][0], [["2", "0"], ["1", "0"]]]})),
    forgery("automaton: a state off the path is no equilibrium", 'once in state "b"', ("repeated", "for s, cell in enumerate(plays):\n", "for s, cell in list(enumerate(plays))[:1]:\n"),
            **machine(GRIM, "9/10", "0", CHICKEN)),
    forgery("automaton: too impatient", 'gains by playing "d" once in state "a"', ("repeated", "work((1 - d) * game.payoffs[i, *moved] + d * value[follows[s][moved]]) > value[s]", "work((1 - d) * game.payoffs[i, *moved]) > value[s]"), **machine(GRIM, "1/3")),
    forgery("automaton: another frequency", "The frequency is 1", ("repeated", 'return sentence, "" if often == claim["frequency"] else f"The frequency is {number(often)}"', 'return sentence, ""'), **machine(ALWAYS_D)),
    forgery("automaton: a frequency later on the path", "The frequency is 9/10", ("repeated", "d * value[path[s]])\n", "0 * value[path[s]])\n"),
            **machine({"states": ["a", "b"], "plays": [["c", "d"], ["d", "d"]], "next": [[[1, 1], [1, 1]], [[1, 1], [1, 1]]]}, "9/10", "0", {**DILEMMA, "payoffs": [[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]})),
    forgery("automaton: a state without a play", "does not say for each state", ("repeated", 'len(machine["plays"]) != len(states) or ', ""), ("repeated", 'for cell in machine["plays"]]', 'for cell in machine["plays"][: len(states)]]'), **machine({**ALWAYS_D, "plays": [["d", "d"], ["c", "c"]]}, "9/10", "1")),
    forgery("automaton: a state without what follows", "does not say for each state", ("repeated", ' or len(machine["next"]) != len(states)', ""), **machine({**ALWAYS_D, "next": [[[0, 0], [0, 0]]] * 2}, "9/10", "1")),
    forgery("automaton: a state twice", "states is empty, or has something twice", ("repeated", 'distinct(machine["states"], "states")', 'machine["states"]'), **machine({"states": ["a", "a"], "plays": [["d", "d"]] * 2, "next": [[[0, 0], [0, 0]]] * 2}, "9/10", "1")),
    forgery("automaton: on to a state that there is not", "is not one of the 1 states", ("repeated", 'position(len(states), "states")', 'position(9, "states")'), ("repeated", "value[follows[s][moved]]", "value[follows[s][moved] % 1]"), **machine({**ALWAYS_D, "next": [[[5, 0], [0, 0]]]}, "9/10", "1")),
    forgery("stochastic: an equilibrium has it", "has it in", ("stochastic", "if profile[s] in event.get(s, ()):", "if False:"), **stochastic(DILEMMA["payoffs"], STAY)),
    forgery("stochastic: no equilibrium", "so that the claim would say nothing", ("stochastic", "if not found:", "if False:"), **stochastic(PENNIES["payoffs"], STAY)),
    forgery("stochastic: shares that do not sum to one", "negative or does not sum to 1", ("stochastic", " or work.total(row) != ONE", ""), **stochastic(DILEMMA["payoffs"], [[["1/2", "0"]] * 2] * 2, {"s": [["c", "c"]]})),
    forgery("stochastic: a negative share", "negative or does not sum to 1", ("stochastic", "min(row) < 0 or ", ""), **stochastic(DILEMMA["payoffs"], [[["2", "-1"]] * 2] * 2, {"s": [["c", "c"]]})),
    forgery("stochastic: reached only later", "has it in \"t\"", ("stochastic", "return {s for s in reach[game.start] if", "return {s for s in {game.start} if"), **stochastic(DILEMMA["payoffs"], (LEAVE, LEAVE), {"t": [["d", "d"]]})),
    forgery("stochastic: a start that there is not", "or no start", ("stochastic", ' or data["start"] not in states', ""), ("stochastic", 'states.index(data["start"])', "0"), ("check", "about(claim))", "())"), **stochastic(DILEMMA["payoffs"], STAY, {"s": [["c", "c"]]}, start="u")),
    forgery("stochastic: a state without a stage", "not one stage for each state", ("stochastic", 'len(states) != len(data["stages"]) or ', ""), ("stochastic", 'for stage in data["stages"]:', 'for stage in data["stages"][:2]:'), **stochastic(DILEMMA["payoffs"], (STAY, STAY, STAY), {"s": [["c", "c"]]})),
    forgery("stochastic: an event in no state", "not one of states", ("stochastic", "if not data or not set(data)", "if not set(data)"), **{**stochastic(DILEMMA["payoffs"], STAY), "event": {}}),
    forgery("stochastic: an event in a state that there is not", "not one of states", ("stochastic", " or not set(data) <= set(game.states)", ""), **stochastic(DILEMMA["payoffs"], STAY, {"u": [["d", "d"]]})),
    forgery("stochastic: too many states", "or more than 100", ("stochastic", " or len(states) > MOST_STATES", ""), kind="no_markov_perfect_avoids", event={"s0": [["y"]]},
            game={"players": ["A"], "discount": "0", "start": "s0", "states": [f"s{k}" for k in range(101)],
                  "stages": [{"actions": [["x", "y"]], "payoffs": [["1", "0"]], "next": [["0"] * k + ["1"] + ["0"] * (100 - k)] * 2} if k == 0 else {"actions": [["x"]], "payoffs": [["1"]], "next": [["0"] * k + ["1"] + ["0"] * (100 - k)]} for k in range(101)]}),
    forgery("tree: an equilibrium reaches it", "in pure strategies reaches", ("trees", "if found >= 0:", "if False:"), LEFT_OPEN, **tree(CHOICE, [["x"]])),
    forgery("tree: only mixing at a tie reaches it", "not decided", LEFT_OPEN, **tree(TIED, [["in", "l"]], ("A", "B"))),
    forgery("tree: a mover who is indifferent", "in pure strategies reaches", ("trees", "if high[child][mover] >= least]", "if high[child][mover] > least or child == node.children[0]]"), **tree({**CHOICE, "f": end(1)}, [["y"]])),
    forgery("tree: shares of chance that do not sum to one", "probabilities of a chance move", ("trees", " or work.total(shares) != 1", ""), **tree(luck("1/8", "1/8"), [["x", "u"]])),
    forgery("tree: a negative share of chance", "probabilities of a chance move", ("trees", "min(shares, default=ZERO) < 0 or ", ""), **tree(luck("-1", "2"), [["x", "u"]])),
    forgery("tree: a node reached in two ways", "reached in two ways", ("trees", "if child in numbers:", "if False:"), **tree({"r": move("A", x="e", y="e", z="f"), "e": end(1), "f": end(5)}, [["x"]])),
    forgery("tree: a node that is not connected", "not connected", ("trees", "if len(order) < len(named):", "if False:"), **tree({**CHOICE, "zz": end(5)}, [["y"]])),
    forgery("tree: a path that does not end", "does not lead to an end", ("trees", "    if nodes[k].children:\n        raise", "    if False:\n        raise"), **tree(DEEP, [["x"]])),
    forgery("tree: a path by an action that there is not", "there is no action", ("trees", "if label not in nodes[k].labels:", "if False:"), ("trees", "k = nodes[k].children[nodes[k].labels[label]]", "k = nodes[k].children[nodes[k].labels.get(label, -1)]"), **tree(CHOICE, [["z"]])),
    forgery("tree: an end twice", "ends is empty, or has something twice", ("trees", 'distinct([tuple(path) for path in claim["ends"]], "ends")', '[tuple(path) for path in claim["ends"]]'), **tree(CHOICE, [["y"], ["y"]])),
    forgery("tree: no end", "ends is empty", ("trees", 'distinct([tuple(path) for path in claim["ends"]], "ends")', '[tuple(path) for path in claim["ends"]]'), **tree(CHOICE, [])),
    forgery("tree: an end without a payoff for everybody", "does not say for each player", ("trees", "if len(node.payoffs) != (0 if below else len(players)):", "if False:"), **tree({**CHOICE, "f": end(0, 0)}, [["y"]])),
    forgery("tree: a node of no player", "is of no player", ("trees", 'data["player"] not in players or ', ""), ("trees", "players.index(data[\"player\"])", "0"), **tree({**CHOICE, "r": move("Z", x="e", y="f")}, [["y"]])),
    forgery("tree: too many players", "more than 16 players", ("trees", "if len(players) > MOST_PLAYERS:", "if False:"), **tree({"r": move("p0", x="e", y="f"), "e": end(*[1] * 17), "f": end(*[0] * 17)}, [["y"]], [f"p{k}" for k in range(17)])),
    forgery("tree: a node that is not there", "is not a node of this tree", ("trees", "if called not in named:", "if False:"), ("trees", "node_of(named[called],", "node_of(named.get(called, {'end': '', 'payoffs': ['0']}),"), ("trees", "if len(order) < len(named):", "if False:"), **tree({"r": move("A", x="e", y="f"), "e": end(1)}, [["y"]])),
    forgery("tree: a player twice", "players is empty, or has something twice", ("trees", 'distinct(data["players"], "players")', 'data["players"]'), **tree({"r": move("A", x="e", y="f"), "e": end(1, 0), "f": end(0, 0)}, [["y"]], ("A", "A"))),
    forgery("tree: a label that does not print", "not a printable label", ("trees", " or not data.isprintable()", ""), **tree({**CHOICE, "f": {"end": "\x1b[2J", "payoffs": ["0"]}}, [["y"]])),
]  # fmt: skip
