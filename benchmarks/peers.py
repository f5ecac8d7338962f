"""Other programs' equilibria of one two-player game, each called as its users would, as pairs of float arrays.

Payoffs are integer arrays of shape [2, m, n]. ``prepared`` builds each peer's own game object once, outside the time.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

Pairs = list[tuple[Any, Any]]
Prepared = Callable[[], Pairs]


def missing() -> list[str]:
    """A line for each peer that is not installed."""
    packages = [name for name in ("nashpy", "quantecon", "pygambit") if importlib.util.find_spec(name) is None]
    lines = [f"skipped: {name} is not installed" for name in packages]
    if shutil.which("lrsnash") is None:
        lines.append("skipped: lrsnash is not on the path (Debian and Ubuntu: apt install lrslib)")
    return lines


def prepared(payoffs: Any) -> dict[str, Prepared]:
    """Every installed peer that returns all equilibria, by name, ready to be called."""
    out: dict[str, Prepared] = {}
    if importlib.util.find_spec("nashpy"):
        import nashpy

        game = nashpy.Game(*payoffs.astype(float))
        out["nashpy support_enumeration"] = lambda: list(game.support_enumeration())
        out["nashpy vertex_enumeration"] = lambda: list(game.vertex_enumeration())
    if importlib.util.find_spec("quantecon"):
        import quantecon.game_theory as qe

        quant = quantecon_game(payoffs)
        out["quantecon support_enumeration"] = lambda: list(qe.support_enumeration(quant))
        out["quantecon vertex_enumeration"] = lambda: list(qe.vertex_enumeration(quant))
    if importlib.util.find_spec("pygambit"):
        import pygambit

        theirs = pygambit.StrategicGame.from_arrays(*(table.astype(object) for table in payoffs))
        solve = pygambit.nash.enummixed_solve
        out["Gambit enummixed, float"] = lambda: _gambit(solve(theirs, rational=False))
        out["Gambit enummixed, exact"] = lambda: _gambit(solve(theirs, rational=True))
    if shutil.which("lrsnash"):
        out["lrsnash (a process)"] = lambda: lrsnash(payoffs)
    return out


def quantecon_game(payoffs: Any) -> Any:
    """The same game as quantecon's object, of any number of players: own action first, then the next players'."""
    import quantecon.game_theory as qe

    n = len(payoffs)
    turned = [table.transpose(np.roll(range(n), -i)).astype(float) for i, table in enumerate(payoffs)]
    return qe.NormalFormGame([qe.Player(np.ascontiguousarray(table)) for table in turned])


def lrsnash(payoffs: Any) -> Pairs:
    """What the program lrsnash prints: player 2's strategies, then the strategy of player 1 that goes with them all."""
    tables = ["\n".join(" ".join(map(str, row)) for row in table) for table in payoffs.tolist()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "game"
        path.write_text(f"{payoffs.shape[1]} {payoffs.shape[2]}\n\n{tables[0]}\n\n{tables[1]}\n")
        output = subprocess.run(["lrsnash", str(path)], capture_output=True, text=True, check=False).stdout
    pairs: Pairs = []
    waiting: list[Any] = []
    for player, numbers in re.findall(r"^([12])((?: +-?\d+(?:/\d+)?)+) *$", output, re.MULTILINE):
        strategy = np.array([float(Fraction(text)) for text in numbers.split()[:-1]])
        if player == "2":
            waiting.append(strategy)
        else:
            pairs += [(strategy, other) for other in waiting]
            waiting = []
    return pairs


def _gambit(result: Any) -> Pairs:
    return [tuple(np.array([float(p) for _, p in s]) for s in profile) for profile in result.equilibria]


def as_set(pairs: Any) -> frozenset[tuple[float, ...]] | None:
    """Profiles rounded to nine digits; None where one is not made of probabilities (nan, or a sum that is not one)."""
    out = set()
    for pair in pairs:
        flat = np.concatenate([np.asarray(strategy, dtype=float) for strategy in pair])
        if not np.isfinite(flat).all() or abs(flat.sum() - len(pair)) > 1e-6:
            return None
        out.add(tuple((np.round(flat, 9) + 0.0).tolist()))
    return frozenset(out)
