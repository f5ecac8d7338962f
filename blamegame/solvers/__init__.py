"""Algorithms, a namespace for each form of game; each is loaded when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["bayesian", "continuous", "extensive", "network", "repeated", "stochastic", "strategic"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    return import_module(f"{__name__}.{name}")
