"""All stationary equilibria, mixed ones included, of a two-player game with one or two states."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.stationary import stationary_regret, stationary_values
from blamegame.games.stochastic import StationaryProfile, StochasticGame, check_single_stochastic, to_exact_stochastic
from blamegame.games.strategic import Array
from blamegame.solvers.stochastic.common_roots import PRECISION, Undetermined, common_roots, value
from blamegame.solvers.stochastic.markov_perfect import markov_perfect
from blamegame.solvers.stochastic.solution import MarkovSolution

Support = tuple[int, ...]
Supports = tuple[tuple[Support, ...], ...]
"""For each state the actions played by each of the two players."""

_MOST_PROFILES = 20_000
_ROUNDING = 1e-9  # of the payoff range: a profile that gains more from deviating was no root but near one


def all_markov_perfect(game: StochasticGame, *, time_limit: float | Deadline | None = None) -> MarkovSolution:
    """Every stationary Markov-perfect equilibrium of a small game whose equilibria are isolated and regular.

    Parameters
    ----------
    game : two players, one or two states, up to about 20,000 support profiles (2 x 3 in both states has 441)
    time_limit : seconds; stopped early, or by Ctrl-C, what was found comes back with ``complete=False``

    Returns
    -------
    MarkovSolution
        ``complete=True``: for every support profile every solution of its equations was found, and every other one
        excluded, with rigorous signs. Otherwise ``stats["unresolved"]`` lists the support profiles left open: continua
        of equilibria, or equilibria at which an unused action is exactly as good. Pure equilibria are always complete
        and exact; mixed ones are floats, right to about 1e-15.

    Raises
    ------
    UnsupportedGame
        For other numbers of players or states.

    Notes
    -----
    Given supports, "every action that i plays in state s is worth v_i(s)" is linear in what the *other* plays, with
    coefficients affine in v_i; so each player's values and the other's strategy can be found apart. A nonzero solution
    needs minors of the coefficients to vanish: one or more polynomials in v_i for each state.

    1. List the support profiles; decide the pure ones by one-shot deviations, exactly.
    2. For each other one and each player find all values at which the minors vanish, by resultants and exact isolation
       of real roots, and there what the other plays.
    3. Keep what is positive on the support and leaves no better action outside it, by balls of 320 bits.

    References
    ----------
    Haller and Lagunoff (2000), "Genericity and Markovian behavior in stochastic games", Econometrica 68.

    Examples
    --------
    >>> from blamegame.games.strategic import StrategicGame
    >>> pennies = StrategicGame([[[2, 0], [0, 1]], [[0, 2], [1, 0]]])
    >>> game = StochasticGame([pennies], [np.ones((2, 2, 1), dtype=int)], Fraction(9, 10))
    >>> solution = all_markov_perfect(game)
    >>> solution.complete, [strategy.round(6).tolist() for strategy in solution.equilibria[0][0]]
    (True, [[0.333333, 0.666667], [0.333333, 0.666667]])
    """
    check_single_stochastic(game, "all_markov_perfect")
    if game.n_players != 2 or game.n_states > 2:
        raise UnsupportedGame(
            f"all_markov_perfect needs 2 players and at most 2 states, this game has {game.n_players} players "
            f"and {game.n_states} states; use markov_perfect for all pure equilibria, logit_markov for one mixed one"
        )
    n_profiles = int(np.prod([2.0**n - 1 for stage in game.stages for n in stage.n_actions]))
    if n_profiles > _MOST_PROFILES:
        raise UnsupportedGame(
            f"all_markov_perfect would try {n_profiles:,} support profiles (at most {_MOST_PROFILES:,}); use "
            "markov_perfect for all pure equilibria, logit_markov for one mixed one"
        )
    from flint import ctx

    started = time.monotonic()
    deadline = Deadline.of(time_limit)
    pure = markov_perfect(game, time_limit=deadline)
    exact = to_exact_stochastic(game)
    systems = [_Indifference(exact, player) for player in range(2)]
    slack = _ROUNDING * float(max(system.high - system.low for system in systems))
    mixed: list[StationaryProfile] = []
    open_: list[Supports] = []
    precision = ctx.prec
    try:
        ctx.prec = PRECISION
        with deadline:
            for supports in _mixed_supports(game):
                deadline.check()
                found, unresolved = _solve(systems, supports)
                settled = [p for p in found if float(stationary_regret(game, p).max()) <= slack]
                mixed += settled
                open_ += [supports] if unresolved or len(settled) < len(found) else []
    finally:
        ctx.prec = precision
    stopped = deadline.reason
    equilibria = [*pure.equilibria, *mixed]
    complete = not stopped and not open_
    words = f"{len(pure)} pure and {len(mixed)} mixed equilibria"
    if complete:
        status = f"complete: {words}"
    elif stopped:
        status = f"{stopped}: {words} so far; there may be others, so allow more time"
    else:
        status = f"{words}; {len(open_)} support profiles are degenerate and left open (ties or a continuum)"
    return MarkovSolution(
        game=game,
        concept="markov_perfect",
        method="support_enumeration",
        equilibria=tuple(equilibria),
        values=tuple(stationary_values(game, profile) for profile in equilibria),
        complete=complete,
        status=status,
        stats={
            "profiles": n_profiles,
            "unresolved": tuple(open_),
            "regret": max((float(stationary_regret(game, p).max()) for p in mixed), default=0.0),
            "seconds": time.monotonic() - started,
        },
    )


@dataclass(frozen=True, eq=False)
class _Reply:
    """Strategies of the other player that make a player willing to play its support; ``sure`` by rigorous signs."""

    strategies: tuple[tuple[Any, ...], ...]
    sure: bool


class _Indifference:
    """One player's worth of every cell, as polynomials in its values of the states."""

    def __init__(self, game: StochasticGame, player: int) -> None:
        from flint import Ordering, fmpq, fmpq_mpoly_ctx

        def rational(number: Fraction) -> Any:
            return fmpq(number.numerator, number.denominator)

        self.player, self.n_states = player, game.n_states
        context = fmpq_mpoly_ctx.get(tuple(f"v{s}" for s in range(game.n_states)), Ordering.lex)
        values, discount = context.gens(), game.exact_discount
        self.one = context.constant(1)
        self.excess = []  # worth of (own action, other's action) above the value of the state
        for s, (stage, table) in enumerate(zip(game.stages, game.transitions)):
            payoffs = stage.payoffs[player] if player == 0 else stage.payoffs[player].T
            moves = table if player == 0 else np.moveaxis(table, 0, 1)
            self.excess.append(
                [
                    [
                        sum(
                            (rational(discount * p) * v for p, v in zip(moves[a, b].tolist(), values)),
                            context.constant(rational((1 - discount) * payoffs[a, b])),
                        )
                        - values[s]
                        for b in range(payoffs.shape[1])
                    ]
                    for a in range(payoffs.shape[0])
                ]
            )
        everything = [v for stage in game.stages for v in stage.payoffs[player].ravel().tolist()]
        self.low, self.high = min(everything), max(everything)
        self.known: dict[Supports, list[_Reply] | None] = {}

    def replies(self, supports: Supports) -> list[_Reply] | None:
        """Every solution; None where there may be a continuum."""
        if supports not in self.known:
            self.known[supports] = self._replies(supports)
        return self.known[supports]

    def _replies(self, supports: Supports) -> list[_Reply] | None:
        minors = []
        for table, pair in zip(self.excess, supports):
            own, other = pair[self.player], pair[1 - self.player]
            for rows in combinations(own, len(other)):
                minors.append(_determinant([[table[a][b] for b in other] for a in rows], self.one))
        try:
            points = common_roots(minors, self.n_states, self.low, self.high)
        except Undetermined:
            return None
        out = []
        for point in points:
            states = [self._state(s, pair, point) for s, pair in enumerate(supports)]
            if any(state is None for state in states):
                continue
            if any(not state.strategies for state in states if state):
                return None  # what the other plays is not determined
            parts = [state for state in states if state]
            out.append(_Reply(tuple(part.strategies[0] for part in parts), all(part.sure for part in parts)))
        return out

    def _state(self, s: int, pair: tuple[Support, ...], point: tuple[Any, ...]) -> _Reply | None:
        """What the other plays in a state: None where impossible, no strategy where it cannot be told."""
        own, other = pair[self.player], pair[1 - self.player]
        numbers = [[value(cell, point) for cell in row] for row in self.excess[s]]
        kernel = _kernel([[numbers[a][b] for b in other] for a in own])
        if kernel is None:
            return _Reply((), False)
        if any(p < 0 for p in kernel):
            return None
        gains = [sum(numbers[a][b] * p for b, p in zip(other, kernel)) for a in range(len(numbers)) if a not in own]
        if any(gain > 0 for gain in gains):
            return None
        strategy: list[Any] = [0] * len(numbers[0])
        for b, p in zip(other, kernel):
            strategy[b] = p
        return _Reply((tuple(strategy),), all(p > 0 for p in kernel) and all(gain < 0 for gain in gains))


