"""A mutation run over the checker: is anything in it that no certificate of the tests needs?

``python tests/certificates/forging/mutants.py [MODULE ...]`` changes one operator, condition, number or statement of
the checker at a time and asks what it then says of every forgery, of a certificate of each kind, and of the files
below. A mutant is killed where some document is judged otherwise: proved, not proved, refused, or in other words.

Not mutated: messages, annotations and docstrings; the metering of work (how dear an operation is, is a matter of speed;
that every check ends is tested elsewhere); ``command`` and ``__main__``, which are tested as programs.
"""

from __future__ import annotations

import ast
import copy
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[3]))

from forging.altered import altered, outcome, sources

COMPARISONS: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE], ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.In: [ast.NotIn], ast.NotIn: [ast.In], ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil", "sorted": "list"}
SKIPPED = ("command", "__main__", "__init__", "about")
SECONDS = 20  # that one document may take with a mutant
MOST_EDITS = 8  # of one certificate that are tried
METER = ("spend", "spend_on")
EQUIVALENT = {  # (module, the beginning of a description): why no document can tell the mutant apart
    ("dominance", "gain > 0 and a in kept[office] and (b in kept"): "what is gone is dominated by what is kept",
    ("dominance", "if tree.above[office] != tree.above[office - 1]"): "a path is computed again, the same",
    ("dominance", "office == 1"): "a path is computed again, the same",
    ("dominance", "if key not in known"): "known gains are computed again",
    ("dominance", "if total or count > 1"): "a shortcut where the sum has one term",
    ("dominance", "count > 1"): "a shortcut where the sum has one term",
    ("dominance", "below[office] = {}"): "memory is freed",
    ("dominance", "if a != b"): "the gain of an action over itself is 0",
    ("exclusion", "if len(mixed) > 1"): "a shortcut where the mixture has one term",
    ("exclusion", "len(mixed) > 1"): "a shortcut where the mixture has one term",
    ("exclusion", "20000: 20001"): "a limit on effort",
    ("exclusion", "count += 1"): "a limit on effort",
    ("exclusion", "count > MOST_PIECES"): "a limit on effort",
    ("exclusion", "100: 101"): "how a point is rounded for a message",
    ("exclusion", "if weight"): "terms of weight 0 are left out",
    ("exclusion", "if b != a"): "no action beats itself",
    ("exclusion", "sorted"): "the order in which pieces are looked at",
    ("equilibria", "sorted"): "the order in which cells are looked at",
    ("equilibria", "min(z) <= 0: Lt"): "a vertex with z_c = 0 is found again without c",
    ("weights", "part.weight < 0: LtE"): "weights are never 0",
    ("offices", "sorted"): "the kinds are numbered as they come",
}


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Line, description and mutated copy."""
    for path, node in walk(tree, ()):
        for what, change in changes(node):
            mutated = copy.deepcopy(tree)
            target: Any = mutated
            for field, index in path:
                target = getattr(target, field) if index is None else getattr(target, field)[index]
            change(target, mutated, path)
            yield node.lineno, what, ast.fix_missing_locations(mutated)


def walk(node: ast.AST, path: tuple[tuple[str, int | None], ...]) -> Iterator[tuple[Any, Any]]:
    """Expressions and statements that do something, with the way to each."""
    if isinstance(node, ast.expr | ast.stmt):
        yield path, node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list") or isinstance(node, ast.JoinedStr | ast.Raise):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not is_left_alone(child):
                yield from walk(child, (*path, (field, index)))


def is_left_alone(node: ast.AST) -> bool:
    """Docstrings, messages, metering, imports and types."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.AnnAssign | ast.ClassDef):
        return not (isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict))
    if isinstance(node, ast.Expr):
        called = getattr(node.value, "func", None)
        return isinstance(node.value, ast.Constant) or getattr(called, "attr", getattr(called, "id", "")) in METER
    if isinstance(node, ast.FunctionDef):
        return node.name in ("spend", "spend_on", "__call__")
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id in ("Cell", "Point", "Vector", "Profile", "Simplex", "Piece", "Corner", "Claims")
    return False


def changes(node: Any) -> Iterator[tuple[str, Any]]:
    """Descriptions, and functions that change a copy of the node in place."""
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            for other in COMPARISONS.get(type(op), []):
                yield f"{ast.unparse(node)}: {other.__name__}", lambda n, *_, k=k, o=other: n.ops.__setitem__(k, o())
    if isinstance(node, ast.BoolOp):
        yield (
            f"{ast.unparse(node)}: and/or",
            lambda n, *_: setattr(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And()),
        )
        for k in range(len(node.values)):
            yield f"{ast.unparse(node)}: without {ast.unparse(node.values[k])}", lambda n, *_, k=k: n.values.pop(k)
    if isinstance(node, ast.BinOp) and not isinstance(node.left, ast.Constant | ast.JoinedStr | ast.Dict):
        yield (
            f"{ast.unparse(node)}: {ARITHMETIC[type(node.op)].__name__}",
            lambda n, *_: setattr(n, "op", ARITHMETIC[type(n.op)]()),
        )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield f"{ast.unparse(node)}: without {type(node.op).__name__}", _replaced_by_operand
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        for value in (True, False):
            if not (isinstance(node, ast.While) and value):
                yield (
                    f"if {ast.unparse(node.test)}: {value}",
                    lambda n, *_, v=value: setattr(n, "test", ast.Constant(v)),
                )
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value}: {node.value + 1}", lambda n, *_: setattr(n, "value", n.value + 1)
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value}: {not node.value}", lambda n, *_: setattr(n, "value", not n.value)
    if isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield f"{node.id}: {NAMES[node.id]}", lambda n, *_: setattr(n, "id", NAMES[n.id])
    if isinstance(node, ast.comprehension) and node.ifs:
        yield "a filter", lambda n, *_: n.ifs.clear()
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for k, part in enumerate(node.generators):
            for j, test in enumerate(part.ifs):
                yield f"if {ast.unparse(test)}: dropped", lambda n, *_, k=k, j=j: n.generators[k].ifs.pop(j)
    if isinstance(node, ast.AugAssign | ast.Continue | ast.Break) or (
        isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Name | ast.Tuple)
    ):
        yield f"{ast.unparse(node)}: dropped", _dropped
    if isinstance(node, ast.Raise):
        yield f"{ast.unparse(node)[:60]}: dropped", _dropped
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield f"{ast.unparse(node)[:60]}: dropped", _dropped


