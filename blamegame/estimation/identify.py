"""What cases can tell, before the first one is read: rank, standard errors, unseen directions, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design
from blamegame.estimation.facts import Between, Counted
from blamegame.estimation.null_directions import UNIT, direction_in_words, named_directions
from blamegame.estimation.problem import unknowns_of
from blamegame.estimation.theory import QuantalResponse
from blamegame.estimation.unknown import FREE, Unknown
from blamegame.games.strategic import Array
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform

LEAST_CASES = 25
_RANK, _NULL = 1e-9, 1e-7
_NEXT = 5


@dataclass(frozen=True)
class Precision:
    """What the cases would tell about one unknown.

    Attributes
    ----------
    name : of the unknown
    standard_error : least possible (Cramer-Rao) with the cases planned, in its own unit; inf where they tell nothing
    share_of_range : that error over the length of the range (over the value, for the precision of choice)
    status : "identified" (a quarter of the range or less), "weak", or "not identified"
    cases_needed : in each regime, for a quarter of the range; None where no number of cases is enough
    """

    name: str
    standard_error: float
    share_of_range: float
    status: str
    cases_needed: int | None


@dataclass(frozen=True, eq=False)
class Identification:
    """Built by :func:`identify`.

    Attributes
    ----------
    design : what would be observed
    cases_per_regime : how much of it
    precisions : one for each unknown
    rank : of the choice probabilities in the unknowns
    unseen : named directions in which no choice moves, and others in numbers
    warnings : what the identification rests on beside the cases
    next_regimes : single reforms, the most informative first, each with the mean share-of-range error after it
    next_facts : parameters whose exact knowledge would help the others most, with that error
    singular_values, directions : of the standardised problem, largest first: directions [Q, Q] by column
    """

    design: Design
    cases_per_regime: int
    precisions: tuple[Precision, ...]
    rank: int
    unseen: tuple[str, ...]
    warnings: tuple[str, ...]
    next_regimes: tuple[tuple[str, float], ...]
    next_facts: tuple[tuple[str, float], ...]
    singular_values: Array
    directions: Array

    def __str__(self) -> str:
        lines = [
            f"{self.rank} of {len(self.precisions)} unknowns can be told from {len(self.design.regimes)} "
            f"regime{'s' * (len(self.design.regimes) != 1)}; with {self.cases_per_regime} cases in each:"
        ]
        width = max(len(p.name) for p in self.precisions)
        for p in self.precisions:
            error = "no bound" if np.isinf(p.standard_error) else f"+- {p.standard_error:.3f}"
            need = "" if p.cases_needed is None else f"; {p.cases_needed} cases a regime for a quarter of the range"
            lines.append(f"  {p.name.ljust(width)}  {error}  {p.status}{need}")
        lines += [f"unseen: {text}" for text in self.unseen]
        lines += [f"warning: {text}" for text in self.warnings]
        if self.next_regimes:
            lines.append("observe next: " + ", ".join(name for name, _ in self.next_regimes))
        if self.next_facts:
            lines.append("ask first: " + ", ".join(name for name, _ in self.next_facts))
        return "\n".join(lines)


def identify(
    design: Design,
    *,
    cases_per_regime: int = 100,
    at: Mapping[str, float] | None = None,
    candidates: Iterable[Reform] = CATALOGUE,
) -> Identification:
    """What a design can tell, at assumed values of its unknowns.

    Parameters
    ----------
    cases_per_regime : of each office
    at : assumed values, such as ``{"rationality": 8}``; the model's own otherwise
    candidates : reforms that might be observed next, each alone

    Notes
    -----
    The Jacobian of log probabilities, weighted by the square root of the probabilities, has as many singular values
    above 1e-9 as there are numbers to be told. Rank is not enough: *identified* also asks for a Cramer-Rao standard
    error of at most a quarter of the range. Facts that hold for certain enter with the variance of a uniform draw.
    The next regimes are chosen greedily by the mean of the variances in units of the range.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> free = ["authority", "escalation_shield", "diffusion"]
    >>> found = identify(Design(Delegation(), {"base": [], "list": ["list"]}, free), at={"rationality": 8})
    >>> [round(p.standard_error, 3) for p in found.precisions[:3]], found.rank
    ([0.07, 0.124, 0.107], 4)
    """
    if isinstance(cases_per_regime, bool) or not isinstance(cases_per_regime, int) or cases_per_regime < 1:
        raise CasesError(f"cases_per_regime={cases_per_regime!r} is not a whole number of at least 1")
    unknowns = unknowns_of(design, QuantalResponse())
    if not unknowns:
        raise CasesError("nothing is free and the precision is known; there is nothing to identify")
    theta = _assumed(unknowns, at or {})
    observed = set(design.regimes.values())
    more = {f"next {r.name}": (r,) for r in candidates if (r,) not in observed}
    regimes = {**design.regimes, **more}
    blocks = _blocks(Design(design.model, regimes, design.free, design.facts, design.rationality), theta)
    seen, ahead = blocks[: len(design.regimes)], blocks[len(design.regimes) :]
    spans = np.array([unknown.span for unknown in unknowns])
    jacobian = np.concatenate(list(seen)) * spans
    _, singular, turned = np.linalg.svd(jacobian, full_matrices=True)
    singular = np.concatenate([singular, np.zeros(len(unknowns) - len(singular))])[: len(unknowns)]
    rank = _rank(jacobian)
    known = _known(design, unknowns, theta) * spans**2
    told = _information(seen, spans, cases_per_regime) + np.diag(known)
    variance = _variances(told)
    precisions = tuple(_precision(u, x, v, cases_per_regime) for u, x, v in zip(unknowns, theta, variance))
    names = [u.name for u in unknowns]
    values = {**{n: float(getattr(design.model, n)) for n in design.model.parameters()}}
    values |= {u.name: u.outside(x) for u, x in zip(unknowns, theta)}
    named = named_directions(values, names) if {"baseline_success", "cost_answer"} <= values.keys() else {}
    unseen = _unseen(jacobian, spans, named, names, rank)
    return Identification(
        design=design,
        cases_per_regime=cases_per_regime,
        precisions=precisions,
        rank=rank,
        unseen=unseen,
        warnings=_warnings(design, seen, spans, named),
        next_regimes=_next_regimes(told, [n[5:] for n in more], ahead, spans, cases_per_regime),
        next_facts=_next_facts(told, unknowns),
        singular_values=singular,
        directions=turned.T,
    )


def _assumed(unknowns: tuple[Unknown, ...], at: Mapping[str, float]) -> Array:
    strangers = set(at) - {u.name for u in unknowns}
    if strangers:
        raise CasesError(f"{sorted(strangers)[0]!r} is not an unknown of this design; set it in the model")
    return np.array([u.inside(float(at.get(u.name, u.starts[0]))) for u in unknowns])


def _blocks(design: Design, theta: Array) -> Array:
    """For each regime the weighted Jacobian, [G, cells of a regime, Q]."""
    predict = QuantalResponse().predictor(design, design.varied, np.zeros(0))
    logs, slopes = predict(theta[None])
    weighted = (slopes[0] * np.exp(logs[0] / 2)).T
    return np.asarray(weighted.reshape(len(design.regimes), -1, len(theta)))


def _rank(jacobian: Array) -> int:
    norms = np.linalg.norm(jacobian, axis=0)
    singular = np.linalg.svd(jacobian / np.where(norms > 0, norms, 1.0), compute_uv=False)
    return int((singular > _RANK * max(singular.max(initial=0.0), 1e-300)).sum())


def _information(blocks: Array, spans: Array, cases: int) -> Array:
    jacobian = np.concatenate(list(blocks)) * spans
    return np.asarray(cases * jacobian.T @ jacobian)


def _known(design: Design, unknowns: tuple[Unknown, ...], theta: Array) -> Array:
    """Information of the facts themselves."""
    out = np.zeros(len(theta))
    for k, (unknown, x) in enumerate(zip(unknowns, theta)):
        fact = design.facts.get(unknown.name)
        if isinstance(fact, Between):
            out[k] = 12 / max(float(fact.high - fact.low), 1e-9) ** 2
        elif isinstance(fact, Counted):
            out[k] = fact.n / max(x * (1 - x), 1e-9)
    return out


def _variances(information: Array) -> Array:
    """Diagonal of the inverse; inf for what loads on a direction without information."""
    values, vectors = np.linalg.eigh(information)
    flat = values <= _RANK**1.5 * max(values.max(initial=0.0), 1e-300)
    loads = (np.abs(vectors[:, flat]) > 1e-6).any(axis=1)
    inverse = (vectors[:, ~flat] ** 2 / values[~flat]).sum(axis=1)
    return np.where(loads, np.inf, inverse)


def _precision(unknown: Unknown, x: float, variance: float, cases: int) -> Precision:
    share = float(np.sqrt(variance))
    error = share * unknown.span * (unknown.outside(x) if unknown.logarithmic else 1.0)
    if np.isinf(share):
        return Precision(unknown.name, np.inf, np.inf, "not identified", None)
    needed = max(LEAST_CASES, ceil(cases * (share / 0.25) ** 2 - 1e-9))
    return Precision(unknown.name, error, share, "identified" if share <= 0.25 else "weak", needed)


def _unseen(jacobian: Array, spans: Array, named: Mapping[str, Array], names: list[str], rank: int) -> tuple[str, ...]:
    missing = len(names) - rank
    found, used = [], np.zeros((len(names), 0))
    for title, direction in named.items():
        if missing and _still(jacobian, direction / spans):
            found.append(f"{title} ({direction_in_words(direction, names)})")
            used = np.column_stack([used, direction / spans])
    _, _, turned = np.linalg.svd(jacobian, full_matrices=True)
    null = turned[rank:].T
    if used.shape[1]:
        basis, _ = np.linalg.qr(used)
        null = null - basis @ (basis.T @ null)
    _, sizes, rest = np.linalg.svd(null.T, full_matrices=False) if null.size else (0, np.zeros(0), np.zeros((0, 0)))
    for size, direction in zip(sizes, rest):
        if size > 1e-4:
            found.append(direction_in_words(direction * spans, names))
    return tuple(found)


def _still(jacobian: Array, direction: Array) -> bool:
    moved = np.abs(jacobian @ direction).max()
    return bool(moved <= _NULL * (np.abs(jacobian) @ np.abs(direction)).max())


def _warnings(design: Design, seen: Array, spans: Array, named: Mapping[str, Array]) -> tuple[str, ...]:
    if UNIT not in named:
        return ()
    direction = named[UNIT] / spans
    if _still(np.concatenate(list(seen)) * spans, direction):
        return ()
    credits = {"credit_lower", "credit_upper"}
    adding = {
        name
        for name, bundle in design.regimes.items()
        if any(edit.parameter in credits and edit.add for reform in bundle for edit in reform.edits)
    }
    kept = [block for name, block in zip(design.regimes, seen) if name not in adding]
    if adding and kept and _still(np.concatenate(kept) * spans, direction):
        return (
            f"only the points of credit that {', '.join(sorted(adding))} are assumed to add pin the unit of payoff: "
            "how strong these reforms are is an assumption, not a finding",
        )
    return ()


def _mean_error(information: Array) -> float:
    variances = _variances(information + 1e-9 * np.eye(len(information)))
    return float(np.sqrt(np.minimum(variances, 1e9).mean()))


def _next_regimes(
    told: Array, names: list[str], blocks: Array, spans: Array, cases: int
) -> tuple[tuple[str, float], ...]:
    left = {name: _information(block[None], spans, cases) for name, block in zip(names, blocks)}
    chosen: list[tuple[str, float]] = []
    while left and len(chosen) < _NEXT:
        error, name = min((_mean_error(told + more), name) for name, more in left.items())
        told = told + left.pop(name)
        chosen.append((name, error))
    return tuple(chosen)


def _next_facts(told: Array, unknowns: tuple[Unknown, ...]) -> tuple[tuple[str, float], ...]:
    found = []
    for k, unknown in enumerate(unknowns):
        if unknown.kind == FREE and len(unknowns) > 1:
            rest = [j for j in range(len(unknowns)) if j != k]
            found.append((unknown.name, _mean_error(told[np.ix_(rest, rest)])))
    return tuple(sorted(found, key=lambda item: (item[1], item[0]))[:_NEXT])
