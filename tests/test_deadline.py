"""One value for time limits and Ctrl-C."""

from __future__ import annotations

import pickle
import time

import pytest

from blamegame.deadline import Deadline, OutOfTime, excuse
from blamegame.errors import GameError


def _inner(deadline, *, interrupted=False, steps=5):
    deadline = Deadline.of(deadline)
    done = 0
    with deadline:
        for _ in range(steps):
            deadline.check()
            if interrupted:
                raise KeyboardInterrupt
            done += 1
    return done


def test_an_interrupt_inside_is_seen_by_every_loop_outside():
    outer = Deadline()
    results = []
    with outer:
        for k in range(4):
            outer.check()
            results.append(_inner(outer, interrupted=k == 1))
    assert results == [5, 0]
    assert outer.stopped == "interrupted" == outer.reason
    assert outer.over and outer.left == 0


def test_no_limit_is_never_late():
    deadline = Deadline.of(None)
    assert _inner(deadline) == 5
    assert not deadline.over and not deadline.stopped and not deadline.reason
    assert deadline.left == float("inf")


def test_time_that_ran_out_is_named_in_seconds_and_stays_so():
    deadline = Deadline(0.01)
    time.sleep(0.02)
    assert _inner(deadline) == 0
    excuse(100.0)
    assert deadline.over
    assert deadline.stopped == "time limit"
    assert deadline.reason == "time_limit=0.01 s ran out"


def test_time_that_nobody_looked_at_cut_nothing_short():
    deadline = Deadline(0)
    with deadline:
        pass
    assert deadline.stopped == ""


def test_compiling_counts_against_no_limit():
    deadline = Deadline(0.05)
    time.sleep(0.06)
    excuse(10.0)
    assert not deadline.over
    assert deadline.left > 9


def test_a_check_outside_any_block_is_a_typed_error_with_the_way_out():
    with pytest.raises(OutOfTime, match="time_limit=0 s ran out before there was an answer; allow more time"):
        Deadline(0).check()


def test_a_part_runs_out_without_ending_the_whole():
    whole = Deadline(1000)
    part = whole.within(0)
    assert part.over and not whole.over
    assert part.reason == "time_limit=0 s ran out"


def test_the_whole_ends_its_parts():
    whole = Deadline(0)
    part = whole.within(1000)
    assert part.over
    assert part.reason == "time_limit=0 s ran out"
    assert part.left == 0


def test_an_interrupted_part_interrupts_the_whole():
    whole = Deadline(1000)
    part = whole.within(500).within(None)
    with part:
        raise KeyboardInterrupt
    assert whole.stopped == "interrupted"


def test_a_part_that_ran_out_inside_a_block_of_the_whole_leaves_no_complete_answer():
    whole = Deadline()
    with whole:
        whole.within(0).check()
    assert whole.stopped == "time limit"


def test_an_interrupt_that_was_caught_inside_goes_up_where_nothing_catches_it_outside():
    deadline = Deadline()
    _inner(deadline, interrupted=True)
    with pytest.raises(KeyboardInterrupt):
        deadline.check()


def test_an_interrupt_inside_an_array_of_objects_is_one():
    class Pressed:
        def __mul__(self, other):
            try:
                raise KeyboardInterrupt
            except KeyboardInterrupt as interrupt:
                raise SystemError("returned a result with an exception set") from interrupt

    deadline = Deadline()
    with deadline:
        Pressed() * 2
    assert deadline.stopped == "interrupted"
    with pytest.raises(SystemError), Deadline():
        raise SystemError


def test_other_errors_go_up():
    with pytest.raises(ZeroDivisionError), Deadline():
        1 / 0  # noqa: B018


def test_an_interrupt_outside_any_block_goes_up():
    deadline = Deadline()
    with pytest.raises(KeyboardInterrupt):
        _raise_after(deadline)


def _raise_after(deadline):
    with deadline:
        pass
    raise KeyboardInterrupt


def test_pickled_it_carries_the_seconds_that_are_left():
    there = pickle.loads(pickle.dumps(Deadline(1000)))
    assert 990 < there.left <= 1000
    assert pickle.loads(pickle.dumps(Deadline())).left == float("inf")
    over = Deadline()
    over.interrupt()
    assert pickle.loads(pickle.dumps(over)).over


@pytest.mark.parametrize("wrong", [-1, float("nan"), "10", 1j])
def test_a_limit_is_a_number_of_seconds(wrong):
    with pytest.raises(GameError, match="time_limit"):
        Deadline.of(wrong)
