"""Points of the plane in exact arithmetic: convex hulls, and the payoffs that a promise from a polygon enforces."""

from __future__ import annotations

from fractions import Fraction

from .budget import Cell, Refused, Work
from .game import Game

Point = tuple[Fraction, Fraction]


def payoffs_at(game: Game, cell: Cell) -> Point:
    return game.payoffs[0, *cell], game.payoffs[1, *cell]


def best_reply(game: Game, player: int, cell: Cell) -> Fraction:
    """What ``player`` gets at best while the other plays its part of ``cell``."""
    own = range(len(game.actions[player]))
    return max(game.payoffs[player, *cell[:player], action, *cell[player + 1 :]] for action in own)


def enforced(game: Game, cell: Cell, d: Fraction, polygon: list[Point], threats: Point, work: Work) -> list[Point]:
    """Corners of the v = (1 - d) u(cell) + d w with w in the polygon and v_i >= (1 - d) reply_i(cell) + d threats_i."""
    x, y = payoffs_at(game, cell)
    points = [(work((1 - d) * x + d * a), work((1 - d) * y + d * b)) for a, b in polygon]
    for i in range(2):
        least = work((1 - d) * best_reply(game, i, cell) + d * threats[i])
        kept: list[Point] = []
        for p, q in zip(points, points[1:] + points[:1]):
            above, beyond = p[i] - least, q[i] - least
            if above >= 0:
                kept.append(p)
            if above > 0 > beyond or above < 0 < beyond:
                share = work(above / (above - beyond))
                kept.append((work(p[0] + share * (q[0] - p[0])), work(p[1] + share * (q[1] - p[1]))))
        points = kept
    return points


def turn(p: Point, q: Point, r: Point, work: Work) -> Fraction:
    """Positive where p, q, r turn left."""
    return work(work((q[0] - p[0]) * (r[1] - p[1])) - work((q[1] - p[1]) * (r[0] - p[0])))


def convex_hull(points: list[Point], work: Work) -> list[Point]:
    """Corners counter-clockwise (Andrew's monotone chain)."""
    chains: list[Point] = []
    for ordered in (sorted(set(points)), sorted(set(points), reverse=True)):
        chain: list[Point] = []
        for point in ordered:
            while len(chain) > 1 and turn(chain[-2], chain[-1], point, work) <= 0:
                chain.pop()
            chain.append(point)
        chains += chain[:-1]
    if len(chains) < 3:
        raise Refused("a polygon of the chain has no area")
    return chains


def is_inside(polygon: list[Point], point: Point, work: Work) -> bool:
    return all(turn(p, q, point, work) >= 0 for p, q in zip(polygon, polygon[1:] + polygon[:1]))
