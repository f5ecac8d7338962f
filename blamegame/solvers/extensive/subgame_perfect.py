"""Subgame-perfect equilibria of any tree: its subgames solved from the smallest up, each by all Nash equilibria."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.behaviour import Behaviour, node_values, unit
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.recall import require_perfect_recall
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.subgames import subgame_roots
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL, Move
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.kuhn import to_behaviour
from blamegame.solvers.extensive.reduced_form import reduced_strategic_form
from blamegame.solvers.extensive.solution import TreeSolution
from blamegame.solvers.solution import counted
from blamegame.solvers.strategic.nash import nash


@dataclass(frozen=True, eq=False)
class _Play:
    """Subgame-perfect play of one subgame: what it is worth, what it prescribes, and the plays of the next subgames."""

    value: tuple[Fraction, ...]
    strategies: dict[int, Array]
    below: tuple[_Play, ...]


def subgame_perfect(
    tree: ExtensiveGame, *, limit: int = 1_000, time_limit: float | Deadline | None = None
) -> TreeSolution:
    """Subgame-perfect equilibria of a tree with perfect recall.

    Perfect information goes to :func:`backward_induction` (pure equilibria, any number of players). Otherwise each
    subgame, from the smallest up and with the next subgames replaced by what play there is worth, is solved for all its
    extreme Nash equilibria through its reduced strategic form; every combination is kept.

    Parameters
    ----------
    tree : perfect recall; at most two players may move before the next subgames start
    limit : how many equilibria to list
    time_limit : seconds, or a deadline; optional
        When it runs out, or on Ctrl-C, no equilibrium comes back, and the status says so.

    Returns
    -------
    TreeSolution
        ``complete`` only where every subgame met has finitely many equilibria and nothing was cut off. Where a subgame
        has a continuum, its extreme equilibria are kept and ``complete`` is False. Behaviour that a player's own plan
        rules out is filled in with the first action.

    Raises
    ------
    UnsupportedGame
        Where three players meet in one subgame, or a subgame has too many plans.

    References
    ----------
    Selten (1965), "Spieltheoretische Behandlung eines Oligopolmodells mit Nachfrageträgheit".

    Examples
    --------
    >>> from blamegame.games.grow import Decision, End, grow
    >>> battle = {x: Decision("2", {"o": End([a, b]), "f": End([c, d])}, known_as="unseen")
    ...           for x, a, b, c, d in (("O", 3, 1, 0, 0), ("F", 0, 0, 1, 3))}
    >>> tree = grow(["1", "2"], Decision("1", {"out": End([2, 2]), "in": Decision("1", battle)}))
    >>> solution = subgame_perfect(tree)
    >>> [tuple(map(str, payoffs)) for payoffs in solution.payoffs], solution.complete
    ([('2', '2'), ('3', '1')], True)
    """
    if tree.perfect_information:
        return backward_induction(tree, limit=limit, time_limit=time_limit)
    require_perfect_recall(tree.recall, "subgame_perfect")
    deadline = Deadline.of(time_limit)
    roots = subgame_roots(tree)
    starts = set(roots)
    plays: dict[int, list[_Play]] = {}
    finite = True
    cut = False
    with deadline:
        for root in reversed(roots):
            inside, next_roots = _component(tree, root, starts)
            found: list[_Play] = []
            for below in product(*(plays[k] for k in next_roots)):
                deadline.check()
                if len(found) > limit:
                    break
                game = _truncated(tree, root, inside, dict(zip(next_roots, (play.value for play in below))))
                local, isolated = _solve(game, inside, deadline)
                finite = finite and isolated
                found.extend(_Play(value, strategies, below) for value, strategies in local)
            cut = cut or len(found) > limit
            plays[root] = found[:limit]
    if deadline.stopped:
        status = f"{deadline.reason}: no equilibrium yet, {counted(len(plays), 'subgame')} solved; allow more time"
        return TreeSolution(tree, "subgame_perfect", "subgame decomposition", (), (), False, status)
    profiles = [_profile(tree, play) for play in plays[0]]
    status = f"{len(profiles)} subgame-perfect equilibria"
    if cut:
        status += f"; more than limit={limit} met in a subgame, so raise limit"
    if not finite:
        status += "; a subgame has a continuum of equilibria, of which the extreme ones are kept"
    complete = finite and not cut
    return TreeSolution(
        game=tree,
        concept="subgame_perfect",
        method="subgame decomposition",
        equilibria=tuple(profiles),
        payoffs=tuple(sorted({play.value for play in plays[0]})),
        complete=complete,
        status=f"complete: {status}" if complete else status,
        stats={"subgames": len(roots)},
    )


def _component(tree: ExtensiveGame, root: int, starts: set[int]) -> tuple[list[int], list[int]]:
    """Information sets between a subgame's root and the next subgames, and the roots of those."""
    inside: set[int] = set()
    after = []
    waiting = [root]
    while waiting:
        k = waiting.pop()
        node = tree.nodes[k]
        if k != root and k in starts:
            after.append(k)
            continue
        if node.mover >= 0:
            inside.add(node.place)
        waiting.extend(node.children)
    return sorted(inside), sorted(after)


