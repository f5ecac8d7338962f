"""Scenario discovery by PRIM, the patient rule induction method: boxes of parameters in which something happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.games.strategic import Array
from blamegame.games.table import align
from blamegame.studies.evaluate import evaluate
from blamegame.studies.parameter_box import uniform_draws
from blamegame.studies.recipe import task_in
from blamegame.studies.schema import NOT_COMPUTED, STATUS_WORDS, variable_in
from blamegame.studies.value import Value


@dataclass(frozen=True)
class Limit:
    """One side of a box or both: ``low < parameter < high``; an infinite end is no limit. No data point is an end."""

    parameter: str
    low: float
    high: float
    digits: int = 3

    def __str__(self) -> str:
        """The limit in as many digits as the range of the data needs, and more where its ends would look the same.

        >>> str(Limit("cost", 1000.2, 1000.4)), str(Limit("cost", 12000.0, np.inf))
        ('1000.2 < cost < 1000.4', 'cost > 12000')
        """
        digits = self.digits
        while digits < 17 and _text(self.low, digits) == _text(self.high, digits):
            digits += 1
        if self.low == -np.inf:
            return f"{self.parameter} < {_text(self.high, digits)}"
        if self.high == np.inf:
            return f"{self.parameter} > {_text(self.low, digits)}"
        return f"{_text(self.low, digits)} < {self.parameter} < {_text(self.high, digits)}"


@dataclass(frozen=True, eq=False)
class OnFreshDraws(Value):
    """How well a box describes cases that had no part in finding it, with exact 95 % intervals (Clopper and Pearson).

    Attributes
    ----------
    coverage, density : as of :class:`PrimBox`; NaN where there is no case, or no point in the box
    coverage_interval, density_interval : their low and high ends
    points : how many fresh draws there were
    """

    coverage: float
    coverage_interval: tuple[float, float]
    density: float
    density_interval: tuple[float, float]
    points: int

    def __str__(self) -> str:
        shares = (("coverage", self.coverage, self.coverage_interval), ("density", self.density, self.density_interval))
        told = [f"{name} {100 * at:.0f} % [{100 * low:.0f}, {100 * high:.0f}]" for name, at, (low, high) in shares]
        return f"{' and '.join(told)} on {self.points:,} fresh draws"


@dataclass(frozen=True, eq=False)
class PrimBox(Value):
    """A box and how well it describes the cases of interest.

    Attributes
    ----------
    limits : the restricted parameters, in the order of the data
    coverage : share of all cases of interest that lie in the box
    density : share of the points in the box that are of interest; the box was chosen for it, so that it is too high
    mass : share of all points that lie in the box
    cases, points : how many cases of interest, and points, lie in it
    chances : for each limit the probability of at least as many cases of interest in the box if this limit were
        without effect (Bryant and Lempert's quasi-p-value); a large one says that the limit may be dropped
    fresh : coverage and density again, on points that had no part in finding the box; None without such points
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    cases: int
    points: int
    chances: tuple[float, ...] = field(repr=False)
    fresh: OnFreshDraws | None = None

    def holds(self, points: Mapping[str, Array]) -> Array:
        """Which points lie in the box, boolean, shape of the columns."""
        inside = np.ones(np.shape(next(iter(points.values()))), dtype=bool)
        for limit in self.limits:
            column = np.asarray(points[limit.parameter])
            inside &= (column > limit.low) & (column < limit.high)
        return inside

    def text(self, finding: str) -> str:
        """The box as a sentence.

        >>> limits = Limit("authority", -np.inf, 0.41), Limit("diffusion", 0.55, np.inf)
        >>> box = PrimBox(limits, 0.8, 0.9, 0.3, 9, 10, (0.0, 0.0))
        >>> box.text("entrenched")
        'entrenched where authority < 0.41 and diffusion > 0.55 (coverage 80 %, density 90 % where it was found)'
        """
        where = " and ".join(map(str, self.limits)) or "no parameter is restricted"
        in_sample = f"coverage {100 * self.coverage:.0f} %, density {100 * self.density:.0f} % where it was found"
        return f"{finding} where {where} ({in_sample if self.fresh is None else self.fresh})"


@dataclass(frozen=True, eq=False, repr=False)
class Prim(Value):
    """What PRIM found: boxes from the whole space down to the densest one that is still large enough.

    Attributes
    ----------
    parameters : names of the columns
    boxes : the peeling trajectory, each box inside the one before, then the last box after pasting where that grew it
    peeled : how many of ``boxes`` come from peeling
    ranges : smallest and largest value of each column, for drawing
    """

    parameters: tuple[str, ...]
    boxes: tuple[PrimBox, ...]
    peeled: int
    ranges: dict[str, tuple[float, float]]

    def __iter__(self) -> Iterator[PrimBox]:
        return iter(self.boxes)

    def __len__(self) -> int:
        return len(self.boxes)

    def densest(self) -> PrimBox:
        """The box with the largest density; of equally dense ones that with the largest coverage."""
        return max(self.boxes, key=lambda box: (box.density, box.coverage))

    def at_density(self, density: float) -> PrimBox:
        """The box with the largest coverage among those at least this dense."""
        dense = [box for box in self.boxes if box.density >= density]
        if not dense:
            raise StudyError(f"no box has density {density:g}; the densest has {self.densest().density:.3g}")
        return max(dense, key=lambda box: (box.coverage, box.density))

    def __str__(self) -> str:
        rows = [["coverage", "density", "mass", "fresh density", "box"]]
        for box in self.boxes:
            where = " and ".join(map(str, box.limits)) or "everything"
            low, high = (0.0, 0.0) if box.fresh is None else box.fresh.density_interval
            fresh = "" if box.fresh is None else f"{box.fresh.density:.3f} [{low:.3f}, {high:.3f}]"
            rows.append([f"{box.coverage:.3f}", f"{box.density:.3f}", f"{box.mass:.3f}", fresh, where])
        return "\n".join(align(rows))

    def __repr__(self) -> str:
        best = self.densest()
        return f"<Prim of {len(self)} boxes, densest {best.density:.3g} at coverage {best.coverage:.3g}>"


def prim(
    points: Any,
    interest: Any,
    *,
    peel: float = 0.05,
    paste: float = 0.05,
    least_mass: float = 0.05,
    fresh: tuple[Mapping[str, Any], Any] | None = None,
    rng: np.random.Generator | None = None,
    draws: int = 2000,
) -> Prim:
    """Boxes of parameters that hold many of the cases of interest and little else.

    Parameters
    ----------
    points : column of each parameter by name, shape [n] each, numbers; or the dataset of a study over a grid or sample
    interest : boolean array, shape [n], the cases of interest; for a dataset also a verdict, such as ``"entrenched"``
    peel, paste : share of the box's points that one step removes, or adds
    least_mass : peeling stops before a box holds fewer than this share of all points
    fresh : further points and which of them are of interest, to estimate coverage and density anew
    rng, draws : for a dataset and a verdict, draw so many fresh points uniformly from the ranges of its parameters, and
        compute them

    Notes
    -----
    1. *Peel.* Start with all points. For each parameter try to cut off the lowest and the highest ``peel`` of the box;
       make the cut with the largest gain in density per point removed (with equal values at the end, all of them go or
       none). Repeat until only cases of interest, or too few points, are left.
    2. *Paste.* From the last box, extend the end whose next ``paste`` of points leaves the density highest, while it
       does not fall.

    Every box on the way is kept: none is best, since density is bought with coverage. For more than one region, leave
    out ``box.holds(points)`` and search again.

    References
    ----------
    Friedman and Fisher (1999), "Bump hunting in high-dimensional data", Statistics and Computing 9, 123-143 (the
    criterion: section 14.2); Bryant and Lempert (2010), "Thinking inside the box: a participatory, computer-assisted
    approach to scenario discovery", Technol. Forecast. Soc. Change 77, 34-49.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> points = {"x": rng.uniform(size=4000), "y": rng.uniform(size=4000), "z": rng.uniform(size=4000)}
    >>> found = prim(points, (points["x"] < 0.4) & (points["y"] > 0.5))
    >>> [limit.parameter for limit in found.at_density(0.98).limits]
    ['x', 'y']
    """
    dataset = points if hasattr(points, "data_vars") else None
    verdict = interest
    if dataset is not None:
        points, interest = cases_in(dataset, interest)
    names, columns, cases = _checked(points, interest)
    for name, share in (("peel", peel), ("paste", paste), ("least_mass", least_mass)):
        if not 0 < share < 1:
            raise StudyError(f"{name}={share} is not a share strictly between 0 and 1; 0.05 is usual")
    space = _Space(names, columns, cases)
    box = space.everything()
    trail = [box]
    while (smaller := space.peeled(box, peel, least_mass)) is not None:
        box = smaller
        trail.append(box)
    n_peeled = len(trail)
    while (larger := space.pasted(box, paste)) is not None:
        box = larger
    if box is not trail[-1]:
        trail.append(box)
    ranges = {name: (float(column.min()), float(column.max())) for name, column in zip(names, columns)}
    boxes = tuple(space.described(ends) for ends in trail)
    if rng is not None:
        if dataset is None or not isinstance(verdict, str):
            raise StudyError(
                "rng= draws fresh points for a dataset and a verdict; for columns pass fresh=(points, interest)"
            )
        fresh = _drawn(dataset, verdict, ranges, draws, rng)
    if fresh is not None:
        boxes = tuple(replace(box, fresh=_on_fresh_draws(box, *fresh)) for box in boxes)
    return Prim(names, boxes, n_peeled, ranges)


def cases_in(dataset: Any, interest: Any) -> tuple[dict[str, Array], Array]:
    """The computed cells of a study as columns of the parameters that vary, and which of them are of interest.

    ``interest`` is a verdict, or booleans over the dimensions of the design.
    """
    status = dataset[variable_in(dataset, "status")]
    known = status.values != NOT_COMPUTED
    if isinstance(interest, str):
        cases = status.values == _code_of(interest)
    elif np.shape(interest) == status.shape:
        cases = np.asarray(interest)
    else:
        raise StudyError(
            f"interest has shape {np.shape(interest)}, the study {status.shape}; name a verdict or booleans"
        )
    columns = {}
    for name, held in dataset.coords.items():
        if held.dims and set(held.dims) <= set(status.dims):
            if held.dtype.kind not in "iuf":
                raise StudyError(f"{name} is no number; choose one with dataset.isel({name}=0)")
            sizes = [status.sizes[dim] if dim in held.dims else 1 for dim in status.dims]
            column = np.broadcast_to(held.values.reshape(sizes), status.shape)[known]
            if np.ptp(column) > 0:
                columns[str(name)] = column
    return columns, cases[known]


def _code_of(verdict: str) -> int:
    if verdict not in STATUS_WORDS:
        raise StudyError(f"{verdict!r} is not a verdict; they are {', '.join(STATUS_WORDS)}")
    return STATUS_WORDS.index(verdict)


def _drawn(
    dataset: Any, verdict: str, ranges: Mapping[str, tuple[float, float]], draws: int, rng: np.random.Generator
) -> tuple[dict[str, Array], Array]:
    task = task_in(dataset)
    name = variable_in(dataset, "status")
    measure = next(one for one in task.measures if name in {variable.name for variable in one.variables(task.base)})
    columns = uniform_draws(ranges, draws, rng=rng)
    return columns, evaluate(task.base, columns, (measure, name), categorical=True) == _code_of(verdict)


def _on_fresh_draws(box: PrimBox, points: Mapping[str, Any], interest: Any) -> OnFreshDraws:
    inside, cases = box.holds(points), np.asarray(interest, dtype=bool)
    if not box.limits:
        inside = np.ones(len(cases), dtype=bool)
    hits = int((inside & cases).sum())
    coverage, density = (_share(hits, int(of.sum())) for of in (cases, inside))
    return OnFreshDraws(*coverage, *density, len(cases))


def _share(hits: int, of: int) -> tuple[float, tuple[float, float]]:
    from scipy.stats import binomtest

    if not of:
        return float("nan"), (0.0, 1.0)
    interval = binomtest(hits, of).proportion_ci(method="exact")
    return hits / of, (float(interval.low), float(interval.high))


class _Space:
    """The points, and what can be done to a box given by its ends, float array [parameters, 2], both excluded."""

    def __init__(self, names: tuple[str, ...], columns: Array, cases: Array) -> None:
        self.names, self.columns, self.cases = names, columns, cases

    def everything(self) -> Array:
        return np.tile([-np.inf, np.inf], (len(self.names), 1))

    def inside(self, ends: Array, *, but: int | None = None) -> Array:
        """Which points lie in the box, one parameter's limits left out if ``but`` says so."""
        kept = np.ones(len(self.cases), dtype=bool)
        for k in np.flatnonzero(np.isfinite(ends).any(axis=1)):
            if k != but:
                kept &= (self.columns[k] > ends[k, 0]) & (self.columns[k] < ends[k, 1])
        return kept

    def peeled(self, ends: Array, share: float, least_mass: float) -> Array | None:
        """The box after the best cut; None where it is pure, or every cut would leave too few points."""
        kept = self.inside(ends)
        cases = self.cases[kept]
        density = cases.mean()
        if density == 1:
            return None
        best, best_gain = None, (-np.inf, 0)
        for k, column in enumerate(self.columns[:, kept]):
            ordered = np.sort(column)
            for side, cut in ((0, _above(ordered, share)), (1, _below(ordered, share))):
                if cut is None:
                    continue
                left = column > cut if side == 0 else column < cut
                size = int(left.sum())
                if size < least_mass * len(self.cases):
                    continue
                gain = ((cases[left].mean() - density) / (len(cases) - size), size)
                if gain > best_gain:
                    best, best_gain = (k, side, cut), gain
        return None if best is None else _moved(ends, *best)

    def pasted(self, ends: Array, share: float) -> Array | None:
        """The larger box with the highest density; None where every extension makes it less dense."""
        kept = self.inside(ends)
        size = int(kept.sum())
        step = max(1, round(share * size))
        best, best_rank = None, (self.cases[kept].mean(), size)
        for k in np.flatnonzero(np.isfinite(ends).any(axis=1)):
            beyond = self.inside(ends, but=int(k)) & ~kept
            for side in (0, 1):
                if not np.isfinite(ends[k, side]):
                    continue
                out = self.columns[k] <= ends[k, 0] if side == 0 else self.columns[k] >= ends[k, 1]
                cut = _extended(self.columns[k][beyond & out], step, side)
                if cut is None:
                    continue
                wider = _moved(ends, int(k), side, cut)
                now = self.inside(wider)
                rank = (self.cases[now].mean(), int(now.sum()))
                if rank > best_rank:
                    best, best_rank = wider, rank
        return best

    def described(self, ends: Array) -> PrimBox:
        kept = self.inside(ends)
        points, cases = int(kept.sum()), int(self.cases[kept].sum())
        restricted = np.flatnonzero(np.isfinite(ends).any(axis=1)).tolist()
        limits = tuple(
            Limit(self.names[k], float(ends[k, 0]), float(ends[k, 1]), _digits(self.columns[k])) for k in restricted
        )
        chances = tuple(self._chance(ends, k, points, cases) for k in restricted)
        total = int(self.cases.sum())
        return PrimBox(limits, cases / total, cases / points, points / len(self.cases), cases, points, chances)

    def _chance(self, ends: Array, k: int, points: int, cases: int) -> float:
        from scipy.stats import binom

        without = self.inside(ends, but=k)
        return float(binom.sf(cases - 1, points, self.cases[without].mean()))


def _digits(column: Array) -> int:
    """Digits that tell hundredths of a column's range apart."""
    return max(3, 3 + int(np.ceil(np.log10(np.abs(column).max() / np.ptp(column)))) if np.ptp(column) else 3)


def _text(value: float, digits: int) -> str:
    if not np.isfinite(value) or not 1e-5 <= abs(value) < 1e15:
        return f"{value:.{digits}g}"
    return np.format_float_positional(value, precision=digits, unique=False, fractional=False, trim="-")


def _moved(ends: Array, k: int, side: int, cut: float) -> Array:
    out = ends.copy()
    out[k, side] = cut
    return out


def _above(ordered: Array, share: float) -> float | None:
    """An end above the lowest ``share`` of ascending values, between two of them; None where all are equal."""
    first = np.searchsorted(ordered, ordered[min(max(1, int(share * len(ordered))), len(ordered) - 1)])
    if first == 0:  # so many points share the lowest value that all of them go
        first = np.searchsorted(ordered, ordered[0], side="right")
        if first == len(ordered):
            return None
    return _between(float(ordered[first - 1]), float(ordered[first]), keep_above=True)


def _below(ordered: Array, share: float) -> float | None:
    mirrored = _above(-ordered[::-1], share)
    return None if mirrored is None else -mirrored


def _extended(outside: Array, step: int, side: int) -> float | None:
    """The end moved over the next ``step`` points outside it; infinite beyond the last, None without any."""
    if not len(outside):
        return None
    sign = 1.0 if side == 1 else -1.0
    ordered = np.sort(sign * outside)
    last = ordered[min(step, len(ordered)) - 1]
    beyond = np.searchsorted(ordered, last, side="right")
    if beyond == len(ordered):
        return sign * np.inf
    return sign * _between(float(last), float(ordered[beyond]), keep_above=False)


def _between(below: float, above: float, *, keep_above: bool) -> float:
    """A number between two values so that a strict comparison separates them, even if they are neighbouring floats."""
    middle = below / 2 + above / 2
    if below < middle < above:
        return middle
    return below if keep_above else above


def _checked(points: Mapping[str, Any], interest: Any) -> tuple[tuple[str, ...], Array, Array]:
    cases = np.asarray(interest)
    if cases.dtype != bool or cases.ndim != 1:
        raise StudyError(
            f"interest must be a boolean array of one dimension, not {cases.dtype} of shape {cases.shape}; "
            "write for instance status == 'entrenched'"
        )
    if not points:
        raise StudyError("points names no parameter; give one column for each")
    columns = []
    for name, column in points.items():
        values = np.asarray(column, dtype=np.float64)
        if values.shape != cases.shape:
            raise StudyError(f"{name} has shape {values.shape}, interest has {cases.shape}; they must be the same")
        if not np.isfinite(values).all():
            raise StudyError(f"{name}[{int(np.argmin(np.isfinite(values)))}] is not a finite number")
        columns.append(values)
    n_cases = int(cases.sum())
    if n_cases in (0, len(cases)):
        what = "no point is" if n_cases == 0 else "every point is"
        raise StudyError(f"{what} of interest, so no box can tell them apart; draw from a wider box of parameters")
    return tuple(points), np.array(columns), cases
