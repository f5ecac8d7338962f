"""Claims about repeated play with perfect monitoring, mixed strategies and public lotteries included."""

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
from blamegame.games.repeated import RepeatedGame


@dataclass(frozen=True)
class NeverPlayedMixed:
    """No subgame-perfect equilibrium of the two-player repeated game, mixed ones included, ever plays the event.

    Parameters
    ----------
    game : RepeatedGame with perfect monitoring
    event : boolean array over the cells, or an iterable of cells
    chain : as ``mixed_exclusion_chain(game, event)`` finds it: what each player secures, steps of polygons with the
        multipliers of their sides, and multipliers that leave the event no chance
    """

    game: RepeatedGame
    event: Any
    chain: Any

    def __post_init__(self) -> None:
        check_perfect_monitoring(self.game, "NeverPlayedMixed")
        object.__setattr__(self, "event", cells_of(self.game.stage, self.event))

    def statement(self) -> Document:
        return {"kind": "never_played_mixed", **repeated_document(self.game, self.event)}

    def proof(self) -> Document:
        return {**_outer(self.chain), "excluding": _rows(self.chain.excluding[0])}


@dataclass(frozen=True)
class AlwaysRecurs:
    """Every subgame-perfect equilibrium, mixed ones included, plays the event with positive frequency.

    Parameters are those of :class:`NeverPlayedMixed`; the chain is ``recurrence_chain(game, event)``.
    """

    game: RepeatedGame
    event: Any
    chain: Any

    def __post_init__(self) -> None:
        check_perfect_monitoring(self.game, "AlwaysRecurs")
        object.__setattr__(self, "event", cells_of(self.game.stage, self.event))

    def statement(self) -> Document:
        return {"kind": "always_recurs", **repeated_document(self.game, self.event)}

    def proof(self) -> Document:
        avoiding = [
            {"polygon": text_of(nested(step.polygon)), "sides": [[_rows(lam) for lam in side] for side in step.sides]}
            for step in self.chain.avoiding
        ]
        return {**_outer(self.chain), "avoiding": avoiding, "excluding": [_rows(lam) for lam in self.chain.excluding]}


@dataclass(frozen=True)
class EquilibriumAvoids:
    """Some subgame-perfect equilibrium, with mixed strategies and lotteries, plays the event with this frequency.

    Parameters
    ----------
    game, event : as for :class:`NeverPlayedMixed`
    frequency : exact
    points : as ``equilibrium_points(game, event, ...)`` gives them: (value, mixtures, promises) each
    """

    game: RepeatedGame
    event: Any
    frequency: Any
    points: Any

    def __post_init__(self) -> None:
        check_perfect_monitoring(self.game, "EquilibriumAvoids")
        object.__setattr__(self, "event", cells_of(self.game.stage, self.event))
        object.__setattr__(self, "frequency", exact(self.frequency))

    def statement(self) -> Document:
        frequency = text_of(self.frequency)
        return {"kind": "equilibrium_avoids", **repeated_document(self.game, self.event), "frequency": frequency}

    def proof(self) -> Document:
        points = []
        for value, mixtures, promises in self.points:
            after = [[a, b, [[k, text_of(exact(w))] for k, w in lottery]] for a, b, lottery in promises]
            points.append({"value": text_of(nested(value)), "mixtures": text_of(nested(mixtures)), "promises": after})
        return {"points": points}


def _outer(chain: Any) -> Document:
    steps = [
        {"polygon": text_of(nested(step.polygon)), "sides": [_rows(lam) for lam in step.sides]} for step in chain.steps
    ]
    return {"secured": text_of(nested(chain.secured)), "chain": steps}


def _rows(multipliers: Any) -> list[list[Any]]:
    return [[player, own, other, text_of(exact(value))] for player, own, other, value in multipliers]
