"""Bayesian games: finitely many types, a common prior, and payoffs that depend on everybody's types and actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, fractions_of, object_array

_SUM_SLACK = 1e-9  # float priors may miss a sum of one by this much (typed decimals); exact ones may not


@dataclass(frozen=True, eq=False, init=False, repr=False)
class BayesianGame:
    """A finite game of incomplete information (Harsanyi 1967).

    Nature draws a type for every player from the prior, each player learns its own type only, and all act at once.

    Parameters
    ----------
    payoffs : array, shape [n_players, *n_types, *n_actions]
        Integers and Fractions are kept exact, floats stay ``float64``.
    prior : array, shape [*n_types]
        Probability of each type profile; types may be correlated. Exact entries must sum to exactly one.
    players, types, actions : optional
        Names; types and actions are one sequence of names per player.

    Raises
    ------
    GameError
        Naming the label, shape or entry that is wrong.

    Notes
    -----
    A type of probability zero takes no part: an equilibrium says nothing about what it would do, and it is no agent.

    Examples
    --------
    >>> payoffs = [[[[[2, 0], [0, 1]], [[0, 2], [1, 0]]]], [[[[1, 0], [0, 2]], [[0, 2], [1, 0]]]]]
    >>> game = BayesianGame(payoffs, [[Fraction(1, 3), Fraction(2, 3)]], types=(("1",), ("fond", "cross")))
    >>> game
    <BayesianGame 2 x 2, players 1, 2, types 1 x 2, exact>
    >>> game.agents
    ((0, 0), (1, 0), (1, 1))
    """

    payoffs: Array
    prior: Array
    players: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    actions: tuple[tuple[str, ...], ...]

    def __init__(
        self,
        payoffs: Any,
        prior: Any,
        players: Sequence[str] | None = None,
        types: Sequence[Sequence[str]] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        chances, table = _one_arithmetic(_checked_prior(prior), np.asarray(payoffs))
        n_players = chances.ndim
        if table.ndim != 2 * n_players + 1 or table.shape[: n_players + 1] != (n_players, *chances.shape):
            raise GameError(
                f"payoffs of shape {table.shape} do not fit a prior of shape {chances.shape}: expected "
                f"[{n_players}, {', '.join(map(str, chances.shape))}, *n_actions]"
            )
        # One strategic game for each type profile checks payoffs and labels with the messages everybody knows.
        batch = StrategicGame(np.moveaxis(table, 0, n_players), n_players if players is None else players, actions)
        names = tuple(tuple(map(str, range(1, n + 1))) for n in chances.shape) if types is None else types
        object.__setattr__(self, "payoffs", np.moveaxis(batch.payoffs, n_players, 0))
        object.__setattr__(self, "prior", chances)
        object.__setattr__(self, "players", batch.players)
        object.__setattr__(self, "types", _checked_types(names, chances.shape, batch.players))
        object.__setattr__(self, "actions", batch.actions)

    @property
    def n_players(self) -> int:
        return len(self.players)

    @property
    def n_types(self) -> tuple[int, ...]:
        return self.prior.shape

    @property
    def n_actions(self) -> tuple[int, ...]:
        return tuple(len(labels) for labels in self.actions)

    @property
    def exact(self) -> bool:
        """Whether payoffs and prior are Fractions rather than ``float64``."""
        return bool(self.payoffs.dtype == object)

    @property
    def agents(self) -> tuple[tuple[int, int], ...]:
        """(player, type) of every type that has positive probability, in order."""
        return tuple(
            (player, k) for player in range(self.n_players) for k, p in enumerate(self.marginal(player).tolist()) if p
        )

    def marginal(self, player: int) -> Array:
        """Probability of each type of a player, shape [n_types of player]."""
        others = tuple(axis for axis in range(self.n_players) if axis != player)
        out: Array = np.asarray(self.prior.sum(axis=others)) if others else self.prior
        return out

    def plans(self, player: int) -> tuple[tuple[int, ...], ...]:
        """The pure strategies of a player: an action for each of its types of positive probability."""
        n_live = sum(i == player for i, _ in self.agents)
        return tuple(product(range(self.n_actions[player]), repeat=n_live))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BayesianGame):
            return NotImplemented
        labels = (self.players, self.types, self.actions) == (other.players, other.types, other.actions)
        return labels and np.array_equal(self.prior, other.prior) and np.array_equal(self.payoffs, other.payoffs)

    def __hash__(self) -> int:
        return hash((self.players, self.types, self.actions, tuple(self.prior.ravel().tolist())))

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        shape, types = (" x ".join(map(str, numbers)) for numbers in (self.n_actions, self.n_types))
        kind = "exact" if self.exact else "float64"
        return f"<BayesianGame {shape}, players {', '.join(self.players)}, types {types}, {kind}>"


def to_exact_bayesian(game: BayesianGame) -> BayesianGame:
    """The same game in rational arithmetic; floats become the rationals they store, the prior divided by its sum."""
    if game.exact:
        return game
    prior = fractions_of(game.prior)
    return BayesianGame(fractions_of(game.payoffs), prior / prior.sum(), game.players, game.types, game.actions)


def _checked_prior(prior: Any) -> Array:
    try:
        array = np.array(prior)
        if array.dtype.kind in "iub":
            array = fractions_of(array)
        elif array.dtype == object:
            values = array.ravel().tolist()
            floats = any(isinstance(value, float) for value in values)
            kept = [float(v) for v in values] if floats else [Fraction(v) for v in values]
            array = (np.array(kept) if floats else object_array(kept)).reshape(array.shape)
        else:
            array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise GameError("the prior must be int, Fraction or float numbers, one for each type profile") from None
    if array.ndim == 0 or array.size == 0:
        raise GameError(f"a prior of shape {array.shape} needs one axis of types for each player, none of them empty")
    for profile in np.ndindex(array.shape):
        if not array[profile] >= 0:
            raise GameError(f"prior[{', '.join(map(str, profile))}] = {array[profile]} is not a probability")
    total = array.sum()
    if not abs(total - 1) <= (0 if array.dtype == object else _SUM_SLACK):
        raise GameError(f"the prior sums to {total}, not to 1")
    if array.dtype != object:
        array = array / total
    array.setflags(write=False)
    return array


def _one_arithmetic(prior: Array, payoffs: Array) -> tuple[Array, Array]:
    """Both as floats as soon as one of them holds floats."""
    flat = payoffs.ravel().tolist() if payoffs.dtype == object else []
    floats = payoffs.dtype.kind == "f" or any(isinstance(value, float) for value in flat)
    if floats and prior.dtype == object:
        prior = prior.astype(np.float64)
        prior.setflags(write=False)
    if not floats and prior.dtype != object and payoffs.dtype.kind in "iubO":
        try:
            payoffs = payoffs.astype(np.float64)
        except (OverflowError, TypeError, ValueError):
            raise GameError("payoffs must be numbers within the range of float64 where the prior is float") from None
    return prior, payoffs


def _checked_types(
    types: Sequence[Any], shape: tuple[int, ...], players: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    if len(types) != len(shape):
        raise GameError(f"types lists {len(types)} players, the prior has {len(shape)}")
    for player, labels, n in zip(players, types, shape):
        if isinstance(labels, str) or len(labels) != n or len(set(labels)) != n:
            raise GameError(f"{player} has {n} types in the prior; its labels {labels!r} must be {n} different names")
    return tuple(tuple(labels) for labels in types)
