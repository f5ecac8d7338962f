"""Liability rules: who is charged for a failure, and how much (model.md section 2)."""

from __future__ import annotations

from typing import Any

from blamegame.models.arithmetic import positive_part, ratio_or_zero

Cells = list[list[Any]]
"""A value for each cell: two rows (assist, push) of three columns (work, escalate, formalism)."""


def territorial_shares(p: dict[str, Any]) -> tuple[Cells, Cells]:
    """Shares of liability by territory and letters: (upper's, lower's), before any causal attribution.

    Lower starts with ``responsibility``; a push that is not traced back moves ``push_strength`` of upper's share
    down; asking moves ``escalation_shield`` up; traces extinguish ``trace_shield``; tolerance waives good faith, and
    ``tolerance_risk`` of what it waives for lower's work falls on upper, who tolerated.
    """
    r_assist = p["responsibility"]
    r_push = r_assist + p["push_strength"] * (1 - p["upward_tracing"]) * (1 - r_assist)
    good_faith = 1 - p["tolerance"]
    asked = 1 - p["escalation_shield"]
    on_paper = 1 - (1 - p["substantive_inspection"]) * p["trace_shield"]
    lower = [[r * good_faith, r * asked, r * on_paper] for r in (r_assist, r_push)]
    up_assist = good_faith * (1 - r_assist)
    up_push = 1 - r_push
    vouched = p["tolerance_risk"] * p["tolerance"]
    upper = [
        [up_assist + vouched * r_assist, good_faith * (1 - r_assist + r_assist * p["escalation_shield"]), up_assist],
        [up_push + vouched * r_push, up_push + r_push * p["escalation_shield"] * (1 - p["diffusion"]), up_push],
    ]
    return upper, lower


def causal_shares(success: Cells) -> tuple[Cells, Cells]:
    """Shares by cause: how far success fell because an office left its duty (assist, work); (upper's, lower's).

    Nobody is charged where nobody's departure mattered.

    References
    ----------
    Bartling and Fischbacher (2012), "Shifting the Blame: On Delegation and Responsibility", Rev. Econ. Stud. 79.
    """
    upper: Cells = [[0] * 3, [0] * 3]
    lower: Cells = [[0] * 3, [0] * 3]
    for i in range(2):
        for j in range(3):
            raw_upper = positive_part(success[0][j] - success[i][j])
            raw_lower = positive_part(success[i][0] - success[i][j])
            total = raw_upper + raw_lower
            upper[i][j] = ratio_or_zero(raw_upper, total)
            lower[i][j] = ratio_or_zero(raw_lower, total)
    return upper, lower


def mixed_shares(p: dict[str, Any], success: Cells) -> tuple[Cells, Cells]:
    """(1 - causal_weight) territorial + causal_weight causal."""
    territorial = territorial_shares(p)
    weight = p["causal_weight"]
    if isinstance(weight, int | float) and weight == 0:  # the rule is not in use: keep formulas and kernels short
        return territorial
    if not hasattr(weight, "__len__") and weight == 0:
        return territorial
    causal = causal_shares(success)
    upper, lower = (
        [[(1 - weight) * t + weight * c for t, c in zip(row_t, row_c)] for row_t, row_c in zip(by_place, by_cause)]
        for by_place, by_cause in zip(territorial, causal)
    )
    return upper, lower
