"""(e) Does the cheapest bundle still work when the parameters are not known exactly? Shares of draws, and a box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.policy.page import bundle_words, listed, percent, reforms_explained, write_page
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.plots.style import DARK, LIGHT, axes_or_new, legend_below, words
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.studies.parameter_box import uniform_draws
from blamegame.studies.prim import Limit, Prim, prim
from blamegame.verbs import avoidance

QUESTION = "Does the cheapest bundle survive uncertain parameters?"
AROUND = 0.3


def main(n: int = 50_000) -> str:
    plan = search(Delegation())
    box = uncertain()
    draws = uniform_draws(box, n, rng=np.random.default_rng(23))
    model = Delegation().replace(draws)
    bundles = [(), *dict.fromkeys([*plan.minimal, *plan.robust_minimal])]
    works = {bundle: avoidance(apply(model, choose(CATALOGUE, bundle)), Nash()).high.upper == 0 for bundle in bundles}
    ranked = sorted(bundles, key=lambda bundle: (-works[bundle].mean(), len(bundle), bundle))
    robust = set(plan.robust_minimal)
    ax = axes_or_new(None, size=(7.4, 1.4 + 0.22 * len(ranked)))
    for line, bundle in enumerate(ranked):
        kind = bundle in robust
        ax.barh(line, 100 * works[bundle].mean(), 0.7, color=DARK if kind else LIGHT, edgecolor="0.3", linewidth=0.5)
    for colour, label in ((DARK, "robust: no further reform undoes it"), (LIGHT, "other")):
        ax.barh([0], [0], color=colour, edgecolor="0.3", label=label)
    ax.set_yticks(range(len(ranked)), [bundle_words(bundle) for bundle in ranked], fontsize=7)
    ax.set_ylim(len(ranked) - 0.4, -0.6)
    ax.set_xlabel(
        f"draws without avoidance in any equilibrium (%),\nparameters within {100 * AROUND:.0f} % of the defaults"
    )
    ax.set_title(QUESTION)
    legend_below(ax, columns=2, drop=0.75)
    costs = {bundle: sum(reform.cost for reform in choose(CATALOGUE, bundle)) for bundle in bundles}
    rows = [
        [bundle_words(bundle), costs[bundle], percent(works[bundle].mean()), "yes" if bundle in robust else "no"]
        for bundle in ranked
    ]
    fails = prim(draws, ~works[plan.cheapest.bundle])
    return write_page(
        "cheapest_under_uncertainty", QUESTION,
        _in_words(plan.cheapest.ties, ranked, works, costs, robust)
        + " "
        + _where(plan.cheapest.bundle, fails, 1 - works[plan.cheapest.bundle].mean()),
        ["bundle", "cost", "works in", "robust"], rows, ax,
        f"{n:,} draws of the delegation game, every parameter whose default is positive uniform within "
        f"{100 * AROUND:.0f} % of it and inside its range; a bundle works where no Nash equilibrium has avoidance. "
        "Robust: at the defaults it works whatever further reforms are added. " + reforms_explained(bundles),
    )  # fmt: skip


def uncertain() -> dict[str, tuple[float, float]]:
    """Every parameter with a positive default, within ``AROUND`` of it and inside its range."""
    box = {}
    for name, spec in Delegation.parameters().items():
        low, high = ((1 + sign * AROUND) * float(spec.default) for sign in (-1, 1))
        if spec.default > 0:
            box[name] = (low, high if spec.high is None else min(high, float(spec.high)))
    return box


def _in_words(ties, ranked, works, costs, robust) -> str:
    best = ranked[0]
    sturdy = [bundle for bundle in ranked if bundle and works[bundle].mean() >= 0.95]
    least = min(sturdy, key=lambda bundle: (costs[bundle], len(bundle)), default=None)
    smallest = min((bundle for bundle in ranked if bundle in robust), key=lambda bundle: (len(bundle), costs[bundle]))
    shares = [f"{bundle_words(bundle)} in {percent(works[bundle].mean())}" for bundle in ties]
    answer = "Mostly" if min(works[bundle].mean() for bundle in ties) > 0.75 else "Not reliably"
    text = (
        f"{answer}. At the defaults the cheapest way to end avoidance is "
        f"{listed([bundle_words(bundle) for bundle in ties], joint='or')}, at cost {costs[ties[0]]}. Where the "
        f"parameters are known only to within {100 * AROUND:.0f} %, avoidance still ends with {listed(shares)} of the "
        f"draws; without a reform {percent(works[()].mean())} of them are free of it. Surest of the bundles compared "
        f"(the minimal and the smallest robust ones) is {bundle_words(best)} ({percent(works[best].mean())}, cost "
        f"{costs[best]})."
    )
    if least:
        text += (
            f" The cheapest of them that works in 95 % of the draws is {bundle_words(least)}, at cost {costs[least]}."
        )
    return text + (
        " A bundle that no further reform undoes may still fail at other parameters: "
        f"{bundle_words(smallest)}, the smallest of that kind, works in {percent(works[smallest].mean())}."
    )


def _where(bundle: Sequence[str], fails: Prim, everywhere: float) -> str:
    best = max(fails.boxes, key=lambda box: box.coverage * box.density)
    if not best.limits:
        return f"No stretch of the parameters tells apart where {bundle_words(bundle)} fails."
    return (
        f"{bundle_words(bundle).capitalize()} is most at risk where "
        f"{listed([_limit(limit) for limit in best.limits])}: "
        f"there it fails in {percent(best.density)} of the draws, against {percent(everywhere)} of all, and "
        f"{percent(best.coverage)} of its failures lie there (a box found by the patient rule induction method, PRIM)."
    )


def _limit(limit: Limit) -> str:
    ends = ((limit.low, f"above {limit.low:.3g}"), (limit.high, f"below {limit.high:.3g}"))
    return f"{words(limit.parameter)} is {listed([text for end, text in ends if np.isfinite(end)])}"


if __name__ == "__main__":
    print(main())
