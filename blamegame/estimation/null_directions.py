"""Directions in which parameters of the delegation model may move together without any choice changing, by name.

The stake: u = y cl b + (1-b) [y cl X - A (1-X) share] - cost, so choices depend on b, the costs, f and the precision
only through precision (1-b), cost / (1-b) and f / (1-b). The unit: payoffs and precision rescale each other. The others
are products and sums of parameters that never occur apart unless a regime edits one of them alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from blamegame.games.strategic import Array

LOWER_COSTS = ("cost_work", "cost_escalate", "cost_formalism")
UPPER_COSTS = ("cost_assist", "cost_push")
COSTS = (*LOWER_COSTS, *UPPER_COSTS, "cost_answer")
STAKE, UNIT = "the stake", "the unit of payoff"


def named_directions(values: Mapping[str, float], names: Sequence[str]) -> dict[str, Array]:
    """Every named direction whose parameters are all among ``names``, on the scale of the fit (log precision).

    Parameters
    ----------
    values : of the model's parameters
    names : of the unknowns, "rationality" among them where it is estimated
    """
    v = values
    b, detected = v["baseline_success"], v["substantive_inspection"]
    found: dict[str, dict[str, float]] = {
        STAKE: {
            "baseline_success": 1.0,
            **{name: -v[name] / (1 - b) for name in (*COSTS, "formalism_sanction")},
            "rationality": 1 / (1 - b),
        },
        UNIT: {
            **{name: v[name] for name in ("accountability", "credit_lower", "credit_upper", *COSTS)},
            "formalism_sanction": v["formalism_sanction"],
            "rationality": -1.0,
        },
        "promotability x credit_lower, of which only the product counts": {
            "promotability": v["promotability"],
            "credit_lower": -v["credit_lower"],
        },
        "push_strength x (1 - upward_tracing), of which only the product counts": {
            "push_strength": v["push_strength"],
            "upward_tracing": 1 - v["upward_tracing"],
        },
        "cost_formalism + substantive_inspection x formalism_sanction, of which only the sum counts": {
            "cost_formalism": detected,
            "formalism_sanction": -1.0,
        },
        "the common level of lower's costs": dict.fromkeys(LOWER_COSTS, 1.0),
        "the common level of upper's costs": dict.fromkeys(UPPER_COSTS, 1.0),
    }
    place = {name: k for k, name in enumerate(names)}
    out = {}
    for title, parts in found.items():
        moved = {name: size for name, size in parts.items() if size}
        if moved and set(moved) <= place.keys():
            vector = np.zeros(len(names))
            for name, size in moved.items():
                vector[place[name]] = size
            out[title] = vector
    return out


def direction_in_words(direction: Array, names: Sequence[str]) -> str:
    """What moves together, the largest first.

    >>> direction_in_words(np.array([0.1, -0.2, 0.0]), ["authority", "diffusion", "tolerance"])
    'diffusion up 1, authority down 0.5'
    """
    size = np.abs(direction).max()
    order = np.argsort(-np.abs(direction), kind="stable")
    parts = [
        f"{names[k]} {'up' if direction[k] * direction[order[0]] > 0 else 'down'} {abs(direction[k]) / size:.2g}"
        for k in order
        if abs(direction[k]) > 0.01 * size
    ]
    return ", ".join(parts)
