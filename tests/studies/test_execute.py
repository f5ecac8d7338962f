from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blamegame.models.delegation import Delegation
from blamegame.studies.execute import Outcome, execute, missing_ranges
from blamegame.studies.grid import grid
from blamegame.studies.measures import Avoidance, Custom
from blamegame.studies.study import task_of

N = 60
TASK = task_of(Delegation(), grid(authority=f"0:1:{N}"), Custom("one", lambda model: 1))


class Fake:
    """A backend whose workers die at some cells always, and at some chunks once."""

    def __init__(self, capacity, poison=(), accidents=0, newest_first=False):
        self.capacity = self.workers = capacity
        self.poison, self.accidents, self.newest_first = set(poison), accidents, newest_first
        self.asked, self.closed, self.deaths, self.sizes = deque(), False, 0, []

    def submit(self, attempt):
        assert len(self.asked) < self.capacity
        self.asked.append(attempt)

    def wait(self, seconds):
        attempt = self.asked.pop() if self.newest_first else self.asked.popleft()
        self.sizes.append(attempt.stop - attempt.start)
        accident = self.accidents > 0
        self.accidents -= accident
        if accident or self.poison & set(range(attempt.start, attempt.stop)):
            self.deaths += 1
            return [Outcome(attempt, None, "signal 9")]
        return [Outcome(attempt, TASK.compute(attempt.start, attempt.stop))]

    def close(self):
        self.closed = True


def run(backend, **settings):
    kept = []
    complete = execute(backend, TASK, [(0, N)], kept.append, **settings)
    cells = sorted(cell for result in kept for cell in range(result.start, result.stop))
    failed = sorted(failure.cell for result in kept for failure in result.failures)
    assert backend.closed
    return complete, cells, failed


@given(
    st.integers(1, 5), st.sets(st.integers(0, N - 1), max_size=4), st.integers(0, 3),
    st.sampled_from([None, 1, 7, 200]), st.booleans(),
)  # fmt: skip
def test_every_cell_is_kept_once_and_exactly_the_killers_fail(capacity, poison, accidents, chunk, newest_first):
    backend = Fake(capacity, poison, accidents, newest_first)
    complete, cells, failed = run(backend, chunk=chunk)
    assert complete and cells == list(range(N))
    if accidents < 2 or chunk == 200:  # two accidents may hit the same single cell, which then looks guilty
        assert failed == sorted(poison)
    assert set(failed) >= poison


def test_few_deaths_lead_to_the_guilty_cell():
    backend = Fake(2, {17})
    assert run(backend, chunk=N)[2] == [17]
    assert backend.deaths <= 4


def test_chunks_of_a_slow_measure_begin_with_one_cell_and_grow():
    backend = Fake(1)
    run(backend)
    assert backend.sizes[0] == 1 and max(backend.sizes) > 8


def test_a_deadline_in_the_past_computes_nothing_and_says_so():
    assert run(Fake(1), deadline=0.0) == (False, [], [])


def test_progress_counts_what_a_checkpoint_had():
    seen = []
    execute(Fake(1), TASK, [(50, N)], lambda result: None, progress=seen.append, done=50, failed=3, chunk=5)
    assert [one.done for one in seen] == [55, 60] and seen[-1].failed == 3
    assert "3 failed" in str(seen[-1]) and "60 of 60 cells" in str(seen[-1])


def test_the_backend_is_closed_when_keeping_fails():
    backend = Fake(1)

    def full(result):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        execute(backend, TASK, [(0, N)], full)
    assert backend.closed


@given(st.lists(st.integers(0, 20), min_size=0, max_size=8, unique=True).map(sorted))
def test_missing_ranges_are_the_complement(edges):
    finished = list(zip(edges[::2], edges[1::2]))
    missing = missing_ranges(20, finished)
    inside = {cell for start, stop in finished for cell in range(start, stop)}
    assert {cell for start, stop in missing for cell in range(start, stop)} == set(range(20)) - inside


def test_fast_measures_are_given_large_chunks():
    fast = task_of(Delegation(), grid(authority="0:1:100"), Avoidance())
    backend = Fake(1)
    sizes = []
    backend.wait = lambda seconds: [Outcome(a := backend.asked.popleft(), fast.compute(a.start, a.stop))]
    execute(backend, fast, [(0, 100)], lambda result: sizes.append(result.stop - result.start))
    assert sizes == [100]
