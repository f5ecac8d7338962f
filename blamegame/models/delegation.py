"""Two tiers, one mandate: upper shoulders it or pushes it down, lower owns it, escalates it or complies on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from blamegame.games.strategic import Array
from blamegame.models.assemble import assemble
from blamegame.models.forms import Table
from blamegame.models.liability import Cells, mixed_shares
from blamegame.models.model import Model, parameter

_UNIT = "value of success"


@dataclass(frozen=True, eq=False)
class MandateParameters(Model):
    """The parameters of one mandate between an upper and a lower office, shared by the models built on it."""

    parameter_source: ClassVar[str] = "model.md section 1, parameter table; the value is an assumption"

    authority: Any = parameter("a", "lower's power, resources and skill relative to the task", "0.30")
    responsibility: Any = parameter("r", "lower's nominal share of liability before any push", "0.50")
    push_strength: Any = parameter("k", "share of upper's remaining liability that a push moves down", "0.70")
    upward_tracing: Any = parameter(
        "z",
        "probability that a push is undone ex post",
        "0",
        unit="probability",
        source="model.md section 1; remedy: look for causes one level up",
    )
    assistance: Any = parameter("s", "share of lower's authority gap closed when upper assists", "0.60")
    answer_competence: Any = parameter("n", "success factor when upper decides an escalated case", "0.50")
    baseline_success: Any = parameter("b", "probability of success with no substance", "0.10", unit="probability")
    accountability: Any = parameter(
        "A", "probability that a failure is pursued x sanction", "1.00", high=None, unit=_UNIT
    )
    tolerance: Any = parameter("t", "share of liability waived for documented good faith (work, assist)", "0.10")
    escalation_shield: Any = parameter("e", "share of lower's liability moved up by asking", "0.70")
    diffusion: Any = parameter(
        "d", "share of the liability moved by asking that is charged to nobody when upper pushes", "0.80"
    )
    trace_shield: Any = parameter("w", "share of lower's liability that paper compliance extinguishes", "0.60")
    substantive_inspection: Any = parameter(
        "m", "probability that inspection sees through traces", "0.20", unit="probability"
    )
    formalism_sanction: Any = parameter("f", "extra sanction for detected formalism", "0.30", high=None, unit=_UNIT)
    credit_lower: Any = parameter("cl", "lower's credit for success", "0.30", high=None, unit=_UNIT)
    credit_upper: Any = parameter("cu", "upper's credit for success", "0.60", high=None, unit=_UNIT)
    promotability: Any = parameter("y", "how far credit reaches lower (0 = no prospects)", "1")
    cost_work: Any = parameter("c_work", "lower's cost of owning the mandate", "0.25", high=None, unit=_UNIT)
    cost_escalate: Any = parameter("c_esc", "lower's cost of asking for instructions", "0.05", high=None, unit=_UNIT)
    cost_formalism: Any = parameter("c_form", "lower's cost of paper compliance", "0.10", high=None, unit=_UNIT)
    cost_assist: Any = parameter("c_assist", "upper's cost of shouldering the mandate", "0.25", high=None, unit=_UNIT)
    cost_push: Any = parameter("c_push", "upper's cost of sending responsibility down", "0.02", high=None, unit=_UNIT)
    cost_answer: Any = parameter(
        "c_ans", "upper's cost of answering, paid at (assist, escalate)", "0.15", high=None, unit=_UNIT
    )
    tolerance_risk: Any = parameter(
        "theta",
        "share of what tolerance waives below that falls on the superior who tolerated",
        "0",
        source="remedy: tolerance for which the superior answers; off unless a reform turns it on",
    )
    causal_weight: Any = parameter(
        "omega",
        "weight of causal against territorial attribution of liability",
        "0",
        source="model.md section 2; Bartling and Fischbacher (2012)",
    )


_SMALL_FALL = 0.02  # rounding is below 1e-14 of a larger fall


@dataclass(frozen=True, eq=False)
class Delegation(Table, MandateParameters):
    """The delegation stage game (model.md section 1).

    Every field may be a Fraction or int (exact), a float, an array (a batch of games) or a SymPy expression. Payoffs
    are in units of the social value of success. *Mutual avoidance* is {push} x {escalate, formalism}.

    Examples
    --------
    >>> game = Delegation().stage_game()
    >>> game.payoffs[0, 0, 0]
    Fraction(427, 5000)
    >>> print(game)
    upper \\ lower  work                escalate                formalism
    assist         0.0854, -0.139      -0.41425, _0.0475_      -0.595, -0.364
    push           _0.1075_, -0.62095  _-0.2021_, _-0.2495_ *  _-0.095_, -0.5278
    <BLANKLINE>
    _best reply_   * pure equilibrium
    >>> Delegation(authority=np.linspace(0, 1, 1000)).stage_game()
    <StrategicGame batch (1000,) of 2 x 3, players upper, lower, float64>
    """

    players: ClassVar[tuple[str, ...]] = ("upper", "lower")
    actions: ClassVar[tuple[tuple[str, ...], ...]] = (("assist", "push"), ("work", "escalate", "formalism"))

    @property
    def avoidance(self) -> Array:
        """Mutual avoidance as a boolean array over (upper's action, lower's action)."""
        return np.array([[False, False, False], [False, True, True]])

    def success(self) -> Array:
        """Probability of success in each cell, shape [*batch, 2, 3]."""
        return assemble(_success(self.values()), self.batch_shape)

    def payoffs(self) -> Array:
        """Payoffs of both offices in each cell, shape [*batch, 2, 2, 3]; symbolic where a parameter is."""
        return assemble(_payoffs(self.values()), self.batch_shape)

    def ill_conditioned(self) -> Array:
        """Where float payoffs may be off by more than rounding, boolean, shape [*batch].

        Liability by cause is a ratio of falls in success: where a fall is small, so are few of its digits right, and
        whether it is nothing at all decides between no charge and the whole charge.
        """
        p = self.values()
        q = _success(p)
        falls = [q[0][0] - q[0][1], q[0][0] - q[0][2], q[0][0] - q[1][0], q[0][1] - q[1][1], q[1][0] - q[1][1]]
        small = np.any([np.broadcast_to(np.abs(fall) < _SMALL_FALL, self.batch_shape) for fall in falls], axis=0)
        return np.asarray(small & np.not_equal(p["causal_weight"], 0))


def _success(p: dict[str, Any]) -> Cells:
    b = p["baseline_success"]
    rest = 1 - b
    a = p["authority"]
    return [
        [b + rest * (a + (1 - a) * p["assistance"]), b + rest * p["answer_competence"], b],
        [b + rest * a, b, b],
    ]


def _payoffs(p: dict[str, Any]) -> list[Cells]:
    success = _success(p)
    share_upper, share_lower = mixed_shares(p, success)
    sanction = [[p["accountability"] * (1 - q) for q in row] for row in success]
    credit = p["promotability"] * p["credit_lower"]
    cost_upper = [
        [p["cost_assist"], p["cost_assist"] + p["cost_answer"], p["cost_assist"]],
        [p["cost_push"]] * 3,
    ]
    detected = p["cost_formalism"] + p["substantive_inspection"] * p["formalism_sanction"]
    cost_lower = [[p["cost_work"], p["cost_escalate"], detected]] * 2
    cells = [(i, j) for i in range(2) for j in range(3)]
    upper: Cells = [[None] * 3, [None] * 3]
    lower: Cells = [[None] * 3, [None] * 3]
    for i, j in cells:
        upper[i][j] = p["credit_upper"] * success[i][j] - sanction[i][j] * share_upper[i][j] - cost_upper[i][j]
        lower[i][j] = credit * success[i][j] - sanction[i][j] * share_lower[i][j] - cost_lower[i][j]
    return [upper, lower]
