"""Claims about a discounted stochastic game."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.certificates.claims.parts import Document, cells_of, game_document, nested, text_of
from blamegame.errors import GameError
from blamegame.games.stationary import events_by_state
from blamegame.games.stochastic import StochasticGame, check_single_stochastic, to_exact_stochastic


@dataclass(frozen=True)
class NoMarkovPerfectAvoids:
    """There are Markov-perfect equilibria in pure stationary strategies, and none has the event in the long run.

    The event has no share of the periods in the long run from the start state: it happens in no recurrent state that
    play can come to. Equilibria in *mixed* stationary strategies are not considered. Where there is no pure one at
    all the claim is false, since it would be a sentence about nothing.

    Parameters
    ----------
    game : one stochastic game
    event : event over action profiles, the same in each state, or a list of one boolean array for each state
    start : the state of the first period, by position or name

    Examples
    --------
    >>> from fractions import Fraction
    >>> from blamegame.certificates.certify import certify
    >>> from blamegame.models import Scandal
    >>> able = Scandal(authority=1)
    >>> game = able.stochastic_game(Fraction(1, 2))
    >>> print(certify(NoMarkovPerfectAvoids(game, able.avoidance)))  # doctest: +ELLIPSIS
    Proved: In this stochastic game with discount factor 1/2, there is 1 Markov-perfect equilibrium in pure ...
    """

    game: StochasticGame
    event: Any
    start: Any = 0

    def __post_init__(self) -> None:
        check_single_stochastic(self.game, "NoMarkovPerfectAvoids")
        happens = events_by_state(self.game, self.event)
        event = tuple(
            (state, cells_of(stage, cells))
            for state, stage, cells in zip(self.game.states, self.game.stages, happens)
            if cells.any()
        )
        if not event:
            raise GameError("the event has no cell, so nothing would be proved")
        object.__setattr__(self, "event", event)
        object.__setattr__(self, "start", self.game.states[self.game.state_index(self.start)])

    def statement(self) -> Document:
        exact = to_exact_stochastic(self.game)
        stages = []
        for stage, following in zip(exact.stages, exact.transitions):
            parts = game_document(stage)
            stages.append(
                {"actions": parts["actions"], "payoffs": parts["payoffs"], "next": text_of(nested(following))}
            )
        game = {
            "players": list(exact.players),
            "discount": text_of(exact.exact_discount),
            "start": self.start,
            "states": list(exact.states),
            "stages": stages,
        }
        event = {state: [list(cell) for cell in cells] for state, cells in self.event}
        return {"kind": "no_markov_perfect_avoids", "game": game, "event": event}

    def proof(self) -> Document:
        return {}
