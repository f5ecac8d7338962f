"""Hierarchies of 10^3 to 10^6 offices: seconds to build and solve each, check of complements included.

Each is a tree of five tiers with the proportions of a nation, at parameters with two equilibria (monotone iteration)
and at the defaults (elimination). Times are medians of several rounds. Run with ``python -m benchmarks.hierarchy``.
"""

from __future__ import annotations

import statistics
import time

from blamegame.models.hierarchy import NATIONAL, Hierarchy
from blamegame.scenario import load
from blamegame.solvers.network.network_equilibria import network_equilibria

ROUNDS = 5
TOWNSHIPS = (900, 9_000, NATIONAL[-1], 90_000, 300_000, 930_000)


def tiers(townships: int) -> tuple[int, ...]:
    """A tree with that many leaves and the proportions of the national one."""
    return (1, *(max(1, round(size * townships / NATIONAL[-1])) for size in NATIONAL[1:-1]), townships)


def main() -> None:
    """Print one line for each size and situation."""
    shipped = load("nation").model
    trap = {name: getattr(shipped, name) for name in shipped.parameters()}
    print(f"{'offices':>9}  {'situation':<9}  {'build s':>8}  {'solve s':>8}  {'us/office':>9}  steps  method")
    for townships in TOWNSHIPS:
        for name, values in (("trap", trap), ("defaults", {})):
            model = Hierarchy(tree=tiers(townships), **values)
            builds, solves = [], []
            for _ in range(ROUNDS):
                start = time.perf_counter()
                game = model.network_game()
                built = time.perf_counter()
                solution = network_equilibria(game)
                builds.append(built - start)
                solves.append(time.perf_counter() - built)
            build, solve = statistics.median(builds), statistics.median(solves)
            offices = model.tree.n_offices
            each = (build + solve) / offices * 1e6
            steps = solution.stats["rounds"] + solution.stats["iterations"]
            print(f"{offices:>9,}  {name:<9}  {build:8.3f}  {solve:8.3f}  {each:9.2f}  {steps:>5}  {solution.method}")


if __name__ == "__main__":
    main()
