"""No Nash equilibrium on an event, with any number of players: all strategy profiles are excluded, piece by piece."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from .equilibria import equilibrium_in
from .game import Game, cell_text, describe
from .work import ONE, ZERO, Cell, Refused, Work

MOST_PIECES = 20_000  # that one game is cut into
SHORTEST = Fraction(1, 2**16)  # no piece is cut whose edges all are shorter
Simplex = tuple[tuple[Fraction, ...], ...]  # its corners, each a mixed strategy
Piece = tuple[Simplex, ...]  # of the strategy profiles: one simplex per player


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
    whole = without_dominated(game, tuple(map(corners, game.actions)), work)
    assert whole is not None  # a best action is never eliminated
    if sum(len(simplex) > 1 for simplex in whole) <= 2:
        return equilibrium_of_two(game, event, whole, work)
    for cell in sorted(event):
        if all(game.gain(i, cell, b) <= 0 for i, labels in enumerate(game.actions) for b in range(len(labels))):
            return f"{cell_text(game.actions, cell)} is a Nash equilibrium"
    pieces, count = [whole], 0
    while pieces:
        piece = without_dominated(game, pieces.pop(), work)
        work.spend(len(event))
        if piece is None or not touches(piece, event):
            continue
        middle = tuple(tuple(sum(shares, ZERO) / len(simplex) for shares in zip(*simplex)) for simplex in piece)
        (i, a, b), length = longest_edge(piece, work)
        if not length:
            return f"({describe(game, middle)}) is a Nash equilibrium with probability on the event"
        count += 1
        if count > MOST_PIECES or length < SHORTEST:
            about = describe(game, tuple(tuple(x.limit_denominator(100) for x in shares) for shares in middle))
            raise Refused(
                f"not decided: among {len(game.players)} players an equilibrium on the event is not excluded near "
                f"about ({about}): one that mixes, or a tie; try another bundle or a smaller event"
            )
        half = tuple((x + y) / 2 for x, y in zip(piece[i][a], piece[i][b]))
        for gone in (a, b):
            simplex = tuple(half if k == gone else corner for k, corner in enumerate(piece[i]))
            pieces.append((*piece[:i], simplex, *piece[i + 1 :]))
    return ""


def corners(labels: list[str]) -> Simplex:
    """The pure strategies."""
    return tuple(tuple(ONE if a == b else ZERO for b in range(len(labels))) for a in range(len(labels)))


def equilibrium_of_two(game: Game, event: set[Cell], whole: Piece, work: Work) -> str:
    """The question where at most two players have a choice left: the others play the one action left to them."""
    kept = [[corner.index(ONE) for corner in simplex] for simplex in whole]
    two = sorted(sorted(range(len(kept)), key=lambda i: -len(kept[i]))[:2])
    inside = {tuple(kept[i].index(cell[i]) for i in two) for cell in event if all(a in k for a, k in zip(cell, kept))}
    actions = [[game.actions[i][a] for a in kept[i]] for i in two]
    payoffs: dict[Cell, Fraction] = {}
    for at in product(*(range(len(kept[i])) for i in two)):
        full = [kept[i][at[two.index(i)]] if i in two else kept[i][0] for i in range(len(kept))]
        payoffs |= {(k, *at): game.payoffs[i, *full] for k, i in enumerate(two)}
    rest = equilibrium_in(Game([game.players[i] for i in two], actions, payoffs), inside, work) if inside else ""
    forced = [f"{game.players[i]}: {game.actions[i][kept[i][0]]}" for i in range(len(kept)) if i not in two]
    return f"with {'; '.join(forced)}, {rest}" if rest else ""


def without_dominated(game: Game, piece: Piece, work: Work) -> Piece | None:
    """The face of a piece that uses no action beaten in the whole piece, again and again; None where none is left."""
    changed = True
    while changed:
        changed = False
        for i, simplex in enumerate(piece):
            rows = against(game, i, piece, work)
            own = range(len(game.actions[i]))
            work.spend(len(rows) * len(own) ** 2)
            beaten = {a for a in own if any(all(row[b] > row[a] for row in rows) for b in own if b != a)}
            face = tuple(corner for corner in simplex if not any(corner[a] for a in beaten))
            if not face:
                return None
            if len(face) < len(simplex):
                piece, changed = (*piece[:i], face, *piece[i + 1 :]), True
    return piece


def against(game: Game, player: int, piece: Piece, work: Work) -> list[list[Fraction]]:
    """What each action of a player earns, at each choice of one corner for every other player."""
    table = {cell: game.payoffs[player, *cell] for cell in game.cells()}
    for j, simplex in enumerate(piece):
        if j != player:
            mixed: dict[Cell, Fraction] = {}
            for cell, value in table.items():
                for k, corner in enumerate(simplex):
                    if corner[cell[j]]:
                        at = (*cell[:j], k, *cell[j + 1 :])
                        mixed[at] = work(mixed.get(at, ZERO) + corner[cell[j]] * value)
            table = mixed
    rows: dict[Cell, list[Fraction]] = {}
    for cell in sorted(table):
        rows.setdefault((*cell[:player], *cell[player + 1 :]), []).append(table[cell])
    return list(rows.values())


def touches(piece: Piece, event: set[Cell]) -> bool:
    """Whether some profile of the piece puts probability on the event."""
    used = [{a for corner in simplex for a, share in enumerate(corner) if share} for simplex in piece]
    return any(all(a in mine for a, mine in zip(cell, used)) for cell in event)


def longest_edge(piece: Piece, work: Work) -> tuple[Cell, Fraction]:
    """The (player, corner, corner) that are farthest apart in the probability of some action, and how far."""
    edges = [(i, a, b) for i, simplex in enumerate(piece) for a, b in combinations(range(len(simplex)), 2)]
    work.spend(sum(len(piece[i][a]) for i, a, _ in edges))
    lengths = [max(abs(x - y) for x, y in zip(piece[i][a], piece[i][b])) for i, a, b in edges]
    return max(zip(edges, lengths), key=lambda pair: pair[1], default=((0, 0, 0), ZERO))
