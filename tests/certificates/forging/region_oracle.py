"""Is a statement about a box of models true? Points where it could fail are looked for, and judged in exact numbers.

Nothing of the checker is used: parameters after reforms, payoffs and equilibria are found in other ways.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linprog

Values = dict[str, Fraction]
Equilibria = Callable[[Any, Any], Any]


def is_refuted(claim: Any, equilibria: Equilibria, *, points: int = 12, seed: int = 0) -> bool:
    """Whether at some point tried the statement is false; ``equilibria(upper, lower)`` lists the extreme ones."""
    actions = claim["model"]["actions"]
    event = [[labels.index(a) for labels, a in zip(actions, cell)] for cell in claim.get("event", [])]
    for values in points_of(claim, event, points=points, rng=random.Random(seed)):
        tables = payoffs_at(claim["model"], values)
        if claim["kind"] == "region_bounds":
            if not bound_holds(claim, tables):
                return True
            continue
        mixed = [sum(x[i] * y[j] > 0 for i, j in event) > 0 for x, y in equilibria(*tables)]
        good = {
            "region_removes": not any(mixed),
            "region_fails": any(mixed),
            "region_entrenched": all(mixed),
            "region_avoidable": not all(mixed),
        }
        if not good[claim["kind"]]:
            return True
    return False


def point_refutes(claim: Any, proof: Any) -> bool:
    """Whether the point and the profile of a ``region_refuted`` are what they are said to be."""
    box, point = claim["model"]["parameters"], proof["parameters"]
    if any(not Fraction(low) <= Fraction(point[name]) <= Fraction(high) for name, (low, high, _, _) in box.items()):
        return False
    values = edited({name: Fraction(x) for name, x in point.items()}, claim, [*claim["bundle"], *proof["added"]])
    upper, lower = (np.array(table, dtype=object) for table in payoffs_at(claim["model"], values))
    x, y = (np.array([Fraction(p) for p in strategy], dtype=object) for strategy in proof["profile"])
    calm = max(upper @ y) == x @ upper @ y and max(x @ lower) == x @ lower @ y
    actions = claim["model"]["actions"]
    return bool(calm and any(x[actions[0].index(a)] * y[actions[1].index(b)] > 0 for a, b in claim["event"]))


def points_of(claim: Any, event: Any, *, points: int, rng: random.Random) -> Iterator[Values]:
    """Parameters after the reforms: at corners, random and climbed to, and inside of the box."""
    box = {name: (Fraction(low), Fraction(high)) for name, (low, high, _, _) in claim["model"]["parameters"].items()}
    others = [reform for reform in claim["reforms"] if reform not in claim["bundle"]] if claim["robust"] else []
    choices = [[], others, *([r for r in others if rng.random() < 0.5] for _ in range(3 if others else 0))]
    for more in choices if others else [[]]:
        bundle = [*claim["bundle"], *more]
        low, high = (edited({name: ends[k] for name, ends in box.items()}, claim, bundle) for k in (0, 1))
        for k in range(points):
            start = {name: rng.choice((low[name], high[name])) for name in box}
            if k % 3 == 0:
                yield {name: (3 * low[name] + high[name] * 5) / 8 for name in box} if k else start
            elif k % 3 == 1:
                yield climbed(claim["model"], event, low, high, start)
            else:
                yield start


def edited(values: Values, claim: Any, bundle: Any) -> Values:
    """max(scale x value + add, floor), clipped."""
    out = {}
    for name, (_, _, least, most) in claim["model"]["parameters"].items():
        mine = [edit for reform in bundle for edit in claim["reforms"][reform] if edit[0] == name]
        value = values[name]
        for _, how, amount in mine:
            value = value * Fraction(amount) if how == "scale" else value
        value += sum(Fraction(amount) for _, how, amount in mine if how == "add")
        value = max([value, Fraction(least), *(Fraction(amount) for _, how, amount in mine if how == "floor")])
        out[name] = value if most is None else min(value, Fraction(most))
    return out


def run(program: Any, values: Any, convert: Callable[[str], Any]) -> list[Any]:
    """The registers, for numbers or arrays of them."""
    out: list[Any] = []
    for how, *parts in program:
        if how in ("parameter", "number"):
            out.append(values[parts[0]] if how == "parameter" else convert(parts[0]))
            continue
        x, y = out[parts[0]], out[parts[1]]
        if how == "max":
            out.append(np.maximum(x, y))
        elif how == "ratio":
            out.append(
                np.where(y == 0, 0, x / np.where(y == 0, 1, y)) if isinstance(y, np.ndarray) else x / y if y else 0 * x
            )
        else:
            out.append(x + y if how == "+" else x - y if how == "-" else x * y if how == "*" else x / y)
    return out


def payoffs_at(model: Any, values: Values) -> Any:
    registers = run(model["program"], values, Fraction)
    return tuple(tuple(tuple(registers[k] for k in row) for row in table) for table in model["payoffs"])


def climbed(model: Any, event: Any, low: Values, high: Values, start: Values) -> Values:
    """A corner where some cell of the event is as nearly an equilibrium as one flip at a time can make it."""
    names, corner = list(low), dict(start)
    for _ in range(2 * len(names)):
        trials = [dict(corner), *({**corner, n: low[n] if corner[n] == high[n] else high[n]} for n in names)]
        arrays = {n: np.array([float(trial[n]) for trial in trials]) for n in names}
        registers = run(model["program"], arrays, lambda text: np.full(len(names) + 1, float(Fraction(text))))
        upper, lower = (np.array([[registers[k] for k in row] for row in table]) for table in model["payoffs"])
        cells = event or list(product(range(upper.shape[0]), range(upper.shape[1])))
        margins = [np.minimum((upper[i, j] - upper[:, j]).min(0), (lower[i, j] - lower[i]).min(0)) for i, j in cells]
        best = int(np.argmax(np.max(margins, axis=0)))
        if not best:
            break
        corner = trials[best]
    return corner


def bound_holds(claim: Any, tables: Any) -> bool:
    """The bound by linear programming in floating point, with a margin for rounding."""
    upper, lower = (np.array(table, dtype=float) for table in tables)
    m, n = upper.shape
    actions, measure = claim["model"]["actions"], claim["measure"]
    value = np.zeros((m, n))
    if "payoff" in measure:
        value = (upper, lower)[claim["model"]["players"].index(measure["payoff"])]
    else:
        for a, b in measure["event"]:
            value[actions[0].index(a), actions[1].index(b)] = 1
    rows = []
    for a, b in product(range(m), repeat=2):
        rows.append([(upper[b, j] - upper[a, j]) * (i == a) for i in range(m) for j in range(n)])
    for a, b in product(range(n), repeat=2):
        rows.append([(lower[i, b] - lower[i, a]) * (j == a) for i in range(m) for j in range(n)])
    side = -1 if claim["relation"] == "<=" else 1
    found = linprog(side * value.ravel(), A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=[[1.0] * (m * n)], b_eq=[1.0])
    return bool(side * (side * found.fun - float(Fraction(claim["bound"]))) >= -1e-7)
