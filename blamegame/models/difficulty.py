"""Tasks of different difficulty: escalating what is beyond one's means is right, and only the excess is avoidance."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array, Profile
from blamegame.models.assemble import assemble
from blamegame.models.delegation import Delegation
from blamegame.models.liability import territorial_shares

WORK, ESCALATE, FORMALISM = 0, 1, 2
Plan = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Difficulty(Delegation):
    """The delegation game with a task whose difficulty x, uniform on 0..1, only lower sees (model.md section 5).

    Work succeeds for sure where x is within lower's means and with ``baseline_success`` beyond them. The means are
    ``authority`` a, and a + (1-a)s when upper assists. So three classes matter, and lower's plan is an action for each.

    ========  ====================  ==============  ====================================
    class     difficulty            share of tasks  within lower's means
    ========  ====================  ==============  ====================================
    easy      x <= a                a               always
    middle    a < x <= a + (1-a)s   (1-a)s          only when upper assists
    hard      x > a + (1-a)s        (1-a)(1-s)      never
    ========  ====================  ==============  ====================================

    Averaged over x, work succeeds with g(a + (1-a)s) or g(a) as in the delegation game, and the three plans that treat
    all classes alike pay exactly what that game pays. An answered case succeeds with g(``answer_competence``) in every
    class; liability is territorial. Upper does not see x, and both choose at once.

    Escalation is *efficient* beyond lower's means. The **excess** of a cell is the share of tasks that lower escalates
    within its means, plus the share that it complies with on paper, which is never efficient. *Mutual avoidance* is the
    event that upper pushes and the excess is positive.

    Examples
    --------
    >>> model = Difficulty()
    >>> model.class_shares()
    (Fraction(3, 10), Fraction(21, 50), Fraction(7, 25))
    >>> [str(share) for share in model.efficient_shares()]
    ['7/25', '7/10']
    >>> plan = model.actions[1].index("work, escalate, escalate")
    >>> [str(share) for share in model.excess()[:, plan]]
    ['21/50', '0']
    """

    actions: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("assist", "push"),
        tuple(", ".join(plan) for plan in product(("work", "escalate", "formalism"), repeat=3)),
    )

    event_moves: ClassVar[bool] = True
    avoidance_in_words: ClassVar[str] = (
        "upper pushes, and lower escalates tasks within its means or does tasks on paper"
    )
    plans: ClassVar[str] = "lower's plan names what it does with easy, middle, hard tasks"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.causal_weight, Fraction) or self.causal_weight != 0:
            raise ModelError(
                f"causal_weight={self.causal_weight} is not for tasks of different difficulty, where cause "
                "depends on the task; use Delegation for causal liability"
            )

    def event_moves_with(self, names: Collection[str]) -> bool:
        """Only which classes of tasks there are decides which plans are in excess."""
        return not {"authority", "assistance"}.isdisjoint(names)

    def class_shares(self) -> tuple[Any, Any, Any]:
        """Shares of easy, middle and hard tasks."""
        p = self.values()
        a, s = p["authority"], p["assistance"]
        return a, (1 - a) * s, (1 - a) * (1 - s)

    def efficient_shares(self) -> tuple[Any, Any]:
        """Share of tasks beyond lower's means, when upper assists and when it pushes."""
        _, middle, hard = self.class_shares()
        return hard, middle + hard

    def excess(self) -> Array:
        """Share of tasks avoided in excess of the efficient share, in each cell, shape [*batch, 2, 27]."""
        shares = self.class_shares()
        nothing = 0 * shares[0]
        table = [
            [
                sum((shares[k] for k in range(3) if _is_excess(layout, k, plan[k])), nothing)
                for plan in product(range(3), repeat=3)
            ]
            for layout in range(2)
        ]
        return assemble(table, self.batch_shape)

    def expected_excess(self, profile: Profile) -> Any:
        """Excess expected under one profile of mixed strategies; exact where both are."""
        if self.batch_shape:
            raise ModelError(
                f"expected_excess takes one model, this is a batch of {self.batch_shape}; take item(index)"
            )
        return profile[0] @ self.excess() @ profile[1]

    def escalated(self) -> Array:
        """Share of tasks that lower escalates, in each cell, shape [*batch, 2, 27]."""
        shares = self.class_shares()
        nothing = 0 * shares[0]
        row = [
            sum((shares[k] for k in range(3) if plan[k] == ESCALATE), nothing) for plan in product(range(3), repeat=3)
        ]
        return assemble([row, row], self.batch_shape)

    def facts(self, profile: Profile) -> dict[str, Any]:
        """What is escalated in one equilibrium, what should be, and the excess."""
        if self.batch_shape:
            raise ModelError(f"facts takes one model, this is a batch of {self.batch_shape}; take item(index)")
        easy, middle, hard = self.class_shares()
        beyond = profile[0] @ assemble(list(self.efficient_shares()), ())
        return {
            "share of easy tasks": easy,
            "share of middle tasks, within lower's means only when upper assists": middle,
            "share of hard tasks": hard,
            "share escalated": profile[0] @ self.escalated() @ profile[1],
            "efficient share: tasks beyond lower's means": beyond,
            "excess: escalated within its means, or done on paper": self.expected_excess(profile),
        }

    @property
    def avoidance(self) -> Array:
        """Mutual avoidance as a boolean array over (upper's action, lower's plan).

        In a batch, where shares differ, every plan counts that could be in excess.
        """
        if self.batch_shape or not all(isinstance(share, Fraction | float) for share in self.class_shares()):
            plans = list(product(range(3), repeat=3))
            event = [[any(_is_excess(i, k, plan[k]) for k in range(3)) for plan in plans] for i in range(2)]
        else:
            event = (self.excess() > 0).tolist()
        return np.array([[False] * 27, event[1]])

    def success(self) -> Array:
        """Probability of success in each cell, over tasks of all difficulties, shape [*batch, 2, 27]."""
        p, shares = self.values(), self.class_shares()
        table = [
            [sum(shares[k] * _success(p, i, k, plan[k]) for k in range(3)) for plan in product(range(3), repeat=3)]
            for i in range(2)
        ]
        return assemble(table, self.batch_shape)

    def payoffs(self) -> Array:
        """Expected payoffs of both offices in each cell, shape [*batch, 2, 2, 27]."""
        p, shares = self.values(), self.class_shares()
        by_class = [[[_payoffs(p, i, k, j) for j in range(3)] for i in range(2)] for k in range(3)]
        table = [
            [
                [
                    sum(shares[k] * by_class[k][i][plan[k]][office] for k in range(3))
                    for plan in product(range(3), repeat=3)
                ]
                for i in range(2)
            ]
            for office in range(2)
        ]
        return assemble(table, self.batch_shape)


