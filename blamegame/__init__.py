"""Blame avoidance between tiers of government as games: every equilibrium, and the reforms that end it, with proof.

Names are loaded on first use, so that ``import blamegame`` costs nothing that is not needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "blamegame.errors": (
        "BlamegameError",
        "CertificateError",
        "GameError",
        "GameFileError",
        "IncompleteSolution",
        "ModelError",
        "ReformError",
        "ScenarioError",
        "StudyError",
        "UnsupportedGame",
    ),
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
    "blamegame.games.strategic": ("StrategicGame", "pure_profile", "to_exact", "to_float"),
    "blamegame.games.responses": ("action_values", "best_responses", "expected_payoffs", "regret"),
    "blamegame.games.dominance": ("dominated_actions", "iterated_elimination", "restrict"),
    "blamegame.games.event": ("event_of", "event_probability"),
    "blamegame.models.delegation": ("Delegation",),
    "blamegame.avoidance": ("AvoidanceRange", "avoidance_range"),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted([*_WHERE, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'blamegame' has no attribute {name!r}")
    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
