"""Which action profiles can be played in some subgame-perfect equilibrium of a repeated game.

A profile is *playable* if some pure-strategy subgame-perfect equilibrium with public randomisation plays it at some
history; equivalently, in the first period of one. That is so exactly when some equilibrium payoff pair is a
continuation that keeps both players from deviating.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import IncompleteSolution
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import Array, cell_index
from blamegame.solvers.repeated.abreu_sannikov import payoff_set
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.operator import Cells, can_continue, cells_of
from blamegame.solvers.repeated.set_operator.polygon import Polygon, smallest

PLAYABLE, NOT_PLAYABLE, UNDECIDED = "playable", "not playable", "undecided"


@dataclass(frozen=True, eq=False, repr=False)
class Playability:
    """A verdict for every action profile, each proved or left open.

    Attributes
    ----------
    payoffs : the payoff set whose bounds give the proofs
    yes, no : boolean arrays, shape [*n_actions]
        Proved playable from the inner bound; proved not playable from the outer bound. Neither is *undecided*.
    """

    payoffs: PayoffSet
    yes: Array
    no: Array

    @property
    def undecided(self) -> Array:
        out: Array = ~(self.yes | self.no)
        return out

    @property
    def complete(self) -> bool:
        """Whether every profile has a proof."""
        return not bool(self.undecided.any())

    @property
    def verdicts(self) -> Array:
        """The words *playable*, *not playable* and *undecided*, shape [*n_actions]."""
        return np.where(self.yes, PLAYABLE, np.where(self.no, NOT_PLAYABLE, UNDECIDED))

    def __getitem__(self, cell: Sequence[int | str]) -> str:
        """The verdict on one profile, given by positions or names."""
        return str(self.verdicts[cell_index(self.payoffs.game.stage, cell)])

    def require_complete(self, question: str) -> Playability:
        """These verdicts, or :class:`IncompleteSolution` where one of them is open."""
        if not self.complete:
            stage = self.payoffs.game.stage
            i, j = (int(k) for k in np.argwhere(self.undecided)[0])
            raise IncompleteSolution(
                f"{question} needs every verdict, and ({stage.actions[0][i]}, {stage.actions[1][j]}) is undecided: "
                f"{self.payoffs.status}"
            )
        return self

    def __repr__(self) -> str:
        counts = [int(mask.sum()) for mask in (self.yes, self.no, self.undecided)]
        return f"<Playability: {counts[0]} playable, {counts[1]} not, {counts[2]} undecided>"


def playable(game: RepeatedGame, *, time_limit: float | Deadline | None = None) -> Playability:
    """Which action profiles some pure-strategy subgame-perfect equilibrium with public randomisation plays.

    Every verdict but *undecided* follows by rational arithmetic from the bounds of :func:`payoff_set`: *playable* from
    the verified inner one, *not playable* from the outer one, whose float steps carry slack far beyond their rounding.

    >>> from fractions import Fraction
    >>> from blamegame.games.strategic import StrategicGame
    >>> dilemma = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> playable(RepeatedGame(dilemma, Fraction(1, 7))).verdicts.tolist()
    [['playable', 'not playable'], ['not playable', 'playable']]
    >>> playable(RepeatedGame(dilemma, Fraction(1, 7) - Fraction(1, 10**12)))["a", "a"]
    'not playable'
    """
    return playability_of(payoff_set(game, time_limit=time_limit))


def playability_of(found: PayoffSet) -> Playability:
    """The verdicts that the bounds of a payoff set prove."""
    stage = found.game.stage
    if found.game.exact_discount == 0:
        stays = _stage_equilibria(found.game)
        return Playability(found, stays, ~stays)
    cells = cells_of(found.game)
    inner, outer = found.inner_polygon, found.outer_polygon
    yes = np.zeros(len(cells), dtype=bool)
    no = np.ones(len(cells), dtype=bool)
    if found.threats is not None:
        no = ~_continuing(cells, outer, found.threats)
    if inner:
        worst = (smallest(inner, 0), smallest(inner, 1))
        yes = _continuing(cells, inner, worst, where=~no)
    return Playability(found, yes.reshape(stage.n_actions), no.reshape(stage.n_actions))


def _continuing(cells: Cells, polygon: Polygon, threats: tuple[object, object], where: Array | None = None) -> Array:
    asked = range(len(cells)) if where is None else np.flatnonzero(where).tolist()
    out = np.zeros(len(cells), dtype=bool)
    for index in asked:
        out[index] = can_continue(cells[index], polygon, threats)
    return out


def _stage_equilibria(game: RepeatedGame) -> Array:
    first, second = game.stage.payoffs
    return np.asarray((first == first.max(axis=0)) & (second == second.max(axis=1)[:, None]), dtype=bool)