def _solve(systems: list[_Indifference], supports: Supports) -> tuple[list[StationaryProfile], bool]:
    """Equilibria on these supports, and whether something was left open."""
    replies = []
    for system in systems:
        found = system.replies(supports)
        if found is not None and not found:
            return [], False
        replies.append(found)
    if any(found is None for found in replies):
        return [], True
    second, first = (found or [] for found in replies)  # player 0's indifference tells what player 1 plays
    out: list[StationaryProfile] = []
    open_ = False
    for own, other in product(first, second):
        if own.sure and other.sure:
            states = zip(own.strategies, other.strategies)
            out.append(tuple((_floats(x), _floats(y)) for x, y in states))
        else:
            open_ = True
    return out, open_


def _mixed_supports(game: StochasticGame) -> Iterator[Supports]:
    """Support profiles in which somebody mixes somewhere, smaller ones first."""
    per_state = []
    for stage in game.stages:
        choices = [[c for k in range(1, n + 1) for c in combinations(range(n), k)] for n in stage.n_actions]
        per_state.append(list(product(*choices)))
    every = [supports for supports in product(*per_state) if any(len(s) > 1 for pair in supports for s in pair)]
    yield from sorted(every, key=lambda supports: sum(len(s) for pair in supports for s in pair))


def _determinant(rows: list[list[Any]], one: Any) -> Any:
    if not rows:
        return one
    total: Any = 0 * one
    for k, entry in enumerate(rows[0]):
        minor = _determinant([[*row[:k], *row[k + 1 :]] for row in rows[1:]], one)
        total = total - entry * minor if k % 2 else total + entry * minor
    return total


def _kernel(rows: list[list[Any]]) -> list[Any] | None:
    """The probability vector that the rows annihilate, from cofactors; None where it is not certainly the only one."""
    from flint import arb

    n = len(rows[0])
    for some in combinations(rows, n - 1):
        cofactors = [(-1) ** k * _determinant([[*row[:k], *row[k + 1 :]] for row in some], arb(1)) for k in range(n)]
        total = sum(cofactors, arb(0))
        if not total.contains(0):
            return [c / total for c in cofactors]
        if any(not c.contains(0) for c in cofactors):
            signs = {bool(c > 0) for c in cofactors if not c.contains(0)}
            if len(signs) == 2:  # one certain sign each way: no multiple is a probability vector
                return [arb(-1)] * n
    return None


def _floats(strategy: tuple[Any, ...]) -> Array:
    numbers = np.array([float(p.mid()) if hasattr(p, "mid") else float(p) for p in strategy])
    out: Array = numbers / numbers.sum()
    return out
