"""Three stages: upper's layout is seen, lower implements, an escalated case comes back to upper; then assessment."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from blamegame.errors import ModelError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Branch, Chance, Decision, End, grow
from blamegame.models.delegation import Delegation
from blamegame.models.forms import InStages
from blamegame.models.liability import mixed_shares

Cell = tuple[int, int]
_ASSIST, _PUSH = 0, 1
_ESCALATE = 1
# layout, lower's action, what upper makes of an escalated case (None where there is none)
Path = tuple[int, int, str | None]


@dataclass(frozen=True, eq=False)
class ThreeStage(InStages, Delegation):
    """The delegation game in sequence (model.md section 5): layout, implementation, answer, nature, assessment.

    1. *Layout*: upper assists or pushes, and lower sees which.
    2. *Implementation*: lower works, escalates or complies on paper.
    3. An escalated case is *answered* or *bounced* by upper.
    4. Nature decides on success; at the assessment failures are charged.

    What each path pays is a cell of the simultaneous game, so the parameters mean the same here:

    ======  =========  ========  =================================================
    layout  lower      upper     settled as
    ======  =========  ========  =================================================
    assist  work                 (assist, work)
    assist  formalism            (assist, formalism)
    assist  escalate   answer    (assist, escalate)
    assist  escalate   bounce    (push, escalate), and ``cost_assist`` is paid too
    push    work                 (push, work)
    push    formalism            (push, formalism)
    push    escalate   answer    (assist, escalate)
    push    escalate   bounce    (push, escalate)
    ======  =========  ========  =================================================

    An escalated case is charged by who decided it in the end, not by what the letters had said. An answer is a decision
    of upper's: the case succeeds with ``answer_competence``, upper carries what was pushed and asked up, none of it
    diffused and ``tolerance`` of it waived, and pays ``cost_assist + cost_answer``; letters taken back cost nothing. A
    bounce is a late push: liability goes down by ``push_strength``, ``diffusion`` of what asking moved up is charged to
    nobody, no good faith counts, and upper pays ``cost_push`` on top of help already given.

    *Mutual avoidance* is the event that lower escalates and upper bounces, or that upper pushes and lower complies on
    paper. (Bouncing after assisting is never better than pushing at once.)

    Notes
    -----
    **Theorem** (territorial liability, ``tolerance_risk`` 0, no ties). A subgame-perfect outcome with mutual avoidance
    implies an avoiding Nash equilibrium of the simultaneous game. For suppose every equilibrium there is free of it, so
    that upper assists in all, and yet pushing leads to avoidance here. Pushing pays upper no more against avoidance
    than against work, so if lower works in that equilibrium, and hence here after assisting, upper would assist. If
    lower escalates in it, upper answers here after either layout; lower, who prefers that to complying on paper under
    assist, prefers it all the more under push, and is answered: no avoidance. The converse fails: of two equilibria in
    a trap, upper picks the better by its layout.

    The theorem depends on what an answer after a push settles. Among uniform draws of all parameters, letters taken
    back that still cost ``cost_push`` break it about once in 1,800; if after an answer the liability that was pushed
    stays below, and a bounce after assisting moves none, about once in 22, nearly always by such a bounce.

    Examples
    --------
    >>> from blamegame.solvers.extensive.outcome_range import outcome_range
    >>> model = ThreeStage()
    >>> print(model.tree(nature=False))
    upper: layout
    ├─ assist → lower: implementation after assist
    │  ├─ work → (0.0854, -0.139)
    │  ├─ escalate → upper: escalated after assist
    │  │  ├─ answer → (-0.41425, 0.0475)
    │  │  └─ bounce → (-0.4521, -0.2495)
    │  └─ formalism → (-0.595, -0.364)
    └─ push → lower: implementation after push
       ├─ work → (0.1075, -0.62095)
       ├─ escalate → upper: escalated after push
       │  ├─ answer → (-0.41425, 0.0475)
       │  └─ bounce → (-0.2021, -0.2495)
       └─ formalism → (-0.095, -0.5278)
    >>> tree = model.tree()
    >>> outcome_range(tree, model.avoiding_ends(tree)).highest
    Fraction(1, 1)
    """

    avoidance_in_words: ClassVar[str] = "lower escalates and upper bounces, or upper pushes and lower complies on paper"

    def tree(self, *, nature: bool = True) -> ExtensiveGame:
        """The game in extensive form, exact; float parameters become the rationals they store.

        With ``nature=False`` success and failure are replaced by their expectation: the same play, a smaller tree.

        Raises
        ------
        ModelError
            For a batch (take ``model.item(k)``) or symbols.
        """
        if self.batch_shape:
            raise ModelError(f"a tree is of one model, this is a batch of shape {self.batch_shape}; take item(index)")
        exact = self.exact()
        symbolic = [name for name, value in exact.values().items() if not isinstance(value, Fraction)]
        if symbolic:
            raise ModelError(f"{symbolic[0]}={getattr(self, symbolic[0])} is a symbol; a tree needs numbers")
        return grow(self.players, _layout(exact, nature), title=type(self).__name__)

    def avoiding_ends(self, tree: ExtensiveGame) -> tuple[int, ...]:
        """Ends of play of :meth:`tree` at which there was mutual avoidance: the event for ``outcome_range``."""
        return tuple(end for end in tree.terminals if is_avoidance([action for _, action in tree.path(end)]))


def is_avoidance(actions: list[str]) -> bool:
    """Whether a path of actions is mutual avoidance: bounced, or pushed and complied with on paper.

    >>> is_avoidance(["push", "escalate", "bounce", "failure"]), is_avoidance(["push", "work", "success"])
    (True, False)
    """
    return "bounce" in actions or ("push" in actions and "formalism" in actions)


def settled_as(path: Path) -> Cell:
    """The cell of the simultaneous game as which a path is settled."""
    layout, action, reply = path
    if action != _ESCALATE:
        return layout, action
    return (_ASSIST if reply == "answer" else _PUSH), _ESCALATE


def _layout(model: ThreeStage, nature: bool) -> Branch:
    ways, works = model.actions
    table = _Assessment(model, nature)
    branches: dict[str, Branch] = {}
    for layout, name in enumerate(ways):
        replies: dict[str, Branch] = {}
        for action, lower in enumerate(works):
            if action == _ESCALATE:
                options = {reply: table.end((layout, action, reply)) for reply in ("answer", "bounce")}
                replies[lower] = Decision("upper", options, label=f"escalated after {name}")
            else:
                replies[lower] = table.end((layout, action, None))
        branches[name] = Decision("lower", replies, label=f"implementation after {name}")
    return Decision("upper", branches, label="layout")


class _Assessment:
    """What each path pays after success and after failure."""

    def __init__(self, model: ThreeStage, nature: bool) -> None:
        self.nature = nature
        self.values = model.values()
        self.success = model.success()
        self.payoffs = model.payoffs()
        table: list[list[Any]] = self.success.tolist()
        self.shares = mixed_shares(self.values, table)

    def end(self, path: Path) -> Branch:
        i, j = settled_as(path)
        p = self.values
        spent = p["cost_assist"] if path[0] == _ASSIST and path[2] == "bounce" else Fraction(0)
        expected = [self.payoffs[0, i, j] - spent, self.payoffs[1, i, j]]
        if not self.nature:
            return End(expected)
        q = self.success[i, j]
        credit = [p["credit_upper"], p["promotability"] * p["credit_lower"]]
        charged = [p["accountability"] * share[i][j] for share in self.shares]
        # expected = q credit - (1 - q) charged - costs, so the costs are what is left
        costs = [q * c - (1 - q) * s - e for c, s, e in zip(credit, charged, expected)]
        return Chance(
            {
                "success": (q, End([c - cost for c, cost in zip(credit, costs)], label="success")),
                "failure": (1 - q, End([-s - cost for s, cost in zip(charged, costs)], label="failure")),
            },
            label="nature",
        )
