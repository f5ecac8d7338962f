from __future__ import annotations

import pytest

from blamegame.games.automaton import carrot_and_stick, forgiving, grim_trigger
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


@pytest.mark.parametrize("make", [grim_trigger, carrot_and_stick])
def test_every_arrow_touches_the_boxes_it_joins(stage, make):
    machine = make(stage, ("assist", "work"), ("push", "escalate"))
    ax = plot_automaton(machine)
    ax.figure.canvas.draw()
    drawn = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    boxes = [text.get_bbox_patch().get_window_extent() for text in ax.texts if text.get_bbox_patch() is not None]
    assert len(drawn) >= 3
    for text in drawn:
        arrow = text.arrow_patch
        tail, *rest = arrow.get_transform().transform_path(arrow.get_path()).vertices
        head = rest[2:]
        near = [box.padded(4) for box in boxes]  # pixels: half a line, and the miter of the tip
        assert any(box.contains(*tail) for box in near) and any(box.contains(*point) for box in near for point in head)
        inside = [box.padded(-4) for box in boxes]
        assert not any(box.contains(*point) for box in inside for point in (tail, *head))


def test_a_machine_of_two_states_takes_a_low_figure(stage):
    low = plot_automaton(grim_trigger(stage, ("assist", "work"), ("push", "escalate"))).figure
    high = plot_automaton(forgiving(stage, ("assist", "work"), ("push", "escalate"), 2)).figure
    assert low.get_figheight() < 3 < high.get_figheight()
