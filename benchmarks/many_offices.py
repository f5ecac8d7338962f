"""Searches and ranges where more offices, or more actions, have a choice than in the delegation game.

Searches over ten reforms of each kind of table, and the range of avoidance over every Nash equilibrium of random chains
in which three offices or more have a choice after dominance. CPU seconds.

Run with ``python -m benchmarks.many_offices``.
"""

from __future__ import annotations

import random
import time
from fractions import Fraction

import numpy as np

from blamegame import Delegation, Nash, avoidance, search
from blamegame.models.chain import Chain
from blamegame.models.difficulty import Difficulty
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.solvers.strategic.dominance_first import left_of

ROUNDS = 5
CHAINS = 40


class WithAvoidanceOfItsOwn(Delegation):
    """The delegation game with a property for what counts as avoidance, as a user writes it."""

    @property
    def avoidance(self) -> np.ndarray:
        """Upper pushes and lower escalates."""
        return np.array([[False] * 3, [False, True, False]])


def searches() -> None:
    """One line for each model: best of several rounds."""
    for model in (Delegation(), WithAvoidanceOfItsOwn(), Chain(tiers=3), Difficulty()):
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            plan = search(model, CATALOGUE[:10])
            times.append(time.process_time() - start)
        kind = type(model).__name__
        print(f"search {kind:<22} {min(times):8.4f} s  {len(plan.successes):>5} successes  road {plan.stats['road']}")


def ranges() -> None:
    """One line for each number of tiers."""
    for tiers in (3, 4, 5):
        draws = random.Random(tiers)
        names = [name for name in Chain(tiers=tiers).parameters() if name != "causal_weight"]
        times, decided, points, drawn = [], 0, 0, 0
        while len(times) < CHAINS:
            drawn += 1
            model = Chain(tiers=tiers, **{name: Fraction(draws.randint(0, 100), 100) for name in names})
            if left_of(model.stage_game()).game.n_players < 3:
                continue
            start = time.process_time()
            found = avoidance(model, Nash())
            times.append(time.process_time() - start)
            decided += found.complete and found.status != "undecided"
            points += found.low.is_point and found.high.is_point
        middle, slow = (1e3 * float(np.quantile(times, q)) for q in (0.5, 0.9))
        print(
            f"chains of {tiers} tiers: {CHAINS} of {drawn:,} leave three a choice; {decided} decided, {points} exact; "
            f"median {middle:.1f} ms, nine in ten within {slow:.1f} ms"
        )


def main() -> None:
    """Print both."""
    searches()
    ranges()


if __name__ == "__main__":
    main()
