"""The least money that makes a profile an equilibrium: paid for success, or for what the offices do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.errors import ReformError
from blamegame.games.strategic import Array, StrategicGame, cell_index, check_single, object_array, to_exact
from blamegame.games.table import align, format_number
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.reforms.adjustment import Cell, game_of, words_of

RESPONSIBLE = ("assist", "work")


@dataclass(frozen=True)
class SuccessBonuses:
    """The least bonus of each player per success that makes a profile an equilibrium.

    Attributes
    ----------
    players, actions : names
    profile : the profile to be made an equilibrium, as positions
    success : probability of success in it
    least, most : for each player the least and the largest bonus with which it stays; None: no bonus, no limit
    obstacles : for each player that no bonus moves, why, in words; "" for the others
    """

    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    profile: Cell
    success: Fraction
    least: tuple[Fraction | None, ...]
    most: tuple[Fraction | None, ...]
    obstacles: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether bonuses on success can make the profile an equilibrium."""
        return None not in self.least

    @property
    def expected_cost(self) -> Fraction | None:
        """What the least bonuses cost in that equilibrium, on average; None where none work."""
        found = [bonus for bonus in self.least if bonus is not None]
        return self.success * sum(found, Fraction(0)) if self.possible else None

    def __str__(self) -> str:
        rows = [["office", "least bonus per success"]]
        for player, least, obstacle in zip(self.players, self.least, self.obstacles):
            rows.append([player, obstacle if least is None else format_number(least)])
        cost = self.expected_cost
        rows.append(["expected cost", "-" if cost is None else format_number(cost)])
        return "\n".join(align(rows))


def success_bonuses(
    model: StrategicGame | Model, profile: Sequence[int | str] = RESPONSIBLE, *, success: Array | None = None
) -> SuccessBonuses:
    """The least bonus for each success that keeps each player at ``profile`` while the others are there; exact.

    Parameters
    ----------
    model : one model with a stage game and a probability of success in each cell, or a game with ``success``
    profile : one action for each player, by position or name
    success : optional
        Probabilities of success, shape [*n_actions]; default the model's own.

    Notes
    -----
    With a bonus B per success player i gains from deviating to j no more than
    u_i(j) - u_i(profile) - B (q(profile) - q(j)). Where j succeeds less often that is a floor under B, where j succeeds
    more often a ceiling, and where they succeed alike a bonus moves nothing. No bonus works exactly where the floor is
    above the ceiling or an attractive j succeeds as often: the office would be paid for what it is to stop.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> print(success_bonuses(Delegation()))
    office         least bonus per success
    upper          221/3780 (0.0584656)
    lower          373/396 (0.941919)
    expected cost  176783/236250 (0.748288)
    """
    game = game_of(model)
    check_single(game, "success_bonuses")
    payoffs = to_exact(game).payoffs
    cell = cell_index(game, profile)
    chances = _chances(model, success, game)
    least: list[Fraction | None] = []
    most: list[Fraction | None] = []
    obstacles = []
    for player in range(game.n_players):
        low, high, obstacle = _bonus_range(game, payoffs[player], chances, cell, player)
        least.append(low)
        most.append(high)
        obstacles.append(obstacle)
    return SuccessBonuses(
        game.players, game.actions, cell, chances[cell], tuple(least), tuple(most), tuple(obstacles)
    )  # fmt: skip


def _bonus_range(
    game: StrategicGame, payoffs: Array, chances: Array, cell: Cell, player: int
) -> tuple[Fraction | None, Fraction | None, str]:
    """Floor and ceiling of one player's bonus, or why there is none."""
    low, high = Fraction(0), None
    floor_of = ceiling_of = 0
    for action in range(game.n_actions[player]):
        there = (*cell[:player], action, *cell[player + 1 :])
        gain = payoffs[there] - payoffs[cell]
        more = chances[cell] - chances[there]
        if more > 0:
            if gain / more > low:
                low, floor_of = gain / more, action
        elif more < 0:
            if high is None or gain / more < high:
                high, ceiling_of = gain / more, action
        elif gain > 0:
            return None, None, _impossible(game, chances, cell, player, there)
    if high is not None and high < low:
        there = (*cell[:player], ceiling_of, *cell[player + 1 :])
        if high >= 0:
            labels = game.actions[player]
            words = (
                f"no bonus on success works: more than {format_number(high)} makes {game.players[player]} "
                f"{labels[ceiling_of]}, less than {format_number(low)} leaves it to {labels[floor_of]}"
            )
            return None, None, words
        return None, None, _impossible(game, chances, cell, player, there)
    return low, high, ""


