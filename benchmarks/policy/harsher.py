"""(b) When does harsher accountability backfire? Critical authority against accountability; theorem T3."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from benchmarks.policy.page import listed, percent, write_page
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.plots.style import axes_or_new, legend_below
from blamegame.studies.critical_values import critical_values
from blamegame.studies.parameter_box import PRESSURE_BOX, uniform_draws
from blamegame.verbs import avoidance

QUESTION = "When does harsher accountability backfire?"
SHIELDS = (Fraction(4, 10), Fraction(55, 100), Fraction(7, 10), Fraction(85, 100), Fraction(1))
LEVELS = tuple(Fraction(k, 20) for k in range(1, 61))
HARSHER = 1.6


def main(n: int = 200_000) -> str:
    ax, rows = axes_or_new(None), []
    for shield, style in zip(SHIELDS, ((0, (1, 1)), "-.", "--", (0, (5, 1)), "-")):
        curve = [critical_authority(shield, level) for level in LEVELS]
        grey = str(round(0.75 * float(1 - shield), 2))
        ax.plot([float(level) for level in LEVELS], curve, color=grey, linestyle=style, label=f"{float(shield):g}")
        low, high = curve[LEVELS.index(1)], curve[LEVELS.index(2)]
        says = "backfires" if backfires(Delegation(escalation_shield=shield)) else "helps"
        rows.append([f"{float(shield):g}", f"{low:.4f}", f"{high:.4f}", "backfires" if high > low else "helps", says])
    ax.set_xlabel("accountability (value of success)")
    ax.set_ylabel("critical authority (share)")
    ax.set_title(QUESTION)
    legend_below(ax, columns=5, title="escalation shield (share)")
    return write_page(
        "harsher", QUESTION, _in_words(rows, n),
        ["escalation shield", "critical authority at accountability 1", "at accountability 2",
         "harsher accountability", "theorem T3 says"],
        rows, ax,
        "Critical authority: that above which lower works rather than escalates when upper pushes; exact values at the "
        "default parameters with diffusion 1 and trace shield 0. Theorem T3: it rises with accountability if and only "
        "if (e - t) / (1 - t) > (cost of work - cost of escalating) / ((1 - b) y c), for escalation shield e, "
        "tolerance t, baseline success b, promotability y and lower's credit c. Shares over "
        f"{n:,} draws from the pressure box (small power, big responsibility, hard accountability), with "
        f"accountability times {HARSHER} against times 1.",
    )  # fmt: skip


def critical_authority(shield: Fraction, accountability: Fraction) -> float:
    """The authority at which (push, escalate) stops being an equilibrium.

    All blame that is moved up by asking is lost and traces protect nobody, so that upper always pushes and lower's only
    alternative to working is asking: what is left is lower's choice, which T2 and T3 are about.
    """
    model = Delegation(escalation_shield=shield, accountability=accountability, diffusion=1, trace_shield=0)
    cut = critical_values(model, "authority")
    gone = [piece.high for piece in cut.pieces if ((1,), (1,)) in piece.equilibria]
    return float(max(gone)) if gone else 0.0


def backfires(model: Delegation) -> bool | np.ndarray:
    """T3: (e - t) / (1 - t) > (cost_work - cost_escalate) / ((1 - b) y cl); true for arrays element by element."""
    p = model.values()
    gain = (1 - p["baseline_success"]) * p["promotability"] * p["credit_lower"]
    return (p["escalation_shield"] - p["tolerance"]) * gain > (p["cost_work"] - p["cost_escalate"]) * (
        1 - p["tolerance"]
    )


def _in_words(rows: list[list[str]], n: int) -> str:
    draws = uniform_draws(PRESSURE_BOX, n, rng=np.random.default_rng(21))
    model = Delegation().replace(draws)
    before = avoidance(model, Nash())
    after = avoidance(model.replace(accountability=HARSHER * draws["accountability"]), Nash())
    had, has = before.high.upper > 0, after.high.upper > 0
    agree = "agrees with" if all(row[3] == row[4] for row in rows) else "CONTRADICTS"
    shields = {says: [row[0] for row in rows if row[3] == says] for says in ("backfires", "helps")}
    more, less = (listed(shields[says], joint="or") for says in ("backfires", "helps"))
    return (
        "Once asking shields lower well. Where all blame that is moved up by asking is lost (diffusion 1), paper "
        "trails protect nobody (trace shield 0) and everything else is at its default, lower needs more authority "
        f"before it works under harsher accountability with an escalation shield of {more}, and less with {less}. "
        f"Every row {agree} theorem T3. In the pressure box, where these two parameters vary as well, the condition of "
        f"T3 holds in {percent(np.mean(backfires(model)))} of the draws. Raising accountability there by "
        f"{100 * (HARSHER - 1):.0f} % brings avoidance (in some equilibrium) to {percent(has[~had].mean())} of the "
        f"games that were free of it and ends it in {percent((~has)[had].mean())} of those that had it; its share of "
        f"all games goes from {percent(had.mean())} to {percent(has.mean())}."
    )


if __name__ == "__main__":
    print(main())
