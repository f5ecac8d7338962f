# ruff: noqa: E501  # one forgery is one row of a table
"""Forgeries about models after reforms: programs, edits, bundles, measures, hierarchies."""

from __future__ import annotations

from typing import Any

from forging.forgery import Forgery, forgery

LEAF = {"players": ["A", "B"], "actions": [["c", "d"], ["c", "d"]]}
# register 0: x, 1: the number 0, 2: the number 1, 3: the number 2; A's c beats d by 1 - x, B's by 1
PROGRAM: list[Any] = [["parameter", "x"], ["number", "0"], ["number", "1"]]
RAISED = {"raise": [["x", "add", "2"]]}


def model(parameters: Any = None, program: Any = None, payoffs: Any = None) -> Any:
    """A loves d once x is above 1; B always plays c."""
    return {
        **LEAF,
        "parameters": {"x": ["0", "0", "3"]} if parameters is None else parameters,
        "program": PROGRAM if program is None else program,
        "payoffs": [[[2, 2], [0, 0]], [[2, 1], [2, 1]]] if payoffs is None else payoffs,
    }


def removes(**changes: Any) -> dict[str, Any]:
    kept = {
        "kind": "bundle_removes",
        "model": model(),
        "reforms": RAISED,
        "bundle": [],
        "event": [["d", "c"], ["d", "d"]],
    }
    return {**kept, **changes}


BUNDLE_ONLY = (
    "reforms",
    "every = larger_bundles(bundle, reforms if robust else ())",
    "every = larger_bundles(bundle, ())",
)
FIRST_ONLY = ("reforms", "for size in range(len(others) + 1)", "for size in range(min(2, len(others) + 1))")
BOTH = {"half": [["x", "add", "3/4"]], "other half": [["x", "add", "3/4"]]}
NO_EQUILIBRIUM_TEST = ("bundles", "        if failure:", "        if False:")

P4 = {
    "value": ["1", "0", None],
    "time": ["1", "0", None],
    "letter_time": ["1", "0", None],
    "letter_cost": ["0", "0", None],
}
MARK = {"strain": ["1", "0", None], "penalty": ["10", "0", None], "noise": ["1", "0", None], "capacity": ["2", "0", None], "cap": ["1", "0", None]}  # fmt: skip
TEAM = {"reward": ["1", "0", None], "exposure": ["1", "0", None], "accountability": ["1", "0", None], "tolerance": ["0", "0", "1"]}  # fmt: skip


def bounds(mechanism: str = "departments", size: int = 2, parameters: Any = None, **changes: Any) -> dict[str, Any]:
    numbers = {"departments": P4, "markup": MARK, "team": TEAM}[mechanism]
    kept = {
        "kind": "bundle_bounds", "model": {"mechanism": mechanism, "size": size, "parameters": parameters or numbers},
        "reforms": {}, "bundle": [], "measure": "paperwork_share", "relation": "<=", "bound": "1/4",
    }  # fmt: skip
    return {**kept, **changes}


def moved(start: Any, **changes: Any) -> Any:
    return {**start, **changes}


PUSHED = [[["0", "0"], ["1", "1"]], [["0", "1"], ["0", "1"]]]  # both prefer the second action
TOGETHER = [[["1", "0"], ["0", "1"]], [["1", "0"], ["0", "1"]]]


def nation(
    payoffs: Any = None, event: Any = None, tree: Any = None, mandates: Any = None, **changes: Any
) -> dict[str, Any]:
    game = {
        "tree": {"above": [-1, 0]} if tree is None else tree,
        "actions": [["assist", "push"], ["work", "fake"]],
        "mandates": [[0, 1]] if mandates is None else mandates,
        "payoffs": [PUSHED] if payoffs is None else payoffs,
    }
    return {
        "kind": "no_mandate_avoids",
        "game": game,
        "event": [["push", "fake"]] if event is None else event,
        **changes,
    }


UNDECIDED = (
    "network",
    '    raise Refused(\n        f"{when}elimination',
    '    return ""\n    raise Refused(\n        f"{when}elimination',
)
OFF = [["assist", "work"]]

