"""In what share of its local games an event occurs, in the best and the worst equilibrium of a game on a network."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array
from blamegame.solvers.network.elimination import survivors_at
from blamegame.solvers.network.network_equilibria import NetworkSolution


@dataclass(frozen=True)
class ShareRange:
    """The smallest and largest share of the equilibria found, None without any, and whether none lies outside.

    ``surely`` and ``possibly`` are proved to bound the share in every outcome, whatever was found.
    """

    lowest: Fraction | None
    highest: Fraction | None
    complete: bool
    surely: Fraction
    possibly: Fraction


def event_share(solution: NetworkSolution, profile: Array, event: Array) -> Fraction:
    """Share of local games in which the last two positions play a cell of ``event`` under a pure profile."""
    return share_of(solution.game, profile, event)


def share_of(game: HypergraphicalGame, profile: Any, event: Array) -> Fraction:
    """The same of any game on a network; ``profile`` is one action for each office."""
    played = np.asarray(profile)
    counts = [int(event[played[group.players[:, -2]], played[group.players[:, -1]]].sum()) for group in game.groups]
    return Fraction(sum(counts), sum(len(group.kinds) for group in game.groups))


def share_range(solution: NetworkSolution, event: Array) -> ShareRange:
    """The range of :func:`event_share` over all Nash, correlated and rationalizable outcomes.

    ``event`` is a boolean array over the actions of the last two positions of each local game. In every outcome the
    expected share lies between the share of games in which all profiles left by elimination (and, with strategic
    complements, between the two ends) are in the event, and the share in which some are. Where the equilibria found
    attain both, the range is complete; otherwise it is that of the equilibria found.
    """
    wanted = [tuple(group.shape[-2:]) for group in solution.game.groups]
    if any(shape != event.shape for shape in wanted):
        raise GameError(f"an event over the last two offices of a mandate has shape {wanted[0]}, not {event.shape}")
    surely, possibly = _outer(solution, event)
    shares = [event_share(solution, profile, event) for profile in solution.equilibria]
    if not shares and surely != possibly:
        return ShareRange(None, None, False, surely, possibly)
    lowest, highest = min(shares, default=surely), max(shares, default=possibly)
    return ShareRange(lowest, highest, (lowest, highest) == (surely, possibly), surely, possibly)


def _outer(solution: NetworkSolution, event: Array) -> tuple[Fraction, Fraction]:
    allowed = _between_the_ends(solution)
    surely = possibly = total = 0
    for group in solution.game.groups:
        kinds, which = survivors_at(solution.game, group, allowed)
        counts = np.bincount(which, minlength=len(kinds)).tolist()
        for (_, actions), count in zip(kinds, counts):
            cells = event[np.ix_(actions[-2], actions[-1])]
            surely, possibly = surely + count * int(cells.all()), possibly + count * int(cells.any())
            total += count
    return Fraction(surely, total), Fraction(possibly, total)


def _between_the_ends(solution: NetworkSolution) -> Array:
    if solution.orders is None:
        return solution.surviving
    width = solution.surviving.shape[1]
    rank = np.array([[*map(o.index, range(len(o))), *range(len(o), width)] for o in solution.orders])[
        solution.game.roles
    ]
    players = np.arange(len(rank))
    least, greatest = (rank[players, solution.equilibria[end]][:, None] for end in (0, -1))
    return np.asarray(solution.surviving & (least <= rank) & (rank <= greatest))
