"""What every page leaves in ``benchmarks/policy/results``: the finding in words, a table and a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from blamegame.plots.style import words
from blamegame.reforms.catalogue import CATALOGUE

RESULTS = Path(__file__).parent / "results"


def write_page(
    name: str, question: str, found: str, header: Sequence[str], rows: Sequence[Sequence[Any]], ax: Any, method: str
) -> str:
    """Write ``<name>.md`` and ``<name>.png``; gives the finding back."""
    import matplotlib.pyplot as plt

    RESULTS.mkdir(exist_ok=True)
    lines = [f"# {question}", "", found, "", f"![{question}]({name}.png)", "", row(header), row(["---"] * len(header))]
    lines += [row(cells) for cells in rows]
    lines += ["", f"*How:* {method} Written by `python -m benchmarks.policy`.", ""]
    (RESULTS / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    ax.figure.savefig(RESULTS / f"{name}.png", dpi=90, bbox_inches="tight", metadata={"Software": None})
    plt.close(ax.figure)
    return f"{question}\n{found}"


def row(cells: Sequence[Any]) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def percent(share: float) -> str:
    """A share to a tenth of a percent, never rounded to none or all.

    >>> percent(0.918), percent(0.0), percent(0.0001), percent(0.9999)
    ('91.8 %', '0.0 %', 'under 0.1 %', 'over 99.9 %')
    """
    text = f"{100 * share:.1f} %"
    if text == "0.0 %" and share > 0:
        return "under 0.1 %"
    return "over 99.9 %" if text == "100.0 %" and share < 1 else text


def listed(texts: Sequence[str], *, joint: str = "and") -> str:
    """Texts as in a sentence.

    >>> listed(["list"]), listed(["list", "answer", "train"])
    ('list', 'list, answer and train')
    """
    return f" {joint} ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def bundle_words(bundle: Sequence[str]) -> str:
    """A bundle of reforms by their names.

    >>> bundle_words(("list", "trace_upward")), bundle_words(())
    ('list + trace upward', 'no reform')
    """
    return " + ".join(map(words, bundle)) or "no reform"


def reforms_explained(bundles: Iterable[Sequence[str]]) -> str:
    """What each reform named in the bundles is, in the words of the catalogue."""
    named = {name for bundle in bundles for name in bundle}
    meanings = [f"*{words(reform.name)}*: {reform.remedy}" for reform in CATALOGUE if reform.name in named]
    return f"The reforms: {'; '.join(meanings)}."