FORGERIES: list[Forgery] = [
    forgery("bundle: an equilibrium is on the event", 'After {"raise"}: the Nash equilibrium', NO_EQUILIBRIUM_TEST, **removes(bundle=["raise"])),
    forgery("robust: a larger bundle fails", 'After {"raise"}: the Nash equilibrium', BUNDLE_ONLY, **removes(kind="bundle_is_robust")),
    forgery("robust: only two more together fail", 'After {"half", "other half"}', FIRST_ONLY, **removes(kind="bundle_is_robust", reforms=BOTH)),
    forgery("bundle: scale after add", 'After {"more", "half"}', ("reforms", "for kind, operation in EDITS.items():", "for kind, operation in reversed(EDITS.items()):"),
            **removes(model=model({"x": ["1/2", "0", "3"]}), reforms={"more": [["x", "add", "1"]], "half": [["x", "scale", "1/2"]]}, bundle=["more", "half"])),
    forgery("bundle: the floor comes last", 'After {"down"}', ("reforms", '"add": operator.add, "floor": max}', '"floor": max, "add": operator.add}'),
            **removes(reforms={"down": [["x", "add", "-3/2"], ["x", "floor", "2"]]}, bundle=["down"])),
    forgery("bundle: the same edit counts in every reform", 'After {"half", "other half"}', ("reforms", "[edit for reform in chosen for edit in reforms[reform]]", "[edit for reform in chosen[:1] for edit in reforms[reform]]"),
            **removes(reforms=BOTH, bundle=["half", "other half"])),
    forgery("range: clipped to the most", 'After {"raise"}', ("reforms", "values[parameter] if high is None else min(values[parameter], high)", "values[parameter]"),
            **removes(model=model({"x": ["0", "0", "1/2"]}, PROGRAM, [[[0, 0], [2, 2]], [[2, 1], [2, 1]]]), bundle=["raise"])),
    forgery("range: clipped to the least", 'After {"lower"}', ("reforms", "values[parameter] = max(values[parameter], low)", "values[parameter] = values[parameter]"),
            **removes(model=model({"x": ["2", "3/2", "3"]}, PROGRAM), reforms={"lower": [["x", "add", "-2"]]}, bundle=["lower"])),
    forgery("range: the value above the most", "not within its range", ("reforms", "if value < least or (most is not None and value > most):", "if value < least:"),
            **removes(model=model({"x": ["2", "0", "1/2"]}))),
    forgery("range: the value below the least", "not within its range", ("reforms", "if value < least or (most is not None and value > most):", "if most is not None and value > most:"),
            **removes(model=model({"x": ["-1", "0", "3"]}))),
    forgery("range: value, least and most in a wrong order", "not within its range", ("reforms", "if value < least or (most is not None and value > most):", "if False:"),
            **removes(model=model({"x": ["3/10", "9/10", "1"]}))),
    forgery("edit: a negative scale", "a scale is negative", ("reforms", 'if any(how == "scale" and amount < 0', 'if any(False and how == "scale" and amount < 0'),
            **removes(reforms={"turn": [["x", "scale", "-1"]]}, bundle=["turn"])),
    forgery("edit: of no parameter", "is not an edit", ("reforms", "if parameter not in parameters or how not in EDITS:", "if how not in EDITS:"),
            **removes(reforms={"raise": [["y", "add", "2"]]})),
    forgery("edit: of no kind", "is not an edit", ("reforms", "if parameter not in parameters or how not in EDITS:", "if parameter not in parameters:"), ("about", "SIGNS[how]", "SIGNS.get(how)"),
            **removes(reforms={"raise": [["x", "double", "2"]]}, bundle=["raise"], event=[["c", "d"]])),
    forgery("bundle: a reform that is not listed", "not among the reforms of the claim", ("reforms", '<= set(reforms):', '<= set(reforms) | {"thin air"}:'), ("reforms", "for edit in reforms[reform]]", "for edit in reforms.get(reform, [])]"), ("about", 'reforms[name]) for name in claim["bundle"]]', 'reforms.get(name, [])) for name in claim["bundle"]]'),
            **removes(bundle=["thin air"])),
    forgery("bundle: a reform twice", "has something twice", ("reforms", 'set(distinct(claim["bundle"], "bundle"))', 'set(claim["bundle"])'),
            **removes(reforms={"half": [["x", "add", "1/4"]]}, bundle=["half", "half"])),
    forgery("robust: too many other reforms", "too large", ("reforms", "if 2 ** min(len(others), 99) > MOST_BUNDLES:", "if False:"), ("reforms", "for size in range(len(others) + 1)", "for size in range(1)"),
            **removes(kind="bundle_is_robust", reforms={f"r{k}": [] for k in range(17)})),
    forgery("program: divides by zero", "divides by zero", ("bundles", 'return sentence, f"{capital(when)} the payoff formula divides by zero"', 'return sentence, ""'),
            **removes(model=model(program=[*PROGRAM, ["/", 2, 1]], payoffs=[[[2, 2], [0, 0]], [[2, 1], [3, 1]]]))),
    forgery("program: a step that is none", "is not a step", ("programs", 'raise Refused(f"step {len(out)} of the program ({shown(how)}) is not a step")', 'out.append(("number", rational("0")))'),
            **removes(model=model(program=[*PROGRAM, ["sin", 0, 0]]))),
    forgery("program: a parameter that is none", "is not a step", ("programs", " and step[1] in parameters:", ":"), ("programs", "values[inputs[0]]", "values.get(inputs[0])"),
            **removes(model=model(program=[*PROGRAM, ["parameter", "y"]]))),
    forgery("program: a register not yet filled", "registers filled so far", ("programs", "position(len(out), REGISTERS)", "position(99, REGISTERS)"), ("programs", "registers: list[Fraction] = []", "registers = [ZERO] * 0\n    program = [s if s[0] in ('parameter', 'number') else ('number', ZERO) for s in program]"),
            **removes(model=model(program=[*PROGRAM, ["+", 4, 0]]))),
    forgery("program: a minus is no plus", "the Nash equilibrium", ("programs", '"-": operator.sub', '"-": operator.add'),
            **removes(model=model({"x": ["1/2", "0", "3"]}, [*PROGRAM, ["-", 2, 0], ["+", 2, 2], ["-", 3, 4]], [[[5, 5], [1, 1]], [[2, 1], [2, 1]]]))),
    forgery("program: a product is no sum", "the Nash equilibrium", ("programs", '"*": operator.mul', '"*": operator.add'),
            **removes(model=model({"x": ["1/2", "0", "3"]}, [*PROGRAM, ["*", 0, 0], ["number", "1/3"]], [[[3, 3], [4, 4]], [[2, 1], [2, 1]]]))),
    forgery("program: a quotient is no product", "the Nash equilibrium", ("programs", '"/": operator.truediv', '"/": operator.mul'),
            **removes(model=model({"x": ["2", "0", "3"]}, [*PROGRAM, ["/", 2, 0]], [[[3, 3], [2, 2]], [[2, 1], [2, 1]]]))),
    forgery("program: the larger of two", "the Nash equilibrium", ("programs", '"max": max', '"max": min'),
            **removes(model=model({"x": ["2", "0", "3"]}, [*PROGRAM, ["max", 0, 2]], [[[2, 2], [3, 3]], [[2, 1], [2, 1]]]), event=[["d", "c"]]) | {"model": model({"x": ["0", "0", "3"]}, [*PROGRAM, ["number", "1/2"], ["max", 0, 2]], [[[3, 3], [4, 4]], [[2, 1], [2, 1]]])}),
    forgery("program: nothing of nothing", "the Nash equilibrium", ("programs", "x / y if y else ZERO", "x / y if y else x"),
            **removes(model=model({"x": ["0", "0", "3"]}, [*PROGRAM, ["ratio", 2, 0], ["number", "1/2"]], [[[3, 3], [4, 4]], [[2, 1], [2, 1]]]))),
    forgery("bound: the measure is beyond it", "paperwork_share is above 1/4", ("measures", "if side not in SIGNS[side_wanted]:", "if False:"), **bounds()),
    forgery("bound: at most is not below", "paperwork_share is equal to 1/2", ("measures", '"<": (-1,)', '"<": (-1, 0)'), **bounds(relation="<", bound="1/2")),
    forgery("bound: at least is not above", "paperwork_share is equal to 1/2", ("measures", '">": (1,)', '">": (1, 0)'), **bounds(relation=">", bound="1/2")),
    forgery("bound: robust, a larger bundle fails", 'After {"dear"} paperwork_share is below', BUNDLE_ONLY,
            **bounds(kind="bundle_bounds_robustly", relation=">=", reforms={"dear": [["letter_cost", "add", "5"]]})),
    forgery("bound: where a parameter must be positive", "for which the game is not defined", ("measures", "or (value == 0 and parameter in mechanism.POSITIVE)", ""),
            **bounds("markup", parameters=moved(MARK, cap=["0", "0", None], noise=["0", "0", None], penalty=["0", "0", None]), measure="layer_markup", bound="1")),
    forgery("bound: where a parameter is negative", "for which the game is not defined", ("measures", "value < 0 or ", ""),
            **bounds(parameters=moved(P4, letter_cost=["-1/2", "-1", None]), relation=">=", bound="0")),
    forgery("bound: one department alone", "one department alone", ("departments", "if size < 2:", "if False:"), **bounds(size=1, bound="0")),
    forgery("bound: a parameter missing", "the parameters are not", ("measures", "if set(data[\"parameters\"]) != set(mechanism.PARAMETERS):", "if False:"), ("team", 'p["tolerance"]', 'p.get("tolerance", 1)'),
            **bounds("team", parameters={k: v for k, v in TEAM.items() if k != "tolerance"}, measure="effort", bound="1/2")),
    forgery("bound: a measure that there is not", "is not one of effort", ("measures", "if measure not in mechanism.MEASURES:", "if False:"), **bounds("team", measure="happiness", bound="1")),
    forgery("bound: a size below one", "is not at least 1", ("measures", "if whole(data) < 1:", "if False:"), **bounds("team", size=-1, measure="effort", bound="1")),
    forgery("team: effort is no less than nothing", "effort is above -1", ("team", "max(ZERO, work(p[\"reward\"] / size - personal))", "work(p[\"reward\"] / size - personal)"),
            **bounds("team", parameters=moved(TEAM, accountability=["9", "0", None]), measure="effort", bound="-1")),
    forgery("team: reward is shared", "effort is below 1/2", ("team", 'p["reward"] / size', 'p["reward"]'),
            **bounds("team", parameters=moved(TEAM, exposure=["0", "0", None]), size=4, measure="effort", relation=">=", bound="1/2")),
    forgery("team: what tolerance waives", "effort is below 1/4", ("team", '(1 - p["tolerance"])', '(1 - p["tolerance"] - p["tolerance"])'),
            **bounds("team", parameters=moved(TEAM, tolerance=["3/5", "0", "1"], reward=["6/5", "0", None]), measure="effort", relation=">=", bound="1/4")),
    forgery("departments: letters of one, not of all", "letters is below 1/2", ("departments", 'letters / size if measure == "letters"', 'letters if measure == "letters"'),
            **bounds(measure="letters", relation=">=", bound="1/2")),
    forgery("departments: letters cost", "paperwork_share is below 1/2", ("departments", 'work(work(p["value"] * p["letter_time"]) + p["letter_cost"])', 'work(work(p["value"] * p["letter_time"]))'),
            **bounds(parameters=moved(P4, letter_cost=["1", "0", None]), relation=">=", bound="1/2")),
    forgery("markup: the bound is below the least", "target_factor is above 1/2", ("markup", "if bound < least:", "if False:"), ("markup", "if bound == least:", "if bound <= least:"),
            **bounds("markup", parameters=moved(MARK, penalty=["0", "0", None]), measure="target_factor", bound="1/2")),
    forgery("markup: no room", "layer_markup is equal to 0", ("markup", 'p["cap"] > 0 and ', ""),
            **bounds("markup", parameters=moved(MARK, cap=["0", "0", None]), measure="layer_markup", relation=">", bound="0")),
    forgery("markup: no penalty", "layer_markup is equal to 0", ("markup", 'if p["penalty"] == 0:\n        return -1', 'if p["penalty"] == 0:\n        return 1'),
            **bounds("markup", parameters=moved(MARK, penalty=["0", "0", None]), measure="layer_markup", relation=">", bound="0")),
    forgery("markup: at the cap", "layer_markup is equal to 1", ("markup", "return min(_falls(b, p, work), 0)", "return _falls(b, p, work)"),
            **bounds("markup", measure="layer_markup", relation=">", bound="1")),
    forgery("markup: a bound beyond the cap", "layer_markup is below 2", ("markup", ' < 0:  # ln B', ' > 9:  # ln B'),
            **bounds("markup", parameters=moved(MARK, penalty=["1000", "0", None]), measure="layer_markup", relation=">", bound="2")),
    forgery("markup: the target factor over several layers", "target_factor is above 3", ("markup", "return max(low // size, 0), -(-high // size)", "return max(low, 0), high"),
            **bounds("markup", size=4, measure="target_factor", bound="3")),
    forgery("markup: overload is over capacity", "overload is above 1", ("markup", 'work(bound * p["capacity"])', "bound * 99"),
            **bounds("markup", size=4, measure="overload", bound="1")),
    forgery("markup: the slope falls", "layer_markup is above 1/2", ("markup", "return low - more_half - ceil(more_square), high - less_half - floor(less_square)", "return -1, -1"),
            **bounds("markup", measure="layer_markup", bound="1/2")),
    forgery("network: an equilibrium has it", "a Nash equilibrium is that all play", ("network", "if pair is not None and is_equilibrium(tree, tables, plays, work):", "if False:"), UNDECIDED, **nation()),
    forgery("network: elimination does not decide", "does not decide it", UNDECIDED, **nation([TOGETHER], event=[["push", "work"]])),
    forgery("network: only strict dominance strikes", "a Nash equilibrium is that", ("dominance", "if gain > 0 and a in kept[office] and b", "if gain >= 0 and a in kept[office] and b"), **nation([[[["0", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]], event=OFF)),
    forgery("network: the event is empty", "event is empty", ("network", 'distinct([(above.index(upper), leaf.index(lower)) for upper, lower in pairs], "event")', "[(above.index(upper), leaf.index(lower)) for upper, lower in pairs]"), **nation(event=[])),
    forgery("network: the event has no such action", "not an action", ("network", "if any(upper not in above or lower not in leaf for upper, lower in pairs):", "if False:"), ("network", "above.index(upper), leaf.index(lower)", "above.index(upper), 0"), **nation(event=[["push", "sleep"]])),
    forgery("network: more mandates than leaves", "over the 1 leaves", ("offices", ' or sum(n for _, n in data["mandates"]) != len(leaves)', ""), **nation(event=OFF, mandates=[[0, 2]])),
    forgery("network: a run of no mandates", "are not runs of", ("offices", 'any(count < 1 for _, count in data["mandates"]) or ', ""), **nation(event=OFF, mandates=[[0, 1], [0, 0]])),
    forgery("network: a tree that is none", "which office before it", ("offices", " or above[0] != -1", ""), **nation(event=OFF, tree={"above": [-2, 0]})),
    forgery("network: an office above itself", "which office before it", ("offices", " or not all(0 <= a < k for k, a in enumerate(above) if k)", ""), ("offices", "inner = set(above)", "above[2] = 0\n    inner = set(above)"), **nation(event=OFF, tree={"above": [-1, 0, 2]}, mandates=[[0, 2]])),
    forgery("network: sizes that fall", "do not start with 1, or fall", ("offices", " or any(low < high for high, low in pairwise(sizes))", ""), **nation([[[[["0", "0"], ["0", "0"]], [["1", "1"], ["1", "1"]]], [[["0", "0"], ["1", "1"]], [["0", "0"], ["1", "1"]]], [[["0", "1"], ["0", "1"]], [["0", "1"], ["0", "1"]]]], PUSHED], event=OFF, tree={"sizes": [1, 2, 1]}, mandates=[[1, 1], [0, 1]])),
    forgery("network: no table for a kind", "one table of payoffs for each kind", ("offices", 'if sorted(lengths) != list(range(len(data["payoffs"]))):', "if False:"), ("network", 'enumerate(claim["game"]["payoffs"])]', 'enumerate(claim["game"]["payoffs"][:1])]'), **nation([PUSHED, PUSHED], event=OFF)),
    forgery("network: robust, a larger bundle fails", 'after {"raise"} a Nash equilibrium', BUNDLE_ONLY, kind="bundle_frees_mandates_robustly", reforms=RAISED, bundle=[], event=[["push", "work"]],
            model={"tree": {"above": [-1, 0]}, "actions": [["assist", "push"], ["work", "fake"]], "mandates": [[0, 1]], "parameters": {"x": ["0", "0", "3"]}, "program": PROGRAM, "payoffs": [[[[2, 2], [0, 0]], [[2, 1], [2, 1]]]]}),
    forgery("network: the program divides by zero", "divides by zero", ("network", 'return sentence, f"{capital(when)} the payoff formula divides by zero"', 'return sentence, ""'), kind="bundle_frees_mandates", reforms=RAISED, bundle=[], event=[["push", "work"]],
            model={"tree": {"above": [-1, 0]}, "actions": [["assist", "push"], ["work", "fake"]], "mandates": [[0, 1]], "parameters": {"x": ["0", "0", "3"]}, "program": [*PROGRAM, ["/", 2, 1]], "payoffs": [[[[2, 2], [0, 0]], [[2, 1], [2, 3]]]]}),
]  # fmt: skip
