from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import GameError
from blamegame.games.monitoring import Perfect, PublicSignals, check_fits
from blamegame.games.strategic import StrategicGame

HALF = Fraction(1, 2)
NOISY = [[[0.9, 0.1], [0.5, 0.5]], [[0.5, 0.5], [0.2, 0.8]]]


def test_signals_given_as_fractions_or_integers_stay_exact():
    signals = PublicSignals([[[HALF, HALF], [1, 0]]])
    assert signals.exact
    assert signals.probabilities[0, 0, 0] == HALF
    assert PublicSignals([[[1, 0]]]).exact


def test_signals_given_as_floats_stay_floats():
    signals = PublicSignals(NOISY)
    assert not signals.exact
    assert signals.n_actions == (2, 2)
    assert signals.n_signals == 2
    assert not PublicSignals([[[HALF, 0.5]]]).exact


def test_signals_have_default_and_given_names():
    assert PublicSignals(NOISY).signals == ("1", "2")
    assert PublicSignals(NOISY, signals=["good", "bad"]).signals == ("good", "bad")


def test_probabilities_cannot_be_changed_afterwards():
    with pytest.raises(ValueError):
        PublicSignals(NOISY).probabilities[0, 0, 0] = 1


def test_equal_signals_are_equal_and_hash_alike():
    assert PublicSignals(NOISY) == PublicSignals(np.array(NOISY))
    assert hash(PublicSignals(NOISY)) == hash(PublicSignals(NOISY))
    assert PublicSignals(NOISY) != PublicSignals(NOISY, signals=("good", "bad"))
    assert PublicSignals(NOISY) != Perfect()
    assert Perfect() == Perfect()


def test_signals_survive_pickling_and_stay_read_only():
    copy = pickle.loads(pickle.dumps(PublicSignals(NOISY)))
    assert copy == PublicSignals(NOISY)
    assert not copy.probabilities.flags.writeable


def test_a_row_that_is_not_a_distribution_is_named():
    with pytest.raises(GameError, match=r"probabilities\[0, 1\].*1/4.*not a distribution"):
        PublicSignals([[[1, 0], [HALF, Fraction(1, 4)]]])
    with pytest.raises(GameError, match="not a distribution"):
        PublicSignals([[[1.5, -0.5]]])
    with pytest.raises(GameError, match="not a distribution"):
        PublicSignals([[[float("nan"), 1.0]]])


@pytest.mark.parametrize(
    "probabilities",
    [[[[1], [HALF, HALF]]], [[[0.5, 0.5], [1.0]]], [0.5, 0.5], np.zeros((2, 2, 0)), [[["a", "b"]]], [[[None, HALF]]]],
)
def test_malformed_probabilities_are_refused(probabilities):
    with pytest.raises(GameError, match="probabilities"):
        PublicSignals(probabilities)


@pytest.mark.parametrize("names", ["ab", ["one"], ["same", "same"], [1, 2]])
def test_malformed_names_are_refused(names):
    with pytest.raises(GameError, match="signals="):
        PublicSignals(NOISY, signals=names)


def test_signals_must_be_given_for_the_actions_of_the_stage_game():
    stage = StrategicGame([[[1, 0, 2]], [[0, 1, 2]]])
    check_fits(Perfect(), stage)
    with pytest.raises(GameError, match=r"\(2, 2\) actions, the stage game has \(1, 3\)"):
        check_fits(PublicSignals(NOISY), stage)


def test_signals_print_their_names_and_shape():
    assert repr(PublicSignals([[[1]]], signals=["seen"])) == "<PublicSignals seen given 1 x 1 profiles, exact>"
