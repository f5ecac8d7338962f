"""What the commands ask of a scenario's model, and the refusals where it has no such thing."""

import numpy as np
import pytest

from blamegame.cli.model import all_equilibria, avoidance_event, event_words, identity, stage_game
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.scenario import load


class Bare:
    """A scenario whose model has neither a table nor an event."""

    model = object()


class Wide:
    """A scenario of one table in which everything is avoidance."""

    class model:  # an attribute of the scenario
        avoidance = np.ones((2, 4), dtype=bool)

        @staticmethod
        def stage_game():
            return StrategicGame(np.zeros((2, 2, 4), dtype=int).tolist())


def test_the_event_is_named_cell_by_cell():
    scenario = load("trap")
    assert event_words(scenario) == "(push, escalate) or (push, formalism)"
    assert avoidance_event(scenario).tolist() == [[False, False, False], [False, True, True]]


def test_a_long_event_is_cut_and_counted():
    words = event_words(Wide())
    assert words.startswith("(a, a) or (a, b)") and words.endswith("or 2 profiles more")


def test_two_and_more_players_are_solved_completely():
    assert len(all_equilibria(stage_game(load("trap"))).equilibria) == 3
    chain = all_equilibria(stage_game(load("chain_of_tiers")))
    assert chain.game.n_players == 3 and chain.complete


def test_a_model_without_a_table_or_an_event_is_refused_by_name():
    with pytest.raises(UnsupportedGame, match="object has no game in strategic form"):
        stage_game(Bare())
    with pytest.raises(UnsupportedGame, match="object does not say what avoidance is"):
        avoidance_event(Bare())


def test_the_identity_is_what_json_begins_with():
    scenario = load("trap")
    assert identity(scenario) == {"name": "trap", "title": scenario.title, "source": "trap (shipped)"}
