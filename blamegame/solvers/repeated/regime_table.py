"""Which action profiles patience can sustain: the discount factors, cut where a profile becomes playable."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.repeated import Number, RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.delta_windows import DeltaWindows, delta_windows
from blamegame.solvers.repeated.set_operator.operator import check_two_players

Cell = tuple[int, ...]


@dataclass(frozen=True)
class Regime:
    """On [start, stop) exactly these profiles are playable, to within the tolerance of the table."""

    start: Fraction
    stop: Fraction
    playable: tuple[Cell, ...]


@dataclass(frozen=True, eq=False, repr=False)
class RegimeTable:
    """The profiles that subgame-perfect equilibria play, for every discount factor.

    Attributes
    ----------
    stage : the game of one period
    windows : for every action profile, row by row, the discount factors at which it is playable
    regimes : intervals of discount factors from 0 on, with the profiles playable there; each holds those before it
    complete : whether every switch is located to the tolerance asked for, or proved not to exist
    """

    stage: StrategicGame
    windows: tuple[DeltaWindows, ...]
    regimes: tuple[Regime, ...]
    complete: bool

    @property
    def switches(self) -> tuple[tuple[Cell, Fraction], ...]:
        """Each profile that is ever playable with the smallest discount factor at which that is proved, ascending."""
        known = [(window.profile, window.windows[0].included) for window in self.windows if window.windows]
        return tuple(sorted(known, key=lambda pair: pair[1]))

    def playable_at(self, discount: Number) -> tuple[Cell, ...]:
        """The profiles playable at a discount factor."""
        if not 0 <= discount < 1:
            raise GameError(f"discount={discount} is not in [0, 1)")
        return next(regime.playable for regime in reversed(self.regimes) if regime.start <= discount)

    def rows(self) -> list[list[str]]:
        """The table as text, a heading first: discount factors, and what becomes playable there."""
        names = {window.profile: _words(self.stage, window.profile) for window in self.windows}
        rows = [["discount factor", "playable in some subgame-perfect equilibrium"]]
        before: tuple[Cell, ...] = ()
        for regime in self.regimes:
            new = [names[cell] for cell in regime.playable if cell not in before]
            kept = "as before, and " if before and new else ""
            rows.append([f"{_short(regime.start)} to {_short(regime.stop)}", kept + ", ".join(new) or "nothing"])
            before = regime.playable
        never = [names[w.profile] for w in self.windows if not w.windows]
        if never:
            rows.append(["at none", ", ".join(never)])
        return rows

    def __str__(self) -> str:
        from blamegame.games.table import align

        text = "\n".join(align(self.rows()))
        return text if self.complete else f"{text}\nnot every switch is located; allow more time"

    def __repr__(self) -> str:
        return f"<RegimeTable of {len(self.windows)} profiles, {len(self.regimes)} regimes>"


def regime_table(
    stage: StrategicGame, *, tolerance: float = 1e-6, time_limit: float | Deadline | None = None
) -> RegimeTable:
    """The whole line of discount factors as intervals on which the same profiles are playable.

    Parameters
    ----------
    stage : two players
    tolerance : how closely each switch is enclosed
    time_limit : seconds, optional; what is not located by then is said to be so

    Notes
    -----
    A profile that is playable at one discount factor is playable at all larger ones, see :mod:`.delta_windows`.

    Examples
    --------
    >>> dilemma = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> print(regime_table(dilemma))
    discount factor       playable in some subgame-perfect equilibrium
    0 to 0.142857         (b, b)
    0.142857 to 0.247047  as before, and (a, a)
    0.247047 to 1         as before, and (a, b), (b, a)
    """
    check_two_players(RepeatedGame(stage, 0), "regime_table")
    deadline = Deadline.of(time_limit)
    found = [
        delta_windows(stage, cell, tolerance=tolerance, time_limit=deadline) for cell in np.ndindex(*stage.n_actions)
    ]
    starts = sorted({Fraction(0), *(one.windows[0].included for one in found if one.windows)})
    joined = _joined(starts, Fraction(tolerance))
    regimes = tuple(
        Regime(start, stop, tuple(w.profile for w in found if w.windows and w.windows[0].included <= start))
        for start, stop in zip(joined, [*joined[1:], Fraction(1)])
    )
    return RegimeTable(stage, tuple(found), regimes, all(one.complete for one in found))


def _joined(starts: list[Fraction], tolerance: Fraction) -> list[Fraction]:
    """Switches closer than ``tolerance`` are one; zero stays apart from what follows it."""
    kept = starts[:1]
    for start in starts[1:]:
        if start - kept[-1] > tolerance or kept[-1] == 0:
            kept.append(start)
        else:
            kept[-1] = start
    return kept


def _words(stage: StrategicGame, cell: Cell) -> str:
    return f"({', '.join(labels[k] for labels, k in zip(stage.actions, cell))})"


def _short(value: Fraction) -> str:
    return f"{float(value):.6g}"
