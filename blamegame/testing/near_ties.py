"""Two-player games a hair from a tie, pure or mixed: whoever rounds payoffs before deciding gets them wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from blamegame.games.strategic import StrategicGame
from blamegame.testing.strategies import degenerate_games

GAPS = tuple(Fraction(1, 10**k) for k in (6, 8, 9, 10, 12, 13, 14, 16, 20))
"""How far from the tie, as a share of the payoffs."""
SCALES = (Fraction(1), Fraction(10**8), Fraction(1, 10**8))
"""What payoffs are multiplied by, so that a gap is small absolutely, relatively, or both."""


def near_ties(smallest: Fraction = GAPS[-1]) -> dict[str, StrategicGame]:
    """Games by name, exact, with gaps of at least ``smallest``.

    >>> games = near_ties()
    >>> print(games["a pure tie missed by 1e-09, payoffs x 1"])
    1 \\ 2  a                              b
    a      _1_, _1_ *                     _0_, 0
    b      999999999/1000000000 (1), _1_  _0_, 0
    <BLANKLINE>
    _best reply_   * pure equilibrium
    """
    games: dict[str, StrategicGame] = {}
    for gap in GAPS:
        if gap < smallest:
            continue
        kinds: dict[str, tuple[Any, Any]] = {
            "a pure tie": ([[1, 0], [1 - gap, 0]], [[1, 0], [1, 0]]),
            "a pure tie, the other way": ([[1, 0], [1 + gap, 0]], [[1, 0], [1, 0]]),
            "a mixed tie": ([[8, 0], [0, 6], [4 - gap, 3 - gap]], [[0, 0]] * 3),
            "a mixed tie, the other way": ([[8, 0], [0, 6], [4 + gap, 3 + gap]], [[0, 0]] * 3),
            "indifference": ([[1, 0], [0, gap]], [[gap, 0], [0, 1]]),
            "certainty": ([[1, 0], [0, gap]], [[0, gap], [1, 0]]),
        }
        for name, (row, column) in kinds.items():
            for scale in SCALES:
                payoffs = [[[Fraction(v) * scale for v in line] for line in table] for table in (row, column)]
                games[f"{name} missed by {float(gap):g}, payoffs x {float(scale):g}"] = StrategicGame(payoffs)
    return games


@st.composite
def nearly_degenerate_games(draw: st.DrawFn, *, min_actions: int = 1, max_actions: int = 4) -> StrategicGame:
    """Exact two-player games full of ties, most of them missed by one small gap up or down, in some unit.

    Shrinks to the degenerate game itself, then to larger gaps.

    >>> from hypothesis import find, settings
    >>> fresh = settings(database=None)
    >>> 0 < find(nearly_degenerate_games(), lambda game: 0 < game.payoffs[0, 0, 0] < 1, settings=fresh).payoffs[0, 0, 0]
    True
    """
    game = draw(degenerate_games(min_actions=min_actions, max_actions=max_actions))
    gap, scale = draw(st.sampled_from(GAPS)), draw(st.sampled_from(SCALES))
    size = game.payoffs.size
    moves = draw(st.lists(st.sampled_from([0, 1, -1]), min_size=size, max_size=size))
    noise = np.array([move * gap for move in moves], dtype=object).reshape(game.payoffs.shape)
    return StrategicGame((game.payoffs + noise) * scale)


def resolved(tolerance: Fraction) -> Fraction:
    """The smallest gap that a solver of this tolerance must see."""
    return max(1000 * tolerance, GAPS[-1])
