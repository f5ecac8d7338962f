# ruff: noqa: E501  # one certificate is one row of a table
"""Small certificates of every kind, most of them true, at the edges of what the checker decides, and files that are none."""

from __future__ import annotations

import json
from typing import Any

from forging.dynamic import (
    CHICKEN,
    CHOICE,
    FORGIVING,
    FULL,
    GRIM,
    LEAVE,
    STAY,
    end,
    luck,
    machine,
    move,
    never,
    stochastic,
    tree,
)
from forging.forgery import seal
from forging.reforms import BOTH, MARK, OFF, P4, PROGRAM, PUSHED, RAISED, TEAM, TOGETHER, bounds, moved, nation, removes
from forging.reforms import model as table
from forging.regions import CORRELATED, ON_D, SUPPORTS, WIDE, by, cut, refuted, region
from forging.regions import bounds as region_bounds
from forging.regions import model as box
from forging.strategic import ALONE, BOTH_D, C_X, DILEMMA, HUNT, MATCH, PENNIES, SAME, X_FIRST, three

HALF = [["1/2", "1/2"], ["1/2", "1/2"]]
MIXED = [["3/4", "1/4"], ["3/4", "1/4"]]
SIX = {"players": ["A", "B"], "actions": [["c", "d"], ["l", "m", "r"]],
       "payoffs": [[["3", "0", "1"], ["1", "2", "1"]], [["1", "1", "0"], ["0", "2", "2"]]]}  # fmt: skip
