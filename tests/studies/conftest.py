from __future__ import annotations

import os
import time
from fractions import Fraction

import pytest

from blamegame.models.delegation import Delegation
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance, Custom


@pytest.fixture
def slow_measure():
    """A measure computed cell by cell, a few milliseconds each; by value, as a notebook's function would be."""

    def twice(model):
        time.sleep(0.002)
        return 2 * model.authority

    return Custom("twice", twice)


@pytest.fixture
def poison_measure():
    """A measure that kills its process at one cell."""

    def poisoned(model):
        if model.authority == Fraction(1, 2):
            os.kill(os.getpid(), 9)
        return model.authority

    return Custom("poisoned", poisoned)


@pytest.fixture
def small():
    """Arguments of a small study of one fast measure."""
    return Delegation(), grid(authority="0:1:21", accountability="0:2:10"), Avoidance()
