from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from blamegame.errors import UnsupportedGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.team import Team
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.studies.cells import Cells, game_of, has_batch
from blamegame.studies.grid import Bundles, as_design, grid

SETS = ((), choose(CATALOGUE, ["list"]), choose(CATALOGUE, ["empower", "tolerate", "train"]))


def test_each_cell_is_the_model_with_its_values_then_its_bundle():
    design = as_design([Bundles(SETS), grid(authority="0.1, 1/3", diffusion="0:1:3")])
    cells = Cells(Delegation(), design, 0, design.size)
    wanted = [
        apply(Delegation(authority=a, diffusion=d), bundle)
        for bundle, a, d in product(SETS, (Fraction(1, 10), Fraction(1, 3)), (0, Fraction(1, 2), 1))
    ]
    for index, model in enumerate(wanted):
        assert cells.exact(index) == model
        floats = cells.floats.item(index)
        for name in model.parameters():
            assert getattr(floats, name) == pytest.approx(float(getattr(model, name)), abs=1e-15)


def test_payoffs_that_cancel_are_rounded_from_exact_ones():
    tiny = Fraction(1, 10**9)
    model = Delegation(
        accountability=tiny, credit_lower=tiny, credit_upper=tiny, formalism_sanction=0, cost_work=0, cost_escalate=0,
        cost_formalism=0, cost_assist=0, cost_push=0, cost_answer=0,
    )  # fmt: skip
    cells = Cells(model, grid(authority="0:1:5"), 0, 5)
    for index in range(5):
        exact = cells.exact_payoffs(index)
        assert np.array_equal(cells.games.payoffs[index], exact.astype(np.float64))


def test_bundles_without_parameters_and_no_design_at_all_are_batches_too():
    assert Cells(Delegation(), as_design(Bundles(((),))), 0, 1).floats.batch_shape == (1,)
    alone = Cells(Delegation(), as_design([]), 0, 1)
    assert alone.exact(0) == Delegation() and len(alone.equilibria) == 1


def test_only_small_games_of_two_players_with_a_batch_count_as_batched():
    assert has_batch(Delegation())
    assert not has_batch(Chain())
    assert not has_batch(Team())
    with pytest.raises(UnsupportedGame, match="Team"):
        game_of(Team())
