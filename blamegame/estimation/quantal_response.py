"""Choice probabilities of logit equilibrium in every regime, with exact derivatives in parameters and precision."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np

from blamegame.estimation.design import SymmetricGame
from blamegame.estimation.scalar_logit import Alike, TwoOffices, branches, log_share, odds_share, principal
from blamegame.games.strategic import Array

_SMALLEST_SLOPE = 1e-9


def two_offices(payoffs: Array, precision: Array) -> TwoOffices:
    """The scalar equations of games [..., 2 offices, 2, m] as one batch of N games."""
    tables = payoffs.reshape(-1, *payoffs.shape[-3:])
    upper, lower = tables[:, 0], tables[:, 1]
    return TwoOffices(upper[:, 0] - upper[:, 1], lower[:, 0], lower[:, 1], np.ravel(precision))


def logit_choices(
    payoffs: Array, rise: Array, precision: Array, *, best_for: Array | None = None
) -> tuple[Array, Array]:
    """Log probabilities and their derivatives at one logit equilibrium of each game.

    Parameters
    ----------
    payoffs : [B, G, 2, 2, m]
    rise : derivatives of the payoffs in P parameters, [B, G, P, 2, 2, m]
    precision : [B]
    best_for : counts [B, G, 2 + m]: choose among several equilibria the one that makes these likeliest; None is the
        principal branch

    Returns
    -------
    log probabilities [B, G, 2 + m] and their derivatives [B, P + 1, G, 2 + m], the last in log precision

    Notes
    -----
    dz/dtheta = lambda (E dd + lambda Cov(du, d)) / H_z and dz/dlambda = (E d + lambda Cov(u, d)) / H_z under y;
    H_z is kept away from 0, where it lies only at trial points on a fold.
    """
    batch, regimes, n_parameters = rise.shape[:3]
    m = payoffs.shape[-1]
    equation = two_offices(payoffs, np.broadcast_to(precision[:, None], (batch, regimes)))
    z, count = principal(equation)
    if best_for is not None:
        for row in np.flatnonzero(count > 1).tolist():
            z[row] = _likeliest(equation, row, best_for.reshape(-1, 2 + m)[row])
    log_y, y = equation.replies(z)
    x = odds_share(z)
    rate = equation.precision
    d, g = equation.gains, equation.against_first - equation.against_second
    u = equation.against_second + x[:, None] * g
    changes = rise.reshape(batch * regimes, n_parameters, 2, 2, m)
    du = np.concatenate(
        [changes[:, :, 1, 1] + x[:, None, None] * (changes[:, :, 1, 0] - changes[:, :, 1, 1]), u[:, None]], 1
    )
    du[:, :-1] *= rate[:, None, None]
    du[:, -1] *= rate[:, None]  # in log precision
    dd = changes[:, :, 0, 0] - changes[:, :, 0, 1]
    mean_d = (y * d).sum(-1)
    mean_g = (y * g).sum(-1)
    slope = 1 - rate * rate * x * (1 - x) * ((y * g * d).sum(-1) - mean_g * mean_d)
    slope = np.where(np.abs(slope) < _SMALLEST_SLOPE, np.copysign(_SMALLEST_SLOPE, slope), slope)
    mean_du = (du * y[:, None]).sum(-1)
    moved = rate[:, None] * ((du * (y * d)[:, None]).sum(-1) - mean_du * mean_d[:, None])
    moved[:, :-1] += rate[:, None] * (dd * y[:, None]).sum(-1)
    moved[:, -1] += rate * mean_d
    dz = moved / slope[:, None]
    out = np.empty((batch * regimes, n_parameters + 1, 2 + m))
    out[..., 0], out[..., 1] = (1 - x)[:, None] * dz, -x[:, None] * dz
    follow = (rate * x * (1 - x))[:, None, None] * (g - mean_g[:, None])[:, None]
    out[..., 2:] = du - mean_du[..., None] + follow * dz[..., None]
    logs = np.concatenate([log_share(z)[:, None], log_share(-z)[:, None], log_y], axis=1)
    shaped = out.reshape(batch, regimes, n_parameters + 1, 2 + m)
    return logs.reshape(batch, regimes, 2 + m), np.moveaxis(shaped, 2, 1)


def _likeliest(equation: TwoOffices, row: int, counts: Array) -> float:
    roots = branches(equation, row)
    log_y, _ = equation.take(np.full(len(roots), row)).replies(roots)
    logs = np.column_stack([log_share(roots), log_share(-roots), log_y])
    return float(roots[(logs @ counts).argmax()])


def alike_choices(games: Sequence[SymmetricGame], precision: Array) -> tuple[Array, Array]:
    """Log probabilities [B, G, 2] of acting and not in symmetric games, and their derivatives in log precision.

    The derivatives have shape [B, 1, G, 2].
    """
    width = max(game.players for game in games)
    gains, weights = np.zeros((2, len(games), width))
    for g, game in enumerate(games):
        gains[g, : game.players] = game.gains
        weights[g, : game.players] = [comb(game.players - 1, k) for k in range(game.players)]
    others = np.array([game.players - 1 for game in games])
    batch = len(precision)
    tiled = np.tile(gains, (batch, 1)), np.tile(weights, (batch, 1)), np.tile(others, batch)
    equation = Alike(*tiled, np.repeat(precision, len(games)))
    z, _ = principal(equation)
    gain, rise = equation.gain(z)
    dz = gain / (1 - rise)
    x = odds_share(z)
    logs = np.stack([log_share(z), log_share(-z)], axis=-1)
    slopes = np.stack([(1 - x) * dz, -x * dz], axis=-1)
    return logs.reshape(batch, len(games), 2), slopes.reshape(batch, 1, len(games), 2)
