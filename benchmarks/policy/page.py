"""What every page leaves in ``benchmarks/policy/results``: the finding in words, a table and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    return f"{100 * share:.1f} %"
