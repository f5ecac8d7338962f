"""Who answers what, as rows to read: the table of answers, said in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from blamegame.answers.batches import BATCHES
from blamegame.answers.table import RANGES
from blamegame.concepts import KINDS
from blamegame.games.closed_form import ClosedForm
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.repeated import RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame

FORMS: Mapping[type, str] = MappingProxyType(
    {
        StrategicGame: "a table of payoffs, also of plans with private types",
        RepeatedGame: "a table repeated for ever",
        ExtensiveGame: "a game in stages",
        StochasticGame: "a game over states",
        HypergraphicalGame: "many offices on a network",
        ClosedForm: "a mechanism in closed form",
    }
)


def who_answers() -> list[tuple[str, str, str, bool]]:
    """Every pair that has an answer: the form of game, the concept, what the answer is about, and whether in batches.

    >>> who_answers()[0][:2]
    ('a table of payoffs, also of plans with private types', 'Nash')
    """
    order = {kind: place for place, kind in enumerate(KINDS)}
    forms = list(FORMS)
    return [
        (FORMS[form], kind.__name__, _first_line(RANGES[form, kind].__doc__), (form, kind) in BATCHES)
        for form, kind in sorted(RANGES, key=lambda pair: (forms.index(pair[0]), order[pair[1]]))
    ]


def _first_line(docstring: str | None) -> str:
    return "" if docstring is None else docstring.strip().partition("\n")[0].rstrip(".")
