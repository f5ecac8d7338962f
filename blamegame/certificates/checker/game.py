"""A strategic game as a certificate states it, and its cells, events and profiles in words."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from .budget import Cell, Data, Refused, Work
from .names import listed, name, quoted
from .reading import anything, distinct, tensor

Profile = tuple[tuple[Fraction, ...], ...]
GAME = {"players": [name], "actions": [[name]], "payoffs": anything}


class Game(NamedTuple):
    """Players, their actions, and each player's payoff at (player, *cell)."""

    players: list[str]
    actions: list[list[str]]
    payoffs: dict[Cell, Fraction]

    def cells(self) -> Iterable[Cell]:
        return product(*(range(len(labels)) for labels in self.actions))

    def gain(self, player: int, cell: Cell, other: int) -> Fraction:
        """What ``player`` gains at ``cell`` by playing ``other`` instead."""
        moved = (*cell[:player], other, *cell[player + 1 :])
        return self.payoffs[player, *moved] - self.payoffs[player, *cell]


def labels_of(data: Data) -> tuple[list[str], list[list[str]]]:
    players, actions = distinct(data["players"], "players"), [distinct(item, "actions") for item in data["actions"]]
    if len(players) != len(actions) or len(players) > 16:
        raise Refused("there is not one list of actions for each player, or there are more than 16 players")
    return players, actions


def game_of(data: Data) -> Game:
    players, actions = labels_of(data)
    return Game(players, actions, tensor(data["payoffs"], (len(players), *map(len, actions)), "payoffs"))


def event_of(data: list[list[str]], actions: list[list[str]]) -> set[Cell]:
    """Cells, each a list of one action per player by name."""
    positions = [{label: k for k, label in enumerate(labels)} for labels in actions]
    for cell in data:
        if len(cell) != len(actions) or any(label not in known for label, known in zip(cell, positions)):
            raise Refused(f"the event has ({listed(cell)[:80]}), which is not a cell of this game")
    return set(distinct([tuple(at[label] for label, at in zip(cell, positions)) for cell in data], "event"))


def profile_of(data: list[list[Fraction]], game: Game, work: Work) -> Profile:
    """One probability vector per player."""
    fits = [len(strategy) for strategy in data] == [len(labels) for labels in game.actions]
    if not fits or any(min(strategy) < 0 or work.total(strategy) != 1 for strategy in data):
        raise Refused("a profile is not one probability vector per player")
    return tuple(tuple(strategy) for strategy in data)


def number(x: Fraction) -> str:
    return str(x) if x.numerator.bit_length() + x.denominator.bit_length() < 2_000 else "(a very long fraction)"


def describe(game: Game, profile: Profile) -> str:
    """As in: "upper": "push"; "lower": 1/2 "work" + 1/2 "escalate"."""
    words = []
    for who, labels, strategy in zip(game.players, game.actions, profile):
        played = [(quoted(label), p) for label, p in zip(labels, strategy) if p]
        parts = [label if p == 1 else f"{number(p)} {label}" for label, p in played]
        words.append(f"{quoted(who)}: {' + '.join(parts)}")
    return "; ".join(words)


def cell_text(actions: list[list[str]], cell: Cell) -> str:
    return f"({listed(labels[action] for labels, action in zip(actions, cell))})"


def event_text(game: Game, event: set[Cell]) -> str:
    return ", ".join(cell_text(game.actions, cell) for cell in sorted(event))