OTHER_THREE = three(
    [[["1", "0"], ["0", "2"]], [["0", "1"], ["3", "0"]]], [[["0", "1"], ["2", "0"]], [["1", "0"], ["0", "1"]]], C_X
)
PENNIES_OF_THREE = three(
    [[["1", "1"], ["0", "0"]], [["0", "0"], ["1", "1"]]],
    [[["0", "0"], ["1", "1"]], [["1", "1"], ["0", "0"]]],
    [[["2", "1"], ["2", "1"]], [["2", "1"], ["1", "2"]]],
)
ALL_STEPS = [
    *PROGRAM,
    ["number", "1/2"],
    ["+", 0, 3],
    ["-", 2, 3],
    ["*", 4, 5],
    ["/", 6, 2],
    ["max", 0, 7],
    ["ratio", 8, 3],
    ["ratio", 8, 1],
]
DEEP_TREE = {"above": [-1, 0, 0, 1, 1, 2]}
MIDDLE = [[[["0", "0"], ["0", "0"]], [["1", "1"], ["1", "1"]]], [[["0", "0"], ["1", "1"]], [["0", "0"], ["1", "1"]]], [[["0", "1"], ["0", "1"]], [["0", "1"], ["0", "1"]]]]  # fmt: skip
PRISON = {"x": ["0", "0", "3"]}
HIERARCHY = {"tree": {"above": [-1, 0]}, "actions": [["assist", "push"], ["work", "fake"]], "mandates": [[0, 1]], "parameters": PRISON, "program": PROGRAM, "payoffs": [[[[2, 2], [0, 0]], [[2, 1], [2, 1]]]]}  # fmt: skip
TWO_STATES = {"states": ["a", "b", "e"], "plays": [["c", "c"], ["d", "d"], ["d", "d"]], "next": [[[0, 1], [1, 1]], [[2, 2], [2, 2]], [[0, 1], [1, 1]]]}  # fmt: skip
LATER = {
    "r": move("A", x="c", y="m"),
    "c": {"chance": "luck", "then": {"u": ["1/3", "e"], "v": ["2/3", "g"]}},
    "e": end(4, 0),
    "g": end(0, 1),
    "m": move("B", l="h", r="k"),
    "h": end(1, 1),
    "k": end(2, 0),
}
TIES = {
    "r": move("A", x="c", y="f"),
    "c": {"chance": "", "then": {"u": ["1/2", "m"], "v": ["1/2", "n"], "w": ["0", "z"]}},
    "m": move("B", l="e", r="g"),
    "n": move("B", l="h", r="k"),
    "e": end(1, 0),
    "g": end(3, 0),
    "h": end(0, 0),
    "k": end(2, 0),
    "z": end(9, 9),
    "f": end(2, 0),
}
JOINT = [[i, j, "joint", 0] for i, j, _, _ in SUPPORTS]
# one player's mixture: with supports {c, d} x {c, d} upper must be indifferent, which x > y excludes by a free sign
INDIFFERENCE = box(("3/4", "1", "0", "3"), ("0", "1/4", "0", "1"), [[[0, 0], [3, 3]], [[2, 1], [2, 1]]])
ENTRENCHED = [[["c"], ["c"], "A", 0], [["c"], ["d"], "A", 0], [["c"], ["c", "d"], "A", 0]]
DEAR = box(("2", "3", "0", "3"))
CLIPPED = box(("1/4", "2", "1/4", "2"), payoffs=[[[2, 2], [5, 5]], [[2, 1], [2, 1]]])
SADDLE = box(("-2", "2", "-3", "3"), ("-2", "2", "-3", "3"), [[[7, 7], [5, 5]], [[2, 1], [2, 1]]], [["parameter", "x"], ["number", "0"], ["number", "1"], ["parameter", "y"], ["-", 0, 3], ["*", 0, 3], ["-", 5, 3], ["number", "5"]])  # fmt: skip
EXACT = box(("1/2", "1/2", "0", None), ("0", "1/4", "0", None), [[[2, 2], [13, 13]], [[2, 1], [2, 1]]], [["parameter", "x"], ["number", "0"], ["number", "1"], ["parameter", "y"], ["-", 0, 3], ["*", 0, 3], ["-", 5, 3], ["*", 0, 0], ["max", 3, 1], ["max", 6, 1], ["ratio", 3, 0], ["ratio", 3, 3], ["*", 11, 1], ["+", 7, 8]])  # fmt: skip
BOTH_EDIT = {"some": [["x", "scale", "1/2"], ["x", "add", "1/8"], ["y", "floor", "1/4"]], "more": [["x", "scale", "2"], ["x", "add", "-1/8"], ["y", "floor", "1/2"], ["y", "add", "1/9"]], "less": [["x", "scale", "1/3"], ["y", "scale", "1/2"]]}  # fmt: skip
EDITED = box(("1/8", "1/5", "0", "3"), ("0", "1/2", "0", "1"), [[[2, 2], [0, 0]], [[2, 1], [2, 1]]])
TREE_OF_BOTH = by("some", by("more", cut("1/8", parameter="x"), CORRELATED), by("more"))


def named(label: str) -> Any:
    return {**DILEMMA, "actions": [[label, "d"], ["c", "d"]]}


