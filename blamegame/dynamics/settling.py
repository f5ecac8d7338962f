"""Many starting points followed together until each has settled: at a strict equilibrium, or where nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, best_reply_cells, to_float

_STAGES = 12
_STILL, _APART = 1e-9, 1e-4


def strict_equilibria(game: StrategicGame) -> list[tuple[int, ...]]:
    best = best_reply_cells(game)
    alone = [best[i] & (best[i].sum(axis=i, keepdims=True) == 1) for i in range(game.n_players)]
    return [tuple(cell) for cell in np.argwhere(np.all(alone, axis=0)).tolist()]


def trapping_share(game: StrategicGame, cell: tuple[int, ...]) -> float:
    """A share of everyone's action in a strict equilibrium from which on that action is everyone's only best reply.

    Where the others all play ``cell`` its action leads by ``gap``; where they do not it trails by ``spread`` at most,
    and that happens with probability (n - 1) e at most if each leaves ``cell`` with probability e.
    """
    payoffs = to_float(game).payoffs
    worst = 1.0
    for player in range(game.n_players):
        line = payoffs[player][(*cell[:player], slice(None), *cell[player + 1 :])]
        others = np.delete(line, cell[player])
        if not len(others) or game.n_players == 1:
            continue
        gap = float(line[cell[player]] - others.max())
        spread = float(np.ptp(payoffs[player]))
        worst = min(worst, gap / (gap + spread) / (game.n_players - 1))
    return 1 - 0.99 * worst if worst < 1 else 0.5


def at_rest(shares: list[Array], speed: Array, found: Array, rests: list[list[Array]]) -> Array:
    """``found`` with the starts that no longer move given to the resting point they are at, new ones appended."""
    for index in np.flatnonzero((speed <= _STILL) & (found == -1)).tolist():
        point = [part[index] for part in shares]
        for rest, known in enumerate(rests):
            if max(np.abs(one - two).max() for one, two in zip(point, known)) <= _APART:
                found[index] = rest
                break
        else:
            found[index] = len(rests)
            rests.append(point)
    return found


def follow(
    state: list[Array],
    velocity: Callable[[list[Array]], list[Array]],
    ended: Callable[[list[Array]], Array],
    time: float,
) -> Array:
    """Which resting point each start leads to: all are followed together, in stages that double in length."""
    from scipy.integrate import solve_ivp

    sizes = [part.shape[1] for part in state]
    reached = ended(state)
    going = np.flatnonzero(reached == -1)
    lengths = time * 2.0 ** np.arange(_STAGES) / (2.0**_STAGES - 1)
    for length in lengths:
        if not len(going):
            break

        def flat(_: float, values: Array, n: int = len(going)) -> Array:
            return np.concatenate(velocity(_split(values.reshape(n, -1), sizes)), axis=1).ravel()

        now = np.concatenate([part[going] for part in state], axis=1)
        found = solve_ivp(flat, (0, length), now.ravel(), "DOP853", rtol=1e-8, atol=1e-10)
        if not found.success:
            raise GameError(f"the flow could not be followed: {found.message}")
        for part, new in zip(state, _split(found.y[:, -1].reshape(len(going), -1), sizes)):
            part[going] = new
        reached[going] = ended([part[going] for part in state])
        going = np.flatnonzero(reached == -1)
    return reached


def _split(values: Array, sizes: Sequence[int]) -> list[Array]:
    return np.split(values, np.cumsum(sizes)[:-1], axis=1)
