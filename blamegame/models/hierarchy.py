"""A whole hierarchy: offices on a tree, one mandate along every path from the root to a leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, Self

import numpy as np

from blamegame.errors import ModelError
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames, renumbered
from blamegame.games.strategic import Array, object_array
from blamegame.models.arborescence import Arborescence
from blamegame.models.delegation import MandateParameters
from blamegame.models.forms import OnNetwork

NATIONAL = (1, 31, 333, 2_844, 38_602)
"""Offices of each tier: the centre, provinces, prefectures, counties, townships."""

ASSIST_PUSH = ("assist", "push")
LOWER = ("work", "escalate", "formalism")


@dataclass(frozen=True, eq=False)
class Hierarchy(OnNetwork, MandateParameters):
    """Offices of a tree, each with one action for all its mandates (model.md section 5).

    Every path from the root to a leaf carries one mandate, which is a :class:`~blamegame.Chain` of the offices on it.
    An office above the leaves chooses assist or push once for all mandates through it, and its payoff is their sum; a
    leaf chooses work, escalate or formalism. *Mutual avoidance* of a mandate is the event that the office above the
    leaf pushes and the leaf escalates or complies on paper; the measure is the share of mandates in it.

    Every parameter is one number for all offices, or an array of shape [n_offices] with one for each. Of the office
    that acts count ``push_strength``, ``upward_tracing``, ``assistance``, ``accountability``, ``tolerance``,
    ``tolerance_risk`` (the share of what is waived for it that falls on the office above), ``credit_upper`` and its
    costs; of the leaf everything that describes the mandate and the lower side; of the office above the leaf
    ``answer_competence`` and ``cost_answer``. Floats are taken as the rationals they store.

    Parameters
    ----------
    tree : Arborescence, networkx.DiGraph with edges pointing down, or the sizes of the tiers
        Default the national hierarchy of 41,811 offices.

    Examples
    --------
    >>> model = Hierarchy(tree=(1, 2, 6))
    >>> model.tree, model.network_game().groups[0].players[0].tolist()
    (<Arborescence of 9 offices in 3 tiers, 6 mandates>, [0, 1, 3])
    """

    tree: Any = NATIONAL

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", _tree(self.tree))
        super().__post_init__()
        for name in self.parameters():
            value = getattr(self, name)
            if isinstance(value, np.ndarray):
                if value.shape != (self.tree.n_offices,):
                    raise ModelError(
                        f"{name} has shape {value.shape}; give one number, or one for each of the "
                        f"{self.tree.n_offices} offices"
                    )
                value.setflags(write=False)
            elif not isinstance(value, float | Fraction):
                raise ModelError(f"{name}={value!r} is a symbol; a hierarchy needs numbers")
        if np.any(np.not_equal(self.causal_weight, 0)):
            raise ModelError(
                f"causal_weight={self.causal_weight} is not for hierarchies; causal liability is for two tiers only"
            )

    @property
    def batch_shape(self) -> tuple[int, ...]:
        """(): an array holds one number for each office, not a batch of hierarchies."""
        return ()

    @property
    def n_mandates(self) -> int:
        return len(self.tree.leaves)

    @property
    def avoidance(self) -> Array:
        """Mutual avoidance of one mandate, over (action of the office above the leaf, action of the leaf)."""
        return np.array([[False, False, False], [False, True, True]])

    @property
    def mandate_actions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return ASSIST_PUSH, LOWER

    def exact(self) -> Self:
        """The same hierarchy in rational arithmetic: each float becomes the rational it stores."""
        return self.replace({name: _exact(getattr(self, name)) for name in self.parameters()})

    def by_tier(self, values: Any) -> Array:
        """One number for each tier, the root's first, as one for each office.

        >>> Hierarchy(tree=(1, 1, 2)).by_tier([0, 1, 2]).tolist()
        [Fraction(0, 1), Fraction(1, 1), Fraction(2, 1), Fraction(2, 1)]
        """
        numbers = [Fraction(value) if isinstance(value, int) else value for value in values]
        if len(numbers) != self.tree.n_tiers:
            raise ModelError(f"{len(numbers)} numbers for the {self.tree.n_tiers} tiers of this tree")
        return np.asarray(object_array(numbers)[self.tree.depth])

    def network_game(self) -> HypergraphicalGame:
        """The game of all offices, exact; mandates whose offices have the same parameters share one payoff table."""
        tree, exact = self.tree, self.exact()
        kind = _kinds_of_paths(exact)
        deepest = int(tree.depth[tree.above[1:]].max())  # of the offices above the leaves
        roles = np.where(tree.is_leaf, deepest + 1, tree.depth)
        groups = []
        for paths in tree.paths():
            kinds, first = renumbered(kind[paths[:, -1]])
            tables = [_mandate_table([exact.office(o) for o in paths[k].tolist()]) for k in first.tolist()]
            groups.append(LocalGames(paths, kinds, np.array(tables)))
        return HypergraphicalGame((ASSIST_PUSH,) * (deepest + 1) + (LOWER,), roles, tuple(groups))

    def mandate_tables(self, parameters: Mapping[str, Any]) -> list[Array]:
        """Payoffs of a mandate where all offices on its path have the same parameters, numbers or recorders of them.

        One array for each length of path that occurs, the shortest first, of shape [length, 2, ..., 2, 3].
        """
        return [_mandate_table([dict(parameters)] * paths.shape[1]) for paths in self.tree.paths()]

    def office(self, number: int) -> dict[str, Any]:
        """The parameters of one office by name."""
        found = {name: getattr(self, name) for name in self.parameters()}
        return {name: value[number] if isinstance(value, np.ndarray) else value for name, value in found.items()}

    def action_shares(self, profile: Array) -> list[dict[str, Fraction]]:
        """For each tier the share of its offices that play each action, under a pure profile of the network game."""
        leaf, out = self.tree.is_leaf, []
        for tier in range(self.tree.n_tiers):
            here = self.tree.tier(tier)
            names = np.where(
                leaf[here], object_array(LOWER)[profile[here]], object_array((*ASSIST_PUSH, ""))[profile[here]]
            )
            words, counts = np.unique(names.astype(str), return_counts=True)
            out.append({w: Fraction(n, int(here.sum())) for w, n in zip(words.tolist(), counts.tolist())})
        return out


def _tree(tree: Any) -> Arborescence:
    if isinstance(tree, Arborescence):
        return tree
    if isinstance(tree, list | tuple):
        return Arborescence.of_sizes(tree)
    if hasattr(tree, "successors"):
        return Arborescence.of_graph(tree)
    raise ModelError(f"tree={tree!r} is no tree; give the sizes of the tiers, such as (1, 31, 333), or a DiGraph")


def _exact(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return object_array([Fraction(one) for one in value.tolist()])
    return Fraction(value)


def _kinds_of_paths(model: Hierarchy) -> Array:
    """A number for each office that is the same for two offices iff all on their paths from the root agree."""
    tree, own = model.tree, np.zeros(model.tree.n_offices, dtype=np.int64)
    for name in model.parameters():
        value = getattr(model, name)
        if isinstance(value, np.ndarray):
            numbers: dict[Fraction, int] = {}
            codes = np.array([numbers.setdefault(one, len(numbers)) for one in value.tolist()])
            own, _ = renumbered(own * len(numbers) + codes)
    n_own = int(own.max()) + 1
    kind = own.copy()
    for tier in range(1, tree.n_tiers):
        here = np.flatnonzero(tree.depth == tier)
        kind[here], _ = renumbered(kind[tree.above[here]] * n_own + own[here])
    return kind


def _mandate_table(offices: list[dict[str, Any]]) -> Array:
    """Payoffs of every office on one path in each cell, shape [length, 2, ..., 2, 3]."""
    shape = (2,) * (len(offices) - 1) + (3,)
    cells = [_mandate_payoffs(offices, cell) for cell in product(*map(range, shape))]
    return object_array([payoff for one in zip(*cells) for payoff in one]).reshape((len(offices), *shape))


def _mandate_payoffs(offices: list[dict[str, Any]], cell: tuple[int, ...]) -> list[Any]:
    """Payoff of each office on one path in one cell; with equal offices that of the chain."""
    *above, leaf = offices
    pushes, last = cell[:-1], cell[-1]
    failure = 1 - _success(offices, cell)
    carried = [(1 - leaf["responsibility"]) / len(above)] * len(above) + [leaf["responsibility"]]
    for tier, (office, push) in enumerate(zip(above, pushes)):
        if push:
            moved = office["push_strength"] * (1 - office["upward_tracing"]) * carried[tier]
            carried[tier], carried[tier + 1] = carried[tier] - moved, carried[tier + 1] + moved
    if last == 1:
        moved = carried[-1] * leaf["escalation_shield"]
        carried[-1] = carried[-1] - moved
        carried[-2] = carried[-2] + (moved * (1 - leaf["diffusion"]) if pushes[-1] else moved)
    elif last == 2:
        carried[-1] = carried[-1] * (1 - (1 - leaf["substantive_inspection"]) * leaf["trace_shield"])
    waived = [office["tolerance"] * share if move == 0 else 0 for office, share, move in zip(offices, carried, cell)]
    vouched = [office["tolerance_risk"] * share for office, share in zip(offices[1:], waived[1:])]
    charged = [share - less + more for share, less, more in zip(carried, waived, [*vouched, 0])]
    out = []
    for tier, (office, push) in enumerate(zip(above, pushes)):
        cost = office["cost_push"] if push else office["cost_assist"]
        if tier == len(above) - 1 and last == 1 and not push:
            cost = cost + office["cost_answer"]
        out.append(office["credit_upper"] * (1 - failure) - office["accountability"] * failure * charged[tier] - cost)
    costs = (
        leaf["cost_work"],
        leaf["cost_escalate"],
        leaf["cost_formalism"] + leaf["substantive_inspection"] * leaf["formalism_sanction"],
    )
    credit = leaf["promotability"] * leaf["credit_lower"] * (1 - failure)
    out.append(credit - leaf["accountability"] * failure * charged[-1] - costs[last])
    return out


def _success(offices: list[dict[str, Any]], cell: tuple[int, ...]) -> Any:
    *above, leaf = offices
    baseline = leaf["baseline_success"]
    if cell[-1] == 0:
        gap = 1 - leaf["authority"]
        for office, push in zip(above, cell):
            gap = gap if push else gap * (1 - office["assistance"])
        return baseline + (1 - baseline) * (1 - gap)
    if cell[-1] == 1 and not cell[-2]:
        return baseline + (1 - baseline) * above[-1]["answer_competence"]
    return baseline
