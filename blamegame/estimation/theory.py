"""How choices are made, as what a fit needs: quantal response first, then its rivals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.general_branch import general_choices
from blamegame.estimation.likelihood import Predict
from blamegame.estimation.quantal_response import alike_choices, logit_choices
from blamegame.estimation.unknown import BEHAVIOUR, Unknown
from blamegame.games.strategic import Array

_LEAST, _MOST = 1e-4, 1000.0  # of the precision, in units of 1 / the largest range of payoffs


@runtime_checkable
class Theory(Protocol):
    """What a fit asks of a theory of choice."""

    @property
    def in_words(self) -> str:
        """What offices are taken to do."""

    @property
    def scan(self) -> int:
        """At how many points the likelihood is looked at before the climbs: 0 where it has one hump or few."""

    @property
    def smooth(self) -> bool:
        """Whether the likelihood has no steps; with steps its maximum is found by looking ever closer."""

    def behaviour(self, design: Design | Experiment) -> tuple[Unknown, ...]:
        """The numbers of behaviour it estimates beside the parameters of the model."""

    def predictor(self, design: Design | Experiment, names: tuple[str, ...], counts: Array) -> Predict:
        """Log probabilities of the K cells and their derivatives in (names, behaviour)."""


@dataclass(frozen=True)
class QuantalResponse:
    """Logit equilibrium: each action with probability proportional to exp(precision x its expected payoff).

    Attributes
    ----------
    branch : where several logit equilibria exist, the ``"principal"`` one, on the branch from uniform play, or the
        ``"best"``, which makes each regime's cases likeliest

    References
    ----------
    McKelvey and Palfrey (1995), "Quantal response equilibria for normal form games", Games Econ. Behav. 10.
    """

    branch: str = "principal"

    def __post_init__(self) -> None:
        if self.branch not in ("principal", "best"):
            raise CasesError(f"branch={self.branch!r}; it is 'principal' or 'best'")

    @property
    def in_words(self) -> str:
        """What offices are taken to do."""
        return f"logit equilibrium ({self.branch} branch)"

    @property
    def scan(self) -> int:
        """Few humps."""
        return 0

    @property
    def smooth(self) -> bool:
        """But for cliffs where the branch folds."""
        return True

    def behaviour(self, design: Design | Experiment) -> tuple[Unknown, ...]:
        """The precision, unless it is known."""
        return () if design.rationality is not None else (precision_unknown(design),)

    def predictor(self, design: Design | Experiment, names: tuple[str, ...], counts: Array) -> Predict:
        """See :class:`Theory`."""
        n, known = len(names), design.rationality
        held = None if known is None else float(known)
        symmetric = isinstance(design, Experiment) and design.symmetric
        if symmetric:
            if self.branch != "principal":
                raise CasesError("branch='best' is for games of two offices; symmetric games take the principal branch")

            def predict(theta: Array) -> tuple[Array, Array]:
                logs, slopes = alike_choices(symmetric, _rates(theta, n, held))
                return logs.reshape(len(theta), -1), slopes[:, : n + (held is None)].reshape(
                    len(theta), -1, logs[0].size
                )

            return predict
        tables = design.payoffs(names)
        sizes = tuple(len(actions) for _, actions in design.offices)
        scalar = len(sizes) == 2 and 2 in sizes
        if self.branch == "best" and not scalar:
            raise CasesError("branch='best' needs two offices, one of them with two actions; use branch='principal'")
        turned = scalar and sizes[0] != 2
        best = counts.reshape(len(design.regime_names), -1) if self.branch == "best" else None
        if best is not None and turned:
            best = np.roll(best, sizes[1], axis=-1)

        def predict_tables(theta: Array) -> tuple[Array, Array]:
            payoffs, rise = tables.tables(theta[:, :n])
            rates = _rates(theta, n, held)
            if not scalar:
                logs, slopes = _one_by_one(payoffs, rise, rates)
            else:
                if turned:
                    payoffs, rise = (np.swapaxes(np.flip(x, axis=-3), -1, -2) for x in (payoffs, rise))
                wanted = None if best is None else np.broadcast_to(best, (len(theta), *best.shape))
                logs, slopes = logit_choices(payoffs, rise, rates, best_for=wanted)
                if turned:
                    logs, slopes = (np.roll(x, -2, axis=-1) for x in (logs, slopes))
            keep = n + (held is None)
            return logs.reshape(len(theta), -1), slopes[:, :keep].reshape(len(theta), keep, logs[0].size)

        return predict_tables


def precision_unknown(design: Design | Experiment) -> Unknown:
    """The precision of choice as an unknown, in units of 1 / payoff."""
    scale = 1 / payoff_range(design)
    starts = tuple(scale * x for x in (8.0, 3.0, 15.0, 5.0, 1.0))
    return Unknown("rationality", BEHAVIOUR, _LEAST * scale, _MOST * scale, starts, logarithmic=True)


def payoff_range(design: Design | Experiment) -> float:
    """The largest range of an office's payoffs in a regime, at the model's own values."""
    if isinstance(design, Experiment) and design.symmetric:
        return max(max(game.gains) - min(*game.gains, 0.0) for game in design.symmetric)
    tables = design.payoffs(()).tables(np.zeros((1, 0)))[0][0]
    flat = tables.reshape(*tables.shape[:2], -1)
    return float(max(np.ptp(flat, axis=-1).max(), 1e-12))


def _rates(theta: Array, n: int, held: float | None) -> Array:
    return np.exp(theta[:, n]) if held is None else np.full(len(theta), held)


def _one_by_one(payoffs: Array, rise: Array, rates: Array) -> tuple[Array, Array]:
    found = [
        [general_choices(table, change, float(rate)) for table, change in zip(tables, changes)]
        for tables, changes, rate in zip(payoffs, rise, rates)
    ]
    logs = np.array([[one[0] for one in row] for row in found])
    return logs, np.moveaxis(np.array([[one[1] for one in row] for row in found]), 2, 1)
