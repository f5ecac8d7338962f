"""Claims about a hierarchy: offices on a tree, a mandate along every path from the root to a leaf, one action each."""

from __future__ import annotations

from itertools import product

from .budget import Cell, Claims, Data, Finding, Refused, Work
from .dominance import Table, is_equilibrium, scaled, surviving
from .names import listed, name
from .offices import HIERARCHY, Tree, shape_of, tree_of
from .programs import outputs_of, program_of, run
from .reading import anything, distinct, tensor
from .reforms import PARAMETERS, REFORMS, bundles_of, capital


def no_mandate_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """No mandate of a hierarchy is in the event in any Nash or correlated equilibrium or rationalizable profile."""
    tree, event = tree_of(claim["game"]), event_of(claim["game"], claim["event"])
    tables = [tensor(data, shape_of(tree, kind), "payoffs") for kind, data in enumerate(claim["game"]["payoffs"])]
    return sentence_of(tree, claim, "In"), mandate_in(tree, event, scaled(tables, work), "", work)


def bundle_frees_mandates(claim: Data, proof: Data, work: Work) -> Finding:
    """The same of a hierarchy after a bundle of reforms (robust: and after every larger one).

    The payoffs of each kind of mandate are registers of a program over parameters.
    """
    model, robust = claim["model"], claim["kind"] == "bundle_frees_mandates_robustly"
    tree, event = tree_of(model), event_of(model, claim["event"])
    program = program_of(model["program"], model["parameters"])
    outputs = [outputs_of(data, shape_of(tree, kind), program) for kind, data in enumerate(model["payoffs"])]
    when, bundles = bundles_of(claim, work, robust=robust)
    sentence = sentence_of(tree, claim, f"{capital(when)}, in")
    for when, values in bundles:
        try:
            registers = run(program, values, work)
        except ZeroDivisionError:
            return sentence, f"{capital(when)} the payoff formula divides by zero"
        tables = [{where: registers[k] for where, k in output.items()} for output in outputs]
        if failure := mandate_in(tree, event, scaled(tables, work), f"{when} ", work):
            return sentence, failure
    return sentence, ""


def mandate_in(tree: Tree, event: set[Cell], tables: list[Table], when: str, work: Work) -> str:
    """An equilibrium with a mandate in the event, in words; "" where dominance excludes it, or Refused."""
    kept = surviving(tree, tables, work)
    last = {(tree.above[leaf], leaf) for leaf in tree.kinds}
    left = [pair for pair in sorted(last) if event & set(product(kept[pair[0]], kept[pair[1]]))]
    if not left:
        return ""
    for end, words in ((0, "first"), (-1, "last")):
        plays = [pattern[end] for pattern in kept]
        pair = next((pair for pair in left if (plays[pair[0]], plays[pair[1]]) in event), None)
        if pair is not None and is_equilibrium(tree, tables, plays, work):
            acts = listed(tree.labels(office)[plays[office]] for office in pair)
            found = f"{when}a Nash equilibrium is that all play the {words} action that elimination leaves them; in it"
            return f"{found} offices {pair[0]} and {pair[1]} play ({acts})"
    raise Refused(
        f"{when}elimination of dominated actions does not decide it: {len(left)} of {len(tree.kinds)} mandates may be "
        f"in the event, that of office {left[0][1]} first"
    )


def event_of(data: Data, pairs: list[tuple[str, str]]) -> set[Cell]:
    """Actions of the office above a leaf and of the leaf."""
    above, leaf = data["actions"]
    if any(upper not in above or lower not in leaf for upper, lower in pairs):
        raise Refused("the event has something that is not an action of the office above a leaf and one of the leaf")
    return set(distinct([(above.index(upper), leaf.index(lower)) for upper, lower in pairs], "event"))


def sentence_of(tree: Tree, claim: Data, start: str) -> str:
    event = ", ".join(f"({listed(pair)})" for pair in claim["event"])
    return (
        f"{start} this hierarchy of {len(tree.above)} offices with {len(tree.kinds)} mandates, one along each path "
        "from the root to a leaf, where an office gets the sum over its mandates, no Nash equilibrium, correlated "
        f"equilibrium or rationalizable profile puts any probability on {event} of the office above a leaf and the leaf"
    )


EVENT = [(name, name)]
MODEL = {**HIERARCHY, "parameters": PARAMETERS, "program": [anything]}
REFORMED = {"model": MODEL, **REFORMS, "event": EVENT}
CLAIMS: Claims = {
    "no_mandate_avoids": (no_mandate_avoids, {"game": HIERARCHY, "event": EVENT}, {}),
    "bundle_frees_mandates": (bundle_frees_mandates, REFORMED, {}),
    "bundle_frees_mandates_robustly": (bundle_frees_mandates, REFORMED, {}),
}
