"""Hypothesis strategies for games and models that shrink to what a person can read: few actions, small integers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
from hypothesis import strategies as st

from blamegame.games.strategic import Array, StrategicGame
from blamegame.models.delegation import Delegation
from blamegame.models.parameter import Parameter

Item = TypeVar("Item")

_SMALL = st.integers(-9, 9)
_TIES = st.integers(0, 2)


@st.composite
def strategic_games(
    draw: st.DrawFn,
    *,
    n_players: int = 2,
    min_actions: int = 1,
    max_actions: int = 4,
    payoffs: st.SearchStrategy[Any] = _SMALL,
) -> StrategicGame:
    """Games of ``n_players``, each with ``min_actions`` to ``max_actions`` actions, and ``payoffs`` in the cells.

    Shrinks to fewer actions and to payoffs nearer zero. Integers make the game exact; draw floats for a float game.

    >>> from hypothesis import find
    >>> print(find(strategic_games(min_actions=2), lambda game: game.payoffs[0, 0, 0] >= 3))
    1 \\ 2  a           b
    a      _3_, _0_ *  _0_, _0_ *
    b      0, _0_      _0_, _0_ *
    <BLANKLINE>
    _best reply_   * pure equilibrium
    """
    sizes = [draw(st.integers(min_actions, max_actions)) for _ in range(n_players)]
    return StrategicGame(_table(draw, sizes, payoffs))


@st.composite
def degenerate_games(draw: st.DrawFn, *, min_actions: int = 1, max_actions: int = 4) -> StrategicGame:
    """Two-player games full of ties, each an exact game of one of these kinds, the plainest first.

    Payoffs drawn from {0, 1, 2}; nobody cares (all zero); one player does not care; a constant sum with ties;
    actions copied; two actions that one player cannot tell apart.
    """
    sizes = [draw(st.integers(min_actions, max_actions)) for _ in range(2)]
    kind = draw(st.sampled_from(["ties", "zero", "indifferent", "constant sum", "copies", "equal rows"]))
    if kind == "zero":
        return StrategicGame(np.zeros((2, *sizes), dtype=int))
    table = _table(draw, sizes, _TIES)
    if kind == "indifferent":
        table[draw(st.integers(0, 1))] = draw(_TIES)
    if kind == "constant sum":
        table[1] = draw(_TIES) - table[0]
    if kind == "copies":
        for player in range(2):
            sources = [draw(st.integers(0, k)) for k in range(sizes[player])]
            table = np.take(table, sources, axis=player + 1)
    if kind == "equal rows":
        player = draw(st.integers(0, 1))
        one, other = (draw(st.integers(0, sizes[player] - 1)) for _ in range(2))
        own = np.moveaxis(table[player], player, 0)  # a view: the copy lands in the table
        own[one] = own[other]
    return StrategicGame(table)


@st.composite
def delegation_models(draw: st.DrawFn, /, *, steps: int = 4, **fixed: Any) -> Delegation:
    """Exact delegation models on coarse grids: half of them near the defaults, half where actions often tie.

    Near the defaults, each parameter is its default or a multiple of ``1/steps``; else each is 0 or 1. Shares run
    from 0 to 1, parameters without an upper bound to 2. Shrinks towards the defaults, so that a minimal example
    differs from them only where it must. ``fixed`` parameters are not drawn.

    >>> from hypothesis import find, settings
    >>> fresh = settings(database=None)
    >>> model = find(delegation_models(), lambda model: model.authority > Fraction(1, 2), settings=fresh)
    >>> model == Delegation(authority=1)
    True
    """
    for name in fixed:
        Delegation.check_name(name)
    near_the_defaults = draw(st.sampled_from([True, False]))
    drawn = {
        name: draw(_near(spec, steps) if near_the_defaults else st.sampled_from([spec.low, spec.low + 1]))
        for name, spec in Delegation.parameters().items()
        if name not in fixed
    }
    return Delegation(**drawn, **fixed)


def bundles(menu: Iterable[Item]) -> st.SearchStrategy[tuple[Item, ...]]:
    """Subsets of a menu of reforms as tuples in the menu's order; shrinks to fewer reforms.

    >>> from hypothesis import find
    >>> find(bundles(["empower", "list", "train"]), lambda bundle: "train" in bundle)
    ('train',)
    """
    items = tuple(menu)
    if not items:
        return st.just(())
    chosen = st.tuples(*[st.booleans()] * len(items))
    return chosen.map(lambda wanted: tuple(item for item, take in zip(items, wanted) if take))


def _table(draw: st.DrawFn, sizes: list[int], payoffs: st.SearchStrategy[Any]) -> Array:
    n = len(sizes) * int(np.prod(sizes))
    return np.array(draw(st.lists(payoffs, min_size=n, max_size=n))).reshape(len(sizes), *sizes)


def _near(spec: Parameter, steps: int) -> st.SearchStrategy[Fraction]:
    """The default about half the time. Its place and that of 1 are those of 0 and 1 in a model of zeros and ones, so
    that Hypothesis can shrink one kind of model to the other."""
    high = Fraction(2) if spec.high is None else spec.high
    grid = [spec.low + Fraction(k, steps) for k in range(int((high - spec.low) * steps) + 1)]
    one = spec.low + 1
    return st.sampled_from([spec.default, one, *(v for v in grid if v != one), *[spec.default] * (len(grid) - 1)])
