"""How likely an event is over *all* Nash equilibria of a game of any number of players, with proof, by branching."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from math import lcm
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.batch import smallest_integers
from blamegame.games.event import expectation
from blamegame.games.responses import regret
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, pure_profile, to_exact
from blamegame.solvers.strategic.pieces.incumbents import Incumbents
from blamegame.solvers.strategic.pieces.piece import SHORTEST, Piece, playable, whole_space
from blamegame.solvers.strategic.pieces.programme import Bounded, bounded, dependence
from blamegame.solvers.strategic.pure import pure_cells

TOLERANCE = Fraction(1, 10**6)
MOST_PIECES = 1_000
_PATIENCE = 48  # pieces before equilibria are looked for everywhere
_LENGTHS = 4  # edges of at least this part of the longest may be cut


@dataclass(frozen=True, eq=False)
class NashEnd:
    """One end of the range: an equilibrium attains ``attained``, and none passes ``proved``; both exact.

    Attributes
    ----------
    attained : None where no equilibrium was found
    witness : the equilibrium, exact, or rational numbers within 1e-9 of one that was proved to exist
    pieces : how many pieces of strategy space were bounded
    """

    attained: Fraction | None
    proved: Fraction
    witness: Profile | None
    pieces: int


@dataclass(frozen=True, eq=False)
class NashEventRange:
    """Smallest and largest chance of an event over all Nash equilibria; why the search ended early, or ""."""

    lowest: NashEnd
    highest: NashEnd
    stopped: str = ""


def event_range_nash(
    game: StrategicGame,
    event: Array,
    *,
    known: Iterable[Profile] = (),
    most_pieces: int = MOST_PIECES,
    time_limit: float | Deadline | None = None,
) -> NashEventRange:
    """The range of an event over every Nash equilibrium, pure or mixed, isolated or not.

    Parameters
    ----------
    game : one game of any number of players; floats are the rationals they store
    event : a boolean array over profiles, or chances from 0 to 1 as Fractions; shape [*n_actions]
    known : exact equilibria that are known already; GameError where one is none
    most_pieces : pieces of strategy space to bound for each end

    Returns
    -------
    NashEventRange
        Ends to 1e-6, exact where an end is 0 or 1, unless a limit is met: then ``attained`` and ``proved`` lie apart.

    Notes
    -----
    Branch and bound for each end (the smallest chance is one less the largest chance of the opposite):

    1. Known equilibria: pure ones to begin with; later what the programmes suggest, each proved to be one.
    2. Take the piece with the largest bound. Stop where that is no more than an equilibrium attains, within 1e-6.
    3. Cut, of the player whose corners depend most on the others', an edge of at least a quarter of the longest.
    4. Leave to faces where actions are strictly beaten all over a half; bound each by its programme.

    The answer of a finished search is the largest bound that is left, never the equilibrium it was compared with: so
    an equilibrium that were wrong could make an end wide, but no bound too small.

    References
    ----------
    The programme of the whole strategy space is that of correlated equilibria: Aumann (1974, 1987).

    Examples
    --------
    Three volunteers: each gains 4 where another does the work and 3 where it does it itself. That nobody does happens
    in mixed equilibria only, most often where all three mix: with probability (1/2)**3.

    >>> table = np.array([[[[0, 4], [4, 4]], [[3, 3], [3, 3]]], [[[0, 4], [3, 3]], [[4, 4], [3, 3]]],
    ...     [[[0, 3], [4, 3]], [[4, 3], [4, 3]]]])
    >>> nobody = np.zeros((2, 2, 2), dtype=bool)
    >>> nobody[0, 0, 0] = True
    >>> found = event_range_nash(StrategicGame(table), nobody)
    >>> found.lowest.attained, found.lowest.proved, round(float(found.highest.proved), 5)
    (Fraction(0, 1), Fraction(0, 1), 0.125)
    """
    check_single(game, "event_range_nash")
    exact = to_exact(game)
    chances = [Fraction(value) for value in np.asarray(event).ravel().tolist()]
    if np.shape(event) != game.n_actions or min(chances) < 0 or max(chances) > 1:
        raise GameError(f"the event needs chances from 0 to 1 in shape {game.n_actions}")
    deadline = Deadline.of(time_limit)
    kept = _distinct(exact, np.asarray(event))
    search = _Search(exact, kept, object_array(chances).reshape(game.n_actions), deadline, most_pieces)
    for profile in known:
        if any(regret(exact, profile)):
            raise GameError(f"a profile that is known to be an equilibrium is no equilibrium: {profile}")
        search.found.append((profile, 0.0))
    search.found += [(pure_profile(exact, cell), 0.0) for cell in pure_cells(exact)]
    highest, lowest = search.most(opposite=False), search.most(opposite=True)
    turned = NashEnd(
        None if lowest.attained is None else 1 - lowest.attained, 1 - lowest.proved, lowest.witness, lowest.pieces
    )
    return NashEventRange(turned, highest, deadline.reason)


def _distinct(game: StrategicGame, event: Array) -> tuple[tuple[int, ...], ...]:
    """Actions without those that equal another in every player's payoffs and in the event: they change no range."""
    kept = []
    for player, n in enumerate(game.n_actions):
        seen: dict[Any, int] = {}
        for action in range(n):
            payoffs = np.take(game.payoffs, action, axis=player + 1).ravel().tolist()
            seen.setdefault((*payoffs, *np.take(event, action, axis=player).ravel().tolist()), action)
        kept.append(tuple(seen.values()))
    return tuple(kept)


