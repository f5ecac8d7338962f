"""Departments over one township, decided from their payoffs: a contest with exactly one equilibrium.

Department i of K sends w_i >= 0 letters, W in all, and gets, with V = value, T = time, tau = letter_time, c =
letter_cost (V, T, tau > 0, c >= 0),

    u_i(w) = V (w_i / W) (T - tau W) - c w_i = V T w_i / W - k w_i,    k = V tau + c > 0,

and nothing where it sends nothing, so also where W = 0. Let K >= 2 (one department alone takes the whole time with
any letter, the fewer the better, and none is its fewest: then there is no equilibrium, and nothing is claimed).

1. *Equilibria are pure.* Let S be the letters of the others, perhaps random. If S = 0 surely, i gets V T - k w_i for
   w_i > 0, and 0 at 0: there is no best number. Otherwise i's expected payoff, V T E[w_i / (w_i + S)] - k w_i for
   w_i > 0, is strictly concave, jumping up from w_i = 0 at most; so i has at most one best number.
2. *At least two departments send letters*: else some i faces S = 0 and has no best number.
3. *All send the same.* Every i faces S > 0, and its slope is V T (W - w_i) / W^2 - k. It is 0 where w_i > 0, so there
   W - w_i = k W^2 / (V T), the same for all who send, and below W: k W < V T. Where w_i = 0 it is at most 0, that is
   V T <= k W, which contradicts this. So all send, and all the same.
4. With w_i = W / K the slope is 0 where W = V T (K - 1) / (K k), and there every payoff is concave: an equilibrium.

So the only Nash equilibrium, pure or mixed, has w_i = W / K, and tau W / T of the time is lost: paperwork_share.
"""

from __future__ import annotations

from fractions import Fraction

from .budget import Refused, Work

PARAMETERS = ("value", "time", "letter_time", "letter_cost")
MEASURES = ("paperwork_share", "letters")
POSITIVE = ("value", "time", "letter_time")
GAME = (
    "In the contest of {size} departments for a township's time, in which each sends letters and gets value x (own "
    "letters) / (all letters) x (time - letter_time x all letters) - letter_cost x (own letters)"
)


def sign(measure: str, size: int, p: dict[str, Fraction], bound: Fraction, work: Work) -> int:
    """The sign of the measure - bound in the only Nash equilibrium."""
    if size < 2:
        raise Refused("one department alone has no best number of letters, so there is no equilibrium to speak of")
    k = work(work(p["value"] * p["letter_time"]) + p["letter_cost"])
    letters = work(work(p["value"] * p["time"]) * (size - 1) / work(size * k))  # of all together
    found = letters / size if measure == "letters" else work(p["letter_time"] * letters / p["time"])
    return (found > bound) - (found < bound)
