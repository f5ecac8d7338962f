from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest
from numba import njit
from numba.core import event

from blamegame.deadline import Deadline
from blamegame.solvers.compiled import compiled, forget_outdated_code, inlined


def test_compiled_and_inlined_functions_compute_what_python_would():
    @inlined
    def twice(x):
        return 2.0 * x

    @compiled
    def total(values):
        out = 0.0
        for value in values:
            out += twice(value)
        return out

    assert total(np.array([1.0, 2.5])) == 7.0


def test_cached_code_is_deleted_when_any_kernel_changed_and_kept_otherwise(tmp_path):
    first, second = (tmp_path / wing / "kernels" for wing in ("one", "two"))
    for folder in (first, second):
        (folder / "__pycache__").mkdir(parents=True)
        (folder / "kernel.py").write_text("x = 1")
    cached = second / "__pycache__" / "kernel.f-1.py311.nbi"
    forget_outdated_code(tmp_path)
    cached.write_text("machine code")
    forget_outdated_code(tmp_path)
    assert cached.exists()
    (first / "kernel.py").write_text("x = 2")
    os.utime(first / "kernel.py", ns=(1, 1))
    forget_outdated_code(tmp_path)
    assert not cached.exists()


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path):
    folder = tmp_path / "one" / "kernels"
    folder.mkdir(parents=True)
    (folder / "kernel.py").write_text("x = 1")
    (folder / "__pycache__").write_text("a file where the folder should be")
    forget_outdated_code(tmp_path)
    assert (folder / "__pycache__").is_file()


class _CtrlC(event.Listener):
    """Presses Ctrl-C at the start or end of the first pass of that name."""

    def __init__(self, name, at):
        self.name, self.at, self.pressed = name, at, False

    def _press(self, happened, at):
        if at == self.at and self.name in happened.data["name"] and not self.pressed:
            self.pressed = True
            signal.raise_signal(signal.SIGINT)

    def on_start(self, happened):
        self._press(happened, "start")

    def on_end(self, happened):
        self._press(happened, "end")


@pytest.mark.parametrize("name", ["nopython_type_inference", "native_lowering"])
@pytest.mark.parametrize("at", ["start", "end"])
def test_ctrl_c_while_compiling_is_raised_and_a_second_try_compiles(name, at):
    @compiled
    def inner(x):
        return x + 1

    @compiled
    def outer(x):
        return 2 * inner(x)

    handler, press = signal.getsignal(signal.SIGINT), _CtrlC(name, at)
    with event.install_listener("numba:run_pass", press), pytest.raises(KeyboardInterrupt):
        outer(3)
    assert press.pressed
    assert signal.getsignal(signal.SIGINT) is handler
    assert outer(3) == 8


def test_compiling_counts_against_no_limit():
    @njit  # not from a cache
    def slow_to_compile(x):
        return [str(x) + "!" for _ in range(3)]

    deadline = Deadline(1000)
    began = time.monotonic()
    slow_to_compile(1)
    taken = time.monotonic() - began
    assert 1000 - deadline.left < 0.5 * taken
