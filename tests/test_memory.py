"""How much memory a request may take, wherever the system says so, and refusals before anything is allocated."""

import os
import subprocess
import sys

import pytest

from blamegame import memory
from blamegame.errors import StudyError, UnsupportedGame

MEMINFO = "MemTotal: 100 kB\nMemFree: 1 kB\nMemAvailable:   7000 kB\n"


@pytest.fixture
def system(tmp_path, monkeypatch):
    """system({path: text}): what the machine's files say; every limit of the process is off."""
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def made(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return made


def test_what_linux_calls_available_is_taken_in_bytes(system):
    assert memory.available_memory(system({"proc/meminfo": MEMINFO})) == 7000 * 1024


@pytest.mark.parametrize("files", [{}, {"proc/meminfo": "MemTotal: 100 kB\n"}])
def test_elsewhere_free_pages_are_counted(system, monkeypatch, files):
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_AVPHYS_PAGES": 3}.__getitem__)
    assert memory.available_memory(system(files)) == 3 * 4096


def test_a_system_that_does_not_say_gives_none_and_nothing_is_refused(system, monkeypatch):
    def unknown(name):
        raise ValueError(name)

    monkeypatch.setattr(os, "sysconf", unknown)
    assert memory.available_memory(system({})) is None
    monkeypatch.setattr(memory, "available_memory", lambda: None)
    memory.check_memory(1 << 60, 8, "payoffs")


@pytest.mark.parametrize(
    ("line", "folder", "limit", "usage"),
    [
        ("0::/job/step", "sys/fs/cgroup/job", "memory.max", "memory.current"),
        ("0::/job/step", "sys/fs/cgroup", "memory.max", "memory.current"),
        ("5:cpu,memory:/job", "sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "memory.usage_in_bytes"),
    ],
)
def test_a_control_group_anywhere_above_counts_and_its_file_pages_are_free(system, line, folder, limit, usage):
    files = {"proc/meminfo": MEMINFO, "proc/self/cgroup": f"{line}\n"}
    files |= {f"{folder}/{limit}": "5000\n", f"{folder}/{usage}": "4000\n"}
    files |= {f"{folder}/memory.stat": "inactive_file 30\n"}
    assert memory.available_memory(system(files)) == 1030
    assert memory.available_memory(system(files | {f"{folder}/{limit}": "max\n"})) == 7000 * 1024


def test_the_limits_of_the_process_count():
    code = (
        "import resource, blamegame.memory as m; "
        "resource.setrlimit(resource.RLIMIT_{0}, ({1}, {1})); print(m.available_memory())"
    )
    for name, most in (("AS", 3 << 30), ("DATA", 2 << 30)):
        command = [sys.executable, "-c", code.format(name, most)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert 0 < int(done.stdout) < most


def test_a_refusal_says_how_much_would_fit_and_the_way_out(monkeypatch):
    monkeypatch.setattr(memory, "available_memory", lambda: 10**9)
    memory.check_memory(10**6, 8, "payoffs")
    with pytest.raises(UnsupportedGame, match=r"payoffs take 8 GB .* 1 GB are free: 62,500,000 would fit; x"):
        memory.check_memory(10**9, 8, "payoffs", way_out="x")
    with pytest.raises(StudyError):
        memory.check_memory(10**9, 8, "cells", error=StudyError)
