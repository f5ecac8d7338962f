"""What every error promises: one base, and where it matters a built-in beside it; scenario errors keep their list."""

import inspect
import pickle

import pytest

from blamegame import errors
from blamegame.scenario.problem import Problem

EVERY = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]


def test_one_except_clause_catches_every_error_of_the_library():
    assert len(EVERY) > 5 and all(issubclass(kind, errors.BlamegameError) for kind in EVERY)


@pytest.mark.parametrize("kind", [errors.GameError, errors.ModelError, errors.ReformError])
def test_a_value_out_of_place_is_a_value_error_too(kind):
    with pytest.raises(ValueError, match=r"1\.3"):
        raise kind("authority=1.3 is not a share")


def test_what_is_not_about_one_value_is_no_value_error():
    assert not issubclass(errors.UnsupportedGame, ValueError)
    assert not issubclass(errors.IncompleteSolution, ValueError)


def test_a_scenario_error_shows_its_message_and_keeps_its_problems_through_pickle():
    problem = Problem(3, "model.authority", "1.3", "is not a share")
    error = errors.ScenarioError("my.toml cannot be used", (problem,))
    again = pickle.loads(pickle.dumps(error))
    assert str(error) == str(again) == "my.toml cannot be used"
    assert error.problems == again.problems == (problem,)
    assert errors.ScenarioError("no list").problems == ()
