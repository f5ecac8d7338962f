from __future__ import annotations

import os

import numpy as np

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
