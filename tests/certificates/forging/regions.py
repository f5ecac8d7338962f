# ruff: noqa: E501  # one forgery is one row of a table
"""Forgeries about every model of a box of parameter values."""

from __future__ import annotations

from typing import Any

from forging.forgery import Forgery, forgery

# registers: 0 x, 1 the number 0, 2 the number 1, 3 y, 4 x - y, 5 x y, 6 x y - y
PROGRAM: list[Any] = [
    ["parameter", "x"], ["number", "0"], ["number", "1"], ["parameter", "y"], ["-", 0, 3], ["*", 0, 3], ["-", 5, 3],
]  # fmt: skip
X_OR_ONE = [[[2, 2], [0, 0]], [[2, 1], [2, 1]]]  # A: c is worth 1, d is worth x; B's c beats its d
RAISED = {"raise": [["x", "add", "2"]]}
CORRELATED = {"correlated": 0}
FROM_D = [["A", "d", "c", "1"]]
ON_D = [["d", "c"], ["d", "d"]]


def model(
    x: Any = ("0", "1/2", "0", "3"), y: Any = ("0", "1", "0", "1"), payoffs: Any = None, program: Any = None
) -> Any:
    return {
        "players": ["A", "B"], "actions": [["c", "d"], ["c", "d"]], "parameters": {"x": list(x), "y": list(y)},
        "program": program or PROGRAM, "payoffs": payoffs or X_OR_ONE,
    }  # fmt: skip


def region(kind: str = "region_removes", tree: Any = None, vectors: Any = None, **changes: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "kind": kind, "model": model(), "reforms": {}, "bundle": [], "robust": False, "event": ON_D,
        "proof": {"vectors": [FROM_D] if vectors is None else vectors, "tree": CORRELATED if tree is None else tree},
    }  # fmt: skip
    return {**kept, **changes}


WIDE = model(("0", "2", "0", "3"))
AT_ONE = model(("0", "1", "0", "3"))
STRICT = ("weights", "work, strictly=cell in event):", "work):")
SLACK = (
    "weights",
    "if not is_below_zero(gains(vector, cell, payoffs, work), work, strictly=cell in event):",
    "if False:",
)
SUPPORTS = [[["d"], ["c"], "A", 0], [["d"], ["d"], "A", 0], [["d"], ["c", "d"], "A", 0],
            [["c", "d"], ["c"], "A", 0], [["c", "d"], ["d"], "A", 0], [["c", "d"], ["c", "d"], "A", 0]]  # fmt: skip


def supports(*changed: Any, leave: int = 6) -> Any:
    return {"supports": [*SUPPORTS[:leave], *changed]}


def cut(at: str = "1/4", below: Any = None, above: Any = None, parameter: str = "x") -> Any:
    sides = {"below": CORRELATED if below is None else below, "above": CORRELATED if above is None else above}
    return {"parameter": parameter, "at": at, **sides}


def by(reform: str, inside: Any = None, outside: Any = None) -> Any:
    sides = {"with": CORRELATED if inside is None else inside, "without": CORRELATED if outside is None else outside}
    return {"reform": reform, **sides}


def refuted(point: Any = None, profile: Any = None, added: Any = (), **changes: Any) -> dict[str, Any]:
    proof = {"parameters": {"x": "2", "y": "0"} if point is None else point, "added": list(added),
             "profile": profile or [["0", "1"], ["1", "0"]]}  # fmt: skip
    return {**region("region_refuted", model=WIDE), "proof": proof, **changes}


def bounds(measure: Any, bound: str, relation: str = "<=", vectors: Any = None, **changes: Any) -> dict[str, Any]:
    out = region("region_bounds", vectors=vectors, measure=measure, relation=relation, bound=bound, **changes)
    del out["event"]
    return out


ROBUST = {"robust": True, "reforms": RAISED}
INDIFFERENT = [[[1, 1], [1, 1]], [[2, 1], [2, 1]]]
PURE = {"pure": ["d", "c"]}
X2 = [*PROGRAM, ["*", 0, 0]]

