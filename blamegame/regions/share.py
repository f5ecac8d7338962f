"""What share of a region reaches a goal: proved bounds where few parameters are uncertain, else a sampled interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from time import monotonic

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.reform import Reform, apply, as_menu
from blamegame.regions.image import image
from blamegame.regions.pieces import Pieces
from blamegame.regions.prover import AVOIDABLE, ENTRENCHED, FAILS, REMOVES, Prover, Sketch
from blamegame.regions.radius import reforms_of
from blamegame.regions.region import Region
from blamegame.regions.setting import Setting, setting_of

_MOST_KNOWN = 200  # sketches kept for later pieces, of each statement
_CORNERS = 5  # variables whose ends are looked at before a proof is sought
_BATCH = 4096


@dataclass(frozen=True)
class Share:
    """The share of a region (every uncertain parameter uniform, independent) in which the goal holds.

    ``low`` and ``high`` are proved bounds where ``method`` is "proved"; where it is "sampled" they are a confidence
    interval and nothing is proved.
    """

    low: float
    high: float
    method: str
    pieces: int = 0
    draws: int = 0
    confidence: float = 1.0

    def __str__(self) -> str:
        if self.method == "proved":
            return f"{100 * self.low:.2f} to {100 * self.high:.2f} % of the region, proved in {self.pieces:,} pieces"
        return (
            f"{100 * self.low:.2f} to {100 * self.high:.2f} % of the region, sampled: {self.draws:,} counties, "
            f"{100 * self.confidence:g} % confidence"
        )


def share(
    region: Region,
    bundle: Iterable[Reform | str] = (),
    goal: Goal | None = None,
    *,
    menu: Iterable[Reform] = CATALOGUE,
    pieces: int = 20_000,
    gap: float = 1e-3,
    time_limit: float | None = None,
) -> Share:
    """Proved bounds on the share of ``region`` in which the goal holds after the bundle.

    Parameters
    ----------
    pieces : how many pieces at most may be looked at
    gap : where to stop
    time_limit : seconds, optional

    Notes
    -----
    A piece counts for the lower bound where a vector (or its supports one by one) proves the goal throughout it, and
    against the upper bound where it is proved to fail throughout: an avoiding cell stays an equilibrium, or every kind
    of equilibrium that avoids nothing is excluded. What is neither is halved, along the parameter that moves the open
    comparisons most. Useful for up to three uncertain parameters, for five with the gap printed; for more
    :func:`sampled_share` says more.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> region = Region(Delegation, {"tolerance": 0}, {"tolerance": 1})
    >>> found = share(region)
    >>> found.low <= 0.345 <= found.high, found.high - found.low < 1e-3
    (True, True)
    """
    goal = removes() if goal is None else goal
    chosen = reforms_of(bundle, as_menu(menu))
    after = image(region, chosen)
    setting = setting_of(after, goal, still=True)
    partition = Partition(Pieces(region, chosen, setting), {REMOVES: (REMOVES,), FAILS: (FAILS,)})
    looked_at = partition.run(pieces, gap, None if time_limit is None else monotonic() + time_limit)
    return Share(partition.share_of[REMOVES], 1 - partition.share_of[FAILS], "proved", pieces=looked_at)


class Partition:
    """The pieces still open, and the share of each class of counties proved so far.

    A class is a name and the statements of :mod:`blamegame.regions.prover` that hold throughout a piece of it.
    """

    def __init__(self, pieces: Pieces, classes: Mapping[str, tuple[str, ...]]) -> None:
        self.pieces, self.classes = pieces, classes
        self.prover = Prover(pieces.setting)
        self.share_of = dict.fromkeys(classes, 0.0)
        self._known: dict[str, list[tuple[Sketch, ...]]] = {name: [] for name in classes}

    @property
    def open_share(self) -> float:
        return float(self.pieces.volumes().sum())

    def run(self, pieces: int, gap: float, deadline: float | None) -> int:
        """Round after round until so many pieces were looked at, no more than ``gap`` is open, or time is up."""
        looked_at = 0
        while len(self.pieces) and looked_at < pieces and self.open_share > gap:
            if deadline is not None and monotonic() > deadline:
                break
            looked_at += len(self.pieces)
            self._round()
        return looked_at

    def _round(self) -> None:
        """Settle what known and new sketches cover, then halve what is left."""
        lows, highs = self.pieces.images()
        volumes = self.pieces.volumes()
        left = np.ones(len(volumes), dtype=bool)
        for name, known in self._known.items():
            for sketches in known:
                self._settle(name, sketches, lows, highs, volumes, left)
        guess = np.full(len(volumes), -1)
        guess[left] = self._guesses(lows[left], highs[left])
        names = list(self.classes)
        for at in np.flatnonzero(guess >= 0).tolist():
            if not left[at]:
                continue
            name = names[guess[at]]
            box = tuple((Fraction(float(a)), Fraction(float(b))) for a, b in zip(lows[at], highs[at]))
            found = [self.prover.sketch(box, statement) for statement in self.classes[name]]
            sketches = tuple(sketch for sketch in found if sketch is not None)
            if len(sketches) == len(found):
                if len(self._known[name]) < _MOST_KNOWN:
                    self._known[name].insert(0, sketches)
                self._settle(name, sketches, lows, highs, volumes, left)
        self.pieces.keep(left)
        if len(self.pieces) and self.pieces.names:
            self._halve(lows[left], highs[left])

    def _guesses(self, lows: Array, highs: Array) -> Array:
        """The class that every corner looked at belongs to, by position, or -1: a guess what to prove."""
        from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities

        setting = self.pieces.setting
        moving = [setting.variables.index(name) for name in self.pieces.names][:_CORNERS]
        ends = np.stack([lows, highs], axis=1)
        possible = np.ones((len(self.classes), len(lows)), dtype=bool)
        for corner in product((0, 1), repeat=len(moving)):
            where = np.flatnonzero(possible.any(axis=0))
            if not len(where):
                break
            points = (lows[where] + highs[where]) / 2
            for v, end in zip(moving, corner):
                points[:, v] = ends[where, end, v]
            least, most = event_probabilities(equilibria_batch(setting.payoffs.at(points)), setting.event)
            holds = {REMOVES: most == 0, FAILS: most > 0, ENTRENCHED: least > 0, AVOIDABLE: least == 0}
            for k, statements in enumerate(self.classes.values()):
                possible[k, where] &= np.all([holds[statement] for statement in statements], axis=0)
        return np.where(possible.any(axis=0), possible.argmax(axis=0), -1)

    def _settle(
        self, name: str, sketches: tuple[Sketch, ...], lows: Array, highs: Array, volumes: Array, left: Array
    ) -> None:
        good = np.flatnonzero(left)
        for sketch in sketches:
            good = good[self.prover.covers(sketch, lows[good], highs[good])]
        self.share_of[name] += float(volumes[good].sum())
        left[good] = False

    def _halve(self, lows: Array, highs: Array) -> None:
        """Cut every open piece along the parameter that moves the open comparisons most."""
        setting, names = self.pieces.setting, self.pieces.names
        where = np.array([setting.variables.index(name) for name in names])
        rows = setting.gain_rows.reshape(-1, setting.gain_rows.shape[2])
        rows = rows[np.abs(rows).sum(axis=1) > 0]
        middle = (lows + highs) / 2
        base = setting.payoffs.at(middle).reshape(len(lows), -1) @ rows.T
        moved = np.empty((len(names), *base.shape))
        for k, v in enumerate(where.tolist()):
            ends = []
            for end in (lows, highs):
                point = middle.copy()
                point[:, v] = end[:, v]
                ends.append(setting.payoffs.at(point).reshape(len(lows), -1) @ rows.T)
            moved[k] = np.abs(ends[1] - ends[0])
        undecided = np.abs(base) <= moved.sum(axis=0)
        influence = (moved * undecided).sum(axis=2)
        still = influence.max(axis=0) <= 0
        spread = (self.pieces.high - self.pieces.low).T
        variable = np.where(still, spread.argmax(axis=0), influence.argmax(axis=0))
        self.pieces.cut(np.arange(len(lows)), variable)


def sampled_share(
    region: Region,
    bundle: Iterable[Reform | str] = (),
    goal: Goal | None = None,
    *,
    rng: np.random.Generator,
    draws: int = 10_000,
    confidence: float = 0.95,
    menu: Iterable[Reform] = CATALOGUE,
) -> Share:
    """The share of ``region`` in which the goal holds after the bundle, from ``draws`` counties; nothing is proved.

    The interval is that of Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the
    case of the binomial", Biometrika 26: it covers the true share at least as often as ``confidence`` says.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> region = Region(Delegation, {"tolerance": 0}, {"tolerance": 1})
    >>> print(sampled_share(region, rng=np.random.default_rng(1), draws=1000))
    31.75 to 37.74 % of the region, sampled: 1,000 counties, 95 % confidence
    """
    if draws < 1:
        raise ReformError(f"draws={draws}: a share is sampled from at least one county")
    goal = removes() if goal is None else goal
    chosen = reforms_of(bundle, as_menu(menu))
    after = image(region, chosen)
    setting = setting_of(after, goal, still=True)
    good = 0
    for start in range(0, draws, _BATCH):
        model = apply(region.sample(rng, min(_BATCH, draws - start)), chosen)
        good += int(reached_at(model, setting).sum())
    low, high = clopper_pearson(good, draws, confidence)
    return Share(low, high, "sampled", draws=draws, confidence=confidence)


def reached_at(models: Model, setting: Setting) -> Array:
    """For a batch of models whether no equilibrium touches the setting's event, boolean [batch]."""
    from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities

    batch = models.batch()
    assert batch is not None  # a batch of tables of two players
    found: Array = event_probabilities(equilibria_batch(batch), setting.event).high == 0
    return found


def clopper_pearson(successes: int, draws: int, confidence: float) -> tuple[float, float]:
    """The exact interval for a probability from ``successes`` in ``draws``."""
    from scipy.stats import beta

    tail = (1 - confidence) / 2
    low = 0.0 if successes == 0 else float(beta.ppf(tail, successes, draws - successes + 1))
    high = 1.0 if successes == draws else float(beta.ppf(1 - tail, successes + 1, draws - successes))
    return low, high
