"""A county of the box at which the goal fails: found by ascent in floating point, kept only where exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np

from blamegame.games.event import event_probability
from blamegame.games.strategic import Array, Profile
from blamegame.games.table import align, format_number
from blamegame.models.model import Model
from blamegame.reforms.goal import Goal
from blamegame.reforms.reform import Reform, apply
from blamegame.regions.setting import Setting, Supports, event_at, table_of

_STARTS = 6
_STEPS = 60
_PROGRAMMES = 14


@dataclass(frozen=True, eq=False)
class Witness:
    """A model of the region, before any reform, and an equilibrium of it after the bundle that touches the event.

    Attributes
    ----------
    model : the county before the reforms, exact
    bundle : names of the reforms adopted there
    profile : the Nash equilibrium after them, exact
    probability : of the event in it
    """

    model: Model
    bundle: tuple[str, ...]
    profile: Profile
    probability: Fraction
    reformed: Model

    def holds(self, goal: Goal) -> bool:
        """Whether the profile is an equilibrium of the reformed model and fails the goal, checked once more."""
        from blamegame.games.responses import regret

        game = table_of(self.reformed)
        calm = all(value == 0 for value in regret(game, self.profile).tolist())
        return calm and bool(event_probability(self.profile, event_at(self.reformed, goal)) > 0)

    def to_dict(self, bundle: Iterable[str] | None = None) -> dict[str, Any]:
        """Parameters before the reforms, the profile, and the reforms added to ``bundle``; numbers as text.

        Without ``bundle`` none is added; for a robust claim about a bundle it is that bundle.
        """
        parameters = {name: str(getattr(self.model, name)) for name in self.model.parameters()}
        profile = [[str(p) for p in strategy.tolist()] for strategy in self.profile]
        claimed = set(self.bundle if bundle is None else bundle)
        added = [name for name in self.bundle if name not in claimed]
        return {"parameters": parameters, "added": added, "profile": profile}

    def __str__(self) -> str:
        game = table_of(self.reformed)
        rows = [
            [f"  {player}", ", ".join(f"{a} {format_number(p)}" for a, p in zip(labels, strategy.tolist()) if p)]
            for player, labels, strategy in zip(game.players, game.actions, self.profile)
        ]
        adopted = f"after {' + '.join(self.bundle)}" if self.bundle else "without reform"
        return "\n".join([f"at one county of the region, {adopted}, an equilibrium:", *align(rows)])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Witness):
            return NotImplemented
        same = (self.model, self.bundle) == (other.model, other.bundle)
        return same and all(np.array_equal(x, y) for x, y in zip(self.profile, other.profile))

    def __hash__(self) -> int:
        return hash((self.model, self.bundle))


def witness_at(model: Model, bundle: Sequence[Reform], goal: Goal) -> Witness | None:
    """The equilibrium of ``model`` after ``bundle`` that fails the goal most probably; None where none fails it."""
    from blamegame.solvers.strategic.nash import nash

    reformed = apply(model, bundle)
    game, event = table_of(reformed), event_at(reformed, goal)
    best: tuple[Fraction, Profile] | None = None
    for profile in nash(game).equilibria:
        chance = event_probability(profile, event)
        if chance > 0 and (best is None or chance > best[0]):
            best = chance, profile
    if best is None:
        return None
    return Witness(model, tuple(reform.name for reform in bundle), best[1], best[0], reformed)


class Kind:
    """Equilibria with given supports of equal size, one or two actions each: signs that decide whether there is one.

    The margin at a point is the least of the quantities that must be positive; a positive margin is an equilibrium.
    """

    def __init__(self, supports: Supports, signs: tuple[int, ...], shape: tuple[int, int]) -> None:
        self.supports = supports
        self.signs = signs
        self.rest = tuple(tuple(a for a in range(n) if a not in own) for n, own in zip(shape, supports))

    def quantities(self, tables: Array) -> Array:
        """Payoff tables [k, 2, m, n] to what must be positive, [k, quantities]."""
        upper, lower = tables[:, 0], tables[:, 1].transpose(0, 2, 1)
        (rows, columns), (rest_u, rest_l) = self.supports, self.rest
        if len(rows) == 1:
            i, j = rows[0], columns[0]
            parts = [upper[:, i, j] - upper[:, k, j] for k in rest_u]
            parts += [lower[:, j, i] - lower[:, k, i] for k in rest_l]
            return np.stack(parts, axis=1)
        x, own = self._mixture(lower, columns, rows, self.signs[0])  # rows mix so that lower is indifferent
        y, other = self._mixture(upper, rows, columns, self.signs[1])
        parts = [*own, *other]
        parts += [self._outside(upper, rows, columns, y, k) for k in rest_u]
        parts += [self._outside(lower, columns, rows, x, k) for k in rest_l]
        return np.stack(parts, axis=1)

    def margin(self, tables: Array) -> Array:
        found: Array = self.quantities(tables).min(axis=1)
        return found

    @staticmethod
    def _mixture(
        table: Array, own: tuple[int, ...], others: tuple[int, ...], sign: int
    ) -> tuple[list[Array], list[Array]]:
        """Weights on ``others`` that leave the owner of ``table`` indifferent, and the two differences' signs."""
        first, second = (sign * (table[:, own[0], a] - table[:, own[1], a]) for a in others)
        total = np.where(np.abs(first - second) < 1e-12, 1e-12, first - second)
        return [-second / total, first / total], [first, -second]

    @staticmethod
    def _outside(table: Array, own: tuple[int, ...], others: tuple[int, ...], weights: list[Array], k: int) -> Array:
        """By how much an action outside is worse than the support against the mixture."""
        parts = [w * (table[:, own[0], a] - table[:, k, a]) for w, a in zip(weights, others)]
        found: Array = parts[0] + parts[1]
        return found


