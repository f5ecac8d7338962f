"""A strategy that attains an extreme payoff: an automaton whose promises are public lotteries over its states."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.errors import GameError
from blamegame.games.automaton import Cell
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import to_exact
from blamegame.games.table import align, format_number
from blamegame.solvers.repeated.payoff_set import PayoffSet
from blamegame.solvers.repeated.set_operator.polygon import Point, Polygon, smallest

Lottery = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, eq=False, repr=False)
class LotteryAutomaton:
    """States with a cell to play; after play as meant a public lottery draws the next state, after a deviation of
    player i play goes to ``punishment[i]``. (When both deviate, to the first player's.)

    Attributes
    ----------
    game : the repeated game
    start : the state in which play begins
    plays : for each state the cell that is played, by positions of actions
    follow : for each state the lottery over next states, (state, probability), exact
    punishment : for each player the state that follows its deviation
    values : for each state the pair of average payoffs it gives, exact
    """

    game: RepeatedGame
    start: int
    plays: tuple[Cell, ...]
    follow: tuple[Lottery, ...]
    punishment: tuple[int, int]
    values: tuple[Point, ...]

    def gains(self) -> tuple[tuple[Fraction, ...], ...]:
        """For each state and player what the best one-shot deviation gains, exact: an equilibrium iff none is positive.

        Values are checked on the way: each must be what the play of its state and its lottery make.
        """
        stage, d = to_exact(self.game.stage), self.game.exact_discount
        out = []
        for state, cell in enumerate(self.plays):
            row = []
            for player in (0, 1):
                promised = sum((p * self.values[k][player] for k, p in self.follow[state]), Fraction(0))
                value = (1 - d) * stage.payoffs[(player, *cell)] + d * promised
                if value != self.values[state][player]:
                    raise GameError(
                        f"state {state} is said to be worth {self.values[state]}, which its play does not make"
                    )
                others = [
                    tuple(a if i == player else c for i, c in enumerate(cell)) for a in range(stage.n_actions[player])
                ]
                now = max((stage.payoffs[(player, *other)] for other in others if other != cell), default=None)
                punished = self.values[self.punishment[player]][player]
                row.append(Fraction(0) if now is None else (1 - d) * now + d * punished - value)
            out.append(tuple(row))
        return tuple(out)

    def simulate(self, periods: int, rng: np.random.Generator) -> list[tuple[int, Cell]]:
        """A path of play as meant: (state, cell) for each period."""
        state, out = self.start, []
        for _ in range(periods):
            out.append((state, self.plays[state]))
            states, chances = zip(*self.follow[state])
            state = int(rng.choice(states, p=np.array([float(p) for p in chances])))
        return out

    def __str__(self) -> str:
        stage = self.game.stage
        rows = [["state", "plays", "worth", "then"]]
        for state, cell in enumerate(self.plays):
            words = ", ".join(labels[k] for labels, k in zip(stage.actions, cell))
            then = " or ".join(f"{k}" if p == 1 else f"{k} ({format_number(p)})" for k, p in self.follow[state])
            worth = ", ".join(f"{float(v):.6g}" for v in self.values[state])
            rows.append([f"{state}{' (start)' if state == self.start else ''}", words, worth, then])
        ends = (f"{name}'s deviation leads to {state}" for name, state in zip(stage.players, self.punishment))
        return "\n".join([*align(rows), "; ".join(ends)])


def extract_automaton(found: PayoffSet, vertex: int) -> LotteryAutomaton:
    """An automaton that attains vertex number ``vertex`` of the inner bound of a payoff set.

    The continuation of each vertex is written as a lottery over at most three vertices, and each player is punished by
    the vertex that is worst for it.

    Raises
    ------
    GameError
        Where there is no such vertex.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> from blamegame.solvers.repeated.abreu_sannikov import payoff_set
    >>> dilemma = StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]])
    >>> found = payoff_set(RepeatedGame(dilemma, Fraction(3, 4)))
    >>> machine = extract_automaton(found, 0)
    >>> all(gain <= 0 for row in machine.gains() for gain in row)
    True
    """
    polygon = found.inner_polygon
    if not 0 <= vertex < len(polygon):
        raise GameError(f"vertex {vertex}: the inner bound has {len(polygon)} vertices, numbered from 0")
    worst = [next(k for k, v in enumerate(polygon.vertices) if v[i] == smallest(polygon, i)) for i in (0, 1)]
    n = found.game.stage.n_actions[1]
    return LotteryAutomaton(
        game=found.game,
        start=vertex,
        plays=tuple(divmod(image.cell, n) for image in found.supports),
        follow=tuple(lottery(polygon, image.continuation) for image in found.supports),
        punishment=(worst[0], worst[1]),
        values=polygon.vertices,
    )


def lottery(polygon: Polygon, point: Point) -> Lottery:
    """A point of a polygon as a lottery over at most three of its vertices, by the fan of triangles from the first.

    >>> from blamegame.solvers.repeated.set_operator.polygon import hull
    >>> square = hull([(Fraction(x), Fraction(y)) for x in (0, 1) for y in (0, 1)])
    >>> [(k, str(p)) for k, p in lottery(square, (Fraction(1, 2), Fraction(1, 4)))]
    [(0, '1/2'), (1, '1/4'), (2, '1/4')]
    """
    vertices = polygon.vertices
    if point in vertices:
        return ((vertices.index(point), Fraction(1)),)
    a = vertices[0]
    if len(vertices) == 2:
        axis = 0 if vertices[1][0] != a[0] else 1
        share = (point[axis] - a[axis]) / (vertices[1][axis] - a[axis])
        return ((0, 1 - share), (1, share))
    for k in range(1, len(vertices) - 1):
        b, c = vertices[k], vertices[k + 1]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        second = ((point[0] - a[0]) * (c[1] - a[1]) - (point[1] - a[1]) * (c[0] - a[0])) / area
        third = ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])) / area
        shares = (1 - second - third, second, third)
        if min(shares) >= 0:
            return tuple((state, share) for state, share in zip((0, k, k + 1), shares) if share)
    raise GameError(f"the point {point} is not in the polygon")
