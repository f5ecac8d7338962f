"""Elimination in a hierarchy: against the library's, against complements, and never of a rationalizable action."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from blamegame.certificates.checker.budget import Refused, Work
from blamegame.certificates.checker.dominance import Table, is_equilibrium, scaled, surviving
from blamegame.certificates.checker.offices import Tree, shape_of, tree_of
from blamegame.certificates.checker.reading import tensor
from blamegame.certificates.claims import NoMandateAvoids
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.models.arborescence import Arborescence
from blamegame.models.hierarchy import Hierarchy
from blamegame.solvers.network.elimination import iterated_elimination_on_network
from blamegame.solvers.network.network_equilibria import network_equilibria
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.solvers.strategic.rationalizable import rationalizable

TREES = [(1, 1), (1, 2), (1, 1, 1), (1, 2, 3), (1, 1, 2, 3)]
RAGGED = (-1, 0, 0, 1, 1, 3)


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    """Small trees, ragged ones too, with parameters that are the same for all or differ by office."""
    shape = draw(st.sampled_from([*TREES, RAGGED]))
    tree = Arborescence(np.array(RAGGED)) if shape == RAGGED else Arborescence.of_sizes(shape)
    share = st.integers(0, 10).map(lambda k: Fraction(k, 10))
    values: dict[str, Any] = {}
    for name in Hierarchy.parameters():
        if name != "causal_weight":
            each = draw(st.integers(0, 5)) == 0
            one = np.array([draw(share) for _ in range(tree.n_offices)], dtype=object)
            values[name] = one if each else one[0]
    return Hierarchy(tree=tree, **values)


def read(game: HypergraphicalGame) -> tuple[Tree, list[Table]]:
    """The game as a certificate states it and the checker reads it."""
    stated = NoMandateAvoids(game, [("push", "escalate")]).statement()["game"]
    stated["mandates"] = [tuple(run) for run in stated["mandates"]]
    stated["actions"] = tuple(stated["actions"])
    tree = tree_of(stated)
    tables = [tensor(data, shape_of(tree, kind), "payoffs") for kind, data in enumerate(stated["payoffs"])]
    return tree, scaled(tables, Work())


@settings(max_examples=40, deadline=None)
@given(model=hierarchies())
def test_what_survives_is_what_the_solver_keeps(model: Hierarchy) -> None:
    game = model.network_game()
    kept, _ = iterated_elimination_on_network(game)
    assert surviving(*read(game), Work()) == [tuple(np.flatnonzero(row).tolist()) for row in kept]


@settings(max_examples=25, deadline=None)
@given(model=hierarchies())
def test_no_rationalizable_action_is_struck(model: Hierarchy) -> None:
    game = model.network_game()
    found = surviving(*read(game), Work())
    assert all(set(actions) <= set(left) for actions, left in zip(rationalizable(game.strategic_form()), found))


@settings(max_examples=40, deadline=None)
@given(model=hierarchies())
def test_under_complements_the_extreme_equilibria_are_the_ends_of_what_survives(model: Hierarchy) -> None:
    solution = network_equilibria(model.network_game())
    assume(solution.orders is not None)
    assert solution.orders is not None
    kept = surviving(*read(solution.game), Work())
    for player, (role, left) in enumerate(zip(solution.game.roles.tolist(), kept)):
        ranks = [solution.orders[role].index(action) for action in left]
        ends = [solution.orders[role].index(int(solution.equilibria[end][player])) for end in (0, -1)]
        assert [min(ranks), max(ranks)] == ends


@settings(max_examples=25, deadline=None)
@given(model=hierarchies(), data=st.data())
def test_a_pure_profile_is_an_equilibrium_where_enumeration_says_so(model: Hierarchy, data: st.DataObject) -> None:
    game = model.network_game()
    cells = {tuple(map(int, cell)) for cell in pure_cells(game.strategic_form())}
    plays = [data.draw(st.integers(0, n - 1)) for n in game.n_actions.tolist()]
    for profile in [tuple(plays), *sorted(cells)]:
        assert is_equilibrium(*read(game), list(profile), Work()) == (profile in cells)


def test_an_action_that_ties_is_not_struck() -> None:
    tree = Tree([-1, 0], {1: 0}, [["a", "b"], ["x", "y"]], [2])
    tie = {(tier, i, j): i if tier == 0 and j == 1 else 0 for tier in (0, 1) for i in (0, 1) for j in (0, 1)}
    assert surviving(tree, [tie], Work()) == [(0, 1), (0, 1)]
    assert surviving(tree, [{**tie, (0, 1, 0): 1}], Work()) == [(1,), (0, 1)]


def test_one_loss_outweighed_by_many_small_gains_is_dominated() -> None:
    """In one mandate b loses 3 against a, in each of four others it gains 1."""
    tree = Tree([-1, *[0] * 5], {1: 0, **dict.fromkeys(range(2, 6), 1)}, [["a", "b"], ["x"]], [2, 2])
    worse = {(tier, i, 0): -3 * i if tier == 0 else 0 for tier in (0, 1) for i in (0, 1)}
    better = {(tier, i, 0): i if tier == 0 else 0 for tier in (0, 1) for i in (0, 1)}
    assert surviving(tree, [worse, better], Work())[0] == (1,)


def test_denominators_without_a_common_factor_are_stopped() -> None:
    long = {(0, k): Fraction(1, 10**3900 + 2 * k + 1) for k in range(400)}
    with pytest.raises(Refused, match="too large"):
        scaled([long], Work())
