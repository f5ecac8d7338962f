"""Assertions about equilibria whose failure shows the payoff table and who would gain what by deviating."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.certificates.certify import certify
from blamegame.certificates.claims import IsNash
from blamegame.errors import BlamegameError
from blamegame.games.responses import action_values
from blamegame.games.strategic import Profile, StrategicGame, to_exact
from blamegame.games.table import format_number
from blamegame.solvers.solution import Solution

Profiles = Solution | Iterable[Sequence[Any]]
Key = tuple[tuple[Any, ...], ...]


def assert_same_equilibria(a: Profiles, b: Profiles, tolerance: float | Fraction = 0) -> None:
    """``a`` and ``b`` hold the same profiles as sets: order and repetition do not matter.

    Each is a :class:`Solution` or an iterable of profiles. With ``tolerance`` two profiles are the same where no
    probability differs by more.

    Raises
    ------
    AssertionError
        Listing what only one side holds; where a side is a solution, with its table and the profitable deviations.

    Examples
    --------
    >>> assert_same_equilibria([([1, 0], [1])], [([1.0, 0.0], [1.0])])
    >>> assert_same_equilibria([([1, 0], [1])], [])
    Traceback (most recent call last):
        ...
    AssertionError: 1 and 0 equilibria, not the same set
    only in the first:
      (1, 0), (1)
    """
    first, second = _keys(a), _keys(b)
    only_first = [key for key in first if not _holds(second, key, tolerance)]
    only_second = [key for key in second if not _holds(first, key, tolerance)]
    if not only_first and not only_second:
        return
    game = next((side.game for side in (a, b) if isinstance(side, Solution)), None)
    lines = [f"{len(first)} and {len(second)} equilibria, not the same set", *([] if game is None else [str(game)])]
    for title, keys in (("only in the first:", only_first), ("only in the second:", only_second)):
        if keys:
            lines += [title, *(f"  {describe(key, game)}" for key in keys)]
    raise AssertionError("\n".join(lines))


def assert_certified(solution: Solution) -> None:
    """Every profile of ``solution`` is a Nash equilibrium exactly, proved by the checker, which knows no solver.

    Floats count as the rationals they store, so a rounded mixture is not an equilibrium.

    >>> from blamegame.solvers.strategic.nash import nash
    >>> assert_certified(nash(StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])))

    Raises
    ------
    AssertionError
        Naming the profile, with the table and the profitable deviation.
    ValueError
        For a solution of another concept than Nash equilibrium.
    """
    if solution.concept != "nash":
        raise ValueError(
            f"assert_certified proves Nash equilibria; this solution is of the concept {solution.concept!r}"
        )
    for number, profile in enumerate(solution.equilibria):
        try:
            certify(IsNash(solution.game, profile))
        except BlamegameError as error:
            raise AssertionError(
                f"equilibrium {number + 1} of {len(solution.equilibria)} is not certified\n{solution.game}\n"
                f"  {describe(_key(profile), solution.game)}\n{error}"
            ) from None


def describe(profile: Sequence[Sequence[Any]], game: StrategicGame | None = None) -> str:
    """A profile in words and, with its game, who gains by deviating from it.

    >>> game = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("row", "column"))
    >>> describe(([1, 0], [1, 0]), game)
    'row: a; column: a: row gains 2 by playing b; column gains 2 by playing b'
    """
    if game is None:
        return ", ".join("(" + ", ".join(_short(p) for p in strategy) + ")" for strategy in profile)
    words = "; ".join(
        f"{name}: {_mixture(strategy, labels)}" for name, strategy, labels in zip(game.players, profile, game.actions)
    )
    return f"{words}: {'; '.join(deviations(game, profile)) or 'an equilibrium'}"


def deviations(game: StrategicGame, profile: Sequence[Sequence[Any]], tolerance: float | Fraction = 0) -> list[str]:
    """Profitable deviations in words, the best one of each player who has one that gains more than ``tolerance``."""
    exact = to_exact(game)
    strategies = [np.array([Fraction(p) for p in strategy], dtype=object) for strategy in profile]
    problem = _not_a_profile(exact, strategies, tolerance)
    if problem:
        return [problem]
    normalised = [strategy / sum(strategy.tolist()) for strategy in strategies]
    out = []
    for player, strategy in enumerate(normalised):
        values = action_values(exact, player, normalised).tolist()
        gain = max(values) - sum(p * v for p, v in zip(strategy.tolist(), values))
        if gain > tolerance:
            action = game.actions[player][values.index(max(values))]
            out.append(f"{game.players[player]} gains {format_number(gain)} by playing {action}")
    return out


def _not_a_profile(game: StrategicGame, strategies: Profile | list[Any], tolerance: float | Fraction) -> str:
    sizes = tuple(len(strategy) for strategy in strategies)
    if sizes != game.n_actions:
        return f"not a profile of this game: strategies over {sizes} actions, the players have {game.n_actions}"
    for name, strategy in zip(game.players, strategies):
        total = sum(strategy.tolist())
        if abs(total - 1) > tolerance or min(strategy) < -tolerance or not total:
            return f"the strategy of {name} is not a probability vector (sum {format_number(total)})"
    return ""


def _keys(profiles: Profiles) -> list[Key]:
    """Distinct profiles in the order given."""
    listed = profiles.equilibria if isinstance(profiles, Solution) else profiles
    return list(dict.fromkeys(_key(profile) for profile in listed))


def _key(profile: Sequence[Any]) -> Key:
    return tuple(tuple(np.asarray(strategy).tolist()) for strategy in profile)


def _holds(keys: list[Key], key: Key, tolerance: float | Fraction) -> bool:
    if not tolerance:
        return key in set(keys)
    shape = [len(strategy) for strategy in key]
    return any(
        shape == [len(strategy) for strategy in other]
        and all(abs(p - q) <= tolerance for mine, theirs in zip(key, other) for p, q in zip(mine, theirs))
        for other in keys
    )


def _mixture(strategy: Sequence[Any], labels: Sequence[str]) -> str:
    if len(strategy) != len(labels):
        return "(" + ", ".join(_short(p) for p in strategy) + ")"
    played = [(p, label) for p, label in zip(strategy, labels) if p != 0]
    return " + ".join(label if p == 1 else f"{_short(p)} {label}" for p, label in played)


def _short(value: Any) -> str:
    return str(value) if isinstance(value, Fraction | int) else f"{value:.12g}"
