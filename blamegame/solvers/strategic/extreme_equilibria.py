"""All extreme equilibria of large two-player games, with a proof that none is missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from blamegame.deadline import Deadline, OutOfTime
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import Array, Profile, StrategicGame, check_single, object_array, pure_profile
from blamegame.solvers.solution import Solution, counted
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.solvers.strategic.vertices.complementary_vertices import Found, complementary_vertices
from blamegame.solvers.strategic.vertices.components import Positions, equilibrium_components
from blamegame.solvers.strategic.vertices.payoff_tables import PayoffTables, largest_regret


class Progress(NamedTuple):
    """How far an enumeration is: vertices visited, vertices known but not yet visited, equilibria found."""

    visited: int
    pending: int
    equilibria: int


def extreme_equilibria(
    game: StrategicGame, *, exact: bool | None = None, time_limit: float | Deadline | None = None
) -> Solution:
    """Every extreme Nash equilibrium of a two-player game, and the components they form; made for large games.

    Parameters
    ----------
    game : one game of two players
    exact : bool, optional
        Whether probabilities are Fractions (default: where the payoffs are). Floats are proved to ten digits and
        usually right to the last. The *set* of equilibria is proved exact either way, for the rationals that the
        payoffs store.
    time_limit : seconds, or a deadline; optional
        When it runs out, or on Ctrl-C, the equilibria found so far and all pure ones come back with
        ``complete=False`` and without components.

    Returns
    -------
    Solution
        In the order of :func:`blamegame.nash` (floats: by their first twelve digits). ``stats["max_regret"]`` is the
        largest gain from a deviation, in payoff units; ``stats["proof"]`` says whether error bounds sufficed
        (``"bounds"``) or the walk had to be made in integers (``"integers"``).

    Raises
    ------
    UnsupportedGame
        Unless there are two players.
    GameError
        For a batch of games.

    Notes
    -----
    1. Remove actions strictly dominated by mixtures, again and again; each removal is an inequality that holds beyond
       rounding.
    2. Walk over the vertices of the best-response polytope of the player with fewer actions, from the origin, by
       pivoting in ``float64``. A residual bound proves each basis feasible and nondegenerate. The set found is
       closed under pivots and the graph of a polytope is connected, so it is complete.
    3. For each vertex at most one strategy of the opponent completes an equilibrium. It is refuted by a checked
       certificate or proved by a residual bound.
    4. Whatever a bound leaves open is decided in rational arithmetic. A degenerate polytope is walked in exact
       integers under the lexicographic rule instead, for both players, and vertices are matched by their labels.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel (2010), "Enumeration of Nash equilibria for two-player games",
    Economic Theory 42. Rump (2010), "Verification methods", Acta Numerica 19, for the bounds.

    Examples
    --------
    >>> from blamegame.games.responses import regret
    >>> game = StrategicGame([[[3, 0], [0, 2]], [[2, 0], [0, 3]]])
    >>> solution = extreme_equilibria(game)
    >>> [[str(p) for p in x] for x, y in solution.equilibria]
    [['1', '0'], ['3/5', '2/5'], ['0', '1']]
    >>> all(regret(game, profile).tolist() == [0, 0] for profile in solution.equilibria)
    True
    """
    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    search = iter_extreme_equilibria(game, exact=exact, time_limit=deadline)
    with deadline:
        for _ in search:
            pass
    return search.solution(started=started)


def iter_extreme_equilibria(
    game: StrategicGame,
    *,
    exact: bool | None = None,
    time_limit: float | Deadline | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> EquilibriumSearch:
    """The equilibria of :func:`extreme_equilibria` one by one, as they are found, in no particular order.

    ``progress`` is called several times a second with a :class:`Progress`. After the last item ``complete`` and
    ``status`` say whether these were all; ``solution()`` gathers what was found up to any moment.

    >>> search = iter_extreme_equilibria(StrategicGame([[[1, 0], [0, 1]], [[1, 0], [0, 1]]]))
    >>> len([profile for profile in search]), search.complete
    (3, True)
    """
    return EquilibriumSearch(game, exact, time_limit, progress)


class EquilibriumSearch:
    """An iterator over extreme equilibria; see :func:`iter_extreme_equilibria`.

    Attributes
    ----------
    complete : whether every extreme equilibrium has been found, with proof
    status : one sentence
    """

    def __init__(
        self,
        game: StrategicGame,
        exact: bool | None,
        time_limit: float | Deadline | None,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        check_single(game, "extreme_equilibria")
        if game.n_players != 2:
            raise UnsupportedGame(
                f"extreme_equilibria needs 2 players, this game has {game.n_players}; use pure_nash for all pure "
                "equilibria or logit for one equilibrium"
            )
        self.game = game
        self.complete = False
        self._exact = game.exact if exact is None else exact
        self._progress = progress
        self._started = time.monotonic()
        self._deadline = Deadline.of(time_limit)
        self._found: list[Found] = []
        self._profiles: list[Profile] = []
        self._strategies: dict[tuple[int, int], Array] = {}
        self._stats: dict[str, Any] = {"vertices": 0, "proof": "bounds"}
        self._running = self._run()

    @property
    def status(self) -> str:
        if self.complete:
            many = counted(len(self._profiles), "extreme equilibri", "um", "a")
            return f"complete: {many}"
        reason = self._deadline.reason or "still running"
        return (
            f"{reason}: {len(self._profiles)} extreme equilibria so far, there may be more; raise time_limit, or use "
            "lemke_howson for one equilibrium"
        )

    def __iter__(self) -> Iterator[Profile]:
        return self

    def __next__(self) -> Profile:
        return next(self._running)

    def solution(self, *, started: float | None = None) -> Solution:
        """What was found so far, in the order of :func:`blamegame.nash`, with components."""
        if not self.complete:
            self._add_pure()
        sides = self._sides()
        order = self._order(sides)
        pairs = [self._found[e][2:] for e in order]
        # Components of an incomplete list could be wrong: an equilibrium not found yet may connect them.
        components: Positions = ()
        subsets: Positions = ()
        if self.complete:
            with self._deadline:
                components, subsets = equilibrium_components(pairs, time_limit=self._deadline)
        status = self.status
        if self.complete:
            if components:
                status += f" in {counted(len(components), 'component')}"
            if not subsets:
                status += f"; {self._deadline.reason} before the maximal Nash subsets were listed"
        profiles = tuple(self._profiles[e] for e in order)
        return Solution(
            game=self.game,
            concept="nash",
            method="extreme_equilibria",
            equilibria=profiles,
            components=components,
            subsets=subsets,
            complete=self.complete,
            status=status,
            stats={
                **self._stats,
                "max_regret": 0.0 if self._exact else largest_regret(self.game, *sides),
                "seconds": time.monotonic() - (started or self._started),
            },
        )

    def _add_pure(self) -> None:
        """Every pure equilibrium belongs in an incomplete answer: they cost nothing to find."""
        known = {tuple(tuple(strategy.tolist()) for strategy in profile) for profile in self._profiles}
        for cell in pure_cells(self.game):
            profile = pure_profile(self.game, cell)
            if not self._exact:
                profile = tuple(strategy.astype(np.float64) for strategy in profile)
            if tuple(tuple(strategy.tolist()) for strategy in profile) not in known:
                self._found.append(Found(profile[0], profile[1], 0, 0))
                self._profiles.append(profile)

    def _sides(self) -> tuple[Array, Array]:
        """The strategies of each player in all profiles found, one to a row; empty where they are exact."""
        if self._exact or not self._profiles:
            return np.empty((0, self.game.n_actions[0])), np.empty((0, self.game.n_actions[1]))
        return np.array([x for x, _ in self._profiles]), np.array([y for _, y in self._profiles])

    def _order(self, sides: tuple[Array, Array]) -> list[int]:
        """Positions by strategies, descending; floats count as equal where they agree to twelve digits."""
        if self._exact:
            keys: list[Any] = [(x.tolist(), y.tolist()) for x, y in self._profiles]
        else:
            keys = np.concatenate(sides, axis=1).round(12).tolist()
        return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)

    def _run(self) -> Iterator[Profile]:
        def checkpoint(visited: int, pending: int) -> None:
            self._stats["vertices"] = visited
            if self._progress is not None:
                self._progress(Progress(visited, pending, len(self._profiles)))
            self._deadline.check()

        try:  # an interrupt goes up to whoever asks for the next equilibrium
            tables = PayoffTables(self.game, time_limit=self._deadline)
            for found in complementary_vertices(tables, self._exact, checkpoint, self._stats):
                profile = (
                    self._strategy(tables, 0, found.first, found.first_labels),
                    self._strategy(tables, 1, found.second, found.second_labels),
                )
                self._found.append(found)
                self._profiles.append(profile)
                yield profile
            self.complete = True
        except OutOfTime:
            pass

    def _strategy(self, tables: PayoffTables, player: int, weights: Any, labels: int) -> Array:
        """A strategy as an array over all actions; the same array for the same vertex."""
        known = self._strategies.get((player, labels))
        if known is not None:
            return known
        out: Array
        if isinstance(weights, np.ndarray):
            out = weights
        else:
            actions = (tables.rows, tables.columns)[player]
            if self._exact:
                out = object_array([Fraction(0)] * tables.n_actions[player])
                out[actions] = weights
            else:
                out = np.zeros(tables.n_actions[player])
                out[actions] = [float(weight) for weight in weights]
            out.setflags(write=False)
        self._strategies[player, labels] = out
        return out
