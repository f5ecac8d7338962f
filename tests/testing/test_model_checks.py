"""Shipped models pass the checks offered for models of one's own."""

import pytest

from blamegame import models
from blamegame.testing import check_model


@pytest.mark.parametrize("name", ["Delegation", "Departments", "Team", "Markup", "ThreeStage", "Scandal"])
def test_a_shipped_model_answers_alike_by_every_road(name):
    report = check_model(getattr(models, name))
    assert report.model == name and any(said == "answered" for _, _, said in report.answers)
