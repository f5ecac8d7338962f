"""For testing solvers and models: Hypothesis strategies, assertions with readable failures, a battery for solvers.

>>> from blamegame.testing import assert_certified, check_solver, strategic_games
"""

from __future__ import annotations

from blamegame.testing.assertions import assert_certified, assert_same_equilibria
from blamegame.testing.correlated_checks import check_correlated_solver
from blamegame.testing.failures import SolverFailure
from blamegame.testing.model_checks import ModelReport, check_model
from blamegame.testing.rationalizable_checks import check_rationalizable_solver
from blamegame.testing.solver_checks import check_solver
from blamegame.testing.strategies import bundles, degenerate_games, delegation_models, strategic_games
from blamegame.testing.threshold_models import threshold_models

__all__ = [
    "ModelReport",
    "SolverFailure",
    "assert_certified",
    "assert_same_equilibria",
    "bundles",
    "check_correlated_solver",
    "check_model",
    "check_rationalizable_solver",
    "check_solver",
    "degenerate_games",
    "delegation_models",
    "strategic_games",
    "threshold_models",
]
