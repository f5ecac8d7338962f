"""Blame avoidance between tiers of government as games: every equilibrium, and the reforms that end it, with proof.

>>> import blamegame as bg
>>> county = bg.load("h_county").model
>>> print(bg.avoidance(county))
entrenched: avoidance 1 at best, 1 at worst

Verbs are asked of models, scenarios and games; concepts say which equilibria; everything else is in the namespaces
``models``, ``games``, ``solvers``, ``reforms``, ``regions``, ``dynamics``, ``estimation``, ``studies``, ``plots``,
``formats``, ``text``, ``testing`` and ``errors``. Names are loaded on first use, so that ``import blamegame`` costs
nothing that is not needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from blamegame.version import __version__ as __version__

if TYPE_CHECKING:
    from blamegame import dynamics as dynamics
    from blamegame import errors as errors
    from blamegame import estimation as estimation
    from blamegame import formats as formats
    from blamegame import games as games
    from blamegame import models as models
    from blamegame import plots as plots
    from blamegame import reforms as reforms
    from blamegame import regions as regions
    from blamegame import solvers as solvers
    from blamegame import studies as studies
    from blamegame import testing as testing
    from blamegame import text as text
    from blamegame.certificates.certify import Certificate as Certificate
    from blamegame.concepts import CoarseCorrelated as CoarseCorrelated
    from blamegame.concepts import Correlated as Correlated
    from blamegame.concepts import Logit as Logit
    from blamegame.concepts import MarkovPerfect as MarkovPerfect
    from blamegame.concepts import Nash as Nash
    from blamegame.concepts import PublicPerfect as PublicPerfect
    from blamegame.concepts import Rationalizable as Rationalizable
    from blamegame.concepts import SubgamePerfect as SubgamePerfect
    from blamegame.games.event_range import Range as Range
    from blamegame.games.strategic import StrategicGame as StrategicGame
    from blamegame.models.delegation import Delegation as Delegation
    from blamegame.models.model import Model as Model
    from blamegame.models.model import parameter as parameter
    from blamegame.reforms.catalogue import CATALOGUE as CATALOGUE
    from blamegame.reforms.goal import at_least as at_least
    from blamegame.reforms.goal import at_most as at_most
    from blamegame.reforms.goal import lower_works as lower_works
    from blamegame.reforms.goal import no_push as no_push
    from blamegame.reforms.goal import removes as removes
    from blamegame.reforms.goal import responsible as responsible
    from blamegame.reforms.goal import unique as unique
    from blamegame.reforms.goal import unlocks as unlocks
    from blamegame.reforms.plan import ReformPlan as ReformPlan
    from blamegame.reforms.reform import Reform as Reform
    from blamegame.regions.region import Region as Region
    from blamegame.scenario import Scenario as Scenario
    from blamegame.scenario import load as load
    from blamegame.solvers.solution import Solution as Solution
    from blamegame.verbs import apply as apply
    from blamegame.verbs import avoidance as avoidance
    from blamegame.verbs import conditions as conditions
    from blamegame.verbs import critical_values as critical_values
    from blamegame.verbs import fit as fit
    from blamegame.verbs import ladder as ladder
    from blamegame.verbs import prove as prove
    from blamegame.verbs import radius as radius
    from blamegame.verbs import search as search
    from blamegame.verbs import solve as solve
    from blamegame.verbs import study as study
    from blamegame.verbs import verify as verify


_HOME = {
    "blamegame.scenario": ("Scenario", "load"),
    "blamegame.verbs": (
        "apply",
        "avoidance",
        "conditions",
        "critical_values",
        "fit",
        "ladder",
        "prove",
        "radius",
        "search",
        "solve",
        "study",
        "verify",
    ),
    "blamegame.models.model": ("Model", "parameter"),
    "blamegame.models.delegation": ("Delegation",),
    "blamegame.reforms.reform": ("Reform",),
    "blamegame.reforms.plan": ("ReformPlan",),
    "blamegame.reforms.catalogue": ("CATALOGUE",),
    "blamegame.reforms.goal": (
        "at_least",
        "at_most",
        "lower_works",
        "no_push",
        "removes",
        "responsible",
        "unique",
        "unlocks",
    ),
    "blamegame.games.event_range": ("Range",),
    "blamegame.games.strategic": ("StrategicGame",),
    "blamegame.solvers.solution": ("Solution",),
    "blamegame.certificates.certify": ("Certificate",),
    "blamegame.regions.region": ("Region",),
    "blamegame.concepts": (
        "CoarseCorrelated",
        "Correlated",
        "Logit",
        "MarkovPerfect",
        "Nash",
        "PublicPerfect",
        "Rationalizable",
        "SubgamePerfect",
    ),
}
_SPACES = (
    "dynamics",
    "errors",
    "estimation",
    "formats",
    "games",
    "models",
    "plots",
    "reforms",
    "regions",
    "solvers",
    "studies",
    "testing",
    "text",
)
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted([*_WHERE, *_SPACES, "__version__"])


def __getattr__(name: str) -> Any:
    if name in _SPACES:
        return import_module(f"blamegame.{name}")
    if name not in _WHERE:
        raise AttributeError(f"module 'blamegame' has no attribute {name!r}{_near(name)}")
    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def _near(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, __all__, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(__all__)}"


def __dir__() -> list[str]:
    return list(__all__)
