"""Parameter studies: a million cells in one run, beside a loop over quantecon on a sample of the same cells.

Prints throughput and peak memory of a full grid, the ratio per cell with the same answers checked, a streamed study of
ten million cells, and one against two workers on a measure that is computed cell by cell: without dask, which is what
the machine itself gives, and on a local dask cluster. Run with
``python -m benchmarks.studies``; ``python -m benchmarks.studies --quick`` leaves the ten million cells out.
"""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

AXES = ("authority=0:1:1001", "accountability=0:2:1001")
STREAMED = ("authority=0:1:1000", "accountability=0:2:1000", "diffusion=0:1:10")
SAMPLE = 1000

_GRID = """
import sys, time
from pathlib import Path
from blamegame.models.delegation import Delegation
from blamegame.studies.grid import parse_axes
from blamegame.studies.study import study
model = Delegation()
study(model, parse_axes(["authority=0:1:11", "accountability=0:2:11"]))
taken = []
for _ in range(int(sys.argv[1])):
    began = time.perf_counter()
    found = study(model, parse_axes(sys.argv[3:]), output=sys.argv[2] or None)
    found.close()
    taken.append(time.perf_counter() - began)
lines = Path("/proc/self/status").read_text().splitlines()  # ru_maxrss of a child starts at its parent's
print(min(taken), sorted(taken)[len(taken) // 2], next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


def grid_in_a_process(axes: tuple[str, ...], rounds: int, output: str = "") -> tuple[float, float, float]:
    """Smallest and median seconds of a warm study in a fresh process, and that process's peak memory in megabytes."""
    command = [sys.executable, "-c", _GRID, str(rounds), output, *axes]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    least, median, kilobytes = map(float, done.stdout.split())
    return least, median, kilobytes / 1024


def sample_against_quantecon(seed: int = 0) -> tuple[int, float, float]:
    """Cells whose sets of equilibria differ, and quantecon's and our seconds per cell on the same random cells.

    Ours is the time of the whole grid divided by its cells, quantecon's that of the loop its users would write.
    """
    import quantecon.game_theory as qe

    from blamegame.models.delegation import Delegation
    from blamegame.studies.cells import Cells
    from blamegame.studies.grid import parse_axes
    from blamegame.studies.measures import Equilibria, Success
    from blamegame.studies.study import study

    design = parse_axes(AXES)
    began = time.perf_counter()
    found = study(Delegation(), design, [Equilibria(), Success()])
    ours = (time.perf_counter() - began) / design.size
    chosen = np.random.default_rng(seed).choice(design.size, SAMPLE, replace=False).tolist()
    counts = found.equilibria_count.values.ravel()
    best, worst = found.success_best.values.ravel(), found.success_worst.values.ravel()
    different, theirs = 0, 0.0
    for cell in chosen:
        model: Any = Cells(Delegation().exact(), design, cell, cell + 1).floats
        payoffs, success = model.stage_game().payoffs[0], model.success()[0]
        began = time.perf_counter()
        players = (qe.Player(np.ascontiguousarray(payoffs[0])), qe.Player(np.ascontiguousarray(payoffs[1].T)))
        profiles = qe.support_enumeration(qe.NormalFormGame(players))
        values = [x @ success @ y for x, y in profiles]
        theirs += time.perf_counter() - began
        same = len(profiles) == counts[cell] and np.allclose([max(values), min(values)], [best[cell], worst[cell]])
        different += not same
    return different, theirs / SAMPLE, ours


def in_processes(workers: int) -> float:
    """Seconds of a study of a slow measure in spawned processes; their start counts."""
    return _slow_study(workers=workers)


def on_a_cluster(workers: int) -> float:
    """Seconds of the same study on a local dask cluster of so many workers; starts not counted."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(workers)
        _slow_study("0:0.5:16", client=client, chunk=1)
        return _slow_study(client=client)


def _slow_study(authority: str = "0:0.6:400", **where: Any) -> float:
    from blamegame.models.delegation import Delegation
    from blamegame.studies.grid import grid
    from blamegame.studies.measures import Patience
    from blamegame.studies.study import study

    began = time.perf_counter()
    study(Delegation(), grid(authority=authority), Patience(("assist", "work")), **where)
    return time.perf_counter() - began


def one_against_two(what: str, seconds: Callable[[int], float], rounds: int) -> str:
    """One worker against two in turn, and the median of the ratios: these drift less than the machine does."""
    pairs = [(seconds(1), seconds(2)) for _ in range(rounds)]
    one, two = (statistics.median(side) for side in zip(*pairs))
    ratios = sorted(first / second for first, second in pairs)
    spread = f" ({ratios[0]:.2f} to {ratios[-1]:.2f} in {rounds} rounds)" if rounds > 1 else ""
    return f"a slow measure, {what}: one {one:.1f} s, two {two:.1f} s, {statistics.median(ratios):.2f}x{spread}"


def main() -> None:
    """Print every figure."""
    quick = "--quick" in sys.argv
    print(f"Parameter studies of the delegation game, {os.cpu_count()} cores")
    least, median, megabytes = grid_in_a_process(AXES, 3)
    print(f"1,001 x 1,001 grid, all equilibria, verdicts, success: {median:.2f} s (best {least:.2f} s),", end=" ")
    print(f"{1001**2 / median / 1e6:.2f} million cells/s, peak memory {megabytes:.0f} MB")
    if importlib.util.find_spec("quantecon"):
        different, theirs, ours = sample_against_quantecon()
        print(f"quantecon in a loop on {SAMPLE:,} of these cells: {1e6 * theirs:.0f} us a cell against", end=" ")
        print(f"{1e6 * ours:.2f} us, {theirs / ours:,.0f}x; {SAMPLE - different:,} of {SAMPLE:,} answers the same")
    else:
        print("skipped: quantecon is not installed")
    if not quick:
        with tempfile.TemporaryDirectory() as directory:
            target = Path(directory) / "study.nc"
            _, median, megabytes = grid_in_a_process(STREAMED, 1, str(target))
            size = target.stat().st_size / 1e6
        print(f"10,000,000 cells streamed to a file of {size:.0f} MB: {median:.1f} s, peak memory {megabytes:.0f} MB")
    if importlib.util.find_spec("distributed"):
        rounds = 1 if quick else 5
        print(one_against_two("processes without dask", in_processes, rounds))
        print(one_against_two("dask workers", on_a_cluster, rounds))
    else:
        print("skipped: dask.distributed is not installed")


if __name__ == "__main__":
    main()
