"""Goals as they are typed on the command line."""

import click
import pytest

from blamegame.cli.goal import goal_of
from blamegame.errors import UnsupportedGame
from blamegame.reforms.goal import lower_works, no_push, removes, responsible, unique, unlocks
from blamegame.scenario import load

TRAP = load("trap")


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("removes", removes()),
        ("no_push", no_push()),
        ("lower_works", lower_works()),
        ("responsible", responsible()),
        ("unlocks:assist,work", unlocks(["assist", "work"])),
        ("unique: assist , work", unique(["assist", "work"])),
    ],
)
def test_the_forms_are_understood(text, goal):
    assert goal_of(text, TRAP) == goal


@pytest.mark.parametrize("text", ["remove", "removes:assist,work", "unlocks", "reaches:assist,work", ""])
def test_anything_else_is_refused_with_the_forms(text):
    with pytest.raises(
        click.BadParameter, match="is not a goal; write removes, no_push, lower_works, responsible, unlocks"
    ):
        goal_of(text, TRAP)


def test_a_rung_that_a_model_has_not_is_refused_with_those_it_has():
    with pytest.raises(
        UnsupportedGame, match="no_push has no meaning for inspection; of the four rungs it has removes"
    ):
        goal_of("no_push", load("inspection"))


def test_too_few_actions_are_refused_with_whose_they_are():
    with pytest.raises(click.BadParameter, match="names 1 actions; write unique:ACTION OF upper,ACTION OF lower"):
        goal_of("unique:assist", TRAP)


def test_an_unknown_action_is_refused_with_the_nearest():
    with pytest.raises(click.BadParameter, match=r"'wrok' is not an action of lower.*did you mean 'work'"):
        goal_of("unique:assist,wrok", TRAP)
    with pytest.raises(click.BadParameter) as refusal:
        goal_of("unique:zzz,work", TRAP)
    assert "did you mean" not in refusal.value.message and "assist, push" in refusal.value.message
