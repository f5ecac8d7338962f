"""From a status quo the offices reply best in turn, until nobody moves or play goes round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, StrategicGame, best_reply_cells, cell_index, check_single
from blamegame.models.forms import Private, Table
from blamegame.models.model import Model

Cell = tuple[int, ...]
_State = tuple[Cell, int]


@dataclass(frozen=True)
class Adjustment:
    """Where best replies in turn lead from one profile; where best replies tie, all of them are followed.

    Attributes
    ----------
    actions : labels of each player's actions
    start : the profile at which it began, as positions of actions
    ends : the profiles at which everyone stays, in order; several only where best replies tie
    cycles : sets of profiles in which play can go round for ever: in the order of play where that is one loop
    """

    actions: tuple[tuple[str, ...], ...]
    start: Cell
    ends: tuple[Cell, ...]
    cycles: tuple[tuple[Cell, ...], ...]

    @property
    def settles(self) -> bool:
        """Whether everybody stays in the end, whichever of the tying best replies are taken."""
        return not self.cycles

    @property
    def plays(self) -> tuple[Cell, ...]:
        """Every profile that may be played once play has settled or goes round, in order."""
        return tuple(sorted({*self.ends, *(cell for cycle in self.cycles for cell in cycle)}))

    def __str__(self) -> str:
        parts = [self._words(cell) for cell in self.ends]
        parts += [f"round and round {' -> '.join(map(self._words, cycle))}" for cycle in self.cycles]
        return f"{self._words(self.start)} -> {' or '.join(parts)}"

    def _words(self, cell: Cell) -> str:
        return words_of(self.actions, cell)


def adjust(game: StrategicGame | Model, start: Sequence[int | str], *, first: int | str = 0) -> Adjustment:
    """From ``start`` the players reply best in turn, one at a time in their order, until nobody moves.

    A player whose action is a best reply already stays. Of several best replies each is followed.

    Parameters
    ----------
    game : one game, or one model with a stage game; payoffs are compared exactly
    start : one action for each player, by position or name
    first : the player who replies first, by position or name; for the delegation models that is upper

    Raises
    ------
    ReformError, GameError
        Where there is no such player or action, or no single game in strategic form.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> print(adjust(Delegation(), ("assist", "work")))
    (assist, work) -> (push, escalate)
    >>> pennies = StrategicGame([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], actions=[("head", "tail")] * 2)
    >>> print(adjust(pennies, ("head", "tail")))
    (head, tail) -> round and round (head, head) -> (head, tail) -> (tail, tail) -> (tail, head)
    """
    table = game_of(game)
    check_single(table, "adjust")
    return Replies(table.actions, best_reply_cells(table)).adjust(cell_index(table, start), player_index(table, first))


class Replies:
    """The best replies of one game, [n_players, *n_actions], followed from many profiles."""

    def __init__(self, actions: tuple[tuple[str, ...], ...], best: Array) -> None:
        self._actions = actions
        self._best = best
        self._known: dict[_State, Adjustment] = {}

    def adjust(self, start: Cell, first: int) -> Adjustment:
        """As :func:`adjust`, from positions."""
        if (start, first) not in self._known:
            self._known[start, first] = self._adjusted(start, first)
        return self._known[start, first]

    def _adjusted(self, start: Cell, first: int) -> Adjustment:
        successors: dict[_State, tuple[_State, ...]] = {}
        ends: set[Cell] = set()
        waiting = [(start, first)]
        while waiting:
            state = waiting.pop()
            if state in successors:
                continue
            if all(self._best[(player, *state[0])] for player in range(len(self._actions))):
                ends.add(state[0])
                successors[state] = ()
                continue
            successors[state] = self._next(*state)
            waiting += successors[state]
        return Adjustment(self._actions, start, tuple(sorted(ends)), _cycles(successors))

    def _next(self, cell: Cell, player: int) -> tuple[_State, ...]:
        turn = (player + 1) % len(self._actions)
        if self._best[(player, *cell)]:
            return ((cell, turn),)
        line = [(*cell[:player], action, *cell[player + 1 :]) for action in range(len(self._actions[player]))]
        return tuple((there, turn) for there in line if self._best[(player, *there)])


def _cycles(successors: dict[_State, tuple[_State, ...]]) -> tuple[tuple[Cell, ...], ...]:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_edges_from((state, there) for state, onward in successors.items() for there in onward)
    found = set()
    for part in nx.strongly_connected_components(graph):
        if len(part) > 1 or any(state in successors[state] for state in part):
            found.add(_around(part, successors))
    return tuple(sorted(found))


def _around(part: set[_State], successors: dict[_State, tuple[_State, ...]]) -> tuple[Cell, ...]:
    """The profiles of one loop in the order of play from the smallest; in order of position where there are several."""
    inside = {state: [there for there in successors[state] if there in part] for state in part}
    if any(len(onward) > 1 for onward in inside.values()):
        return tuple(sorted({cell for cell, _ in part}))
    state = min(part)
    walk = []
    for _ in part:
        state = inside[state][0]
        walk.append(state[0])
    moves = [cell for cell, before in zip(walk, [walk[-1], *walk]) if cell != before]
    turn = moves.index(min(moves))
    return tuple(moves[turn:] + moves[:turn])


def game_of(game: StrategicGame | Model) -> StrategicGame:
    """The game itself, or the stage game of a model in rational arithmetic."""
    if isinstance(game, StrategicGame):
        return game
    if not isinstance(game, Table | Private):
        raise ReformError(f"{type(game).__name__} has no game in strategic form, in which offices could reply in turn")
    return game.exact().stage_game()


def player_index(game: StrategicGame, player: int | str) -> int:
    """Position of a player, given by position or name."""
    if isinstance(player, str) and player in game.players:
        return game.players.index(player)
    if isinstance(player, bool | str) or not 0 <= player < game.n_players:
        raise ReformError(f"first={player!r} is no player of this game; they are {', '.join(game.players)}")
    return int(player)


def words_of(actions: Sequence[Sequence[str]], cell: Cell) -> str:
    """A profile in words: (push, escalate)."""
    return f"({', '.join(labels[action] for labels, action in zip(actions, cell))})"
