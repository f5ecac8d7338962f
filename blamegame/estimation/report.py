"""A fit in words: what was learned, what the cases cannot tell, and how well it fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from blamegame.estimation.cases import Cases
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.goodness import Goodness
from blamegame.estimation.null_directions import direction_in_words, named_directions
from blamegame.estimation.profile import Interval
from blamegame.estimation.theory import Theory
from blamegame.estimation.unknown import BETWEEN, COUNTED, Unknown
from blamegame.games.strategic import Array

_NULL = 1e-6


class Fitted(Protocol):
    """What the words are about: parts of a :class:`~blamegame.estimation.fit.Fit`."""

    @property
    def cases(self) -> Cases: ...

    @property
    def design(self) -> Design | Experiment: ...

    @property
    def theory(self) -> Theory: ...

    @property
    def unknowns(self) -> tuple[Unknown, ...]: ...

    @property
    def log_likelihood(self) -> float: ...

    @property
    def goodness(self) -> Goodness: ...

    @property
    def values(self) -> dict[str, float]: ...

    @property
    def estimates(self) -> dict[str, float | None]: ...

    @property
    def flat(self) -> Array: ...

    @property
    def branches(self) -> dict[str, tuple[float, ...]]: ...

    def intervals(self, *, level: float) -> Mapping[str, Interval]: ...


def fit_in_words(fit: Fitted, *, level: float = 0.95) -> str:
    """The report that ``print(fit)`` gives."""
    lines = [f"{fit.theory.in_words}: log likelihood {fit.log_likelihood:.4f}", str(fit.goodness)]
    clusters = len(fit.cases.clusters)
    sets = fit.intervals(level=level)
    width = max((len(u.name) for u in fit.unknowns), default=0)
    lines.append(
        f"{level:.0%} sets" + (f", by {clusters} clusters:" if clusters > 1 else ", cases taken as independent:")
    )
    for unknown in fit.unknowns:
        point, found = fit.estimates[unknown.name], sets[unknown.name]
        if unknown.kind == BETWEEN:
            said = f"held within {unknown.low:.4g} to {unknown.high:.4g}, as known"
        elif point is None:
            said = f"{found}; no point: see below"
        else:
            said = f"{point:.4g} ({found})" + (", with what was counted" if unknown.kind == COUNTED else "")
        lines.append(f"  {unknown.name.ljust(width)}  {said}")
    lines += [f"the cases cannot tell: {text}" for text in _flat_in_words(fit)]
    several = [name for name, found in fit.branches.items() if len(found) > 1]
    if several:
        lines.append(
            f"warning: {', '.join(several)} ha{'s' if len(several) == 1 else 've'} several logit equilibria at the "
            "estimate; the likelihood has cliffs there, and branch='best' may fit otherwise (see fit.branches)"
        )
    dispersion = fit.goodness.dispersion
    if dispersion > 2 and clusters < 2:
        lines.append(
            f"warning: choices vary {dispersion:.1f} times as much as alike and independent cases would; code a "
            "cluster column, or fit unlike counties separately: pooled, their means are biased"
        )
    return "\n".join(lines)


def _flat_in_words(fit: Fitted) -> list[str]:
    flat = fit.flat
    if not flat.shape[1]:
        return []
    names = [u.name for u in fit.unknowns]
    spans = np.array([u.span for u in fit.unknowns])
    found = []
    if isinstance(fit.design, Design):
        values = {n: float(getattr(fit.design.model, n)) for n in fit.design.model.parameters()} | fit.values
        known = named_directions(values, names) if {"baseline_success", "cost_answer"} <= values.keys() else {}
        for title, direction in known.items():
            unit = direction / spans / np.linalg.norm(direction / spans)
            if np.linalg.norm(unit - flat @ (flat.T @ unit)) < _NULL:
                found.append(f"{title} ({direction_in_words(direction, names)})")
                flat = _without(flat, unit)
    return found + [direction_in_words(direction * spans, names) for direction in flat.T]


def _without(flat: Array, unit: Array) -> Array:
    rest = flat - np.outer(unit, unit @ flat)
    left, sizes, _ = np.linalg.svd(rest, full_matrices=False)
    return np.asarray(left[:, sizes > _NULL])
