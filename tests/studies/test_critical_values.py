from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from blamegame.concepts import CoarseCorrelated, Correlated, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.strategic import StrategicGame
from blamegame.models.chain import Chain
from blamegame.models.delegation import Delegation
from blamegame.models.departments import Departments
from blamegame.models.forms import Table
from blamegame.models.markup import Markup
from blamegame.models.model import parameter
from blamegame.models.promotion import Promotion
from blamegame.models.team import Team
from blamegame.solvers.strategic.nash import nash
from blamegame.studies.critical_values import critical_values
from blamegame.verbs import avoidance

F = Fraction


def supports_of(model):
    pairs = {
        tuple(tuple(i for i, p in enumerate(strategy.tolist()) if p) for strategy in profile)
        for profile in nash(model.stage_game()).equilibria
    }
    return tuple(sorted(pairs))


def random_models(seed, n):
    rng = random.Random(seed)
    for _ in range(n):
        values = {name: Fraction(rng.randint(0, 10), 10) for name in Delegation.parameters()}
        yield Delegation(**{**values, "causal_weight": rng.choice([0, 0, Fraction(1, 2), 1])})


def test_the_published_critical_values_of_the_defaults():
    assert float(critical_values(Delegation(), "authority").status_changes[0]) == pytest.approx(0.68753, abs=5e-6)
    assert float(critical_values(Delegation(), "diffusion").status_changes[0]) == pytest.approx(0.40383, abs=5e-6)


@pytest.mark.parametrize(
    "parameter", ["authority", "tolerance", "answer_competence", "causal_weight", "responsibility"]
)
def test_every_value_of_the_parameter_has_the_equilibria_of_its_piece(parameter):
    for model in random_models(seed=len(parameter), n=40):
        cut = critical_values(model, parameter)
        inside = [piece.low.rational for piece in cut.pieces if piece.is_point and piece.low.rational is not None]
        for value in {*inside, *(Fraction(k, 13) for k in range(14))}:
            here = model.replace({parameter: value})
            piece = cut.at(value)
            assert piece.equilibria == supports_of(here)
            assert piece.status == avoidance(here, Nash()).status


@dataclass(frozen=True, eq=False)
class Quadratic(Table):
    """Two games in one parameter whose cuts are irrational: row's dominance at sqrt(1/2), column's at 1/phi."""

    x: Any = parameter("x", "a share", "0.5")
    actions = (("assist", "push"), ("work", "escalate"))
    avoidance = np.array([[False, False], [False, True]])

    def payoffs(self):
        x = self.x
        upper = [[x * x, 2 * x * x], [Fraction(1, 2) + 0 * x, 1 + 0 * x]]
        lower = [[1 - x, x * x], [1 - x, x * x]]
        return np.array([upper, lower], dtype=object)

    def stage_game(self):
        return StrategicGame(self.payoffs(), actions=self.actions)


def test_irrational_cuts_are_exact_and_the_answer_at_them_is_the_degenerate_one():
    cut = critical_values(Quadratic(), "x")
    golden, half = cut.values
    assert golden.rational is None and float(golden) == (5**0.5 - 1) / 2
    assert half.rational is None and float(half) == 0.5**0.5
    assert golden.polynomial == (-1, 1, 1) and half.polynomial == (-1, 0, 2)
    for left, here, right in zip(cut.pieces, cut.pieces[1:], cut.pieces[2:]):
        if here.is_point:
            near = here.low.refined(Fraction(1, 10**30))
            assert supports_of(Quadratic(x=near.low)) == left.equilibria
            assert supports_of(Quadratic(x=near.high)) == right.equilibria
            assert set(here.equilibria) == set(left.equilibria) | set(right.equilibria)


def test_a_cut_is_never_reported_where_nothing_changes():
    for model in random_models(seed=11, n=30):
        cut = critical_values(model, "assistance")
        for left, here, right in zip(cut.pieces, cut.pieces[1:], cut.pieces[2:]):
            if here.is_point:
                assert not left.equilibria == here.equilibria == right.equilibria


