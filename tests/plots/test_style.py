from __future__ import annotations

import subprocess
import sys

import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb

import blamegame.plots
from blamegame.errors import ModelError
from blamegame.models.delegation import Delegation
from blamegame.plots.style import STATUS_COLOURS, axes_or_new, label_of, parameter_label


def grey(colour):
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_verdicts_differ_in_grey_print():
    levels = sorted(grey(STATUS_COLOURS[verdict]) for verdict in ("free", "trap", "entrenched"))
    assert levels[1] - levels[0] > 0.2 and levels[2] - levels[1] > 0.15


def test_axes_given_are_used_and_others_made():
    given = plt.figure().add_subplot()
    assert axes_or_new(given) is given
    assert axes_or_new(None).figure is not given.figure


def test_labels_give_the_unit_where_there_is_one():
    assert label_of("push_strength", {"units": "share"}) == "push strength (share)"
    assert label_of("pure_count", {"units": "1"}) == label_of("pure_count", {}) == "pure count"
    assert parameter_label("cost_work", Delegation) == "cost work (value of success)"
    assert parameter_label("cost_work", None) == "cost work"
    with pytest.raises(ModelError):
        parameter_label("cost_wok", Delegation)


def test_every_figure_can_be_imported_from_the_package():
    for name in blamegame.plots.__all__:
        assert callable(getattr(blamegame.plots, name))
    assert set(dir(blamegame.plots)) == set(blamegame.plots.__all__)
    with pytest.raises(AttributeError, match="no attribute 'plot_nothing'"):
        blamegame.plots.plot_nothing  # noqa: B018


def test_importing_the_figures_does_not_load_matplotlib():
    code = "from blamegame.plots import *\nimport sys\nprint('matplotlib' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
