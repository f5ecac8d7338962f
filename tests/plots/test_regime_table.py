from __future__ import annotations

import pytest

from blamegame.games.strategic import StrategicGame
from blamegame.plots.regime_table import plot_regime_table
from blamegame.solvers.repeated.regime_table import regime_table


@pytest.fixture(scope="module")
def table():
    return regime_table(StrategicGame([[[9, 1], [10, 3]], [[9, 10], [1, 3]]]))


def test_every_profile_has_a_bar_from_its_switch_to_one(table):
    ax = plot_regime_table(table)
    bars = {round(bar.get_x(), 6): round(bar.get_x() + bar.get_width(), 6) for bar in ax.patches if bar.get_width()}
    assert bars.keys() == {round(float(start), 6) for _, start in table.switches} and set(bars.values()) == {1.0}
    assert [label.get_text() for label in ax.get_yticklabels()][-1] == "b, b"


def test_the_event_is_dark_and_named(table):
    ax = plot_regime_table(table, event=[("b", "b")], title="Does it last?")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["b, b", "other play"]
    assert ax.get_title() == "Does it last?"


def test_an_event_with_a_name_is_called_by_it(table):
    ax = plot_regime_table(table, event=[("b", "b")], event_name="mutual avoidance")
    assert ax.get_legend().get_texts()[0].get_text() == "mutual avoidance"


def test_the_guide_lines_show_in_grey_print(table):
    guides = [line for line in plot_regime_table(table).lines if line.get_linestyle() == ":"]
    assert len(guides) == len({start for _, start in table.switches if start > 0})
    assert all(float(line.get_color()) < 0.5 for line in guides)


def test_what_is_never_playable_says_so():
    pennies = regime_table(StrategicGame([[[1, 0]], [[0, 1]]]))
    assert [text.get_text() for text in plot_regime_table(pennies).texts].count("never") == 1
