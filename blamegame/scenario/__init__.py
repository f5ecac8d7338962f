"""Scenario files: a model, a menu of reforms and a goal, in TOML with exact numbers.

Importing this package imports neither pydantic nor the models; a file is validated when it is loaded.
"""

from __future__ import annotations

from blamegame.scenario.problem import Problem
from blamegame.scenario.scenario import Scenario, load, loads
from blamegame.scenario.shipped import shipped_names
from blamegame.scenario.write import dumps

__all__ = ["Problem", "Scenario", "dumps", "load", "loads", "shipped_names"]
