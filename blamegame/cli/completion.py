"""What a shell offers after a command that takes a scenario: files, and the shipped scenarios by name."""

from __future__ import annotations

from typing import Any

from click.shell_completion import CompletionItem


def scenarios(context: Any, parameter: Any, incomplete: str) -> list[CompletionItem]:
    """Shipped names that begin so, and files.

    >>> [item.value for item in scenarios(None, None, "h_c")]
    ['h_c', 'h_county']
    """
    from blamegame.scenario.shipped import shipped_names

    names = [name for name in shipped_names() if name.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *map(CompletionItem, names)]
