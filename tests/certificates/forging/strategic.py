# ruff: noqa: E501  # one forgery is one row of a table
"""Forgeries about one strategic game: names, reading, equilibria, bounds, exclusion."""

from __future__ import annotations

from typing import Any

from forging.forgery import Forgery, forgery

DILEMMA = {
    "players": ["A", "B"],
    "actions": [["c", "d"], ["c", "d"]],
    "payoffs": [[["2", "0"], ["3", "1"]], [["2", "3"], ["0", "1"]]],
}
TURNED = {
    **DILEMMA,
    "actions": [["d", "c"], ["d", "c"]],
    "payoffs": [[["1", "3"], ["0", "2"]], [["1", "0"], ["3", "2"]]],
}
PENNIES = {**DILEMMA, "payoffs": [[["1", "0"], ["0", "1"]], [["0", "1"], ["1", "0"]]]}
HUNT = {**DILEMMA, "payoffs": [[["4", "0"], ["3", "3"]], [["4", "3"], ["0", "3"]]]}
ZERO = {**DILEMMA, "payoffs": [[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]}
ALONE = {"players": ["A"], "actions": [["x", "y"]], "payoffs": [["1", "0"]]}
BOTH_D = [["0", "1"], ["0", "1"]]
NONE = [[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]


def three(*payoffs: Any) -> Any:
    return {"players": ["A", "B", "C"], "actions": [["x", "y"]] * 3, "payoffs": list(payoffs)}


MATCH = [[["1", "0"], ["0", "0"]], [["0", "0"], ["0", "1"]]]
SAME = [[["1", "1"], ["1", "1"]], [["1", "1"], ["1", "1"]]]
X_FIRST = [[["1", "1"], ["1", "1"]], [["0", "0"], ["0", "0"]]]  # the first player's x beats its y
C_X = [[["1", "0"], ["1", "0"]], [["1", "0"], ["1", "0"]]]  # the third player's x beats its y

OPEN = (
    "exclusion",
    'raise Refused(\n                f"not decided',
    'return ""\n            raise Refused(\n                f"not decided',
)

NAMES = [
    ("delimiter in an action", 'c"), ("d', "may be misread"),
    ("bracket in a reform's way of speaking", "c), (d", "may be misread"),
    ("brace", "c}, whatever else {", "may be misread"),
    ("colon", "A: c", "may be misread"),
    ("semicolon", "c; B", "may be misread"),
    ("backslash", "c\\n", "may be misread"),
    ("control character", "c\x1b[2J", "may be misread"),
    ("line break", "c\nProved", "may be misread"),
    ("Greek letters that look Latin", "\u03c1ush", "may be misread"),
    ("Cyrillic letters that look Latin", "\u0441", "may be misread"),
    ("mark without a letter", "c\u0301", "may be misread"),
    ("letters that decompose to another", "\u212b", "may be misread"),
    ("invisible character", "c\u200b", "may be misread"),
    ("right-to-left mark", "c\u202e", "may be misread"),
    ("full-width letter", "\uff43", "may be misread"),
    ("no-break space", "c\u00a0d", "may be misread"),
    ("dotless i", "\u0131", "may be misread"),
]  # fmt: skip


def nested(value: Any, depth: int) -> Any:
    return [nested(value, depth - 1)] if depth else value


def named(label: str) -> Any:
    return {**DILEMMA, "actions": [[label, "d"], ["c", "d"]]}


FORGERIES: list[Forgery] = [
    *(
        forgery(
            f"name: {what}", reason, ("names", "if not is_readable(character):", "if False:"),
            kind="is_nash", game=named(label), profile=BOTH_D,
        )
        for what, label, reason in NAMES
    ),
    *(
        forgery(
            f"name: {what}", "space at an edge, or two in a row",
            ("names", 'if data != data.strip() or "  " in data:', f"if {left}:"),
            kind="is_nash", game=named(label), profile=BOTH_D,
        )
        for what, label, left in (
            ("edge space", " c", '"  " in data'),
            ("space at the end", "c ", '"  " in data'),
            ("two spaces", "c  c", "data != data.strip()"),
        )
    ),
    forgery(
        "name: empty", "not a name of 1 to 200", ("names", "not 0 < len(data) <= LONGEST", "not len(data) <= LONGEST"),
        kind="is_nash", game=named(""), profile=BOTH_D,
    ),
    forgery(
        "name: too long", "not a name of 1 to 200", ("names", "not 0 < len(data) <= LONGEST", "not 0 < len(data)"),
        kind="is_nash", game=named("c" * 201), profile=BOTH_D,
    ),
    forgery(
        "number: not in lowest terms", "not in lowest terms", ("reading", "if str(Fraction(data)) != data:", "if False:"),
        kind="is_nash", game={**DILEMMA, "payoffs": [[["4/2", "0"], ["3", "1"]], DILEMMA["payoffs"][1]]}, profile=BOTH_D,
    ),
    forgery(
        "number: too long", "not a rational", ("reading", " or len(data) > MOST_DIGITS", ""),
        kind="is_nash", game={**DILEMMA, "payoffs": [[["1" * 4001, "0"], ["1" * 4001 + "1", "1"]], DILEMMA["payoffs"][1]]},
        profile=BOTH_D,
    ),
    forgery(
        "is_nash: somebody gains", '"B" gains 1 by playing "d"', ("strategic", 'words if gain > 0 else ""', '""'),
        kind="is_nash", game=DILEMMA, profile=[["1", "0"], ["1", "0"]],
    ),
    forgery(
        "is_nash: only the second player gains", '"B" gains 3 by playing "d"',
        ("equilibria", "best = max(\n            best,", "best = min(\n            best,"),
        kind="is_nash", profile=[BOTH_D[0], ["1", "0"]],
        game={**DILEMMA, "payoffs": [[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "3"]]]},
    ),
    forgery(
        "profile: does not sum to one", "not one probability vector", ("game", " or work.total(strategy) != 1", ""),
        kind="is_nash", game=ZERO, profile=[["1/4", "1/4"], ["1/2", "1/2"]],
    ),
    forgery(
        "profile: negative", "not one probability vector", ("game", "min(strategy) < 0 or ", ""),
        kind="is_nash", game=ZERO, profile=[["-1", "2"], ["1/2", "1/2"]],
    ),
    forgery(
        "profile: another length", "not one probability vector", ("game", "if not fits or any(", "if any("),
        kind="is_nash", game=DILEMMA, profile=[["0", "1", "0"], ["0", "1"]],
    ),
    forgery(
        "players: one twice", "players is empty, or has something twice",
        ("game", 'distinct(data["players"], "players")', 'data["players"]'),
        kind="is_nash", game={**DILEMMA, "players": ["A", "A"]}, profile=BOTH_D,
    ),
    forgery(
        "players: none", "players is empty", ("reading", "if not items or len(", "if len("),
        kind="is_nash", game={"players": [], "actions": [], "payoffs": []}, profile=[],
    ),
    forgery(
        "players: more than lists of actions", "not one list of actions for each player",
        ("game", "len(players) != len(actions) or ", ""),
        kind="is_nash", game={**ALONE, "players": ["A", "B"], "payoffs": [["1", "0"], ["1", "0"]]}, profile=[["1", "0"]],
    ),
    forgery(
        "players: more than sixteen", "more than 16 players", ("game", " or len(players) > 16", ""),
        kind="is_nash", profile=[["1"]] * 17,
        game={"players": [f"p{k}" for k in range(17)], "actions": [["x"]] * 17, "payoffs": [nested("0", 17)] * 17},
    ),
    forgery(
        "actions: one twice", "actions is empty, or has something twice",
        ("game", '[distinct(item, "actions") for item in data["actions"]]', 'data["actions"]'),
        kind="is_nash", game={**DILEMMA, "actions": [["d", "d"], ["c", "d"]]}, profile=BOTH_D,
    ),
    forgery(
        "payoffs: a row too many", "not nested in the shape", ("reading", "or len(data) != shape[0]", ""),
        kind="is_nash", profile=BOTH_D,
        game={**DILEMMA, "payoffs": [[["2", "0"], ["3", "1"], ["9", "9"]], [["2", "3"], ["0", "1"]]]},
    ),
    forgery(
        "extreme equilibria: one that is none", "Listed, but not an extreme equilibrium",
        ("strategic", "if p not in found]", "if False]"),
        kind="all_extreme_equilibria", game=DILEMMA, equilibria=[BOTH_D, [["1", "0"], ["1", "0"]]],
    ),
    forgery(
        "extreme equilibria: one missing", "Missing from the list", ("strategic", "if p not in stated]", "if False]"),
        kind="all_extreme_equilibria", game=HUNT, equilibria=[[["1", "0"], ["1", "0"]]],
    ),
    forgery(
        "extreme equilibria: one twice", "equilibria is empty, or has something twice",
        ("strategic", 'distinct([profile_of(profile, game, work) for profile in claim["equilibria"]], "equilibria")',
         '[profile_of(profile, game, work) for profile in claim["equilibria"]]'),
        kind="all_extreme_equilibria", game=DILEMMA, equilibria=[BOTH_D] * 2,
    ),
    forgery(
        "vertices: those with positive shares", "the Nash equilibrium", ("equilibria", "if z is None or min(z) <= 0:", "if z is None or min(z) > 0:"),
        kind="no_nash_avoids", game=HUNT, event=[["c", "c"]],
    ),
    forgery(
        "vertices: a row that earns more than a best reply", "Listed, but not an extreme equilibrium",
        ("equilibria", "if max(earns) == 1:", "if True:"),
        kind="all_extreme_equilibria", game=TURNED, equilibria=[[["0", "1"], ["0", "1"]]],
    ),
    forgery(
        "extreme equilibria: three players", "for 2 players only; this game has 3",
        ("equilibria", "if len(game.players) != 2:", "if False:"),
        ("equilibria", "m, n = (len(labels) for labels in game.actions)", "return {(((__import__('fractions').Fraction(1), 0 * ZERO),) * 3)}; m = n = 2"),
        kind="all_extreme_equilibria", game=three(SAME, SAME, SAME), equilibria=[[["1", "0"]] * 3],
    ),
    forgery(
        "extreme equilibria: too many bases", "too large: a best-response polytope",
        ("equilibria", "if comb(m + n, m) > MOST_BASES:", "if False:"),
        kind="no_nash_avoids", event=[["a", "a"]],
        game={"players": ["A", "B"], "actions": [list("ab"), [f"b{k}" for k in range(160)] + ["a"]],
              "payoffs": [[["0"] * 161, ["1"] * 161], [["0"] * 161] * 2]},
    ),
    forgery(
        "correlated: a negative multiplier", "A multiplier is negative",
        ("strategic", "if any(min(table.values()) < 0 for table in y)", "if False"),
        kind="correlated_at_most", game=ALONE, event=[["x"]], value="0", proof={"multipliers": [[["0", "-1"], ["0", "0"]]]},
    ),
    forgery(
        "correlated: the inequality fails", "the inequality fails", ("strategic", "> work.total(gains):", "> work.total(gains) + 99:"),
        kind="correlated_at_most", game=HUNT, event=[["c", "c"]], value="0", proof={"multipliers": NONE},
    ),
    forgery(
        "correlated: at least, taken the other way around", "the inequality fails",
        ("strategic", "if at_most else value - (cell in event)", "if at_most else (cell in event) - value"),
        kind="correlated_at_least", game=DILEMMA, event=[["c", "c"]], value="1", proof={"multipliers": NONE},
    ),
    forgery(
        "correlated: a table of multipliers missing", "one table of multipliers for each player",
        ("strategic", 'if len(proof["multipliers"]) != len(tables):', "if False:"),
        ("strategic", "for i, a in enumerate(cell) for b", "for i, a in list(enumerate(cell))[: len(y)] for b"),
        kind="correlated_at_most", game={**DILEMMA, "payoffs": [[["0", "0"], ["1", "1"]], NONE[0]]}, event=[["c", "c"]], value="0",
        proof={"multipliers": [[["0", "1"], ["0", "0"]]]},
    ),
    *(
        forgery(
            f"correlated: says nothing, {kind} {value}", "says nothing of this event",
            ("strategic", "if not 0 <= value <= 1 or value == at_most or (not at_most and len(event) == len(list(game.cells()))):", "if False:"),
            kind=kind, game=DILEMMA, event=event, value=value, proof={"multipliers": NONE},
        )
        for kind, value, event in (
            ("correlated_at_most", "1", [["c", "c"]]),
            ("correlated_at_most", "3/2", [["c", "c"]]),
            ("correlated_at_least", "0", [["c", "c"]]),
            ("correlated_at_least", "-1", [["c", "c"]]),
            ("correlated_at_least", "1", [["c", "c"], ["c", "d"], ["d", "c"], ["d", "d"]]),
        )
    ),
    forgery(
        "no_nash_avoids: an equilibrium is on the event", "puts probability 1 on", ("equilibria", "if x[i] and y[j]:", "if False:"),
        kind="no_nash_avoids", game=DILEMMA, event=[["d", "d"]],
    ),
    forgery(
        "no_nash_avoids: only a mixed one is", "puts probability 1/4 on",
        ("equilibria", "range(1, min(len(rows), len(columns)) + 1)", "range(1, 2)"),
        kind="no_nash_avoids", game=PENNIES, event=[["c", "c"]],
    ),
    forgery(
        "event: empty", "event is empty",
        ("game", 'distinct([tuple(at[label] for label, at in zip(cell, positions)) for cell in data], "event")',
         "[tuple(at[label] for label, at in zip(cell, positions)) for cell in data]"),
        kind="no_nash_avoids", game=DILEMMA, event=[],
    ),
    forgery(
        "event: a cell twice", "event is empty, or has something twice",
        ("game", 'distinct([tuple(at[label] for label, at in zip(cell, positions)) for cell in data], "event")',
         "[tuple(at[label] for label, at in zip(cell, positions)) for cell in data]"),
        kind="no_nash_avoids", game=DILEMMA, event=[["c", "c"]] * 2,
    ),
    forgery(
        "event: a cell of another length", "not a cell of this game", ("game", "if len(cell) != len(actions) or any(", "if any("),
        ("game", "tuple(at[label] for label, at in zip(cell, positions))", "tuple(at[label] for label, at in zip([*cell, 'c'], positions))"),
        kind="no_nash_avoids", game=DILEMMA, event=[["c"]],
    ),
    forgery(
        "exclusion: a pure equilibrium on the event", "is a Nash equilibrium",
        ("exclusion", 'return f"{cell_text(game.actions, cell)} is a Nash equilibrium"', "pass"),
        ("exclusion", 'return f"({describe(game, middle)}) is a Nash equilibrium with probability on the event"', "continue"),
        OPEN,
        kind="no_nash_avoids", game=three(MATCH, MATCH, MATCH), event=[["x", "x", "x"]],
    ),
    forgery(
        "exclusion: two are left and their equilibrium is on the event", "with",
        ("exclusion", 'return f"with {\'; \'.join(forced)}, {rest}" if rest else ""', 'return ""'),
        kind="no_nash_avoids", event=[["x", "x", "x"]],
        game=three([[["1", "0"], ["0", "1"]], [["0", "1"], ["1", "0"]]], [[["0", "0"], ["1", "1"]], [["1", "1"], ["0", "0"]]], C_X),
    ),
    forgery(
        "exclusion: a mixed equilibrium of three is neither found nor excluded", "not decided: among 3 players",
        OPEN,
        kind="no_nash_avoids", game=three(MATCH, MATCH, MATCH), event=[["x", "y", "x"]],
    ),
    forgery(
        "digest: does not fit", "was changed after it was written", ("check", 'sealed["digest"] != digest_of(document)', "False"),
        digest="0" * 64, kind="is_nash", game=DILEMMA, profile=BOTH_D,
    ),
]  # fmt: skip
