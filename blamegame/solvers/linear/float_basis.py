"""HiGHS as the proposer of bases for exact linear programming; nothing here is ever taken as proved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from blamegame.deadline import SLICE, Deadline

Basis = tuple[list[int], list[int]]
"""(basic variables J, tight constraints R), of equal length; the basis matrix is matrix[R][:, J]."""

_LARGE = 1e15


class FloatSimplex:
    """The programme: maximise objective @ x subject to matrix @ x <= bounds, x >= 0, in floating point.

    Rows are divided by their largest entry, which changes no basis. ``refine`` restates the programme around an exact
    point, magnified until its infeasibility is visible to floats, and continues from the last basis.

    References
    ----------
    Huangfu and Hall (2018), "Parallelizing the dual revised simplex method". Gleixner, Steffy and Wolter (2016),
    "Iterative refinement for linear programming".
    """

    def __init__(
        self,
        objective: Sequence[int],
        matrix: Sequence[Sequence[int]],
        bounds: Sequence[int],
        *,
        time_limit: float | Deadline | None = None,
    ) -> None:
        import highspy

        self._deadline = Deadline.of(time_limit)
        self._sizes = [max((abs(a) for a in (*row, b)), default=0) or 1 for row, b in zip(matrix, bounds)]
        table = np.array([[a / size for a in row] for row, size in zip(matrix, self._sizes)])
        rows, columns = np.nonzero(table.reshape(len(bounds), len(objective)))
        largest = max((abs(c) for c in objective), default=0) or 1
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(objective), len(bounds)
        programme.sense_ = highspy.ObjSense.kMaximize
        programme.col_cost_ = np.array([c / largest for c in objective])
        programme.col_lower_ = np.zeros(len(objective))
        programme.col_upper_ = np.full(len(objective), highspy.kHighsInf)
        programme.row_lower_ = np.full(len(bounds), -highspy.kHighsInf)
        programme.row_upper_ = np.array([b / size for b, size in zip(bounds, self._sizes)])
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = np.searchsorted(rows, np.arange(len(bounds) + 1)).astype(np.int32)
        programme.a_matrix_.index_ = columns.astype(np.int32)
        programme.a_matrix_.value_ = table[rows, columns]
        self._solver = highspy.Highs()
        options = {"output_flag": False, "solver": "simplex", "presolve": "off", "threads": 1}
        options["primal_feasibility_tolerance"] = options["dual_feasibility_tolerance"] = 1e-10  # the smallest allowed
        for name, value in options.items():
            self._solver.setOptionValue(name, value)
        self._solver.passModel(programme)

    def solve(self) -> Basis:
        """The final basis; the basis of x = 0 where HiGHS has none to offer.

        Python cannot interrupt HiGHS: it pauses for every look at the deadline, and goes on from the basis it had.
        """
        import highspy

        share = SLICE
        while True:
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + min(share, self._deadline.left))
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kTimeLimit:
                break
            self._deadline.check()
            share *= 1.5  # where setting out takes longer than a slice, no slice would ever get further
        basis = self._solver.getBasis()
        if not basis.valid:
            return [], []
        basic = highspy.HighsBasisStatus.kBasic
        inside = [j for j, status in enumerate(basis.col_status) if status == basic]
        return inside, [i for i, status in enumerate(basis.row_status) if status != basic]

    def refine(self, point: Sequence[Fraction], slacks: Sequence[Fraction]) -> Basis:
        """The basis after moving the origin to ``point`` and magnifying what is infeasible there to size 1."""
        import highspy

        relative = [slack / size for slack, size in zip(slacks, self._sizes)]
        magnify = 1 / max(-min(point, default=Fraction(0)), -min(relative, default=Fraction(0)))
        lower = np.array([_clipped(-x * magnify) for x in point])
        upper = np.array([_clipped(slack * magnify) for slack in relative])
        columns, rows = np.arange(len(lower), dtype=np.int32), np.arange(len(upper), dtype=np.int32)
        infinite = highspy.kHighsInf
        self._solver.changeColsBounds(len(lower), columns, lower, np.full(len(lower), infinite))
        self._solver.changeRowsBounds(len(upper), rows, np.full(len(upper), -infinite), upper)
        return self.solve()


def _clipped(value: Fraction) -> float:
    if abs(value) < _LARGE:
        return float(value)
    return _LARGE if value > 0 else -_LARGE
