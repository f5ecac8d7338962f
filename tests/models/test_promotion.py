from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from blamegame import (
    CATALOGUE,
    CoarseCorrelated,
    Correlated,
    Logit,
    Nash,
    Rationalizable,
    Reform,
    apply,
    avoidance,
    critical_values,
    removes,
    search,
)
from blamegame.errors import ModelError, UnsupportedGame
from blamegame.games.bayesian_forms import induced_game
from blamegame.models.delegation import Delegation
from blamegame.models.promotion import Promotion
from blamegame.reforms import choose
from blamegame.solvers.bayesian.bayes_nash import bayes_nash
from blamegame.solvers.bayesian.prior_thresholds import prior_thresholds
from blamegame.solvers.strategic import nash

THRESHOLD = Promotion(credit_lower=1, authority=Fraction(1, 2), assistance=Fraction(9, 10))


def dominant(lower):
    """Lower's strictly dominant action, or None."""
    clear = [j for j in range(3) if all(lower[i, j] > lower[i, k] for i in range(2) for k in range(3) if k != j)]
    return clear[0] if clear else None


def draws_with_an_interior_threshold(count):
    rng, found = random.Random(7), 0
    while found < count:
        values = {
            name: Fraction(rng.randint(0, 20), 20 if spec.high is not None else 10)
            for name, spec in Promotion.parameters().items()
            if name not in ("causal_weight", "prospects", "promotability")
        }
        model = Promotion(**values)
        games = [model.known(prospects=has).stage_game().payoffs for has in (False, True)]
        acts = [dominant(lower) for _, lower in games]
        if None in acts:
            continue
        d0, d1 = (upper[0, act] - upper[1, act] for (upper, _), act in zip(games, acts))
        if d0 * d1 < 0:
            found += 1
            yield model, acts, d0, d1


def test_the_equilibrium_switches_exactly_where_the_gains_of_assisting_balance():
    for model, acts, d0, d1 in draws_with_an_interior_threshold(12):
        star = -d0 / (d1 - d0)
        found = prior_thresholds(model.bayesian_game(), [[1, 0]], [[0, 1]])
        assert [value.rational for value in found.values] == [star]
        below, above = (((0,), (acts[0],), (acts[1],)), ((1,), (acts[0],), (acts[1],)))
        if d1 > d0:  # prospects make upper assist
            below, above = above, below
        assert [found.at(rho).equilibria for rho in (star / 2, (1 + star) / 2)] == [(below,), (above,)]
        assert set(found.at(star).equilibria) == {below, above}
        # and by solving the games just beside the threshold
        tiny = Fraction(1, 10**9) * min(star, 1 - star)
        for rho, action in ((star - tiny, below[0][0]), (star + tiny, above[0][0])):
            solution = bayes_nash(model.replace(prospects=rho).bayesian_game())
            assert len(solution) == 1 and solution.equilibria[0][0][action] == 1


def test_with_certain_types_it_is_the_delegation_game():
    for rho, promotability in ((0, 0), (1, 1)):
        model = Promotion(prospects=rho, authority=Fraction(7, 10))
        plain = Delegation(promotability=promotability, authority=Fraction(7, 10))
        assert model.known(prospects=bool(rho)) == plain
        ours, theirs = avoidance(model, Nash()), avoidance(plain, Nash())
        assert (ours.low.lower, ours.high.upper, ours.status) == (theirs.low.lower, theirs.high.upper, theirs.status)


def test_the_stage_game_is_the_one_that_the_bayesian_game_induces():
    induced = induced_game(THRESHOLD.bayesian_game())
    stage = THRESHOLD.stage_game()
    assert stage == induced and stage.actions[1][1] == "work|escalate"
    assert THRESHOLD.success()[0, 1] == (Delegation.success(THRESHOLD.known(prospects=True))[0, :2]).sum() / 2


def test_avoidance_is_measured_by_the_type_that_avoids():
    model = THRESHOLD.replace(prospects=Fraction(1, 2))  # push; escalate without prospects, work with them
    found = avoidance(model, Nash())
    assert found.low.lower == found.high.upper == Fraction(1, 2) and found.status == "entrenched"
    assert avoidance(model.replace(prospects=Fraction(9, 10)), Nash()).status == "free"


def test_what_can_happen_is_told_from_what_does_by_the_event_over_plans():
    model = THRESHOLD.replace(prospects=Fraction(1, 2))
    assert avoidance(model, Nash(), event=model.avoidance).high.upper == 1
    assert avoidance(model, Nash(), event=[("push", "escalate|work")]).low.lower == 1


def test_where_a_type_does_not_exist_what_it_would_do_is_no_avoidance():
    event = Promotion(prospects=1).avoidance.reshape(2, 3, 3)
    assert not event[1, 1, 0] and event[1, 0, 1]
    event = Promotion(prospects=0.0).avoidance.reshape(2, 3, 3)
    assert event[1, 1, 0] and not event[1, 0, 1]
    assert Promotion().avoidance[1, 1:].all() and not Promotion().avoidance[1, 0]


def test_a_batch_over_prospects_is_its_items():
    batch = THRESHOLD.replace(prospects=np.array([0.0, 0.5, 0.9, 1.0]))
    found = avoidance(batch, Nash())
    assert found.status.tolist() == ["entrenched", "entrenched", "free", "free"]
    assert found.high.upper.tolist() == [1.0, 0.5, 0.0, 0.0]
    assert batch.payoffs().shape == (4, 2, 2, 9) and batch.success().shape == (4, 2, 9)
    for k in range(4):
        assert np.allclose(batch.payoffs()[k].astype(float), batch.item(k).exact().payoffs().astype(float), atol=1e-12)
    with pytest.raises(ModelError, match="batch over prospects"):
        batch.stage_game()
    with pytest.raises(ModelError, match=r"batch of shape \(4,\)"):
        batch.bayesian_game()


