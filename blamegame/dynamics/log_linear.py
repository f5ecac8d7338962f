"""Log-linear learning: one player at a time revises, nearly always to a best reply; what is seen in the long run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.dynamics.in_trees import least_in_trees
from blamegame.dynamics.resistances import check_precision, one_player_steps, regrets, resistances
from blamegame.dynamics.stationary import log_stationary
from blamegame.games.event import event_of
from blamegame.games.strategic import Array, StrategicGame, check_single, object_array, to_exact
from blamegame.games.table import align, format_number

Cell = tuple[int, ...]


@dataclass(frozen=True, repr=False)
class LogLinear:
    """Log-linear learning in one game.

    Attributes
    ----------
    game : the game as given
    potentials : for each action profile, row-major, its stochastic potential: the least total resistance of a tree of
        steps by which all other profiles lead to it; exact, in units of payoff
    """

    game: StrategicGame
    potentials: tuple[Fraction, ...]

    @property
    def stable(self) -> tuple[Cell, ...]:
        """The stochastically stable profiles, as positions of actions: seen almost always as precision grows."""
        least = min(self.potentials)
        return tuple(cell for cell, one in zip(self.profiles, self.potentials) if one == least)

    @property
    def profiles(self) -> tuple[Cell, ...]:
        """Every action profile in the order of ``potentials``."""
        return tuple(np.ndindex(self.game.n_actions))

    def distribution(self, precision: Any) -> Array:
        """Share of time in each profile in the long run, row-major, ``float64`` with small relative errors.

        Parameters
        ----------
        precision : number, 0 or more
            The player who revises takes action a with probability proportional to exp(precision * payoff of a).
        """
        return np.exp(self.log_distribution(precision))

    def log_distribution(self, precision: Any) -> Array:
        """The logarithms of :meth:`distribution`, for shares that no float can hold."""
        given_up = _float_regrets(self.game)
        beta = check_precision(precision, float(given_up.max()))
        shape, n_players = self.game.n_actions, self.game.n_players
        moves = np.full((math.prod(shape),) * 2, -math.inf)
        for player, step_from, step_to in one_player_steps(shape):
            odds = -beta * given_up[player]
            log_choice = (odds - np.logaddexp.reduce(odds, axis=player, keepdims=True)).ravel()
            moves[step_from, step_to] = log_choice[step_to] - math.log(n_players)
        return log_stationary(moves)

    def frequency(self, event: Any, precision: Any) -> float:
        """Share of time in an event, given as cells or as a boolean array over them, in the long run."""
        inside = event_of(self.game, event).ravel()
        return float(self.distribution(precision)[inside].sum())

    def __str__(self) -> str:
        rows = [["profile", "potential", ""]]
        least = min(self.potentials)
        for cell, potential in zip(self.profiles, self.potentials):
            labels = ", ".join(actions[a] for actions, a in zip(self.game.actions, cell))
            rows.append([f"({labels})", format_number(potential), "stable" if potential == least else ""])
        return "\n".join(line.rstrip() for line in align(rows))

    def __repr__(self) -> str:
        return f"<LogLinear of {self.game!r}: {len(self.stable)} of {len(self.potentials)} profiles stable>"


def log_linear(game: StrategicGame) -> LogLinear:
    """Log-linear learning in one game of any number of players: exact potentials, and distributions on request.

    Parameters
    ----------
    game : one game of at most 1,024 action profiles; floats count as the rationals they store

    Raises
    ------
    GameError, UnsupportedGame
        For a batch of games (``log_linear_batch`` takes one); for more profiles.

    Notes
    -----
    In each period one player, drawn at random, revises: it takes action a with probability proportional to
    exp(precision * its payoff from a against what the others play). Moving to a resists by what a gives up against the
    best reply; the potential of a profile is the least in-tree of resistances that leads to it, and the profiles of
    least potential hold all the mass in the limit of precision.

    References
    ----------
    Blume (1993), "The statistical mechanics of strategic interaction", Games Econ. Behav. 5; Young (1993), "The
    evolution of conventions", Econometrica 61; Alos-Ferrer and Netzer (2010), "The logit-response dynamics", Games
    Econ. Behav. 68; the tree theorem of Freidlin and Wentzell (1984).

    Examples
    --------
    Of two conventions the one that is harder to leave, not the one that pays more:

    >>> found = log_linear(StrategicGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]]))
    >>> print(found)
    profile  potential
    (a, a)   7
    (a, b)   8
    (b, a)   8
    (b, b)   1          stable
    >>> round(found.frequency([("b", "b")], Fraction(1, 2)), 4)
    0.9008
    """
    check_single(game, "log_linear")
    exact = to_exact(game)
    weights = resistances(exact.payoffs, exact.n_players)
    there = weights != math.inf
    scale = math.lcm(*(one.denominator for one in exact.payoffs.ravel().tolist()))  # whole numbers are quicker
    weights[there] = object_array([int(one * scale) for one in weights[there].tolist()])
    return LogLinear(game, tuple(Fraction(one, scale) for one in least_in_trees(weights).tolist()))


def _float_regrets(game: StrategicGame) -> Array:
    """Exact differences of payoffs, each rounded once."""
    exact = to_exact(game)
    return regrets(exact.payoffs, exact.n_players).astype(np.float64)
