from __future__ import annotations

import numpy as np

from blamegame.studies.schema import STATUS_WORDS, VARIABLES, declared, status_codes, status_words


def test_every_variable_says_its_unit_and_meaning_and_can_hold_nothing():
    for name, variable in VARIABLES.items():
        assert variable.name == name and variable.unit and variable.meaning
        empty = variable.empty(2)
        assert empty.dtype == variable.dtype
        assert np.isnan(empty).all() if empty.dtype.kind == "f" else (empty == variable.fill).all()


def test_verdicts_become_integers_and_back():
    words = [*STATUS_WORDS, "not computed"]
    assert status_words(status_codes(words)).tolist() == words
    assert VARIABLES["status"].attrs()["flag_meanings"].split()[1:] == [word.replace(" ", "_") for word in STATUS_WORDS]


def test_a_variable_with_labels_has_a_row_for_each_cell():
    variable = declared("payoff_best", dims=(("player", ("upper", "lower")),))
    assert variable.empty(3).shape == (3, 2) and variable.bytes_per_cell == 16
    assert declared("payoff_best", "x").name == "payoff_best_x"
