"""The one-shot deviation check of a pure stationary profile in rational arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from blamegame.games.stochastic import StochasticGame, to_exact_stochastic
from blamegame.games.strategic import Array


class ExactCheck:
    """Decides exactly whether a profile, one cell of each state's flattened stage game, is Markov-perfect."""

    def __init__(self, game: StochasticGame, deviations: Sequence[Sequence[Array]]) -> None:
        from flint import fmpq

        def rational(value: Any) -> Any:
            return fmpq(value.numerator, value.denominator)

        exact = to_exact_stochastic(game)
        self.discount = rational(exact.exact_discount)
        self.n_states, self.n_players = exact.n_states, exact.n_players
        self.payoffs = [
            [[rational(v) for v in cell] for cell in zip(*(table.ravel().tolist() for table in stage.payoffs))]
            for stage in exact.stages
        ]
        self.transitions = [
            [[rational(v) for v in row] for row in table.reshape(-1, exact.n_states).tolist()]
            for table in exact.transitions
        ]
        self.deviations = [[moves.tolist() for moves in by_player] for by_player in deviations]

    def holds(self, cells: Sequence[int]) -> bool:
        """Whether nobody gains in any state by deviating once."""
        values = self._values(cells)
        now = 1 - self.discount
        for s, cell in enumerate(cells):
            for player in range(self.n_players):
                own = values[s * self.n_players + player]
                for to in self.deviations[s][player][cell]:
                    if to != cell:
                        later = sum(
                            p * values[t * self.n_players + player] for t, p in enumerate(self.transitions[s][to]) if p
                        )
                        if now * self.payoffs[s][to][player] + self.discount * later > own:
                            return False
        return True

    def _values(self, cells: Sequence[int]) -> list[Any]:
        """Values of every state and player, row by row."""
        from flint import fmpq_mat

        n = self.n_states
        left = [
            int(s == t) - self.discount * p
            for s, cell in enumerate(cells)
            for t, p in enumerate(self.transitions[s][cell])
        ]
        right = [(1 - self.discount) * u for s, cell in enumerate(cells) for u in self.payoffs[s][cell]]
        entries: list[Any] = fmpq_mat(n, n, left).solve(fmpq_mat(n, self.n_players, right)).entries()
        return entries


def cells_of(game: StochasticGame, positions: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """One action per player for each state from positions in the flattened stage games."""
    return tuple(
        tuple(int(i) for i in np.unravel_index(position, stage.n_actions))
        for stage, position in zip(game.stages, positions)
    )