def kinds_of(setting: Setting, *, meeting: bool = True) -> tuple[Kind, ...]:
    """Kinds of one or two actions each that touch the event, or that do not."""
    m, n = setting.event.shape
    out = [Kind(((i,), (j,)), (1, 1), (m, n)) for i, j in setting.cells if bool(setting.event[i, j]) == meeting]
    for rows in combinations(range(m), 2):
        for columns in combinations(range(n), 2):
            if setting.event[np.ix_(rows, columns)].any() == meeting:
                out += [Kind((rows, columns), signs, (m, n)) for signs in product((1, -1), repeat=2)]
    return tuple(out)


@dataclass(frozen=True, eq=False)
class Attack:
    """Where ascent ended: the best point in units of the box ([-1, 1] by variable), its kind and margin."""

    position: Array
    kind: Kind
    margin: float


class Attacker:
    """Ascent on the margins of all kinds that touch the event (or that do not) over boxes of one setting."""

    def __init__(self, setting: Setting, *, meeting: bool = True) -> None:
        self.setting, self.meeting = setting, meeting

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        return kinds_of(self.setting, meeting=self.meeting)

    def strike(self, low: Array, high: Array, starts: Iterable[Array] = (), hints: Iterable[Attack] = ()) -> Attack:
        """The largest margin found over the box; positive where the goal fails there, as far as floats see.

        ``starts`` are corners to begin from, ``hints`` ends of attacks on similar boxes.
        """
        best: Attack | None = None
        for hint in hints:
            best = _better(best, self._programmes(hint.kind, hint.position, low, high))
            if best.margin > 0:
                return best
        corners = [np.where(np.asarray(x) >= 0, 1.0, -1.0) for x in starts]
        corners = _distinct(corners)[-_STARTS:] or [np.zeros(len(low))]
        ends: list[Attack] = []
        tables = self._tables(np.stack(corners), low, high)
        ranked = []
        for kind in self.kinds:
            margins = kind.margin(tables)
            at = int(np.argmax(margins))
            ranked.append((float(margins[at]), at, kind))
        ranked.sort(key=lambda entry: -entry[0])
        for _, at, kind in ranked[: max(4, len(ranked) // 2)]:
            end = self._ascend(kind, corners[at], low, high)
            ends.append(end)
            if end.margin > 0:
                return end
        for end in sorted(ends, key=lambda end: -end.margin)[:3]:
            best = _better(best, self._programmes(end.kind, end.position, low, high))
            if best.margin > 0:
                return best
        assert best is not None
        return best

    def _tables(self, positions: Array, low: Array, high: Array) -> Array:
        middle, radius = (low + high) / 2, (high - low) / 2
        return self.setting.payoffs.at(middle + radius * positions)

    def _ascend(self, kind: Kind, start: Array, low: Array, high: Array) -> Attack:
        """Coordinate ascent over corners: move the one parameter to the end that helps most, while any does."""
        x = start.copy()
        margin = float(kind.margin(self._tables(x[None], low, high))[0])
        for _ in range(_STEPS):
            tried = np.repeat(x[None], 2 * len(x), axis=0)
            index = np.arange(len(x))
            tried[2 * index, index], tried[2 * index + 1, index] = 1.0, -1.0
            margins = kind.margin(self._tables(tried, low, high)) if len(x) else np.array([-np.inf])
            at = int(np.argmax(margins))
            if margins[at] <= margin + 1e-13:
                break
            x, margin = tried[at], float(margins[at])
        return Attack(x, kind, margin)

    def _programmes(self, kind: Kind, start: Array, low: Array, high: Array) -> Attack:
        """Successive linear programmes on the least quantity, within a trust region, from ``start``."""
        from scipy.optimize import linprog

        x, reach = start.copy(), 2.0
        n = len(x)
        values = kind.quantities(self._tables(x[None], low, high))[0]
        for _ in range(_PROGRAMMES):
            if values.min() > 0 or reach < 1e-4:
                break
            slope = self._slopes(kind, x, reach, low, high)
            matrix = np.concatenate([-slope.T, np.ones((len(values), 1))], axis=1)
            bounds = [(max(-1 - a, -reach), min(1 - a, reach)) for a in x] + [(None, None)]
            cost = np.append(np.zeros(n), -1.0)
            found = linprog(cost, A_ub=matrix, b_ub=values, bounds=bounds, method="highs")
            if found.x is None:
                break
            moved = np.clip(x + found.x[:n], -1.0, 1.0)
            after = kind.quantities(self._tables(moved[None], low, high))[0]
            if after.min() > values.min() + 1e-12:
                x, values = moved, after
            else:
                reach /= 3
        return Attack(x, kind, float(values.min()))

    def _slopes(self, kind: Kind, x: Array, reach: float, low: Array, high: Array) -> Array:
        """Differences of each quantity by each variable around x, shape [variables, quantities]."""
        n = len(x)
        step = min(0.05, reach)
        up, down = np.repeat(x[None], n, axis=0), np.repeat(x[None], n, axis=0)
        index = np.arange(n)
        up[index, index] = np.minimum(x + step, 1.0)
        down[index, index] = np.maximum(x - step, -1.0)
        above, below = (kind.quantities(self._tables(side, low, high)) for side in (up, down))
        found: Array = (above - below) / (up[index, index] - down[index, index])[:, None]
        return found


def point_of(
    position: Array, box: Mapping[str, tuple[Fraction, Fraction]], variables: Sequence[str]
) -> dict[str, Fraction]:
    """Exact parameters at a position in units of the box; ends exact, values between them short rationals."""
    values = {name: low for name, (low, _) in box.items()}
    for name, x in zip(variables, position.tolist()):
        low, high = box[name]
        share = Fraction(round((x + 1) / 2 * 2**20), 2**20)
        values[name] = low + (high - low) * min(max(share, Fraction(0)), Fraction(1))
    return values


def _better(one: Attack | None, other: Attack) -> Attack:
    return other if one is None or other.margin > one.margin else one


def _distinct(corners: list[Array]) -> list[Array]:
    kept = {corner.tobytes(): corner for corner in corners}
    return list(kept.values())
