"""Best replies of every bundle are those of the exact models, however close the race."""

from fractions import Fraction

import numpy as np
import pytest

from blamegame import CATALOGUE, Delegation, Reform, load
from blamegame.games.strategic import best_reply_cells
from blamegame.reforms.best_replies import BestReplies
from blamegame.reforms.bundles import every_bundle


@pytest.mark.parametrize("name", ["h_county", "trap", "cycle", "chain_of_tiers"])
def test_a_batch_of_bundles_is_its_items(name):
    model = load(name).model
    menu = [reform for reform in CATALOGUE if all(e.parameter in model.parameters() for e in reform.edits)][:7]
    bundles = every_bundle(model, menu)
    found = BestReplies(bundles)
    for bundle in range(len(bundles)):
        assert np.array_equal(found[bundle], best_reply_cells(bundles.exact(bundle).stage_game()))


@pytest.mark.parametrize("nudge", [Fraction(0), Fraction(1, 10**25), Fraction(-1, 10**25)])
def test_ties_and_what_is_nearly_one_are_decided_exactly(nudge):
    tie = Delegation(authority=0)
    to_the_tie = Reform("tie", {"authority": {"add": Fraction(1318, 1917) + nudge}})  # work as good as escalating
    bundles = every_bundle(tie, [to_the_tie, *CATALOGUE[2:4]])
    found = BestReplies(bundles)
    expected = best_reply_cells(bundles.exact(1).stage_game())
    assert np.array_equal(found[1], expected)
    assert expected[1, 1].tolist()[:2] == [nudge >= 0, nudge <= 0]


def test_offices_of_three_are_solved_one_by_one(three_offices):
    bundles = every_bundle(three_offices, [Reform("cheap", {"cost": {"scale": 0}})])
    found = BestReplies(bundles)
    for bundle in range(2):
        assert np.array_equal(found[bundle], best_reply_cells(bundles.exact(bundle).stage_game()))
