from __future__ import annotations

from fractions import Fraction

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import FancyBboxPatch

from blamegame.errors import GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.tree_parts import NONE, TERMINAL
from blamegame.models.three_stage import ThreeStage
from blamegame.plots import plot_game_tree
from blamegame.solvers.extensive.backward_induction import backward_induction
from blamegame.solvers.extensive.sequence_form import sequence_form_nash
from blamegame.solvers.extensive.subgame_perfect import subgame_perfect

PATH, ELSEWHERE, OTHER = 3.4, 1.7, 0.8


def matching():
    """Chance, two moves that are hidden from the second player, and an end that comes early."""
    hidden = {
        x: Decision("2", {"l": End([a, -a]), "r": End([b, -b])}, known_as="unseen", label="guess")
        for x, a, b in (("u", 1, -1), ("d", -1, 1))
    }
    play = Decision("1", {**hidden, "out": End([Fraction(1, 3), 0], label="left")}, label="start")
    return grow(["1", "2"], Chance({"rain": (Fraction(1, 4), End([0, 0])), "sun": (Fraction(3, 4), play)}))


def tie():
    answers = {x: Decision("lower", {"work": End([k, 1]), "rest": End([0, 1])}) for k, x in enumerate(("ask", "tell"))}
    return grow(["upper", "lower"], Decision("upper", answers))


def words(ax):
    return [text.get_text() for text in ax.texts]


def branches(ax):
    """Width of the branch that arrives at each height of the tree, as (x, y) of its end."""
    return {
        (round(float(line.get_xdata()[-1]), 6), round(float(line.get_ydata()[-1]), 6)): line.get_linewidth()
        for line in ax.lines
        if len(line.get_xdata()) == 3
    }


def widths(ax):
    return sorted(branches(ax).values())


@pytest.mark.parametrize("nature", [True, False])
def test_the_figure_is_complete(nature, check_figure, labels_of):
    tree = ThreeStage().tree(nature=nature)
    ax = plot_game_tree(tree, solution=backward_induction(tree), avoiding=ThreeStage().avoiding_ends(tree))
    check_figure(ax)
    assert ax.get_xlabel() == "at the ends: payoffs (upper, lower)"
    chance = ["chance, with probabilities"] if nature else []
    told = ["a player decides", *chance, "equilibrium path", "would be chosen elsewhere", "mutual avoidance"]
    assert labels_of(ax) == told


def test_every_node_stands_there_with_its_words():
    ax = plot_game_tree(matching())
    shown = words(ax)
    assert shown.count("2 [1]") == 2 and shown.count("guess") == 2
    assert "1" in shown and "start" in shown and "chance" in shown
    assert "rain (0.25)" in shown and "sun (0.75)" in shown and {"u", "d", "out"} <= set(shown)
    assert "(0.3333, 0) left" in shown and shown.count("(−1, 1)") == 2
    assert sum(isinstance(patch, FancyBboxPatch) for patch in ax.patches) == 4


def test_an_outcome_that_the_branch_has_named_is_not_named_twice():
    shown = words(plot_game_tree(ThreeStage().tree()))
    assert not any(word.startswith("(") and "success" in word for word in shown)


def test_nodes_of_an_information_set_are_joined_where_their_branches_arrive(labels_of):
    ax = plot_game_tree(matching())
    (joined,) = [line for line in ax.lines if line.get_gid()]
    assert (joined.get_gid(), joined.get_linestyle()) == ("information set 1", "--")
    heights = {y for _, y in branches(ax)}
    assert len(joined.get_ydata()) == 2 and {round(float(y), 6) for y in joined.get_ydata()} <= heights
    assert "cannot be told apart" in labels_of(ax)


def test_information_sets_that_overlap_are_joined_on_different_tracks():
    def answer(known_as):
        return Decision("2", {"l": End([0, 0]), "r": End([0, 0])}, known_as=known_as)

    ax = plot_game_tree(grow(["1", "2"], Decision("1", dict(zip("abcd", map(answer, "xyxy"))))))
    tracks = [set(line.get_xdata()) for line in ax.lines if line.get_gid()]
    assert len(tracks) == 2 and tracks[0].isdisjoint(tracks[1])


def test_the_path_is_thick_and_choices_elsewhere_are_of_medium_width():
    tree = ThreeStage().tree(nature=False)
    ax = plot_game_tree(tree, solution=backward_induction(tree))
    assert widths(ax) == [OTHER] * 7 + [ELSEWHERE] * 2 + [PATH] * 3
    reached = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and text.get_text()[0] == "("]
    assert reached == ["(−0.2021, −0.2495)"]


