"""A forgery: a sealed certificate that one condition of the checker, and no other, keeps from being accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.certificates import checker


@dataclass(frozen=True)
class Forgery:
    """What is claimed, the words that refuse it, and the edits of the checker's source without which it is accepted.

    ``edits`` are (module, old, new): together they take out one condition.
    """

    name: str
    claim: Any
    proof: Any
    reason: str
    edits: tuple[tuple[str, str, str], ...]
    digest: str = ""  # instead of the right one

    @property
    def document(self) -> dict[str, Any]:
        sealed = seal(self.claim, self.proof)
        return {**sealed, "digest": self.digest} if self.digest else sealed

    def __repr__(self) -> str:
        return self.name


def seal(claim: Any, proof: Any = None) -> dict[str, Any]:
    """A certificate with the digest that belongs to it."""
    document = {"format": checker.FORMAT, "claim": claim, "proof": {} if proof is None else proof}
    return {**document, "digest": checker.digest_of(document)}


def forgery(
    name: str, reason: str, *edits: tuple[str, str, str], proof: Any = None, digest: str = "", **claim: Any
) -> Forgery:
    return Forgery(name, claim, {} if proof is None else proof, reason, edits, digest)
