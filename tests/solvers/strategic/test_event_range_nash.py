"""Ranges by branch and bound against complete enumeration, which shares no code with the bounds, and known answers."""

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from blamegame import Nash, avoidance, solve
from blamegame.answers.strategic import chance
from blamegame.errors import GameError
from blamegame.formats import read_nfg
from blamegame.games.event import expectation
from blamegame.games.responses import regret
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.models.chain import Chain
from blamegame.solvers.strategic import event_range_nash as module
from blamegame.solvers.strategic.dominance_first import left_of
from blamegame.solvers.strategic.event_range_nash import NashEventRange, event_range_nash
from blamegame.solvers.strategic.isolated_equilibria import isolated_equilibria
from blamegame.solvers.strategic.nash import nash
from blamegame.solvers.strategic.pieces.incumbents import Incumbents

GAMES = Path(__file__).parent / "games"
NEAR = Fraction(1, 10**6)


def only(game, *cells):
    event = np.zeros(game.n_actions, dtype=bool)
    for cell in cells:
        event[cell] = True
    return event


def truth(game, event):
    solution = isolated_equilibria(game)
    values = [chance(profile, event) for profile in solution.equilibria]
    return solution.complete, min(values), max(values)


def holds(found: NashEventRange, low, high, *, error=1e-9):
    """The bounds alone enclose the truth, equilibria attain no more than it, and both ends are known to 1e-6."""
    assert found.lowest.proved <= low + error and high - error <= found.highest.proved
    assert low - error <= found.lowest.attained and found.highest.attained <= high + error
    assert found.lowest.attained - found.lowest.proved <= NEAR
    assert found.highest.proved - found.highest.attained <= NEAR


@pytest.mark.parametrize(("shape", "games"), [((2, 2, 2), 25), ((2, 3, 2), 8), ((2, 2, 2, 2), 6)])
def test_ends_are_those_of_complete_enumeration(shape, games):
    rng = np.random.default_rng(1)
    for _ in range(games):
        game = StrategicGame(rng.integers(0, 100, (len(shape), *shape)).tolist(), players=len(shape))
        event = rng.random(shape) < 0.4
        complete, low, high = truth(game, event)
        if complete:
            holds(event_range_nash(game, event), low, high)


def test_two_players_get_the_ends_of_their_extreme_equilibria():
    rng = np.random.default_rng(2)
    for _ in range(30):
        game = StrategicGame(rng.integers(0, 3, (2, 3, 3)).tolist())  # ties everywhere: continua of equilibria
        event = rng.random((3, 3)) < 0.4
        values = [chance(profile, event) for profile in nash(game).equilibria]
        holds(event_range_nash(game, event), min(values), max(values), error=0)


def test_a_bound_holds_without_any_equilibrium_to_compare_it_with(monkeypatch):
    """No pure ones known and none found on the way: what is proved must be right on its own."""
    monkeypatch.setattr(module, "pure_cells", lambda game: [])
    monkeypatch.setattr(Incumbents, "near", lambda self, guess: iter(()))
    monkeypatch.setattr(Incumbents, "everywhere", lambda self: iter(()))
    rng = np.random.default_rng(3)
    close = 0
    for _ in range(20):
        game = StrategicGame(rng.integers(0, 10**6, (3, 2, 2, 2)).tolist(), players=3)
        event = rng.random((2, 2, 2)) < 0.4
        complete, low, high = truth(game, event)
        found = event_range_nash(game, event, most_pieces=60)
        assert complete and found.lowest.attained is None and found.highest.attained is None
        assert found.lowest.proved <= low + 1e-9 and high - 1e-9 <= found.highest.proved
        close += found.highest.proved - found.lowest.proved < high - low + 0.2
    assert close > 10  # and it is no empty promise


@pytest.mark.parametrize("lowered", [Fraction(1, 2), Fraction(1, 1000)])
def test_equilibria_valued_too_low_lower_no_bound(monkeypatch, lowered):
    value = module.expectation
    monkeypatch.setattr(module, "expectation", lambda profile, table: value(profile, table) * lowered)
    rng = np.random.default_rng(4)
    for _ in range(10):
        game = StrategicGame(rng.integers(0, 10**6, (3, 2, 2, 2)).tolist(), players=3)
        event = rng.random((2, 2, 2)) < 0.4
        _, low, high = truth(game, event)
        found = event_range_nash(game, event, most_pieces=30)
        assert found.lowest.proved <= low + 1e-9 and high - 1e-9 <= found.highest.proved


def test_what_is_no_equilibrium_is_not_taken_for_one():
    game = StrategicGame(np.arange(24).reshape(3, 2, 2, 2).tolist(), players=3)  # only the last cell is one
    with pytest.raises(GameError, match="no equilibrium"):
        event_range_nash(game, only(game, (0, 0, 0)), known=[pure_profile(game, (0, 0, 0))])
    found = event_range_nash(game, only(game, (1, 1, 1)), known=[pure_profile(game, (1, 1, 1))])
    assert (found.lowest.attained, found.lowest.proved) == (1, 1)