def test_the_table_reads_as_verdicts_on_stretches():
    lines = str(critical_values(Delegation(), "authority")).splitlines()
    assert lines[0].split() == ["authority", "verdict", "equilibria"]
    assert [line.split("  ")[0] for line in lines[1:]] == [
        "0 to 1318/1917 (0.687533)",
        "at 1318/1917 (0.687533)",
        "1318/1917 (0.687533) to 1",
    ]
    assert "trap" in lines[2] and "(push, work); (push, escalate)" in lines[2]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("authorty",), ModelError, "did you mean 'authority'"),
        (("accountability",), ModelError, "accountability is unbounded; say how far to look"),
        (("authority", SubgamePerfect(F(1, 2))), UnsupportedGame, "delta_windows cuts the discount factor"),
    ],
)
def test_a_wrong_question_is_refused_with_the_way_out(arguments, error, message):
    with pytest.raises(error, match=message):
        critical_values(Delegation(), *arguments)


def test_ends_outside_the_range_and_batches_are_refused():
    with pytest.raises(ModelError, match="is not a stretch of authority"):
        critical_values(Delegation(), "authority", high=2)
    with pytest.raises(ModelError, match=r"use model.item\(i\)"):
        critical_values(Delegation(diffusion=np.array([0.1, 0.2])), "authority")
    with pytest.raises(ModelError, match="is outside"):
        critical_values(Delegation(), "accountability", high=2).at(3)


@pytest.mark.parametrize("concept", [Correlated(), CoarseCorrelated(), Rationalizable()], ids=repr)
@pytest.mark.parametrize("parameter", ["authority", "tolerance", "causal_weight", "responsibility"])
def test_other_concepts_have_the_verdict_of_their_piece_everywhere(concept, parameter):
    for model in random_models(seed=5 + len(parameter), n=8):
        cut = critical_values(model, parameter, concept)
        inside = [piece.low.rational for piece in cut.pieces if piece.is_point and piece.low.rational is not None]
        for value in {*inside, *(F(k, 13) for k in range(14))}:
            assert cut.at(value).status == avoidance(model.replace({parameter: value}), concept).status


def test_longer_chains_have_exact_cuts_under_concepts_that_bound_every_equilibrium():
    chain = Chain(tiers=3)
    for concept in (Correlated(), Rationalizable()):
        cut = critical_values(chain, "authority", concept, low=F(1, 5), high=F(1, 4))
        for piece in cut.pieces:
            value = piece.low.rational if piece.is_point else (piece.low.high + piece.high.low) / 2
            if value is not None:
                assert avoidance(chain.replace(authority=value), concept).status == piece.status
    with pytest.raises(UnsupportedGame, match=r"2 players, this game has 3; Correlated\(\)"):
        critical_values(chain, "authority")


def test_correlated_play_is_told_by_its_verdicts_alone_and_rationalizable_play_by_its_actions():
    lines = str(critical_values(Delegation(), "authority", Correlated())).splitlines()
    assert lines[0].split() == ["authority", "verdict"] and lines[1].split()[-1] == "entrenched"
    assert "(push, work/escalate)" in str(critical_values(Delegation(), "authority", Rationalizable()))


def test_a_measure_that_is_a_rational_function_is_cut_where_it_crosses_its_bound():
    """(K-1)/K / (1 + c) is one half at c = 3/5 for K = 5; a team's effort ends where exposure eats the reward."""
    letters = critical_values(Departments(departments=5), "letter_cost", high=2)
    assert [value.rational for value in letters.status_changes] == [F(3, 5)]
    assert letters.at(F(3, 5)).status == "free" and letters.at(0).status == "entrenched"
    team = critical_values(Team(members=8, accountability=F(3, 2)), "exposure")
    assert [value.rational for value in team.status_changes] == [F(1, 8) / F(3, 2) / F(9, 10)]
    with pytest.raises(UnsupportedGame, match="overload of Markup is no rational function"):
        critical_values(Markup(), "capacity", high=3)


def test_an_event_that_depends_on_the_parameter_is_asked_at_each_value():
    """Where everybody has prospects, what those without would do is no avoidance."""
    cut = critical_values(Promotion(credit_lower=F(4, 5), authority=F(3, 5)), "prospects")
    for piece in cut.pieces:
        if piece.is_point and piece.low.rational is not None:
            model = Promotion(credit_lower=F(4, 5), authority=F(3, 5), prospects=piece.low.rational)
            event = model.avoidance
            touched = [bool(event[np.ix_(*pair)].any()) for pair in supports_of(model)]
            assert piece.status == ("entrenched" if all(touched) else "trap" if any(touched) else "free")
