"""Packages that only some of the library needs: imported by :func:`need`, which says what to install."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Any

from blamegame.errors import MissingExtra

EXTRA_OF = MappingProxyType(
    {
        "matplotlib": "plots",
        "xarray": "studies",
        "h5netcdf": "studies",
        "h5py": "studies",
        "dask": "studies",
        "distributed": "studies",
        "SALib": "studies",
        "cloudpickle": "studies",
        "pandas": "studies",
        "sympy": "symbolic",
    }
)
"""The extra of the distribution that brings each optional package."""


def need(module: str) -> Any:
    """The module of an optional package, imported when it is needed.

    Raises
    ------
    MissingExtra
        Where it, or something it needs itself, is not installed; the message is the line that installs it.

    Examples
    --------
    >>> need("sympy.core").Symbol("a")
    a
    """
    package = module.partition(".")[0]
    extra = EXTRA_OF[package]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = error.name or package
        whose = "" if missing.partition(".")[0] == package else f", which {package} needs,"
        raise MissingExtra(
            f'{missing}{whose} is not installed; write: pip install "blamegame-solver[{extra}]"', name=missing
        ) from None
