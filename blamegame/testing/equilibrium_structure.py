"""What components and maximal Nash subsets must be, from the extreme equilibria alone, by definition."""

from __future__ import annotations

from collections.abc import Sequence

from blamegame.solvers.solution import Solution
from blamegame.testing.assertions import Key, _key

Positions = set[tuple[int, ...]]


def problems_with_structure(solution: Solution) -> list[str]:
    """What is wrong with the components and subsets that ``solution`` gives, in words; nothing where it gives none."""
    keys = [_key(profile) for profile in solution.equilibria]
    problems = []
    for name, given, wanted in (
        ("components", solution.components, components_of),
        ("subsets", solution.subsets, subsets_of),
    ):
        found = [tuple(sorted(part)) for part in given]
        if found and sorted(found) != sorted(wanted(keys)):
            problems.append(f"{name} {sorted(found)}; they are {sorted(wanted(keys))}")
    return problems


def components_of(keys: Sequence[Key]) -> Positions:
    """Extreme equilibria that share a strategy of either player are connected, and only chains of those are."""
    rest = list(range(len(keys)))
    components = set()
    while rest:
        component = {rest.pop(0)}
        while linked := [k for k in rest if any(_share(keys[k], keys[member]) for member in component)]:
            component.update(linked)
            rest = [k for k in rest if k not in component]
        components.add(tuple(sorted(component)))
    return components


def subsets_of(keys: Sequence[Key]) -> Positions:
    """Maximal sets X x Y of strategies all of whose pairs are equilibria (Jansen 1981, "Maximal Nash subsets").

    Each X is the set of strategies that are in equilibrium with every strategy of some Y: an intersection of the sets
    that go with one strategy.

    >>> sorted(subsets_of([(("a",), ("x",)), (("a",), ("y",)), (("b",), ("y",))]))
    [(0, 1), (1, 2)]
    """
    partners: dict[object, frozenset[object]] = {}
    for x, y in keys:
        partners[y] = partners.get(y, frozenset()) | {x}
    closed = set(partners.values())
    while new := {a & b for a in closed for b in closed} - closed - {frozenset()}:
        closed |= new
    found = set()
    for xs in closed:
        ys = {y for y, others in partners.items() if xs <= others}
        found.add(tuple(k for k, (x, y) in enumerate(keys) if x in xs and y in ys))
    return found


def _share(one: Key, other: Key) -> bool:
    return any(mine == theirs for mine, theirs in zip(one, other))
