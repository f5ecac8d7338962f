"""How far the numbers may be off, as it is typed: ``10%``, or ``file`` for the intervals of the scenario file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from blamegame.regions.region import Region
    from blamegame.scenario import Scenario

OF_THE_FILE = "file"


def region_within(text: str, scenario: Scenario) -> Region:
    """The region around a scenario's model that ``text`` names."""
    from blamegame.errors import ScenarioError
    from blamegame.regions.region import Region
    from blamegame.scenario.intervals import per_cent

    if text == OF_THE_FILE:
        if scenario.region is None:
            raise ScenarioError(f'{scenario.source} has no intervals; add [uncertainty] with within = "10 %"')
        return scenario.region
    try:
        share = per_cent(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} {str(error).partition(';')[0]}; write 10%, or file for the intervals of the scenario file"
        ) from None
    return Region.around(scenario.model, share)


def region_words(text: str, region: Region) -> str:
    """The region in a few words."""
    known = len(region.low.parameters())
    about = (
        "in the intervals of the file"
        if text == OF_THE_FILE
        else f"within {text.replace('%', ' %').replace('  ', ' ')}"
    )
    return f"{len(region.uncertain)} of {known} numbers anywhere {about}"
