"""Batches of small games: this library beside quantecon, nashpy and HiGHS, all in one run.

Times per game are the median of several rounds after a warm-up. Peers are timed on as many games of the same batch as
take about a second, in the loop their users would write. Run with ``python -m benchmarks.batch``.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from benchmarks.timing import columns, median_seconds, seconds_per_item

GAMES = 100_000

Row = tuple[str, str, float, str, float | None]


def equilibria_rows() -> list[Row]:
    """Random games, ours per game and each peer per game; games with ties, where peers are not complete."""
    import nashpy
    import quantecon.game_theory as qe

    from blamegame.solvers.strategic.batch import equilibria_batch

    rng = np.random.default_rng(0)
    rows: list[Row] = []
    for shape in ((2, 3), (3, 3), (4, 4), (5, 5)):
        games = rng.random((GAMES, 2, *shape))
        ours = median_seconds(lambda games=games: equilibria_batch(games)) / GAMES
        prepared = [
            qe.NormalFormGame((qe.Player(np.ascontiguousarray(u)), qe.Player(np.ascontiguousarray(v.T))))
            for u, v in games[:20_000]
        ]
        name = f"all equilibria, random {shape[0]}x{shape[1]}"
        theirs = seconds_per_item(qe.support_enumeration, prepared)
        rows.append((name, "quantecon support_enumeration", ours, "", theirs))
        pairs = [nashpy.Game(u, v) for u, v in games[:200]]
        theirs = seconds_per_item(lambda game: list(game.support_enumeration()), pairs)
        rows.append((name, "nashpy support_enumeration", ours, "", theirs))
        ties = rng.integers(0, 4, (GAMES, 2, *shape)).astype(float)
        exactly = int(equilibria_batch(ties).decided_exactly.sum())
        ours = median_seconds(lambda ties=ties: equilibria_batch(ties), 3) / GAMES
        note = f"{100 * exactly / GAMES:.0f} % decided exactly; peers are not complete here"
        rows.append((f"all equilibria, payoffs 0..3, {shape[0]}x{shape[1]}", "", ours, note, None))
    return rows


def delegation_rows() -> list[Row]:
    """Delegation stage games from arrays of every parameter: payoffs built, solved, reduced to the avoidance range."""
    from blamegame.models.delegation import Delegation
    from blamegame.solvers.strategic.batch import equilibria_batch, event_probabilities

    n_games = 10 * GAMES
    rng = np.random.default_rng(1)
    drawn = {
        name: rng.random(n_games) * float(spec.high or 1)
        for name, spec in Delegation.parameters().items()
        if name not in ("tolerance_risk", "causal_weight")
    }

    def all_parameters() -> None:
        model = Delegation(**drawn)
        event_probabilities(equilibria_batch(model.stage_game()), model.avoidance)

    def one_parameter() -> None:
        model = Delegation(authority=drawn["authority"])
        event_probabilities(equilibria_batch(model.stage_game()), model.avoidance)

    rows: list[Row] = []
    for name, work in (("23 parameters vary", all_parameters), ("authority varies", one_parameter)):
        ours = median_seconds(work, 3) / n_games
        rows.append((f"delegation, {name}, payoffs included", "", ours, f"{1e-6 / ours:.2f} million games/s", None))
    return rows


def correlated_rows() -> list[Row]:
    """Event bounds over correlated equilibria against a loop over HiGHS, called directly."""
    from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

    rng = np.random.default_rng(2)
    event = np.array([[False, False, False], [False, True, True]])
    games = rng.random((GAMES, 2, 2, 3))
    rows: list[Row] = []
    for coarse in (False, True):
        ours = median_seconds(lambda coarse=coarse: event_bounds_batch(games, event, coarse=coarse), 3) / GAMES
        theirs = seconds_per_item(lambda u, coarse=coarse: highs_bounds(u, event, coarse), games[:5_000])
        kind = "coarse correlated" if coarse else "correlated"
        rows.append((f"event bounds, {kind}, random 2x3", "HiGHS through highspy, two calls", ours, "", theirs))
    ties = rng.integers(0, 4, (GAMES, 2, 2, 3)).astype(float)
    ours = median_seconds(lambda: event_bounds_batch(ties, event), 3) / GAMES
    theirs = seconds_per_item(lambda u: highs_bounds(u, event, False), ties[:5_000])
    rows.append(("event bounds, correlated, payoffs 0..3, 2x3", "HiGHS through highspy, two calls", ours, "", theirs))
    return rows


def rationalizable_rows() -> list[Row]:
    """Rationalizable actions: all of them at once against this library's own exact elimination, one by one."""
    from blamegame.games.strategic import StrategicGame
    from blamegame.solvers.strategic.rationalizable import rationalizable
    from blamegame.solvers.strategic.rationalizable_batch import rationalizable_batch

    rng = np.random.default_rng(3)
    rows: list[Row] = []
    for shape in ((2, 3), (4, 4)):
        games = rng.random((GAMES, 2, *shape))
        ours = median_seconds(lambda games=games: rationalizable_batch(games), 3) / GAMES
        singles = [StrategicGame(payoffs) for payoffs in games[:500]]
        alone = seconds_per_item(rationalizable, singles)
        name = f"rationalizable actions, random {shape[0]}x{shape[1]}"
        rows.append((name, "rationalizable, one by one", ours, "", alone))
    return rows


