"""Names of players and actions: given, and then checked, or made up."""

from __future__ import annotations

from collections.abc import Sequence

from blamegame.errors import GameError


def player_names(n_players: int, players: Sequence[str] | int | None) -> tuple[str, ...]:
    """The names given, or "1", "2", ..."""
    if players is None or isinstance(players, int):
        return tuple(str(i + 1) for i in range(n_players))
    return _labels(players, "player")


def action_names(
    n_actions: tuple[int, ...], players: tuple[str, ...], actions: Sequence[Sequence[str]] | None
) -> tuple[tuple[str, ...], ...]:
    """The names given, or "a", "b", ... for each player; checked to fit the numbers of actions."""
    if actions is None:
        return tuple(tuple(_letters(i) for i in range(n)) for n in n_actions)
    if len(actions) != len(players):
        raise GameError(f"actions lists {len(actions)} players, the game has {len(players)}: {players}")
    named = tuple(_labels(labels, f"action of {name}") for name, labels in zip(players, actions))
    for name, labels, n in zip(players, named, n_actions):
        if len(labels) != n:
            raise GameError(f"{name} has {n} actions in the payoffs but {len(labels)} labels: {labels}")
    return named


def _labels(labels: Sequence[str], what: str) -> tuple[str, ...]:
    if isinstance(labels, str) or not all(isinstance(label, str) for label in labels):
        raise GameError(f"labels {labels!r} must be a sequence of text, one for each {what}")
    if len(set(labels)) != len(labels):
        twice = next(label for label in labels if list(labels).count(label) > 1)
        raise GameError(f"{what} {twice!r} appears twice; labels must differ")
    return tuple(labels)


def _letters(i: int) -> str:
    """a, b, ..., z, aa, ab, ... as spreadsheets count columns."""
    return (_letters(i // 26 - 1) if i >= 26 else "") + chr(ord("a") + i % 26)
