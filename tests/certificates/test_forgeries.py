"""Every condition of the checker is needed: without it, and it alone, some forgery would be accepted."""

from __future__ import annotations

import re

import pytest
from forging import dynamic, reforms, regions, strategic
from forging.altered import edited, outcome
from forging.forgery import Forgery

from blamegame.certificates import checker

FORGERIES = [*strategic.FORGERIES, *reforms.FORGERIES, *dynamic.FORGERIES, *regions.FORGERIES]


@pytest.mark.parametrize("forgery", FORGERIES, ids=repr)
def test_a_forgery_is_refused_by_one_condition_and_by_no_other(forgery: Forgery) -> None:
    said, words = outcome(checker, forgery.document)
    assert said in ("fails", "refused") and re.search(forgery.reason, words), words
    without, words = outcome(edited(*forgery.edits), forgery.document)
    assert without == "holds", words


def test_forgeries_have_names_of_their_own() -> None:
    names = [forgery.name for forgery in FORGERIES]
    assert len(set(names)) == len(names) > 250
