"""What ``blamegame solve`` adds for a scenario with intervals: the verdict for every county of the region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.regions.verdict import RegionVerdict
    from blamegame.scenario import Scenario

_SECONDS = 10.0
_DIFFERENT = 6


def as_json(scenario: Scenario) -> dict[str, Any]:
    """The verdict over the region as JSON values, or why there is none."""
    from blamegame.cli.screen import number
    from blamegame.regions.region import Region

    region = scenario.region
    assert isinstance(region, Region)
    found, why = _verdict(scenario)
    ends = {name: [number(end) for end in region.intervals[name]] for name in region.uncertain}
    if found is None:
        return {"region": {"intervals": ends, "status": None, "note": why}}
    counties = {
        status: {name: str(getattr(county.model, name)) for name in region.uncertain}
        for status, county in found.counties.items()
    }
    return {
        "region": {
            "intervals": ends,
            "status": found.status,
            "proved": bool(found.proofs),
            "counties": counties,
            "shares": {status: list(ends) for status, ends in found.shares.items()},
            "open_share": found.open_share,
            "note": "",
        }
    }


def show(screen: Console, scenario: Scenario) -> None:
    """The same on the screen."""
    from blamegame.cli.screen import columns, heading, prose, short

    region = scenario.region
    assert region is not None
    many = f"{len(region.uncertain)} of {len(region.low.parameters())} numbers are intervals"
    heading(screen, f"Over the intervals of the file: {many}")
    found, why = _verdict(scenario)
    if found is None:
        prose(screen, f"No verdict over them: {why}.")
        return
    for line in str(found).splitlines():
        prose(screen, f"{line.strip()}.")
    if found.proofs:
        return
    for status, county in found.counties.items():
        if status == found_at(scenario, found):
            continue
        rows = [
            [name, short(getattr(scenario.model, name)), short(getattr(county.model, name))]
            for name in _moved_most(scenario, county.model)
        ]
        columns(screen, [["number", "as assumed", f"at a county that is {status}"], *rows], right=[1])
        prose(screen, "; ".join(" ".join(line.split()) for line in str(county).splitlines()[1:]) + ".")
    if len(region.uncertain) > _DIFFERENT:
        prose(screen, "The numbers that are furthest off are shown; --json has all of them.")


def found_at(scenario: Scenario, found: RegionVerdict) -> str:
    """The status at the scenario's own numbers, among those known to occur; the first where it is none of them."""
    from blamegame.concepts import Nash
    from blamegame.verbs import avoidance

    own = str(avoidance(scenario.model, Nash()).status)
    return own if own in found.counties else next(iter(found.counties))


def _verdict(scenario: Scenario) -> tuple[RegionVerdict | None, str]:
    from blamegame.errors import ModelError, UnsupportedGame
    from blamegame.regions.verdict import avoidance_over

    assert scenario.region is not None
    try:
        return avoidance_over(scenario.region, time_limit=_SECONDS), ""
    except (ModelError, UnsupportedGame) as error:
        return None, str(error)


def _moved_most(scenario: Scenario, county: Any) -> list[str]:
    """The numbers that differ most from the scenario's, relatively."""
    own = scenario.model.exact()

    def distance(name: str) -> float:
        value = getattr(own, name)
        return float(abs(getattr(county, name) - value) / value) if value else float("inf")

    moved = [name for name in own.parameters() if getattr(county, name) != getattr(own, name)]
    return sorted(moved, key=distance, reverse=True)[:_DIFFERENT]
