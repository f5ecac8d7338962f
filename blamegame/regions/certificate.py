"""Certificates about every model of a region, which anyone can recheck without a solver."""

from __future__ import annotations

from collections.abc import Iterable

from blamegame.certificates.certify import Certificate, certify
from blamegame.certificates.claims.regions import RegionEntrenched, RegionFails, RegionRefuted, RegionRemoves
from blamegame.errors import ReformError
from blamegame.regions.plan import RegionPlan
from blamegame.regions.prover import ENTRENCHED, FAILS, REMOVES
from blamegame.regions.setting import event_at
from blamegame.regions.verdict import RegionVerdict

_CLAIMS = {REMOVES: RegionRemoves, ENTRENCHED: RegionEntrenched, FAILS: RegionFails}


def prove_bundle(plan: RegionPlan, names: Iterable[str] | None = None) -> Certificate:
    """That a bundle reaches its goal for every model of the region; by default the cheapest that does.

    Raises
    ------
    ReformError
        Where no bundle, or not this one, is proved throughout the region.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> from blamegame.regions.region import Region
    >>> from blamegame.regions.search import search_region
    >>> region = Region.around(Delegation(), Fraction(1, 10))
    >>> prove_bundle(search_region(region, choose(CATALOGUE, ["list", "answer"]))).holds
    True
    """
    if names is None:
        if plan.cheapest is None:
            raise ReformError("no bundle is proved to reach the goal throughout the region; there is nothing to prove")
        names = plan.cheapest.bundle
    names, middle = tuple(names), plan.region.middle
    event = event_at(middle, plan.goal)
    evidence = plan.proof(names).to_dict()
    return certify(RegionRemoves(middle, plan.region.intervals, plan.menu, names, event, evidence))


def refute_bundle(plan: RegionPlan, names: Iterable[str]) -> Certificate:
    """That a bundle fails somewhere in the region: the exact model and the equilibrium there."""
    names, middle = tuple(names), plan.region.middle
    evidence = plan.witness(names).to_dict(names)
    return certify(
        RegionRefuted(middle, plan.region.intervals, plan.menu, names, event_at(middle, plan.goal), evidence)
    )


def prove_verdict(verdict: RegionVerdict) -> Certificate:
    """That avoidance is in no equilibrium, or in every one, of any model of the region.

    Raises
    ------
    ReformError
        Where nothing is proved throughout the region.
    """
    if not verdict.proofs:
        raise ReformError(f"nothing is proved throughout this region: avoidance there is {verdict.status}")
    proof = verdict.proofs[0]
    claim = _CLAIMS[proof.statement](
        verdict.region.middle, verdict.region.intervals, (), (), verdict.event, proof.to_dict()
    )
    return certify(claim)
