"""Which measures a study has where none are named, and which fills which variable."""

from __future__ import annotations

from collections.abc import Mapping

from blamegame.concepts import Concept, Nash
from blamegame.errors import GameError, ModelError, StudyError, UnsupportedGame
from blamegame.models.model import Model
from blamegame.studies.measures.avoidance import Avoidance
from blamegame.studies.measures.custom import ModelMeasure
from blamegame.studies.measures.equilibria import Equilibria, Success
from blamegame.studies.measures.measure import Measure
from blamegame.studies.schema import Variable


def default_measures(model: Model, concept: Concept | None = None) -> tuple[Measure, ...]:
    """Avoidance under a concept (default Nash); under Nash also equilibria and success, as far as the model has them.

    A model that names measures of its own has those too.

    >>> from blamegame.models.team import Team
    >>> default_measures(Team())
    (Avoidance(concept=Nash(), event=None), ModelMeasure(name='effort'))
    """
    concept = Nash() if concept is None else concept
    usual: list[Measure] = [Avoidance(concept)]
    usual += [Equilibria(), Success()] if isinstance(concept, Nash) else []
    usual += [ModelMeasure(name) for name in model.measures]
    kept = []
    for measure in usual:
        try:
            measure.variables(model)
        except (StudyError, UnsupportedGame, GameError, ModelError):
            continue
        kept.append(measure)
    if not kept:
        raise StudyError(f"{type(model).__name__} has none of the usual measures; pass measures=[Custom(...)]")
    return tuple(kept)


def variables_of(measures: tuple[Measure, ...], model: Model) -> Mapping[str, Variable]:
    """The variables that measures fill, by name; two that fill the same are refused."""
    found: dict[str, tuple[Variable, Measure]] = {}
    for measure in measures:
        for variable in measure.variables(model):
            if variable.name in found:
                other = found[variable.name][1]
                raise StudyError(f"{measure} and {other} both fill {variable.name!r}; keep one of them")
            found[variable.name] = variable, measure
    return {name: variable for name, (variable, _) in found.items()}
