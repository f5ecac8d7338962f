"""A county of a region, exact, where the goal fails after one bundle."""

from __future__ import annotations

from collections.abc import Iterable

from blamegame.games.strategic import Array
from blamegame.reforms.reform import Reform
from blamegame.regions.attack import Attack, Attacker, point_of, witness_at
from blamegame.regions.bracket import Struck
from blamegame.regions.image import back, image
from blamegame.regions.prover import box_of, ends_of
from blamegame.regions.region import Region


def struck(
    attacker: Attacker, region: Region, bundle: tuple[Reform, ...], starts: Iterable[Array], hints: Iterable[Attack]
) -> Struck | None:
    """An exact county of the region where an equilibrium after the bundle touches the event, or None."""
    setting = attacker.setting
    intervals = image(region, bundle).intervals
    attack = attacker.strike(*ends_of(box_of(setting, intervals)), starts, hints)
    if attack.margin < -1e-9:
        return None
    county = region.model(back(region, bundle, point_of(attack.position, intervals, setting.variables)))
    witness = witness_at(county, bundle, setting.goal)
    return None if witness is None else (attack, witness)
