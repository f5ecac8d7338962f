from __future__ import annotations

import pytest

from blamegame.models.delegation import Delegation
from blamegame.plots.shapley import plot_shapley
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import choose
from blamegame.reforms.search import search


def test_bars_are_the_shares_from_the_largest_down(check_figure):
    plan = search(Delegation(), choose(CATALOGUE, ["list", "train", "lighten", "answer"]))
    ax = plot_shapley(plan)
    check_figure(ax)
    names = [label.get_text() for label in ax.get_yticklabels()]
    widths = [bar.get_width() for bar in ax.patches]
    assert dict(zip(names, widths)) == pytest.approx(dict(plan.shapley))
    assert widths == sorted(widths)
    assert plan.measure in ax.get_xlabel()


def test_a_share_below_zero_is_marked_and_explained(labels_of):
    menu = choose(CATALOGUE, ["empower", "lighten", "answer", "escalation_rule"])
    shares = {sign: [] for sign in (True, False)}
    ax = plot_shapley(search(Delegation(), menu))
    for bar in ax.patches:
        shares[bar.get_width() < 0].append(bar.get_hatch())
    assert set(shares[False]) <= {"", None}
    assert all(hatch == "///" for hatch in shares[True])
    assert ("lowers it" in labels_of(ax)) == bool(shares[True])