FORGERIES: list[Forgery] = [
    forgery("region: fails at one end of the box", "In the whole box it is not shown", SLACK, **region(model=WIDE)),
    forgery("region: fails at one point of the box, on its edge", "not below 0 everywhere", STRICT, **region(model=AT_ONE)),
    forgery("region: a cell off the event is above zero", "not at most 0 everywhere", ("weights", "for cell in game.cells():\n        if not is_below_zero(", "for cell in sorted(event):\n        if not is_below_zero("),
            **region(vectors=[[["A", "d", "c", "1"], ["A", "c", "d", "1"]]], model=model(payoffs=[[[2, 2], [0, 0]], [[2, 1], [2, 1]]]))),
    forgery("region: a negative weight", "a weight is negative", ("weights", 'if any(part.weight < 0 for part in vector.parts):\n        return "a weight is negative"', "if False:\n        pass"),
            **region(model=model(("2", "3", "0", "3")), vectors=[[["A", "d", "c", "-1"]]])),
    forgery("region: a product of parameters at a corner", "not below 0 everywhere", ("polynomials", "most = q.get(0, 0) + sum(abs(c) for s, c in q.items() if s)", "most = q.get(0, 0)"),
            **region(model=model(("-2", "2", "-3", "3"), ("-2", "2", "-3", "3"), [[[7, 7], [5, 5]], [[2, 1], [2, 1]]], [*PROGRAM, ["number", "3"]]))),
    forgery("region: the sign of a coefficient", "not below 0 everywhere", ("polynomials", "bit: 1 if c > 0 else -1", "bit: -1 if c > 0 else 1"),
            **region(model=WIDE)),
    forgery("region: variables are fixed only where they decide", "not below 0 everywhere", ("polynomials", "if abs(c) >= mixed.get(bit, 0)}", "if True}"),
            **region(model=model(("-2", "2", "-3", "3"), ("-2", "2", "-3", "3"), [[[11, 11], [10, 10]], [[2, 1], [2, 1]]],
                                 [*PROGRAM, ["+", 0, 3], ["number", "1/2"], ["*", 7, 8], ["-", 9, 5], ["number", "3"]]))),
    forgery("region: low above high", "not in order", ("boxes", "if not least <= low <= high or (most is not None and high > most):", "if False:"), ("polynomials", "if low == high else", "if low >= high else"),
            **region(model=model(("1/2", "0", "0", "3")))),
    forgery("region: an end below the least", "not in order", ("boxes", "if not least <= low <= high or", "if not low <= high or"), **region(model=model(("-1", "1/2", "0", "3")))),
    forgery("region: an end above the most", "not in order", ("boxes", " or (most is not None and high > most)", ""), **region(model=model(("0", "2", "0", "1/2")))),
    forgery("region: the event is every cell", "the event is every cell", ("box_model", "if len(event) == len(list(game.cells())):", "if False:"),
            **region("region_entrenched", {"others": []}, event=[["c", "c"], ["c", "d"], ["d", "c"], ["d", "d"]])),
    forgery("region: after the bundle", "not below 0 everywhere", ("boxes", "for reform in decided for edit", "for reform in () for edit"), **region(reforms=RAISED, bundle=["raise"])),
    forgery("region: edits are checked", "a scale is negative", ("box_model", "    check_edits(claim)\n", ""), **region(reforms={"turn": [["x", "scale", "-1"]]}, bundle=["turn"])),
    forgery("region: robust, a reform is undecided", "not below 0 everywhere", ("boxes", "for reform in undecided for edit", "for reform in () for edit"), **region(**ROBUST)),
    forgery("region: robust, the bundle as it is", "not below 0 everywhere", ("boxes", "work(above + max(x, ZERO))", "work(above + x)"),
            **region(robust=True, reforms={"lower": [["x", "add", "-2"]]}, model=WIDE)),
    forgery("region: robust, an addition that lowers", "not below 0 everywhere", ("boxes", "work(below + min(x, ZERO))", "work(below + x)"),
            **region(robust=True, reforms=RAISED, model=model(("1/2", "1/2", "0", "3"), payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("region: robust, a scale that raises", "not below 0 everywhere", ("boxes", "work(more * max(x, ONE))", "more"), **region(robust=True, reforms={"raise": [["x", "scale", "4"]]})),
    forgery("region: robust, a scale that lowers", "not below 0 everywhere", ("boxes", "work(less * min(x, ONE))", "less"),
            **region(robust=True, reforms={"lower": [["x", "scale", "1/4"]]}, model=model(("2", "3", "0", "3"), payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("region: robust, a scale of a negative number", "not below 0 everywhere", ("boxes", "min(low * less, low * more)", "low * less"),
            **region(robust=True, reforms={"more": [["x", "scale", "4"]]}, model=model(("-1/2", "0", "-3", "3"), payoffs=[[[0, 0], [7, 7]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["number", "-1"]]))),
    forgery("region: robust, a scale that brings a negative number near", "not below 0 everywhere", ("boxes", "max(high * less, high * more)", "high * more"),
            **region(robust=True, reforms={"less": [["x", "scale", "1/4"]]}, model=model(("-3", "-2", "-3", "3"), payoffs=[[[7, 7], [0, 0]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["number", "-1"]]))),
    forgery("region: robust, a floor", "not below 0 everywhere", ("boxes", '(x for _, how, x in loose if how == "floor")', "()"), **region(robust=True, reforms={"raise": [["x", "floor", "2"]]})),
    forgery("region: robust, a floor that may not be there", "not below 0 everywhere", ("boxes", 'floors = [x for _, how, x in firm if how == "floor"]', 'floors = [x for _, how, x in (*firm, *loose) if how == "floor"]'),
            **region(robust=True, reforms={"raise": [["x", "floor", "2"]]}, model=model(payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("region: a floor of the bundle", "not below 0 everywhere", ("boxes", 'floors = [x for _, how, x in firm if how == "floor"]', "floors = [ZERO] * 0"), **region(reforms={"raise": [["x", "floor", "2"]]}, bundle=["raise"])),
    forgery("region: a floor lifts the low end only so far", "not below 0 everywhere", ("boxes", "(min(low, most), min(high, most))", "(low, high)"),
            **region(reforms={"raise": [["x", "floor", "3"]]}, bundle=["raise"], model=model(("0", "1/2", "0", "1/2"), payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("region: robust where that is not claimed", "is not claimed robustly", ("region", 'if claim["robust"] and kind != "region_removes":', "if False:"), **region("region_fails", PURE, model=model(("2", "3", "0", "3")), robust=True, reforms=RAISED)),
    forgery("region: robust, neither true nor false", "neither true nor false", ("box_model", "if type(data) is not bool:", "if False:"), **region(robust=0)),
    forgery("region: too many undecided", "too large: more than 60", ("box_model", "if len(others) > MOST_OTHERS:", "if False:"), **region(robust=True, reforms={f"r{k}": [] for k in range(61)})),
    forgery("region: the degree of a payoff", "no polynomial of degree one", ("box_model", "if payoff is None or not is_affine(payoff):", "if payoff is None:"),
            **region(model=model(("0", "2", "0", "3"), payoffs=[[[8, 8], [7, 7]], [[2, 1], [2, 1]]], program=[*X2, ["number", "3"]]))),
    forgery("region: what a program leaves unknown", "no polynomial of degree one", ("box_model", "if payoff is None or not is_affine(payoff):", "payoff = payoff or {}\n        if not is_affine(payoff):"),
            **region(model=model(("0", "2", "0", "3"), payoffs=[[[2, 2], [7, 7]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["max", 0, 2]]))),
    forgery("region: a ratio that is not known", "no polynomial of degree one", ("box_model", "if payoff is None or not is_affine(payoff):", "payoff = payoff or {}\n        if not is_affine(payoff):"),
            **region(model=model(("0", "2", "0", "3"), payoffs=[[[2, 2], [7, 7]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["ratio", 2, 0]]))),
    forgery("region: a quotient by what varies", "divides by zero, or by something", ("polynomials", "if not q or not is_constant(q):", "q = q if q and is_constant(q) else {(): ONE}\n    if False:"),
            **region(model=model(("1/2", "2", "0", "3"), payoffs=[[[2, 2], [7, 7]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["/", 1, 0]]))),
    forgery("region: a quotient by zero", "divides by zero, or by something", ("polynomials", "if not q or not is_constant(q):", "q = q or {(): ONE}\n    if not is_constant(q):"),
            **region(model=model(payoffs=X_OR_ONE, program=[*PROGRAM, ["/", 2, 1]]))),
    forgery("region: the larger of two, the first", "not below 0 everywhere", ("polynomials", "if is_below_zero(over, work):\n        return q", "if is_below_zero(over, work):\n        return p"),
            **region(model=model(("0", "1", "0", "3"), payoffs=[[[8, 8], [9, 9]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["number", "2"], ["number", "3/2"], ["max", 0, 7]]))),
    forgery("region: the larger of two, the second", "not below 0 everywhere", ("polynomials", "return p if is_below_zero({s: -c for s, c in over.items()}, work) else UNKNOWN", "return q if is_below_zero({s: -c for s, c in over.items()}, work) else UNKNOWN"),
            **region(model=model(("1", "2", "0", "3"), payoffs=[[[7, 7], [8, 8]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["number", "3/2"], ["max", 0, 1]]))),
    forgery("region: nothing of nothing", "not below 0 everywhere", ("polynomials", "return quotient(p, q, work) if q else {}", "return quotient(p, q, work) if q else p"),
            **region(model=model(payoffs=[[[7, 7], [8, 8]], [[2, 1], [2, 1]]], program=[*PROGRAM, ["ratio", 2, 1], ["number", "1/2"]]))),
    forgery("region: a product", "not below 0 everywhere", ("polynomials", "monomial = tuple(sorted(left + right))", "monomial = left"),
            **region(model=model(("0", "1", "0", "3"), ("0", "2", "0", "3"), [[[7, 7], [5, 5]], [[2, 1], [2, 1]]], [*PROGRAM, ["number", "3/2"]]))),
    forgery("region: a difference", "not below 0 everywhere", ("polynomials", '"-": lambda p, q, _, work: combined(p, q, -1, work)', '"-": lambda p, q, _, work: combined(q, p, -1, work)'),
            **region(model=model(("1/2", "1", "0", "3"), ("0", "1/4", "0", "1"), [[[1, 1], [4, 4]], [[2, 1], [2, 1]]]))),
    forgery("vector: a player that there is not", "is no player", ("weights", "if player not in game.players:", "if False:"), ("weights", "game.players.index(player)", "0"), **region(vectors=[[["Z", "d", "c", "1"]]])),
    forgery("vector: an action that there is not", "not a deviation", ("weights", "told not in game.actions[i] or ", ""), ("weights", "game.actions[i].index(told)", "1"), **region(vectors=[[["A", "e", "c", "1"]]])),
    forgery("vector: to an action that there is not", "not a deviation", ("weights", "other not in game.actions[i] or ", ""), ("weights", "game.actions[i].index(other)", "0"), **region(vectors=[[["A", "d", "e", "1"]]])),
    forgery("vector: to the same action", "not a deviation", ("weights", "told == other or ", ""), **region(vectors=[[*FROM_D, ["A", "c", "c", "1"]]])),
    forgery("vector: without weight", "or has no weight", ("weights", " or not weight:", ":"), **region(vectors=[[*FROM_D, ["B", "c", "d", "0"]]])),
    forgery("vector: a deviation twice", "has a deviation twice", ("weights", "if len({part[:3] for part in out}) < len(out):", "if False:"), **region(vectors=[[*FROM_D, *FROM_D]])),
    forgery("tree: a vector that there is not", "is not one of the 1 vectors", ("region", 'leaf.vectors[position(len(leaf.vectors), "vectors")(leaf.data)]', "leaf.vectors[leaf.data % 1]"), **region(tree={"correlated": 1})),
    forgery("tree: a leaf of another claim", "neither a cut nor one of correlated, supports", ("region", '"region_removes": ("correlated", "supports")', '"region_removes": ("correlated", "supports", "pure", "others")'), **region(tree={"others": [[["c"], ["c"], "A", 0], [["c"], ["d"], "A", 0], [["c"], ["c", "d"], "A", 0]]}, model=model(("2", "3", "0", "3")), vectors=[[["A", "c", "d", "1"]]])),
    forgery("tree: a cut and a leaf at once", "neither a cut nor", ("pieces", "if keys == BY_REFORM:", "if 'correlated' in keys:\n            yield piece, 'correlated', piece.node['correlated']\n        elif keys == BY_REFORM:"), **region(tree={**cut(), "correlated": 0})),
    forgery("tree: a cut without one side", "neither a cut nor", ("pieces", "elif keys == BY_PARAMETER:", "elif 'at' in keys:"), ("pieces", 'for side, interval in (("below", (low, at)), ("above", (at, high))):', 'for side, interval in (("below", (low, at)),):'), **region(tree={"parameter": "x", "at": "1/4", "below": CORRELATED})),
    forgery("tree: one side of a cut is not shown", 'In the piece "x" above 3/4', ("pieces", 'for side, interval in (("below", (low, at)), ("above", (at, high))):', 'for side, interval in (("below", (low, at)),):'), **region(tree=cut("3/4"), model=WIDE)),
    forgery("tree: the other side of a cut is not shown", 'In the piece "x" below 3/2', ("pieces", 'for side, interval in (("below", (low, at)), ("above", (at, high))):', 'for side, interval in (("above", (at, high)),):'), **region(tree=cut("3/2"), model=model(("0", "2", "0", "3"), payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("tree: a cut outside the interval", "not inside its interval", ("pieces", "if not low < at < high:", "if False:"), **region(tree=cut("-1"))),
    forgery("tree: a cut at the end of the interval", "not inside its interval", ("pieces", "if not low < at < high:", "if not low <= at <= high:"), **region(tree=cut("1/2"))),
    forgery("tree: a cut at a parameter that there is not", "not inside its interval", ("pieces", "if not low < at < high:", "if not low <= at <= high:"), **region(tree=cut("1/2", parameter="z"))),
    forgery("tree: a reform that is not undecided", "not undecided", ("pieces", "if reform not in piece.undecided or piece.is_cut:", "if piece.is_cut:"), ("pieces", "box = after_reforms(claim, decided, left, work)", "box = piece.box"), **region(tree=by("raise"), reforms=RAISED)),
    forgery("tree: a reform below a cut at a parameter", "or below a cut", ("pieces", " or piece.is_cut:", ":"), **region(tree=cut("1/4", by("lower"), by("lower")), robust=True, reforms={"lower": [["x", "add", "-1"]]})),
    forgery("tree: a bundle with the reform is not shown", 'In the piece with "raise"', ("pieces", '(("without", piece.decided), ("with", (*piece.decided, reform)))', '(("without", piece.decided),)'), **region(tree=by("raise"), **ROBUST)),
    forgery("tree: a bundle without the reform is not shown", 'In the piece without "raise"', ("pieces", '(("without", piece.decided), ("with", (*piece.decided, reform)))', '(("with", (*piece.decided, reform)),)'), **region(tree=by("raise"), robust=True, reforms=RAISED, model=model(payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("supports: one that is not listed", 'the supports {"c", "d"} and {"c", "d"} are not excluded', ("region", "if pair not in known:", "if pair not in known:\n            continue\n        if False:"), **region(tree=supports(leave=5))),
    forgery("supports: a pair twice", "listed twice", ("weights", "if pair in out or (", "if ("), **region(tree=supports(SUPPORTS[0]))),
    forgery("supports: by nobody", "neither a player nor joint", ("weights", " or (how != JOINT and how not in game.players)", ""), ("weights", "[game.players.index(how)]", "[0]"), **region(tree=supports([["c", "d"], ["c", "d"], "Z", 0], leave=5))),
    forgery("supports: an action twice", "a support is empty, or has an action twice", ("weights", "len(set(labels)) < len(labels) or ", ""), **region(tree=supports([["c", "d", "d"], ["c", "d"], "A", 0], leave=5))),
    forgery("supports: of an action that there is not", "or one that there is not", ("weights", " or not set(labels) <= set(actions)", ""), ("weights", "frozenset(actions.index(label) for label in labels)", "frozenset(actions.index(label) for label in labels if label in actions)"), **region(tree=supports([["c", "d"], ["c", "d", "e"], "A", 0], leave=5))),
    forgery("supports: an empty one", "a support is empty", ("weights", "if not labels or len(", "if len("), **region(tree=supports([[], ["c", "d"], "A", 0]))),
    forgery("supports: a player called joint", "none of them called joint", ("weights", " or JOINT in game.players:", ":"), **region(tree={"supports": [[i, j, "A", k] for i, j, _, k in SUPPORTS]}, model={**model(), "players": ["A", "joint"]})),
    forgery("supports: a deviation of the other player", "of another player", ("weights", "part.player not in players or ", ""), **region(tree={"supports": [[i, j, "B", k] for i, j, _, k in SUPPORTS]}, model=model(("2", "3", "0", "3"), payoffs=[[[0, 0], [2, 2]], [[2, 1], [2, 1]]]), event=[["d", "c"], ["d", "d"]])),
    forgery("supports: a deviation from an action that is not played", "from an action that is not played", ("weights", " or part.told not in supports[part.player]:", ":"), **region(tree={"supports": [[["c"], ["c"], "A", 0], [["c"], ["c", "d"], "A", 0], [["c", "d"], ["c"], "A", 0], [["c", "d"], ["c", "d"], "A", 0]]}, event=[["c", "c"]])),
    forgery("supports: a negative weight to an action that is not played", "not played is negative", ("weights", "if part.weight < 0 and part.other not in supports[part.player]:", "if False:"), **region(tree={"supports": [[i, j, "A", 1 if i == ["d"] else 2] for i, j, _, _ in SUPPORTS]}, model=model(("2", "3", "0", "3")), vectors=[FROM_D, [["A", "d", "c", "-1"]], [["A", "d", "c", "-1"]]])),
    forgery("supports: the sum is above zero against one action", "not at most 0 everywhere", ("weights", "if not all(is_below_zero(p, work) for p in sums):", "if False:"), **region(model=model(payoffs=[[[2, 1], [0, 2]], [[2, 1], [2, 1]]]), tree={"supports": SUPPORTS[:1] + SUPPORTS[2:4] + SUPPORTS[5:]}, event=[["d", "c"]])),
    forgery("supports: the sum is zero everywhere", "nowhere surely below 0", ("weights", "if not any(is_below_zero(p, work, strictly=True) for p in sums):", "if False:"), **region(model=model(payoffs=INDIFFERENT), tree={"supports": SUPPORTS})),
    forgery("supports: joint, the sum is above zero in one cell", "not at most 0 everywhere", ("weights", "if not all(is_below_zero(p, work) for p in sums):", "if False:"), **region(model=model(payoffs=[[[2, 1], [0, 2]], [[2, 1], [2, 1]]]), tree={"supports": [[i, j, "joint", 0] for i, j, _, _ in SUPPORTS[:1] + SUPPORTS[2:4] + SUPPORTS[5:]]}, event=[["d", "c"]])),
    forgery("supports: joint, zero everywhere", "nowhere surely below 0", ("weights", "if not any(is_below_zero(p, work, strictly=True) for p in sums):", "if False:"), **region(model=model(payoffs=INDIFFERENT), tree={"supports": [[i, j, "joint", 0] for i, j, _, _ in SUPPORTS]})),
    forgery("others: a pair off the event", "are not excluded", ("region", "if pair not in known:", "if pair not in known:\n            continue\n        if False:"), **region("region_entrenched", {"others": []})),
    forgery("fails: an equilibrium off the event", "not where an equilibrium is claimed", ("region", 'if (cell in leaf.event) != (leaf.kind == "region_fails"):', "if False:"), **region("region_fails", {"pure": ["c", "c"]}, vectors=[])),
    forgery("avoidable: an equilibrium on the event", "not where an equilibrium is claimed", ("region", 'if (cell in leaf.event) != (leaf.kind == "region_fails"):', "if False:"), **region("region_avoidable", PURE, vectors=[], model=model(("2", "3", "0", "3")))),
    forgery("fails: no equilibrium at one end of the box", "not an equilibrium throughout", ("region", "if not is_below_zero(total([Weight(i, told, other, -1)], cell, leaf.payoffs, work), work):", "if False:"), **region("region_fails", PURE, vectors=[], model=model(("1/2", "3", "0", "3")))),
    forgery("fails: the second player gains", "not an equilibrium throughout", ("region", "for i, told in enumerate(cell):", "for i, told in list(enumerate(cell))[:1]:"), **region("region_fails", {"pure": ["d", "d"]}, vectors=[], model=model(("2", "3", "0", "3")))),
    forgery("refuted: a point out of the box, above", '"x" = 5/2 is not in the box', ("region_refuted", "if not low <= point[parameter] <= high:", "if not low <= point[parameter]:"), **refuted({"x": "5/2", "y": "0"})),
    forgery("refuted: a point out of the box, below", '"x" = 2 is not in the box', ("region_refuted", "if not low <= point[parameter] <= high:", "if not point[parameter] <= high:"), **refuted(model=model(("5/2", "3", "0", "3")))),
    forgery("refuted: a parameter without a number", "does not give each parameter", ("region_refuted", "if set(point) != set(box):", "if False:"), ("region_refuted", "point[parameter] <= high", "point.setdefault(parameter, low) <= high"), **refuted({"x": "2"})),
    forgery("refuted: no equilibrium", "is no equilibrium there", ("region_refuted", "if gain > 0:", "if False:"), **refuted({"x": "1/2", "y": "0"})),
    forgery("refuted: not on the event", "puts no probability on it", ("region_refuted", "if not any(all(profile[i][a] for i, a in enumerate(cell)) for cell in event):", "if False:"), **refuted({"x": "1/2", "y": "0"}, [["1", "0"], ["1", "0"]])),
    forgery("refuted: after the bundle", "is no equilibrium there", ("region_refuted", 'for reform in (*claim["bundle"], *added) for edit', "for reform in added for edit"), **refuted(reforms={"lower": [["x", "add", "-2"]]}, bundle=["lower"])),
    forgery("refuted: what may not be added", "not among the reforms that may be added", ("region_refuted", 'if added and not set(distinct(added, "added")) <= set(others):', "if False:"), **refuted({"x": "1/2", "y": "0"}, added=["raise"], reforms=RAISED)),
    forgery("refuted: added twice", "added is empty, or has something twice", ("region_refuted", 'set(distinct(added, "added"))', "set(added)"), **refuted({"x": "0", "y": "0"}, added=["more", "more"], reforms={"more": [["x", "add", "3/4"]]}, robust=True)),
    forgery("refuted: divides by zero", "divides by zero", ("region_refuted", 'return sentence, "There the payoff formula divides by zero"', 'return sentence, ""'), **refuted(model=model(("0", "2", "0", "3"), program=[*PROGRAM, ["/", 2, 1]]))),
    forgery("bounds: the inequality fails", "the inequality fails", ("region_bounds", "if not is_below_zero(out, work):", "if False:"), **bounds({"event": ON_D}, "0", model=WIDE)),
    forgery("bounds: at least, the other way around", "the inequality fails", ("region_bounds", '1 if claim["relation"] == "<=" else -1', "1"), **bounds({"payoff": "A"}, "1", ">=", vectors=[[["A", "d", "c", "1"], ["B", "d", "c", "1/9"]]], model=model(("0", "1/2", "0", "3"), payoffs=[[[0, 0], [0, 0]], [[2, 1], [2, 1]]]))),
    forgery("bounds: the scale of the weights", "the inequality fails", ("region_bounds", "side * factor * vector.scale * c", "side * factor * c"), **bounds({"event": ON_D}, "0", vectors=[[["A", "d", "c", "3/2"]]], model=model(("0", "1/2", "0", "3")))),
    forgery("bounds: a negative weight", "a weight is negative", ("region_bounds", 'if any(part.weight < 0 for part in vector.parts):\n        return "a weight is negative"', "if False:\n        pass"), **bounds({"event": ON_D}, "0", vectors=[[["A", "d", "c", "-1"]]], model=model(("2", "3", "0", "3")))),
    forgery("bounds: a probability out of its range", "says nothing", ("region_bounds", 'if not 0 <= v <= 1 or v == (relation == "<="):', 'if v == (relation == "<="):'), **bounds({"event": ON_D}, "2")),
    forgery("bounds: what is so of every game", "says nothing", ("region_bounds", 'if not 0 <= v <= 1 or v == (relation == "<="):', "if not 0 <= v <= 1:"), **bounds({"event": ON_D}, "1", vectors=[[["B", "d", "c", "1/9"]]])),
    forgery("bounds: a relation that is none", "is not one of <=, >=", ("region_bounds", "if relation not in BOUNDS:", "if False:"), ("region_bounds", 'puts probability {BOUNDS[relation]}', 'puts probability {BOUNDS.get(relation)}'), ("region_bounds", "gives {quoted(player)} {BOUNDS[relation]}", "gives {quoted(player)} {BOUNDS.get(relation)}"), **bounds({"payoff": "A"}, "1", "<", model=model(("2", "3", "0", "3")), vectors=[[["B", "d", "c", "1/9"]]])),
    forgery("bounds: a player that there is not", "is no player", ("region_bounds", "if player not in game.players:", "if False:"), ("region_bounds", "i = game.players.index(player)", "i = 0"), **bounds({"payoff": "Z"}, "9", vectors=[[["B", "d", "c", "1/9"]]])),
]  # fmt: skip
