"""What a solver of stochastic games returns: stationary equilibria with their values, and how far to trust the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blamegame.errors import IncompleteSolution
from blamegame.games.stationary import state_shares
from blamegame.games.stochastic import StationaryProfile, StochasticGame
from blamegame.games.strategic import Array
from blamegame.games.table import format_number


@dataclass(frozen=True, eq=False, repr=False)
class MarkovSolution:
    """Stationary Markov-perfect equilibria of one stochastic game.

    Attributes
    ----------
    game : the game that was solved
    concept : ``"pure_markov_perfect"`` or ``"markov_perfect"``
    method : name of the algorithm as in the literature
    equilibria : stationary profiles, each one profile per state, in a deterministic order
    values : for each equilibrium the players' average discounted payoffs from each state, shape [n_states, n_players]
    complete : whether every equilibrium of the concept is listed; a proof, not a hope
    status : one sentence; where the answer is not complete, advice
    stats : counts and seconds, for curiosity only
    """

    game: StochasticGame
    concept: str
    method: str
    equilibria: tuple[StationaryProfile, ...]
    values: tuple[Array, ...]
    complete: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=dict)

    def require_complete(self, question: str) -> MarkovSolution:
        """This solution, or :class:`IncompleteSolution` where ``question`` is about every equilibrium and it is not."""
        if not self.complete:
            raise IncompleteSolution(
                f"{question} needs every equilibrium, and this solution is not complete: {self.status}"
            )
        return self

    @property
    def play(self) -> tuple[dict[str, tuple[str, ...]], ...]:
        """Each equilibrium as state: what each player does there, such as ``{"calm": ("push", "work"), ...}``."""
        return tuple(
            {
                state: tuple(_words(labels, strategy) for labels, strategy in zip(stage.actions, profile))
                for state, stage, profile in zip(self.game.states, self.game.stages, equilibrium)
            }
            for equilibrium in self.equilibria
        )

    def explain(self) -> str:
        """In plain words: who does what in each state, what it is worth, and how much time passes in each state."""
        players = self.game.players
        lines = [self.status[:1].upper() + self.status[1:] + "."]
        for k, (play, values, profile) in enumerate(zip(self.play, self.values, self.equilibria)):
            lines += ["", f"Equilibrium {k + 1}"]
            for s, (state, actions) in enumerate(play.items()):
                said = ", ".join(
                    f"{player} plays {action} (worth {format_number(value)})"
                    for player, action, value in zip(players, actions, values[s].tolist())
                )
                lines.append(f"  {state}: {said}")
            shares = state_shares(self.game, profile).tolist()
            time_in = ", ".join(f"{format_number(share)} {state}" for state, share in zip(self.game.states, shares))
            lines.append(f"  long-run shares of periods: {time_in}")
        return "\n".join(lines)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __str__(self) -> str:
        lines = [self.status]
        for play in self.play:
            lines.append("; ".join(f"{state}: ({', '.join(actions)})" for state, actions in play.items()))
        return "\n".join(lines)

    def __repr__(self) -> str:
        kind = "complete" if self.complete else "not complete"
        return f"<MarkovSolution {self.concept} by {self.method}: {len(self.equilibria)} equilibria, {kind}>"


def _words(labels: tuple[str, ...], strategy: Array) -> str:
    used = [(label, weight) for label, weight in zip(labels, strategy.tolist()) if weight]
    return used[0][0] if len(used) == 1 else " + ".join(f"{format_number(w)} {label}" for label, w in used)
