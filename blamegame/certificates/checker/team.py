"""A team, decided from its payoffs: what an effort costs and brings its author does not depend on the others.

Member i of n chooses an effort e_i >= 0 and gets

    u_i(e) = reward (e_1 + ... + e_n) / n - exposure accountability (1 - tolerance) e_i - e_i^2 / 2.

The slope of u_i in e_i is s - e_i with s = reward / n - exposure accountability (1 - tolerance), whatever the others
do, and it falls strictly: u_i is strictly concave in e_i. Let e* = max(0, s). If s >= 0, then for every e_i

    u_i(e*) - u_i(e_i) = s (e* - e_i) - (e*^2 - e_i^2) / 2 = (e_i - e*)^2 / 2,

and if s < 0, it is -s e_i + e_i^2 / 2; both are positive unless e_i = e*. So e* is strictly dominant: in every Nash
and correlated equilibrium and every rationalizable profile each member chooses e*.
"""

from __future__ import annotations

from fractions import Fraction

from .budget import ZERO, Work

PARAMETERS = ("reward", "exposure", "accountability", "tolerance")
MEASURES = ("effort",)
POSITIVE: tuple[str, ...] = ()
GAME = (
    "In a team of {size}, each of whom chooses an effort of at least 0 and gets reward x (all efforts) / {size} - "
    "exposure x accountability x (1 - tolerance) x (own effort) - (own effort)^2 / 2"
)


def sign(measure: str, size: int, p: dict[str, Fraction], bound: Fraction, work: Work) -> int:
    """The sign of effort - bound, in every outcome."""
    personal = work(p["exposure"] * work(p["accountability"] * (1 - p["tolerance"])))
    effort = max(ZERO, work(p["reward"] / size - personal))
    return (effort > bound) - (effort < bound)