def _truncated(
    tree: ExtensiveGame, root: int, inside: list[int], worth: dict[int, tuple[Fraction, ...]]
) -> ExtensiveGame:
    """The subgame at ``root`` as a tree of its own, the next subgames replaced by their worth."""
    place_of = {k: position for position, k in enumerate(inside)}
    moves: list[Move] = []
    events: list[tuple[str, tuple[str, ...], tuple[Fraction, ...]]] = []
    outcomes: dict[int, tuple[str, tuple[Fraction, ...]]] = {}
    waiting = [root]
    while waiting:
        k = waiting.pop()
        node = tree.nodes[k]
        if node.mover == TERMINAL or k in worth:
            moves.append((TERMINAL, NONE, len(outcomes), ""))
            outcomes[k] = ("", worth.get(k) or tree.totals[k])
            continue
        if node.mover == CHANCE:
            moves.append((CHANCE, len(events), NONE, ""))
            events.append(tree.events[node.place][:3])
        else:
            moves.append((node.mover, place_of[node.place], NONE, ""))
        waiting.extend(reversed(node.children))
    sets = [tree.information_sets[k][:3] for k in inside]
    return ExtensiveGame(tree.players, moves, sets, events, list(outcomes.values()))


def _solve(
    game: ExtensiveGame, inside: list[int], deadline: Deadline
) -> tuple[list[tuple[tuple[Fraction, ...], dict[int, Array]]], bool]:
    """Value and strategies of each extreme equilibrium of a truncated subgame, and whether there are no others."""
    active = sorted({place.player for place in game.information_sets})
    if len(active) > 2:
        names = ", ".join(game.players[i] for i in active)
        raise UnsupportedGame(
            f"subgame_perfect solves subgames of two players, and {names} meet in one; use pure_nash or logit on "
            "reduced_strategic_form(tree)"
        )
    if not active:
        return [(node_values(game, ())[0], {})], True
    table = reduced_strategic_form(game)
    idle = tuple(0 if i not in active else slice(None) for i in range(game.n_players))
    payoffs = np.array([table.payoffs[i][idle] for i in active], dtype=object)
    one = StrategicGame(payoffs, [table.players[i] for i in active], [table.actions[i] for i in active])
    solution = nash(one, time_limit=deadline)
    if not solution.complete:
        deadline.check()
    out = []
    for profile in solution.equilibria:
        own = {i: iter(to_behaviour(game, i, mixed.tolist())) for i, mixed in zip(active, profile)}
        behaviour: Behaviour = tuple(next(own[place.player]) for place in game.information_sets)
        out.append((node_values(game, behaviour)[0], dict(zip(inside, behaviour))))
    return out, all(len(component) == 1 for component in solution.components)


def _profile(tree: ExtensiveGame, play: _Play) -> Behaviour:
    strategies: dict[int, Array] = {}
    waiting = [play]
    while waiting:
        part = waiting.pop()
        strategies.update(part.strategies)
        waiting.extend(part.below)
    return tuple(strategies.get(k, unit(len(p.actions), 0)) for k, p in enumerate(tree.information_sets))
