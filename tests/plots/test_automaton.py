from __future__ import annotations

import pytest

from blamegame.games.automaton import forgiving, grim_trigger
from blamegame.models.delegation import Delegation
from blamegame.plots.automaton import plot_automaton


@pytest.fixture
def stage():
    return Delegation().stage_game()


def test_every_state_is_drawn_with_its_play_and_every_move_with_an_arrow(stage):
    machine = forgiving(stage, ("assist", "work"), ("push", "escalate"), 2)
    ax = plot_automaton(machine)
    texts = [text.get_text() for text in ax.texts]
    assert "together\n(assist, work)" in texts and "apart 2\n(push, escalate)" in texts
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) == 4  # three as meant, and the one deviation that leads elsewhere


def test_the_legend_tells_meant_moves_from_deviations_and_the_title_asks(stage):
    ax = plot_automaton(grim_trigger(stage, ("assist", "work"), ("push", "escalate")), title="Is it stable?")
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["as meant", "after a deviation", "play begins here"] and ax.get_title() == "Is it stable?"
