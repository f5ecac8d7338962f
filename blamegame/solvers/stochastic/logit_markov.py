"""One Markov-perfect equilibrium, mixed where need be: the branch of logit equilibria from uniform play."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.stationary import stationary_regret, stationary_values
from blamegame.games.stochastic import StationaryProfile, StochasticGame, check_single_stochastic
from blamegame.games.strategic import Array, to_float
from blamegame.solvers.continuation import LONGEST, SHORTEST, follow, tangent_of
from blamegame.solvers.stochastic.polish import against, polished
from blamegame.solvers.stochastic.solution import MarkovSolution

_SLOWEST = 1e12  # rationality, in units of 1 / payoff range, at which the path is given up


def logit_markov(
    game: StochasticGame, *, regret: float = 1e-6, time_limit: float | Deadline | None = None
) -> MarkovSolution:
    """The stationary equilibrium at the end of the principal branch of logit Markov equilibria.

    In each state each player plays an action with probability proportional to exp(rationality x what that action is
    worth there, the future included). From uniform play at rationality 0 a branch leads, generically, to one
    Markov-perfect equilibrium as rationality grows: a *selection*, so the solution is never complete.

    Parameters
    ----------
    game : one game, any number of players and states; floats inside
    regret : the path ends where no one-shot deviation gains more than this share of the largest payoff range
    time_limit : seconds; stopped early, or by Ctrl-C, the last profile of the path comes back and the status says so

    Notes
    -----
    1. Unknowns are logarithms of probabilities, values of states, and the rationality; equations are those of logit
       choice and of the values.
    2. Follow the curve by arclength with Newton's corrections; turning points are no special case.
    3. From the end, keep the actions that are still played and solve their indifference exactly in floats; where that
       is an equilibrium to within rounding it replaces the end of the path.

    References
    ----------
    Eibelshaeuser and Poensgen (2019), "Markov quantal response equilibrium and a homotopy method for computing and
    selecting Markov perfect equilibria of dynamic stochastic games". Herings and Peeters (2004), "Stationary equilibria
    in stochastic games: structure, selection, and computation", J. Econ. Theory 118.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> pennies = StrategicGame([[[2, 0], [0, 1]], [[0, 2], [1, 0]]])
    >>> solution = logit_markov(StochasticGame([pennies], [np.ones((2, 2, 1))], 0.9))
    >>> [strategy.round(6).tolist() for strategy in solution.equilibria[0][0]]
    [[0.333333, 0.666667], [0.333333, 0.666667]]
    """
    check_single_stochastic(game, "logit_markov")
    if not regret > 0:
        raise GameError(f"regret={regret} must be positive; a path ends near an equilibrium, not at it")
    started = time.monotonic()
    system = _System(game)
    path = _Path(system, regret * system.unit, Deadline.of(time_limit))
    path.run()
    profile = system.profile_of(path.point)
    better = polished(system.game, profile)
    profile = profile if better is None else better
    gain = float(stationary_regret(system.game, profile).max())
    words = f"one equilibrium of possibly many (a selection); the largest gain from a deviation is {gain:.3g}"
    return MarkovSolution(
        game=game,
        concept="markov_perfect",
        method="logit_homotopy",
        equilibria=(profile,),
        values=(stationary_values(system.game, profile),),
        complete=False,
        status=f"{path.stopped}; {words}" if path.stopped else words,
        stats={
            "rationality": float(path.point[-1]) / system.unit,
            "steps": path.steps,
            "polished": better is not None,
            "seconds": time.monotonic() - started,
        },
    )


@dataclass(eq=False)
class _Path:
    """The curve, and how far it was followed."""

    system: _System
    goal: float
    deadline: Deadline
    stopped: str = ""
    steps: int = 0

    def __post_init__(self) -> None:
        self.point = self.system.start()

    def run(self) -> None:
        tangent = np.zeros_like(self.point)
        tangent[-1] = 1.0
        step = 0.1
        with self.deadline:
            while self._gain() > self.goal:
                self.deadline.check()
                tangent = tangent_of(self.system.jacobian(self.point), tangent)
                moved, quick = follow(self.system, self.point, tangent, step)
                rationality = self.point[-1] / self.system.unit
                if moved is None:
                    step /= 2
                    if step < SHORTEST * max(1.0, abs(self.point[-1])):
                        self.stopped = f"lost the branch at rationality {rationality:.6g}"
                        return
                    continue
                self.point = moved
                self.steps += 1
                if quick:
                    step = min(step * 1.6, LONGEST * max(1.0, abs(self.point[-1])))
                if self.point[-1] > _SLOWEST:
                    self.stopped = f"gave up at rationality {rationality:.6g}"
                    return
        self.stopped = self.deadline.reason

    def _gain(self) -> float:
        return float(stationary_regret(self.system.game, self.system.profile_of(self.point)).max())


class _System:
    """Equations of logit Markov equilibrium; payoffs of all players in one unit, rationality in 1 / unit.

    Unknowns: for each state and player the logarithms of its probabilities, then every value (state by state, player
    by player), then the rationality.
    """

    def __init__(self, game: StochasticGame) -> None:
        tables = [stage.payoffs.astype(np.float64) for stage in game.stages]
        lowest = np.min([[table.min() for table in stage] for stage in tables], axis=0)
        highest = np.max([[table.max() for table in stage] for stage in tables], axis=0)
        spread = float(np.max(highest - lowest))
        self.unit = spread if spread > 0 else 1.0
        self.weight = float(game.discount)
        self.payoffs = [[(table - low) / self.unit for table, low in zip(stage, lowest)] for stage in tables]
        self.moves = [table.astype(np.float64) for table in game.transitions]
        self.game = _in_floats(game)
        self.n_players, self.n_states = game.n_players, game.n_states
        self.n_actions = [stage.n_actions for stage in game.stages]
        sizes = [n for shape in self.n_actions for n in shape]
        self.ends = np.cumsum([0, *sizes])
        self.n_logs = int(self.ends[-1])
        self.size = self.n_logs + self.n_states * self.n_players

    def blocks(self) -> Iterator[tuple[int, int, int, int]]:
        """(state, player, first, end) of each block of logarithms."""
        for k in range(self.n_states * self.n_players):
            yield k // self.n_players, k % self.n_players, int(self.ends[k]), int(self.ends[k + 1])

    def start(self) -> Array:
        logs = [np.full(n, -np.log(n)) for shape in self.n_actions for n in shape]
        point = np.concatenate([*logs, np.zeros(self.n_states * self.n_players + 1)])
        # The equations of the values are linear where probabilities are fixed.
        rows = slice(self.n_logs, self.size)
        values = np.linalg.solve(self.jacobian(point)[rows, rows], -self.residual(point)[rows])
        point[rows] = values
        return point

    def profile_of(self, point: Array) -> StationaryProfile:
        parts = [np.exp(point[a:b] - point[a:b].max()) for _, _, a, b in self.blocks()]
        whole = [part / part.sum() for part in parts]
        n = self.n_players
        return tuple(tuple(whole[s * n : (s + 1) * n]) for s in range(self.n_states))

    def _unpacked(self, point: Array) -> tuple[list[list[Array]], Array]:
        flat = [np.exp(point[a:b]) for _, _, a, b in self.blocks()]
        n = self.n_players
        values = point[self.n_logs : self.size].reshape(self.n_states, n)
        return [flat[s * n : (s + 1) * n] for s in range(self.n_states)], values

    def _worth(self, state: int, player: int, values: Array) -> Array:
        later = self.moves[state] @ values[:, player]
        worth: Array = (1 - self.weight) * self.payoffs[state][player] + self.weight * later
        return worth

    def residual(self, point: Array) -> Array:
        strategies, values = self._unpacked(point)
        rationality = point[-1]
        out = np.empty(self.size)
        for k, (s, i, a, b) in enumerate(self.blocks()):
            own = strategies[s][i]
            q = against(self._worth(s, i, values), strategies[s], (i,))
            out[a] = own.sum() - 1
            out[a + 1 : b] = point[a + 1 : b] - point[a] - rationality * (q[1:] - q[0])
            out[self.n_logs + k] = values[s, i] - own @ q
        return out

    def jacobian(self, point: Array) -> Array:
        strategies, values = self._unpacked(point)
        rationality = point[-1]
        out = np.zeros((self.size, self.size + 1))
        for k, (s, i, a, b) in enumerate(self.blocks()):
            own, row = strategies[s][i], self.n_logs + k
            worth = self._worth(s, i, values)
            q = against(worth, strategies[s], (i,))
            lead = against(self.moves[s], strategies[s], (i, self.n_players))  # [n_actions, n_states]
            at = self.n_logs + i + self.n_players * np.arange(self.n_states)
            rows = np.arange(a + 1, b)
            out[a, a:b] = own
            out[rows, rows] = 1.0
            out[rows, a] -= 1.0
            out[rows, -1] = -(q[1:] - q[0])
            out[np.ix_(rows, at)] = -rationality * self.weight * (lead[1:] - lead[0])
            out[row, at] = -self.weight * (own @ lead)
            out[row, row] += 1.0
            out[row, a:b] = -own * q
            for j in range(self.n_players):
                if j != i:
                    first = int(self.ends[s * self.n_players + j])
                    other = strategies[s][j]
                    table = against(worth, strategies[s], (i, j))
                    table = table if i < j else table.T
                    columns = slice(first, first + len(other))
                    out[a + 1 : b, columns] = -rationality * (table[1:] - table[0]) * other
                    out[row, columns] = -(own @ table) * other
        return out


def _in_floats(game: StochasticGame) -> StochasticGame:
    tables: Any = [table.astype(np.float64) for table in game.transitions]
    return StochasticGame([to_float(stage) for stage in game.stages], tables, float(game.discount), game.states)
