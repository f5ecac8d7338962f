"""Thresholds of the prior: exactly where the Bayes-Nash equilibria change as beliefs move from one prior to another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Any, TypeAlias

import numpy as np

from blamegame.errors import GameError, UnsupportedGame
from blamegame.games.bayesian import BayesianGame, to_exact_bayesian
from blamegame.games.bayesian_forms import agent_form, induced_game
from blamegame.games.strategic import Array
from blamegame.games.table import align
from blamegame.solvers.parametric.extreme_supports import extreme_supports
from blamegame.solvers.parametric.line_cuts import between, line_cuts
from blamegame.solvers.parametric.rational_function import Place, RationalFunction
from blamegame.solvers.parametric.roots import Root

AgentSupports: TypeAlias = tuple[tuple[int, ...], ...]
"""For each agent the positions of the actions it plays with positive probability."""


@dataclass(frozen=True)
class BeliefPiece:
    """A stretch of beliefs (ends excluded), or one belief (``low == high``), with one set of equilibria."""

    low: Root
    high: Root
    equilibria: tuple[AgentSupports, ...]

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, repr=False)
class PriorThresholds:
    """The open line of priors (1 - rho) first + rho last, 0 < rho < 1, cut where the equilibria change.

    Attributes
    ----------
    pieces : stretches and points in ascending order
    agents : names of the agents
    actions : names of the actions of each agent
    """

    pieces: tuple[BeliefPiece, ...]
    agents: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]

    @property
    def values(self) -> tuple[Root, ...]:
        """Every rho at which the supports of the equilibria change, in ascending order."""
        return tuple(piece.low for piece in self.pieces if piece.is_point)

    def at(self, rho: Any) -> BeliefPiece:
        """The piece that holds ``rho``."""
        for piece in self.pieces:
            if piece.low == rho or (piece.low < rho and piece.high > rho):
                return piece
        raise GameError(f"rho={rho} is not strictly between 0 and 1, the two ends of the line of priors")

    def __str__(self) -> str:
        rows = [["rho", "equilibria"]]
        for piece in self.pieces:
            where = f"at {piece.low}" if piece.is_point else f"{piece.low} to {piece.high}"
            rows.append([where, "; ".join(self._words(supports) for supports in piece.equilibria)])
        return "\n".join(align(rows))

    def _words(self, supports: AgentSupports) -> str:
        sides = ("/".join(labels[i] for i in support) for labels, support in zip(self.actions, supports))
        return f"({', '.join(sides)})"

    def __repr__(self) -> str:
        return f"<PriorThresholds: {len(self.values)} values>"


def prior_thresholds(game: BayesianGame, first: Any, last: Any) -> PriorThresholds:
    """Where the Bayes-Nash equilibria of a two-player game change as the prior moves from ``first`` to ``last``.

    Parameters
    ----------
    game : two players; its own prior is not used. Floats count as the rationals they store
    first, last : arrays, shape [*n_types]
        Priors at rho = 0 and rho = 1; every type with positive probability in either takes part.

    Returns
    -------
    PriorThresholds
        For 0 < rho < 1; at the ends a type may vanish, and there :func:`blamegame.bayes_nash` says what holds.

    Notes
    -----
    Payoffs of the induced strategic game are affine in rho. Every extreme equilibrium is computed over the field of
    rational functions with signs decided at a sample; the line is cut at the roots next to it, isolated exactly.

    Examples
    --------
    >>> from blamegame.models.promotion import Promotion
    >>> model = Promotion(credit_lower=1, authority=Fraction(1, 2), assistance=Fraction(9, 10))
    >>> print(prior_thresholds(model.bayesian_game(), [[1, 0]], [[0, 1]]))
    rho                        equilibria
    0 to 4243/5448 (0.778818)  (push, escalate, work)
    at 4243/5448 (0.778818)    (assist, escalate, work); (push, escalate, work)
    4243/5448 (0.778818) to 1  (assist, escalate, work)
    """
    if game.n_players != 2:
        raise UnsupportedGame(f"prior_thresholds needs 2 players, this game has {game.n_players}; solve it on a grid")
    ends = []
    for prior in (first, last):
        ends.append(to_exact_bayesian(BayesianGame(game.payoffs, prior, game.players, game.types, game.actions)))
    middle = (ends[0].prior + ends[1].prior) / 2
    exact = to_exact_bayesian(BayesianGame(game.payoffs, middle, game.players, game.types, game.actions))
    low, high = (_payoffs(exact, end.prior) for end in ends)

    def look(place: Place) -> tuple[AgentSupports, ...]:
        rho = RationalFunction.parameter(place)
        table = np.array([rho * (b - a) + a for a, b in zip(low.ravel(), high.ravel())]).reshape(low.shape)
        return _by_agent(exact, extreme_supports(table, place))

    cuts = line_cuts(look, Fraction(0), Fraction(1))
    pieces: list[BeliefPiece] = []
    for left, right in pairwise(cuts):
        here = BeliefPiece(left, right, look(Place(between(left, right))))
        if pieces:
            point = BeliefPiece(left, left, look(Place(left)))
            if pieces[-1].equilibria == point.equilibria == here.equilibria:
                here = BeliefPiece(pieces.pop().low, right, here.equilibria)
            else:
                pieces.append(point)
        pieces.append(here)
    form = agent_form(exact)
    return PriorThresholds(tuple(pieces), form.players, form.actions)


def _payoffs(game: BayesianGame, prior: Array) -> Array:
    """Payoffs of the induced game under another prior, over the plans of all types of ``game``; affine in the prior."""
    weights = np.where(np.equal(game.prior, 0), 0, prior / np.where(np.equal(game.prior, 0), 1, game.prior))
    scaled = game.payoffs * weights.reshape(*game.n_types, *[1] * game.n_players)
    return induced_game(BayesianGame(scaled, game.prior, game.players, game.types, game.actions)).payoffs


def _by_agent(game: BayesianGame, pairs: tuple[Any, ...]) -> tuple[AgentSupports, ...]:
    plans = [list(product(range(game.n_actions[i]), repeat=sum(a == i for a, _ in game.agents))) for i in range(2)]
    found = set()
    for pair in pairs:
        used = [[plans[i][k] for k in support] for i, support in enumerate(pair)]
        found.add(tuple(tuple(sorted(set(acts))) for some in used for acts in zip(*some)))
    return tuple(sorted(found))
