"""Models in words: help, print, and the line to write instead of a wrong one."""

from __future__ import annotations

import copy
import inspect
import pickle
import pydoc
from fractions import Fraction

import numpy as np
import pytest

import blamegame.models
from blamegame.errors import GameError, ModelError
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.model import Model
from blamegame.solvers.strategic import nash

MODELS = [kind for kind in vars(blamegame.models).values() if isinstance(kind, type) and issubclass(kind, Model)]


@pytest.mark.parametrize("model", [kind for kind in MODELS if kind.parameters()], ids=lambda kind: kind.__name__)
def test_help_gives_meaning_unit_range_default_and_source_of_every_parameter(model):
    said = " ".join(pydoc.plain(pydoc.render_doc(model)).replace("|", " ").split())
    for name, spec in model.parameters().items():
        assert f"{name} : {spec.unit}, {spec.range_text()}, default " in said
        assert " ".join(f"{spec.meaning} [{spec.source}]".split()) in said


def test_help_names_settings_and_keeps_what_the_author_wrote():
    assert "tiers : a setting, default 3" in Chain.__doc__
    assert Delegation.__doc__.startswith("The delegation stage game (model.md section 1).\n")


def test_a_signature_shows_the_names():
    assert list(inspect.signature(Delegation).parameters) == list(Delegation.parameters())


def test_print_shows_first_what_is_not_the_default():
    head, changed, *rest = str(Delegation(authority=Fraction(1, 3))).split("\n")
    assert head == "Delegation, one value not the default"
    assert changed.split()[:4] == ["authority", "1/3", "(default", "0.3)"]
    assert "responsibility 0.5" in " ".join(rest) and "authority" not in " ".join(rest)
    assert str(Delegation()).startswith("Delegation, every value the default")


def test_every_value_is_printed_once_also_of_batches_symbols_and_settings():
    sympy = pytest.importorskip("sympy")
    model = Delegation(authority=np.linspace(0, 1, 5), diffusion=sympy.Symbol("d"))
    assert "array (5,), 0 to 1" in str(model) and " d " in str(model)
    assert "tiers" in str(Chain(tiers=4)).split("\n")[1]
    words = str(model).replace(",", " ").split()
    assert [words.count(name) for name in Delegation.parameters()] == [1] * len(Delegation.parameters())


def test_a_float_that_is_the_nearest_of_the_default_is_the_default():
    assert str(Delegation(authority=0.3)) == str(Delegation())
    assert str(Delegation(authority=0.3 + 2**-50)) != str(Delegation())


@pytest.mark.parametrize(
    ("text", "line"),
    [("30%", "Fraction('0.3')"), ("0,3", "Fraction('0.3')"), ("1/3", "Fraction('1/3')"), (".5 %", "Fraction('0.005')")],
)
def test_a_number_as_text_gets_the_line_to_write(text, line):
    with pytest.raises(ModelError) as refused:
        Delegation(authority=text)
    assert f"authority={text!r} is not a number; write {line}" in str(refused.value)
    assert 0 <= eval(line) <= 1


@pytest.mark.parametrize("text", ["much", "1/0", "", "%", "1,2,3", "9" * 50])
def test_a_text_that_is_no_number_gets_no_line_that_fails(text):
    with pytest.raises(ModelError, match=r"is not a number$"):
        Delegation(authority=text)


def test_a_name_that_is_nearly_a_parameter_or_a_setting_is_told():
    with pytest.raises(ModelError, match=r"'autority' is not a parameter of Delegation; did you mean 'authority'\?"):
        Delegation(autority=0.3)
    with pytest.raises(ModelError, match=r"did you mean 'tiers'\?"):
        Chain(tier=4)
    with pytest.raises(ModelError, match="its parameters are authority, responsibility"):
        Delegation(zzz=1)


def test_models_still_travel():
    model = Delegation(authority=np.linspace(0, 1, 3))
    assert pickle.loads(pickle.dumps(model)) == copy.deepcopy(model) == model


def test_a_solver_given_a_model_says_how_to_get_its_game():
    with pytest.raises(GameError, match=r"not Delegation; write nash\(model.stage_game\(\)\)"):
        nash(Delegation())
