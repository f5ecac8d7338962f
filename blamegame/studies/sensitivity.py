"""Which parameters a measure depends on: variance shares (Sobol) and elementary effects (Morris), with intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.studies.evaluate import evaluate
from blamegame.studies.grid import check_generator
from blamegame.studies.measures import Measure
from blamegame.studies.parameter_box import Box, check_box, in_box
from blamegame.studies.value import Value

BatchMeasure = Callable[[Any], Any] | Measure | tuple[Measure, str]
"""Takes a batch of n models, gives n numbers: ``lambda batch: avoidance(batch, Nash()).high.upper``. In its place a
measure of a study may stand, with the name of one of its variables: ``(Avoidance(), "avoidance_worst")``."""

_BEYOND = 0.1
"""Share of a measure's range by which it must leave the stretch between two levels to count as a step they miss."""


@dataclass(frozen=True, eq=False)
class SobolIndices(Value):
    """Shares of a measure's variance over a box.

    For outcomes (``categorical``) the variance is that of the indicators of all outcomes together: the probability that
    two independent draws differ, halved; the total index is then the probability that the outcome changes when this
    parameter alone is drawn again, relative to the one that it changes when all are.

    Attributes
    ----------
    parameters : names, in the order of the box; every array below has one entry, or row, for each
    first : share of the variance that this parameter explains alone
    total : share that would remain if all others were fixed; first effects and every interaction
    first_interval, total_interval : low and high ends of the confidence intervals, shape [parameters, 2]
    confidence : level of the intervals
    mean, variance : of the measure over the box; for outcomes the mean is NaN
    evaluations : how many models were solved
    measure : name of the function that was measured; "" where it has none
    outcomes : for outcomes the share of each, by its text
    """

    parameters: tuple[str, ...]
    first: Array
    total: Array
    first_interval: Array
    total_interval: Array
    confidence: float
    mean: float
    variance: float
    evaluations: int
    measure: str = ""
    outcomes: dict[str, float] = field(default_factory=dict)

    def ranked(self) -> tuple[str, ...]:
        """Parameters from the largest total index to the smallest."""
        return tuple(self.parameters[i] for i in np.argsort(-self.total, kind="stable"))

    def __str__(self) -> str:
        columns = ("first", self.first, self.first_interval), ("total", self.total, self.total_interval)
        return _table(self.parameters, self.total, *columns)


@dataclass(frozen=True, eq=False)
class MorrisEffects(Value):
    """Elementary effects of a measure: its change for a step of one parameter, per full range of that parameter.

    For outcomes (``categorical``) an effect is 1 where the step changes the outcome, else 0.

    Attributes
    ----------
    parameters : names, in the order of the box; every array below has one entry, or row, for each
    mean_absolute : mean size of the effects (mu*), in units of the measure
    mean_absolute_interval : low and high end of its confidence interval, shape [parameters, 2]
    mean : mean effect with its sign (mu)
    deviation : standard deviation of the effects (sigma): large where the effect depends on the other parameters
    confidence : level of the intervals
    evaluations : how many models were solved
    measure : name of the function that was measured; "" where it has none
    levels : points of the grid along each parameter
    unseen : parameters along which the measure was found to leave, between two neighbouring levels, what it is at both:
        these effects miss a step or a band, and :func:`sobol` sees it
    """

    parameters: tuple[str, ...]
    mean_absolute: Array
    mean_absolute_interval: Array
    mean: Array
    deviation: Array
    confidence: float
    evaluations: int
    measure: str
    levels: int
    unseen: tuple[str, ...]

    def ranked(self) -> tuple[str, ...]:
        """Parameters from the largest mean absolute effect to the smallest."""
        return tuple(self.parameters[i] for i in np.argsort(-self.mean_absolute, kind="stable"))

    def __str__(self) -> str:
        table = _table(
            self.parameters,
            self.mean_absolute,
            ("mean |effect|", self.mean_absolute, self.mean_absolute_interval),
            ("mean effect", self.mean, None),
            ("deviation", self.deviation, None),
        )
        if not self.unseen:
            return table
        what = f"{self.levels} levels do not see what happens between them along {', '.join(self.unseen)}"
        return f"{table}\n{what}: raise levels, or use sobol"


