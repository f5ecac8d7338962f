"""Changes of a two-player game whose effect on the set of extreme equilibria is known without solving anything."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from blamegame.games.strategic import Array, Profile, StrategicGame, object_array

Profiles = tuple[Profile, ...]
_SCALES = [Fraction(1), Fraction(3, 2), Fraction(1, 10**9), Fraction(10**12)]
_SHIFTS = [Fraction(0), Fraction(1), Fraction(-7), Fraction(10**9)]
_MILD = 2  # so many of them are harmless in floating point too


@dataclass(frozen=True, eq=False)
class Changed:
    """A game after a change, the equilibria it must have, and the change in words."""

    what: str
    game: StrategicGame
    equilibria: Profiles


@st.composite
def changes(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles, *, mild: bool = False) -> Changed:
    """One change of ``game``, drawn; ``mild`` ones keep payoffs within what floats resolve."""
    kinds = [other_units, other_order, swapped_players, with_dominated_action, with_copied_action, with_bonus]
    kind = draw(st.sampled_from(kinds))
    if kind is other_units:
        return other_units(draw, game, equilibria, mild=mild)
    return kind(draw, game, equilibria)


def other_units(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles, *, mild: bool = False) -> Changed:
    """Each player's payoffs in other units: multiplied by a positive number, then shifted."""
    last = _MILD if mild else len(_SCALES)
    scale = [draw(st.sampled_from(_SCALES[:last])) for _ in range(2)]
    shift = [draw(st.sampled_from(_SHIFTS[:last])) for _ in range(2)]
    payoffs = [game.payoffs[i] * scale[i] + shift[i] for i in range(2)]
    words = " and ".join(f"{name}'s payoffs x {a} + {b}" for name, a, b in zip(game.players, scale, shift))
    return Changed(
        f"other units change nothing ({words})", StrategicGame(payoffs, game.players, game.actions), equilibria
    )


def other_order(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles) -> Changed:
    """Actions listed in another order."""
    orders = [list(draw(st.permutations(range(n)))) for n in game.n_actions]
    payoffs = game.payoffs[np.ix_([0, 1], *orders)]
    actions = [[labels[k] for k in order] for labels, order in zip(game.actions, orders)]
    moved = tuple(tuple(strategy[order] for strategy, order in zip(profile, orders)) for profile in equilibria)
    return Changed("the order of actions does not matter", StrategicGame(payoffs, game.players, actions), moved)


def swapped_players(_: st.DrawFn, game: StrategicGame, equilibria: Profiles) -> Changed:
    """Rows become columns."""
    payoffs = game.payoffs[::-1].transpose(0, 2, 1)
    swapped = tuple((y, x) for x, y in equilibria)
    return Changed(
        "the order of players does not matter", StrategicGame(payoffs, game.players[::-1], game.actions[::-1]), swapped
    )


def with_dominated_action(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles) -> Changed:
    """One more action that always pays its player less than every other."""
    player = draw(st.integers(0, 1))
    other_size = game.n_actions[1 - player]
    own = np.moveaxis(game.payoffs[player], player, 0)
    rest = np.moveaxis(game.payoffs[1 - player], player, 0)
    drawn = draw(st.lists(st.integers(0, 2), min_size=other_size, max_size=other_size))
    layers = [
        np.vstack([own, own.min(axis=0) - Fraction(1)]),
        np.vstack([rest, object_array([Fraction(v) for v in drawn])]),
    ]
    grown = tuple(_with(profile, player, object_array([*profile[player], Fraction(0)])) for profile in equilibria)
    what = f"an action that is always worse for {game.players[player]} adds no equilibrium"
    return Changed(what, _assembled(game, player, layers), grown)


def with_copied_action(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles) -> Changed:
    """One action twice: in an extreme equilibrium its probability goes to the original or to the copy, whole."""
    player = draw(st.integers(0, 1))
    action = draw(st.integers(0, game.n_actions[player] - 1))
    everyone = [*range(game.n_actions[player]), action]
    layers = [np.moveaxis(game.payoffs[i], player, 0)[everyone] for i in (player, 1 - player)]
    doubled = []
    for profile in equilibria:
        weight = profile[player][action]
        for original in [weight, Fraction(0)] if weight else [weight]:
            strategy = object_array([*profile[player], weight - original])
            strategy[action] = original
            doubled.append(_with(profile, player, strategy))
    what = f"a copy of {game.actions[player][action]} lets {game.players[player]} play either, nothing else"
    return Changed(what, _assembled(game, player, layers), tuple(doubled))


def with_bonus(draw: st.DrawFn, game: StrategicGame, equilibria: Profiles) -> Changed:
    """A payment to one player that depends on the other's action only."""
    player = draw(st.integers(0, 1))
    n = game.n_actions[1 - player]
    bonus = object_array([Fraction(v) for v in draw(st.lists(st.integers(-3, 3), min_size=n, max_size=n))])
    payoffs = list(game.payoffs)
    payoffs[player] = payoffs[player] + (bonus if player == 0 else bonus[:, None])
    what = f"a payment to {game.players[player]} for what the other player does changes nothing"
    return Changed(what, StrategicGame(payoffs, game.players, game.actions), equilibria)


def _with(profile: Profile, player: int, strategy: Array) -> Profile:
    return tuple(strategy if i == player else own for i, own in enumerate(profile))


def _assembled(game: StrategicGame, player: int, layers: list[Array]) -> StrategicGame:
    """The game of ``player``'s and the other's payoffs, both with ``player``'s actions first, one more than before."""
    payoffs: Any = [None, None]
    payoffs[player], payoffs[1 - player] = (np.moveaxis(layer, 0, player) for layer in layers)
    taken = game.actions[player]
    new = next(name for k in range(len(taken) + 1) if (name := f"new{k or ''}") not in taken)
    actions = [(*labels, new) if i == player else labels for i, labels in enumerate(game.actions)]
    return StrategicGame(payoffs, game.players, actions)
