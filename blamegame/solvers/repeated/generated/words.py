"""A point in words: what is played now, and what follows."""

from __future__ import annotations

from typing import Any

from blamegame.games.strategic import StrategicGame
from blamegame.solvers.repeated.generated.points import InnerSet, Point

_SHORT = 30


def point_words(found: InnerSet, stage: StrategicGame, position: int) -> str:
    """What players do first at point number ``position``, and by what lottery play goes on."""
    point = found.points[position]
    now = " and ".join(
        f"{name} plays {_mixture(labels, side)}"
        for name, labels, side in zip(stage.players, stage.actions, point.mixtures)
    )
    if all(set(lottery) == {position} for lottery in point.promises.values()):
        return f"in every period {now}"
    n = stage.n_actions[1]
    after = [
        f"after ({stage.actions[0][cell // n]}, {stage.actions[1][cell % n]}) "
        + ", ".join(f"with chance {_number(w)} play worth {_worth(found, found.points[k])}" for k, w in lottery.items())
        for cell, lottery in point.promises.items()
    ]
    return f"first {now}; {'; '.join(after)}; deviations are punished by the worst of these"


def _mixture(labels: tuple[str, ...], side: tuple[Any, ...]) -> str:
    parts = [(label, p) for label, p in zip(labels, side) if p]
    if len(parts) == 1:
        return parts[0][0]
    return ", ".join(f"{label} with probability {_number(p)}" for label, p in parts)


def _worth(found: InnerSet, point: Point) -> str:
    low, span = found.scaled.low, found.scaled.span
    first, second = (float(low[i] + span[i] * point.value[i]) for i in range(2))
    return f"({first:.6g}, {second:.6g})"


def _number(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHORT else f"{float(value):.9g}"
