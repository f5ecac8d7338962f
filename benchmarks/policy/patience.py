"""(d) Do bundles of reforms last when offices are patient? The discount factors at which each profile is playable."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.policy.page import bundle_words, listed, reforms_explained, write_page
from blamegame.models.delegation import Delegation
from blamegame.plots.style import DARK, MIDDLE, axes_or_new, legend_below
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.search import search
from blamegame.solvers.repeated.delta_windows import delta_windows

QUESTION = "Which bundles keep avoidance away from patient offices?"
AVOIDANCE = (("push", "escalate"), ("push", "formalism"))
RESPONSIBLE = (("assist", "work"),)
CLEAR = 0.25
ALSO = (("empower", "train", "reward"), ("tolerate", "train", "reward"))


def main(most: int = 20) -> str:
    plan = search(Delegation())
    bundles = list(dict.fromkeys([(), *plan.minimal[:most], *ALSO]))
    found = [(bundle, first_discount(bundle, AVOIDANCE), first_discount(bundle, RESPONSIBLE)) for bundle in bundles]
    found.sort(key=lambda row: (-1 if row[1] is None else -2 if not row[0] else 1 - row[1], row[0]))
    ax = axes_or_new(None, size=(7.4, 1.4 + 0.27 * len(found)))
    for line, (_, avoidance, responsible) in enumerate(found):
        _draw(ax, line - 0.16, avoidance, MIDDLE)
        _draw(ax, line + 0.16, responsible, DARK)
    ax.plot([], [], color=MIDDLE, linewidth=4, label="mutual avoidance: push, escalate or formalism")
    ax.plot([], [], color=DARK, linewidth=4, label="assist, work")
    ax.set_yticks(range(len(found)), [bundle_words(bundle) for bundle, _, _ in found], fontsize=8)
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.set_xlabel("discount factor at which it is playable")
    ax.set_title(QUESTION)
    legend_below(ax, columns=2)
    rows = [[bundle_words(bundle), _from(avoidance), _from(responsible)] for bundle, avoidance, responsible in found]
    return write_page(
        "patience", QUESTION, _in_words(found),
        ["bundle", "avoidance playable from discount", "assist and work playable from discount"], rows, ax,
        "Pure-strategy subgame-perfect equilibria with public randomisation under perfect monitoring; each switch "
        "enclosed with proof to 1e-6. The minimal bundles that end avoidance in the stage game (one period), at the "
        "default parameters, and two larger ones. Discount factor 0: only this period counts; near 1: patient offices. "
        + reforms_explained(bundles),
    )  # fmt: skip


def first_discount(bundle: Sequence[str], profiles: Sequence[tuple[str, str]]) -> float | None:
    """The smallest discount factor at which one of the profiles is playable after the bundle; None where none is."""
    stage = apply(Delegation(), choose(CATALOGUE, bundle)).stage_game()
    found = [delta_windows(stage, profile, tolerance=1e-6, time_limit=60) for profile in profiles]
    return min((float(one.windows[0].included) for one in found if one.windows), default=None)


def _draw(ax, height: float, start: float | None, colour: str) -> None:
    if start is not None:
        ax.plot([start, 1], [height, height], color=colour, linewidth=4, solid_capstyle="butt")


def _from(start: float | None) -> str:
    return "never" if start is None else "0" if start == 0 else f"{start:.4f}"


def _in_words(found: list[tuple[tuple[str, ...], float | None, float | None]]) -> str:
    reformed = [row for row in found if row[0]]
    never = [bundle for bundle, avoidance, _ in reformed if avoidance is None]
    again = [(avoidance, bundle) for bundle, avoidance, _ in reformed if avoidance is not None]
    soonest, latest = min(again), max(again)
    clear = [bundle for bundle, avoidance, responsible in reformed if responsible == 0 and (avoidance or 1) > CLEAR]
    count = f"{'All' if not never else f'{len(again)} of the'} {len(reformed)} bundles compared"
    text = (
        f"{count}, each of which ends avoidance in one period, let it back in when offices are patient enough: soonest "
        f"after {bundle_words(soonest[1])} (from discount factor {soonest[0]:.3f}), latest after "
        f"{bundle_words(latest[1])} (from {latest[0]:.3f}). "
    )
    text += f"It stays out at every discount factor after {_list(never)}. " if never else "None keeps it out for good. "
    if clear:
        text += (
            f"Assist and work, the responsible way, is playable at every discount factor and avoidance at none up to "
            f"{CLEAR} after {_list(clear)}. "
        )
    return (
        text + "So a bundle that 'ends avoidance' does so for offices that look no further than some discount factor."
    )


def _list(bundles: Sequence[Sequence[str]]) -> str:
    return listed([bundle_words(bundle) for bundle in bundles])


if __name__ == "__main__":
    print(main())
