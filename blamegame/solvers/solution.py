"""What a solver returns, always: the equilibria found, and how far that answer can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blamegame.errors import IncompleteSolution
from blamegame.games.strategic import Profile, StrategicGame


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Solution:
    """Equilibria of one game.

    Attributes
    ----------
    game : the game that was solved
    concept : name of the solution concept in full, such as ``"nash"``
    method : name of the algorithm as in the literature
    equilibria : profiles in a deterministic order; for two-player Nash the *extreme* equilibria
    components : connected components of the equilibrium set, each a tuple of positions in ``equilibria``
    subsets : maximal Nash subsets (products of two polytopes), each a tuple of positions in ``equilibria``
    complete : whether ``equilibria`` describes every equilibrium; a proof, not a hope
    status : one sentence; where the answer is not complete, advice
    stats : counts, for curiosity only; :attr:`seconds` is the time taken
    """

    game: StrategicGame
    concept: str
    method: str
    equilibria: tuple[Profile, ...]
    complete: bool
    status: str
    components: tuple[tuple[int, ...], ...] = ()
    subsets: tuple[tuple[int, ...], ...] = ()
    stats: Mapping[str, Any] = field(default_factory=dict)

    def __init__(
        self,
        game: StrategicGame,
        concept: str,
        method: str,
        equilibria: tuple[Profile, ...],
        complete: bool,
        status: str,
        components: tuple[tuple[int, ...], ...] = (),
        subsets: tuple[tuple[int, ...], ...] = (),
        stats: Mapping[str, Any] | None = None,
    ) -> None:
        # At once: set one by one, as frozen fields are, they take as long as following a path in a small game.
        self.__dict__.update(
            game=game,
            concept=concept,
            method=method,
            equilibria=equilibria,
            complete=complete,
            status=status,
            components=components,
            subsets=subsets,
            stats={} if stats is None else stats,
        )

    def require_complete(self, question: str) -> Solution:
        """This solution, or :class:`IncompleteSolution` where ``question`` is about every equilibrium and it is not."""
        if not self.complete:
            raise IncompleteSolution(
                f"{question} needs every equilibrium, and this solution is not complete: {self.status}"
            )
        return self

    @property
    def seconds(self) -> float:
        """Wall time that the solver took."""
        return float(self.stats.get("seconds", float("nan")))

    def __len__(self) -> int:
        return len(self.equilibria)

    def __repr__(self) -> str:
        kind = "complete" if self.complete else "not complete"
        return f"<Solution {self.concept} by {self.method}: {len(self.equilibria)} equilibria, {kind}>"


def counted(count: int, stem: str, one: str = "", many: str = "s") -> str:
    """A number with its noun.

    >>> counted(1, "component"), counted(2, "equilibri", "um", "a")
    ('1 component', '2 equilibria')
    """
    return f"{count} {stem}{one if count == 1 else many}"