CLAIMS: list[dict[str, Any]] = [
    *({"kind": "is_nash", "game": named(label), "profile": BOTH_D} for label in ("c d", "caf\u00e9", "\u01d6", "\u62c5\u5f53", "\ub2f4", "c, d|*", "c" * 200, "\u2260", "\u03ac", "\u212a", "\u0439", "\ufb01")),
    *({"kind": "is_nash", "game": {**DILEMMA, "players": ["A", label]}, "profile": BOTH_D} for label in (7, None, ["B"], True, "B")),
    {"kind": "is_nash", "game": PENNIES, "profile": HALF},
    {"kind": "is_nash", "game": HUNT, "profile": MIXED},
    {"kind": "is_nash", "game": ALONE, "profile": [["1", "0"]]},
    {"kind": "is_nash", "game": three(MATCH, MATCH, MATCH), "profile": [*HALF, HALF[0]]},
    {"kind": "is_nash", "game": three(MATCH, MATCH, MATCH), "profile": [["1/3", "2/3"], *HALF]},
    {"kind": "is_nash", "game": {"players": list("ABCDEFGHIJKLMNOP"), "actions": [["x"]] * 16, "payoffs": [[[[[[[[[[[[[[[[["0"]]]]]]]]]]]]]]]]] * 16}, "profile": [["1"]] * 16},
    {"kind": "is_nash", "game": {**ALONE, "payoffs": [["1" * 4000, "0"]]}, "profile": [["1", "0"]]},
    {"kind": "is_nash", "game": {**ALONE, "payoffs": [["1", "1" + "0" * 700]]}, "profile": [["1", "0"]]},
    {"kind": "is_nash", "game": {**ALONE, "payoffs": [["1", "x"]]}, "profile": [["1", "0"]]},
    {"kind": "all_extreme_equilibria", "game": HUNT, "equilibria": [[["1", "0"]] * 2, BOTH_D, MIXED]},
    {"kind": "all_extreme_equilibria", "game": PENNIES, "equilibria": [HALF]},
    {"kind": "all_extreme_equilibria", "game": DILEMMA, "equilibria": [BOTH_D]},
    {"kind": "all_extreme_equilibria", "game": SIX, "equilibria": [[["1", "0"], ["1", "0", "0"]], [["0", "1"], ["0", "1", "0"]], [["0", "1"], ["0", "1/2", "1/2"]]]},
    {"kind": "no_nash_avoids", "game": SIX, "event": [["c", "r"]]},
    {"kind": "no_nash_avoids", "game": HUNT, "event": [["c", "d"]]},
    {"kind": "no_nash_avoids", "game": PENNIES, "event": [["c", "d"], ["d", "d"]]},
    {"kind": "no_nash_avoids", "game": DILEMMA, "event": [["c", "c"], ["c", "d"], ["d", "c"]]},
    {"kind": "no_nash_avoids", "game": ALONE, "event": [["y"]]},
    {"kind": "no_nash_avoids", "game": three(X_FIRST, SAME, C_X), "event": [["y", "x", "x"]]},
    {"kind": "no_nash_avoids", "game": three(SAME, SAME, C_X), "event": [["y", "x", "y"]]},
    {"kind": "no_nash_avoids", "game": OTHER_THREE, "event": [["x", "x", "y"]]},
    {"kind": "no_nash_avoids", "game": OTHER_THREE, "event": [["y", "y", "x"], ["y", "y", "y"]]},
    {"kind": "no_nash_avoids", "game": PENNIES_OF_THREE, "event": [["x", "x", "y"]]},
    {"kind": "no_nash_avoids", "game": PENNIES_OF_THREE, "event": [["y", "y", "x"]]},
    {"kind": "no_nash_avoids", "game": three(MATCH, MATCH, MATCH), "event": [["y", "y", "y"]]},
    {"kind": "correlated_at_most", "game": DILEMMA, "event": [["c", "c"], ["c", "d"], ["d", "c"]], "value": "0", "proof": {"multipliers": [[["0", "1"], ["0", "0"]], [["0", "1"], ["0", "0"]]]}},
    {"kind": "correlated_at_least", "game": DILEMMA, "event": [["d", "d"]], "value": "1", "proof": {"multipliers": [[["0", "1"], ["0", "0"]], [["0", "1"], ["0", "0"]]]}},
    {"kind": "correlated_at_most", "game": PENNIES, "event": [["c", "c"]], "value": "1/4", "proof": {"multipliers": [[["0", "1/4"], ["1/2", "0"]], [["0", "3/4"], ["1/4", "0"]]]}},
    removes(), removes(kind="bundle_is_robust", reforms={"half": [["x", "add", "3/4"]]}), removes(bundle=["half"], reforms=BOTH),
    removes(kind="bundle_is_robust", reforms={**RAISED, "lower": [["x", "scale", "1/4"], ["x", "add", "-1/4"], ["x", "floor", "1/8"]]}, bundle=["lower"], event=[["c", "d"]]),
    removes(model=table({"x": ["1", "0", None]}), event=[["c", "d"]]),
    removes(model=table({"x": ["1/4", "0", None]}, ALL_STEPS, [[[2, 9], [10, 1]], [[7, 6], [8, 1]]]), event=[["d", "d"]]),
    removes(kind="bundle_is_robust", reforms={f"r{k}": [] for k in range(3)}, bundle=["r1"]),
    bounds(bound="1/2"), bounds(relation="<", bound="3/5"), bounds(relation=">=", bound="1/2"), bounds(relation=">", bound="1/3"), bounds(measure="letters", relation="<=", bound="1/4"),
    bounds(size=5, parameters=moved(P4, letter_cost=["1/3", "0", None], time=["3", "0", None], value=["2", "0", None]), measure="letters", relation=">", bound="1/9"),
    bounds(bound="letter_cost", parameters=moved(P4, letter_cost=["2", "0", None])), bounds(kind="bundle_bounds_robustly", reforms={"dear": [["letter_cost", "add", "5"]]}, bound="1/2"),
    bounds("team", measure="effort", bound="0", parameters=moved(TEAM, exposure=["1/2", "0", None])), bounds("team", measure="effort", relation=">", bound="1/5", parameters=moved(TEAM, exposure=["1/2", "0", None], tolerance=["1/2", "0", "1"])),
    *(bounds("markup", measure=measure, relation=relation, bound=bound, size=size) for measure, relation, bound, size in (("layer_markup", ">", "1/2", 1), ("layer_markup", ">=", "1", 2), ("layer_markup", "<=", "1", 2), ("layer_markup", ">", "0", 2), ("layer_markup", ">", "-1", 2), ("layer_markup", "<", "2", 2), ("target_factor", ">", "1", 3), ("target_factor", ">=", "7", 2), ("target_factor", "<", "8", 2), ("target_factor", ">", "1/2", 2), ("overload", ">", "3", 2), ("overload", "<", "4", 2), ("target_factor", "<", "4", 1))),
    bounds("markup", parameters=moved(MARK, penalty=["3", "0", None], noise=["1/2", "0", None], cap=["5", "0", None]), measure="layer_markup", relation="<", bound="13/20"),
    bounds("markup", parameters=moved(MARK, penalty=["3", "0", None], noise=["1/2", "0", None], cap=["5", "0", None]), measure="layer_markup", relation=">", bound="3/5"),
    bounds("markup", parameters=moved(MARK, penalty=["1", "0", None]), measure="layer_markup", relation="<=", bound="0"), bounds("markup", parameters=moved(MARK, penalty=["0", "0", None]), measure="layer_markup", relation="<", bound="1/2"),
    nation(event=OFF), nation(event=[["assist", "work"], ["assist", "fake"], ["push", "work"]]), nation([TOGETHER], event=OFF), nation(event=OFF, tree={"sizes": [1, 3]}, mandates=[[0, 3]]), nation(event=OFF, tree={"sizes": [1, 1, 2]}, payoffs=[MIDDLE], mandates=[[0, 2]]),
    nation([MIDDLE, MIDDLE], event=OFF, tree=DEEP_TREE, mandates=[[0, 1], [1, 1], [0, 1]]), nation([MIDDLE], event=OFF, tree=DEEP_TREE, mandates=[[0, 3]]), nation([PUSHED, MIDDLE], event=OFF, tree={"above": [-1, 0, 0, 1]}, mandates=[[0, 1], [1, 1]]),
    nation([[[["0", "0"], ["0", "0"]], [["1", "0"], ["0", "1"]]]], event=[["push", "work"]]), nation(event=OFF, tree={"sizes": [1, 2, 3]}, payoffs=[MIDDLE], mandates=[[0, 3]]),
    {"kind": "bundle_frees_mandates", "model": HIERARCHY, "reforms": RAISED, "bundle": [], "event": [["push", "work"]]}, {"kind": "bundle_frees_mandates_robustly", "model": HIERARCHY, "reforms": RAISED, "bundle": ["raise"], "event": OFF},
    never("1/10", [(FULL, ["0", "0"])]), never("1/2", [(FULL, ["0", "0"]), (FULL, ["1", "1"])]), never("1/10", [(FULL, ["0", "0"])], event=[["c", "d"], ["d", "c"]]), never("0", [([["-1", "-1"], ["2", "-1"], ["-1", "2"]], ["0", "0"])], PENNIES), never("1/5", [([["0", "0"], ["5", "0"], ["5", "5"], ["0", "5"]], ["0", "0"]), ([["0", "1"], ["3", "1"], ["3", "3"], ["1", "3"], ["1", "5/2"]], ["1", "1"])], CHICKEN, [["c", "c"]]),
    machine(GRIM), machine(GRIM, "1/2"), machine(FORGIVING, game=HUNT), machine(TWO_STATES, "9/10"), machine({**TWO_STATES, "plays": [["c", "c"], ["d", "d"], ["c", "c"]]}, "4/5"), machine({"states": ["a"], "plays": [["d", "d"]], "next": [[[0, 0], [0, 0]]]}, "0", "1"), machine({"states": ["a", "b"], "plays": [["d", "d"], ["c", "c"]], "next": [[[1, 1], [1, 1]], [[0, 0], [0, 0]]]}, "1/2", "2/3", {**DILEMMA, "payoffs": [[["0", "0"], ["0", "0"]]] * 2}), machine({"states": ["z", "a", "b"], "plays": [["c", "d"], ["d", "d"], ["c", "c"]], "next": [[[1, 1], [1, 1]], [[2, 2], [2, 2]], [[1, 1], [1, 1]]]}, "1/2", "1/3", {**DILEMMA, "payoffs": [[["0", "0"], ["0", "0"]]] * 2}),
    stochastic(DILEMMA["payoffs"], STAY, {"s": [["c", "c"]]}), stochastic(DILEMMA["payoffs"], (LEAVE, LEAVE), {"s": [["d", "d"]]}), stochastic(HUNT["payoffs"], (STAY, LEAVE), {"s": [["c", "d"]], "t": [["d", "c"]]}), stochastic(HUNT["payoffs"], [[["1/2", "1/2"], ["1/3", "2/3"]], [["0", "1"], ["1", "0"]]], {"t": [["c", "d"]]}), stochastic(DILEMMA["payoffs"], (STAY, STAY), {"t": [["d", "d"]]}),
    stochastic(DILEMMA["payoffs"], ([[["1", "0"], ["0", "1"]], [["0", "1"], ["0", "1"]]], STAY), {"s": [["c", "d"]]}, discount="1/2"),
    tree(CHOICE, [["y"]]), tree(luck("1/8", "7/8"), [["x", "u"]]), tree(luck("1/2", "1/2"), [["y"]]), tree(LATER, [["x", "u"]], ("A", "B")), tree(LATER, [["y", "r"], ["y", "l"]], ("A", "B")), tree(LATER, [["y", "r"]], ("A", "B")), tree(TIES, [["y"]], ("A", "B")), tree(TIES, [["x", "w"]], ("A", "B")), tree({"r": end(1)}, [[]]), tree({**CHOICE, "e": {"end": "a remark: (1)", "payoffs": ["1"]}}, [["y"]]),
    region(), region(model=EXACT), region(model=SADDLE), region(model=CLIPPED, reforms={"lower": [["x", "add", "-3"]]}, bundle=["lower"]), region(tree=cut()), region(tree=cut("1/4", cut("1/8"), cut("1/3", parameter="y"))), region(tree={"supports": SUPPORTS}), region(tree={"supports": JOINT}), region(tree={"supports": [*SUPPORTS, [["c"], ["c"], "A", 0]]}),
    region(robust=True, reforms={"half": [["x", "add", "1/4"]]}), region(tree=by("half"), robust=True, reforms={"half": [["x", "add", "1/4"]]}), region(tree=TREE_OF_BOTH, robust=True, reforms=BOTH_EDIT, model=EDITED), region(robust=True, reforms=BOTH_EDIT, bundle=["less"], model=EDITED), region(tree=by("some"), robust=True, reforms=BOTH_EDIT, bundle=["less", "more"], model=EDITED),
    region(model=INDIFFERENCE, vectors=[[["A", "c", "d", "-1"]], [["A", "d", "c", "1"]]], tree={"supports": [[["d"], ["c"], "A", 1], [["d"], ["d"], "A", 1], [["d"], ["c", "d"], "A", 1], [["c", "d"], ["c"], "A", 0], [["c", "d"], ["d"], "A", 0], [["c", "d"], ["c", "d"], "joint", 0]]}),
    region(vectors=[[["B", "d", "c", "1/3"]]], event=[["c", "d"], ["d", "d"]]), region(vectors=[[["B", "d", "c", "1/3"]]], event=[["d", "d"]], tree={"supports": [[i, j, "B", 0] for i, j in ([["c", "d"], ["d"]], [["d"], ["d"]], [["c", "d"], ["c", "d"]], [["d"], ["c", "d"]])]}),
    region("region_fails", {"pure": ["c", "c"]}, event=[["c", "c"]], vectors=[]), region("region_fails", {"pure": ["d", "c"]}, vectors=[], model=DEAR), region("region_entrenched", {"others": ENTRENCHED}, model=DEAR, vectors=[[["A", "c", "d", "1"]]]), region("region_fails", {"others": ENTRENCHED}, model=DEAR, vectors=[[["A", "c", "d", "1"]]]), region("region_avoidable", {"pure": ["c", "c"]}, vectors=[]), region("region_avoidable", vectors=None), region("region_avoidable", {"supports": SUPPORTS}), region("region_fails", cut("1/4", {"pure": ["c", "c"]}, {"pure": ["c", "c"]}), event=[["c", "c"]], vectors=[]),
    refuted(), refuted({"x": "1", "y": "0"}), refuted({"x": "1", "y": "1"}, [["1/2", "1/2"], ["1", "0"]]), refuted({"x": "0", "y": "0"}, added=["raise"], reforms=RAISED, robust=True), refuted({"x": "0", "y": "0"}, reforms=RAISED, bundle=["raise"]), refuted({"x": "1/2", "y": "1/2"}, model=box(("1/2", "1/2", "0", "3"), ("1/2", "1/2", "0", "1")), reforms=RAISED, bundle=["raise"]),
    region_bounds({"event": ON_D}, "0", vectors=[[["A", "d", "c", "5/2"]]]), region_bounds({"event": ON_D}, "1/2", vectors=[[["A", "d", "c", "1"]]]), region_bounds({"event": [["c", "c"]]}, "1", ">=", vectors=[[["A", "d", "c", "5/2"], ["B", "d", "c", "2"]]]), region_bounds({"payoff": "A"}, "1", vectors=[[["A", "d", "c", "1/9"]]]), region_bounds({"payoff": "A"}, "1", ">=", vectors=[[["A", "d", "c", "1"]]]), region_bounds({"payoff": "B"}, "1", ">=", vectors=[[["B", "d", "c", "3/2"]]]), region_bounds({"payoff": "A"}, "3", model=WIDE, vectors=[[["B", "d", "c", "1/7"]]]), region_bounds({"payoff": "A"}, "3/2", robust=True, reforms={"half": [["x", "add", "1/4"]]}, vectors=[[["B", "d", "c", "1/7"]]]),
]  # fmt: skip


def certificate(claim: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in claim.items() if key != "proof"}
    return seal(rest, claim.get("proof"))


DOCUMENTS = [certificate(claim) for claim in CLAIMS]
FILES: list[bytes] = [
    b"", b"\xff\xfe", b"[1, 2", b"NaN", b"-Infinity", b"1.5", b"1234567", b"123456", b'{"a": 1, "a": 2}', b"null", b"[]",
    b'{"format": "blamegame-certificate/2"}', b'{"format": "blamegame-certificate/1"}', b"[" * 3000 + b"]" * 3000,
    json.dumps({**seal({"kind": "is_true"}), "extra": "1"}).encode(), json.dumps(seal({"kind": "is_true"})).encode(),
    json.dumps(seal({"kind": 7})).encode(), json.dumps(seal("is_nash")).encode(), b" " * 2_000_000 + b"1", b" " * 1_999_999 + b"1",
]  # fmt: skip
