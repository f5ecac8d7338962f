"""Inspection at assessment: lower works or fakes, upper inspects substance or trusts the papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.strategic import Array
from blamegame.models.assemble import assemble
from blamegame.models.forms import Table
from blamegame.models.model import parameter

_UNIT = "value of success"


@dataclass(frozen=True, eq=False)
class Inspection(Table):
    """The inspection game at the end of a mandate (model.md section 5).

    Lower gets ``promotability * credit_lower - cost_work`` for work, and for a fake ``-cost_formalism``, less
    ``formalism_sanction`` where upper inspects. Upper pays ``cost_inspect`` to inspect and gains ``catch_value`` from a
    fake it catches; trusting pays nothing. Where the only equilibrium is mixed,

        Pr(fake) = cost_inspect / catch_value,
        Pr(inspect) = (cost_work - cost_formalism - promotability * credit_lower) / formalism_sanction:

    each office is kept indifferent by the *other's* stakes, so a higher sanction lowers inspection and not faking.

    *Avoidance* is the event that lower fakes, caught or not.

    References
    ----------
    Tsebelis (1989), "The abuse of probability in political analysis: the Robinson Crusoe fallacy", American Political
    Science Review 83.

    Examples
    --------
    >>> Inspection().mixed()
    (Fraction(1, 5), Fraction(3, 10))
    >>> Inspection(formalism_sanction=0.6).mixed()[1] < 0.16
    True
    """

    players: ClassVar[tuple[str, ...]] = ("upper", "lower")
    actions: ClassVar[tuple[tuple[str, ...], ...]] = (("inspect", "trust"), ("work", "fake"))

    parameter_source: ClassVar[str] = "model.md section 5, inspection at assessment; the value is an assumption"
    avoidance_name: ClassVar[str] = "faking"

    cost_inspect: Any = parameter("i", "upper's cost of inspecting substance", "0.05", high=None, unit=_UNIT)
    catch_value: Any = parameter("G", "what catching a fake is worth to upper", "0.25", high=None, unit=_UNIT)
    formalism_sanction: Any = parameter("f", "sanction for a fake that is caught", "0.30", high=None, unit=_UNIT)
    credit_lower: Any = parameter("cl", "lower's credit for work", "0.30", high=None, unit=_UNIT)
    promotability: Any = parameter("y", "how far credit reaches lower (0 = no prospects)", "0.20")
    cost_work: Any = parameter("c_work", "lower's cost of work", "0.25", high=None, unit=_UNIT)
    cost_formalism: Any = parameter("c_form", "lower's cost of a fake", "0.10", high=None, unit=_UNIT)

    @property
    def avoidance(self) -> Array:
        """Faking as a boolean array over (upper's action, lower's action)."""
        return np.array([[False, True], [False, True]])

    def payoffs(self) -> Array:
        """Payoffs of both offices in each cell, shape [*batch, 2, 2, 2]."""
        p = self.values()
        work = p["promotability"] * p["credit_lower"] - p["cost_work"]
        fake = -p["cost_formalism"]
        nothing = 0 * p["cost_inspect"]
        upper = [[-p["cost_inspect"], p["catch_value"] - p["cost_inspect"]], [nothing, nothing]]
        lower = [[work, fake - p["formalism_sanction"]], [work, fake]]
        return assemble([upper, lower], self.batch_shape)

    def mixed(self) -> tuple[Any, Any]:
        """(Pr(fake), Pr(inspect)) of the equilibrium in which both offices mix; shape [*batch] each.

        Raises
        ------
        ModelError
            Where either is not strictly between 0 and 1: there the equilibria are pure, and ``nash`` gives them.
        """
        p = self.values()
        temptation = p["cost_work"] - p["cost_formalism"] - p["promotability"] * p["credit_lower"]
        for name, part, whole in (
            ("Pr(fake) = cost_inspect / catch_value", p["cost_inspect"], p["catch_value"]),
            ("Pr(inspect) = temptation / formalism_sanction", temptation, p["formalism_sanction"]),
        ):
            inside = np.logical_and(np.greater(part, 0), np.less(part, whole))
            if not np.all(inside):
                raise ModelError(
                    f"{name} is not between 0 and 1 ({part} of {whole}): no equilibrium is mixed; use nash"
                )
        return p["cost_inspect"] / p["catch_value"], temptation / p["formalism_sanction"]
