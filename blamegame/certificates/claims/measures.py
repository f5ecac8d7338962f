"""Claims about models without a table of payoffs: a measure of every equilibrium stays on one side of a bound."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from blamegame.certificates.checker import Work, measures, reforms
from blamegame.certificates.checker.reading import take
from blamegame.certificates.claims.parts import Document, bundle_of, exact, parameters_of, reforms_of, text_of
from blamegame.errors import CertificateError

_ALLOWED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}  # what is so where the event is not
_SIZES = {"team": "members", "departments": "departments", "markup": "layers"}
_CLOSE = Fraction(1, 10**9)  # to what a float of the model must agree with the checker, relative to 1 or more


@dataclass(frozen=True)
class BundleBounds:
    """After this bundle of reforms the event, a measure beyond a bound, occurs in no Nash equilibrium of the model.

    The checker finds all equilibria from the payoffs of the mechanism, not from the formula of the model, and proves
    that they are all; the formula is compared with it before a certificate is written.

    Parameters
    ----------
    model : a single model with a ``mechanism`` that the checker knows, such as Team, Departments or Markup
        Its numbers count as the rationals they store.
    menu : reforms, each with ``name`` and ``edits``
    bundle : reforms of the menu, or their names
    event : Threshold; default the model's own ``avoidance``

    Examples
    --------
    >>> from blamegame import Reform
    >>> from blamegame.certificates.certify import certify
    >>> from blamegame.models import Departments
    >>> priced = Reform("priced", {"letter_cost": {"add": 1}})
    >>> certificate = certify(BundleBounds(Departments(departments=5), [priced], ["priced"]))
    >>> certificate.to_json()["claim"]["measure"], certificate.holds
    ('paperwork_share', True)
    """

    model: Any
    menu: Any
    bundle: Any
    event: Any = None
    kind: ClassVar[str] = "bundle_bounds"

    def __post_init__(self) -> None:
        object.__setattr__(self, "menu", tuple(self.menu))
        object.__setattr__(self, "bundle", bundle_of(self.model, self.menu, self.bundle))
        if getattr(self.model, "mechanism", None) not in _SIZES:
            raise CertificateError(
                f"the checker knows the payoffs of {', '.join(_SIZES)}, not those of {type(self.model).__name__}"
            )
        if self.event is None:
            object.__setattr__(self, "event", self.model.avoidance)
        if getattr(self.event, "relation", None) not in _ALLOWED:
            raise CertificateError(f"the event {self.event!r} is not a measure beyond a bound; give a Threshold")

    def statement(self) -> Document:
        mechanism, bound = self.model.mechanism, self.event.bound
        model = {
            "mechanism": mechanism,
            "size": getattr(self.model, _SIZES[mechanism]),
            "parameters": parameters_of(self.model),
        }
        return {
            "kind": self.kind,
            "model": model,
            "reforms": reforms_of(self.menu),
            "bundle": list(self.bundle),
            "measure": self.event.measure,
            "relation": _ALLOWED[self.event.relation],
            "bound": bound if isinstance(bound, str) else text_of(exact(bound)),
        }

    def proof(self) -> Document:
        return {}

    def compare(self, statement: Document) -> None:
        """Make sure that the model's own measure is what the checker decides about, after every bundle."""
        work, claim = Work(), take(statement, {"kind": str, **measures.BOUNDED}, "claim")
        mechanism, size, measure = measures.mechanism_of(claim["model"]), claim["model"]["size"], self.event.measure
        one = Fraction(1)
        for when, values in reforms.bundles_of(claim, work, robust=isinstance(self, BundleBoundsRobustly))[1]:
            here = self.model.replace(values).measure(measure)
            if not math.isfinite(here):
                raise CertificateError(f"{when} {measure} is {here}, which cannot be compared with the proof")
            slack = 0 if isinstance(here, Fraction) else _CLOSE * max(one, abs(Fraction(here)))
            low, high = (mechanism.sign(measure, size, values, Fraction(here) + end, work) for end in (-slack, slack))
            if low < 0 or high > 0:
                raise CertificateError(
                    f"{when} {type(self.model).__name__} says {measure} = {here}, which is not what follows "
                    f"from the payoffs of {self.model.mechanism}"
                )


@dataclass(frozen=True)
class BundleBoundsRobustly(BundleBounds):
    """After this bundle, *and after every larger bundle of the menu*, the event occurs in no Nash equilibrium.

    Arguments as for :class:`BundleBounds`.
    """

    kind: ClassVar[str] = "bundle_bounds_robustly"
