"""``python checker FILE``, where ``checker`` is this folder, wherever it lies and whatever it is called."""

import sys
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    package = __package__
    if not package:  # run as a folder: look for it as the package it is, and not inside it
        folder = Path(__file__).resolve().parent
        sys.path[0:1] = []
        sys.path.append(str(folder.parent))
        package = folder.name
    sys.exit(import_module(f"{package}.command").main(sys.argv[1:]))