def _container(tree: Any, path: Any) -> Any:
    for field, index in path[:-1]:
        tree = getattr(tree, field) if index is None else getattr(tree, field)[index]
    return tree


def _dropped(node: Any, tree: Any, path: Any) -> None:
    field, index = path[-1]
    getattr(_container(tree, path), field)[index] = ast.Pass()


def _replaced_by_operand(node: Any, tree: Any, path: Any) -> None:
    (field, index), parent = path[-1], _container(tree, path)
    if index is None:
        setattr(parent, field, node.operand)
    else:
        getattr(parent, field)[index] = node.operand


def documents() -> list[Any]:
    """Forgeries, a certificate of each kind, hand-made true and false ones, and files that are none."""
    import conftest

    from blamegame.certificates.certify import certify
    from forging import dynamic, honest, reforms, regions, strategic
    from forging.probes import probes
    from forging.region_claims import PROOFS, region_claim

    rows = [*strategic.FORGERIES, *reforms.FORGERIES, *dynamic.FORGERIES, *regions.FORGERIES]
    made = [certify(claim).to_json() for claim in conftest._claims().values()]
    made += [certify(region_claim(name)).to_json() for name in PROOFS if name not in ("robust_2", "robust_tt")]
    out = [forgery.document for forgery in rows] + honest.DOCUMENTS + made + honest.FILES + list(near(honest.DOCUMENTS))
    out += files(Path(tempfile.mkdtemp(prefix="mutants")))
    out = sorted(out, key=lambda d: len(d if isinstance(d, bytes) else json.dumps(d, default=str)))
    return [*probes(), *out]


def files(folder: Path) -> list[Path]:
    """A certificate in a file, one with 2 MB of spaces, a folder, and a file that there is not."""
    from forging import honest

    text = json.dumps(honest.DOCUMENTS[0])
    (folder / "true.json").write_text(text)
    (folder / "large.json").write_text(text + " " * 2_000_000)
    (folder / "full.json").write_text(text + " " * (2_000_000 - len(text)))
    return [folder / "true.json", folder / "large.json", folder / "full.json", folder, folder / "none.json"]


def near(originals: list[Any]) -> Iterator[Any]:
    """Some of the certificates that are one edit away from others."""
    from test_tampering import resealed, single_edits

    for original in originals:
        every = [resealed(document) for _, document in single_edits(original)]
        yield from (document for document in every[:: 1 + len(every) // MOST_EDITS] if isinstance(document, dict))


def lines_of(package: Any, document: Any) -> tuple[tuple[str, str], set[tuple[str, int]]]:
    """What the checker says, and the (module, line) that it went through."""
    seen: set[tuple[str, int]] = set()

    def local(frame: FrameType, event: str, _: Any) -> Any:
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        return local(frame, event, _) if frame.f_code.co_filename[1:-1] in sources() else None

    sys.settrace(trace)
    try:
        said = outcome(package, document)
    finally:
        sys.settrace(None)
    return said, {(file[1:-1], line) for file, line in seen}


class TooLong(BaseException):
    """A mutant that does not end."""


def _stop(*_: Any) -> None:
    raise TooLong


def survives(tree: ast.Module, module: str, cases: list[tuple[Any, tuple[str, str]]]) -> bool:
    """Whether no document is judged otherwise."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        package = altered({module: tree})
        return all(outcome(package, document) == said for document, said in cases)
    except (Exception, TooLong):  # not even loaded, or never done
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(wanted: list[str]) -> int:
    signal.signal(signal.SIGALRM, _stop)
    started, base, cases = time.monotonic(), altered({}), []
    for document in documents():
        said, lines = lines_of(base, document)
        assert said == outcome(base, document)
        cases.append((document, said, lines))
    print(f"{len(cases)} documents, traced in {time.monotonic() - started:.0f} s", flush=True)
    everything = killed = equivalent = 0
    for module, source in sources().items():
        if module in SKIPPED or (wanted and module not in wanted):
            continue
        count, left = 0, []
        for line, what, tree in mutants(ast.parse(source)):
            reached = [(document, said) for document, said, lines in cases if (module, line) in lines]
            if not reached:  # at the top of a module, or in a statement of several lines
                reached = [(document, said) for document, said, lines in cases if module in {m for m, _ in lines}]
            reason = next(
                (why for (where, start), why in EQUIVALENT.items() if where == module and what.startswith(start)), ""
            )
            count += 1
            if survives(tree, module, reached or [(document, said) for document, said, _ in cases]):
                left.append(f"  {module}.py:{line}: {what}" + f" (equivalent: {reason})" * bool(reason))
                equivalent += bool(reason)
        everything, killed = everything + count, killed + count - len(left)
        print(f"{module}: {count - len(left)} of {count} killed", *left, sep="\n", flush=True)
    share = killed / max(1, everything - equivalent)
    print(f"{killed} of {everything} mutants killed; {equivalent} of the others change nothing that can be seen")
    print(f"{share:.1%} of those that change something, {time.monotonic() - started:.0f} s")
    return 0 if share >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
