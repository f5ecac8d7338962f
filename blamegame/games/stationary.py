"""Stationary profiles of a stochastic game: the chain they induce, their values, and the gains from deviating."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games import markov_chain
from blamegame.games.event import event_of, event_probability
from blamegame.games.stochastic import StationaryProfile, StochasticGame, check_single_stochastic
from blamegame.games.strategic import Array, Profile, check_profile, object_array, pure_profile


def stationary_profile(game: StochasticGame, cells: Sequence[Sequence[int | str]]) -> StationaryProfile:
    """The pure stationary profile that plays one action profile in each state, given by names or positions; exact."""
    if len(cells) != game.n_states:
        raise GameError(f"{cells!r} is not one action profile for each of the {game.n_states} states {game.states}")
    return tuple(pure_profile(stage, cell) for stage, cell in zip(game.stages, cells))


def induced_chain(game: StochasticGame, profile: Sequence[Any]) -> Array:
    """Transition matrix between states when everybody follows ``profile``, shape [n_states, n_states]."""
    rows = [_mixed(table, p, 0) for table, p in zip(game.transitions, _checked(game, profile, "induced_chain"))]
    return np.array(rows, dtype=_kind(rows))


def stationary_values(game: StochasticGame, profile: Sequence[Any]) -> Array:
    """Average discounted payoff of each player from each state on, shape [n_states, n_players].

    Solves (1 - discount P) v = (1 - discount) u; exact where game and profile are, in ``float64`` otherwise.

    >>> from blamegame.games.strategic import StrategicGame
    >>> stay_or_go = StrategicGame([[0, 1]])
    >>> rich = StrategicGame([[10]])
    >>> game = StochasticGame([stay_or_go, rich], [[[0, 1], [1, 0]], [[1, 0]]], Fraction(1, 2))
    >>> stationary_values(game, stationary_profile(game, [("a",), ("a",)])).tolist()
    [[Fraction(10, 3)], [Fraction(20, 3)]]
    """
    profiles = _checked(game, profile, "stationary_values")
    chain = induced_chain(game, profiles)
    stage = [[_mixed(table, p, 0) for table in g.payoffs] for g, p in zip(game.stages, profiles)]
    exact = game.exact and chain.dtype == object and _kind(stage) is object
    if not exact:
        weight = float(game.discount)
        system = np.eye(game.n_states) - weight * chain.astype(np.float64)
        solved: Array = np.linalg.solve(system, (1 - weight) * np.array(stage, dtype=np.float64))
        return solved
    discount = game.exact_discount
    left = [[int(s == t) - discount * chain[s, t] for t in range(game.n_states)] for s in range(game.n_states)]
    return _solve(left, [[(1 - discount) * value for value in row] for row in stage])


def deviation_values(game: StochasticGame, player: int, profile: Sequence[Any]) -> tuple[Array, ...]:
    """Value of playing each action once and then following ``profile``: for each state, shape [n_actions there]."""
    profiles = _checked(game, profile, "deviation_values")
    return _deviation_values(game, player, profiles, stationary_values(game, profiles))


def stationary_regret(game: StochasticGame, profile: Sequence[Any]) -> Array:
    """Gain of each player's best one-shot deviation in each state, shape [n_states, n_players].

    It is zero everywhere exactly at a Markov-perfect equilibrium: against stationary play a player who gains by any
    strategy, of whatever memory, gains by deviating once (Blackwell 1965).
    """
    profiles = _checked(game, profile, "stationary_regret")
    values = stationary_values(game, profiles)
    gains = np.empty(values.shape, dtype=values.dtype)
    for player in range(game.n_players):
        for s, options in enumerate(_deviation_values(game, player, profiles, values)):
            # The mixture's own value rather than values[s]: floats then give no gain below zero by rounding.
            gains[s, player] = max(options.tolist()) - options @ profiles[s][player]
    return gains


def state_shares(game: StochasticGame, profile: Sequence[Any], *, start: int | str = 0) -> Array:
    """Expected share of periods spent in each state in the long run when play starts in ``start``, shape [n_states].

    Where play can end in several recurrent classes of states, each counts with the probability of ending in it.
    """
    return markov_chain.long_run_shares(induced_chain(game, profile), game.state_index(start))


def event_frequency(game: StochasticGame, profile: Sequence[Any], event: Any, *, start: int | str = 0) -> Any:
    """Long-run frequency of an event: state shares times the probability that the event happens there.

    ``event`` is an event over action profiles, the same in each state, or a list with one such event for each state.
    """
    profiles = _checked(game, profile, "event_frequency")
    chances = [event_probability(p, cells) for p, cells in zip(profiles, events_by_state(game, event))]
    return sum(share * chance for share, chance in zip(state_shares(game, profiles, start=start).tolist(), chances))


def events_by_state(game: StochasticGame, event: Any) -> tuple[Array, ...]:
    """``event`` as one boolean array for each state; see :func:`event_frequency` for what it may be."""
    by_state = isinstance(event, list) and len(event) == game.n_states and all(map(_is_array, event))
    return tuple(event_of(stage, event[s] if by_state else event) for s, stage in enumerate(game.stages))


def _is_array(item: Any) -> bool:
    return isinstance(item, np.ndarray) and item.dtype == bool


def _checked(game: StochasticGame, profile: Sequence[Any], caller: str) -> StationaryProfile:
    check_single_stochastic(game, caller)
    if len(profile) != game.n_states:
        raise GameError(f"a stationary profile needs one profile for each state {game.states}; this has {len(profile)}")
    return tuple(check_profile(stage, p) for stage, p in zip(game.stages, profile))


def _mixed(table: Array, profile: Profile, first: int) -> Any:
    """Expectation of a table over the action axes, which begin at axis ``first``."""
    for strategy in profile:
        table = np.tensordot(strategy, table, axes=([0], [first]))
    return table if table.ndim else table.item()


def _deviation_values(
    game: StochasticGame, player: int, profiles: StationaryProfile, values: Array
) -> tuple[Array, ...]:
    weight: Any = game.exact_discount if values.dtype == object else float(game.discount)
    out = []
    for stage, table, profile in zip(game.stages, game.transitions, profiles):
        continuation = np.tensordot(table, values[:, player], axes=([-1], [0]))
        worth: Any = (1 - weight) * stage.payoffs[player] + weight * continuation
        for other in reversed(range(game.n_players)):
            if other != player:
                worth = np.tensordot(worth, profile[other], axes=([other], [0]))
        out.append(worth if values.dtype == object else worth.astype(np.float64))
    return tuple(out)


def _solve(left: list[list[Fraction]], right: list[list[Fraction]]) -> Array:
    from flint import fmpq, fmpq_mat

    def matrix(rows: list[list[Fraction]]) -> Any:
        return fmpq_mat(len(rows), len(rows[0]), [fmpq(v.numerator, v.denominator) for row in rows for v in row])

    solution = matrix(left).solve(matrix(right))
    entries = [Fraction(int(v.p), int(v.q)) for v in solution.entries()]
    return object_array(entries).reshape(len(right), len(right[0]))


def _kind(nested: Any) -> Any:
    flat = [v for row in nested for v in (row.tolist() if isinstance(row, np.ndarray) else row)]
    return np.float64 if any(isinstance(v, float) for v in flat) else object
