"""Parts of the checker asked by themselves: enclosures of logarithms, hulls, dominance and pieces.

A proof rarely shows whether an enclosure is as tight as it is said to be, or a hull has a corner too many. A probe is a
function of a checker; ``tests/certificates/checker`` compares the same parts with mpmath, enumeration and Gambit.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

Probe = Callable[[Any], Any]
NUMBERS = [
    Fraction(*pair)
    for pair in ((1, 1), (2, 1), (1, 2), (3, 2), (2, 3), (7, 5), (10**30, 7), (1, 10**20), (99, 100), (4, 3))
]


def probes() -> Iterator[Probe]:
    for x, bits in product(NUMBERS, (8, 64)):
        yield lambda p, x=x, bits=bits: p.logarithms.ln(x, bits, p.Work())
        yield lambda p, x=x, bits=bits: p.logarithms.units_of(x, bits)
    yield from (lambda p, bits=bits: p.logarithms.pi(bits, p.Work()) for bits in (4, 16, 64, 200))
    for k in range(20):
        yield lambda p, k=k: hull(p, random.Random(k))
        yield lambda p, k=k: enforced(p, random.Random(k))
        yield lambda p, k=k: pieces(p, random.Random(k))
        yield lambda p, k=k: offices(p, random.Random(k))
        yield lambda p, k=k: markup(p, random.Random(k))


def hull(p: Any, rng: random.Random) -> Any:
    points = [
        (Fraction(rng.randrange(5)), Fraction(rng.randrange(5), rng.choice((1, 2))))
        for _ in range(rng.randrange(3, 12))
    ]
    corners = p.polygons.convex_hull(points, p.Work())
    return corners, [p.polygons.is_inside(corners, point, p.Work()) for point in points]


def a_game(p: Any, rng: random.Random, shape: tuple[int, ...], most: int = 3) -> Any:
    cells = product(range(len(shape)), *map(range, shape))
    payoffs = {cell: Fraction(rng.randrange(most), rng.choice((1, 1, 2, 3))) for cell in cells}
    return p.game.Game([f"p{k}" for k in range(len(shape))], [[f"a{k}" for k in range(n)] for n in shape], payoffs)


def enforced(p: Any, rng: random.Random) -> Any:
    game = a_game(p, rng, (2, 2), 5)
    polygon = p.polygons.convex_hull(
        [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (4, 0), (4, 3), (0, 4))], p.Work()
    )
    threats = Fraction(rng.randrange(3)), Fraction(rng.randrange(3))
    return [p.polygons.enforced(game, cell, Fraction(2, 3), polygon, threats, p.Work()) for cell in game.cells()]


def pieces(p: Any, rng: random.Random) -> Any:
    game = a_game(p, rng, (2, 3, 2))
    e, work = p.exclusion, p.Work()
    tables = e.whole_numbers(game, work)
    whole = tuple(map(e.pure, game.actions))
    half = (((1, 1), (0, 1)), ((1, 0, 0), (1, 2, 1), (0, 0, 1)), ((1, 0), (1, 1)))
    out = [(e.without_dominated(tables, piece, work), e.longest_edge(piece, work)) for piece in (whole, half)]
    rows = [e.against(tables[i], i, half, work) for i in range(3)]
    events = [{(0, 0, 0)}, {(0, 2, 1), (1, 1, 0)}]
    touched = [e.touches(half, event) for event in events]
    decided = []
    for event in events:
        try:
            decided.append(e.equilibrium_on(game, event, work))
        except p.Refused as error:
            decided.append(str(error))
    return tables, out, rows, touched, decided, work.done > 0


def offices(p: Any, rng: random.Random) -> Any:
    data = {
        "tree": rng.choice(({"sizes": [1, 2, 3]}, {"above": [-1, 0, 0, 1, 1, 2]}, {"above": [-1, 0, 1, 1, 0, 4]})),
        "actions": [["a", "b"], ["c", "d", "e"]], "mandates": [(0, 1), (1, 2)], "payoffs": [None, None],
    }  # fmt: skip
    tree = p.offices.tree_of(data)
    tables = []
    for kind in (0, 1):
        shape = p.offices.shape_of(tree, kind)
        tables.append(
            {cell: Fraction(rng.randrange(-3, 4), rng.choice((1, 2))) for cell in product(*map(range, shape))}
        )
    scaled = p.dominance.scaled(tables, p.Work())
    kept = p.dominance.surviving(tree, scaled, p.Work())
    ends = [[pattern[k] for pattern in kept] for k in (0, -1)]
    return tree, scaled, kept, [p.dominance.is_equilibrium(tree, scaled, plays, p.Work()) for plays in ends]


def markup(p: Any, rng: random.Random) -> Any:
    """Bounds as near to the root as a double is, on both sides."""
    from math import log, pi, sqrt

    strain, penalty, noise = (Fraction(rng.randrange(1, 9), rng.randrange(1, 5)) for _ in range(3))
    numbers = {"strain": strain, "penalty": 9 * penalty, "noise": noise, "capacity": Fraction(2), "cap": Fraction(9)}
    inner = log(float(numbers["penalty"] / (strain * noise)) / sqrt(2 * pi))
    root = Fraction(float(noise) * sqrt(2 * inner)) if inner > 0 else Fraction(1)
    out = []
    for delta in (Fraction(-1, 10**9), Fraction(1, 10**9)):
        out.append(p.markup.sign("layer_markup", 1, numbers, root + delta, p.Work()))
        out += [
            p.markup.sign(measure, 3, numbers, 1 + root + delta, p.Work()) for measure in ("target_factor", "overload")
        ]
    return out
