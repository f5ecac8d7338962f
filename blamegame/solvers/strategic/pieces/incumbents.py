"""Equilibria near a guess: the guess itself, or those on the supports it suggests, each proved."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.games.responses import regret
from blamegame.games.strategic import Array, Profile, StrategicGame, object_array
from blamegame.solvers.strategic.boxes.branch_and_prune import branch_and_prune
from blamegame.solvers.strategic.boxes.indifference_system import indifference_system
from blamegame.solvers.strategic.isolated_equilibria import (
    equilibrium_on_supports,
    isolated_equilibria,
    scaled_payoffs,
)

_MOST_BOXES = 4_000


class Incumbents:
    """Looks for equilibria of one game, on each support profile once."""

    def __init__(self, game: StrategicGame, deadline: Deadline) -> None:
        self.game, self.deadline = game, deadline
        self._scaled = scaled_payoffs(game)
        self._tried: set[tuple[tuple[int, ...], ...]] = set()

    def near(self, guess: Profile) -> Iterator[tuple[Profile, float]]:
        """Equilibria, each with a bound on how far any of its chances is from the true one; 0 where it is exact."""
        if not any(regret(self.game, guess)):
            yield guess, 0.0
        supports = tuple(tuple(np.flatnonzero(strategy != 0).tolist()) for strategy in guess)
        if supports in self._tried:
            return
        self._tried.add(supports)
        if sum(len(support) > 1 for support in supports) <= 2:
            found, _ = equilibrium_on_supports(self.game, supports)
            if found is not None:
                yield found, 0.0
            return
        roots = branch_and_prune(
            indifference_system(self._scaled, supports), most_boxes=_MOST_BOXES, deadline=self.deadline
        )
        for low, high in zip(roots.low, roots.high):
            yield _spread((low + high) / 2, supports, self.game.n_actions), float((high - low).max())

    def everywhere(self) -> Iterator[tuple[Profile, float]]:
        """Every equilibrium that support enumeration finds, isolated or not."""
        solution = isolated_equilibria(self.game, most_boxes=_MOST_BOXES, time_limit=self.deadline)
        for profile, radius in zip(solution.equilibria, solution.stats["radius"]):
            yield (_rational(profile), radius) if radius else (profile, 0.0)


def _rational(profile: Profile) -> Profile:
    """Float strategies as Fractions that sum to one."""
    exact = [[Fraction(float(p)) for p in strategy] for strategy in profile]
    return tuple(object_array([p / sum(strategy) for p in strategy]) for strategy in exact)


def _spread(point: Array, supports: Any, n_actions: tuple[int, ...]) -> Profile:
    """Float strategies from the chances of supported actions, as Fractions that sum to one."""
    out, start = [], 0
    for support, n in zip(supports, n_actions):
        weights = [Fraction(float(p)) for p in point[start : start + len(support)]]
        start += len(support)
        strategy = object_array([Fraction(0)] * n)
        total = sum(weights)
        for action, weight in zip(support, weights):
            strategy[action] = weight / total
        out.append(strategy)
    return tuple(out)
