"""Figures without a screen, datasets as a study makes them, and what to expect of every figure."""

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")

from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.studies.schema import declared, status_codes
from blamegame.verbs import avoidance


@pytest.fixture(autouse=True)
def _close_figures():
    import matplotlib.pyplot as plt

    yield
    plt.close("all")


def _dataset(model, **axes):
    """Verdicts and ranges over a grid, in the form of a study's dataset."""
    import xarray as xr

    mesh = np.meshgrid(*axes.values(), indexing="ij")
    found = avoidance(model.replace(dict(zip(axes, mesh))), Nash())
    specs = Delegation.parameters()
    columns = {
        "status": status_codes(found.status),
        "avoidance_best": found.low.lower,
        "avoidance_worst": found.high.upper,
    }
    return xr.Dataset(
        {name: (tuple(axes), values, declared(name, concept="nash").attrs()) for name, values in columns.items()},
        coords={
            name: (name, values, {"units": specs[name].unit, "long_name": specs[name].meaning})
            for name, values in axes.items()
        },
    )


def _labels_of(ax):
    """Texts of the legend."""
    return [text.get_text() for text in ax.get_legend().get_texts()]


def _check_figure(ax):
    """Every figure asks a question in its title, names its axes and has a legend; these neither overlap nor are cut."""
    ax.figure.canvas.draw()
    assert ax.get_title().endswith("?")
    assert ax.get_xlabel()
    assert ax.get_legend() is not None
    boxes = [artist.get_window_extent() for artist in (ax.title, ax.xaxis.label, ax.get_legend())]
    page = ax.figure.bbox
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in boxes)
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])


@pytest.fixture(scope="session")
def check_figure():
    return _check_figure


@pytest.fixture(scope="session")
def dataset():
    return _dataset


@pytest.fixture(scope="session")
def labels_of():
    return _labels_of
