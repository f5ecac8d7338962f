"""Finite automata that play a repeated game: what is played in each state, and which state follows which play."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import GameError
from blamegame.games.strategic import Array, StrategicGame, cell_index, check_single

Cell = tuple[int, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Automaton:
    """A profile of pure strategies of a repeated game, as states.

    Attributes
    ----------
    stage : the game of one period
    states : names; play begins in the first
    plays : for each state the cell that is played there, by positions of actions
    next_state : int array, shape [n_states, *n_actions]
        The state that follows when a cell is played, whether or not it was the one meant to be.

    Examples
    --------
    >>> stage = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> print(grim_trigger(stage, ("a", "a"), ("b", "b")))
    state     plays   next, if played  otherwise
    together  (a, a)  together         apart
    apart     (b, b)  apart            apart
    """

    stage: StrategicGame
    states: tuple[str, ...]
    plays: tuple[Cell, ...]
    next_state: Array

    def __post_init__(self) -> None:
        check_single(self.stage, "Automaton")
        shape = (len(self.states), *self.stage.n_actions)
        if not self.states or len(set(self.states)) != len(self.states):
            raise GameError(f"states={self.states!r} must be different names, at least one")
        if len(self.plays) != len(self.states):
            raise GameError(f"plays has {len(self.plays)} cells for {len(self.states)} states; give one cell for each")
        object.__setattr__(self, "plays", tuple(cell_index(self.stage, cell) for cell in self.plays))
        table = np.array(self.next_state)
        if table.shape != shape or table.dtype.kind not in "iu":
            raise GameError(f"next_state has shape {table.shape} of {table.dtype}; it needs integers of shape {shape}")
        if table.min() < 0 or table.max() >= len(self.states):
            raise GameError(f"next_state names state {table.max()}, but states are 0..{len(self.states) - 1}")
        table.setflags(write=False)
        object.__setattr__(self, "next_state", table)

    @property
    def n_states(self) -> int:
        return len(self.states)

    def follow(self, state: int) -> int:
        """The state after a state when everyone does as meant."""
        return int(self.next_state[(state, *self.plays[state])])

    def path(self, state: int = 0) -> tuple[list[int], int]:
        """States visited from a state on until one repeats, and the position in that list where the cycle begins."""
        seen: list[int] = []
        while state not in seen:
            seen.append(state)
            state = self.follow(state)
        return seen, seen.index(state)

    def reachable(self) -> tuple[int, ...]:
        """States that some sequence of plays leads to, ascending."""
        seen, waiting = {0}, [0]
        while waiting:
            for state in np.unique(self.next_state[waiting.pop()]).tolist():
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return tuple(sorted(seen))

    def to_networkx(self) -> Any:
        """A networkx MultiDiGraph: states with their play, edges with the plays that lead along them."""
        from networkx import MultiDiGraph

        graph = MultiDiGraph()
        for state, name in enumerate(self.states):
            graph.add_node(name, plays=self.words(self.plays[state]), initial=state == 0)
        for state, name in enumerate(self.states):
            meant = self.follow(state)
            graph.add_edge(name, self.states[meant], label="as meant", meant=True)
            others: dict[int, list[str]] = {}
            for cell in np.ndindex(*self.stage.n_actions):
                if cell != self.plays[state]:
                    others.setdefault(int(self.next_state[(state, *cell)]), []).append(self.words(cell))
            for target, cells in others.items():
                label = "otherwise" if len(others) == 1 else "; ".join(cells)
                graph.add_edge(name, self.states[target], label=label, meant=False)
        return graph

    def simulate(self, periods: int, rng: np.random.Generator, *, slip: float = 0.0) -> list[tuple[str, Cell]]:
        """A path of play: (state, cell played) for each period; each action slips to another with chance ``slip``."""
        if not 0 <= slip <= 1:
            raise GameError(f"slip={slip} is not a probability")
        state, out = 0, []
        for _ in range(periods):
            cell = tuple(
                action if n == 1 or rng.random() >= slip else int((action + rng.integers(1, n)) % n)
                for action, n in zip(self.plays[state], self.stage.n_actions)
            )
            out.append((self.states[state], cell))
            state = int(self.next_state[(state, *cell)])
        return out

    def words(self, cell: Cell) -> str:
        """A cell by its action names."""
        return f"({', '.join(labels[k] for labels, k in zip(self.stage.actions, cell))})"

    def __str__(self) -> str:
        from blamegame.games.table import align

        rows = [["state", "plays", "next, if played", "otherwise"]]
        for state, name in enumerate(self.states):
            others = np.delete(
                self.next_state[state].ravel(), np.ravel_multi_index(self.plays[state], self.stage.n_actions)
            )
            targets = " or ".join(self.states[k] for k in sorted(set(others.tolist()))) or "-"
            rows.append([name, self.words(self.plays[state]), self.states[self.follow(state)], targets])
        return "\n".join(align(rows))

    def __repr__(self) -> str:
        return f"<Automaton of {self.n_states} states: {', '.join(self.states)}>"


def automaton(
    stage: StrategicGame,
    plays: Mapping[str, Sequence[int | str]],
    transition: Callable[[str, tuple[str, ...]], str],
) -> Automaton:
    """An automaton from the play of each named state and a rule (state, actions played) -> next state.

    >>> stage = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> tit = automaton(stage, {"calm": ("a", "a"), "cross": ("b", "b")}, lambda s, p: "cross" if "b" in p else "calm")
    >>> tit.states
    ('calm', 'cross')
    """
    states = tuple(plays)
    table = np.zeros((len(states), *stage.n_actions), dtype=np.int64)
    for k, state in enumerate(states):
        for cell in np.ndindex(*stage.n_actions):
            target = transition(state, tuple(labels[a] for labels, a in zip(stage.actions, cell)))
            if target not in plays:
                raise GameError(f"the transition from {state!r} leads to {target!r}, which is not a state: {states}")
            table[(k, *cell)] = states.index(target)
    return Automaton(stage, states, tuple(cell_index(stage, cell) for cell in plays.values()), table)


def grim_trigger(stage: StrategicGame, together: Sequence[int | str], apart: Sequence[int | str]) -> Automaton:
    """Play ``together`` until anyone ever does otherwise, then ``apart`` for good (Friedman 1971)."""
    cell = cell_index(stage, together)
    table = np.ones((2, *stage.n_actions), dtype=np.int64)
    table[(0, *cell)] = 0
    return Automaton(stage, ("together", "apart"), (cell, cell_index(stage, apart)), table)


def forgiving(
    stage: StrategicGame, together: Sequence[int | str], apart: Sequence[int | str], periods: int
) -> Automaton:
    """Play ``together``; after any other play, ``apart`` for a number of periods whatever happens, then forgive."""
    if periods < 1:
        raise GameError(f"periods={periods}: a punishment lasts at least one period")
    cell = cell_index(stage, together)
    table = np.ones((periods + 1, *stage.n_actions), dtype=np.int64)
    table[(0, *cell)] = 0
    for k in range(1, periods + 1):
        table[k] = k + 1 if k < periods else 0
    states = ("together", *(f"apart {k}" for k in range(1, periods + 1)))
    return Automaton(stage, states, (cell, *[cell_index(stage, apart)] * periods), table)


def carrot_and_stick(stage: StrategicGame, carrot: Sequence[int | str], stick: Sequence[int | str]) -> Automaton:
    """Play ``carrot`` after play went as meant, and ``stick`` for one period after it did not (Abreu 1986)."""
    cells = (cell_index(stage, carrot), cell_index(stage, stick))
    table = np.ones((2, *stage.n_actions), dtype=np.int64)
    for state, cell in enumerate(cells):
        table[(state, *cell)] = 0
    return Automaton(stage, ("carrot", "stick"), cells, table)
