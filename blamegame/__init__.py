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
    "blamegame.games.repeated": ("RepeatedGame",),
    "blamegame.games.monitoring": ("Perfect", "PublicSignals"),
    "blamegame.solvers.repeated.abreu_sannikov": ("payoff_set",),
    "blamegame.solvers.repeated.payoff_set": ("PayoffSet",),
    "blamegame.solvers.repeated.playability": ("Playability", "playable"),
    "blamegame.solvers.repeated.playability_batch": ("PlayabilityBatch", "playable_batch"),
    "blamegame.solvers.repeated.delta_windows": ("DeltaWindow", "DeltaWindows", "delta_windows"),
    "blamegame.certificates.certify": ("Certificate", "Verdict", "certify", "verify"),
    "blamegame.certificates.claims": (
        "AllExtremeEquilibria",
        "BundleRemoves",
        "CorrelatedAtLeast",
        "CorrelatedAtMost",
        "IsNash",
        "IsRobust",
        "NoCorrelatedAvoids",
        "NoNashAvoids",
    ),
    "blamegame.models.delegation": ("Delegation",),
    "blamegame.solvers.solution": ("Solution",),
    "blamegame.solvers.strategic.nash": ("nash",),
    "blamegame.solvers.strategic.pure": ("pure_nash",),
    "blamegame.solvers.strategic.correlated": ("CorrelatedBound", "CorrelatedBounds", "correlated_bounds"),
    "blamegame.solvers.strategic.rationalizable": ("rationalizable",),
    "blamegame.solvers.explain": ("explain",),
    "blamegame.solvers.strategic.isolated_equilibria": ("isolated_equilibria",),
    "blamegame.solvers.strategic.logit": ("LogitPath", "logit"),
    "blamegame.models.chain": ("Chain",),
    "blamegame.models.departments": ("Departments",),
    "blamegame.models.team": ("Team",),
    "blamegame.models.markup": ("Markup",),
    "blamegame.games.continuous": ("ContinuousGame",),
    "blamegame.solvers.continuous.best_response_iteration": ("best_response_bracket", "deviation_gain"),
    "blamegame.formats.nfg": ("read_nfg",),
    "blamegame.formats.nfg_writer": ("write_nfg", "write_nfg_payoffs"),
    "blamegame.formats.csv_game": ("read_csv_game", "write_csv_game"),
    "blamegame.formats.dataframe": ("from_dataframe", "to_dataframe"),
    "blamegame.formats.nashpy": ("from_nashpy", "to_nashpy"),
    "blamegame.formats.quantecon": ("from_quantecon", "to_quantecon"),
    "blamegame.formats.latex": ("equilibria_table", "payoff_table"),
    "blamegame.avoidance": ("AvoidanceRange", "avoidance_range"),
    "blamegame.reforms.reform": ("Edit", "Reform", "apply", "choose"),
    "blamegame.reforms.catalogue": ("CATALOGUE",),
    "blamegame.reforms.goal": ("Goal", "removes", "unique", "unlocks"),
    "blamegame.reforms.plan": ("ReformPlan",),
    "blamegame.reforms.search": ("search",),
    "blamegame.reforms.shapley": ("shapley",),
    "blamegame.studies.critical_values": ("CriticalValues", "critical_values"),
    "blamegame.studies.conditions": ("Condition", "conditions"),
    "blamegame.solvers.strategic.batch": (
        "EquilibriumBatch",
        "equilibria_batch",
        "event_probabilities",
        "expectation_range",
        "pure_counts",
        "support_codes",
    ),
    "blamegame.solvers.strategic.correlated_batch": ("event_bounds_batch",),
    "blamegame.scenario.scenario": ("Scenario", "load"),
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
