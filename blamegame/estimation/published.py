"""Published experiments that come with the library: counts are facts, each file names its source."""

from __future__ import annotations

import csv
from fractions import Fraction
from importlib.resources import files

import numpy as np

from blamegame.errors import CasesError
from blamegame.estimation.cases import Cases
from blamegame.estimation.design import Experiment, SymmetricGame
from blamegame.estimation.read_cases import read_cases
from blamegame.games.strategic import StrategicGame

_VOLUNTEERS = "goeree_holt_smith_2017"
_SIZES = (2, 3, 6, 9, 12)
PUBLISHED = ("selten_chmura_2008", "goeree_holt_2001", "ochs_1995", _VOLUNTEERS)
"""Names that :func:`published` takes."""


def published(name: str) -> tuple[Cases, Experiment]:
    """The cases and the games of a published experiment.

    Raises
    ------
    CasesError
        For a name that is not in ``PUBLISHED``.

    Examples
    --------
    >>> cases, games = published("selten_chmura_2008")
    >>> cases.count("game 1", "row", "up"), len(games.games)
    (309, 12)
    """
    if name not in PUBLISHED:
        raise CasesError(f"{name!r} is not shipped; there are {', '.join(PUBLISHED)}")
    if name == _VOLUNTEERS:
        sizes = {f"{n} in a group": SymmetricGame.volunteers(n, value=1.0, cost=0.2, nobody=0.2) for n in _SIZES}
        experiment = Experiment(sizes)
    else:
        experiment = Experiment(_games(_text(f"{name}_games")))
    return read_cases(_text(name), offices=experiment.offices), experiment


def source_of(name: str) -> str:
    """Where the numbers come from, as the file says.

    >>> source_of("ochs_1995").split(",")[0]
    'Ochs'
    """
    if name not in PUBLISHED:
        raise CasesError(f"{name!r} is not shipped; there are {', '.join(PUBLISHED)}")
    lines = _text(name).splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines if line.startswith("#"))


def _text(name: str) -> str:
    return files("blamegame.estimation").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")


def _games(text: str) -> dict[str, StrategicGame]:
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    found = {}
    for regime in dict.fromkeys(row["regime"] for row in rows):
        own = [row for row in rows if row["regime"] == regime]
        up, left = (tuple(dict.fromkeys(row[f"{office} action"] for row in own)) for office in ("row", "column"))
        payoffs = np.empty((2, len(up), len(left)), dtype=object)
        for row in own:
            cell = (up.index(row["row action"]), left.index(row["column action"]))
            for player, office in enumerate(("row", "column")):
                payoffs[(player, *cell)] = Fraction(row[f"{office} payoff"])
        found[regime] = StrategicGame(payoffs, ("row", "column"), (up, left))
    return found
