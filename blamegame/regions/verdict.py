"""Whether avoidance is an equilibrium for every county of a region, for some, or for none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from types import MappingProxyType
from typing import Any

import numpy as np

from blamegame.concepts import Concept, Nash
from blamegame.errors import UnsupportedGame
from blamegame.games.event import event_probability
from blamegame.games.event_range import ENTRENCHED as ENTRENCHED_STATUS
from blamegame.games.event_range import FREE, TRAP, UNDECIDED
from blamegame.games.strategic import Array, Profile
from blamegame.games.table import align, format_number
from blamegame.models.model import Model
from blamegame.reforms.goal import removes
from blamegame.regions.attack import Attacker, point_of
from blamegame.regions.pieces import Pieces
from blamegame.regions.proof import Proof
from blamegame.regions.prover import AVOIDABLE, ENTRENCHED, FAILS, REMOVES, Box, Prover, box_of, ends_of
from blamegame.regions.region import Region
from blamegame.regions.setting import Setting, setting_of, table_of
from blamegame.regions.share import Partition

VARIES = "varies"
STATEMENTS = {FREE: (REMOVES,), TRAP: (FAILS, AVOIDABLE), ENTRENCHED_STATUS: (ENTRENCHED,)}
"""What is proved throughout a region of each status."""

_PIECES = 24
_LOOKS = 512
_MOST_UNCERTAIN = 5
_SHARE_PIECES = 4000


@dataclass(frozen=True, eq=False)
class County:
    """One exact model of a region, with the equilibria there that touch the event least and most."""

    model: Model
    status: str
    best: tuple[Fraction, Profile]
    worst: tuple[Fraction, Profile]

    def __str__(self) -> str:
        game = table_of(self.model)
        rows = []
        for word, (chance, profile) in (("best", self.best), ("worst", self.worst)):
            played = [
                " ".join(f"{a} {format_number(p)}" for a, p in zip(labels, strategy.tolist()) if p)
                for labels, strategy in zip(game.actions, profile)
            ]
            rows.append([f"  {word}", f"({', '.join(played)})", f"event {format_number(chance)}"])
        return "\n".join([f"{self.status}:", *align(rows)])


@dataclass(frozen=True, eq=False)
class RegionVerdict:
    """What holds of avoidance over a region.

    Attributes
    ----------
    status : "free", "trap" or "entrenched" where every county of the region is (proved); "varies" where two counties
        are known that are not alike; "undecided" else
    proofs : of the status throughout, exact; () where there is none
    counties : an exact county for each status known to occur, by status; the middle of the region is one
    shares : bounds on the share of the region of each status, proved; only up to five uncertain parameters
    open_share : of the region, what these bounds leave open; None where they were not sought
    """

    region: Region
    event: Array
    status: str
    proofs: tuple[Proof, ...]
    counties: Mapping[str, County]
    shares: Mapping[str, tuple[float, float]]
    open_share: float | None

    def __str__(self) -> str:
        word = self.region.model_type.avoidance_word()
        if self.proofs:
            return f"{self.status} for every county of the region: proved, {self.proofs[0]}"
        found = ", ".join(sorted(self.counties))
        lines = [f"{word} over the region: {self.status}; counties known: {found}"]
        for status, (low, high) in self.shares.items():
            lines.append(f"  {status}: {100 * low:.2f} to {100 * high:.2f} % of the region, proved")
        return "\n".join(lines)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "counties": dict(self.counties), "shares": dict(self.shares)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        maps = {name: MappingProxyType(state[name]) for name in ("counties", "shares")}
        self.__dict__.update(state, **maps)


def avoidance_over(
    region: Region, concept: Concept | None = None, event: Any = None, *, time_limit: float | None = None
) -> RegionVerdict:
    """Whether the event can happen in equilibrium, for every county of ``region``.

    Parameters
    ----------
    concept : Nash, the default; other concepts are answered at single counties
    event : cells, or a boolean array over them; default the model's own avoidance
    time_limit : seconds for the bounds on shares, optional

    Notes
    -----
    1. The middle of the region is solved exactly; its status is tried to be proved for the whole region.
    2. Where that fails, counties of another status are looked for: by ascent from the corners at which the proof
       failed, and at points spread over the region. Each is kept only as an exact model, solved exactly.
    3. Where none is found the proof may cut the region into pieces.
    4. What is left is measured: with up to five uncertain parameters bounds on the share of each status are proved.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> print(avoidance_over(Region.around(Delegation(), Fraction(1, 20))))
    entrenched for every county of the region: proved, 7 vectors of weights on deviations, in one piece
    >>> found = avoidance_over(Region(Delegation, {"tolerance": 0}, {"tolerance": 1}))
    >>> found.status, sorted(found.counties)
    ('varies', ['entrenched', 'free'])
    """
    if concept is not None and not isinstance(concept, Nash):
        raise UnsupportedGame(f"over a region the answer is about Nash equilibria; {concept} is answered at one county")
    setting = setting_of(region, None if event is None else removes(event), still=True)
    box = box_of(setting, region.intervals)
    prover = Prover(setting)
    middle = county_at(region.middle, setting.event)
    counties = {middle.status: middle}
    proofs = _prove(prover, box, middle.status, 1)
    if proofs is None:
        _look(region, setting, box, prover.corners, counties)
        if len(counties) == 1:
            proofs = _prove(prover, box, middle.status, _PIECES)
    if proofs is not None:
        status, shares = middle.status, {middle.status: (1.0, 1.0)}
        open_share: float | None = 0.0
    else:
        status = VARIES if len(counties) > 1 else UNDECIDED
        shares, open_share = _shares(region, setting, time_limit)
    return RegionVerdict(
        region=region,
        event=setting.event,
        status=status,
        proofs=proofs or (),
        counties=MappingProxyType(counties),
        shares=MappingProxyType(shares),
        open_share=open_share,
    )


def county_at(model: Model, event: Array) -> County:
    """The status of one exact model, with the equilibria that attain the ends."""
    from blamegame.solvers.strategic.nash import nash

    game = table_of(model)
    found = [(Fraction(event_probability(profile, event)), profile) for profile in nash(game).equilibria]
    best, worst = min(found, key=lambda end: end[0]), max(found, key=lambda end: end[0])
    status = FREE if worst[0] == 0 else ENTRENCHED_STATUS if best[0] > 0 else TRAP
    return County(model, status, best, worst)


def _prove(prover: Prover, box: Box, status: str, pieces: int) -> tuple[Proof, ...] | None:
    proofs = []
    for statement in STATEMENTS[status]:
        proof = prover.prove(box, statement, pieces=pieces)
        if proof is None:
            return None
        proofs.append(proof)
    return tuple(proofs)


def _look(region: Region, setting: Setting, box: Box, corners: tuple[Array, ...], counties: dict[str, County]) -> None:
    """Counties of other statuses, one each."""
    from scipy.stats import qmc

    from blamegame.solvers.strategic.batch import (
        MOST_ACTIONS,
        MOST_OF_THE_SMALLER,
        equilibria_batch,
        event_probabilities,
    )

    low, high = ends_of(box)
    positions = [np.where(x >= 0, 1.0, -1.0) for x in corners]
    for meeting in (True, False):
        positions.append(Attacker(setting, meeting=meeting).strike(low, high, corners).position)
    small = min(setting.event.shape) <= MOST_OF_THE_SMALLER and max(setting.event.shape) <= MOST_ACTIONS
    if not small:
        for position in positions:
            county = county_at(region.model(point_of(position, region.intervals, setting.variables)), setting.event)
            counties.setdefault(county.status, county)
        return
    if len(low):
        spread = qmc.Halton(len(low), scramble=False).random(_LOOKS) * 2 - 1
        positions += [*spread, *np.where(spread >= 0, 1.0, -1.0)]
    points = np.stack(positions)
    tables = setting.payoffs.at((low + high) / 2 + (high - low) / 2 * points)
    least, most = event_probabilities(equilibria_batch(tables), setting.event)
    statuses = np.where(most == 0, FREE, np.where(least > 0, ENTRENCHED_STATUS, TRAP))
    for status in (FREE, TRAP, ENTRENCHED_STATUS):
        for at in np.flatnonzero(statuses == status)[:3].tolist():
            if status in counties:
                break
            values = point_of(points[at], region.intervals, setting.variables)
            county = county_at(region.model(values), setting.event)
            counties.setdefault(county.status, county)


def _shares(
    region: Region, setting: Setting, time_limit: float | None
) -> tuple[dict[str, tuple[float, float]], float | None]:
    if len(region.uncertain) > _MOST_UNCERTAIN:
        return {}, None
    partition = Partition(Pieces(region, (), setting), STATEMENTS)
    partition.run(_SHARE_PIECES, 1e-3, None if time_limit is None else monotonic() + time_limit)
    left = partition.open_share
    return {status: (low, min(1.0, low + left)) for status, low in partition.share_of.items()}, left
