"""``python -m benchmarks [name ...]``: run the benchmarks, all or those named, print them, write RESULTS.md.

``benchmarks/RESULTS.md`` is replaced as a whole, once, at the end of a run of all of them; a run of some only prints.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import time
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.timing import machine

RESULTS = Path(__file__).with_name("RESULTS.md")
MODULES = {
    "solvers": "One game at a time: this library and its peers, time and completeness",
    "first_answers": "First answers with nothing compiled yet",
    "large_games": "All equilibria of large two-player games",
    "batch": "Batches of small games",
    "repeated": "Payoff sets of repeated games",
    "studies": "Parameter studies",
    "hierarchy": "Hierarchies of many offices",
}
"""Every module here whose ``main()`` prints a comparison, in the order of the report."""
OPTIONAL_PEERS = ("nashpy", "quantecon", "pygambit", "SALib", "prim")


class _Both(io.StringIO):
    """Text that is kept and shown at once."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)  # type: ignore[union-attr]  # a command always has one
        sys.__stdout__.flush()  # type: ignore[union-attr]
        return super().write(text)


def report(name: str) -> str:
    """What a benchmark prints, or one line where its peer is not installed."""
    both = _Both()
    sys.argv = [f"benchmarks.{name}"]  # no arguments of ours
    with redirect_stdout(both):
        started = time.perf_counter()
        try:
            importlib.import_module(f"benchmarks.{name}").main()
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] not in OPTIONAL_PEERS:
                raise
            print(f"skipped: {error.name} is not installed")
        print(f"({time.perf_counter() - started:.0f} s for this part)")
    return both.getvalue().rstrip()


def main() -> None:
    """Run what was asked for."""
    chosen = sys.argv[1:] or list(MODULES)
    unknown = [name for name in chosen if name not in MODULES]
    if unknown:
        sys.exit(f"{', '.join(unknown)}: no such benchmark; there are {', '.join(MODULES)}")
    everything = len(sys.argv) == 1
    parts = [
        "# Results of `make bench`",
        "",
        "Times on one machine in one run: compare the ratios, not the times. A time is worth as much as the answer is:",
        "where solvers return sets of equilibria, the share of complete answers stands beside it.",
        "",
        *(f"- {line}" for line in machine()),
        f"- {datetime.now(UTC):%Y-%m-%d}",
    ]
    for name in chosen:
        title = MODULES[name]
        print(f"\n== {title} (python -m benchmarks.{name})\n")
        parts += ["", f"## {title}", "", f"`python -m benchmarks.{name}`", "", "```text", report(name), "```"]
    if everything:
        unfinished = RESULTS.with_suffix(".tmp")
        unfinished.write_text("\n".join(parts) + "\n", encoding="utf-8")
        os.replace(unfinished, RESULTS)
        print(f"\nwritten to {RESULTS}")


if __name__ == "__main__":
    main()
