"""Decide the claim of a certificate: find out its kind, read it, and ask whoever decides claims of that kind."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from . import (
    bundles,
    measures,
    mixed_play,
    network,
    region,
    region_bounds,
    region_refuted,
    repeated,
    stochastic,
    strategic,
    trees,
)
from .about import about
from .budget import Claims, Data, Refused, Verdict, Work
from .names import name
from .reading import anything, take

FORMAT = "blamegame-certificate/1"
CLAIMS: Claims = {
    **strategic.CLAIMS,
    **bundles.CLAIMS,
    **measures.CLAIMS,
    **network.CLAIMS,
    **repeated.CLAIMS,
    **mixed_play.CLAIMS,
    **stochastic.CLAIMS,
    **trees.CLAIMS,
    **region.CLAIMS,
    **region_refuted.CLAIMS,
    **region_bounds.CLAIMS,
}


def check(document: Any) -> Verdict:
    """Decide the claim of a certificate, or raise :class:`Refused`."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise Refused(f"it is not of format {FORMAT!r}")
    sealed = take(document, {"format": name, "claim": anything, "proof": anything, "digest": name}, "certificate")
    kind = sealed["claim"].get("kind") if isinstance(sealed["claim"], dict) else None
    if not isinstance(kind, str) or kind not in CLAIMS:
        raise Refused(f"claim.kind is not one of {', '.join(CLAIMS)}")
    decide, claim_pattern, proof_pattern = CLAIMS[kind]
    claim = take(sealed["claim"], {"kind": name, **claim_pattern}, "claim")
    work = Work()
    sentence, failure = decide(claim, take(sealed["proof"], proof_pattern, "proof"), work)
    reason = failure or "Rechecked by exact arithmetic alone"
    if not failure and sealed["digest"] != digest_of(document):
        reason = failure = "The file was changed after it was written: its digest does not fit"
    return Verdict(not failure, sentence, reason, {"kind": kind, "work": work.done}, about(claim))


def digest_of(document: Data) -> str:
    """SHA-256 of format, claim and proof, as JSON with sorted keys and no spaces."""
    parts = {key: document[key] for key in ("format", "claim", "proof")}
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
