"""No Nash equilibrium on an event, with any number of players: all strategy profiles are excluded, piece by piece."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod

from .budget import Cell, Refused, Work
from .equilibria import equilibrium_in
from .game import Game, cell_text, describe
from .names import quoted

MOST_PIECES = 20_000  # that one game is cut into
SHORTEST = Fraction(1, 2**16)  # no piece is cut whose edges all are shorter
Corner = tuple[int, ...]  # a mixed strategy in whole numbers: the sum, a power of two, is one
Simplex = tuple[Corner, ...]
Piece = tuple[Simplex, ...]  # of the strategy profiles: one simplex per player
Tables = list[list[int]]  # for each player its payoffs in whole numbers, cell by cell


def equilibrium_on(game: Game, event: set[Cell], work: Work) -> str:
    """A Nash equilibrium that puts probability on the event, in words, or "" where none does.

    1. With two players, or where iterated elimination of strictly dominated actions leaves a choice to at most two,
       all extreme equilibria are rederived.
    2. Otherwise a pure equilibrium on the event is looked for.
    3. The rest is cut into pieces. An action that another beats at every corner of the others' simplices is beaten in
       the whole piece, since payoffs are multilinear; so no equilibrium there uses it, and only the face without it
       stays. A piece with no such face, or in which every cell of the event has probability zero, is done with.

    Step 3 ends unless an equilibrium that mixes is on the event or touches it in a tie, or nearly so. Then a piece
    becomes too small to be cut, and the question is Refused: neither a proof nor a counter-example.
    """
    if len(game.players) == 2:
        return equilibrium_in(game, event, work)
    tables = whole_numbers(game, work)
    whole = without_dominated(tables, tuple(map(pure, game.actions)), work)
    assert whole is not None  # a best action is never eliminated
    if len(whole) > 1 and sum(len(simplex) > 1 for simplex in whole) <= 2:
        return equilibrium_of_two(game, event, whole, work)
    for cell in sorted(event):
        if all(work(game.gain(i, cell, b)) <= 0 for i, labels in enumerate(game.actions) for b in range(len(labels))):
            return f"{cell_text(game.actions, cell)} is a Nash equilibrium"
    pieces, count = [whole], 0
    while pieces:
        piece = without_dominated(tables, pieces.pop(), work)
        work.spend(len(event))
        if piece is None or not touches(piece, event):
            continue
        (i, a, b), length = longest_edge(piece, work)
        middle = tuple(tuple(Fraction(sum(w), sum(map(sum, simplex))) for w in zip(*simplex)) for simplex in piece)
        if not length:
            return f"({describe(game, middle)}) is a Nash equilibrium with probability on the event"
        count += 1
        if count > MOST_PIECES or length < SHORTEST:
            about = describe(game, tuple(tuple(x.limit_denominator(100) for x in shares) for shares in middle))
            raise Refused(
                f"not decided: among {len(game.players)} players an equilibrium on the event is not excluded near "
                f"about ({about}): one that mixes, or a tie; try another bundle or a smaller event"
            )
        x, y = piece[i][a], piece[i][b]
        half = tuple(p * max(1, sum(y) // sum(x)) + q * max(1, sum(x) // sum(y)) for p, q in zip(x, y))
        for gone in (a, b):
            simplex = tuple(half if k == gone else corner for k, corner in enumerate(piece[i]))
            pieces.append((*piece[:i], simplex, *piece[i + 1 :]))
    return ""


def pure(labels: list[str]) -> Simplex:
    """The pure strategies."""
    return tuple(tuple(int(a == b) for b in range(len(labels))) for a in range(len(labels)))


def whole_numbers(game: Game, work: Work) -> Tables:
    """Payoffs of each player times a common denominator, which changes no comparison between them."""
    tables = []
    for player in range(len(game.players)):
        payoffs = [game.payoffs[player, *cell] for cell in game.cells()]
        scale = 1
        for x in payoffs:
            scale = lcm(scale, x.denominator)
            work.spend(1 + (scale.bit_length() >> 8) ** 2)
        tables.append([x.numerator * (scale // x.denominator) for x in payoffs])
    return tables


def equilibrium_of_two(game: Game, event: set[Cell], whole: Piece, work: Work) -> str:
    """The question where at most two players have a choice left: the others play the one action left to them."""
    kept = [[corner.index(1) for corner in simplex] for simplex in whole]
    two = sorted(sorted(range(len(kept)), key=lambda i: -len(kept[i]))[:2])
    inside = {tuple(kept[i].index(cell[i]) for i in two) for cell in event if all(a in k for a, k in zip(cell, kept))}
    actions = [[game.actions[i][a] for a in kept[i]] for i in two]
    payoffs: dict[Cell, Fraction] = {}
    for at in product(*(range(len(kept[i])) for i in two)):
        full = [kept[i][at[two.index(i)]] if i in two else kept[i][0] for i in range(len(kept))]
        payoffs |= {(k, *at): game.payoffs[i, *full] for k, i in enumerate(two)}
    rest = equilibrium_in(Game([game.players[i] for i in two], actions, payoffs), inside, work) if inside else ""
    forced = [
        f"{quoted(game.players[i])}: {quoted(game.actions[i][kept[i][0]])}" for i in range(len(kept)) if i not in two
    ]
    return f"with {'; '.join(forced)}, {rest}" if rest else ""


def without_dominated(tables: Tables, piece: Piece, work: Work) -> Piece | None:
    """The face of a piece that uses no action beaten in the whole piece, again and again; None where none is left."""
    changed = True
    while changed:
        changed = False
        for i, simplex in enumerate(piece):
            rows, own = against(tables[i], i, piece, work), range(len(simplex[0]))
            work.spend(len(rows) * len(own) ** 2)
            beaten = {a for a in own if any(all(row[b] > row[a] for row in rows) for b in own if b != a)}
            face = tuple(corner for corner in simplex if not any(corner[a] for a in beaten))
            if not face:
                return None
            if len(face) < len(simplex):
                piece, changed = (*piece[:i], face, *piece[i + 1 :]), True
    return piece


def against(table: list[int], player: int, piece: Piece, work: Work) -> list[list[int]]:
    """What each action of a player earns at each choice of one corner for every other player.

    Each row is a multiple of the true payoffs, the same for all actions of the player.
    """
    shape = [len(simplex[0]) for simplex in piece]
    for j, simplex in enumerate(piece):
        if j != player:
            step, out = prod(shape[j + 1 :]), list[int]()
            for start in range(0, len(table), shape[j] * step):
                parts = [table[start + k * step : start + (k + 1) * step] for k in range(shape[j])]
                for corner in simplex:
                    mixed = [[weight * x for x in part] for weight, part in zip(corner, parts) if weight]
                    out += [sum(column) for column in zip(*mixed)] if len(mixed) > 1 else mixed[0]
            table, shape[j] = out, len(simplex)
            work.spend(len(out) * (len(simplex[0]) + (max(map(int.bit_length, out)) >> 8)))
    step = prod(shape[player + 1 :])
    blocks = range(0, len(table), shape[player] * step)
    return [table[start + k : start + shape[player] * step : step] for start in blocks for k in range(step)]


def touches(piece: Piece, event: set[Cell]) -> bool:
    """Whether some profile of the piece puts probability on the event."""
    used = [{a for corner in simplex for a, weight in enumerate(corner) if weight} for simplex in piece]
    return any(all(a in mine for a, mine in zip(cell, used)) for cell in event)


def longest_edge(piece: Piece, work: Work) -> tuple[Cell, Fraction]:
    """The (player, corner, corner) that are farthest apart in the probability of some action, and how far."""
    one = max(sum(corner) for simplex in piece for corner in simplex)
    scaled = [[[weight * (one // sum(corner)) for weight in corner] for corner in simplex] for simplex in piece]
    best, longest = (0, 0, 0), 0
    for i, simplex in enumerate(scaled):
        for a, b in combinations(range(len(simplex)), 2):
            length = max(abs(x - y) for x, y in zip(simplex[a], simplex[b]))
            best, longest = ((i, a, b), length) if length > longest else (best, longest)
        work.spend(len(simplex) ** 2 * len(simplex[0]))
    return best, Fraction(longest, one)