def test_chance_off_the_path_is_nobodys_choice():
    tree = ThreeStage().tree()
    drawn = widths(plot_game_tree(tree, solution=backward_induction(tree)))
    assert (drawn.count(PATH), drawn.count(ELSEWHERE)) == (5, 2)


def test_without_a_solution_no_branch_stands_out():
    assert set(widths(plot_game_tree(tie()))) == {OTHER}


def test_under_ties_the_equilibrium_asked_for_is_drawn_and_counted(labels_of):
    tree = tie()
    solution = backward_induction(tree)
    ends = set()
    for k in range(len(solution)):
        ax = plot_game_tree(tree, solution=solution, equilibrium=k)
        assert f"equilibrium path, {k + 1} of {len(solution)}" in labels_of(ax)
        ends.add(max(place for place, width in branches(ax).items() if width == PATH))
    assert len(ends) > 1


def test_a_mixed_action_carries_its_probability_and_one_of_many_is_called_so(labels_of):
    tree = matching()
    ax = plot_game_tree(tree, solution=sequence_form_nash(tree))
    assert words(ax).count("l (0.333)") == words(ax).count("r (0.667)") == 2
    assert "path of one equilibrium" in labels_of(ax)


def test_marks_stand_at_the_ends_given():
    tree = ThreeStage().tree(nature=False)
    avoiding = ThreeStage().avoiding_ends(tree)
    ax = plot_game_tree(tree, avoiding=avoiding)
    marks = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in ax.lines
        if line.get_marker() == "X" and len(line.get_xdata())
    }
    assert len(marks) == len(avoiding) == 3
    with pytest.raises(GameError, match="node 0 is not an end of play"):
        plot_game_tree(tree, avoiding=[0])


def big():
    options = {
        f"layout {a}": Decision(
            "township",
            {
                f"a rather long answer {b}": Decision("office", {f"option {c}": End([a, -b, c]) for c in range(5)})
                for b in range(4)
            },
            known_as=a % 2,
            label="reply to the layout that has been given",
        )
        for a in range(3)
    }
    return grow(["county", "township", "office"], Decision("county", options))


@pytest.mark.parametrize(
    "tree", [ThreeStage().tree(), matching(), tie(), big()], ids=["stages", "hidden", "tie", "big"]
)
def test_no_words_overlap_or_leave_the_page(tree):
    ax = plot_game_tree(tree)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    page = ax.figure.bbox
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for box in boxes)
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[k + 1 :])


def test_axes_that_are_given_are_used_with_smaller_words_where_they_are_small():
    small, large = plt.figure(figsize=(2, 1.5)).add_subplot(), plot_game_tree(matching())
    assert plot_game_tree(matching(), ax=small, title="Is it so?") is small
    assert small.get_title() == "Is it so?"
    assert small.texts[0].get_fontsize() < large.texts[0].get_fontsize()


def test_names_are_never_read_as_formulas():
    ax = plot_game_tree(grow(["$a", "b$"], Decision("$a", {"pay $1$": End([1, 0]), "keep": End([0, 0])})))
    ax.figure.canvas.draw()
    assert "pay $1$" in words(ax) and not any(text.get_parse_math() for text in ax.texts)


def test_a_tree_too_large_to_draw_is_refused_with_a_way_out():
    wide = ExtensiveGame(
        ["A"], [(0, 0, NONE, ""), *[(TERMINAL, NONE, NONE, "")] * 201], [(0, "", map(str, range(201)))]
    )
    with pytest.raises(GameError, match=r"201 ends and is 1 moves deep.*at most 200 ends.*print\(game\)"):
        plot_game_tree(wide)


def test_a_deep_tree_is_laid_out_and_a_deeper_one_refused():
    def centipede(moves):
        node = End([0, 0])
        for k in range(moves):
            node = Decision("AB"[k % 2], {"stop": End([k, 1]), "on": node})
        return grow(["A", "B"], node)

    assert len(branches(plot_game_tree(centipede(60)))) == 120
    with pytest.raises(GameError, match="61 moves deep"):
        plot_game_tree(centipede(61))
    with pytest.raises(GameError, match="3,000 moves deep"):
        plot_game_tree(centipede(3000))


def test_a_solution_that_does_not_fit_is_refused():
    tree = tie()
    solution = backward_induction(tree)
    with pytest.raises(GameError, match="of another tree"):
        plot_game_tree(matching(), solution=solution)
    with pytest.raises(GameError, match=r"equilibrium=99; the solution lists \d"):
        plot_game_tree(tree, solution=solution, equilibrium=99)
    with pytest.raises(GameError, match=r"lists no equilibrium \(.*time"):
        plot_game_tree(matching(), solution=subgame_perfect(matching(), time_limit=0))
