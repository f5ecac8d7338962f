from __future__ import annotations

from blamegame.memory import available_memory
from blamegame.models.delegation import Delegation
from blamegame.studies.grid import parse_axes
from blamegame.studies.measures import Avoidance
from blamegame.studies.plan import plan_study
from blamegame.studies.study import study


def test_a_plan_counts_cells_and_memory_without_running_the_study():
    plan = plan_study(Delegation(), parse_axes(["authority=0:1:1001", "accountability=0:2:1001"]))
    assert plan.cells == 1_002_001 and plan.within_limit and plan.seconds > 0
    assert "1,002,001 cells: authority (1,001) x accountability (1,001)" in str(plan)
    small = study(Delegation(), {"authority": "0:1:11"})
    held = sum(small[name].nbytes for name in small.data_vars)
    assert plan.result_bytes == held // 11 * 1_002_001


def test_a_plan_beyond_the_limit_says_so_instead_of_running():
    plan = plan_study(Delegation(), parse_axes(["authority=0:1:100000", "accountability=0:2:100000"]), Avoidance())
    assert not plan.within_limit and "beyond the limit" in str(plan) and plan.cells == 10**10


def test_a_plan_of_a_slow_measure_names_it_and_estimates_its_time(slow_measure):
    plan = plan_study(Delegation(), {"authority": "0:1:100001"}, slow_measure, workers=2)
    assert plan.slow == ("Custom",) and plan.workers == 2
    assert plan.seconds > 100_001 * 0.002 / 2
    assert "cell by cell: Custom" in str(plan) and "min on 2 processes" in str(plan)


def test_the_machine_says_how_much_memory_is_free():
    free = available_memory()
    assert free is None or free > 10**6
