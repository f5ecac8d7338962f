"""Which parameters a measure depends on: variance shares (Sobol) and elementary effects (Morris), with intervals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import StudyError
from blamegame.extras import need
from blamegame.games.strategic import Array
from blamegame.models.model import Model
from blamegame.studies.grid import check_generator
from blamegame.studies.measures import Measure
from blamegame.studies.parameter_box import Box, check_box, evaluate

BatchMeasure = Callable[[Any], Any] | Measure | tuple[Measure, str]
"""Takes a batch of n models, gives n numbers: ``lambda batch: avoidance(batch, Nash()).high.upper``. In its place a
measure of a study may stand, with the name of one of its variables: ``(Avoidance(), "avoidance_worst")``."""


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """Shares of a measure's variance over a box.

    Attributes
    ----------
    parameters : names, in the order of the box; every array below has one entry for each
    first : share of the variance that this parameter explains alone
    total : share that would remain if all others were fixed; first effects and every interaction
    first_error, total_error : half-widths of the confidence intervals (bootstrap, normal); the sample is more even
        than independent draws, so that they are on the wide side
    confidence : level of the intervals
    mean, variance : of the measure over the box
    evaluations : how many models were solved
    measure : name of the function that was measured; "" where it has none
    """

    parameters: tuple[str, ...]
    first: Array
    total: Array
    first_error: Array
    total_error: Array
    confidence: float
    mean: float
    variance: float
    evaluations: int
    measure: str = ""

    def ranked(self) -> tuple[str, ...]:
        """Parameters from the largest total index to the smallest."""
        return tuple(self.parameters[i] for i in np.argsort(-self.total, kind="stable"))

    def __str__(self) -> str:
        columns = ("first", self.first, self.first_error), ("total", self.total, self.total_error)
        return _table(self.parameters, self.total, *columns)


@dataclass(frozen=True, eq=False)
class MorrisEffects:
    """Elementary effects of a measure: its change for a step of one parameter, per full range of that parameter.

    Attributes
    ----------
    parameters : names, in the order of the box; every array below has one entry for each
    mean_absolute : mean size of the effects (mu*), in units of the measure
    mean_absolute_error : half-width of its confidence interval (bootstrap, normal)
    mean : mean effect with its sign (mu)
    deviation : standard deviation of the effects (sigma): large where the effect depends on the other parameters
    confidence : level of the intervals
    evaluations : how many models were solved
    measure : name of the function that was measured; "" where it has none
    """

    parameters: tuple[str, ...]
    mean_absolute: Array
    mean_absolute_error: Array
    mean: Array
    deviation: Array
    confidence: float
    evaluations: int
    measure: str = ""

    def ranked(self) -> tuple[str, ...]:
        """Parameters from the largest mean absolute effect to the smallest."""
        return tuple(self.parameters[i] for i in np.argsort(-self.mean_absolute, kind="stable"))

    def __str__(self) -> str:
        return _table(
            self.parameters,
            self.mean_absolute,
            ("mean |effect|", self.mean_absolute, self.mean_absolute_error),
            ("mean effect", self.mean, None),
            ("deviation", self.deviation, None),
        )


def sobol(
    model: Model | type[Model],
    bounds: Box,
    measure: BatchMeasure,
    *,
    rng: np.random.Generator,
    n: int = 1024,
    confidence: float = 0.95,
    resamples: int = 100,
) -> SobolIndices:
    """First-order and total Sobol indices of a measure over a box of independent uniform parameters.

    Parameters
    ----------
    model : a model class, or one model whose other parameters stay as they are
    bounds : low and high end of each uncertain parameter
    measure : function of a batch of models giving one number each, or a measure of a study
    rng : source of the scrambling and of the bootstrap
    n : base sample, a power of two; n * (parameters + 2) models are solved
    confidence, resamples : level and bootstrap samples of the intervals

    Raises
    ------
    StudyError
        Where the box does not fit the model, or the measure is the same everywhere in it, so that shares of its
        variance have no meaning.

    References
    ----------
    Sobol (2001), Math. Comput. Simul. 55; Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola (2010), "Variance
    based sensitivity analysis of model output", Comput. Phys. Commun. 181.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> box = {"authority": (0.2, 0.8), "promotability": (0.0, 1.0), "cost_push": (0.0, 0.1)}
    >>> found = sobol(Delegation, box, lambda m: m.success()[:, 1, 0], rng=np.random.default_rng(0), n=64)
    >>> found.ranked()[0], found.total.round(6).tolist()[1:]
    ('authority', [0.0, 0.0])
    """
    base = check_box(model, bounds)
    _check_levels(n, confidence, resamples)
    if n & (n - 1):
        raise StudyError(f"n={n} is not a power of two; a Sobol sequence is balanced only there, so use 1024 or 2048")
    analyze = need("SALib.analyze.sobol")
    sample = need("SALib.sample.sobol")

    problem = _problem(bounds)
    rows = _inside(sample.sample(problem, n, calc_second_order=False, seed=_seed(rng)), bounds)
    values = evaluate(base, dict(zip(bounds, rows.T)), measure)
    if np.ptp(values) == 0:
        raise StudyError(
            f"the measure is {values[0]:.6g} at all {len(values):,} points of the box: no variance to share; "
            "widen the box or choose a measure that varies in it"
        )
    found = analyze.analyze(
        problem, values, calc_second_order=False, num_resamples=resamples, conf_level=confidence, seed=_seed(rng)
    )
    step = len(bounds) + 2
    independent = np.concatenate([values[::step], values[step - 1 :: step]])
    return SobolIndices(
        tuple(bounds),
        np.asarray(found["S1"]),
        np.asarray(found["ST"]),
        np.asarray(found["S1_conf"]),
        np.asarray(found["ST_conf"]),
        confidence,
        float(independent.mean()),
        float(independent.var()),
        len(values),
        _name(measure),
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
    resamples: int = 1000,
) -> MorrisEffects:
    """Elementary effects of each parameter of a box on a measure; the cheap screen before :func:`sobol`.

    Parameters
    ----------
    model, bounds, measure, rng, confidence, resamples : as for :func:`sobol`
    n : trajectories; n * (parameters + 1) models are solved
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
    >>> found.mean_absolute.round(9).tolist()
    [0.6, 0.0]
    """
    base = check_box(model, bounds)
    _check_levels(n, confidence, resamples)
    if n < 2:
        raise StudyError(f"n={n} is too few trajectories for an interval; use at least 2, better 100")
    if levels < 2 or levels % 2:
        raise StudyError(f"levels={levels} must be even and at least 2; 4 is usual")
    analyze = need("SALib.analyze.morris")
    sample = need("SALib.sample.morris")

    problem = _problem(bounds)
    rows = _inside(sample.sample(problem, n, num_levels=levels, seed=_seed(rng)), bounds)
    values = evaluate(base, dict(zip(bounds, rows.T)), measure)
    found = analyze.analyze(
        problem, rows, values, num_resamples=resamples, conf_level=confidence, num_levels=levels, seed=_seed(rng)
    )
    star, star_error, mean, deviation = (
        np.asarray(found[key], dtype=np.float64) for key in ("mu_star", "mu_star_conf", "mu", "sigma")
    )
    return MorrisEffects(tuple(bounds), star, star_error, mean, deviation, confidence, len(values), _name(measure))


def _problem(bounds: Box) -> dict[str, Any]:
    return {
        "num_vars": len(bounds),
        "names": list(bounds),
        "bounds": [[float(low), float(high)] for low, high in bounds.values()],
    }


def _name(measure: BatchMeasure) -> str:
    name = getattr(measure, "__name__", "")
    return "" if name == "<lambda>" else name


def _inside(rows: Array, bounds: Box) -> Array:
    """The sample with what rounding moved over an end moved back: a share of 1 + 1e-16 is no share."""
    low, high = np.array([*bounds.values()], dtype=np.float64).T
    inside: Array = np.clip(rows, low, high)
    return inside


def _check_levels(n: int, confidence: float, resamples: int) -> None:
    if not isinstance(n, int | np.integer) or n < 1:
        raise StudyError(f"n={n!r} is not a whole number of at least 1")
    if not 0 < confidence < 1:
        raise StudyError(f"confidence={confidence} is not between 0 and 1; 0.95 is usual")
    if resamples < 2:
        raise StudyError(f"resamples={resamples} is too few for an interval; use at least 2, better 100")


def _seed(rng: np.random.Generator) -> int:
    check_generator(rng)
    return int(rng.integers(1, 2**31))  # 0 would mean "no seed" to SALib


def _table(names: tuple[str, ...], order: Array, *columns: tuple[str, Array, Array | None]) -> str:
    from blamegame.games.table import align

    rows = [["parameter", *(title for title, _, _ in columns)]]
    for i in np.argsort(-order, kind="stable"):
        cells = [f"{v[i]:.3f}" + ("" if e is None else f" ± {e[i]:.3f}") for _, v, e in columns]
        rows.append([names[i], *cells])
    return "\n".join(align(rows))
