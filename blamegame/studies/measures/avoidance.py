"""Avoidance as a measure: the range over the equilibria of a concept, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from blamegame.answers import batches
from blamegame.answers.avoidance import avoidance_of_model
from blamegame.answers.table import surely_complete
from blamegame.concepts import Concept, Nash
from blamegame.deadline import Deadline
from blamegame.games.event_range import Range, stacked
from blamegame.models.model import Model
from blamegame.studies.cells import Cells
from blamegame.studies.measures.measure import Values
from blamegame.studies.schema import Variable, declared, status_codes

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
        words = [] if isinstance(self.concept, Nash) else [self.concept.slug]
        if self.event is not None:
            words.append("of_" + "_or_".join("_".join(map(str, cell)) for cell in self.event))
        return "_".join(words)

    def variables(self, model: Model) -> tuple[Variable, ...]:
        asked = model.question(self.concept, self.event)
        what = asked.measure.format(event=model.avoidance_name)
        of = "" if isinstance(self.concept, Nash) else f" ({self.concept})"
        about = {"concept": self.concept.slug, "event": _in_words(self.event)}
        best, worst = (
            declared(f"avoidance_{end}", self._suffix, meaning=f"{what} in the {end} equilibrium{of}", **about)
            for end in ("best", "worst")
        )
        status = declared("status", self._suffix, meaning=f"verdict on {model.avoidance_name}{of}", **about)
        surely = surely_complete(asked)
        return best, worst, status, *([] if surely else [declared("complete", self._suffix, **about)])

    def batched(self, model: Model) -> bool:
        asked = model.question(self.concept, self.event)
        return batches.has_batch(asked.game, self.concept)

    def of_cells(self, cells: Cells) -> Values:
        asked = cells.base.exact().question(self.concept, self.event)
        found = batches.answers(type(asked.game), cells.games, [asked.event], self.concept, Deadline())
        return self._named(cells.base, found.ranges[0], len(cells))

    def of_model(self, model: Model) -> Values:
        found = avoidance_of_model(model, self.concept, event=self.event)
        return {name: value[0].item() for name, value in self._named(model, stacked([found], (1,)), 1).items()}

    def _named(self, model: Model, found: Range, cells: int) -> Values:
        complete = np.broadcast_to(found.complete, (cells,)).astype(np.float64)
        values = (found.low.lower, found.high.upper, status_codes(found.status), complete)
        return {variable.name: value for variable, value in zip(self.variables(model), values)}


def _in_words(event: Event | None) -> str:
    return " or ".join(f"({', '.join(map(str, cell))})" for cell in event or ())