@pytest.mark.parametrize("size", [3, 4])
def test_witnesses_are_exact_equilibria_or_next_to_one(size):
    rng = np.random.default_rng(5)
    for _ in range(6):
        shape = (2,) * size
        game = StrategicGame(rng.integers(0, 9, (size, *shape)).tolist(), players=size)
        event = rng.random(shape) < 0.4
        found = event_range_nash(game, event)
        for end in (found.lowest, found.highest):
            assert max(regret(game, end.witness)) < 1e-8
            assert abs(expectation(end.witness, event.astype(int).astype(object)) - end.attained) < 1e-9


def test_majority_in_which_a_third_may_do_anything():
    game = read_nfg(GAMES / "majority.nfg")
    assert (game.payoffs[0] == game.payoffs[1]).all()
    everyone = avoidance(game, Nash(), event=only(game, (1, 1, 1)))
    assert (everyone.low.lower, everyone.high.upper, everyone.status) == (0, 1, "trap")
    alone = avoidance(game, Nash(), event=only(game, (0, 0, 1), (0, 1, 0), (1, 0, 0)))
    assert (alone.high.upper, alone.status, alone.complete) == (0, "free", True)


def test_a_third_whom_nobody_minds():
    game = read_nfg(GAMES / "dummy_third.nfg")
    for first, second, third in np.ndindex(2, 2, 2):
        found = avoidance(game, Nash(), event=only(game, (first, second, third)))
        assert (found.low.lower, found.high.upper) == (0, 1 if first == second else Fraction(1, 4))
        assert found.complete


def test_a_third_without_a_choice_leaves_two_players():
    game = read_nfg(GAMES / "single_action_third.nfg")
    pair = StrategicGame(game.payoffs[:2, :, :, 0].tolist())
    for cell in np.ndindex(2, 2):
        found = avoidance(game, Nash(), event=only(game, (*cell, 0)))
        two = avoidance(pair, Nash(), event=only(pair, cell))
        assert (found.low.lower, found.high.upper, found.status) == (two.low.lower, two.high.upper, two.status)
        assert found.complete
    every = solve(game)
    assert every.complete and len(every.components) == 1
    assert [[list(map(int, strategy)) for strategy in profile] for profile in every.equilibria] == [
        [[1, 0], [1, 0], [1]],
        [[0, 1], [1, 0], [1]],
    ]


@pytest.mark.slow
def test_six_volunteers_of_whom_any_two_or_more_may_mix():
    game = read_nfg(GAMES / "volunteers6.nfg")
    nobody = avoidance(game, Nash(), event=only(game, (0,) * 6))
    most = max(0.25 ** (m / (m - 1)) for m in range(2, 7))  # each mixes with chance 1/4 to the power of 1/(m-1)
    assert (nobody.low.lower, nobody.status) == (0, "trap")
    assert float(nobody.high.lower) - 1e-9 <= most <= float(nobody.high.upper) + 1e-9
    assert nobody.high.upper - nobody.high.lower <= NEAR


def chains(tiers, number, seed):
    """Random chains in which three offices or more have a choice after dominance."""
    rng = random.Random(seed)
    names = [name for name in Chain(tiers=tiers).parameters() if name != "causal_weight"]
    while number:
        model = Chain(tiers=tiers, **{name: Fraction(rng.randint(0, 100), 100) for name in names})
        if left_of(model.stage_game()).game.n_players >= 3:
            number -= 1
            yield model


@pytest.mark.parametrize("tiers", [3, 4, 5])
def test_chains_are_decided_and_agree_with_enumeration(tiers):
    for model in chains(tiers, 3, seed=tiers):
        left = left_of(model.stage_game())
        event = left.table(model.avoidance)
        complete, low, high = truth(left.game, event)
        assert complete
        holds(event_range_nash(left.game, event), low, high)


@pytest.mark.slow
@pytest.mark.parametrize("tiers", [3, 4, 5])
def test_no_chain_is_left_undecided(tiers):
    rng = random.Random(tiers)
    names = [name for name in Chain(tiers=tiers).parameters() if name != "causal_weight"]
    for steps in (100, 4):  # anywhere, and with ties
        for _ in range(100):
            model = Chain(tiers=tiers, **{name: Fraction(rng.randint(0, steps), steps) for name in names})
            found = avoidance(model, Nash())
            assert found.complete and found.status != "undecided", model


def test_wrong_tables_are_refused():
    game = StrategicGame(np.zeros((3, 2, 2, 2)).tolist(), players=3)
    with pytest.raises(GameError, match=r"chances from 0 to 1 in shape \(2, 2, 2\)"):
        event_range_nash(game, np.zeros((2, 2), dtype=bool))


def test_time_that_has_run_out_leaves_what_is_known():
    model = next(chains(4, 1, seed=4))
    found = event_range_nash(model.stage_game(), model.avoidance, time_limit=0)
    assert found.stopped == "time_limit=0 s ran out"
    assert found.lowest.proved >= 0 and found.highest.proved <= 1
