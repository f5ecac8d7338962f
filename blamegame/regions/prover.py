"""The ladder of proofs over one box: one vector, supports one by one, persisting cells, cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.games.strategic import Array
from blamegame.regions.attack import Kind
from blamegame.regions.exclusion import Attempt, exact_weights, exclude, holds_on
from blamegame.regions.maximum import Interval, maximum
from blamegame.regions.persistence import alive_at, mixed_kinds, mixed_schemes
from blamegame.regions.proof import Entry, Proof, Vector, joined
from blamegame.regions.scheme import CORRELATED, Scheme, correlated_scheme, support_schemes
from blamegame.regions.setting import Setting, Supports

REMOVES, FAILS, ENTRENCHED, AVOIDABLE = "removes", "fails", "entrenched", "avoidable"

Box = tuple[Interval, ...]
"""An interval for each variable of a setting."""

MIXED = "mixed"

_POOL = 12


@dataclass(frozen=True, eq=False)
class Sketch:
    """What proves a box in floating point: a leaf (schemes with weights, or a cell), or a cut and its two sides."""

    leaf: str = ""
    parts: tuple[tuple[Scheme, Array], ...] = ()
    cell: tuple[int, int] | None = None
    cut: tuple[int, Fraction] | None = None
    sides: tuple[Sketch, ...] = ()


class Prover:
    """Proofs about boxes of one setting; vectors found once are tried first on the next box.

    ``corners`` are those at which the last failed attempt compared its forms: where an attack should begin.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.corners: tuple[Array, ...] = ()
        self.correlated = correlated_scheme(setting)
        self._schemes: dict[Supports, tuple[Scheme, ...]] = {}
        self._pools: dict[int, list[Array]] = {}
        self._mixtures: dict[bool, tuple[Kind, ...]] = {}
        self._conditions: dict[int, tuple[Scheme, ...]] = {}
        self._order: dict[bool, list[Supports] | None] = {}

    def sketch(self, box: Box, statement: str = REMOVES, *, pieces: int = 1) -> Sketch | None:
        """A proof in floating point, rounding bounded, with at most so many pieces; None where none was found."""
        return self._cut(box, statement, [pieces - 1])

    def prove(self, box: Box, statement: str = REMOVES, *, pieces: int = 1) -> Proof | None:
        """An exact proof of the statement on the box; None where none was found."""
        found = self.sketch(box, statement, pieces=pieces)
        return None if found is None else self.exact(found, box, statement)

    def exact(self, sketch: Sketch, box: Box, statement: str = REMOVES) -> Proof | None:
        """A sketch with its weights as rationals, rechecked in rational arithmetic; None where it does not hold."""
        if sketch.cut is not None:
            v, at = sketch.cut
            sides = {}
            for key, side, part in zip(("below", "above"), sketch.sides, halves(box, v, at)):
                proof = self.exact(side, part, statement)
                if proof is None:
                    return None
                sides[key] = proof
            return joined(statement, {"parameter": self.setting.variables[v], "at": at}, sides)
        if sketch.cell is not None:
            labels = tuple(names[a] for names, a in zip(self.setting.actions, sketch.cell))
            return Proof(statement, (), {"pure": labels}) if self._persists(sketch.cell, box) else None
        vectors: list[Vector] = []
        listed = []
        for scheme, weights in sketch.parts:
            rational = exact_weights(self.setting, scheme, weights, box)
            if rational is None:
                return None
            vector = self._vector(scheme, rational)
            if vector not in vectors:
                vectors.append(vector)
            listed.append((scheme, vectors.index(vector)))
        if sketch.leaf == MIXED:
            outside = tuple(k for scheme, k in listed if len(scheme.deviations) > 1)
            kept = tuple(vectors[k] for k in outside)
            supports = self._labels(sketch.parts[0][0].supports)
            return Proof(statement, kept, {MIXED: (*supports, tuple(range(len(kept))))})
        if sketch.leaf == CORRELATED:
            return Proof(statement, tuple(vectors), {CORRELATED: 0})
        entries = tuple((*self._labels(scheme.supports), scheme.how, k) for scheme, k in listed)
        return Proof(statement, tuple(vectors), {sketch.leaf: entries})

    def _cut(self, box: Box, statement: str, left: list[int]) -> Sketch | None:
        found = self._leaf(box, statement)
        if found is not None or left[0] <= 0:
            return found
        v = self.most_influential(box)
        if v is None:
            return None
        left[0] -= 1
        at = (box[v][0] + box[v][1]) / 2
        sides = []
        for part in halves(box, v, at):
            side = self._cut(part, statement, left)
            if side is None:
                return None
            sides.append(side)
        return Sketch(cut=(v, at), sides=tuple(sides))

    def _leaf(self, box: Box, statement: str) -> Sketch | None:
        low, high = ends_of(box)
        if statement in (FAILS, AVOIDABLE):
            for cell in self.setting.cells:
                if (
                    bool(self.setting.event[cell]) == (statement == FAILS)
                    and self._persists_on(cell, low[None], high[None])[0]
                ):
                    return Sketch(cell=cell)
            mixed = self._mixed(low, high, meeting=statement == FAILS)
            if mixed is not None:
                return mixed
        if statement in (REMOVES, AVOIDABLE):
            attempt = self._exclude(self.correlated, low, high)
            self.corners = attempt.corners
            if attempt.weights is not None:
                return Sketch(CORRELATED, ((self.correlated, attempt.weights),))
            return self._supports(low, high, meeting=True)
        return self._supports(low, high, meeting=False)

    def _mixed(self, low: Array, high: Array, *, meeting: bool) -> Sketch | None:
        """A mixture of two actions each that persists; only what is there in the middle is tried."""
        if meeting not in self._mixtures:
            self._mixtures[meeting] = mixed_kinds(self.setting, meeting=meeting)
        for kind in self._mixtures[meeting]:
            if not alive_at(self.setting, kind, (low + high) / 2):
                continue
            if id(kind) not in self._conditions:
                self._conditions[id(kind)] = mixed_schemes(self.setting, kind)
            parts = []
            for scheme in self._conditions[id(kind)]:
                attempt = self._exclude(scheme, low, high)
                if attempt.weights is None:
                    break
                parts.append((scheme, attempt.weights))
            else:
                return Sketch(MIXED, tuple(parts))
        return None

    def _supports(self, low: Array, high: Array, *, meeting: bool) -> Sketch | None:
        parts = []
        if meeting not in self._order:
            every = self.setting.supports(meeting=meeting)
            self._order[meeting] = None if every is None else list(every)
        order = self._order[meeting]
        if order is None:
            return None
        for supports in list(order):
            if supports not in self._schemes:
                self._schemes[supports] = support_schemes(self.setting, supports)
            schemes = self._schemes[supports]
            found = None
            for scheme in schemes:
                attempt = self._exclude(scheme, low, high)
                if attempt.weights is not None:
                    found = scheme, attempt.weights
                    break
                self.corners += attempt.corners
            if found is None:
                order.remove(supports)  # the one that fails is asked first on the next box
                order.insert(0, supports)
                return None
            parts.append(found)
        return Sketch("supports" if meeting else "others", tuple(parts))

    def _exclude(self, scheme: Scheme, low: Array, high: Array) -> Attempt:
        pool = self._pools.setdefault(id(scheme), [])
        attempt = exclude(self.setting, scheme, low, high, pool)
        if attempt.weights is not None and not any(attempt.weights is known for known in pool):
            pool.insert(0, attempt.weights)
            del pool[_POOL:]
        return attempt

    def _against(self, cell: tuple[int, int]) -> list[tuple[int, int]]:
        """The (deviation, cell number) pairs of one profile."""
        s = self.setting.cells.index(cell)
        return [(d, s) for d, (player, a, _) in enumerate(self.setting.deviations) if cell[player] == a]

    def covers(self, sketch: Sketch, lows: Array, highs: Array) -> Array:
        """Whether a sketch without cuts proves each of many boxes [boxes, variables], rounding included."""
        held = np.ones(len(lows), dtype=bool)
        if sketch.cell is not None:
            return self._persists_on(sketch.cell, lows, highs)
        for scheme, weights in sketch.parts:
            where = np.flatnonzero(held)
            held[where] = holds_on(self.setting, scheme, weights, lows[where], highs[where])
        return held

    def _persists_on(self, cell: tuple[int, int], lows: Array, highs: Array) -> Array:
        from blamegame.regions.kernels.multiaffine import all_negative

        gains = -np.stack([self.setting.gains[d, s] for d, s in self._against(cell)])
        lax, acts = np.zeros(len(gains), dtype=bool), np.abs(gains).sum(axis=1) > 0
        out = np.zeros(len(lows), dtype=np.bool_)
        payoffs = self.setting.payoffs
        all_negative(gains, np.abs(gains), lax, acts, lows, highs, payoffs.first, payoffs.pairs, out)
        return out

    def _persists(self, cell: tuple[int, int], box: Box) -> bool:
        for d, s in self._against(cell):
            row = self.setting.gain_rows[d, s]
            weights = {p: Fraction(-int(row[p])) for p in np.flatnonzero(row).tolist()}
            polynomial = self.setting.payoffs.combination(weights)
            if polynomial and maximum(polynomial, box, cut=Fraction(0))[0] > 0:
                return False
        return True

    def influence(self, box: Box) -> Array:
        """How far each variable alone moves the gains whose sign the box leaves open, added up, [variables]."""
        low, high = ends_of(box)
        middle = (low + high) / 2
        points = np.repeat(middle[None], 2 * len(low) + 1, axis=0)
        index = np.arange(len(low))
        points[2 * index + 1, index], points[2 * index + 2, index] = low, high
        payoffs = self.setting.payoffs.at(points).reshape(len(points), -1)
        rows = self.setting.gain_rows.reshape(-1, payoffs.shape[1])
        gains = payoffs @ rows[np.abs(rows).sum(axis=1) > 0].T
        moved = np.where((high > low)[:, None], np.abs(gains[2::2] - gains[1::2]), 0.0)
        undecided = np.abs(gains[0]) <= moved.sum(axis=0)
        found: Array = moved[:, undecided].sum(axis=1)
        return found

    def most_influential(self, box: Box) -> int | None:
        """The variable that moves most the gains whose sign the box leaves open; None where no variable moves any."""
        influence = self.influence(box)
        return int(np.argmax(influence)) if influence.max(initial=0.0) > 0 else None

    def _vector(self, scheme: Scheme, weights: Sequence[Fraction]) -> Vector:
        players, actions = self.setting.players, self.setting.actions
        entries: list[Entry] = []
        for d, weight in zip(scheme.deviations, weights):
            player, a, b = self.setting.deviations[d]
            if weight:
                entries.append((players[player], actions[player][a], actions[player][b], weight))
        return tuple(entries)

    def _labels(self, supports: Supports | None) -> tuple[tuple[str, ...], ...]:
        assert supports is not None
        return tuple(tuple(names[a] for a in own) for names, own in zip(self.setting.actions, supports))


def halves(box: Box, v: int, at: Fraction) -> tuple[Box, Box]:
    """The box below and above a value of one variable."""
    low, high = box[v]
    return (*box[:v], (low, at), *box[v + 1 :]), (*box[:v], (at, high), *box[v + 1 :])


def ends_of(box: Box) -> tuple[Array, Array]:
    """Float ends of a box, [variables] each."""
    return np.array([float(low) for low, _ in box]), np.array([float(high) for _, high in box])


def box_of(setting: Setting, intervals: Mapping[str, Any]) -> Box:
    """The intervals of the setting's variables, in their order."""
    return tuple(intervals[name] for name in setting.variables)
