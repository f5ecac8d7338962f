from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import numpy as np
import pytest

from blamegame.errors import ModelError
from blamegame.models.delegation import Delegation
from blamegame.models.scandal import Scandal
from blamegame.scenario.kinds import KINDS


def test_every_parameter_documents_symbol_meaning_range_unit_and_source():
    for name, spec in Delegation.parameters().items():
        assert spec.name == name and spec.symbol and spec.meaning and spec.unit and spec.source
        assert spec.low <= spec.default and (spec.high is None or spec.default <= spec.high)


def test_parameter_symbols_differ():
    symbols = [spec.symbol for spec in Delegation.parameters().values()]
    assert len(set(symbols)) == len(symbols)


def test_replace_changes_only_what_it_names_and_leaves_the_original():
    base = Delegation()
    changed = base.replace(authority=Fraction(1, 2))
    assert base.authority == Fraction(3, 10) and changed.authority == Fraction(1, 2)
    assert changed.replace(authority=Fraction(3, 10)) == base


def test_a_misspelt_parameter_is_refused_with_the_nearest_name():
    with pytest.raises(ModelError, match="did you mean 'authority'"):
        Delegation().replace(authorty=1)


def test_a_name_near_nothing_lists_the_parameters():
    with pytest.raises(ModelError, match="its parameters are authority, responsibility"):
        Delegation().replace(zzzzzz=1)


def test_models_are_values():
    model = Delegation(authority=np.array([0.1, 0.2]))
    twin = Delegation(authority=np.array([0.1, 0.2]))
    assert model == twin and hash(model) == hash(twin)
    assert model != Delegation(authority=np.array([0.1, 0.3])) and model != "model"
    assert pickle.loads(pickle.dumps(model)) == model
    with pytest.raises(AttributeError):
        model.authority = 1
    with pytest.raises(ValueError, match="read-only"):
        model.authority[0] = 1


def test_changing_an_array_afterwards_does_not_change_the_model():
    grid = np.array([0.1, 0.2])
    model = Delegation(authority=grid)
    grid[0] = 0.9
    assert model.authority[0] == 0.1


@pytest.mark.parametrize("value", [1, np.int64(1), np.array(1), Fraction(1)])
def test_whole_numbers_of_any_kind_are_exact(value):
    model = Delegation(authority=value if not isinstance(value, np.ndarray) else value.astype(object))
    assert model.stage_game().exact


def test_numpy_floats_are_floats():
    assert type(Delegation(authority=np.float64(0.5)).authority) is float
    assert type(Delegation(authority=np.array(0.5)).authority) is float


def test_a_parameter_clips_numbers_and_arrays_into_its_range():
    spec = Delegation.parameters()["authority"]
    assert spec.clip(Fraction(3, 2)) == 1 and type(spec.clip(1.5)) is float
    assert spec.clip(np.array([-1.0, 0.5, 2.0])).tolist() == [0, 0.5, 1]
    mixed = np.array([Fraction(-1), Fraction(1, 3), Fraction(2)], dtype=object)
    assert spec.clip(mixed).tolist() == [0, Fraction(1, 3), 1]
    unbounded = Delegation.parameters()["accountability"]
    assert unbounded.clip(Fraction(7)) == 7 and unbounded.clip(np.array([-1.0, 9.0])).tolist() == [0, 9]


@pytest.mark.parametrize("copied", [lambda model: pickle.loads(pickle.dumps(model)), copy.deepcopy, copy.copy])
def test_a_copy_of_a_batch_is_as_unchangeable_as_the_batch(copied):
    batch = Delegation(authority=np.linspace(0, 1, 3))
    again = copied(batch)
    assert again == batch and hash(again) == hash(batch)
    with pytest.raises(ValueError, match="read-only"):
        again.authority[0] = 1


@pytest.mark.parametrize("name", KINDS)
def test_every_parameter_says_where_it_comes_from(name):
    for spec in KINDS[name].model_class().parameters().values():
        assert spec.source not in ("", "model.md", "assumption"), spec.name
        assert any(word in spec.source for word in ("model.md section", "remedy")), spec.name


def test_an_inherited_parameter_keeps_the_source_of_its_own_class():
    parameters = Scandal.parameters()
    assert "section 1" in parameters["authority"].source and "scandal" in parameters["outbreak"].source
    assert parameters["causal_weight"].source == "model.md section 2; Bartling and Fischbacher (2012)"
