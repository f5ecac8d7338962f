"""Completeness on a large scale: twenty thousand tied games against an oracle that shares nothing with the solvers,
and five thousand games that must not notice changes that do not matter."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest

from blamegame import StrategicGame
from blamegame.solvers.strategic import equilibria_batch, extreme_equilibria, nash
from blamegame.testing.brute_force import extreme_equilibria_by_brute_force


def exactly(profiles):
    """Exact profiles as a set of tuples; no two may be equal."""
    listed = [tuple(tuple(strategy.tolist()) for strategy in profile) for profile in profiles]
    assert len(set(listed)) == len(listed)
    return set(listed)


def to_nine_digits(profiles):
    listed = [tuple(round(float(p), 9) + 0.0 for strategy in profile for p in strategy) for profile in profiles]
    assert len(set(listed)) == len(listed)
    return set(listed)


def tied_games(seed, count, most):
    """Games of payoffs 0..3, by shape, up to ``most`` actions each."""
    rng = np.random.default_rng(seed)
    by_shape = defaultdict(list)
    for _ in range(count):
        shape = tuple(rng.integers(1, most + 1, 2).tolist())
        by_shape[shape].append(rng.integers(0, 4, (2, *shape)))
    return by_shape


def check_against_brute_force(seed, count):
    for games in tied_games(seed, count, 5).values():
        batch = equilibria_batch(np.array(games, dtype=float))
        for k, payoffs in enumerate(games):
            game = StrategicGame(payoffs)
            truth = extreme_equilibria_by_brute_force(game)
            solutions = (nash(game), extreme_equilibria(game))
            assert all(solution.complete for solution in solutions)
            assert exactly(truth) == exactly(solutions[0].equilibria) == exactly(solutions[1].equilibria), payoffs
            assert to_nine_digits(truth) == to_nine_digits(batch[k]), payoffs.tolist()


def test_a_hundred_tied_games_have_exactly_the_equilibria_of_brute_force():
    check_against_brute_force(seed=100, count=100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_twenty_thousand_tied_games_have_exactly_the_equilibria_of_brute_force(seed):
    check_against_brute_force(seed, count=2_000)


def in_other_units(rng, payoffs, profiles):
    """Each player's payoffs multiplied by a positive rational and shifted."""
    scale = [Fraction(int(a), int(b)) for a, b in rng.integers(1, 10**6, (2, 2))]
    shift = [Fraction(int(a), int(b)) for a, b in zip(rng.integers(-(10**9), 10**9, 2), rng.integers(1, 100, 2))]
    return np.array([payoffs[i] * scale[i] + shift[i] for i in range(2)]), profiles


def shifted_against_each_action(rng, payoffs, profiles):
    """A payment to each player that depends on the other's action only."""
    m, n = payoffs.shape[1:]
    to_row, to_column = rng.integers(-9, 10, n).astype(object), rng.integers(-9, 10, m).astype(object)
    return np.array([payoffs[0] + to_row, payoffs[1] + to_column[:, None]]), profiles


def relabelled(rng, payoffs, profiles):
    """Actions in another order."""
    rows, columns = (rng.permutation(n) for n in payoffs.shape[1:])
    moved = {(tuple(x[k] for k in rows), tuple(y[k] for k in columns)) for x, y in profiles}
    return payoffs[:, rows][:, :, columns], moved


def swapped(rng, payoffs, profiles):
    """Rows become columns."""
    return payoffs[::-1].transpose(0, 2, 1), {(y, x) for x, y in profiles}


def with_a_dominated_action(rng, payoffs, profiles):
    """One more row, worse for its player than a row that is there, and worth anything to the other."""
    m, n = payoffs.shape[1:]
    worse = payoffs[0, rng.integers(m)] - Fraction(1, int(rng.integers(1, 50)))
    grown = np.array([np.vstack([payoffs[0], worse]), np.vstack([payoffs[1], rng.integers(0, 9, n).astype(object)])])
    return grown, {((*x, Fraction(0)), y) for x, y in profiles}


CHANGES = (in_other_units, shifted_against_each_action, relabelled, swapped, with_a_dominated_action)


def check_changes(seed, count):
    rng = np.random.default_rng(1_000 + seed)
    for games in tied_games(seed, count, 4).values():
        for drawn in games:
            payoffs = StrategicGame(drawn).payoffs
            base = exactly(nash(StrategicGame(payoffs)).equilibria)
            for change in CHANGES:
                changed, expected = change(rng, payoffs, base)
                found = exactly(nash(StrategicGame(changed)).equilibria)
                assert found == expected, (change.__name__, drawn.tolist())


def test_fifty_games_do_not_notice_changes_that_do_not_matter():
    check_changes(seed=100, count=50)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_five_thousand_games_do_not_notice_changes_that_do_not_matter(seed):
    check_changes(seed, count=1_000)


@pytest.mark.parametrize("solve", [nash, extreme_equilibria])
def test_the_coordination_game_on_eight_actions_has_255_equilibria_one_for_each_set_of_actions(solve):
    identity = np.eye(8, dtype=int)
    solution = solve(StrategicGame([identity, identity]))
    assert solution.complete and len(solution) == 255
    for x, y in solution.equilibria:
        assert x.tolist() == y.tolist() and len(set(x.tolist()) - {0}) == 1