def highs_bounds(payoffs: Any, event: Any, coarse: bool) -> tuple[float, float]:
    """Both bounds of one game by HiGHS: one model, two objectives, arrays passed in one piece."""
    import highspy

    _, m, n = payoffs.shape
    rows = []
    for player, size in ((0, m), (1, n)):
        own = payoffs[0] if player == 0 else payoffs[1].T
        for obeyed in range(1 if coarse else size):
            for deviation in range(size):
                if coarse or deviation != obeyed:
                    row = own[deviation] - own
                    if not coarse:
                        row = row * (np.arange(size) == obeyed)[:, None]
                    rows.append((row if player == 0 else row.T).ravel())
    matrix = np.array([*rows, np.ones(m * n)])
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = m * n, len(matrix)
    program.col_cost_ = event.ravel().astype(np.float64)
    program.col_lower_, program.col_upper_ = np.zeros(m * n), np.ones(m * n)
    program.row_lower_ = np.array([-highspy.kHighsInf] * len(rows) + [1.0])
    program.row_upper_ = np.array([0.0] * len(rows) + [1.0])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.arange(len(matrix) + 1) * m * n
    program.a_matrix_.index_ = np.tile(np.arange(m * n), len(matrix))
    program.a_matrix_.value_ = matrix.ravel()
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    solver.run()
    lowest = solver.getObjectiveValue()
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    return lowest, solver.getObjectiveValue()


def table(rows: list[Row]) -> str:
    """The rows as text with a ratio column."""
    head = ("what", "ours", "peer", "peer's name", "ratio", "note")
    lines = [head]
    for what, peer, ours, note, theirs in rows:
        if theirs is None:
            lines.append((what, f"{1e6 * ours:.2f} us", "", "", "", note))
        else:
            lines.append((what, f"{1e6 * ours:.2f} us", f"{1e6 * theirs:.1f} us", peer, f"{theirs / ours:,.0f}x", note))
    return columns(lines)


def main() -> None:
    """Print the table."""
    from blamegame.solvers.strategic.batch import available_threads

    warnings.simplefilter("ignore")  # nashpy warns about degenerate games, once a game
    print(f"Per game, batches of {GAMES:,}, {available_threads()} threads, medians")
    print(table([*equilibria_rows(), *delegation_rows(), *correlated_rows(), *rationalizable_rows()]))


if __name__ == "__main__":
    main()
