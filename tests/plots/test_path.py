from blamegame import CATALOGUE, load, unique
from blamegame.plots.path import plot_path
from blamegame.reforms.paths import one_after_another, path
from blamegame.reforms.reform import choose
from blamegame.reforms.sequence import cheapest_sequence


def test_a_sequence_is_bars_and_what_is_played(check_figure, labels_of):
    ax = plot_path(cheapest_sequence(load("trap").model, CATALOGUE, ("push", "escalate")), about="scenario trap")
    check_figure(ax)
    assert labels_of(ax) == ["played", "reform in force"]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["status quo", "1", "2", "3", "4"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "escalation rule", "tolerate", "(assist, work)", "(push, escalate)"
    ]  # fmt: skip
    spans = sorted((patch.get_x() + 0.5, patch.get_width()) for patch in ax.patches)
    assert spans == [(1, 2), (2, 2)]


def test_several_profiles_in_a_period_look_different(check_figure, labels_of):
    goal = unique(("assist", "work"))
    ax = plot_path(cheapest_sequence(load("h_county").model, CATALOGUE, ("push", "escalate"), goal, keep=0))
    check_figure(ax)
    assert labels_of(ax) == ["played", "may be played", "reform in force"]


def test_a_path_without_reforms_has_no_bars(check_figure, labels_of):
    ax = plot_path(path(load("trap").model, [[]], ("push", "work")))
    check_figure(ax)
    assert labels_of(ax) == ["played"]


def test_a_reform_withdrawn_and_adopted_again_is_two_bars():
    (empower,) = choose(CATALOGUE, "empower")
    steps = [[empower], [], [empower]]
    ax = plot_path(path(load("paper_trap").model, steps, ("push", "formalism")))
    assert sorted((patch.get_x() + 0.5, patch.get_width()) for patch in ax.patches) == [(1, 1), (3, 1)]
    assert one_after_another([empower]) == ((empower,),)