def sobol(
    model: Model | type[Model],
    bounds: Box,
    measure: BatchMeasure,
    *,
    rng: np.random.Generator,
    n: int = 1024,
    confidence: float = 0.95,
    categorical: bool = False,
) -> SobolIndices:
    """First-order and total Sobol indices of a measure over a box of independent uniform parameters.

    Parameters
    ----------
    model : a model class, or one model whose other parameters stay as they are
    bounds : low and high end of each uncertain parameter
    measure : function of a batch of models giving one number each, or a measure of a study
    rng : source of the scrambling
    n : base sample, a power of two; n * (parameters + 2) models are solved
    confidence : level of the intervals
    categorical : whether the measure gives outcomes, such as verdicts, of which only equality has a meaning

    Raises
    ------
    StudyError
        Where the box does not fit the model, or the measure is the same everywhere in it, so that shares of its
        variance have no meaning.

    Notes
    -----
    The intervals are Student's, of a ratio of means, as if the draws were independent; they are on the wide side, since
    a Sobol sequence is more even. They are widened by what so few draws cannot have seen (Clopper and Pearson's bound
    on the share of draws at which the parameter matters), so that no interval has width zero.

    References
    ----------
    Sobol (2001), Math. Comput. Simul. 55; Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), "Variance
    based sensitivity analysis of model output", Comput. Phys. Commun. 181; Gamboa, Janon, Klein and Lagnoux (2014),
    "Sensitivity analysis for multidimensional and functional outputs", Electron. J. Stat. 8 (several outputs).

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> box = {"authority": (0.2, 0.8), "promotability": (0.0, 1.0), "cost_push": (0.0, 0.1)}
    >>> found = sobol(Delegation, box, lambda m: m.success()[:, 1, 0], rng=np.random.default_rng(0), n=64)
    >>> found.ranked()[0], found.total.round(6).tolist()[1:]
    ('authority', [0.0, 0.0])
    """
    from scipy.stats import qmc, sobol_indices

    base = check_box(model, bounds)
    _check_settings(n, confidence, rng)
    if n & (n - 1):
        raise StudyError(f"n={n} is not a power of two; a Sobol sequence is balanced only there, so use 1024 or 2048")
    k = len(bounds)
    unit = qmc.Sobol(2 * k, seed=rng).random_base2(n.bit_length() - 1)
    mixed = np.stack([unit[:, :k]] * k)  # [parameter, n, k]: all as in the first sample but one
    for i in range(k):
        mixed[i, :, i] = unit[:, k + i]
    rows = np.concatenate([unit[:, :k], unit[:, k:], mixed.reshape(-1, k)])
    values = evaluate(base, in_box(bounds, rows), measure, categorical=categorical)
    kinds, codes = np.unique(values[: 2 * n], return_inverse=True)
    if len(kinds) == 1:
        raise StudyError(
            f"the measure is {_shown(kinds[0])} at all {2 * n:,} points of the box: no variance to share; "
            "widen the box or choose a measure that varies in it"
        )
    outputs = (values == kinds[:, None]).astype(np.float64) if categorical else values[None, :].astype(np.float64)
    first, second, both = outputs[:, :n], outputs[:, n : 2 * n], outputs[:, 2 * n :].reshape(-1, k, n).swapaxes(0, 1)
    variances = outputs[:, : 2 * n].var(axis=1)
    twice = np.concatenate([both, both[:1]])  # scipy takes no single parameter
    found = sobol_indices(func={"f_A": first, "f_B": second, "f_AB": twice}, n=n)
    shares = variances / variances.sum()
    alone, total = (shares @ index.reshape(-1, k + 1)[:, :k] for index in (found.first_order, found.total_order))
    centre = outputs[:, : 2 * n].mean(axis=1)[:, None]
    squares = ((first - centre) ** 2 + (second - centre) ** 2).sum(axis=0) / 2
    step = (both - first).swapaxes(0, 1)  # [output, parameter, n]
    most = float(np.ptp(values) ** 2) / 2 if not categorical else 1.0
    return SobolIndices(
        tuple(bounds),
        alone,
        total,
        _of_ratio(alone, ((second - centre)[:, None] * step).sum(axis=0), squares, 2 * most, confidence),
        _of_ratio(total, (step**2).sum(axis=0) / 2, squares, most, confidence),
        confidence,
        float("nan") if categorical else float(values[: 2 * n].mean()),
        float(variances.sum()),
        len(values),
        _name(measure),
        dict(zip(map(_shown, kinds), (np.bincount(codes) / (2 * n)).tolist())) if categorical else {},
    )


