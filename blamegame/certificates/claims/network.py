"""Claims about a whole hierarchy: no mandate is in avoidance in any Nash, correlated or rationalizable outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from blamegame.certificates.checker import Work, network, offices, programs, reforms
from blamegame.certificates.checker.reading import take
from blamegame.certificates.claims.parts import (
    Document,
    bundle_of,
    cells_of,
    nested,
    parameters_of,
    program_of,
    reforms_of,
    text_of,
)
from blamegame.certificates.formula import payoff_formula
from blamegame.errors import CertificateError
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.strategic import Array, StrategicGame


@dataclass(frozen=True, eq=False)
class NoMandateAvoids:
    """In no Nash or correlated equilibrium and no rationalizable profile is any mandate of the hierarchy in the event.

    Proved by iterated elimination of strictly dominated actions, which decides the matter where the offices' actions
    are strategic complements and may not elsewhere.

    Parameters
    ----------
    game : HypergraphicalGame whose local games are the paths from the root to the leaves of a tree
        Such as ``Hierarchy().network_game()``.
    event : boolean array over (action of the office above a leaf, action of the leaf), or an iterable of such pairs

    Examples
    --------
    >>> from blamegame.certificates.certify import certify
    >>> from blamegame.models import Hierarchy
    >>> model = Hierarchy(tree=(1, 2, 6), authority=1)
    >>> certificate = certify(NoMandateAvoids(model.network_game(), model.avoidance))
    >>> certificate.to_json()["claim"]["game"]["tree"], certificate.holds
    ({'sizes': [1, 2, 6]}, True)
    """

    game: HypergraphicalGame
    event: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "event", _pairs(self.game, self.event))

    def statement(self) -> Document:
        tree, tables = _hierarchy(self.game)
        game = {**tree, "payoffs": [text_of(nested(table)) for table in tables]}
        return {"kind": "no_mandate_avoids", "game": game, "event": [list(pair) for pair in self.event]}

    def proof(self) -> Document:
        return {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoMandateAvoids) and self.statement() == other.statement()

    def __hash__(self) -> int:
        return hash((self.game.n_players, self.event))


@dataclass(frozen=True)
class BundleFreesMandates:
    """After this bundle of reforms no mandate of the hierarchy is in the event in any Nash equilibrium.

    Nor in any correlated equilibrium or rationalizable profile.

    Parameters
    ----------
    model : Hierarchy whose parameters are one number each, the same for all offices
        A hierarchy whose offices differ is certified after the bundle, by :class:`NoMandateAvoids`.
    menu : reforms, each with ``name`` and ``edits``
    bundle : reforms of the menu, or their names
    event : boolean array over (action of the office above a leaf, action of the leaf), or an iterable of such pairs;
        default the model's own ``avoidance``
    """

    model: Any
    menu: Any
    bundle: Any
    event: Any = None
    kind: ClassVar[str] = "bundle_frees_mandates"

    def __post_init__(self) -> None:
        object.__setattr__(self, "menu", tuple(self.menu))
        object.__setattr__(self, "bundle", bundle_of(self.model, self.menu, self.bundle))
        if any(isinstance(getattr(self.model, name), np.ndarray) for name in self.model.parameters()):
            raise CertificateError(
                "the offices of this hierarchy differ; apply the bundle, and claim "
                "NoMandateAvoids(model.network_game(), model.avoidance)"
            )
        event = self.model.avoidance if self.event is None else self.event
        object.__setattr__(self, "event", _pairs(self.model.network_game(), event))

    def statement(self) -> Document:
        return {
            "kind": self.kind,
            "model": mandates_document(self.model),
            "reforms": reforms_of(self.menu),
            "bundle": list(self.bundle),
            "event": [list(pair) for pair in self.event],
        }

    def proof(self) -> Document:
        return {}

    def compare(self, statement: Document) -> None:
        """Make sure that the recorded formula gives the payoffs of the model's own game after every bundle."""
        work, claim = Work(), take(statement, {"kind": str, **network.REFORMED}, "claim")
        model, robust = claim["model"], isinstance(self, BundleFreesMandatesRobustly)
        program, tree = programs.program_of(model["program"], model["parameters"]), offices.tree_of(model)
        shapes = [offices.shape_of(tree, kind) for kind in range(len(model["payoffs"]))]
        outputs = [programs.outputs_of(data, shape, program) for data, shape in zip(model["payoffs"], shapes)]
        for when, values in reforms.bundles_of(claim, work, robust=robust)[1]:
            registers = programs.run(program, values, work)
            groups = self.model.replace(values).network_game().groups
            tables = [group.payoffs[0] for group in groups]
            same = len(tables) == len(outputs) and all(len(group.payoffs) == 1 for group in groups)
            if not same or any(
                registers[k] != table[cell] for table, out in zip(tables, outputs) for cell, k in out.items()
            ):
                raise CertificateError(f"{when} the payoffs of {type(self.model).__name__} are others")


