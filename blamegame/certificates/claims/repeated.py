"""Claims about a repeated game with perfect monitoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.certificates.claims.parts import (
    Document,
    cells_of,
    check_perfect_monitoring,
    exact,
    nested,
    repeated_document,
    text_of,
)
from blamegame.errors import CertificateError
from blamegame.games.automaton import Automaton
from blamegame.games.repeated import RepeatedGame


@dataclass(frozen=True)
class NeverPlayed:
    """No pure-strategy subgame-perfect equilibrium of the two-player repeated game ever plays the event.

    With public lotteries or without, at any history.

    Parameters
    ----------
    game : RepeatedGame with perfect monitoring
    event : boolean array over the cells, or an iterable of cells
    chain : steps (polygon, threats), as ``exclusion_chain(game, event)`` finds them
        Each polygon, a sequence of points, holds what the set operator makes of the one before (the first: all stage
        payoffs); no equilibrium payoff is below the threats. The last step leaves no promise that enforces the event.
    """

    game: RepeatedGame
    event: Any
    chain: Any

    def __post_init__(self) -> None:
        check_perfect_monitoring(self.game, "NeverPlayed")
        object.__setattr__(self, "event", cells_of(self.game.stage, self.event))
        object.__setattr__(self, "chain", nested(tuple(self.chain)))

    def statement(self) -> Document:
        return {"kind": "never_played", **repeated_document(self.game, self.event)}

    def proof(self) -> Document:
        return {
            "chain": [{"polygon": text_of(polygon), "threats": text_of(threats)} for polygon, threats in self.chain]
        }


@dataclass(frozen=True)
class AutomatonAvoids:
    """This automaton is a subgame-perfect equilibrium, and avoids with this discounted frequency on its path.

    Any number of players; perfect monitoring. ``frequency`` must be exact.
    """

    game: RepeatedGame
    automaton: Automaton
    event: Any
    frequency: Any

    def __post_init__(self) -> None:
        check_perfect_monitoring(self.game, "AutomatonAvoids")
        if self.automaton.stage != self.game.stage:
            raise CertificateError("the automaton plays another stage game than the one that is repeated")
        object.__setattr__(self, "event", cells_of(self.game.stage, self.event))
        object.__setattr__(self, "frequency", exact(self.frequency))

    def statement(self) -> Document:
        stage, machine = self.game.stage, self.automaton
        plays = [[labels[k] for labels, k in zip(stage.actions, cell)] for cell in machine.plays]
        automaton = {"states": list(machine.states), "plays": plays, "next": machine.next_state.tolist()}
        frequency = text_of(self.frequency)
        return {
            "kind": "automaton_avoids",
            **repeated_document(self.game, self.event),
            "automaton": automaton,
            "frequency": frequency,
        }

    def proof(self) -> Document:
        return {}
