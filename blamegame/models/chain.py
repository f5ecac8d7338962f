"""A chain of tiers: each tier but the last shoulders the mandate or pushes it down, and the last decides what to do."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array
from blamegame.models.assemble import assemble
from blamegame.models.delegation import Delegation

_MOST_TIERS = 12


@dataclass(frozen=True, eq=False)
class Chain(Delegation):
    """N tiers and one mandate (model.md section 5); two tiers are the delegation game itself.

    ``responsibility`` is the nominal share of the last tier; the tiers above share the rest equally. A push moves
    ``push_strength`` of what a tier carries, its own share and what was pushed onto it, one tier down. Every assisting
    tier closes ``assistance`` of the authority gap that is left. Escalation moves ``escalation_shield`` of the last
    tier's liability one tier up, and ``diffusion`` of it is lost if that tier pushed. ``tolerance_risk`` of what is
    waived for the good faith of one tier (assist, work) falls on the tier above it.

    *Mutual avoidance* is the event that the tier above the last pushes and the last escalates or complies on paper.

    Examples
    --------
    >>> Chain(tiers=2).stage_game().payoffs.tolist() == Delegation().stage_game().payoffs.tolist()
    True
    >>> Chain(tiers=4).stage_game()
    <StrategicGame 2 x 2 x 2 x 3, players tier 1, tier 2, tier 3, tier 4, exact>
    """

    tiers: int = 3

    def __post_init__(self) -> None:
        if isinstance(self.tiers, bool) or not isinstance(self.tiers, int) or not 2 <= self.tiers <= _MOST_TIERS:
            raise ModelError(f"tiers={self.tiers!r} is not a whole number from 2 to {_MOST_TIERS}")
        super().__post_init__()
        if not isinstance(self.causal_weight, Fraction) or self.causal_weight != 0:
            raise ModelError(
                f"causal_weight={self.causal_weight} is not for chains; causal liability is for two tiers only"
            )

    @property
    def players(self) -> tuple[str, ...]:  # type: ignore[override]  # depends on the number of tiers
        return ("upper", "lower") if self.tiers == 2 else tuple(f"tier {i + 1}" for i in range(self.tiers))

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:  # type: ignore[override]
        return (("assist", "push"),) * (self.tiers - 1) + (("work", "escalate", "formalism"),)

    @property
    def avoidance(self) -> Array:
        """Mutual avoidance as a boolean array over action profiles."""
        event = np.zeros(self._shape, dtype=bool)
        event[..., 1, 1:] = True
        return event

    @property
    def _shape(self) -> tuple[int, ...]:
        return (2,) * (self.tiers - 1) + (3,)

    def success(self) -> Array:
        """Probability of success in each cell, shape [*batch, 2, ..., 2, 3]."""
        p = self.values()
        cells = [_success(p, cell) for cell in product(*map(range, self._shape))]
        return assemble(cells, self.batch_shape).reshape((*self.batch_shape, *self._shape))

    def liabilities(self, pushes: tuple[bool, ...]) -> list[Any]:
        """What each tier carries after the pushes (one bool for each tier but the last), before shields and waivers.

        With equal shares and everyone pushing the last tier carries (1 - k^N) / (N (1 - k)).

        >>> third = Chain(tiers=3, responsibility=Fraction(1, 3), push_strength=Fraction(1, 2))
        >>> third.liabilities((True, True))[-1]
        Fraction(7, 12)
        """
        return _liabilities(self.values(), self.tiers, pushes)

    def payoffs(self) -> Array:
        """Payoffs of every tier in each cell, shape [*batch, tiers, 2, ..., 2, 3]; symbolic where a parameter is."""
        p = self.values()
        cells = [_payoffs(p, self.tiers, cell) for cell in product(*map(range, self._shape))]
        table = assemble([list(tier) for tier in zip(*cells)], self.batch_shape)
        return table.reshape((*self.batch_shape, self.tiers, *self._shape))


def _success(p: dict[str, Any], cell: tuple[int, ...]) -> Any:
    b = p["baseline_success"]
    if cell[-1] == 0:
        gap = 1 - p["authority"]
        for push in cell[:-1]:
            gap = gap if push else gap * (1 - p["assistance"])
        return b + (1 - b) * (1 - gap)
    if cell[-1] == 1 and not cell[-2]:
        return b + (1 - b) * p["answer_competence"]
    return b


def _liabilities(p: dict[str, Any], tiers: int, pushes: tuple[Any, ...]) -> list[Any]:
    shares = [(1 - p["responsibility"]) / (tiers - 1)] * (tiers - 1) + [p["responsibility"]]
    moves = p["push_strength"] * (1 - p["upward_tracing"])
    for tier, push in enumerate(pushes):
        if push:
            shares[tier + 1] = shares[tier + 1] + moves * shares[tier]
            shares[tier] = (1 - moves) * shares[tier]
    return shares


def _payoffs(p: dict[str, Any], tiers: int, cell: tuple[int, ...]) -> list[Any]:
    """Payoff of each tier in one cell."""
    pushes, last = cell[:-1], cell[-1]
    success = _success(p, cell)
    sanction = p["accountability"] * (1 - success)
    carried = _liabilities(p, tiers, pushes)
    bottom = carried[-1]
    if last == 1:
        carried[-1] = bottom * (1 - p["escalation_shield"])
        moved = bottom * p["escalation_shield"]
        carried[-2] = carried[-2] + (moved * (1 - p["diffusion"]) if pushes[-1] else moved)
    elif last == 2:
        carried[-1] = bottom * (1 - (1 - p["substantive_inspection"]) * p["trace_shield"])
    waived = [p["tolerance"] * share if action == 0 else 0 * share for share, action in zip(carried, cell)]
    vouched = [p["tolerance_risk"] * share for share in (*waived[1:], 0)]
    charged = [share - less + more for share, less, more in zip(carried, waived, vouched)]
    out = []
    for tier, push in enumerate(pushes):
        answers = tier == tiers - 2 and last == 1 and not push
        cost = p["cost_push"] if push else p["cost_assist"] + (p["cost_answer"] if answers else 0)
        out.append(p["credit_upper"] * success - sanction * charged[tier] - cost)
    costs = (
        p["cost_work"],
        p["cost_escalate"],
        p["cost_formalism"] + p["substantive_inspection"] * p["formalism_sanction"],
    )
    out.append(p["promotability"] * p["credit_lower"] * success - sanction * charged[-1] - costs[last])
    return out