def test_a_batch_over_two_axes_broadcasts():
    batch = Promotion(authority=np.array([[0.2], [0.8]]), prospects=np.array([0.25, 0.5, 0.75]))
    assert batch.payoffs().shape == (2, 3, 2, 2, 9)
    assert np.allclose(batch.payoffs()[1, 2], batch.item(5).payoffs())
    assert Promotion(authority=np.array([0.2, 0.8])).stage_game().batch_shape == (2,)


def test_the_reform_search_works_on_it_and_reforms_may_change_prospects():
    quick = [reform for reform in CATALOGUE if reform.name in ("train", "tolerate", "empower", "reward")]
    likely = Reform("likely", {"prospects": {"add": Fraction(2, 5)}}, cost=1)
    plan = search(Promotion(), [*quick, likely], removes())
    assert plan.minimal
    for bundle in range(32):
        names = tuple(reform.name for k, reform in enumerate([*quick, likely]) if bundle >> k & 1)
        model = apply(Promotion(), choose([*quick, likely], names))
        free = avoidance(model, Nash()).status == "free"
        assert (bundle in plan.successes.tolist()) == free, names


def test_repeated_play_with_private_types_is_refused():
    with pytest.raises(UnsupportedGame, match="private"):
        Promotion().repeated(0.9)


def test_mixed_arithmetic_becomes_float_throughout():
    model = Promotion(prospects=0.25)
    assert model.stage_game().payoffs.dtype == np.float64 and model.success().dtype == np.float64
    assert np.allclose(nash(model.stage_game()).equilibria[0][0], [0, 1])


def test_critical_values_and_symbols_work_on_the_induced_game():
    found = critical_values(THRESHOLD, "prospects", low=Fraction(1, 100), high=Fraction(99, 100))
    assert [value.rational for value in found.status_changes] == [Fraction(4243, 5448)]
    import sympy

    symbolic = Promotion(prospects=sympy.Symbol("rho"))
    assert symbolic.avoidance[1, 1:].all()
    assert sympy.diff(symbolic.success()[0, 1], sympy.Symbol("rho")) != 0


def test_a_reform_that_makes_a_type_vanish_is_judged_by_the_type_that_is_left():
    certain = Reform("certain", {"prospects": {"add": Fraction(1, 2)}}, cost=1)
    before = THRESHOLD.replace(prospects=Fraction(1, 2))
    after = apply(before, [certain])
    assert avoidance(before, Nash()).status == "entrenched" and avoidance(after, Nash()).status == "free"
    # the event of before, over plans of a type that is no more
    assert avoidance(after, Nash(), event=before.avoidance).status == "free"


def random_models(count, seed):
    """Half of them anywhere, half around the model in which the types do different things."""
    rng = random.Random(seed)
    for _ in range(count // 2):
        near = {name: Fraction(rng.randint(1, 20), 20) for name in ("prospects", "push_strength", "diffusion")}
        yield THRESHOLD.replace(near)
    for _ in range(count // 2):
        yield Promotion(
            **{
                name: Fraction(rng.randint(0, 20), 20 if spec.high is not None else 10)
                for name, spec in Promotion.parameters().items()
                if name != "causal_weight"
            }
        )


def test_every_larger_set_of_equilibria_has_the_larger_range():
    """Nash equilibria are correlated, those are coarse correlated, and their actions are rationalizable."""
    inside = 0
    for model in random_models(40, seed=11):
        found = [avoidance(model, concept()) for concept in (Nash, Correlated, CoarseCorrelated)]
        for small, large in pairwise(found):
            assert large.low.lower <= small.low.lower <= small.high.upper <= large.high.upper, model
        rational = avoidance(model, Rationalizable())
        assert rational.low.lower <= found[1].low.lower <= found[1].high.upper <= rational.high.upper, model
        inside += 0 < found[0].high.upper < 1
    assert inside >= 5, "some of them avoid with one type only"


def test_avoidance_by_one_type_of_two_is_half_under_every_concept():
    model = THRESHOLD.replace(prospects=Fraction(1, 2))  # push; escalate without prospects, work with them
    for concept in (Nash(), Correlated(), CoarseCorrelated(), Rationalizable()):
        found = avoidance(model, concept)
        assert (found.low.lower, found.high.upper, found.status) == (Fraction(1, 2), Fraction(1, 2), "entrenched"), (
            concept
        )
    assert 0.4 < avoidance(model, Logit(Fraction(200))).high.upper < 0.6
    floats = avoidance(model.replace(authority=0.5), Correlated())
    assert isinstance(floats.low.lower, float) and floats.low.lower == pytest.approx(0.5)
    batch = avoidance(model.replace(prospects=np.array([0.0, 0.5, 0.9])), Correlated())
    assert batch.high.upper.tolist() == pytest.approx([1.0, 0.5, 0.0])


@pytest.mark.parametrize("concept", [Nash(), Correlated()])
@pytest.mark.parametrize("names", [("train", "tolerate"), ("train", "likely")])
def test_a_search_starts_from_the_probability_that_solve_shows(concept, names):
    likely = Reform("likely", {"prospects": {"add": Fraction(1, 10)}}, cost=1)
    menu = [reform for reform in (*CATALOGUE, likely) if reform.name in names]
    model = THRESHOLD.replace(prospects=Fraction(1, 2))
    plan = search(model, menu, removes(), concept=concept)
    assert plan.base.range.high.upper == Fraction(1, 2)
    for bundle in range(4):
        found = avoidance(plan.bundles.exact(bundle), concept)
        assert plan.range.high.upper[bundle] == pytest.approx(float(found.high.upper))
        assert plan.success[bundle] == (found.high.upper == 0)
