"""What a solver of trees returns: behaviour profiles, their payoffs, and how far the answer can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from blamegame.errors import IncompleteSolution
from blamegame.games.behaviour import Behaviour
from blamegame.games.extensive import ExtensiveGame

Payoffs = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False, repr=False)
class TreeSolution:
    """Equilibria of one extensive game.

    Attributes
    ----------
    game : the tree that was solved
    concept : name of the solution concept in full
    method : name of the algorithm as in the literature
    equilibria : behaviour profiles in a deterministic order
    payoffs : the different payoff vectors of the equilibria that the method covers, sorted
    complete : whether ``equilibria`` lists every equilibrium of the concept; a proof, not a hope
    status : one sentence; where the answer is not complete, advice
    stats : counts, for curiosity only
    """

    game: ExtensiveGame
    concept: str
    method: str
    equilibria: tuple[Behaviour, ...]
    payoffs: tuple[Payoffs, ...]
    complete: bool
    status: str
    stats: Mapping[str, Any] = field(default_factory=dict)

    def require_complete(self, question: str) -> TreeSolution:
        """This solution, or :class:`IncompleteSolution` where ``question`` is about every equilibrium and it is not."""
        if not self.complete:
            raise IncompleteSolution(
                f"{question} needs every equilibrium, and this solution is not complete: {self.status}"
            )
        return self

    def __len__(self) -> int:
        return len(self.equilibria)

    def __repr__(self) -> str:
        kind = "complete" if self.complete else "not complete"
        return f"<TreeSolution {self.concept} by {self.method}: {len(self.equilibria)} equilibria, {kind}>"
