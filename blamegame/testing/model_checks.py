"""Every verb asked of a model of one's own: answers agree with each other, or are refused in words."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from blamegame import verbs
from blamegame.answers.avoidance import avoidance_of_model
from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    Logit,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.errors import BlamegameError
from blamegame.games.event_range import Range, as_float
from blamegame.models.model import Model
from blamegame.reforms.reform import Reform, apply
from blamegame.reforms.search import search

EVERY_CONCEPT: tuple[Concept, ...] = (
    Nash(),
    Correlated(),
    CoarseCorrelated(),
    Rationalizable(),
    Logit(2),
    SubgamePerfect(),
    SubgamePerfect(Fraction(1, 2)),
    SubgamePerfect(Fraction(1, 2), pure=True),
    PublicPerfect(Fraction(1, 2)),
    PublicPerfect(Fraction(1, 2), pure=True),
    MarkovPerfect(Fraction(1, 2)),
)
_CLOSE = 1e-9


@dataclass(frozen=True)
class ModelReport:
    """What was asked of a model: by verb and concept whether it was answered, or the words in which it was refused."""

    model: str
    answers: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        answered = sum(said == "answered" for _, _, said in self.answers)
        return f"{self.model}: {answered} of {len(self.answers)} questions answered, the others refused in words"


def check_model(model: Model | type[Model], *, menu: Iterable[Reform] | None = None) -> ModelReport:
    """Ask every verb of a model under every concept, and hold the answers against each other.

    Parameters
    ----------
    model : a model of numbers, or a class, which stands for its defaults
    menu : reforms to search over; by default two that halve the model's first two parameters

    Raises
    ------
    AssertionError
        Where two answers differ that must agree, naming both: a batch and its items, exact and float parameters, a
        search or a study and the model after reform, a proof and its recheck, the event and what the model declares of
        it; or where a refusal is not one of the library's own errors.

    Examples
    --------
    >>> from blamegame.models.inspection import Inspection
    >>> print(check_model(Inspection))
    Inspection: 26 of 66 questions answered, the others refused in words
    """
    given = (model() if isinstance(model, type) else model).exact()
    reforms = tuple(menu) if menu is not None else _two_reforms(given)
    said = []
    for concept in EVERY_CONCEPT:
        for verb, check in _CHECKS.items():
            said.append((verb, str(concept), _asked(partial(check, given, concept, reforms))))
    _same_after_a_trip(given)
    _event_as_declared(given)
    return ModelReport(type(given).__name__, tuple(said))


def _asked(check: Callable[[], None]) -> str:
    try:
        check()
    except BlamegameError as error:
        return str(error) or type(error).__name__
    return "answered"


def _avoidance(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    exact = avoidance_of_model(model, concept)
    _same(exact, avoidance_of_model(_in_floats(model), concept), "with float parameters")
    name = next(iter(model.parameters()))
    if model.batch_shape or not _holds_arrays(model, name):
        return
    values = [float(value) for value in _some_values(model, name)]
    batch = avoidance_of_model(model.replace({name: np.array(values)}), concept)
    for k, value in enumerate(values):
        item = avoidance_of_model(model.replace({name: Fraction(value)}), concept)
        _same(item, _item(batch, k), f"in a batch at {name}={value}")


def _search(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    plan = search(model, menu, concept=concept)
    same = _same_verdict if isinstance(concept, SubgamePerfect) and concept.discount and not concept.pure else _same
    for bundle in range(plan.examined):
        alone = avoidance_of_model(apply(model, [r for k, r in enumerate(plan.menu) if bundle >> k & 1]), concept)
        same(alone, _item(plan.range, bundle), f"in a search, bundle {plan.bundles.names(bundle)}")
    str(plan), plan.to_dict()


def _prove(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    assert verbs.prove(search(model, menu, concept=concept)).holds, "a proof that its own check refuses"


def _study(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    from blamegame.studies.measures import Avoidance
    from blamegame.studies.schema import status_words, variable_in

    name = next(iter(model.parameters()))
    values = _some_values(model, name)
    found = verbs.study(model, {name: values}, measures=[Avoidance(concept)], workers=0)
    words = status_words(found[variable_in(found, "status")].values).tolist()
    alone = [avoidance_of_model(model.replace({name: value}), concept).status for value in values]
    assert words == alone, f"a study says {words}, the models alone {alone} ({concept})"


def _solve(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    verbs.solve(model, concept)


def _critical_values(model: Model, concept: Concept, menu: tuple[Reform, ...]) -> None:
    name = next(iter(model.parameters()))
    spec, here = model.parameters()[name], Fraction(getattr(model, name))
    top = spec.high if spec.high is not None else here + 1
    cuts = verbs.critical_values(model, name, concept, high=top)
    if spec.low <= here <= top:
        alone = avoidance_of_model(model, concept).status
        assert cuts.at(here).status == alone, f"exact cuts say {cuts.at(here).status}, the model alone {alone}"


_CHECKS: dict[str, Callable[[Model, Concept, tuple[Reform, ...]], None]] = {
    "avoidance": _avoidance,
    "search": _search,
    "prove": _prove,
    "study": _study,
    "solve": _solve,
    "critical_values": _critical_values,
}


def _two_reforms(model: Model) -> tuple[Reform, ...]:
    names = list(model.parameters())[:2]
    return tuple(Reform(f"halve_{name}", {name: {"scale": Fraction(1, 2)}}) for name in names)


def _some_values(model: Model, name: str) -> list[Fraction]:
    """A few values of a parameter that the model takes."""
    spec, here = model.parameters()[name], Fraction(getattr(model, name))
    top = spec.high if spec.high is not None else 2 * here + 1
    values = sorted({here, (spec.low + here) / 2, (here + top) / 2})
    return [value for value in values if _takes(model, name, value)]


def _takes(model: Model, name: str, value: Any) -> bool:
    try:
        model.replace({name: value})
    except BlamegameError:
        return False
    return True


def _holds_arrays(model: Model, name: str) -> bool:
    if not _takes(model, name, np.array([float(getattr(model, name))])):
        return False
    return model.replace({name: np.array([float(getattr(model, name))])}).batch_shape == (1,)


def _in_floats(model: Model) -> Model:
    changes = {name: float(value) for name in model.parameters() if isinstance(value := getattr(model, name), Fraction)}
    exact = {name: value for name, value in changes.items() if Fraction(value) == getattr(model, name)}
    return model.replace(exact)


def _item(batch: Range, k: int) -> Range:
    from blamegame.games.event_range import Bound

    low, high = (Bound(np.ravel(end.lower)[k], np.ravel(end.upper)[k]) for end in (batch.low, batch.high))
    complete, exists = (
        np.ravel(np.broadcast_to(flag, np.shape(batch.low.lower)))[k] for flag in (batch.complete, batch.exists)
    )
    return Range(low, high, bool(complete), exists=bool(exists))


def _same(one: Range, other: Range, where: str) -> None:
    assert str(one.status) == str(other.status), f"{one.status} alone, {other.status} {where} ({one.concept})"
    for end in ("low", "high"):
        for side in ("lower", "upper"):
            a, b = (as_float(getattr(getattr(found, end), side)) for found in (one, other))
            assert (a != a and b != b) or abs(a - b) <= _CLOSE, f"{a} alone, {b} {where} ({one.concept}, {end} end)"


def _same_verdict(one: Range, other: Range, where: str) -> None:
    """The same verdict, and bounds that have a number in common; ends may be open where only verdicts are asked for."""
    assert str(one.status) == str(other.status), f"{one.status} alone, {other.status} {where} ({one.concept})"
    for end in ("low", "high"):
        a, b = (getattr(found, end) for found in (one, other))
        ends = [as_float(value) for value in (a.lower, a.upper, b.lower, b.upper)]
        apart = max(ends[0], ends[2]) > min(ends[1], ends[3]) + _CLOSE
        empty = [value != value for value in ends]
        assert all(empty) or not (any(empty) or apart), f"{a} alone, {b} {where} ({one.concept}, {end} end)"


def _same_after_a_trip(model: Model) -> None:
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert other == model and hash(other) == hash(model), "a copy is not equal to the model"


def _event_as_declared(model: Model) -> None:
    """Parameters that the model says do not decide what counts as avoidance do not."""
    here = model.event()
    for name in model.parameters():
        if isinstance(getattr(model, name), np.ndarray) or model.event_moves_with([name]):
            continue
        for changed in _neighbours(model, name):
            there = changed.event()
            same = np.array_equal(here, there) if isinstance(here, np.ndarray) else here == there
            assert same, f"what counts as avoidance changes with {name}; declare event_moves = True"


def _neighbours(model: Model, name: str) -> Iterator[Model]:
    spec = model.parameters()[name]
    for value in (spec.low, spec.high):
        if value is not None and _takes(model, name, value):
            yield model.replace({name: value})
