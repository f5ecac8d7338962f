"""What the commands say of a scenario's event, and who it is."""

import numpy as np

from blamegame.cli.model import event_words, identity
from blamegame.scenario import load


class Wide:
    """A scenario of one table in which everything is avoidance."""

    class model:  # an attribute of the scenario
        avoidance = np.ones((2, 4), dtype=bool)
        actions = (("a", "b"), ("a", "b", "c", "d"))
        avoidance_in_words = ""


def test_the_event_is_named_cell_by_cell():
    assert event_words(load("trap")) == "(push, escalate) or (push, formalism)"


def test_a_long_event_is_cut_and_counted():
    words = event_words(Wide())
    assert words.startswith("(a, a) or (a, b)") and words.endswith("or 2 profiles more")


def test_the_identity_is_what_json_begins_with():
    scenario = load("trap")
    assert identity(scenario) == {"name": "trap", "title": scenario.title, "source": "trap (shipped)"}
