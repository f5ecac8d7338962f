"""How likely an event is under subgame-perfect play: at least, at most, and at which ends play can arrive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from blamegame.deadline import Deadline
from blamegame.errors import GameError
from blamegame.games.behaviour import event_probability_of
from blamegame.games.extensive import ExtensiveGame
from blamegame.solvers.extensive.continuations import continuations
from blamegame.solvers.extensive.mixed_bounds import mixed_bounds
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect


@dataclass(frozen=True)
class OutcomeRange:
    """Smallest and largest probability of an event over the equilibria found.

    ``surely`` and ``possibly`` are proved to bound it over all equilibria, and ``complete`` says whether they are the
    same.
    """

    lowest: Fraction
    highest: Fraction
    complete: bool
    surely: Fraction
    possibly: Fraction


def outcome_range(
    tree: ExtensiveGame, event: Iterable[int], *, time_limit: float | Deadline | None = None
) -> OutcomeRange:
    """Range of the probability that play ends at a node of ``event``, over subgame-perfect equilibria.

    Parameters
    ----------
    tree : perfect information, or any tree that :func:`subgame_perfect` solves
    event : positions of nodes at which play ends
    time_limit : seconds, or a deadline; optional
        After it :class:`blamegame.deadline.OutOfTime` is raised where there is perfect information; elsewhere what is
        known of no equilibrium comes back, with ``complete`` False.

    Returns
    -------
    OutcomeRange
        With perfect information over all *pure* subgame-perfect equilibria, however many; complete where mixing at ties
        provably cannot leave that range. Otherwise over the equilibria of :func:`subgame_perfect`, complete where that
        is.

    Examples
    --------
    >>> from blamegame.games.grow import Decision, End, grow
    >>> then = Decision("2", {"l": End([2, 0]), "r": End([0, 0])})
    >>> tie = grow(["1", "2"], Decision("1", {"a": then, "b": End([1, 1])}))
    >>> [str(p) for p in (outcome_range(tie, [4]).lowest, outcome_range(tie, [4]).highest)]
    ['0', '1']
    """
    deadline = Deadline.of(time_limit)
    cells = frozenset(event)
    for k in sorted(cells):
        if k not in range(len(tree.nodes)) or tree.nodes[k].children:
            raise GameError(f"node {k} is not an end of play; an event is a set of positions out of tree.terminals")
    if tree.perfect_information:
        table = continuations(
            tree,
            "outcome_range",
            tag=lambda k: Fraction(int(k in cells)),
            mix=lambda parts: sum((share * tag for share, tag in parts), Fraction(0)),
            time_limit=deadline,
        )
        chances = [tag for _, tag in table.counts[0]]
        ends = min(chances), max(chances)
        outer = mixed_bounds(tree, lambda k: Fraction(int(k in cells)))
        return OutcomeRange(*ends, outer == ends, *outer)
    solution = subgame_perfect(tree, time_limit=deadline)
    chances = [event_probability_of(tree, profile, sorted(cells)) for profile in solution.equilibria]
    if solution.complete:
        return OutcomeRange(min(chances), max(chances), True, min(chances), max(chances))
    least, most = Fraction(0), Fraction(1)
    return OutcomeRange(min(chances, default=most), max(chances, default=least), False, least, most)


def subgame_perfect_outcomes(tree: ExtensiveGame) -> tuple[tuple[int, ...], ...]:
    """Every outcome of pure subgame-perfect play: the ends of play that it may reach (several only through chance).

    >>> from blamegame.games.grow import Decision, End, grow
    >>> then = Decision("2", {"l": End([2, 0]), "r": End([0, 0])})
    >>> tie = grow(["1", "2"], Decision("1", {"a": then, "b": End([1, 1])}))
    >>> subgame_perfect_outcomes(tie)
    ((2,), (4,))
    """
    table = continuations(
        tree,
        "subgame_perfect_outcomes",
        tag=lambda k: (k,),
        mix=lambda parts: tuple(end for share, ends in parts if share for end in ends),
    )
    return tuple(sorted({tag for _, tag in table.counts[0]}))
