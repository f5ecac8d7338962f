import numpy as np
import pytest

from blamegame import load
from blamegame.dynamics.basins import population_basins, replicator_basins
from blamegame.errors import UnsupportedGame
from blamegame.games.dominance import restrict
from blamegame.games.strategic import StrategicGame
from blamegame.plots.phase_portrait import plot_phase_portrait


@pytest.fixture
def trap():
    game = restrict(load("trap").model.stage_game(), ((0, 1), (0, 1)))
    return replicator_basins(game, samples=300, rng=np.random.default_rng(1))


def test_the_square_is_complete_and_says_that_it_is_sampled(trap, check_figure, labels_of):
    ax = plot_phase_portrait(trap, about="scenario trap")
    check_figure(ax)
    assert ax.get_xlabel() == "Pr(upper plays assist)" and ax.get_ylabel() == "Pr(lower plays work)"
    assert [text.split(":")[0] for text in labels_of(ax)] == ["(assist, work)", "(push, escalate)"]
    assert any("sampled" in text.get_text() for text in ax.texts)


def test_every_start_is_drawn_in_the_colour_of_its_end(trap):
    ax = plot_phase_portrait(trap)
    drawn = {line.get_label().split(":")[0]: len(line.get_xdata()) for line in ax.lines if ":" in line.get_label()}
    assert drawn == {"(assist, work)": (trap.reached == 0).sum(), "(push, escalate)": (trap.reached == 1).sum()}


@pytest.mark.parametrize(
    ("table", "legend"),
    [([[5, 1, 0], [2, 4, 1], [1, 0, 3]], 3), ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], 1)],
)
def test_the_triangle_is_complete(table, legend, check_figure, labels_of):
    game = StrategicGame([np.array(table), np.array(table).T], actions=[("a", "b", "c")] * 2)
    ax = plot_phase_portrait(population_basins(game, samples=150, rng=np.random.default_rng(1), time=100))
    check_figure(ax)
    assert len(labels_of(ax)) == legend
    assert {"a", "b", "c"} <= {text.get_text() for text in ax.texts}


def test_other_shapes_are_refused():
    basins = replicator_basins(load("trap").model.stage_game(), samples=5, rng=np.random.default_rng(1))
    with pytest.raises(UnsupportedGame, match="2 x 2"):
        plot_phase_portrait(basins)
