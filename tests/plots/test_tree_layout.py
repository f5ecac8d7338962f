from __future__ import annotations

import numpy as np
import pytest

from blamegame.games.grow import Decision, End, grow
from blamegame.plots.tree_layout import LINE, text_width, tree_layout


def tree():
    inner = Decision("2", {"l": End([0, 0]), "m": End([0, 0]), "r": End([0, 0])})
    return grow(["1", "2"], Decision("1", {"a": inner, "b": End([0, 0])}))


def laid_out(name="1", action="x"):
    game = tree()
    return game, tree_layout(game, [name] * len(game.nodes), ["", *[action] * (len(game.nodes) - 1)])


def test_ends_are_equally_spaced_and_parents_centred():
    game, layout = laid_out()
    heights = layout.places[list(game.terminals), 1]
    assert np.ptp(np.diff(heights)) == pytest.approx(0) and heights[-1] == 0
    assert layout.places[1, 1] == pytest.approx(heights[1])
    assert layout.places[0, 1] == pytest.approx((layout.places[1, 1] + heights[-1]) / 2)


def test_columns_make_room_for_boxes_and_actions():
    _, layout = laid_out(action="a long name of an action")
    gap = layout.places[1, 0] - layout.places[0, 0] - layout.widths[0]
    assert gap > text_width("a long name of an action")
    _, wider = laid_out(name="a long name of a box")
    assert wider.widths[0] > text_width("a long name of a box", weight="bold")


def test_rows_make_room_for_high_boxes():
    _, low = laid_out()
    _, high = laid_out(name="one\ntwo\nthree\nfour\nfive\nsix")
    assert high.heights[1] == pytest.approx(low.heights[1] + 5 * LINE)
    assert high.places[1, 1] - high.heights[1] / 2 > high.places[5, 1]  # the box is clear of the end below
