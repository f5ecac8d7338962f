from fractions import Fraction

import pytest

from blamegame import Delegation, load
from blamegame.plots.hysteresis import plot_hysteresis
from blamegame.reforms.hysteresis import hysteresis

PE, AW = ("push", "escalate"), ("assist", "work")


def jumps(ax):
    return [text for text in ax.texts if getattr(text, "arrow_patch", None) is not None]


def test_the_figure_is_complete(check_figure, labels_of):
    ax = plot_hysteresis(hysteresis(load("trap").model, "authority", PE, AW), model=Delegation)
    check_figure(ax)
    assert ax.get_xlabel() == "authority (share)"
    assert labels_of(ax) == ["(push, escalate) is an equilibrium", "(assist, work) is an equilibrium", "now"]
    (jump,) = jumps(ax)
    assert jump.xy[0] == pytest.approx(3721 / 6909)
    assert any("leaves at 0.5386" in text.get_text() for text in ax.texts)


def test_a_loop_has_two_jumps(check_figure):
    model = load("trap").model.exact().replace(causal_weight=Fraction(1, 2), cost_work=1)
    ax = plot_hysteresis(hysteresis(model, "cost_work", AW, PE, high=3), model=model)
    check_figure(ax)
    assert sorted(jump.xy[0] for jump in jumps(ax)) == pytest.approx([14107 / 512000, 3260207 / 2560000])


def test_without_a_target_there_is_no_jump(check_figure):
    ax = plot_hysteresis(hysteresis(load("trap").model, "authority", AW, PE))
    check_figure(ax)
    assert jumps(ax) == []
