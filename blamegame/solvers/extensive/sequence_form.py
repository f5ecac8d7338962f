"""The sequence form of a two-player tree, as large as the tree itself, and one Nash equilibrium from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.behaviour import node_values
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.recall import require_perfect_recall
from blamegame.games.strategic import Array
from blamegame.solvers.extensive.kuhn import behaviour_of_plan, joined
from blamegame.solvers.extensive.reduced_form import chance_weights
from blamegame.solvers.extensive.regrets import is_nash
from blamegame.solvers.extensive.solution import TreeSolution
from blamegame.solvers.linear.lemke import lemke

MOST_SEQUENCES = 1_000
"""Sequences of both players together in the largest tree that is solved; the work grows with their third power."""


@dataclass(frozen=True, eq=False)
class SequenceForm:
    """A player's strategy is a realisation plan x >= 0 with ``constraints[i] @ x = rights[i]``.

    Attributes
    ----------
    payoffs : exact, shape [2, n_sequences of player 1, n_sequences of player 2]
        Expected payoffs of two plans x, y are ``x @ payoffs[i] @ y``. Zero where two sequences meet at no end of play.
    constraints : two integer arrays, shape [1 + n_information_sets of player i, n_sequences of player i]
        The empty sequence has weight 1; the actions of an information set share the weight of the way there.
    rights : two integer arrays, (1, 0, ..., 0)
    """

    payoffs: Array
    constraints: tuple[Array, Array]
    rights: tuple[Array, Array]


def sequence_form(tree: ExtensiveGame) -> SequenceForm:
    """The sequence form of a tree of two players with perfect recall.

    References
    ----------
    Koller, Megiddo and von Stengel (1996), "Efficient computation of equilibria for extensive two-person games",
    Games and Economic Behavior 14.
    """
    recall = require_perfect_recall(tree.recall, "sequence_form")
    if tree.n_players != 2:
        raise UnsupportedGame(f"sequence_form needs 2 players, this tree has {tree.n_players}; use subgame_perfect")
    if sum(recall.counts) > MOST_SEQUENCES:
        raise UnsupportedGame(
            f"the players have {recall.counts[0]} and {recall.counts[1]} sequences, more than {MOST_SEQUENCES} in all; "
            "use subgame_perfect, which cuts a tree into its subgames"
        )
    payoffs = np.full((2, *recall.counts), Fraction(0), dtype=object)
    for terminal, share in zip(tree.terminals, chance_weights(tree)):
        for player, payoff in enumerate(tree.totals[terminal]):
            payoffs[(player, *recall.last[terminal])] += share * payoff
    constraints, rights = [], []
    for player in range(2):
        own = [k for k, place in enumerate(tree.information_sets) if place.player == player]
        table = np.zeros((len(own) + 1, recall.counts[player]), dtype=np.int64)
        table[0, 0] = 1
        for row, k in enumerate(own, start=1):
            table[row, recall.before[k]] = -1
            first = recall.first[k]
            table[row, first : first + len(tree.information_sets[k].actions)] = 1
        constraints.append(table)
        rights.append(np.eye(1, len(own) + 1, dtype=np.int64)[0])
    return SequenceForm(payoffs, (constraints[0], constraints[1]), (rights[0], rights[1]))


def sequence_form_nash(tree: ExtensiveGame, *, time_limit: float | Deadline | None = None) -> TreeSolution:
    """One Nash equilibrium of a two-player tree, exact, in behaviour strategies.

    The work grows with the tree, not with the number of plans. The equilibrium need not be subgame-perfect: where it
    never gets, anything may be prescribed (``is_subgame_perfect`` checks, ``subgame_perfect`` finds).

    Raises
    ------
    UnsupportedGame
        Unless there are two players with perfect recall.

    Notes
    -----
    Best realisation plans and their dual variables are a linear complementarity problem of the size of the tree, which
    Lemke's algorithm solves once payoffs are made non-positive by a constant. The result is checked from the tree.
    When ``time_limit`` (seconds, or a deadline) runs out, or on Ctrl-C, the solution holds no equilibrium.

    References
    ----------
    Koller, Megiddo and von Stengel (1996), section 4.

    Examples
    --------
    >>> from blamegame.games.grow import Decision, End, grow
    >>> hidden = {x: Decision("2", {"l": End([a, -a]), "r": End([b, -b])}, known_as="unseen")
    ...           for x, a, b in (("u", 1, -1), ("d", -1, 1))}
    >>> solution = sequence_form_nash(grow(["1", "2"], Decision("1", hidden)))
    >>> [[str(p) for p in strategy] for strategy in solution.equilibria[0]]
    [['1/2', '1/2'], ['1/2', '1/2']]
    """
    deadline = Deadline.of(time_limit)
    form = sequence_form(tree)
    matrix, constant = _complementarity(tree, form)
    z: list[Fraction] = []
    with deadline:
        z, pivots = lemke(matrix, constant, time_limit=deadline)
    if not z:
        why = f"{deadline.reason}: no equilibrium yet; allow more time"
        return TreeSolution(tree, "nash", "sequence_form", (), (), False, why)
    m, n = tree.recall.counts
    profile = joined(tree, [behaviour_of_plan(tree, 0, z[:m]), behaviour_of_plan(tree, 1, z[m : m + n])])
    if not is_nash(tree, profile):  # pragma: no cover  # the algorithm is exact; this proves each single answer
        raise ArithmeticError("the sequence form gave a profile that is no equilibrium; please report this tree")
    return TreeSolution(
        game=tree,
        concept="nash",
        method="sequence_form",
        equilibria=(profile,),
        payoffs=(node_values(tree, profile)[0],),
        complete=False,
        status="one Nash equilibrium, proved; there may be others, so ask subgame_perfect or reduced_strategic_form",
        stats={"pivots": pivots, "size": len(constant)},
    )


def _complementarity(tree: ExtensiveGame, form: SequenceForm) -> tuple[Array, list[int]]:
    """The problem over (x, y, p', p'', q', q''), p = p' - p'' and q = q' - q'' the dual variables of the two plans."""
    shifted = form.payoffs.copy()
    highest = [max(tree.totals[k][i] for k in tree.terminals) for i in range(2)]
    for terminal, share in zip(tree.terminals, chance_weights(tree)):
        for player in range(2):
            shifted[(player, *tree.recall.last[terminal])] -= share * highest[player]
    (m, n), (e, f) = form.payoffs.shape[1:], form.constraints
    sizes = [m, n, len(e), len(e), len(f), len(f)]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    matrix = np.zeros((starts[-1], starts[-1]), dtype=object)

    def put(row: int, column: int, block: Array) -> None:
        matrix[starts[row] : starts[row + 1], starts[column] : starts[column + 1]] = block

    put(0, 1, -shifted[0])
    put(1, 0, -shifted[1].T)
    for own, plus, table in ((0, 2, e), (1, 4, f)):
        put(own, plus, table.T.astype(object))
        put(own, plus + 1, -table.T.astype(object))
        put(plus, own, -table.astype(object))
        put(plus + 1, own, table.astype(object))
    constant = np.concatenate([np.zeros(m + n), *(side for r in form.rights for side in (r, -r))])
    return matrix, [int(c) for c in constant]
