"""Avoidance as a measure: the range over the equilibria of a concept, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from blamegame.avoidance import avoidance_range, status_of
from blamegame.concepts import (
    CoarseCorrelated,
    Concept,
    Correlated,
    MarkovPerfect,
    Nash,
    PublicPerfect,
    Rationalizable,
    SubgamePerfect,
)
from blamegame.errors import StudyError
from blamegame.games.event import event_of
from blamegame.models.model import Model
from blamegame.models.threshold import Threshold
from blamegame.studies.cells import Cells, game_of
from blamegame.studies.measures.measure import Values, concept_phrase, concept_words
from blamegame.studies.schema import Variable, declared, status_codes

_ALWAYS_COMPLETE = Nash | Correlated | CoarseCorrelated | Rationalizable

Event: TypeAlias = tuple[tuple[int | str, ...], ...]
"""The cells of an event, each one action for each player."""


@dataclass(frozen=True)
class Avoidance:
    """Probability of mutual avoidance in the best and the worst equilibrium of a concept, and the verdict.

    ``event`` replaces the model's own avoidance event. Under another concept than Nash the variables carry its name.
    What the numbers are follows the model: the share of mandates in a hierarchy, 0 or 1 for an event of a measure.

    >>> from blamegame.models.delegation import Delegation
    >>> Avoidance().of_model(Delegation())["status"]
    2
    """

    concept: Concept = Nash()  # noqa: RUF009  # a frozen value
    event: Event | None = None

    @property
    def _suffix(self) -> str:
        words = [] if isinstance(self.concept, Nash) else [concept_words(self.concept)]
        if self.event is not None:
            words.append("of_" + "_or_".join("_".join(map(str, cell)) for cell in self.event))
        return "_".join(words)

    def variables(self, model: Model) -> tuple[Variable, ...]:
        event = self._event(model)
        if not isinstance(event, Threshold) and getattr(model, "network_game", None) is None:
            event_of(game_of(model), event)
        what, of = self._in_words(model), "" if isinstance(self.concept, Nash) else f" ({concept_phrase(self.concept)})"
        about = {"concept": concept_words(self.concept), "event": _in_words(self.event)}
        best, worst = (
            declared(f"avoidance_{end}", self._suffix, meaning=f"{what} in the {end} equilibrium{of}", **about)
            for end in ("best", "worst")
        )
        status = declared("status", self._suffix, meaning=f"verdict on {model.avoidance_name}{of}", **about)
        surely = self._surely_complete(model)
        return best, worst, status, *([] if surely else [declared("complete", self._suffix, **about)])

    def batched(self, model: Model) -> bool:
        return isinstance(self.concept, Nash | Correlated | CoarseCorrelated)

    def of_cells(self, cells: Cells) -> Values:
        event = event_of(game_of(cells.base), self._event(cells.base))
        if isinstance(self.concept, Nash):
            from blamegame.solvers.strategic.batch import event_probabilities

            best, worst = event_probabilities(cells.equilibria, event)
        else:
            from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

            # exact payoffs: a correlated bound jumps at ties, and this solver decides those from what it is given
            payoffs = np.array([cells.exact_payoffs(index) for index in range(len(cells))])
            best, worst = event_bounds_batch(payoffs, event, coarse=isinstance(self.concept, CoarseCorrelated))
        return self._named(best, worst, status_codes(status_of(best, worst)))

    def of_model(self, model: Model) -> Values:
        found = avoidance_range(model, self.concept, event=self.event)
        values = self._named(float(found.best), float(found.worst), int(status_codes(found.status)))
        return values if self._surely_complete(model) else values | {self._name("complete"): int(found.complete)}

    def _in_words(self, model: Model) -> str:
        """What the numbers are, by the game that the concept is about."""
        if isinstance(self.concept, MarkovPerfect):
            return f"share of periods in {model.avoidance_name} in the long run"
        if isinstance(self.concept, SubgamePerfect | PublicPerfect) and self.concept.discount != 0:
            return f"discounted frequency of {model.avoidance_name}"
        of_all: str = getattr(model, "avoidance_unit", f"probability of {model.avoidance_name}")
        return of_all

    def _event(self, model: Model) -> Any:
        event = getattr(model, "avoidance", None) if self.event is None else self.event
        if event is None:
            raise StudyError(f"{type(model).__name__} does not say what avoidance is; use Avoidance(event=...)")
        return event

    def _named(self, best: Any, worst: Any, status: Any) -> Values:
        return dict(zip(map(self._name, ("avoidance_best", "avoidance_worst", "status")), (best, worst, status)))

    def _name(self, variable: str) -> str:
        return declared(variable, self._suffix).name

    def _surely_complete(self, model: Model) -> bool:
        """Whether the solvers of this concept always take every equilibrium of such a model into account."""
        if isinstance(self._event(model), Threshold):
            return True
        if getattr(model, "stage_game", None) is None or not isinstance(self.concept, _ALWAYS_COMPLETE):
            return False
        return not isinstance(self.concept, Nash) or game_of(model).n_players == 2


def _in_words(event: Event | None) -> str:
    return " or ".join(f"({', '.join(map(str, cell))})" for cell in event or ())
