"""What pays against a given mixture, for the theories that reply step by step: two offices, or n alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design, Experiment, SymmetricGame
from blamegame.games.strategic import Array

Mixtures = list[Array]
"""One array [B, G, actions] for each office."""


@dataclass(frozen=True, eq=False)
class Stakes:
    """Payoffs at a batch of parameter vectors, as what each action is worth against mixtures of the others."""

    worth: Callable[[Mixtures], Mixtures]
    uniform: Mixtures


def stakes_of(design: Design | Experiment, names: tuple[str, ...]) -> Callable[[Array], Stakes]:
    """theta [B, Q] -> the stakes there.

    Raises
    ------
    CasesError
        For more than two offices that are not alike.
    """
    if isinstance(design, Experiment) and design.symmetric:
        games = design.symmetric
        return lambda theta: _alike(games, len(theta))
    if len(design.offices) != 2:
        raise CasesError(f"{len(design.offices)} offices; this theory is for two offices, or for symmetric games")
    tables = design.payoffs(names)

    def at(theta: Array) -> Stakes:
        payoffs, _ = tables.tables(theta[:, : len(names)])
        shape = payoffs.shape[:2]
        uniform = [np.full((*shape, n), 1 / n) for n in payoffs.shape[-2:]]

        def worth(mixtures: Mixtures) -> Mixtures:
            return [
                np.einsum("bgij,bgj->bgi", payoffs[:, :, 0], mixtures[1]),
                np.einsum("bgij,bgi->bgj", payoffs[:, :, 1], mixtures[0]),
            ]

        return Stakes(worth, uniform)

    return at


def _alike(games: tuple[SymmetricGame, ...], batch: int) -> Stakes:
    width = max(game.players for game in games)
    gains, weights = np.zeros((2, len(games), width))
    for g, game in enumerate(games):
        gains[g, : game.players] = game.gains
        weights[g, : game.players] = [comb(game.players - 1, k) for k in range(game.players)]
    acting = np.arange(width)
    idle = np.maximum(np.array([[game.players - 1] for game in games]) - acting, 0)

    def worth(mixtures: Mixtures) -> Mixtures:
        x = mixtures[0][..., :1]
        gain = (gains * weights * x**acting * (1 - x) ** idle).sum(axis=-1)
        return [np.stack([gain, np.zeros_like(gain)], axis=-1)]

    return Stakes(worth, [np.full((batch, len(games), 2), 0.5)])


def logit_reply(worth: Array, precision: Array) -> Array:
    """Probabilities proportional to exp(precision x worth), [B, G, actions]."""
    scaled = precision[:, None, None] * worth
    weights = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def best_reply(worth: Array) -> Array:
    """All weight on what pays most, shared equally among ties."""
    scale = np.maximum(np.abs(worth).max(axis=-1, keepdims=True), 1e-300)
    best = worth >= worth.max(axis=-1, keepdims=True) - 1e-12 * scale
    return np.asarray(best / best.sum(axis=-1, keepdims=True))


def joined(mixtures: Mixtures) -> Array:
    """The K cells of mixtures, [B, K]."""
    together = np.concatenate(mixtures, axis=-1)
    return together.reshape(len(together), -1)
