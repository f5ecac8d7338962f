"""How kernels are compiled: without the interpreter lock, cached on disk where the disk allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """``function`` compiled by numba, releasing the interpreter lock, its machine code cached between processes.

    Kernels run in plain threads, one chunk of games each, rather than in numba's own parallel loops: those abort the
    process when two threads enter them at once or after a fork, and these cannot.
    """
    return _compile(function, inline=False)


def inlined(function: F) -> F:
    """``function`` compiled into its callers: a call passes each array as nine words, dearer than a little work."""
    return _compile(function, inline=True)


def _compile(function: F, *, inline: bool) -> F:
    options: dict[str, Any] = {"nogil": True, "forceinline": inline, "error_model": "numpy"}
    try:
        result: F = njit(cache=True, **options)(function)
    except RuntimeError:  # neither the package's nor the user's cache directory can be written
        result = njit(**options)(function)
    return result
