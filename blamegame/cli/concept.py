"""``--concept subgame-perfect --discount 9/10 --pure``: the options that name a solution concept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from blamegame.concepts import Concept
    from blamegame.models.model import Model

    _Option = click.ParamType[Fraction]
else:
    _Option = click.ParamType

F = TypeVar("F", bound=Callable[..., Any])


class Exact(_Option):
    """A number as it is typed, exact: ``9/10`` and ``0.9`` are the same rational."""

    def __init__(self, name: str, example: str) -> None:
        self.name, self.example = name, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        from blamegame.scenario.numbers import exact_number, parse_decimal

        if isinstance(value, Fraction):
            return value
        try:
            return exact_number(value if "/" in value else parse_decimal(value))
        except ValueError as error:
            self.fail(f"{value!r} {error}; write {self.example}", param, ctx)


def concept_options(command: F) -> F:
    """The options of every command that takes a solution concept; :func:`chosen_concept` reads them."""
    for option in (
        click.option("--pure", is_flag=True, help="Of repeated play: pure strategies only."),
        click.option("--rationality", type=Exact("rationality", "5 or 2.5"), help="Of logit play, exact: 5 or 2.5."),
        click.option("--discount", type=Exact("discount", "9/10 or 0.9"), help="Of lasting play, exact: 9/10 or 0.9."),
        click.option(
            "--concept", "word", metavar="WORD", help="nash, correlated, subgame-perfect, ...; default the scenario's."
        ),
    ):
        command = option(command)
    return command


def chosen_concept(
    word: str | None, discount: Fraction | None, rationality: Fraction | None, pure: bool
) -> Concept | None:
    """The concept of the options; None where none was given. A mistake is refused in the words of the shell."""
    from blamegame.concepts import KINDS, WORDS, concept_named
    from blamegame.errors import GameError
    from blamegame.scenario.problem import nearest

    given = {"discount": discount, "rationality": rationality, "pure": pure or None}
    if word is None:
        if stray := next((name for name, value in given.items() if value is not None), None):
            having = [kind.word for kind in KINDS if stray in {field.name for field in fields(kind)}]
            raise click.UsageError(f"--{stray} needs --concept {' or '.join(having)}")
        return None
    if word not in WORDS:
        near = nearest(word, WORDS)
        known = f"did you mean {near!r}?" if near else f"they are {', '.join(WORDS)}"
        raise click.UsageError(f"{word!r} is not a solution concept; {known}")
    has = {field.name for field in fields(WORDS[word])}
    for name, value in given.items():
        if value is not None and name not in has:
            raise click.UsageError(f"--concept {word} has no --{name}")
    for name, example in (("discount", "9/10"), ("rationality", "5")):
        if name in has and given[name] is None and word != "subgame-perfect":
            raise click.UsageError(f"--concept {word} needs --{name}, such as {example}")
    try:
        return concept_named(word, **given)
    except GameError as error:
        raise click.UsageError(str(error)) from None


def check_asked(model: Model, concept: Concept, name: str) -> None:
    """Refuse a concept that has no meaning for a scenario's model, naming the options that have."""
    from blamegame.concepts import KINDS, PublicPerfect
    from blamegame.errors import UnsupportedGame
    from blamegame.models.forms import Table

    if isinstance(model, Table) and isinstance(concept, PublicPerfect) and model.outcome_signals() is None:
        raise click.UsageError(
            f"{name} does not say how likely success is, so the public sees nothing of play; "
            "use --concept subgame-perfect"
        )
    try:
        model.check_concept(concept)
    except UnsupportedGame:
        if type(concept) in type(model).concepts:
            if concept.settings:
                raise click.UsageError(f"{name} is played once, in stages: leave --discount out") from None
            raise click.UsageError(f"--concept {concept.word} needs --discount, such as 9/10") from None
        known = [_as_typed(model, kind) for kind in KINDS if kind in type(model).concepts]
        asked = " ".join([f"--concept {concept.word}", *(f"--{k}" for k in concept.settings)])
        raise click.UsageError(f"{name} has no answer to {asked}; it is asked for {', '.join(known)}") from None


def _as_typed(model: Model, kind: type[Concept]) -> str:
    """A concept as the shell names it for a model, with the setting that it needs there."""
    names = [field.name for field in fields(kind) if field.name != "pure"]
    from blamegame.errors import UnsupportedGame

    try:
        model.check_concept(kind())
    except (TypeError, UnsupportedGame):
        return " ".join([kind.word, *(f"--{name}" for name in names)])
    return kind.word
