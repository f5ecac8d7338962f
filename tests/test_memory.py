"""How much memory is free, wherever the system says so."""

import builtins
import io
import os

import pytest

from blamegame.studies import memory


@pytest.fixture
def meminfo(monkeypatch):
    """meminfo(text): what /proc/meminfo says; None where there is no such file."""
    real = builtins.open

    def install(text):
        def opened(path, *rest, **options):
            if path != "/proc/meminfo":
                return real(path, *rest, **options)
            if text is None:
                raise FileNotFoundError(path)
            return io.StringIO(text)

        monkeypatch.setattr(builtins, "open", opened)

    return install


def test_what_linux_calls_available_is_taken_in_bytes(meminfo):
    meminfo("MemTotal: 100 kB\nMemFree: 1 kB\nMemAvailable:   7 kB\n")
    assert memory.available_memory() == 7 * 1024


@pytest.mark.parametrize("text", [None, "MemTotal: 100 kB\n"])
def test_elsewhere_free_pages_are_counted(meminfo, monkeypatch, text):
    meminfo(text)
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_AVPHYS_PAGES": 3}.__getitem__)
    assert memory.available_memory() == 3 * 4096


def test_a_system_that_does_not_say_gives_none(meminfo, monkeypatch):
    def unknown(name):
        raise ValueError(name)

    meminfo(None)
    monkeypatch.setattr(os, "sysconf", unknown)
    assert memory.available_memory() is None
