"""Equilibria that persist throughout a box: a cell, or a mixture of two actions each."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

from blamegame.games.strategic import Array
from blamegame.regions.attack import Kind
from blamegame.regions.scheme import Scheme, persisting_scheme
from blamegame.regions.setting import Setting


def mixed_kinds(setting: Setting, *, meeting: bool) -> tuple[Kind, ...]:
    """Mixtures of two actions each whose supports meet the event, or do not."""
    m, n = setting.event.shape
    return tuple(
        Kind((rows, columns), signs, (m, n))
        for rows in combinations(range(m), 2)
        for columns in combinations(range(n), 2)
        if setting.event[np.ix_(rows, columns)].any() == meeting
        for signs in product((1, -1), repeat=2)
    )


def mixed_schemes(setting: Setting, kind: Kind) -> tuple[Scheme, ...]:
    """What together proves that there is an equilibrium of this kind.

    Let columns j1, j2 and rows i1, i2 be the supports. Where s [u(i1, j1) - u(i1, j2)] > 0 > s [u(i2, j1) - u(i2, j2)]
    for the column player's u exactly one mixture of the rows makes j1 and j2 equally good, with both weights positive;
    the same for the rows. An action k outside is no better against it where for some number c and both rows i
    u(i, j1) - u(i, k) + c [u(i, j1) - u(i, j2)] > 0: weighted by the mixture the second part is nothing.
    """
    out = []
    for player, sign in ((1, kind.signs[0]), (0, kind.signs[1])):
        own, others = kind.supports[player], kind.supports[1 - player]
        first, second = own
        for other, side in zip(others, (sign, -sign)):
            out.append(persisting_scheme(setting, kind.supports, player, (other,), [(first, second, -side, False)]))
        for k in kind.rest[player]:
            ways = [(first, k, -1, False), (first, second, -1, True)]
            out.append(persisting_scheme(setting, kind.supports, player, others, ways))
    return tuple(out)


def alive_at(setting: Setting, kind: Kind, point: Array) -> bool:
    """Whether there is an equilibrium of the kind at one point, as far as floats see."""
    return bool(kind.margin(setting.payoffs.at(point[None]))[0] > 0)