def morris(
    model: Model | type[Model],
    bounds: Box,
    measure: BatchMeasure,
    *,
    rng: np.random.Generator,
    n: int = 100,
    levels: int = 4,
    confidence: float = 0.95,
    categorical: bool = False,
) -> MorrisEffects:
    """Elementary effects of each parameter of a box on a measure; the cheap screen before :func:`sobol`.

    Parameters
    ----------
    model, bounds, measure, rng, confidence, categorical : as for :func:`sobol`
    n : trajectories; n * (parameters + 1) models are solved, and about n * parameters more to find out whether the
        measure does something between the levels that the effects cannot see
    levels : points of the grid along each parameter, an even number

    References
    ----------
    Morris (1991), "Factorial sampling plans for preliminary computational experiments", Technometrics 33; Campolongo,
    Cariboni and Saltelli (2007), Environ. Model. Softw. 22 (mean absolute effects).

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> found = morris(
    ...     Delegation(baseline_success=0), {"authority": (0.2, 0.8), "cost_push": (0.0, 0.1)},
    ...     lambda m: m.success()[:, 1, 0], rng=np.random.default_rng(0), n=4,
    ... )
    >>> found.mean_absolute.round(9).tolist(), found.unseen
    ([0.6, 0.0], ())
    """
    base = check_box(model, bounds)
    _check_settings(n, confidence, rng)
    if levels < 2 or levels % 2:
        raise StudyError(f"levels={levels} must be even and at least 2; 4 is usual")
    trajectories = need("SALib.sample.morris")

    k = len(bounds)
    problem = {"num_vars": k, "names": list(bounds), "bounds": [[0, 1]] * k}
    seed = int(rng.integers(1, 2**31))  # 0 would mean "no seed" to SALib
    rows = np.asarray(trajectories.sample(problem, n, num_levels=levels, seed=seed))
    between = _between_levels(rows.reshape(n, k + 1, k), levels, rng)
    every = np.concatenate([rows, between.reshape(-1, k)])
    values = evaluate(base, in_box(bounds, every), measure, categorical=categorical)
    if len(np.unique(values)) == 1:
        raise StudyError(
            f"the measure is {_shown(values[0])} at all {len(values):,} points of the box: no effect to measure; "
            "widen the box or choose a measure that varies in it"
        )
    on_grid, steps = values[: len(rows)].reshape(n, k + 1), np.diff(rows.reshape(n, k + 1, k), axis=1)
    which = np.abs(steps).argmax(axis=2)  # [n, k]: the parameter of each step
    widths = np.take_along_axis(steps, which[..., None], axis=2)[..., 0]
    effects = np.empty((n, k))
    changes = on_grid[:, 1:] != on_grid[:, :-1] if categorical else np.diff(on_grid, axis=1) / widths
    np.put_along_axis(effects, which, changes.astype(np.float64), axis=1)
    span = 1.0 if categorical else float(np.ptp(values))
    largest = 1.0 if categorical else span / float(np.abs(widths).min())
    missed = _missed(values[len(rows) :].reshape(k, 3, -1), span, categorical)
    size = np.abs(effects)
    return MorrisEffects(
        tuple(bounds),
        size.mean(axis=0),
        _of_ratio(size.mean(axis=0), size.T, np.ones(n), largest, confidence, most=None),
        effects.mean(axis=0),
        effects.std(axis=0, ddof=1),
        confidence,
        len(values),
        _name(measure),
        levels,
        tuple(name for name, one in zip(bounds, missed) if one),
    )


