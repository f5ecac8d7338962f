"""Remedies that the sources name beside the twelve of the catalogue, and the graded mix of responses.

They are not in ``CATALOGUE``, so that what is said of all its 4,096 bundles stays checkable; scenario files take them
by name. As there, edits and costs are assumptions: the sources propose these remedies without measuring them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from blamegame.errors import ReformError
from blamegame.reforms.reform import Number, Reform, exact_number


def response_mix(shares: Sequence[Number], severities: Sequence[Number]) -> Fraction:
    """The mean severity of a graded mix of responses to failure, exact: what ``accountability`` is scaled by.

    Offices here are risk-neutral, so that only the mean of a mix counts.

    Parameters
    ----------
    shares : of the failures pursued that get each response; they sum to 1
        int, Fraction and Decimal are exact; a float is the rational it stores, so write ``Fraction("0.7")``.
    severities : of each response, in units of the one sanction that the mix replaces; 0 or more

    Raises
    ------
    ReformError
        Where the shares do not sum to 1, or there is not one severity for each.

    Examples
    --------
    Seven failures in ten get a reminder, two a light sanction, one the full sanction:

    >>> response_mix([Fraction("0.7"), Fraction("0.2"), Fraction("0.1")], [Fraction("0.1"), Fraction("0.5"), 1])
    Fraction(27, 100)
    """
    if not shares or len(shares) != len(severities):
        raise ReformError(f"{len(shares)} shares and {len(severities)} severities; give one severity for each share")
    weights = [exact_number(share, "share") for share in shares]
    weighed = [exact_number(severity, "severity") for severity in severities]
    if min(*weights, *weighed) < 0:
        raise ReformError(f"{min(*weights, *weighed)} is negative; shares and severities are 0 or more")
    if sum(weights) != 1:
        shown = ", ".join(map(str, shares))
        raise ReformError(f"the shares {shown} sum to {sum(weights)}; those of a mix sum to 1, exactly")
    return sum((weight * severity for weight, severity in zip(weights, weighed)), Fraction(0))


_SEVENTY_TWENTY_TEN = response_mix(
    [Fraction("0.7"), Fraction("0.2"), Fraction("0.1")], [Fraction("0.1"), Fraction("0.5"), 1]
)

FURTHER_REFORMS: tuple[Reform, ...] = (
    Reform(
        "tolerate_at_risk",
        {"tolerance": {"floor": Fraction("0.5")}, "tolerance_risk": {"floor": Fraction("0.5")}},
        cost=2,
        source="fault tolerance that somebody vouches for: half of what is forgiven falls on the superior who forgave",
        remedy="tolerance that puts the tolerating superior at risk",
    ),
    Reform(
        "graded_response",
        {"accountability": {"scale": _SEVENTY_TWENTY_TEN}},
        cost=1,
        source="graded accountability procedure: of ten failures seven get a reminder (severity 0.1), two a light "
        "sanction (0.5) and one the full sanction",
        remedy="the 70/20/10 mix of responses",
    ),
    Reform(
        "early_warning",
        {"baseline_success": {"add": Fraction("0.15")}},
        cost=2,
        source="early warning: some failures are noticed in time and mended, whoever would have caused them",
        remedy="early warning and reminders",
    ),
    Reform(
        "differentiated_standards",
        {"authority": {"add": Fraction("0.15")}},
        cost=1,
        source="standards that fit what a place can do: the same office has more means relative to the task",
        remedy="differentiated standards",
    ),
)
