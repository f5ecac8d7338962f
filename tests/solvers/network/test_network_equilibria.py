"""Trees of at most seven offices against exhaustive enumeration, and the national hierarchy."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.answers.network import share_of_games
from blamegame.concepts import Nash
from blamegame.deadline import Deadline
from blamegame.errors import GameError, IncompleteSolution
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.games.question import Question
from blamegame.models.hierarchy import Hierarchy
from blamegame.solvers.network.best_replies import BestReplies
from blamegame.solvers.network.complements import complementary_orders
from blamegame.solvers.network.elimination import iterated_elimination_on_network
from blamegame.solvers.network.monotone_iteration import monotone_best_replies
from blamegame.solvers.network.network_equilibria import network_equilibria
from blamegame.solvers.network.pure_search import pure_search
from blamegame.solvers.network.share_range import event_share, share_range
from blamegame.solvers.strategic.correlated import correlated_bounds
from blamegame.solvers.strategic.pure import pure_cells
from blamegame.solvers.strategic.rationalizable import rationalizable

TREES = [(1, 1), (1, 2), (1, 1, 1), (1, 2, 3), (1, 2, 4), (1, 1, 1, 1), (1, 3, 3), (1, 1, 2, 3), (1, 1, 1, 1, 2)]
RAGGED = (-1, 0, 0, 1, 1, 3)
WIDE = {"authority": "0.5", "push_strength": "1", "assistance": "1", "accountability": "2.5", "credit_upper": "0.6"}
COMPLEMENTARY = {
    "authority": "0.5",
    "assistance": "0.4",
    "credit_upper": "0.25",
    "cost_assist": "0.1",
    "tolerance": "0.3",
    "answer_competence": "0.5",
}
SHALLOW_TRAP = {
    "authority": Fraction("0.35"),
    "responsibility": Fraction("0.25"),
    "push_strength": Fraction("0.6"),
    "assistance": Fraction("0.35"),
    "answer_competence": Fraction("0.05"),
    "accountability": Fraction("2.25"),
    "tolerance": Fraction("0.25"),
    "escalation_shield": Fraction("0.75"),
    "diffusion": Fraction("0.75"),
    "trace_shield": Fraction("0.7"),
    "substantive_inspection": Fraction("0.4"),
    "credit_lower": Fraction("0.6"),
    "credit_upper": Fraction("0.2"),
    "cost_work": Fraction("0.15"),
    "cost_assist": Fraction("0"),
    "cost_push": Fraction("0.08"),
}
DEEP_TRAP = {
    "authority": Fraction("0.2"),
    "responsibility": Fraction("0.3"),
    "push_strength": Fraction("0.6"),
    "assistance": Fraction("0.3"),
    "answer_competence": Fraction("0"),
    "accountability": Fraction("2.25"),
    "tolerance": Fraction("0.2"),
    "escalation_shield": Fraction("0.8"),
    "diffusion": Fraction("0.8"),
    "trace_shield": Fraction("0.55"),
    "substantive_inspection": Fraction("0.45"),
    "credit_lower": Fraction("0.7"),
    "credit_upper": Fraction("0.05"),
    "cost_work": Fraction("0.1"),
    "cost_assist": Fraction("0.05"),
    "cost_push": Fraction("0.08"),
}


def trap(tiers):
    """Parameters at which all-assist-and-work and all-push-and-escalate are both equilibria of a chain of tiers."""
    return SHALLOW_TRAP if tiers <= 3 else DEEP_TRAP


def tree_of(shape):
    from blamegame.models.arborescence import Arborescence

    return Arborescence(np.array(RAGGED)) if shape == RAGGED else shape


@st.composite
def hierarchies(draw, region):
    shape = draw(st.sampled_from([*TREES, RAGGED]))
    tree = Hierarchy(tree=tree_of(shape)).tree
    share = st.integers(0, 20).map(lambda k: Fraction(k, 20))
    values = {}
    for name, spec in Hierarchy.parameters().items():
        if name == "causal_weight":
            continue
        top = Fraction(region.get(name, "1" if spec.high is not None else "0.5"))
        if draw(st.integers(0, 5)) == 0:
            each = [draw(share) * top for _ in range(tree.n_offices)]
            values[name] = np.array(each, dtype=object)
        else:
            values[name] = draw(share) * top
    return Hierarchy(tree=tree, **values)


def check_against_enumeration(model):
    game = model.network_game()
    table = game.strategic_form()
    cells = [np.array(cell) for cell in pure_cells(table)]
    solution = network_equilibria(game)
    for profile in solution.equilibria:
        assert any((profile == cell).all() for cell in cells)
    for cell in cells:
        assert solution.surviving[np.arange(game.n_players), cell].all()
    if solution.every_pure:
        assert len(cells) == len(solution)
    if solution.complete:
        assert cells
        if solution.orders is not None:
            rank = [np.argsort(solution.orders[role]) for role in game.roles]
            ranks = np.array([[rank[p][a] for p, a in enumerate(cell)] for cell in cells])
            ends = np.array([[rank[p][a] for p, a in enumerate(e)] for e in solution.equilibria])
            assert (ends[0] == ranks.min(axis=0)).all() and (ends[-1] == ranks.max(axis=0)).all()
    try:
        found = share_range(solution, model.avoidance)
    except IncompleteSolution:
        assert not cells
        return solution
    shares = [event_share(solution, cell, model.avoidance) for cell in cells]
    if found.complete:
        assert all(found.lowest <= share <= found.highest for share in shares)
    return solution


@settings(max_examples=60, deadline=None)
@given(hierarchies(WIDE))
def test_small_trees_anywhere_in_the_box_agree_with_enumeration(model):
    check_against_enumeration(model)


@settings(max_examples=60, deadline=None)
@given(hierarchies(COMPLEMENTARY))
def test_small_trees_near_the_complementary_region_agree_with_enumeration(model):
    check_against_enumeration(model)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(hierarchies(COMPLEMENTARY))
def test_many_small_trees_agree_with_enumeration(model):
    check_against_enumeration(model)


@pytest.mark.parametrize("shape", TREES)
def test_the_trap_has_complements_and_two_ends_on_every_small_tree(shape):
    solution = check_against_enumeration(Hierarchy(tree=shape, **trap(len(shape))))
    assert solution.complements and solution.complete and not solution.unique
    assert (solution.equilibria[0] == 0).all() and (solution.equilibria[-1] == 1).all()


@pytest.mark.parametrize("shape", [(1, 2), (1, 1, 1), (1, 1, 2)])
def test_the_ends_bound_correlated_and_rationalizable_play_found_by_other_solvers(shape):
    model = Hierarchy(tree=shape, **trap(len(shape)))
    game = model.network_game()
    solution, table = network_equilibria(game), game.strategic_form()
    paths = game.groups[0].players
    for above, leaf in paths[:, -2:].tolist():
        event = np.zeros(table.n_actions, dtype=bool)
        for cell in product(*map(range, table.n_actions)):
            event[cell] = model.avoidance[cell[above], cell[leaf]]
        bounds = correlated_bounds(table, event)
        assert (bounds.lowest.value, bounds.highest.value) == (0, 1)
    for player, actions in enumerate(rationalizable(table)):
        assert set(actions) <= set(np.flatnonzero(solution.surviving[player]).tolist())
    found = share_range(solution, model.avoidance)
    assert (found.lowest, found.highest, found.complete) == (0, 1, True)


def test_the_national_hierarchy_in_the_trap_has_two_ends_that_bound_everything():
    model = Hierarchy(**DEEP_TRAP)
    assert (model.tree.n_offices, model.n_mandates) == (41_811, 38_602)
    solution = network_equilibria(model.network_game())
    assert solution.method == "monotone_best_replies" and solution.complements
    replies = BestReplies(solution.game)
    assert all(replies.is_equilibrium(profile) for profile in solution.equilibria)
    assert [event_share(solution, profile, model.avoidance) for profile in solution.equilibria] == [0, 1]


def test_the_national_hierarchy_at_the_defaults_is_solved_by_elimination():
    model = Hierarchy()
    solution = network_equilibria(model.network_game())
    assert solution.unique and solution.method == "iterated_elimination"
    assert model.action_shares(solution.equilibria[0])[-1] == {"escalate": 1}


def test_offices_with_the_same_payoff_whatever_they_do_are_ties_and_no_fault():
    zero = dict.fromkeys(
        [n for n in Hierarchy.parameters() if n.startswith(("cost", "credit")) or n == "accountability"], Fraction(0)
    )
    solution = network_equilibria(Hierarchy(tree=(1, 5, 40), **zero).network_game())
    assert solution.complements and len(solution) == 2
    assert (solution.equilibria[0] == 0).all()
    assert (solution.equilibria[1] == 1).all()  # formalism alone risks its own sanction


def line(n, tables):
    """n players in a line; tables of the pairs by kind, kinds in turn."""
    pairs = np.stack([np.arange(n - 1), np.arange(1, n)], axis=1)
    kinds = np.arange(n - 1) % len(tables)
    return HypergraphicalGame((("a", "b"),), np.zeros(n, dtype=int), (LocalGames(pairs, kinds, np.array(tables)),))


def test_a_tie_between_sums_that_floats_would_miss_is_found():
    tenth, third = Fraction(1, 10), Fraction(1, 3)
    up = [[[0, 0], [tenth + third] * 2], [[0, tenth + third]] * 2]
    down = [[[0, 0], [-tenth - third] * 2], [[0, -tenth - third]] * 2]
    best = BestReplies(line(3, [up, down])).at(np.zeros(3, dtype=int))
    assert best[1].tolist() == [True, True]
    tiny = Fraction(1, 10**40)
    off = [[[0, 0], [tiny - tenth - third] * 2], [[0, tiny - tenth - third]] * 2]
    assert BestReplies(line(3, [up, off])).at(np.zeros(3, dtype=int))[1].tolist() == [False, True]


def test_matching_pennies_on_a_line_finds_nothing_and_says_so():
    pennies = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
    solution = network_equilibria(line(2, [pennies]))
    assert not solution.complete and len(solution) == 0 and solution.every_pure
    found = share_range(solution, np.eye(2, dtype=bool))
    assert not found.complete and (found.surely, found.possibly) == (0, 1)
    large = network_equilibria(line(40, [pennies]))
    assert not large.complete and not large.every_pure and "not complete" in large.status
    assert "not complete" in repr(large)


def test_a_line_too_long_for_one_table_is_left_open_however_many_profiles_it_has():
    pennies = [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
    asked = Question(line(70, [pennies]), np.eye(2, dtype=bool), Nash())  # 2^70 profiles, which 64 bits call 0
    found = share_of_games(asked, Deadline.of(20.0))
    assert found.status == "undecided" and (found.low.lower, found.high.upper) == (0, 1)


def test_a_large_game_without_complements_is_searched_and_what_is_found_are_equilibria():
    chicken = [[[0, 3], [1, 2]], [[0, 1], [3, 2]]]  # on a cycle of three no order makes all three pairs complementary
    meet = [[[2, 0], [0, 1]], [[2, 0], [0, 1]]]
    pairs = np.array(
        [(i, j) for base in range(0, 60, 3) for i, j in ((0, 1), (1, 2), (0, 2)) for i, j in [(base + i, base + j)]]
    )
    groups = (LocalGames(pairs, np.arange(60) % 2, np.array([chicken, meet])),)
    game = HypergraphicalGame((("a", "b"),), np.zeros(60, dtype=int), groups)
    solution = network_equilibria(game)
    assert solution.orders is None and not solution.complete
    assert all(BestReplies(game).is_equilibrium(profile) for profile in solution.equilibria)


def test_time_limits_stop_early_and_stay_sound():
    game = Hierarchy(tree=(1, 3, 30), **SHALLOW_TRAP).network_game()
    surviving, _ = iterated_elimination_on_network(game)
    orders = complementary_orders(game, surviving)
    with pytest.raises(IncompleteSolution, match="time limit of"):
        monotone_best_replies(game, orders, surviving, time_limit=0)
    assert not network_equilibria(game, time_limit=0).complete  # formalism not yet eliminated, and no order fits it
    kept, rounds = iterated_elimination_on_network(game, time_limit=0)
    assert rounds == 0 and kept.sum() == 4 * 2 + 30 * 3
    found, every, sweeps = pure_search(game, kept, time_limit=0)
    assert (found, every, sweeps) == ([], False, 0)


def test_a_subset_of_actions_can_have_complements_that_the_whole_has_not():
    table = [[[2, 0, 0], [0, 1, 2]], [[2, 0, 0], [0, 1, -9]]]
    twisted = [[[2, 0, 5], [0, 1, 0]], [[2, 0, 5], [0, 9, 0]]]
    groups = (LocalGames(np.array([[0, 1], [0, 1]]), np.array([0, 1]), np.array([table, twisted])),)
    game = HypergraphicalGame((("a", "b"), ("x", "y", "z")), np.array([0, 1]), groups)
    assert complementary_orders(game) is None
    assert complementary_orders(game, np.array([[True, True, False], [True, True, False]])) == ((0, 1), (0, 1, 2))


def test_monotone_iteration_goes_through_the_tiers_one_by_one():
    """A domino: each of n players follows the one before it, and the first is pushed over."""
    n = 20
    follow = [[[0, 0], [0, 0]], [[2, 0], [0, 2]]]
    pairs = np.stack([np.arange(n - 1), np.arange(1, n)], axis=1)
    pushed = [[[0, 0], [0, 0]], [[0, 1], [0, 1]]]
    players = np.concatenate([pairs, [[1, 0]]])
    kinds = np.array([0] * (n - 1) + [1])
    game = HypergraphicalGame(
        (("up", "down"),), np.zeros(n, dtype=int), (LocalGames(players, kinds, np.array([follow, pushed])),)
    )
    orders = complementary_orders(game)
    ends = monotone_best_replies(game, orders, np.ones((n, 2), dtype=bool))
    assert (ends.least == 1).all() and (ends.greatest == 1).all() and ends.iterations >= n


def test_an_event_of_the_wrong_shape_is_refused():
    solution = network_equilibria(Hierarchy(tree=(1, 2), **SHALLOW_TRAP).network_game())
    with pytest.raises(GameError, match="shape \\(2, 3\\)"):
        share_range(solution, np.ones((2, 2), dtype=bool))


def test_solutions_are_values():
    solution = network_equilibria(Hierarchy(tree=(1, 2), **SHALLOW_TRAP).network_game())
    assert dataclasses.is_dataclass(solution)
    with pytest.raises(ValueError):
        solution.equilibria[0, 0] = 1