def _between_levels(paths: Array, levels: int, rng: np.random.Generator) -> Array:
    """For each parameter points between two neighbouring levels, and the same points at the lower and the upper one,
    [parameter, 3, points, parameters]; the rest of each is from a trajectory [n, parameters + 1, parameters]."""
    n, _, k = paths.shape
    count = max(1, n // 3)
    found = np.empty((k, 3, count, k))
    for i in range(k):
        found[i] = paths[rng.integers(0, n, count), rng.integers(0, k + 1, count)]
        low = rng.integers(0, levels - 1, count)
        found[i, :, :, i] = np.stack([low + rng.random(count), low, low + 1]) / (levels - 1)
    return found


def _missed(values: Array, span: float, categorical: bool) -> Array:
    """Where what is between two levels is beyond what is at both, for each parameter; values [parameter, 3, points]."""
    inside, low, high = values[:, 0], values[:, 1], values[:, 2]
    if categorical:
        beyond = (inside != low) & (inside != high)
    else:
        ends = np.minimum(low, high), np.maximum(low, high)
        beyond = np.maximum(ends[0] - inside, inside - ends[1]) > _BEYOND * span
    out: Array = beyond.any(axis=1)
    return out


def _of_ratio(
    ratio: Array, terms: Array, weights: Array, largest: float, confidence: float, *, most: float | None = 1.0
) -> Array:
    """Confidence intervals [low, high] of means of ``terms`` [parameter, n] relative to the mean of ``weights`` [n].

    ``largest`` bounds a term; ``most`` the ratio, which is never negative.
    """
    from scipy.stats import beta, t

    n, mean = len(weights), weights.mean()
    tail = (1 - confidence) / 2
    spread = (terms - ratio[:, None] * weights).std(axis=1, ddof=1) / np.sqrt(n) / mean
    half = t.isf(tail, n - 1) * spread
    moved = np.count_nonzero(terms, axis=1)
    least = np.where(moved > 0, beta.ppf(tail, np.maximum(moved, 1), n - moved + 1), 0)
    more = np.where(moved < n, beta.isf(tail, moved + 1, np.maximum(n - moved, 1)), 1) - moved / n
    unseen = 1 - tail ** (1 / n)
    low = np.minimum(ratio - half, ratio * least * n / np.maximum(moved, 1))
    high = np.maximum(ratio + half, ratio + more * largest / mean) + unseen * np.abs(ratio) / 2
    interval: Array = np.clip(np.stack([low, high], axis=1), 0, most)
    return interval


def _name(measure: BatchMeasure) -> str:
    name = getattr(measure, "__name__", "")
    return "" if name == "<lambda>" else name


def _shown(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)


def _check_settings(n: int, confidence: float, rng: Any) -> None:
    check_generator(rng)
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 2:
        raise StudyError(f"n={n} is not a whole number of draws, 2 or more")
    if not 0 < confidence < 1:
        raise StudyError(f"confidence={confidence} is not between 0 and 1; 0.95 is usual")


def _table(names: tuple[str, ...], order: Array, *columns: tuple[str, Array, Array | None]) -> str:
    from blamegame.games.table import align

    rows = [["parameter", *(title for title, _, _ in columns)]]
    for i in np.argsort(-order, kind="stable"):
        cells = [f"{v[i]:.3f}" + ("" if e is None else f" [{e[i, 0]:.3f}, {e[i, 1]:.3f}]") for _, v, e in columns]
        rows.append([names[i], *cells])
    return "\n".join(align(rows))
