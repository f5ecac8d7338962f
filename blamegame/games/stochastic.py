"""Stochastic games: finitely many states, a strategic game in each, and play that moves from state to state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any, TypeAlias

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, fractions_of, object_array, to_exact

Number = int | float | Fraction
StationaryProfile: TypeAlias = tuple[Profile, ...]
"""One profile of mixed strategies for each state: what everybody does there whatever happened before."""

_SUM_SLACK = 1e-9  # float rows may miss a sum of one by this much (typed decimals); exact ones may not


@dataclass(frozen=True, eq=False, init=False, repr=False)
class StochasticGame:
    """A discounted stochastic game (Shapley 1953), or a batch of games of one shape.

    In each period the players, who see the state, choose actions; the stage game of the state pays them, and the next
    state is drawn given state and actions. Payoffs are averages (1 - discount) * sum of discount**t * payoff(t). Play
    starts in the first state unless a function is told otherwise.

    Parameters
    ----------
    stages : sequence of StrategicGame, one per state
        The same players in each; the actions may differ from state to state.
    transitions : sequence of arrays, one per state, shape [*batch, *n_actions, n_states]
        Distribution of the next state given the action profile. Integers and Fractions are exact and must sum to
        exactly one; floats may miss it by 1e-9 and are divided by their sum.
    discount : int, float or Fraction in [0, 1)
        Weight of the next period against this one. A float is the rational it stores.
    states : sequence of str, optional
        Names of the states; default ``"1", "2", ...``.

    Raises
    ------
    GameError
        Naming the state and cell, label or shape that is wrong.

    Examples
    --------
    >>> calm = StrategicGame([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])
    >>> crisis = StrategicGame([[[0, -2], [1, -1]], [[0, 1], [-2, -1]]])
    >>> worse = [[[1, 0], [0, 1]], [[0, 1], [0, 1]]]
    >>> game = StochasticGame([calm, crisis], [worse, worse], Fraction(9, 10), states=("calm", "crisis"))
    >>> game
    <StochasticGame of states calm (2 x 2), crisis (2 x 2), players 1, 2, discount 9/10, exact>
    >>> game.state_index("crisis")
    1
    """

    stages: tuple[StrategicGame, ...]
    transitions: tuple[Array, ...]
    discount: Number
    states: tuple[str, ...]

    def __init__(
        self,
        stages: Sequence[StrategicGame],
        transitions: Sequence[Any],
        discount: Number,
        states: Sequence[str] | None = None,
    ) -> None:
        games = _checked_stages(stages)
        names = _state_names(states, len(games))
        if not isinstance(discount, Real) or not 0 <= discount < 1:
            raise GameError(f"discount={discount} is not in [0, 1): 0 is one period, values near 1 are patient players")
        if len(transitions) != len(games):
            raise GameError(f"transitions are given for {len(transitions)} states, the game has {len(games)}: {names}")
        rows = tuple(
            _checked_transitions(game, given, name, names) for game, given, name in zip(games, transitions, names)
        )
        object.__setattr__(self, "stages", games)
        object.__setattr__(self, "transitions", rows)
        object.__setattr__(self, "discount", discount)
        object.__setattr__(self, "states", names)

    @property
    def players(self) -> tuple[str, ...]:
        return self.stages[0].players

    @property
    def n_players(self) -> int:
        return len(self.players)

    @property
    def n_states(self) -> int:
        return len(self.states)

    @property
    def batch_shape(self) -> tuple[int, ...]:
        return self.stages[0].batch_shape

    @property
    def exact(self) -> bool:
        """Whether payoffs, transitions and discount factor were all given exactly."""
        tables = all(g.exact for g in self.stages) and all(t.dtype == object for t in self.transitions)
        return tables and not isinstance(self.discount, float)

    @property
    def exact_discount(self) -> Fraction:
        """The discount factor as a rational; a float becomes the rational it stores."""
        return Fraction(self.discount)

    def state_index(self, state: int | str) -> int:
        """Position of a state given by position or name."""
        if isinstance(state, str):
            if state not in self.states:
                raise GameError(f"{state!r} is not a state of this game; its states are {self.states}")
            return self.states.index(state)
        if isinstance(state, bool) or not 0 <= state < self.n_states:
            raise GameError(f"state {state} is not in 0..{self.n_states - 1}")
        return int(state)

    def __getitem__(self, index: int | tuple[int, ...]) -> StochasticGame:
        """One game of a batch."""
        stages = [stage[index] for stage in self.stages]
        return StochasticGame(stages, [table[index] for table in self.transitions], self.discount, self.states)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StochasticGame):
            return NotImplemented
        same = (self.stages, self.states, self.discount) == (other.stages, other.states, other.discount)
        return same and all(np.array_equal(a, b) for a, b in zip(self.transitions, other.transitions))

    def __hash__(self) -> int:
        return hash((self.stages, self.states, self.discount))

    def __setstate__(self, state: dict[str, Any]) -> None:
        for table in state["transitions"]:
            table.setflags(write=False)
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        shapes = [" x ".join(map(str, stage.n_actions)) for stage in self.stages]
        listed = ", ".join(f"{name} ({shape})" for name, shape in zip(self.states, shapes))
        batch = f"batch {self.batch_shape} of " if self.batch_shape else "of "
        kind = "exact" if self.exact else "float64"
        players = ", ".join(self.players)
        return f"<StochasticGame {batch}states {listed}, players {players}, discount {self.discount}, {kind}>".replace(
            "of of", "of"
        )


def to_exact_stochastic(game: StochasticGame) -> StochasticGame:
    """The same game in rational arithmetic; floats become the rationals they store, rows divided by their exact sum."""
    if game.exact:
        return game
    tables = []
    for table in game.transitions:
        exact = table if table.dtype == object else fractions_of(table)
        total: Any = exact.sum(axis=-1, keepdims=True)
        tables.append(exact / total)
    return StochasticGame([to_exact(g) for g in game.stages], tables, game.exact_discount, game.states)


def check_single_stochastic(game: StochasticGame, caller: str) -> None:
    """Refuse a batch where one game is needed."""
    if game.batch_shape:
        raise GameError(
            f"{caller} takes one game, this is a batch of shape {game.batch_shape}; take game[i], "
            "or use markov_avoidance_range for the whole batch"
        )


def _checked_stages(stages: Sequence[StrategicGame]) -> tuple[StrategicGame, ...]:
    games = tuple(stages)
    if not games:
        raise GameError("a stochastic game needs at least one state")
    for k, game in enumerate(games):
        if not isinstance(game, StrategicGame):
            raise GameError(f"stages[{k}] must be a StrategicGame, not {type(game).__name__}")
        if game.players != games[0].players:
            raise GameError(
                f"stages[{k}] has players {game.players}, stages[0] has {games[0].players}; they must agree"
            )
        if game.batch_shape != games[0].batch_shape:
            raise GameError(f"stages[{k}] is a batch of shape {game.batch_shape}, stages[0] of {games[0].batch_shape}")
    return games


def _state_names(states: Sequence[str] | None, n_states: int) -> tuple[str, ...]:
    if states is None:
        return tuple(str(k + 1) for k in range(n_states))
    if isinstance(states, str) or len(states) != n_states or not all(isinstance(name, str) for name in states):
        raise GameError(f"states={states!r} must name each of the {n_states} states")
    if len(set(states)) != n_states:
        raise GameError(f"states={tuple(states)!r} repeats a name; labels must differ")
    return tuple(states)


def _checked_transitions(game: StrategicGame, given: Any, state: str, states: tuple[str, ...]) -> Array:
    table = _numbers(given, state)
    shape = (*game.batch_shape, *game.n_actions, len(states))
    if table.shape != shape:
        raise GameError(f"transitions from state {state!r} have shape {table.shape}; they need {shape}")
    rows = table.reshape(-1, len(states))
    totals = rows.sum(axis=1)
    if table.dtype == object:
        wrong = np.array([total != 1 for total in totals.tolist()])
    else:
        wrong = ~(np.abs(totals - 1) <= _SUM_SLACK)
    wrong |= np.array([not all(value >= 0 for value in row) for row in rows.tolist()])
    if wrong.any():
        first = int(np.argmax(wrong))
        where = tuple(int(i) for i in np.unravel_index(first, shape[:-1]))
        cell = [labels[i] for labels, i in zip(game.actions, where[len(game.batch_shape) :])]
        item = f", game {list(where[: len(game.batch_shape)])}" if game.batch_shape else ""
        shown = ", ".join(map(str, rows[first].tolist()))
        where_at = f"state {state!r} at ({', '.join(cell)}){item}"
        raise GameError(f"transitions from {where_at} are [{shown}], no distribution: needs values >= 0 that sum to 1")
    if table.dtype != object:
        table = (rows / totals[:, None]).reshape(shape)
    table.setflags(write=False)
    return table


def _numbers(given: Any, state: str) -> Array:
    try:
        array = np.array(given)
    except ValueError:
        raise GameError(f"transitions from state {state!r} are ragged") from None
    if array.dtype.kind in "iub":
        return fractions_of(array)
    if array.dtype.kind == "f":
        return array.astype(np.float64)
    values: list[Any] = array.ravel().tolist() if array.dtype == object else [None]
    if not all(isinstance(value, Real) for value in values):
        raise GameError(
            f"transitions from state {state!r} must be numbers: int, Fraction or float, in rows of one length"
        )
    if any(isinstance(value, float) for value in values):
        return np.array([float(value) for value in values]).reshape(array.shape)
    return object_array([Fraction(value) for value in values]).reshape(array.shape)
