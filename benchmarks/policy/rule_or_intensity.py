"""(c) Does it help more to change who is charged (attribution rule) or how hard (intensity of accountability)?"""

from __future__ import annotations

import numpy as np

from benchmarks.policy.page import percent, write_page
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.plots.style import DARK, MIDDLE, axes_or_new, legend_below
from blamegame.studies.parameter_box import PRESSURE_BOX, uniform_draws
from blamegame.verbs import avoidance

QUESTION = "Change whom to charge, or how hard?"
WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
INTENSITIES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


def main(n: int = 20_000) -> str:
    draws = uniform_draws(PRESSURE_BOX, n, rng=np.random.default_rng(22))
    model = Delegation().replace(draws)
    share = {
        (weight, times): float(
            (avoidance(
                model.replace(causal_weight=weight, accountability=times * draws["accountability"]), Nash()
            ).high.upper > 0).mean()
        )
        for weight in WEIGHTS
        for times in INTENSITIES
    }  # fmt: skip
    ax = axes_or_new(None)
    looks = zip(WEIGHTS, ("o", "s", "^", "D", "v"), (DARK, "0.35", MIDDLE, "0.6", "0.8"))
    for weight, marker, colour in looks:
        ax.plot(
            INTENSITIES, [100 * share[weight, times] for times in INTENSITIES], marker=marker, color=colour,
            markeredgecolor="black", label=f"{weight:g}",
        )  # fmt: skip
    ax.set_xlabel("accountability (multiple of its value in the box)")
    ax.set_ylabel("games with avoidance (%)")
    ax.set_ylim(0, 100)
    ax.set_title(QUESTION)
    legend_below(ax, columns=5, title="causal weight (0: by territory, 1: by cause)")
    rows = [[f"x {times:g}", *(percent(share[weight, times]) for weight in WEIGHTS)] for times in INTENSITIES]
    return write_page(
        "rule_or_intensity", QUESTION, _in_words(share),
        ["accountability", *(f"causal weight {weight:g}" for weight in WEIGHTS)], rows, ax,
        "Share of games in which some Nash equilibrium has avoidance, over "
        f"{n:,} draws from the pressure box (small power, big responsibility, hard accountability), the same for every "
        "cell of the table.",
    )  # fmt: skip


def _in_words(share: dict[tuple[float, float], float]) -> str:
    by_intensity = [share[0.0, times] for times in INTENSITIES]
    by_rule = [share[weight, 1.0] for weight in WEIGHTS]
    best_rule = WEIGHTS[int(np.argmin(by_rule))]
    hard, soft = share[0.0, INTENSITIES[-1]], share[0.0, INTENSITIES[0]]
    hard_causal, soft_causal = share[1.0, INTENSITIES[-1]], share[1.0, INTENSITIES[0]]
    return (
        "Whom. The territorial rule (causal weight 0) charges by nominal responsibility, as letters have moved it down "
        "or up, whatever caused the failure; the causal rule (weight 1) charges by whose action lowered the chance of "
        f"success. Under the territorial rule avoidance is possible in {percent(min(by_intensity))} to "
        f"{percent(max(by_intensity))} of the games at every intensity of accountability from {INTENSITIES[0]:g} to "
        f"{INTENSITIES[-1]:g} times; charging half by cause brings {percent(share[0.0, 1.0])} down to "
        f"{percent(share[0.5, 1.0])} at unchanged intensity, and of the weights tried {best_rule:g} is best there, "
        f"with {percent(min(by_rule))}. The rule also decides what intensity does: from the softest to the hardest, "
        f"avoidance goes from {percent(soft)} to {percent(hard)} of the games under the territorial rule and from "
        f"{percent(soft_causal)} to {percent(hard_causal)} under the causal one."
    )


if __name__ == "__main__":
    print(main())
