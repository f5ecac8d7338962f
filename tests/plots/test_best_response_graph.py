import numpy as np
import pytest

from blamegame import load
from blamegame.dynamics.best_response_graph import best_response_graph
from blamegame.errors import UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.plots.best_response_graph import plot_best_response_graph
from blamegame.plots.style import LIGHT, MIDDLE


def boxes(ax):
    from matplotlib.colors import to_hex

    found = {}
    for text in ax.texts:
        if text.get_gid() == "profile":
            found[text.get_text().replace("\n", ", ")] = to_hex(text.get_bbox_patch().get_facecolor()).upper()
    return found


def test_the_figure_is_complete(check_figure, labels_of):
    ax = plot_best_response_graph(load("trap").model.stage_game(), about="scenario trap")
    check_figure(ax)
    assert labels_of(ax) == ["upper moves", "lower moves", "play ends here"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("lower", "upper")


def test_sinks_are_filled_and_every_arrow_is_drawn():
    game = load("trap").model.stage_game()
    ax = plot_best_response_graph(game)
    filled = {name for name, colour in boxes(ax).items() if colour == MIDDLE}
    assert filled == {"assist, work", "push, escalate"}
    assert set(boxes(ax).values()) == {MIDDLE, LIGHT}
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]
    assert len(arrows) == best_response_graph(game).number_of_edges()


def test_play_that_goes_round_never_leaves(labels_of):
    ax = plot_best_response_graph(load("cycle").model.stage_game())
    assert labels_of(ax)[-1] == "play never leaves"
    assert sum(colour == MIDDLE for colour in boxes(ax).values()) == 4


def test_three_players_stand_in_rows_and_columns(check_figure):
    table = np.random.default_rng(1).normal(size=(3, 2, 2, 2))
    ax = plot_best_response_graph(StrategicGame(table))
    check_figure(ax)
    assert len(boxes(ax)) == 8 and ax.get_xlabel() == "2 and 3"


def test_a_graph_too_large_to_read_is_refused():
    with pytest.raises(UnsupportedGame, match="cannot be read"):
        plot_best_response_graph(StrategicGame(np.zeros((2, 7, 7))))
