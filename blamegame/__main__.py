"""``python -m blamegame`` is the ``blamegame`` command."""

from blamegame.cli import main

main()
