from __future__ import annotations

import subprocess
import sys


def test_python_dash_m_is_the_command():
    done = subprocess.run([sys.executable, "-m", "blamegame", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("blamegame, version")
