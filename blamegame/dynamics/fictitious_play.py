"""Fictitious play: each player replies best to how often the others have played what so far; exact."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, Profile, StrategicGame, cell_index, check_single, object_array, to_exact


@dataclass(frozen=True, eq=False, repr=False)
class FictitiousPlay:
    """What was played round by round.

    Attributes
    ----------
    game : the game
    plays : int64 [rounds, n_players], positions of the actions played; the first row is where play began
    """

    game: StrategicGame
    plays: Array

    @property
    def frequencies(self) -> Profile:
        """How often each player has played what, over all rounds; exact."""
        rounds = len(self.plays)
        return tuple(
            object_array([Fraction(int(count), rounds) for count in np.bincount(column, minlength=n)])
            for column, n in zip(self.plays.T, self.game.n_actions)
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FictitiousPlay):
            return NotImplemented
        return self.game == other.game and np.array_equal(self.plays, other.plays)

    def __hash__(self) -> int:
        return hash((self.game, self.plays.tobytes()))

    def __repr__(self) -> str:
        return f"<FictitiousPlay of {self.game!r}: {len(self.plays)} rounds>"


def fictitious_play(
    game: StrategicGame, rounds: int, *, start: Sequence[int | str], rng: np.random.Generator | None = None
) -> FictitiousPlay:
    """Fictitious play over ``rounds`` rounds, all players moving at once.

    Parameters
    ----------
    game : one game of any number of players; several others are believed to play independently
    start : one action per player, by position or name: what is played in the first round
    rng : optional
        Draws among best replies that tie. Without it the first of them is played.

    Notes
    -----
    Sums of payoffs are whole numbers here, so that a tie is a tie.

    References
    ----------
    Brown (1951), "Iterative solution of games by fictitious play"; Robinson (1951), Annals of Mathematics 54;
    Monderer and Shapley (1996), "Fictitious play property for games with identical interests", J. Econ. Theory 68.

    Examples
    --------
    >>> pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> found = fictitious_play(pennies, 2000, start=(0, 0))
    >>> [[round(float(share), 1) for share in strategy] for strategy in found.frequencies]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    check_single(game, "fictitious_play")
    if isinstance(rounds, bool) or not isinstance(rounds, int | np.integer) or rounds < 1:
        raise GameError(f"rounds={rounds!r} is not a whole number of 1 or more")
    tables = _whole_numbers(game)
    counts = [object_array([0] * n) for n in game.n_actions]
    plays = np.empty((int(rounds), game.n_players), dtype=np.int64)
    plays[0] = cell_index(game, start)
    for now in range(int(rounds)):
        if now:
            plays[now] = [_reply(tables[player], counts, player, rng) for player in range(game.n_players)]
        for player, action in enumerate(plays[now].tolist()):
            counts[player][action] += 1
    plays.setflags(write=False)
    return FictitiousPlay(game, plays)


def _reply(table: Array, counts: Sequence[Array], player: int, rng: np.random.Generator | None) -> int:
    values: Any = table
    for other in reversed(range(len(counts))):
        if other != player:
            values = np.tensordot(values, counts[other], axes=([other], [0]))
    listed = values.tolist()
    best = [action for action, value in enumerate(listed) if value == max(listed)]
    return best[0] if rng is None else int(rng.choice(best))


def _whole_numbers(game: StrategicGame) -> list[Array]:
    """Each player's payoffs times a common denominator."""
    found = []
    for table in to_exact(game).payoffs:
        values = table.ravel().tolist()
        scale = math.lcm(*(value.denominator for value in values))
        found.append(object_array([int(value * scale) for value in values]).reshape(table.shape))
    return found
