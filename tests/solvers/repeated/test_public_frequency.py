"""Perfect public equilibria, mixed ones included: fixtures, containments and games designed around an automaton."""

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.games.event import event_probability
from blamegame.games.monitoring import PublicSignals
from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply
from blamegame.scenario import load
from blamegame.solvers.repeated.public.automata import pure_states, reverting, state_of
from blamegame.solvers.repeated.public.points import PublicPoint, PublicStage, generates_itself
from blamegame.solvers.repeated.public_frequency import public_frequency_range
from blamegame.solvers.strategic.nash import nash

DILEMMA = StrategicGame([[[2, -1], [3, 0]], [[2, 3], [-1, 0]]])
TENTHS = [[[9, 1], [5, 5]], [[5, 5], [2, 8]]]
SIGNALS = PublicSignals([[[F(k, 10) for k in cell] for cell in row] for row in TENTHS], ("good", "bad"))


def of(model, d):
    return public_frequency_range(model.repeated(d, model.outcome_signals()), model.avoidance)


@pytest.mark.parametrize(
    ("d", "status"),
    [(F(10, 17) - F(1, 1000), "free"), (F(10, 17), "trap"), (F(598, 1000), "trap"), (F(7, 10), "trap"),
     (F(9, 10), "trap"), (F(99, 100), "trap")],
)  # fmt: skip
def test_the_noisy_dilemma_cooperates_from_10_17ths_on(d, status):
    found = public_frequency_range(RepeatedGame(DILEMMA, d, SIGNALS), [(0, 0)])
    assert found.status == status
    assert status == "free" or found.high.lower >= F(7, 8)


def test_a_noisier_dilemma_cooperates_from_five_eighths_on():
    eighths = [[[8, 2], [4, 6]], [[4, 6], [1, 9]]]
    seen = PublicSignals([[[F(k, 10) for k in cell] for cell in row] for row in eighths], ("good", "bad"))
    found = [public_frequency_range(RepeatedGame(DILEMMA, d, seen), [(0, 0)]) for d in (F(624, 1000), F(5, 8))]
    assert [one.status for one in found] == ["free", "trap"]


def test_after_tolerate_train_reward_avoidance_until_a_failure():
    county = load("h_county").model.exact()
    model = apply(county, [r for r in CATALOGUE if r.name in ("tolerate", "train", "reward")]).exact()
    found = of(model, F(9, 10))
    assert found.status == "trap" and found.high.lower == F(10337, 11971)
    assert "with chance 16340/837297" in found.high.witness
    assert of(model, F(16340, 109373)).high.lower == F(10337, 11971)
    assert of(model, F(16340, 109373) - F(1, 1000)).high.lower < F(10337, 11971)


def test_h_county_is_entrenched_at_nine_tenths_for_mixed_strategies_too():
    assert of(load("h_county").model.exact(), F(9, 10)).status == "entrenched"


@pytest.mark.parametrize("name", ["responsible", "carrier", "trap", "chicken", "cycle", "paper"])
def test_stage_equilibria_lie_inside_and_patience_contradicts_nothing(name):
    model = load(name).model.exact()
    chances = [event_probability(one, model.avoidance) for one in nash(model.stage_game()).equilibria]
    ranges = [of(model, d) for d in (F(0), F(1, 10), F(1, 2), F(9, 10))]
    assert (ranges[0].low.lower, ranges[0].high.upper) == (min(chances), max(chances))
    for before, after in pairwise(ranges):
        assert after.low.upper <= min(chances) and after.high.lower >= max(chances)
        assert after.low.lower <= before.low.upper + 1e-9 and after.high.upper >= before.high.lower - 1e-9
        assert (before.status, after.status) not in {("trap", "free"), ("trap", "entrenched"), ("free", "entrenched")}


