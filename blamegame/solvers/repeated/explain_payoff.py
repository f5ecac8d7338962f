"""How a payoff of a repeated game comes about, in words: today's play, the promise, the punishments, the patience."""

from __future__ import annotations

from typing import Any

from blamegame.errors import GameError
from blamegame.games.repeated import RepeatedGame
from blamegame.solvers.repeated.delta_windows import delta_windows
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.operator import Cells, Image, cells_of, least_promises
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon, smallest


def explain_payoff(payoffs: PayoffSet, vertex: int) -> str:
    """How vertex number ``vertex`` of the inner bound is an equilibrium payoff, in words.

    It names the action profile of the first period, what play promises after it, how each player would be punished
    for deviating, which incentive constraints bind, and below which discount factor nobody can play so.

    >>> from blamegame.games.strategic import StrategicGame
    >>> from blamegame.solvers.repeated.abreu_sannikov import payoff_set
    >>> dilemma = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> print(explain_payoff(payoff_set(RepeatedGame(dilemma, 0.99)), 2).splitlines()[0])
    (9, 9): 1 plays a, 2 plays a; then play is worth the same (9, 9) again.
    """
    game, polygon = payoffs.game, payoffs.inner_polygon
    count = len(polygon)
    if not -count <= vertex < count:
        raise GameError(f"explain_payoff(payoffs, {vertex}): the inner bound has {count} vertices, numbered from 0")
    image = payoffs.supports[range(count)[vertex]]
    players, cell = game.stage.players, divmod(image.cell, game.stage.n_actions[1])
    actions = ", ".join(f"{name} plays {game.stage.actions[i][cell[i]]}" for i, name in enumerate(players))
    lines = [f"{_pair(image.value)}: {actions}; then play is worth {_promise(polygon, image)}."]
    if game.exact_discount == 0:
        return "\n".join([*lines, "Only this period counts, and nobody gains by deviating in it."])
    cells = cells_of(game)
    for i, name in enumerate(players):
        lines.append(_incentive(cells, polygon, image, i, name))
    return "\n".join([*lines, _from_when(game, cell)])


def _from_when(game: RepeatedGame, cell: tuple[int, int]) -> str:
    """The discount factor below which no equilibrium plays the profile, so that the payoff disappears with it."""
    windows = delta_windows(game.stage, cell, tolerance=1e-6).windows
    if not windows or windows[0].excluded is None:
        return "Play like this is possible at every discount factor." if windows else "From when on is not located."
    return f"Below discount {_number(windows[0].included)} no equilibrium plays like this."


def _promise(polygon: Polygon, image: Image) -> str:
    w = image.continuation
    if w == image.value:
        return f"the same {_pair(w)} again"
    if w in polygon.vertices:
        return f"{_pair(w)} (vertex {polygon.vertices.index(w)})"
    return f"{_pair(w)} (a lottery over vertices)"


def _incentive(cells: Cells, polygon: Polygon, image: Image, player: int, name: str) -> str:
    cell = cells[image.cell]
    threats: Point = (smallest(polygon, 0), smallest(polygon, 1))
    worst = next(k for k, v in enumerate(polygon.vertices) if v[player] == threats[player])
    temptation = cell.reply[player] - cell.payoff[player]
    if temptation == 0:
        return f"{name} already plays a best reply."
    need = least_promises(cell, threats)[player]
    spare = image.continuation[player] - need
    binds = "which binds" if spare == 0 else f"with {_number(spare)} to spare"
    return (
        f"{name} would gain {_number(temptation)} today by deviating, and is punished by vertex {worst}, worth "
        f"{_number(threats[player])} to it: it must be promised at least {_number(need)}, {binds}."
    )


def _pair(point: Point) -> str:
    return f"({_number(point[0])}, {_number(point[1])})"


def _number(value: Any) -> str:
    return f"{float(value):.6g}"
