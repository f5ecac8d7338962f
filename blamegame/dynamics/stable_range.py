"""The probability of an event over what is stochastically stable: play that lasts when offices err now and then."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.dynamics.log_linear import Cell, log_linear
from blamegame.dynamics.resistances import one_player_steps
from blamegame.dynamics.stationary import stationary
from blamegame.games.event import event_of
from blamegame.games.strategic import StrategicGame, best_reply_cells, to_exact


@dataclass(frozen=True)
class StableClass:
    """Profiles of least potential between which play moves without ever giving anything up; often one profile.

    Attributes
    ----------
    cells : the profiles, as positions of actions
    shares : the share of time in each, exact: where precision has no limit and play is in this class
    """

    cells: tuple[Cell, ...]
    shares: tuple[Fraction, ...]


def stable_classes(game: StrategicGame) -> tuple[StableClass, ...]:
    """The stochastically stable profiles, those of one closed set of best replies together.

    Without errors a player drawn at random takes one of its best replies, each with the same probability. A closed
    set of this process has one potential, and its long-run shares are those of the process inside it.

    Examples
    --------
    >>> pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> [str(share) for share in stable_classes(pennies)[0].shares]
    ['1/4', '1/4', '1/4', '1/4']
    """
    import networkx as nx

    found = log_linear(game)
    profiles, moves = found.profiles, _moves_without_errors(to_exact(game))
    stable = [place for place, cell in enumerate(profiles) if cell in set(found.stable)]
    graph = nx.DiGraph()
    graph.add_nodes_from(stable)
    graph.add_edges_from((s, t) for s in stable for t in stable if s != t and moves[s, t])
    classes = []
    for members in sorted(sorted(part) for part in nx.strongly_connected_components(graph)):
        shares = stationary(moves[np.ix_(members, members)])
        classes.append(StableClass(tuple(profiles[k] for k in members), tuple(shares.tolist())))
    return tuple(classes)


def stable_range(game: StrategicGame, event: Any) -> tuple[Fraction, Fraction]:
    """Lowest and highest probability of an event over the stochastically stable classes of log-linear learning; exact.

    One stable profile is inside the event or not: both ends are 0 or both are 1. Where play goes round between
    several, it is their share of the time. The long run at any high precision mixes the classes, and lies between.

    Parameters
    ----------
    game : one game of at most 1,024 profiles; floats count as the rationals they store
    event : cells, or a boolean array over them

    Examples
    --------
    >>> stag_hunt = StrategicGame([[[9, 0], [8, 7]], [[9, 8], [0, 7]]])
    >>> [str(end) for end in stable_range(stag_hunt, [("b", "b")])]
    ['1', '1']
    """
    inside = event_of(game, event)
    chances = [
        sum((share for cell, share in zip(one.cells, one.shares) if inside[cell]), Fraction(0))
        for one in stable_classes(game)
    ]
    return min(chances), max(chances)


def _moves_without_errors(game: StrategicGame) -> Any:
    """Probabilities of the steps between profiles where everyone who revises takes one of its best replies."""
    best = best_reply_cells(game)
    n = best[0].size
    moves = np.full((n, n), Fraction(0), dtype=object)
    for player, step_from, step_to in one_player_steps(game.n_actions):
        ties = best[player].sum(axis=player, keepdims=True)
        counts = np.broadcast_to(ties, game.n_actions).ravel()
        for s, t in zip(step_from.tolist(), step_to.tolist()):
            if best[player].ravel()[t]:
                moves[s, t] = Fraction(1, int(counts[t]) * game.n_players)
    return moves
