"""Perfect public equilibria in closed form: play until a signal, then another state with some chance.

From state A to B after a signal in T_A with chance t_A, and back after T_B with chance t_B (0: B is for ever). With
kappa = d / (1 - d), D = g(B) - g(A), r the chance of the trigger, and theta_A = kappa t_A / (1 + kappa (r_A t_A + r_B
t_B)), current play of A is Nash of u_i + theta_A D_i r, of B that of u_i - theta_B D_i r; values are v(A) = g(A) +
r_A theta_A D and v(B) = g(B) - r_B theta_B D, frequencies the same, and t_A = theta_A / (kappa (1 - r_A theta_A -
r_B theta_B)). The least theta that enforces play asks for the least patience. All exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from blamegame.solvers.repeated.public.points import PublicPoint, PublicStage

Mixtures = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
_MOST_SIGNALS = 5
_GRID = tuple(Fraction(k, 12) for k in range(1, 12))


@dataclass(frozen=True, eq=False)
class State:
    """Current play, what it pays now and its chance of the event."""

    mixtures: Mixtures
    pays: tuple[Fraction, Fraction]
    often: Fraction


def state_of(stage: PublicStage, mixtures: Mixtures) -> State:
    """The state in which ``mixtures`` are played."""
    first, second = mixtures
    pays = [
        sum((p * stage.pays(i, a, mixtures[1 - i]) for a, p in enumerate(mixtures[i]) if p), Fraction(0))
        for i in range(2)
    ]
    cells = [(a, b) for a, b in np.ndindex(*stage.event.shape) if stage.event[a, b]]
    often = sum((first[a] * second[b] for a, b in cells), Fraction(0))
    return State(mixtures, (pays[0], pays[1]), often)


def pure_states(stage: PublicStage) -> list[State]:
    """One state for each action profile."""
    out = []
    for cell in np.ndindex(*stage.event.shape):
        sides = [tuple(Fraction(int(k == at)) for k in range(size)) for at, size in zip(cell, stage.event.shape)]
        out.append(state_of(stage, (sides[0], sides[1])))
    return out


def half_mixed_states(stage: PublicStage) -> list[State]:
    """Two actions of one player in twelfths against a pure action of the other."""
    out = []
    for i in range(2):
        own, other = stage.event.shape[i], stage.event.shape[1 - i]
        for a, b in combinations(range(own), 2):
            for share in _GRID:
                side = tuple(share if k == a else 1 - share if k == b else Fraction(0) for k in range(own))
                for c in range(other):
                    rest = tuple(Fraction(int(k == c)) for k in range(other))
                    out.append(state_of(stage, (side, rest) if i == 0 else (rest, side)))
    return out


def triggers(stage: PublicStage) -> list[tuple[int, ...]]:
    """Sets of signals after which play may change; single signals only where there are many."""
    count = len(stage.signals)
    sizes = range(1, count) if count <= _MOST_SIGNALS else range(1, 2)
    return [subset for size in sizes for subset in combinations(range(count), size)]


def two_states(stage: PublicStage, one: State, two: State, first: int) -> Iterator[tuple[PublicPoint, PublicPoint]]:
    """Pairs of points in which play moves between two states; ``first`` is the position of the first of them."""
    gap = (two.pays[0] - one.pays[0], two.pays[1] - one.pays[1])
    back = (-gap[0], -gap[1])
    for there in triggers(stage):
        least = least_weight(stage, one.mixtures, there, gap)
        if least is None:
            continue
        for home in triggers(stage):
            other = least_weight(stage, two.mixtures, home, back)
            if other is None:
                continue
            made = _pair(stage, (one, two), (there, home), (least, other), first)
            if made is not None:
                yield made
            if other == 0:
                break


def reverting(stage: PublicStage, one: State, points: Sequence[PublicPoint]) -> Iterator[PublicPoint]:
    """Points in which play goes on until a trigger, and then with some chance to a known point for ever."""
    kappa = stage.discount / (1 - stage.discount)
    place = len(points)
    for target, known in enumerate(points):
        gap = (known.value[0] - one.pays[0], known.value[1] - one.pays[1])
        for there in triggers(stage):
            theta = least_weight(stage, one.mixtures, there, gap)
            if theta is None:
                continue
            chance = _trigger_chance(stage, one.mixtures, there)
            if chance * theta >= 1:
                continue
            move = theta / (kappa * (1 - chance * theta))
            if move > 1:
                continue
            value = [one.pays[i] + chance * theta * gap[i] for i in range(2)]
            often = one.often + chance * theta * (known.value[2] - one.often)
            promises = _promises(stage, there, move, place, target)
            yield PublicPoint((value[0], value[1], often), one.mixtures, promises)


def reverting_to_lotteries(
    stage: PublicStage, one: State, points: Sequence[PublicPoint], towards: int, usable: Sequence[int]
) -> Iterator[PublicPoint]:
    """As :func:`reverting`, to a lottery over known points: with mu_k = theta times its weights everything is linear.

    ``towards`` 1 or -1: as often or as seldom in the event as that allows; ``usable`` are the points to revert to.
    """
    from blamegame.solvers.linear.linear_programme import maximise
    from blamegame.solvers.repeated.mediated.largest_chance import whole_numbers

    kappa = stage.discount / (1 - stage.discount)
    place, one_, zero = len(points), Fraction(1), Fraction(0)
    gaps = [[points[k].value[i] - (*one.pays, one.often)[i] for k in usable] for i in range(3)]
    for there in triggers(stage):
        chance = _trigger_chance(stage, one.mixtures, there)
        rows = [[*([one_] * len(usable)), -kappa / (1 + kappa * chance)]]
        for i in range(2):
            other = one.mixtures[1 - i]
            base = next(a for a, p in enumerate(one.mixtures[i]) if p)
            pays, seen = stage.pays(i, base, other), stage.chance(there, i, base, other)
            for action, played in enumerate(one.mixtures[i]):
                if action != base:
                    moved = stage.chance(there, i, action, other) - seen
                    row = [*(moved * gap for gap in gaps[i]), stage.pays(i, action, other) - pays]
                    rows += [row, [-x for x in row]] if played else [row]
        wanted = [*(towards * chance * gap / 1000 for gap in gaps[2]), one_]
        matrix = [_whole(whole_numbers, row) for row in rows] + [[*([0] * len(usable)), 1]]
        found = maximise(_whole(whole_numbers, wanted), matrix, [0] * len(rows) + [1]).point
        *weights, scale = found
        if scale != 1:
            continue
        theta = sum(weights, zero)
        move = theta / (kappa * (1 - chance * theta))
        value = [
            base + chance * sum((w * gap for w, gap in zip(weights, gaps[i])), zero)
            for i, base in enumerate((*one.pays, one.often))
        ]
        after = {k: move * w / theta for k, w in zip(usable, weights) if w}
        moving = {**({place: 1 - move} if move < 1 else {}), **after}
        stay = {place: one_}
        promises = tuple(moving if y in there else stay for y in range(len(stage.signals)))
        yield PublicPoint((value[0], value[1], value[2]), one.mixtures, promises)


def _whole(whole_numbers: Any, row: Sequence[Fraction]) -> list[int]:
    from flint import fmpq

    out: list[int] = whole_numbers([fmpq(x.numerator, x.denominator) for x in row])
    return out


def least_weight(
    stage: PublicStage, mixtures: Mixtures, trigger: Sequence[int], gap: Sequence[Fraction]
) -> Fraction | None:
    """The least theta >= 0 with which nobody leaves ``mixtures`` when the trigger moves payoffs by theta gap.

    None where no theta does.
    """
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    for i in range(2):
        other = mixtures[1 - i]
        base = next(a for a, p in enumerate(mixtures[i]) if p)
        pays, seen = stage.pays(i, base, other), stage.chance(trigger, i, base, other)
        for action, played in enumerate(mixtures[i]):
            if action == base:
                continue
            loss = pays - stage.pays(i, action, other)
            slope = gap[i] * (stage.chance(trigger, i, action, other) - seen)  # theta slope <= loss
            if slope == 0:
                if loss < 0 or (played and loss != 0):
                    return None
                continue
            at = loss / slope
            if played:
                low, high = max(low, at), at if high is None else min(high, at)
            elif slope > 0:
                high = at if high is None else min(high, at)
            else:
                low = max(low, at)
    return low if high is None or low <= high else None


def _trigger_chance(stage: PublicStage, mixtures: Mixtures, trigger: Sequence[int]) -> Fraction:
    return sum((p * stage.chance(trigger, 0, a, mixtures[1]) for a, p in enumerate(mixtures[0]) if p), Fraction(0))


def _pair(stage: PublicStage, states: Any, sides: Any, weights: Any, first: int) -> Any:
    one, two = states
    kappa = stage.discount / (1 - stage.discount)
    chances = [_trigger_chance(stage, state.mixtures, side) for state, side in zip(states, sides)]
    rest = 1 - chances[0] * weights[0] - chances[1] * weights[1]
    if rest <= 0:
        return None
    moves = [weight / (kappa * rest) for weight in weights]
    if max(moves) > 1:
        return None
    out = []
    for k, (here, there) in enumerate(((one, two), (two, one))):
        share = chances[k] * weights[k]
        value = [here.pays[i] + share * (there.pays[i] - here.pays[i]) for i in range(2)]
        often = here.often + share * (there.often - here.often)
        place, target = first + k, first + 1 - k
        promises = _promises(stage, sides[k], moves[k], place, target)
        out.append(PublicPoint((value[0], value[1], often), here.mixtures, promises))
    return out[0], out[1]


def _promises(
    stage: PublicStage, trigger: Sequence[int], chance: Fraction, place: int, target: int
) -> tuple[dict[int, Fraction], ...]:
    """After each signal: on to ``target`` with ``chance`` after the trigger, else as before."""
    stay = {place: Fraction(1)}
    move = {place: 1 - chance, target: chance} if 0 < chance < 1 else {target: chance} if chance else stay
    return tuple(move if y in trigger else stay for y in range(len(stage.signals)))
