"""Schemes of exclusion: which weights on deviations, with which signs, show that play of some kind is impossible."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.games.strategic import Array
from blamegame.regions.setting import Setting, Supports

CORRELATED = "correlated"
JOINT = "joint"
PERSISTS = "persists"


@dataclass(frozen=True, eq=False)
class Scheme:
    """A vector of weights proves a scheme where every form is at most 0, and below 0 where it is strict.

    Attributes
    ----------
    how : "correlated", "joint", "persists" or the name of the player whose deviations alone are used
    supports : the pair of supports it excludes; None for "no correlated equilibrium touches the event"
    deviations : positions of the deviations that may have weight
    free : for each of them, whether its weight may be negative: both actions are in the support, so they are
        indifferent in an equilibrium of this kind
    groups : the cells of each form; a form adds up weighted gains over its cells
    strict : for each form, whether it must be negative
    rows : float64 [deviations, forms, 2 m n], each deviation's part of each form as weights on payoffs
    tensor : the same as coefficients, float64 [deviations, forms, monomials]
    acts : bool [deviations, forms], whether a weight moves a form
    """

    how: str
    supports: Supports | None
    deviations: tuple[int, ...]
    free: tuple[bool, ...]
    groups: tuple[tuple[int, ...], ...]
    strict: Array
    rows: Array
    tensor: Array
    acts: Array

    def forms(self, weights: Array) -> tuple[Array, Array]:
        """Coefficients of the forms of a vector [forms, monomials], and of their absolute sizes."""
        y = np.asarray(weights, dtype=np.float64)
        return np.tensordot(y, self.tensor, 1), np.tensordot(np.abs(y), np.abs(self.tensor), 1)


def correlated_scheme(setting: Setting) -> Scheme:
    """No correlated equilibrium touches the event."""
    every = tuple(range(len(setting.deviations)))
    groups = tuple((s,) for s in range(len(setting.cells)))
    return _scheme(setting, CORRELATED, None, every, (False,) * len(every), groups, setting.event.ravel())


def support_schemes(setting: Setting, supports: Supports) -> tuple[Scheme, ...]:
    """The ways to exclude equilibria with these supports: by one player alone, and by both."""
    width = setting.event.shape[1]
    out = []
    for player in (1, 0):
        own, others = supports[player], supports[1 - player]
        ways, free = _within(setting, supports, (player,))
        groups = tuple(
            tuple((a * width + other) if player == 0 else (other * width + a) for a in own) for other in others
        )
        strict = np.ones(len(groups), dtype=bool)
        out.append(_scheme(setting, setting.players[player], supports, ways, free, groups, strict))
    ways, free = _within(setting, supports, (0, 1))
    cells = [i * width + j for i in supports[0] for j in supports[1]]
    inside = setting.event.ravel()[cells]
    strict = inside if inside.any() else np.ones(len(cells), dtype=bool)
    out.append(_scheme(setting, JOINT, supports, ways, free, tuple((s,) for s in cells), strict))
    return tuple(out)


def _within(setting: Setting, supports: Supports, players: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    """Deviations from actions of the supports, free in sign where they stay inside: there the player is indifferent.

    One player's weights add up over the player's actions, so that of two directions one is enough.
    """
    ways, free = [], []
    for d, (player, a, b) in enumerate(setting.deviations):
        own = supports[player]
        if player not in players or a not in own:
            continue
        if len(players) == 1 and b in own and b < a:
            continue
        ways.append(d)
        free.append(b in own)
    return tuple(ways), tuple(free)


def _scheme(
    setting: Setting,
    how: str,
    supports: Supports | None,
    ways: tuple[int, ...],
    free: tuple[bool, ...],
    groups: tuple[tuple[int, ...], ...],
    strict: Array,
    signs: Array | None = None,
) -> Scheme:
    rows = setting.gain_rows[list(ways)]
    if signs is not None:
        rows = rows * signs[:, None, None]
    grouped = np.stack([rows[:, list(group)].sum(axis=1) for group in groups], axis=1)
    tensor = grouped @ setting.payoffs.coefficients
    acts = np.abs(grouped).sum(axis=2) > 0
    return Scheme(how, supports, ways, free, groups, np.asarray(strict, dtype=bool), grouped, tensor, acts)


def persisting_scheme(
    setting: Setting,
    supports: Supports,
    player: int,
    others: tuple[int, ...],
    ways: list[tuple[int, int, int, bool]],
) -> Scheme:
    """Against each action of the other player in ``others`` a weighted sum of the player's gains is negative.

    ``ways`` are (action, action deviated to, sign of the gain, whether the weight is free in sign).
    """
    width = setting.event.shape[1]
    deviations = tuple(setting.deviations.index((player, a, b)) for a, b, _, _ in ways)
    signs = np.array([sign for _, _, sign, _ in ways], dtype=np.float64)
    a = ways[0][0]
    groups = tuple((other * width + a,) if player == 1 else (a * width + other,) for other in others)
    free = tuple(loose for _, _, _, loose in ways)
    return _scheme(setting, PERSISTS, supports, deviations, free, groups, np.ones(len(groups), dtype=bool), signs)


def gain_weights(scheme: Scheme, weights: list[Fraction], form: int) -> dict[int, Fraction]:
    """A form as exact weights on payoffs by position."""
    total: dict[int, Fraction] = {}
    for way, weight in enumerate(weights):
        if weight:
            row = scheme.rows[way, form]
            for position in np.flatnonzero(row).tolist():
                total[position] = total.get(position, Fraction(0)) + weight * int(row[position])
    return {position: weight for position, weight in total.items() if weight}
