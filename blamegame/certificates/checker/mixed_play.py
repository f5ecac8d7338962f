"""Claims about repeated play with perfect monitoring, mixed strategies and public lotteries included, two players."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from .budget import ZERO, Cell, Claims, Data, Finding, Refused, Work
from .game import GAME, Game, event_of, event_text, game_of, number
from .names import name
from .polygons import Point, convex_hull, payoffs_at
from .reading import factor, rational, whole

Multipliers = list[tuple[int, int, int, Fraction]]


class Repeated(NamedTuple):
    """A game of two players repeated with discount factor d, and what each can secure for itself."""

    game: Game
    d: Fraction
    secured: Point


def never_played_mixed(claim: Data, proof: Data, work: Work) -> Finding:
    """In no subgame-perfect equilibrium, mixed ones included, is the event ever played.

    Let all equilibrium payoffs lie in a polygon W, and let m_i be at most any of i. What an equilibrium plays now is a
    mixture x over cells with x(a) = x_1(a_1) x_2(a_2), followed after a by w(a) in W. Player i obeys:

        sum over b of x(a_i, b) [(1-d) (u_i(a_i, b) - u_i(a_i', b)) + d (w_i(a_i, b) - m_i)] >= 0.

    So for numbers lam >= 0, one for each player, own action and other action, the payoff v has n v <= the largest, over
    cells a and corners p of W, of (1-d) n u(a) + d n p + sum lam [(1-d) (u_i(a) - u_i(a_i', a_-i)) + d (p_i - m_i)].
    Each side of each polygon of the chain is proved so, or holds the polygon before. At last the sums of some lam alone
    are never positive, and negative on the event: it has no chance.
    """
    play, event, sentence = _read(claim, proof, "no subgame-perfect equilibrium", work)
    sentence += f" ever plays {event_text(play.game, event)}"
    failure, polygon = _chain(play, proof["chain"], work)
    if failure:
        return sentence, failure
    sums = _sums(play, polygon, _threats(play, polygon), proof["excluding"], list(play.game.cells()), work)
    wrong = [cell for cell, most in sums.items() if most > 0 or (most == 0 and cell in event)]
    return sentence, f"The multipliers do not exclude {event_text(play.game, {wrong[0]})}" if wrong else ""


def always_recurs(claim: Data, proof: Data, work: Work) -> Finding:
    """In every subgame-perfect equilibrium, mixed ones included, the event happens with positive frequency.

    If it did not, then play would avoid it at every history that is reached, so that the actions of positive
    probability form a rectangle outside the event, each time. Payoffs of such play lie in polygons proved as above,
    cells being those of a rectangle; in the end each rectangle has multipliers whose sums are negative: none is left.
    """
    play, event, sentence = _read(claim, proof, "every subgame-perfect equilibrium", work)
    sentence += f" plays {event_text(play.game, event)} with positive frequency"
    failure, polygon = _chain(play, proof["chain"], work)
    if failure:
        return sentence, failure
    threats = _threats(play, polygon)
    rectangles = _rectangles(play.game, event)
    for k, step in enumerate(proof["avoiding"]):
        smaller = convex_hull(step["polygon"], work)
        if len(step["sides"]) != len(smaller):
            raise Refused("a step does not say what proves each side of its polygon")
        for side, by_rectangle in zip(_sides(smaller), step["sides"]):
            if _inherited(polygon, side, work):
                continue
            if len(by_rectangle) != len(rectangles):
                raise Refused(f"a side has multipliers for {len(by_rectangle)} of {len(rectangles)} rectangles")
            for cells, lam in zip(rectangles, by_rectangle):
                if _reach(play, polygon, threats, side[0], lam, cells, work) > side[1]:
                    return sentence, f"Step {k} of the chain of avoiding play leaves out payoffs that it allows"
        polygon = smaller
    if len(proof["excluding"]) != len(rectangles):
        raise Refused(f"{len(proof['excluding'])} of {len(rectangles)} rectangles have multipliers that exclude them")
    for cells, lam in zip(rectangles, proof["excluding"]):
        if max(_sums(play, polygon, threats, lam, cells, work).values()) >= 0:
            return sentence, f"The multipliers do not exclude play within {event_text(play.game, set(cells))}"
    return sentence, ""


def equilibrium_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """There is a subgame-perfect equilibrium, with mixed strategies and lotteries, in which the frequency is this.

    Each point says what is played now, and after each cell that may happen a lottery over points. Deviations from what
    may happen are followed by the point that is worst for the deviator. By the one-shot deviation principle it is
    enough that every action played pays what its point says, and no other more.
    """
    game, d = game_of(claim["game"]), claim["discount"]
    if len(game.players) != 2:
        raise Refused(f"points of payoffs are for 2 players; this game has {len(game.players)}")
    event = event_of(claim["event"], game.actions)
    sentence = f"In this game, repeated for ever with discount factor {number(d)} and perfect monitoring, some "
    sentence += "subgame-perfect equilibrium, in mixed strategies and with public lotteries, plays "
    sentence += f"{event_text(game, event)} with discounted frequency {number(claim['frequency'])}"
    points = proof["points"]
    worst = [min((point["value"][i] for point in points), default=ZERO) for i in range(2)]
    for k in range(len(points)):
        failure = _point(game, d, event, points, worst, k, work)
        if failure:
            return sentence, f"Point {k}: {failure}"
    if not any(point["value"][2] == claim["frequency"] for point in points):
        return sentence, "No point has this frequency"
    return sentence, ""


def _point(
    game: Game, d: Fraction, event: set[Cell], points: list[Data], worst: list[Fraction], k: int, work: Work
) -> str:
    point = points[k]
    sides = point["mixtures"]
    if [len(side) for side in sides] != [len(labels) for labels in game.actions]:
        raise Refused("a mixture is not one number for each action")
    if any(min(side) < 0 or work.total(side) != 1 for side in sides):
        return "a mixture is not a distribution"
    after: dict[Cell, list[Fraction]] = {}
    for a, b, lottery in point["promises"]:
        if not (0 <= a < len(sides[0]) and 0 <= b < len(sides[1])) or (a, b) in after:
            raise Refused("a promise is after no cell, or after one that has a promise")
        if any(not 0 <= at < len(points) for at, _ in lottery):
            raise Refused("a lottery is over a point that is not there")
        if any(weight < 0 for _, weight in lottery) or work.total(weight for _, weight in lottery) != 1:
            return "a lottery is not a distribution"
        after[a, b] = [work.total(work(w * points[at]["value"][i]) for at, w in lottery) for i in range(3)]
    happening = {(a, b): work(p * q) for a, p in enumerate(sides[0]) for b, q in enumerate(sides[1]) if p and q}
    if set(after) != set(happening):
        return "there is not one promise after each cell that may happen"
    often = work.total(work(p * ((1 - d) * (cell in event) + d * after[cell][2])) for cell, p in happening.items())
    if often != point["value"][2]:
        return "the frequency does not add up"
    for i in range(2):
        for action, played in enumerate(sides[i]):
            total = ZERO
            for other, q in enumerate(sides[1 - i]):
                if q:
                    cell = (action, other) if i == 0 else (other, action)
                    later = after[cell][i] if played else worst[i]
                    total = work(total + q * ((1 - d) * game.payoffs[i, *cell] + d * later))
            if total > point["value"][i] or (played and total != point["value"][i]):
                return f"{game.players[i]} does not get by {game.actions[i][action]} what the point says"
    return ""


def _read(claim: Data, proof: Data, which: str, work: Work) -> tuple[Repeated, set[Cell], str]:
    game, d = game_of(claim["game"]), claim["discount"]
    if len(game.players) != 2:
        raise Refused(f"chains of polygons are for 2 players; this game has {len(game.players)}")
    event = event_of(claim["event"], game.actions)
    secured = tuple(_secured(game, i, proof["secured"][i], work) for i in range(2))
    sentence = f"In this game, repeated for ever with discount factor {number(d)} and perfect monitoring, {which}, in "
    sentence += "mixed strategies and with public lotteries or without,"
    return Repeated(game, d, (secured[0], secured[1])), event, sentence


def _secured(game: Game, player: int, mixture: list[Fraction], work: Work) -> Fraction:
    """What a mixture pays its player at least, whatever the other does."""
    if len(mixture) != len(game.actions[player]) or min(mixture) < 0 or work.total(mixture) != 1:
        raise Refused("what a player secures is not proved by a mixture of its actions")
    worth = []
    for other in range(len(game.actions[1 - player])):
        cells = [(a, other) if player == 0 else (other, a) for a in range(len(mixture))]
        worth.append(work.total(work(p * game.payoffs[player, *cell]) for p, cell in zip(mixture, cells)))
    return min(worth)


def _chain(play: Repeated, steps: list[Data], work: Work) -> tuple[str, list[Point]]:
    """What is wrong with a chain of polygons that hold all equilibrium payoffs, or "", and the last of them."""
    polygon = [payoffs_at(play.game, cell) for cell in play.game.cells()]
    cells = list(play.game.cells())
    for k, step in enumerate(steps):
        smaller = convex_hull(step["polygon"], work)
        if len(step["sides"]) != len(smaller):
            raise Refused("a step does not say what proves each side of its polygon")
        threats = _threats(play, polygon)
        for side, lam in zip(_sides(smaller), step["sides"]):
            if _inherited(polygon, side, work) or _is_secured(play, side, work):
                continue
            if _reach(play, polygon, threats, side[0], lam, cells, work) > side[1]:
                return f"Step {k} of the chain leaves out payoffs that the step before allows", polygon
        polygon = smaller
    return "", polygon


def _sides(polygon: list[Point]) -> list[tuple[Point, Fraction]]:
    """The outward normal n of each side, and n p on it; corners counter-clockwise."""
    out = []
    for p, q in zip(polygon, polygon[1:] + polygon[:1]):
        normal = (q[1] - p[1], p[0] - q[0])
        out.append((normal, normal[0] * p[0] + normal[1] * p[1]))
    return out


def _threats(play: Repeated, polygon: list[Point]) -> Point:
    return max(play.secured[0], min(p[0] for p in polygon)), max(play.secured[1], min(p[1] for p in polygon))


def _inherited(polygon: list[Point], side: tuple[Point, Fraction], work: Work) -> bool:
    (first, second), level = side
    return all(work(first * p[0] + second * p[1]) <= level for p in polygon)


def _is_secured(play: Repeated, side: tuple[Point, Fraction], work: Work) -> bool:
    """Whether a side says no more than that a player gets what it secures."""
    (first, second), level = side
    if second == 0 and first < 0:
        return work(first * play.secured[0]) <= level
    return first == 0 and second < 0 and work(second * play.secured[1]) <= level


def _reach(
    play: Repeated, polygon: list[Point], threats: Point, normal: Point, lam: Multipliers, cells: list[Cell],
    work: Work,
) -> Fraction:  # fmt: skip
    """How far payoffs go in a direction, by multipliers."""
    return max(_most(play, polygon, threats, normal, lam, cell, work) for cell in cells)


def _sums(
    play: Repeated, polygon: list[Point], threats: Point, lam: Multipliers, cells: list[Cell], work: Work
) -> dict[Cell, Fraction]:
    """For each cell the largest sum of multipliers times what obeying is worth."""
    return {cell: _most(play, polygon, threats, None, lam, cell, work) for cell in cells}


def _most(
    play: Repeated, polygon: list[Point], threats: Point, normal: Point | None, lam: Multipliers, cell: Cell,
    work: Work,
) -> Fraction:  # fmt: skip
    d = play.d
    slopes = [ZERO, ZERO] if normal is None else [d * normal[0], d * normal[1]]
    here = payoffs_at(play.game, cell)
    constant = ZERO if normal is None else (1 - d) * (normal[0] * here[0] + normal[1] * here[1])
    for player, own, other, value in lam:
        if player not in (0, 1) or not all(0 <= k < len(play.game.actions[player]) for k in (own, other)):
            raise Refused("a multiplier is of no player or action")
        if value < 0:
            raise Refused("a multiplier is negative")
        if cell[player] == own:
            gain = play.game.gain(player, cell, other)
            constant = work(constant - value * ((1 - d) * gain + d * threats[player]))
            slopes[player] = work(slopes[player] + d * value)
    return max(work(constant + slopes[0] * p[0] + slopes[1] * p[1]) for p in polygon)


def _rectangles(game: Game, event: set[Cell]) -> list[list[Cell]]:
    """The largest pairs of action sets none of whose cells is in the event, by the first player's actions."""
    m, n = len(game.actions[0]), len(game.actions[1])
    if m > 10:
        raise Refused(f"rectangles of {m} actions are too many; at most 10")
    found = []
    for subset in range(1, 2**m):
        rows = [a for a in range(m) if subset >> a & 1]
        columns = [b for b in range(n) if all((a, b) not in event for a in rows)]
        if columns:
            found.append((rows, columns))
    largest = [
        one for one in found
        if not any(two != one and set(one[0]) <= set(two[0]) and set(one[1]) <= set(two[1]) for two in found)
    ]  # fmt: skip
    return [[(a, b) for a in rows for b in columns] for rows, columns in largest]


MULTIPLIERS = [(whole, whole, whole, rational)]
STEP = {"polygon": [(rational, rational)], "sides": [MULTIPLIERS]}
SECURED = ([rational], [rational])
REPEATED = {"game": GAME, "discount": factor, "event": [[name]]}
POINT = {
    "value": (rational, rational, rational),
    "mixtures": ([rational], [rational]),
    "promises": [(whole, whole, [(whole, rational)])],
}
CLAIMS: Claims = {
    "never_played_mixed": (
        never_played_mixed, REPEATED, {"secured": SECURED, "chain": [STEP], "excluding": MULTIPLIERS},
    ),
    "always_recurs": (
        always_recurs,
        REPEATED,
        {
            "secured": SECURED,
            "chain": [STEP],
            "avoiding": [{"polygon": [(rational, rational)], "sides": [[MULTIPLIERS]]}],
            "excluding": [MULTIPLIERS],
        },
    ),
    "equilibrium_avoids": (equilibrium_avoids, {**REPEATED, "frequency": rational}, {"points": [POINT]}),
}  # fmt: skip
