"""Claims about hierarchies: what is written of a game, and which games are hierarchies."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.certificates.certify import certify, verify
from blamegame.certificates.claims import BundleFreesMandates, BundleFreesMandatesRobustly, NoMandateAvoids
from blamegame.errors import CertificateError
from blamegame.games.hypergraphical import HypergraphicalGame, LocalGames
from blamegame.models.arborescence import Arborescence
from blamegame.models.hierarchy import Hierarchy
from blamegame.reforms.local import apply_in
from blamegame.reforms.reform import choose
from blamegame.scenario import load

NATION = load("nation")
VALUES = {name: getattr(NATION.model, name) for name in NATION.model.parameters()}
RAGGED = Arborescence(np.array([-1, 0, 0, 1, 1, 3]))
PAIR = np.zeros((1, 2, 2, 2), dtype=int)


def test_a_tree_spread_evenly_is_written_by_the_sizes_of_its_tiers_and_another_office_by_office() -> None:
    for tree, written in [((1, 2, 5), {"sizes": [1, 2, 5]}), (RAGGED, {"above": [-1, 0, 0, 1, 1, 3]})]:
        claim = NoMandateAvoids(Hierarchy(tree=tree).network_game(), [("push", "work")])
        assert claim.statement()["game"]["tree"] == written
    uneven = Arborescence(np.array([-1, 0, 0, 1, 1, 1, 2]))
    claim = NoMandateAvoids(Hierarchy(tree=uneven).network_game(), [("push", "work")])
    assert claim.statement()["game"]["tree"] == {"above": [-1, 0, 0, 1, 1, 1, 2]}


def test_offices_that_differ_are_written_as_kinds_of_mandates() -> None:
    """The second of two provinces is empowered, so its three townships have mandates of another kind."""
    model = Hierarchy(tree=(1, 2, 6), **VALUES)
    reformed = apply_in(model, choose(NATION.menu, ["empower"]), model.tree.subtree(2))
    stated = NoMandateAvoids(reformed.network_game(), [("push", "work")]).statement()["game"]
    assert stated["mandates"] == [[0, 3], [1, 3]] and len(stated["payoffs"]) == 2
    everywhere = apply_in(model, choose(NATION.menu, ["empower"]), np.arange(9))
    claim = NoMandateAvoids(everywhere.network_game(), model.avoidance)
    assert certify(claim).holds and claim.statement()["game"]["mandates"] == [[0, 6]]


def test_payoffs_are_those_of_the_game() -> None:
    game = Hierarchy(tree=(1, 2), **VALUES).network_game()
    stated = NoMandateAvoids(game, [("push", "work")]).statement()["game"]["payoffs"][0]
    read = np.array([Fraction(text) for text in np.ravel(stated)], dtype=object).reshape(2, 2, 3)
    assert (read == game.groups[0].payoffs[0]).all()


def test_claims_made_alike_are_equal_and_hash_alike() -> None:
    model = Hierarchy(tree=(1, 2), **VALUES)
    one, other = (NoMandateAvoids(model.network_game(), model.avoidance) for _ in range(2))
    assert one == other and hash(one) == hash(other)
    assert one != NoMandateAvoids(model.network_game(), [("push", "work")]) and one != "one"
    assert BundleFreesMandates(model, [], []) == BundleFreesMandates(model, [], [], model.avoidance)
    assert BundleFreesMandates(model, [], []) != BundleFreesMandatesRobustly(model, [], [])


def test_ragged_trees_are_certified_after_a_bundle() -> None:
    claim = BundleFreesMandatesRobustly(Hierarchy(tree=RAGGED, **VALUES), NATION.menu, ["empower"])
    certificate = certify(claim)
    assert verify(certificate, claim=claim).holds
    assert len(claim.statement()["model"]["payoffs"]) == 3  # paths of two, three and four offices


def test_a_false_claim_gets_no_certificate_and_an_undecided_one_is_not_called_false() -> None:
    with pytest.raises(CertificateError, match=r"this claim is false: .* after {} a Nash equilibrium is that"):
        certify(BundleFreesMandates(Hierarchy(tree=(1, 2, 6), **VALUES), NATION.menu, []))
    pennies = np.array([[[[1, 0], [0, 1]], [[0, 1], [1, 0]]]])
    game = HypergraphicalGame(
        (("a", "b"), ("c", "d")), np.array([0, 1]), (LocalGames(np.array([[0, 1]]), np.array([0]), pennies),)
    )
    with pytest.raises(CertificateError, match="cannot be certified: elimination of dominated actions does not decide"):
        certify(NoMandateAvoids(game, [("a", "c")]))


class Other(Hierarchy):
    """A hierarchy whose recorded formula is not that of its game."""

    def mandate_tables(self, parameters: Any) -> Any:
        return [table + 1 for table in super().mandate_tables(parameters)]


def test_a_model_whose_formula_is_not_that_of_its_game_is_not_certified() -> None:
    with pytest.raises(CertificateError, match=r"the payoffs of Other are others"):
        certify(BundleFreesMandates(Other(tree=(1, 2), **VALUES), NATION.menu, ["empower"]))


def test_offices_that_differ_are_refused_with_the_way_out() -> None:
    model = Hierarchy(tree=(1, 2), **VALUES | {"authority": np.array([0.1, 0.2, 0.3])})
    with pytest.raises(CertificateError, match=r"claim NoMandateAvoids\(model.network_game"):
        BundleFreesMandates(model, NATION.menu, [])


def _game(players: Any, roles: Any = (0, 0, 1), payoffs: Any = PAIR) -> HypergraphicalGame:
    group = LocalGames(np.array(players), np.zeros(len(players), dtype=int), payoffs)
    return HypergraphicalGame((("a", "b"), ("c", "d")), np.array(roles), (group,))


@pytest.mark.parametrize(
    ("game", "message"),
    [
        (_game([[0, 2], [1, 2]]), "not the paths from the root"),
        (_game([[1, 2]]), "not the paths from the root"),
        (_game([[0, 1], [0, 2]], (1, 0, 0)), None),
        (_game([[0, 2], [0, 2]]), "not the paths from the root"),
        (Hierarchy(tree=(1, 2)), "takes a game such as Hierarchy"),
    ],
)
def test_a_game_that_is_no_hierarchy_is_refused(game: Any, message: str | None) -> None:
    if message is None:
        assert NoMandateAvoids(game, [("c", "a")]).statement()["game"]["tree"] == {"sizes": [1, 2]}
        return
    with pytest.raises(CertificateError, match=message):
        NoMandateAvoids(game, [("a", "c")]).statement()


def test_offices_above_the_leaves_must_have_the_same_actions() -> None:
    table = np.zeros((1, 3, 2, 2, 2), dtype=int)
    with pytest.raises(CertificateError, match="have different actions from one another"):
        NoMandateAvoids(_game([[0, 1, 2]], (0, 1, 1), table), [("c", "c")])
