"""The one shape of an answer: two ends, each between bounds, and the verdict that they prove."""

import copy
import pickle
from fractions import Fraction as F

import numpy as np
import pytest

from blamegame.concepts import SubgamePerfect
from blamegame.games.event_range import SMALLEST, Bound, Range, as_float, stacked


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (Bound(0, 0), Bound(0, 0), "free"),
        (Bound(0, 1), Bound(0, 0), "free"),
        (Bound(0, 0), Bound(1, 1), "trap"),
        (Bound(0, 0), Bound(F(1, 10**400), 1), "trap"),
        (Bound(F(1, 9), 1), Bound(0, 1), "entrenched"),
        (Bound(0, 0), Bound(0, 1), "undecided"),
        (Bound(0, 1), Bound(1, 1), "undecided"),
    ],
)
def test_a_verdict_is_what_the_bounds_prove(low, high, status):
    assert Range(low, high).status == status


def test_a_batch_has_the_verdicts_of_its_items():
    items = [Range.between(0, 0), Range.between(0, F(1, 10**400)), Range.empty("none"), Range.between(0.5, 1)]
    found = stacked(items, (2, 2))
    assert found.status.ravel().tolist() == [one.status for one in items]
    assert found.high.upper[0, 1] == SMALLEST and found.exists.tolist() == [[True, True], [False, True]]


def test_the_nearest_float_of_a_positive_number_is_positive():
    assert as_float(F(1, 10**400)) == SMALLEST > 0 == as_float(F(0))


def test_pure_play_is_said_in_the_line():
    assert str(Range.between(0, 1, concept=SubgamePerfect(0.5, pure=True))).startswith("pure play: trap")


@pytest.mark.parametrize("found", [Range.between(F(1, 3), 1), Range.empty("why"), stacked([Range.empty()], (1,))])
def test_a_range_equals_its_copies(found):
    assert found == copy.deepcopy(found) == pickle.loads(pickle.dumps(found))
    assert hash(found) == hash(copy.deepcopy(found)) and found != Range.between(0, 0)


def test_an_end_that_is_not_known_prints_its_bounds():
    assert str(Range(Bound(0, 0.25), Bound(1, 1), event="avoidance")) == (
        "undecided: avoidance between 0 and 0.25 at best, 1 at worst"
    )
    assert np.isnan(Range.empty().low.lower)