def test_every_change_to_a_point_is_noticed():
    event = np.array([[True, False], [False, False]])
    stage = PublicStage.of(RepeatedGame(DILEMMA, F(7, 10), SIGNALS), event)
    rest = state_of(stage, ((F(0), F(1)), (F(0), F(1))))
    stay = PublicPoint((*rest.pays, rest.often), rest.mixtures, ({0: F(1)}, {0: F(1)}))
    (good,) = (p for p in reverting(stage, pure_states(stage)[0], [stay]))
    assert generates_itself(stage, [stay, good])
    tiny = F(1, 10**40)
    changed = [replace(good, value=tuple(x + tiny * (i == k) for i, x in enumerate(good.value))) for k in range(3)]
    changed.append(replace(good, promises=({1: F(1)}, {1: F(1)})))
    changed.append(replace(good, promises=tuple(reversed(good.promises))))
    changed.append(replace(good, mixtures=((F(1, 2), F(1, 2)), good.mixtures[1])))
    assert not any(generates_itself(stage, [stay, other]) for other in changed)


def test_three_signals_are_answered():
    table = [[[F(k, 10) for k in cell] for cell in row] for row in ([[6, 3, 1], [3, 2, 5]], [[3, 2, 5], [1, 1, 8]])]
    game = RepeatedGame(DILEMMA, F(9, 10), PublicSignals(table))
    found = public_frequency_range(game, [(0, 0)])
    assert found.status == "trap"


def test_perfect_monitoring_is_refused():
    with pytest.raises(UnsupportedGame, match="frequency_range"):
        public_frequency_range(RepeatedGame(DILEMMA, F(1, 2)), [(0, 0)])


def designed(rng, d):
    """A 2x2 game with signals in which a random two-state public automaton with mixing is an equilibrium, or None."""
    mixtures, good = rng.uniform(0.05, 0.95, (2, 2)), rng.uniform(0.1, 0.9, (2, 2))
    follows, values = rng.integers(0, 2, (2, 2)), rng.uniform(0, 1, (2, 2))  # state, signal
    payoffs = np.zeros((2, 2, 2))
    for i in range(2):
        rows, right = [], []
        for state in range(2):
            other = np.array([mixtures[state, 1 - i], 1 - mixtures[state, 1 - i]])
            for action in range(2):
                row = np.zeros((2, 2))
                row[action] = (1 - d) * other
                q = good[action] if i == 0 else good[:, action]
                later = q * values[follows[state, 0], i] + (1 - q) * values[follows[state, 1], i]
                rows.append(row.ravel())
                right.append(values[state, i] - d * float(other @ later))
        solved = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0]
        if np.abs(np.array(rows) @ solved - right).max() > 1e-10 or np.abs(solved).max() > 1e3:
            return None
        payoffs[i] = solved.reshape(2, 2) if i == 0 else solved.reshape(2, 2).T
    return payoffs, good, mixtures, follows


@pytest.mark.parametrize("seed", range(40))
def test_a_game_designed_around_a_mixing_public_automaton_has_it_inside(seed):
    rng = np.random.default_rng(seed)
    d = float(rng.uniform(0.1, 0.9))
    made = designed(rng, d)
    if made is None:
        pytest.skip("the indifferences of this draw have no solution of ordinary size")
    payoffs, good, mixtures, follows = made
    game = RepeatedGame(StrategicGame(payoffs.tolist()), d, PublicSignals(np.stack([good, 1 - good], axis=-1)))
    chance, moves = mixtures[:, 0] * mixtures[:, 1], np.zeros((2, 2))
    for state in range(2):
        for a, b in np.ndindex(2, 2):
            both = (mixtures[state, 0], 1 - mixtures[state, 0])[a] * (mixtures[state, 1], 1 - mixtures[state, 1])[b]
            moves[state, follows[state, 0]] += both * good[a, b]
            moves[state, follows[state, 1]] += both * (1 - good[a, b])
    often = np.linalg.solve(np.eye(2) - d * moves, (1 - d) * chance)
    found = public_frequency_range(game, [(0, 0)])
    assert found.low.lower <= often.min() + 1e-6 and found.high.upper >= often.max() - 1e-6
    assert found.status != "free"
