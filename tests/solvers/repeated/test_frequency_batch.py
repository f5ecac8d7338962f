"""Many games at once say what each says by itself."""

from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.games.repeated import RepeatedGame
from blamegame.games.strategic import StrategicGame
from blamegame.scenario import load
from blamegame.solvers.repeated.frequency_batch import frequency_batch
from blamegame.solvers.repeated.frequency_bounds import frequency_range

NAMES = ("carrier", "chicken", "cycle", "h_county", "trap", "responsible")


def games():
    models = [load(name).model.exact() for name in NAMES]
    exact = [model.stage_game().payoffs for model in models]
    return np.array(exact, dtype=np.float64), exact, models[0].avoidance


def exactly(tables):
    return np.array([table.tolist() for table in tables], dtype=object)


@pytest.mark.parametrize("d", [F(0), F(1, 2), F(9, 10)])
@pytest.mark.parametrize("verdicts_only", [False, True])
def test_verdicts_and_frequencies_are_those_of_single_games(d, verdicts_only):
    _, exact, event = games()
    found = frequency_batch(exactly(exact), [event, ~event], d, verdicts_only=verdicts_only)
    for k, one in enumerate((event, ~event)):
        for g, table in enumerate(exact):
            alone = frequency_range(RepeatedGame(StrategicGame(table), d), one)
            assert found.status[k, g] == alone.status
            assert found.low_upper[k, g] >= float(alone.low.upper) - 1e-12
            assert found.high_lower[k, g] <= float(alone.high.lower) + 1e-12
            if not verdicts_only:
                assert found.high_upper[k, g] == pytest.approx(float(alone.high.upper), abs=1e-12)
    assert found.examined.all()
    assert [list(one.status) for one in found.ranges] == found.status.tolist()


def test_without_time_no_game_is_said_to_be_examined():
    _, exact, event = games()
    found = frequency_batch(exactly(exact), [event], F(1, 2), time_limit=0)
    assert not found.examined.any() and (found.status == "undecided").all()
    assert (found.low_lower == 0).all() and (found.high_upper == 1).all()


def test_random_integer_games_with_ties_agree_with_single_games():
    rng = np.random.default_rng(5)
    payoffs = rng.integers(-1, 2, (40, 2, 2, 3)).astype(float)
    event = np.array([[False, True, False], [False, False, False]])
    found = frequency_batch(payoffs, [event], F(2, 5), verdicts_only=True)
    for g in range(40):
        alone = frequency_range(RepeatedGame(StrategicGame(payoffs[g].tolist()), F(2, 5)), event)
        assert found.status[0, g] == alone.status
