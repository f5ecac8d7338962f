"""(e) Does the cheapest bundle still work when the parameters are not known exactly? Shares of draws, and a box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.policy.page import percent, write_page
from blamegame.avoidance import avoidance_range
from blamegame.concepts import Nash
from blamegame.models.delegation import Delegation
from blamegame.plots.style import DARK, LIGHT, axes_or_new, legend_below
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.studies.boxes import uniform_draws
from blamegame.studies.prim import prim

QUESTION = "Does the cheapest bundle survive uncertain parameters?"
AROUND = 0.3


def main(n: int = 50_000) -> str:
    plan = search(Delegation())
    box = uncertain()
    draws = uniform_draws(box, n, rng=np.random.default_rng(23))
    model = Delegation().replace(draws)
    bundles = [(), *dict.fromkeys([*plan.minimal, *plan.robust_minimal])]
    works = {bundle: avoidance_range(apply(model, choose(CATALOGUE, bundle)), Nash()).worst == 0 for bundle in bundles}
    ranked = sorted(bundles, key=lambda bundle: (-works[bundle].mean(), len(bundle), bundle))
    robust = set(plan.robust_minimal)
    ax = axes_or_new(None, size=(7.4, 1.4 + 0.22 * len(ranked)))
    for line, bundle in enumerate(ranked):
        kind = bundle in robust
        ax.barh(line, 100 * works[bundle].mean(), 0.7, color=DARK if kind else LIGHT, edgecolor="0.3", linewidth=0.5)
    for colour, label in ((DARK, "robust: succeeds whatever is added"), (LIGHT, "other")):
        ax.barh([0], [0], color=colour, edgecolor="0.3", label=label)
    ax.set_yticks(range(len(ranked)), [_name(bundle) for bundle in ranked], fontsize=7)
    ax.set_ylim(len(ranked) - 0.4, -0.6)
    ax.set_xlabel(
        f"draws without avoidance in any equilibrium (%), parameters within {100 * AROUND:.0f} % of the defaults"
    )
    ax.set_title(QUESTION)
    legend_below(ax, columns=2)
    costs = {bundle: sum(reform.cost for reform in choose(CATALOGUE, bundle)) for bundle in bundles}
    rows = [
        [_name(bundle), costs[bundle], percent(works[bundle].mean()), "yes" if bundle in robust else "no"]
        for bundle in ranked
    ]
    fails = prim(draws, ~works[plan.cheapest.bundle])
    return write_page(
        "cheapest_under_uncertainty", QUESTION,
        _in_words(plan.cheapest.ties, ranked, works, costs, robust) + " " + _where(plan.cheapest.bundle, fails),
        ["bundle", "cost", "works in", "robust"], rows, ax,
        f"{n:,} draws, every parameter of the delegation game uniform within {100 * AROUND:.0f} % of its default and "
        "inside its range; every Nash equilibrium of each.",
    )  # fmt: skip


def uncertain() -> dict[str, tuple[float, float]]:
    """Every parameter with a positive default, within ``AROUND`` of it and inside its range."""
    box = {}
    for name, spec in Delegation.parameters().items():
        low, high = ((1 + sign * AROUND) * float(spec.default) for sign in (-1, 1))
        if spec.default > 0:
            box[name] = (low, high if spec.high is None else min(high, float(spec.high)))
    return box


def _name(bundle: Sequence[str]) -> str:
    return " + ".join(bundle) or "no reform"


def _in_words(ties, ranked, works, costs, robust) -> str:
    cheap = " and ".join(f"{_name(b)} ({percent(works[b].mean())})" for b in ties)
    best = ranked[0]
    sturdy = [bundle for bundle in ranked if bundle and works[bundle].mean() >= 0.95]
    least = min(sturdy, key=lambda bundle: (costs[bundle], len(bundle)), default=None)
    words = (
        f"The cheapest bundles at the defaults, at cost {costs[ties[0]]}, work in {cheap} of the draws, no reform in "
        f"{percent(works[()].mean())}. Surest of the minimal and smallest robust bundles is {_name(best)} "
        f"({percent(works[best].mean())}, cost {costs[best]})."
    )
    smallest = min((bundle for bundle in ranked if bundle in robust), key=lambda bundle: (len(bundle), costs[bundle]))
    words += (
        f" Robust against further reforms is not robust against parameters: the smallest bundle of that kind, "
        f"{_name(smallest)}, works in {percent(works[smallest].mean())}."
    )
    if least:
        words += f" The cheapest of them that works in 95 % is {_name(least)}, at cost {costs[least]}."
    return words


def _where(bundle: Sequence[str], fails) -> str:
    best = max(fails.boxes, key=lambda box: box.coverage * box.density)
    return f"PRIM on its failures: {best.text(f'{_name(bundle)} fails')}."


if __name__ == "__main__":
    print(main())
