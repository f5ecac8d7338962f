"""The first answer in a fresh process with no compiled code on the disk: this library and quantecon, 8x8.

Run with ``python -m benchmarks.first_answers``.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks.timing import columns

GAME = (
    "import numpy as np, time; start = time.perf_counter(); a, b = np.random.default_rng(0).integers(0, 100, (2, 8, 8))"
)
CALLS = {
    "this library, nash": "from blamegame import StrategicGame; from blamegame.solvers.strategic import nash; "
    "nash(StrategicGame([a, b]))",
    "this library, lemke_howson in floats": "from blamegame import StrategicGame; "
    "from blamegame.solvers.strategic import lemke_howson; lemke_howson(StrategicGame([a, b]), exact=False)",
    "quantecon vertex_enumeration": "import quantecon.game_theory as q; q.vertex_enumeration("
    "q.NormalFormGame((q.Player(1.0 * a), q.Player(1.0 * b.T.copy()))))",
    "quantecon lemke_howson": "import quantecon.game_theory as q; q.lemke_howson("
    "q.NormalFormGame((q.Player(1.0 * a), q.Player(1.0 * b.T.copy()))))",
}
ROUNDS = 1  # a compilation takes seconds, and varies little


def first_seconds(call: str) -> float:
    """Seconds from the import to the answer, after numpy."""
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [sys.executable, "-c", f"{GAME}; {call}; print(time.perf_counter() - start)"],
            env={**os.environ, "NUMBA_CACHE_DIR": cache},
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.split()[-1])


def main() -> None:
    """Print the table."""
    present = importlib.util.find_spec("quantecon") is not None
    rows = [("first call", "median")]
    for name, call in CALLS.items():
        if present or not name.startswith("quantecon"):
            rows.append((name, f"{statistics.median(first_seconds(call) for _ in range(ROUNDS)):.2f} s"))
    print(columns(rows))


if __name__ == "__main__":
    main()
