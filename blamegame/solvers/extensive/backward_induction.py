"""Backward induction: every pure subgame-perfect equilibrium of a tree with perfect information, ties included."""

from __future__ import annotations

from blamegame.deadline import Deadline
from blamegame.games.behaviour import unit
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.strategic import Array
from blamegame.solvers.extensive.continuations import continuations, profile_number
from blamegame.solvers.extensive.solution import TreeSolution

_MOST_ENTRIES = 2_000_000


def backward_induction(
    tree: ExtensiveGame, *, limit: int = 1_000, time_limit: float | Deadline | None = None
) -> TreeSolution:
    """Every pure subgame-perfect equilibrium of a tree in which everyone sees all that was done before.

    Parameters
    ----------
    tree : a tree whose information sets all hold one node; chance is allowed, and any number of players
    limit : how many equilibria to list; ties can make more than could ever be listed
        Never more than 2,000,000 entries (equilibria times information sets) in all.
    time_limit : seconds, or a deadline; optional
        When it runs out, or on Ctrl-C, no equilibrium comes back, or fewer than ``limit``, and the status says so.

    Returns
    -------
    TreeSolution
        ``stats["count"]`` is the exact number of pure subgame-perfect equilibria and ``payoffs`` are all their payoff
        vectors, whatever the limit; ``complete`` says whether all of them are listed. Where a mover is indifferent
        there are mixed ones too, which are not listed.

    Raises
    ------
    UnsupportedGame
        Without perfect information (use ``subgame_perfect``).

    Notes
    -----
    1. From the ends upward, each node gets the set of payoff vectors of subgame-perfect play from there on.
    2. A mover may choose an action with a result worth u to it exactly where every other action has a continuation
       worth at most u to it; results, not profiles, are combined, and profiles are counted along the way.
    3. The listed profiles are read off the counts one by one.

    References
    ----------
    Zermelo (1913), "Über eine Anwendung der Mengenlehre auf die Theorie des Schachspiels". Kuhn (1953), "Extensive
    games and the problem of information". Selten (1965), "Spieltheoretische Behandlung eines Oligopolmodells".

    Examples
    --------
    >>> from blamegame.games.grow import Decision, End, grow
    >>> entry = grow(["entrant", "incumbent"], Decision("entrant", {
    ...     "out": End([0, 2]),
    ...     "in": Decision("incumbent", {"fight": End([-1, 0]), "share": End([1, 0])}),
    ... }))
    >>> solution = backward_induction(entry)
    >>> [[strategy.tolist().index(1) for strategy in profile] for profile in solution.equilibria]
    [[0, 0], [1, 1]]
    >>> from blamegame.solvers.extensive.regrets import is_subgame_perfect
    >>> all(is_subgame_perfect(entry, profile) for profile in solution.equilibria)
    True
    """
    deadline = Deadline.of(time_limit)
    found: list[tuple[Array, ...]] = []
    table = None
    with deadline:
        table = continuations(tree, "backward_induction", time_limit=deadline)
    if table is None:
        status = f"{deadline.reason}: no equilibrium yet; allow more time"
        return TreeSolution(tree, "pure subgame_perfect", "backward_induction", (), (), False, status)
    count = sum(table.counts[0].values())
    places = len(tree.information_sets)
    listed = min(count, max(limit, 0), max(1, _MOST_ENTRIES // max(places, 1)))
    units = {n: [unit(n, k) for k in range(n)] for n in {len(place.actions) for place in tree.information_sets}}
    with deadline:
        for number in range(listed):
            deadline.check()
            chosen = profile_number(table, number)
            found.append(tuple(units[len(p.actions)][a] for p, a in zip(tree.information_sets, chosen)))
    shown = str(count) if count < 10**30 else f"about 2^{count.bit_length() - 1}"
    status = f"complete: {shown} pure subgame-perfect equilibri{'um' if count == 1 else 'a'}"
    if len(found) < count:
        status = (
            f"{len(found)} of {shown} pure subgame-perfect equilibria are listed; all payoff vectors are; raise limit"
        )
    if deadline.stopped:
        status = f"{deadline.reason}: {status}"
    return TreeSolution(
        game=tree,
        concept="pure subgame_perfect",
        method="backward_induction",
        equilibria=tuple(found),
        payoffs=tuple(sorted(payoffs for payoffs, _ in table.counts[0])),
        complete=len(found) == count,
        status=status,
        stats={"count": count},
    )