class _Search:
    """Branch and bound for the largest expectation of a table of chances."""

    def __init__(self, game: StrategicGame, kept: Any, chances: Array, deadline: Deadline, most_pieces: int) -> None:
        self.whole, self.kept, self.chances = game, kept, chances
        self.deadline, self.most_pieces = deadline, most_pieces
        tables = [table[np.ix_(*kept)] for table in game.payoffs]
        self.payoffs = [object_array(list(smallest_integers(t))).reshape(t.shape) for t in tables]
        self.incumbents = Incumbents(StrategicGame(np.stack(tables)), deadline)
        self.found: list[tuple[Profile, float]] = []
        self.unit = lcm(*(c.denominator for c in chances.ravel().tolist()))

    def most(self, *, opposite: bool) -> NashEnd:
        """The end at which the chance is largest, or that of the opposite is."""
        chances = 1 - self.chances if opposite else self.chances
        best, witness = _best(self.found, chances, None, None)
        event = object_array([int(c * self.unit) for c in chances[np.ix_(*self.kept)].ravel().tolist()])
        event = event.reshape([len(k) for k in self.kept])
        heap: list[tuple[Fraction, int, Bounded]] = []
        order, pieces, leaf, ceiling = count(), 0, Fraction(-1), Fraction(int(max(event.ravel())), self.unit)
        waiting: list[Piece] = [whole_space(event.shape)]
        with self.deadline:
            while waiting or heap:
                if not waiting:
                    top = -heap[0][0]
                    if _met(max(top, leaf), best) or pieces >= self.most_pieces:
                        break
                    edge = _edge(heap[0][2])
                    if edge is None:
                        leaf = max(leaf, top)
                        heappop(heap)
                        continue
                    waiting = list(heap[0][2].piece.halves(*edge))
                    heappop(heap)
                    ceiling = top
                self.deadline.check()
                if _met(ceiling, best):  # nothing can pass what is attained
                    break
                piece = waiting[-1]
                pieces += 1
                left, tables = playable(piece, self.payoffs)
                found = None if left is None else bounded(left, tables, event, self.unit)
                waiting.pop()
                if found is None:
                    continue
                heappush(heap, (-found.bound, next(order), found))
                guesses = self.incumbents.everywhere() if pieces == _PATIENCE else self.incumbents.near(found.middle)
                fresh = [(self._in_the_whole(profile), radius) for profile, radius in guesses]
                self.found += fresh
                best, witness = _best(fresh, chances, best, witness)
        proved = max([leaf, *(-entry[0] for entry in heap[:1]), *([ceiling] if waiting else [])])
        if best is not None and proved < best:
            raise ArithmeticError(f"an equilibrium attains {best} beyond the proved bound {proved}; please report this")
        return NashEnd(best, proved, witness, pieces)

    def _in_the_whole(self, profile: Profile) -> Profile:
        out = []
        for strategy, kept, n in zip(profile, self.kept, self.whole.n_actions):
            full = object_array([Fraction(0)] * n)
            full[list(kept)] = strategy
            out.append(full)
        return tuple(out)


def _best(
    found: list[tuple[Profile, float]], chances: Array, best: Fraction | None, witness: Profile | None
) -> tuple[Fraction | None, Profile | None]:
    """The largest chance, for sure, that an equilibrium attains."""
    for profile, radius in found:
        value = Fraction(expectation(profile, chances))
        if radius:  # the true equilibrium is this near, and the chance is linear in each player's mixture
            value = max(value - 4 * Fraction(radius) * sum(chances.shape), Fraction(0))
        if best is None or value > best:
            best, witness = value, profile
    return best, witness


def _met(bound: Fraction, attained: Fraction | None) -> bool:
    """Whether an end is known: exactly where it is 0 or 1, else within the tolerance."""
    if attained is None:
        return False
    return bound <= attained or (bound <= attained + TOLERANCE and attained > 0 and bound < 1)


def _edge(bounds: Bounded) -> tuple[int, int, int] | None:
    """Where to cut: of the player whose corners depend most on the others' under the weights, the longest edge."""
    edges = bounds.piece.edges()
    longest = max((edge[0] for edge in edges), default=0)
    if longest < SHORTEST:
        return None
    apart = dependence(bounds.weights)
    long = [edge for edge in edges if _LENGTHS * edge[0] >= longest]
    _, player, first, second = max(long, key=lambda edge: (apart[edge[1]], edge[0], -edge[1]))
    return player, first, second