@dataclass(frozen=True)
class BundleFreesMandatesRobustly(BundleFreesMandates):
    """After this bundle, *and after every larger bundle of the menu*, no mandate is in the event in any equilibrium.

    Arguments as for :class:`BundleFreesMandates`.
    """

    kind: ClassVar[str] = "bundle_frees_mandates_robustly"


def mandates_document(model: Any) -> Document:
    """A hierarchy whose offices have the same parameters: the tree, and the payoffs of each mandate as a program."""
    tree, _ = _hierarchy(model.network_game())
    formula = payoff_formula(_Mandates(model))
    parts = {"parameters": parameters_of(model), "program": program_of(formula), "payoffs": formula.outputs}
    return {**tree, **parts}


class _Mandates:
    """The payoffs of one mandate of each length, where every office has the same parameters, as a model."""

    def __init__(self, model: Any, values: Mapping[str, Any] | None = None) -> None:
        self.model, self.values = model, values

    def parameters(self) -> Any:
        return self.model.parameters()

    def replace(self, values: Mapping[str, Any]) -> _Mandates:
        return _Mandates(self.model, values)

    def payoffs(self) -> Array:
        """One nested list for each length of path, the shortest first."""
        tables = self.model.mandate_tables(self.values)
        out = np.empty(len(tables), dtype=object)
        out[:] = [table.tolist() for table in tables]
        return out


def _pairs(game: HypergraphicalGame, event: Any) -> tuple[tuple[str, ...], ...]:
    above, leaf = _actions(game)
    return cells_of(StrategicGame(np.zeros((2, len(above), len(leaf))), ("above", "leaf"), (above, leaf)), event)


def _actions(game: HypergraphicalGame) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions of every office above the leaves, and of every leaf."""
    if not isinstance(game, HypergraphicalGame):
        raise CertificateError(f"NoMandateAvoids takes a game such as Hierarchy().network_game(), not {game!r}")
    leaves = {game.actions[game.role_at(group, group.size - 1)] for group in game.groups}
    above = {game.actions[game.role_at(group, k)] for group in game.groups for k in range(group.size - 1)}
    if len(leaves) != 1 or len(above) != 1:
        raise CertificateError("offices above the leaves, or leaves, have different actions from one another")
    return above.pop(), leaves.pop()


def _hierarchy(game: HypergraphicalGame) -> tuple[Document, list[Array]]:
    """The tree, the runs of kinds over its leaves and the action labels; the payoffs of each kind."""
    above = np.full(game.n_players, -1)
    kind_of = np.full(game.n_players, -1)
    tables: list[Array] = []
    for group in game.groups:
        for upper, lower in zip(group.players.T[:-1], group.players.T[1:]):
            above[lower] = upper
        used, number = np.unique(group.kinds, return_inverse=True)
        kind_of[group.players[:, -1]] = len(tables) + number
        tables += [group.payoffs[kind] for kind in used.tolist()]
    leaves = np.setdiff1d(np.arange(game.n_players), above)
    if not _is_tree(game, above, leaves):
        raise CertificateError("the local games are not the paths from the root, player 0, to the leaves of a tree")
    starts = np.flatnonzero(np.diff(kind_of[leaves], prepend=-1))
    runs = [[int(kind_of[leaves[i]]), int(n)] for i, n in zip(starts, np.diff(starts, append=len(leaves)))]
    actions = [list(labels) for labels in _actions(game)]
    return {"tree": _compact(above.tolist()), "actions": actions, "mandates": runs}, tables


def _is_tree(game: HypergraphicalGame, above: Array, leaves: Array) -> bool:
    """Whether every local game is the whole path from player 0 to a leaf, each leaf has one, and above means before."""
    ends = np.concatenate([group.players[:, -1] for group in game.groups])
    whole = all(
        (group.players[:, 0] == 0).all() and (above[group.players[:, 1:]] == group.players[:, :-1]).all()
        for group in game.groups
    )
    return bool(whole and np.array_equal(np.sort(ends), leaves) and (above < np.arange(len(above))).all())


def _compact(above: list[int]) -> Document:
    """The sizes of the tiers, where these say all; else the office above each office."""
    depth = [0] * len(above)
    for office in range(1, len(above)):
        depth[office] = depth[above[office]] + 1
    sizes = np.bincount(depth).tolist()
    evenly = sizes == sorted(sizes) and offices.above_of({"sizes": sizes}) == above
    return {"sizes": sizes} if evenly else {"above": above}
