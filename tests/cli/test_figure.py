"""Where a figure may be written, and that only a finished one is left there."""

import sys

import numpy as np
import pytest
import xarray as xr

from blamegame.cli.figure import check_figure_path, save_figure
from blamegame.errors import MissingExtra, StudyError


@pytest.mark.parametrize(
    ("path", "why"), [("a.docx", "does not end in .png"), ("no/where/a.png", "no folder no/where")]
)
def test_a_figure_that_could_not_be_written_is_refused_before_the_work(tmp_path, path, why):
    with pytest.raises(StudyError, match=why):
        check_figure_path(str(tmp_path / path) if "/" not in path else path)


def test_a_good_path_is_accepted_in_any_case(tmp_path):
    check_figure_path(str(tmp_path / "a.PNG"))
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"blamegame-solver\[plots\]"):
        check_figure_path(str(tmp_path / "a.png"))


def test_three_dimensions_are_refused_and_nothing_is_left(tmp_path):
    dataset = xr.Dataset({"status": (("a", "b", "c"), np.zeros((2, 2, 2)))})
    with pytest.raises(StudyError, match="1 or 2 parameters, not 3"):
        save_figure(dataset, str(tmp_path / "a.png"))
    assert list(tmp_path.iterdir()) == []
