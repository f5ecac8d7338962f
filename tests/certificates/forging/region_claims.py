"""Region claims with their proofs, and a slow prover of bounds."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from blamegame.certificates.claims import (
    RegionAvoidable,
    RegionBounds,
    RegionEntrenched,
    RegionFails,
    RegionRefuted,
    RegionRemoves,
)
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.scenario import load

KINDS: dict[str, Any] = {
    claim.kind: claim for claim in (RegionRemoves, RegionFails, RegionEntrenched, RegionAvoidable, RegionRefuted)
}
PROOFS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "regions.json").read_text(encoding="utf-8"))
"""Found by linear programming; nothing here trusts them. Scenario, bundle, relative width of the box, event, proof."""


def around(model: Any, within: Fraction) -> dict[str, tuple[Fraction, Fraction]]:
    """Every parameter within a relative distance, in its range."""
    box = {}
    for name, spec in model.parameters().items():
        value = getattr(model, name)
        low, high = max(value - within * value, spec.low), value + within * value
        high = high if spec.high is None else min(high, spec.high)
        if low < high:
            box[name] = (low, high)
    return box


def region_claim(name: str) -> Any:
    made = PROOFS[name]
    model = load(made["scenario"]).model.exact()
    event = [tuple(cell) for cell in made["event"]]
    kind, box = KINDS[made["kind"]], around(model, Fraction(made["within"]))
    return kind(model, box, CATALOGUE, made["bundle"], event, made["proof"], made["robust"])


def bound_claim(*, relation: str, player: str | None, bound: Fraction, within: Fraction) -> RegionBounds:
    """A bound at the county, proved by weights that a linear programme finds at corners of the box."""
    from scipy.optimize import linprog

    model = load("h_county").model.exact()
    box, event, rng = around(model, within), model.avoidance, random.Random(1)
    deviations = [(0, a, b) for a in range(2) for b in range(2) if a != b]
    deviations += [(1, a, b) for a in range(3) for b in range(3) if a != b]
    side, rows, right = (1 if relation == "<=" else -1), [], []
    for _ in range(200):
        corner = {name: rng.choice(ends) for name, ends in box.items()}
        payoffs = model.replace(corner).payoffs().astype(float)
        for i, j in np.ndindex(2, 3):
            measured = payoffs[["upper", "lower"].index(player), i, j] if player else float(event[i, j])
            gains = [
                (payoffs[0, i, j] - payoffs[0, b, j]) * (a == i)
                if p == 0
                else (payoffs[1, i, j] - payoffs[1, i, b]) * (a == j)
                for p, a, b in deviations
            ]
            rows.append([*gains, 1.0])  # side (m - bound) + f + slack <= 0
            right.append(-side * (measured - float(bound)))
    found = linprog([0.0] * 8 + [-1.0], A_ub=rows, b_ub=right, bounds=[(0, 1000)] * 8 + [(None, 1)])
    labels = model.actions
    vector = [
        [model.players[p], labels[p][a], labels[p][b], Fraction(round(y * 1000), 1000)]
        for (p, a, b), y in zip(deviations, found.x)
        if round(y * 1000)
    ]
    evidence = {"vectors": [vector], "tree": {"correlated": 0}}
    return RegionBounds(model, box, CATALOGUE, [], event, evidence, False, bound, relation, player)
