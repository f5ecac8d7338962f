"""Write certificates and check them; what is written has passed the same checker that readers run."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from blamegame.certificates import checker
from blamegame.certificates.checker import Refused, Verdict
from blamegame.certificates.claims import AboutBundles, Claim
from blamegame.errors import CertificateError


@dataclass(frozen=True)
class Certificate:
    """A claim with everything needed to check it, as JSON text; made by :func:`certify`."""

    claim: Claim
    text: str = field(repr=False)

    @property
    def holds(self) -> bool:
        """Whether the checker accepts it; checked anew each time."""
        return verify(self).holds

    def to_json(self) -> dict[str, Any]:
        """The JSON document."""
        document: dict[str, Any] = json.loads(self.text)
        return document

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the certificate to a file, whole or not at all."""
        target = Path(path)
        if not target.name or target.is_dir():
            raise CertificateError(f"{os.fspath(path)!r} is a folder; give the name of a file to write")
        if not target.parent.is_dir():
            raise CertificateError(f"{os.fspath(path)!r} cannot be written: there is no folder {str(target.parent)!r}")
        draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        try:
            with open(draft, "x", encoding="utf-8", newline="\n") as file:
                file.write(self.text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)
        return target

    def __str__(self) -> str:
        return str(verify(self))


def certify(claim: Claim) -> Certificate:
    """A certificate of the claim, checked before it is returned.

    Parameters
    ----------
    claim : a value of :mod:`blamegame.certificates.claims`

    Raises
    ------
    CertificateError
        Where the claim is false (with the counter-example), or too large for the checker.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.certificates.claims import NoNashAvoids
    >>> certificate = certify(NoNashAvoids(Delegation(authority=1).stage_game(), Delegation().avoidance))
    >>> print(certificate)
    Proved: In this game, no Nash equilibrium puts any probability on ("push", "escalate"), ("push", "formalism").
    The players and their actions are "upper": "assist", "push"; "lower": "work", "escalate", "formalism".
    "upper" gets [[7/20, -1657/4000, -119/200], [29/50, -2021/10000, -19/200]].
    "lower" gets [[1/20, 19/400, -91/250], [1/20, -499/2000, -2639/5000]].
    Rechecked by exact arithmetic alone.
    >>> certify(NoNashAvoids(Delegation().stage_game(), [("push", "escalate")]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    blamegame.errors.CertificateError: this claim is false: ...
    """
    if not isinstance(claim, Claim):
        raise CertificateError(f"certify takes a claim such as NoNashAvoids(game, event), not {type(claim).__name__}")
    statement = claim.statement()
    document: dict[str, Any] = {"format": checker.FORMAT, "claim": statement, "proof": claim.proof()}
    document["digest"] = checker.digest_of(document)
    text = _laid_out(document) + "\n"
    try:
        verdict = checker.check(checker.parse(text.encode("utf-8")))
        if verdict.holds and isinstance(claim, AboutBundles):
            claim.compare(statement)
    except (Refused, UnicodeEncodeError) as error:
        raise CertificateError(f"this claim cannot be certified: {error}") from None
    if not verdict.holds:
        raise CertificateError(f"this claim is false: {verdict.claim}. {verdict.reason}")
    return Certificate(claim, text)


def verify(source: Certificate | dict[str, Any] | str | os.PathLike[str], *, claim: Claim | None = None) -> Verdict:
    """Recheck a certificate from the numbers it holds.

    Parameters
    ----------
    source : a certificate, its JSON document as a dict, or the path of a file
    claim : optional
        What the certificate should state. A certificate proves a sentence about the game *it holds*; only with your
        own claim to compare can the verdict say that this is the game you mean.

    Raises
    ------
    CertificateError
        Where ``source`` cannot be read as a certificate, or is too large to check. A readable but false one is a
        verdict with ``holds`` False that names the claim and what contradicts it.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.games import pure_profile
    >>> from blamegame.certificates.claims import IsNash
    >>> game = Delegation().stage_game()
    >>> document = certify(IsNash(game, pure_profile(game, ("push", "escalate")))).to_json()
    >>> verify(document).holds
    True
    >>> document["claim"]["game"]["payoffs"][0][0][1]
    '-1657/4000'
    >>> document["claim"]["game"]["payoffs"][0][0][1] = "1/4"
    >>> print(verify(document))
    NOT proved: In this game, ("upper": "push"; "lower": "escalate") is a Nash equilibrium.
    The players and their actions are "upper": "assist", "push"; "lower": "work", "escalate", "formalism".
    "upper" gets [[427/5000, 1/4, -119/200], [43/400, -2021/10000, -19/200]].
    "lower" gets [[-139/1000, 19/400, -91/250], [-12419/20000, -499/2000, -2639/5000]].
    "upper" gains 4521/10000 by playing "assist" instead.
    """
    return checked(source, claim)[1]


def checked(source: Any, claim: Claim | None = None) -> tuple[dict[str, Any], Verdict]:
    """What :func:`verify` read, once, and its verdict; for whoever goes on to compare the claim."""
    try:
        document = _document(source)
        verdict = checker.check(document)
    except Refused as error:
        raise CertificateError(f"{_called(source)} was not checked: {error}") from None
    if claim is not None and verdict.holds:
        other = _first_difference(document["claim"], json.loads(json.dumps(claim.statement())), "claim")
        if other:
            reason = f"That is proved, but it is not the claim asked about: {other}"
            return document, replace(verdict, holds=False, reason=reason)
    return document, verdict


def _document(source: Any) -> Any:
    if isinstance(source, Certificate):
        return checker.parse(source.text.encode("utf-8"))
    if isinstance(source, dict):
        try:
            return checker.parse(json.dumps(source).encode("ascii"))
        except (TypeError, ValueError, RecursionError) as error:
            raise Refused(f"it is not JSON: {error}") from None
    if isinstance(source, str | os.PathLike):
        return checker.read(source)
    raise CertificateError(f"verify takes a certificate, a dict or a path, not {type(source).__name__}")


def _called(source: Any) -> str:
    return repr(os.fspath(source)) if isinstance(source, str | os.PathLike) else "this certificate"


def _first_difference(there: Any, here: Any, where: str) -> str:
    """Where two JSON values differ first, in words, or ""."""
    if isinstance(there, dict) and isinstance(here, dict) and there.keys() == here.keys():
        return next(filter(None, (_first_difference(there[k], here[k], f"{where}.{k}") for k in here)), "")
    if isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        pairs = enumerate(zip(there, here))
        return next(filter(None, (_first_difference(a, b, f"{where}[{k}]") for k, (a, b) in pairs)), "")
    return "" if there == here else f"{where} is {_brief(there)} there and {_brief(here)} in the claim asked about"


def _brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _laid_out(value: Any, indent: int = 0) -> str:
    """JSON with short lists and objects on one line each, for people."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= 110 or not isinstance(value, dict | list):
        return line
    pad = " " * (indent + 1)
    if isinstance(value, list):
        return "[\n" + ",\n".join(pad + _laid_out(item, indent + 1) for item in value) + f"\n{' ' * indent}]"
    items = (f"{pad}{json.dumps(key, ensure_ascii=False)}: {_laid_out(value[key], indent + 1)}" for key in value)
    return "{\n" + ",\n".join(items) + f"\n{' ' * indent}}}"
