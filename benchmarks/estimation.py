"""Estimation: how often sets cover the truth, what facts and clusters do to that, and how long fits take.

``python -m benchmarks.estimation [runs]``; 200 runs of each setting are the default. The truth is the county at its
defaults with precision 8; every figure below is a share of simulated data sets.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.timing import columns, median_seconds
from blamegame.estimation.cases import Cases, Choice
from blamegame.estimation.clusters import clustered_cut, inflation
from blamegame.estimation.design import Design, Experiment
from blamegame.estimation.facts import Between
from blamegame.estimation.fit import fit
from blamegame.estimation.identify import identify
from blamegame.estimation.likelihood import Likelihood
from blamegame.estimation.problem import Problem, cells_of, totals_of, unknowns_of
from blamegame.estimation.profile import cut_of
from blamegame.estimation.published import published
from blamegame.estimation.scoring import ascend
from blamegame.estimation.theory import QuantalResponse
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE

FREE = ("authority", "escalation_shield", "diffusion")
PRECISION = 8.0
DESIGNS = (("base", "list"), ("base", "list", "tolerate"), ("base", "list", "tolerate", "answer"))
KNOWN = ("responsibility", "push_strength", "assistance", "answer_competence", "trace_shield", "cost_work")
CLUSTERS, LIKENESS = 20, 30.0  # choice probabilities of a cluster are Dirichlet with this weight


def design_of(regimes: tuple[str, ...], free: tuple[str, ...] = FREE, **more: object) -> Design:
    """The county at its defaults; a regime is the one reform of its name."""
    bundles = {name: [] if name == "base" else [name] for name in regimes}
    return Design(Delegation(), bundles, free, **more)  # type: ignore[arg-type]


def shares_of(model: Delegation, regimes: tuple[str, ...]) -> np.ndarray:
    """Choice probabilities of every regime, [G, 5], at the true precision."""
    bundles = {name: [] if name == "base" else [name] for name in regimes}
    known = Design(model, bundles, (), rationality=PRECISION)
    logs = QuantalResponse().predictor(known, (), np.zeros(0))(np.zeros((1, 0)))[0]
    return np.exp(logs[0]).reshape(len(regimes), 5)


def drawn(rng: np.random.Generator, shares: np.ndarray, n: int) -> np.ndarray:
    """Counts [G * 5] of ``n`` cases a regime."""
    rows = [
        np.concatenate([rng.multinomial(n, row[:2]), rng.multinomial(n, row[2:] / row[2:].sum())]) for row in shares
    ]
    return np.concatenate(rows).astype(float)


def many(design: Design, counts: np.ndarray) -> Problem:
    """One problem for a batch of data sets [B, K] of equal totals."""
    cells = cells_of(design)
    predict = QuantalResponse().predictor(design, design.varied, counts[0])
    likelihood = Likelihood(predict, counts, totals_of(counts[0], cells))
    return Problem(likelihood, unknowns_of(design, QuantalResponse()), cells)


def ratios(problem: Problem, truth: np.ndarray, held: list[int]) -> np.ndarray:
    """Likelihood ratio of each data set with the unknowns ``held`` at their true values, [B]."""
    size = len(problem.likelihood.counts)
    low, high = (np.tile(x, (size, 1)) for x in problem.bounds)
    starts = [np.tile(truth, (size, 1)), *(np.tile(start, (size, 1)) for start in problem.starts[:2])]
    free = np.max([ascend(problem.likelihood, s, low, high, tolerance=1e-8).value for s in starts], axis=0)
    low[:, held] = high[:, held] = truth[held]
    fixed = np.max([ascend(problem.likelihood, s, low, high, tolerance=1e-8).value for s in starts], axis=0)
    return np.asarray(2 * (np.maximum(free, fixed) - fixed))


def coverage(runs: int, rng: np.random.Generator) -> None:
    """95 % sets of each unknown, and the joint set of the three free parameters."""
    print(f"\nCoverage of 95 % profile sets, {runs} runs a setting")
    rows, single = [["regimes", "N", *FREE, "precision", "joint of three"]], []
    truth = np.array([*(float(getattr(Delegation(), name)) for name in FREE), np.log(PRECISION)])
    for regimes in DESIGNS:
        shares = shares_of(Delegation(), regimes)
        for n in (25, 50, 200):
            problem = many(design_of(regimes), np.array([drawn(rng, shares, n) for _ in range(runs)]))
            each = [float((ratios(problem, truth, [q]) <= cut_of(0.95)).mean()) for q in range(4)]
            joint = float((ratios(problem, truth, [0, 1, 2]) <= cut_of(0.95, 3)).mean())
            single += each
            rows.append([" + ".join(regimes), str(n), *(f"{share:.3f}" for share in (*each, joint))])
    print(columns(rows))
    print(f"mean {np.mean(single):.3f}, lowest {min(single):.3f}, highest {max(single):.3f} of {len(single)} settings")


def facts(runs: int, rng: np.random.Generator) -> None:
    """Six facts off by up to 10 %, held at their centre against free within their interval."""
    regimes = DESIGNS[1]
    print(f"\nJoint coverage with {len(KNOWN)} facts off by up to 10 %, {' + '.join(regimes)}, {runs} runs")
    centre = {name: float(getattr(Delegation(), name)) for name in KNOWN}
    loose = design_of(regimes, facts={k: Between(0.9 * v, 1.1 * v) for k, v in centre.items()})
    truth = np.array([float(getattr(Delegation(), name)) for name in FREE])
    for n in (50, 200):
        counts = []
        for _ in range(runs):
            off = {name: value * rng.uniform(0.9, 1.1) for name, value in centre.items()}
            counts.append(drawn(rng, shares_of(Delegation(**off), regimes), n))
        table = np.array(counts)
        found = []
        for design in (design_of(regimes), loose):
            problem = many(design, table)
            start = np.concatenate([truth, [centre[k] for k in design.facts], [np.log(PRECISION)]])
            found.append(float((ratios(problem, start, [0, 1, 2]) <= cut_of(0.95, 3)).mean()))
        print(f"N {n:4d}: held at the centre {found[0]:.3f}, free within the interval {found[1]:.3f}")


def clusters(runs: int, rng: np.random.Generator) -> None:
    """Cases of a cluster resemble each other: naive against clustered 95 % sets."""
    regimes, size = DESIGNS[1], 5
    shares = shares_of(Delegation(), regimes)
    truth = np.array([*(float(getattr(Delegation(), name)) for name in FREE), np.log(PRECISION)])
    design, naive, wide, total = design_of(regimes), 0, 0, 0
    for _ in range(runs):
        parts = [
            np.concatenate(
                [
                    rng.multinomial(size, rng.dirichlet(LIKENESS / 10 * row[:2] / row[:2].sum())).tolist()
                    + rng.multinomial(size, rng.dirichlet(LIKENESS / 10 * row[2:] / row[2:].sum())).tolist()
                    for row in shares
                ]
            )
            for _ in range(CLUSTERS)
        ]
        choices = [
            Choice(regime, office, action, f"county {c}", int(n))
            for c, part in enumerate(parts)
            for (regime, office, action), n in zip(cells_of(design), part)
            if n
        ]
        found = fit(Cases(tuple(choices)), design)
        widened = inflation(found.cluster_scores, found.observed_information)
        low, high = found.problem.bounds
        for q in range(3):
            lows, highs = low.copy(), high.copy()
            lows[q] = highs[q] = truth[q]
            held = found.problem.held(np.array([found.theta, truth]), np.tile(lows, (2, 1)), np.tile(highs, (2, 1)))
            ratio = max(2 * (found.log_likelihood - held.value.max()), 0.0)
            naive += ratio <= cut_of(0.95)
            wide += ratio <= clustered_cut(0.95, 1, CLUSTERS) * widened[q]
            total += 1
    print(f"\nClusters: {CLUSTERS} counties of {size} alike cases a regime, {' + '.join(regimes)}, {runs} runs")
    print(f"naive {naive / total:.3f}, clustered {wide / total:.3f} of {total} sets")


def speed() -> None:
    """Fits and profile sets."""
    rng = np.random.default_rng(7)
    seven = (*FREE, "accountability", "trace_shield", "credit_upper")
    thirteen = ("base", *(reform.name for reform in CATALOGUE))
    print("\nTimes, medians")
    for regimes, free in ((DESIGNS[2], FREE), (thirteen, seven)):
        cases = cases_of(drawn(rng, shares_of(Delegation(), regimes), 100), design_of(regimes, free))
        design = design_of(regimes, free)
        found = fit(cases, design)
        at = f"{len(regimes)} regimes, {len(free) + 1} numbers"
        print(f"  fit of {at}: {1e3 * median_seconds(lambda c=cases, d=design: fit(c, d)):.1f} ms")
        print(f"  its {len(free) + 1} profile sets: {median_seconds(found.intervals, 3):.3f} s")
        print(f"  identify: {1e3 * median_seconds(lambda d=design: identify(d)):.1f} ms")
    cases, games = published("selten_chmura_2008")
    ours = median_seconds(lambda: fit(cases, games))
    print(f"  12 published games, pooled: {1e3 * ours:.1f} ms")
    theirs = median_seconds(lambda: pooled_by_gambit(cases, games), 3)
    print(f"  the same precision by a search over Gambit's branches: {1e3 * theirs:.1f} ms ({theirs / ours:.1f} times)")


def cases_of(counts: np.ndarray, design: Design) -> Cases:
    """Counts as cases."""
    return Cases(tuple(Choice(*cell, "", int(n)) for cell, n in zip(cells_of(design), counts) if n))


def pooled_by_gambit(cases: Cases, games: Experiment) -> float:
    """The precision under which all games together are likeliest, with Gambit solving each game at each trial."""
    import pygambit
    from scipy.optimize import minimize_scalar

    tables, counts = [], []
    for name, game in games.games.items():
        tables.append(pygambit.StrategicGame.from_arrays(*(np.array(layer) for layer in game.payoffs)))
        counts.append([float(cases.count(name, o, a)) for o, actions in games.offices for a in actions])

    def down(log_precision: float) -> float:
        total = 0.0
        for table, seen in zip(tables, counts):
            (found,) = pygambit.qre.logit_solve_lambda(table, float(np.exp(log_precision)))
            play = [found.profile[player][action] for player in ("1", "2") for action in ("1", "2")]
            total -= float(np.dot(seen, np.log(play)))
        return total

    return float(np.exp(minimize_scalar(down, bounds=(-3, 3), method="bounded", options={"xatol": 1e-7}).x))


def main() -> None:
    """Print everything."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rng = np.random.default_rng(20261129)
    speed()
    coverage(runs, rng)
    facts(runs, rng)
    clusters(runs, rng)


if __name__ == "__main__":
    main()
