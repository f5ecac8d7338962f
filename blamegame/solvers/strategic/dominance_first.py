"""What is left of a game after iterated strict dominance, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, to_exact
from blamegame.solvers.strategic.rationalizable import rationalizable


@dataclass(frozen=True, eq=False)
class Left:
    """The game of those who still have a choice.

    Attributes
    ----------
    whole : the game as it was given
    kept : for each of its players the surviving actions
    choosing : the players with more than one; nobody else is in ``game``. At least one, who may be without a choice.
    game : in rational arithmetic
    """

    whole: StrategicGame
    kept: tuple[tuple[int, ...], ...]
    choosing: tuple[int, ...]
    game: StrategicGame

    def table(self, over: Array) -> Array:
        """What is left of a table over all profiles of the whole game."""
        left: Array = over[np.ix_(*self.kept)]
        return left.reshape(self.game.n_actions)

    def profile(self, left: Profile) -> Profile:
        """A profile of ``game`` as one of the whole game; exact where it is."""
        out = []
        inside = dict(zip(self.choosing, left))
        exact = left[0].dtype == object
        for player, (actions, count) in enumerate(zip(self.kept, self.whole.n_actions)):
            strategy = object_array([Fraction(0)] * count) if exact else np.zeros(count)
            if player in inside:
                strategy[list(actions)] = inside[player]
            else:
                strategy[actions[0]] = Fraction(1) if exact else 1.0
            out.append(strategy)
        return tuple(out)


def left_of(game: StrategicGame) -> Left:
    """The game after iterated strict dominance by mixtures; its equilibria are those of the whole game.

    >>> dilemma = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> left = left_of(dilemma)
    >>> left.kept, left.game.n_actions, [s.tolist() for s in left.profile((np.array([1.0]),))]
    (((1,), (1,)), (1,), [[0.0, 1.0], [0.0, 1.0]])
    """
    check_single(game, "left_of")
    exact = to_exact(game)
    kept = rationalizable(exact)
    choosing = tuple(player for player, actions in enumerate(kept) if len(actions) > 1) or (0,)
    sizes = [len(kept[player]) for player in choosing]
    payoffs = exact.payoffs[np.ix_(choosing, *kept)].reshape(len(choosing), *sizes)
    labels = [tuple(exact.actions[player][a] for a in kept[player]) for player in choosing]
    return Left(game, kept, choosing, StrategicGame(payoffs, [exact.players[p] for p in choosing], labels))
