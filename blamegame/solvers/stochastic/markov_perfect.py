"""All pure stationary Markov-perfect equilibria of a stochastic game, by the one-shot deviation check."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.stationary import stationary_profile, stationary_values
from blamegame.games.stochastic import StationaryProfile, StochasticGame, check_single_stochastic
from blamegame.games.strategic import Array
from blamegame.solvers.stochastic.exact_check import ExactCheck, cells_of
from blamegame.solvers.stochastic.screening import NO, UNSURE, Tables, screen, tables_of
from blamegame.solvers.stochastic.solution import MarkovSolution

MOST_PROFILES = 50_000_000
_NUMBERS = 1 << 20  # held at once by the screening

ExactGame = Callable[[int], StochasticGame]


def markov_perfect(game: StochasticGame, *, time_limit: float | Deadline | None = None) -> MarkovSolution:
    """Every Markov-perfect equilibrium in pure stationary strategies, ties decided exactly.

    ``complete`` refers to the concept ``"pure_markov_perfect"``: there may be mixed equilibria besides, and there may
    be no pure one at all. Deviations of every kind are covered, history-dependent and mixed ones too.

    Parameters
    ----------
    game : one game, any number of players and states
        A ``float64`` game is solved exactly, from the rationals its floats store.
    time_limit : seconds, optional
        When it runs out, or on Ctrl-C, the equilibria found so far come back with ``complete=False``.

    Raises
    ------
    UnsupportedGame
        Where there are more than 50 million pure stationary profiles.
    GameError
        For a batch of games.

    Notes
    -----
    1. List the pure stationary profiles: one action profile per state.
    2. Screen them in floating point, many at once: solve (1 - discount P) v = (1 - discount) u and compare each
       one-shot deviation with v. Differences within a proven bound on rounding are left open.
    3. Decide the open ones in rational arithmetic.

    References
    ----------
    Fink (1964), "Equilibrium in a stochastic n-person game"; Blackwell (1965) for one-shot deviations.

    Examples
    --------
    >>> from blamegame.models.scandal import Scandal
    >>> print(markov_perfect(Scandal().stochastic_game(0.9)))
    complete for pure stationary strategies: 1 of 36 profiles is an equilibrium
    calm: (push, escalate); scandal: (push, escalate)
    """
    check_single_stochastic(game, "markov_perfect")
    started = time.monotonic()
    found = equilibrium_cells(game, deadline=Deadline.of(time_limit))
    profiles = [_profile(game, positions) for positions in found.positions.tolist()]
    count = len(profiles)
    total = prod(prod(stage.n_actions) for stage in game.stages)
    if found.stopped:
        status = f"{found.stopped}: {count} pure equilibria so far; there may be others, so allow more time"
    else:
        are = "profiles is an equilibrium" if count == 1 else "profiles are equilibria"
        status = f"complete for pure stationary strategies: {count} of {total:,} {are}"
    return MarkovSolution(
        game=game,
        concept="pure_markov_perfect",
        method="one_shot_deviation",
        equilibria=tuple(profiles),
        values=tuple(stationary_values(game, profile) for profile in profiles),
        complete=not found.stopped,
        status=status,
        stats={"profiles": total, "decided_exactly": found.decided_exactly, "seconds": time.monotonic() - started},
    )


@dataclass(frozen=True, eq=False)
class Found:
    """Pure equilibria of a batch: which game, and for each state the position of the action profile played there."""

    games: Array
    positions: Array
    decided_exactly: int
    stopped: str


def equilibrium_cells(
    game: StochasticGame, *, exact: ExactGame | None = None, deadline: Deadline | None = None
) -> Found:
    """Pure stationary equilibria of a game, or of each game of a batch, by position; ordered by game, then by profile.

    ``exact(g)`` gives game ``g`` of a flattened batch in rational arithmetic, where the floats are that game rounded.
    """
    tables = tables_of(game)
    n_games, shape = len(tables.margin), tables.n_cells
    total = prod(shape)
    if total > MOST_PROFILES:
        raise UnsupportedGame(
            f"markov_perfect tries every pure stationary profile, and this game has {total:,} (at most "
            f"{MOST_PROFILES:,}); merge states or actions, or use logit_markov for one equilibrium"
        )
    checks: dict[int, ExactCheck] = {}
    hits: list[Array] = []
    decided, ends = 0, Deadline.of(deadline)
    each = max(1, _NUMBERS // len(shape) ** 2)
    games_step = max(1, min(n_games, each // min(total, each)))
    step = max(1, each // games_step)
    with ends:
        for first in range(0, n_games, games_step):
            part = _some(tables, slice(first, first + games_step))
            for start in range(0, total, step):
                profiles = np.array(np.unravel_index(np.arange(start, min(start + step, total)), shape))
                verdict = screen(part, list(profiles))
                for g, k in np.argwhere(verdict == UNSURE).tolist():
                    ends.check()
                    if first + g not in checks:
                        checks = {first + g: _check(game, first + g, exact, tables)}
                    verdict[g, k] = checks[first + g].holds(profiles[:, k].tolist())
                    decided += 1
                where = np.argwhere(verdict != NO)
                hits.append(np.column_stack([where[:, 0] + first, profiles[:, where[:, 1]].T]))
                if start + step < total or first + games_step < n_games:
                    ends.check()
    rows = np.concatenate(hits) if hits else np.zeros((0, 1 + len(shape)), dtype=np.int64)
    rows = rows[np.lexsort(rows.T[::-1])]
    return Found(rows[:, 0], rows[:, 1:], decided, ends.reason)


def _check(game: StochasticGame, index: int, exact: ExactGame | None, tables: Tables) -> ExactCheck:
    if exact is not None:
        one = exact(index)
    elif game.batch_shape:
        one = game[tuple(int(i) for i in np.unravel_index(index, game.batch_shape))]
    else:
        one = game
    return ExactCheck(one, tables.deviations)


def _some(tables: Tables, part: slice) -> Tables:
    payoffs, transitions = ([table[part] for table in group] for group in (tables.payoffs, tables.transitions))
    return Tables(tuple(payoffs), tuple(transitions), tables.deviations, tables.margin[part], tables.discount)


def _profile(game: StochasticGame, positions: list[int]) -> StationaryProfile:
    profile = stationary_profile(game, cells_of(game, positions))
    if game.exact:
        return profile
    return tuple(tuple(strategy.astype(np.float64) for strategy in at_state) for at_state in profile)