def _impossible(game: StrategicGame, chances: Array, cell: Cell, player: int, there: Cell) -> str:
    labels = game.actions[player]
    often = "as often" if chances[there] == chances[cell] else "more often"
    return (
        f"no bonus on success can make {game.players[player]} {labels[cell[player]]}: it prefers to "
        f"{labels[there[player]]}, which succeeds {often} ({format_number(chances[there])} "
        f"{'=' if chances[there] == chances[cell] else '>'} {format_number(chances[cell])})"
    )


@dataclass(frozen=True)
class ActionPayments:
    """Promises on what the offices do that make a profile the only reasonable play (k-implementation).

    Attributes
    ----------
    players, actions : names
    profile : the profile, as positions
    paid : for each player what is paid to it in the profile; exact
    promises : array [n_players, *n_actions], what is promised in each cell, with which each player's action in the
        profile is a best reply to everything; nothing but ``paid`` is ever paid
    """

    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    profile: Cell
    paid: tuple[Fraction, ...]
    promises: Array

    @property
    def total(self) -> Fraction:
        """What is paid to all in the profile."""
        return sum(self.paid, Fraction(0))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ActionPayments):
            return NotImplemented
        mine, theirs = ((one.players, one.actions, one.profile, one.paid) for one in (self, other))
        return mine == theirs and np.array_equal(self.promises, other.promises)

    def __hash__(self) -> int:
        return hash((self.players, self.profile, self.paid))

    def __str__(self) -> str:
        rows = [["office", f"paid in {words_of(self.actions, self.profile)}"]]
        rows += [[player, format_number(paid)] for player, paid in zip(self.players, self.paid)]
        return "\n".join(align([*rows, ["total", format_number(self.total)]]))


def action_payments(game: StrategicGame | Model, profile: Sequence[int | str] = RESPONSIBLE) -> ActionPayments:
    """The least payments for actions with which ``profile`` is implemented in dominant strategies; exact.

    In the profile each player is paid what its best deviation would gain it, and no less can do. Elsewhere promises
    make its action better than every other by 1, so that it dominates them; as the others play the profile too, those
    promises cost nothing.

    Parameters
    ----------
    game : one game, or one model with a stage game
    profile : one action for each player, by position or name

    References
    ----------
    Monderer and Tennenholtz (2004), "k-Implementation", J. Artificial Intelligence Research 21, theorem 1.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> print(action_payments(Delegation()))
    office  paid in (assist, work)
    upper   0.0221
    lower   0.1865
    total   0.2086
    """
    table = game_of(game)
    check_single(table, "action_payments")
    payoffs = to_exact(table).payoffs
    cell = cell_index(table, profile)
    promises = object_array([Fraction(0)] * payoffs.size).reshape(payoffs.shape)
    for player in range(table.n_players):
        own: Any = np.moveaxis(payoffs[player], player, 0)
        lead = own.max(axis=0) - own[cell[player]] + Fraction(1)
        others = tuple(a for i, a in enumerate(cell) if i != player)
        lead = np.asarray(lead, dtype=object)
        lead[others] = lead[others] - 1
        np.moveaxis(promises[player], player, 0)[cell[player]] = lead
    paid = tuple(promises[(player, *cell)] for player in range(table.n_players))
    promises.setflags(write=False)
    return ActionPayments(table.players, table.actions, cell, paid, promises)


def _chances(model: StrategicGame | Model, success: Any, game: StrategicGame) -> Array:
    if success is None:
        success = model.exact().success() if isinstance(model, Table) else None
        if success is None:
            raise ReformError(f"{type(model).__name__} has no probability of success in each cell; pass success=table")
    table = np.asarray(success)
    if table.shape != game.n_actions:
        raise ReformError(f"success of shape {table.shape} does not fit the cells {game.n_actions} of this game")
    chances = object_array([Fraction(value) for value in table.ravel().tolist()]).reshape(table.shape)
    if any(not 0 <= value <= 1 for value in chances.ravel().tolist()):
        raise ReformError("success holds a number outside 0 to 1, which is no probability")
    return chances