def _is_excess(layout: int, task: int, action: int) -> bool:
    within_means = task == 0 or (task == 1 and layout == 0)
    return action == FORMALISM or (action == ESCALATE and within_means)


def _success(p: dict[str, Any], layout: int, task: int, action: int) -> Any:
    b = p["baseline_success"]
    if action == WORK and (task == 0 or (task == 1 and layout == 0)):
        return 1 + 0 * b
    if action == ESCALATE and layout == 0:
        return b + (1 - b) * p["answer_competence"]
    return b


def _payoffs(p: dict[str, Any], layout: int, task: int, action: int) -> tuple[Any, Any]:
    """Payoffs of upper and lower for a task of one class."""
    upper, lower = territorial_shares(p)
    q = _success(p, layout, task, action)
    sanction = p["accountability"] * (1 - q)
    answer = p["cost_answer"] if action == ESCALATE else 0
    cost_upper = p["cost_push"] if layout else p["cost_assist"] + answer
    detected = p["cost_formalism"] + p["substantive_inspection"] * p["formalism_sanction"]
    cost_lower = (p["cost_work"], p["cost_escalate"], detected)[action]
    return (
        p["credit_upper"] * q - sanction * upper[layout][action] - cost_upper,
        p["promotability"] * p["credit_lower"] * q - sanction * lower[layout][action] - cost_lower,
    )
