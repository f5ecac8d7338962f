"""The proof of the main result of a reform search, in the strongest form the checker knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from blamegame.certificates.certify import Certificate, certify
from blamegame.certificates.claims import (
    BundleBounds,
    BundleBoundsRobustly,
    BundleFreesMandates,
    BundleFreesMandatesRobustly,
    BundleRemoves,
    Claim,
    IsNash,
    IsRobust,
    NeverPlayed,
    NeverPlayedMixed,
    NoCorrelatedAvoids,
    NoMarkovPerfectAvoids,
    NoNashAvoids,
    NoPlayAvoids,
)
from blamegame.concepts import CoarseCorrelated, Correlated, MarkovPerfect, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import ReformError, UnsupportedGame
from blamegame.games.closed_form import ClosedForm
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.hypergraphical import HypergraphicalGame
from blamegame.games.question import Question
from blamegame.games.repeated import RepeatedGame
from blamegame.games.stochastic import StochasticGame
from blamegame.games.strategic import StrategicGame, pure_profile
from blamegame.reforms.bundles import Names
from blamegame.reforms.goal import Goal, removes
from blamegame.reforms.plan import ReformPlan
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.report import bundle

_MOST_OFFICES = 1_500_000  # in all bundles together, that one certificate about hierarchies is about

Proof: TypeAlias = tuple[Claim, str]
"""A claim, and in words what it proves of the plan."""


def prove(plan: ReformPlan) -> Certificate:
    """A certificate of the main result of a search, which anyone can recheck without a solver.

    For ``removes`` under Nash, for bounds on a measure and for hierarchies it is that the cheapest robust bundle
    succeeds together with everything of the menu added to it, or where no bundle is robust, that the cheapest
    succeeds. For other goals and concepts it is about the game after the cheapest bundle.

    Raises
    ------
    ReformError
        Where no bundle reaches the goal, so that there is nothing to prove.
    IncompleteSolution
        Where the search stopped early.
    UnsupportedGame
        Where no certificate can prove the goal under this concept.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.search import search
    >>> prove(search(Delegation(), choose(CATALOGUE, ["list", "train", "tolerate"]))).holds
    True
    """
    return certify(main_claim(plan)[0])


def main_claim(plan: ReformPlan) -> Proof:
    """The claim that :func:`prove` certifies, and in words what it proves; raises as that does."""
    if plan.cheapest is None:
        raise ReformError(f"no bundle reaches the goal ({plan.goal.words(plan.model)}), so there is nothing to prove")
    question = plan.model.question(plan.concept)
    row = PROOFS.get((type(question.game), type(plan.concept)))
    found = None if row is None else row(plan)
    if found is None:
        raise UnsupportedGame(
            f"no certificate proves {plan.goal.words(plan.model)} under {plan.concept} of {type(plan.model).__name__}"
        )
    return found


def _bundle_removes(plan: ReformPlan) -> Proof | None:
    """Under Nash: the model after the bundle, and after every larger one, or the game after the cheapest."""
    if plan.goal.outside:
        return _about_the_cheapest(plan)
    names, robust = _to_be_proved(plan)
    kind = IsRobust if robust else BundleRemoves
    event = plan.goal.event(plan.model)  # None: after every bundle its own
    return kind(plan.model, plan.menu, names, event), f"{_removed(plan, names)}{_whatever(plan, robust)}"


def _about_the_cheapest(plan: ReformPlan) -> Proof | None:
    """The game after the cheapest bundle, under a concept of play in one period."""
    question, after = _after_the_cheapest(plan)
    return _of_one_period(plan, question.game, question.event, after)


def _about_plans(plan: ReformPlan) -> Proof | None:
    """The same of a game in stages, over its plans."""
    from blamegame.answers.extensive import over_plans

    question, after = _after_the_cheapest(plan)
    plans = over_plans(question)
    return _of_one_period(plan, plans.game, plans.event, after)


def _of_one_period(plan: ReformPlan, game: StrategicGame, table: Any, after: str) -> Proof | None:
    event = table if table.dtype == bool else np.asarray(table != 0)
    words = f"{after}, {plan.goal.words(plan.model)}"
    if plan.goal.outside and not plan.goal.everywhere:
        if isinstance(plan.concept, Rationalizable) or plan.goal.cells is None:
            return None  # no certificate says that an action is rationalizable
        profile = [action for action in plan.goal.cells[0] if action is not None]  # unlocks names every action
        return IsNash(game, pure_profile(game, profile)), words
    return _FREE_OF[type(plan.concept)](game, event, words)


def _free_of_nash(game: StrategicGame, event: Any, words: str) -> Proof:
    return NoNashAvoids(game, event), f"{words} (Nash)"


def _free_of_correlated(game: StrategicGame, event: Any, words: str) -> Proof:
    from blamegame.solvers.strategic.correlated import correlated_bounds

    multipliers = correlated_bounds(game, event).highest.multipliers
    return NoCorrelatedAvoids(game, event, multipliers), f"{words} (correlated equilibria)"


def _free_of_more(game: StrategicGame, event: Any, words: str) -> Proof:
    claim, _ = _free_of_correlated(game, event, words)
    return claim, f"{words} (correlated equilibria, which is weaker than the concept asked for)"


_FREE_OF: Mapping[type, Callable[[StrategicGame, Any, str], Proof]] = MappingProxyType(
    {
        Nash: _free_of_nash,
        Correlated: _free_of_correlated,
        CoarseCorrelated: _free_of_more,
        Rationalizable: _free_of_more,
    }
)


def _measure_bounded(plan: ReformPlan) -> Proof:
    """The cheapest robust bundle, or the cheapest, keeps the measure on the right side of the bound."""
    names, robust = _to_be_proved(plan)
    kind, event = BundleBoundsRobustly if robust else BundleBounds, plan.model.event(plan.goal.event(plan.model))
    words = f"{Goal(threshold=event)} after {bundle(names)}{_whatever(plan, robust)}"
    return kind(plan.model, plan.menu, names, event), words


def _mandates_freed(plan: ReformPlan) -> Proof:
    """The cheapest robust bundle, or the cheapest, frees every mandate, whatever the concept asked for."""
    model: Any = plan.model
    names, robust = _to_be_proved(plan, most_bundles=_MOST_OFFICES // model.tree.n_offices)
    kind = BundleFreesMandatesRobustly if robust else BundleFreesMandates
    words = f"{_removed(plan, names)} in every Nash, correlated and rationalizable outcome"
    return kind(model, plan.menu, names, model.event(plan.goal.event(model))), words + _whatever(plan, robust)


def _never_played(plan: ReformPlan) -> Proof | None:
    """At this discount factor no subgame-perfect equilibrium ever plays the event after the cheapest bundle."""
    from blamegame.solvers.repeated.exclusion_chain import exclusion_chain
    from blamegame.solvers.repeated.mixed_chain import mixed_exclusion_chain

    concept = plan.concept
    assert isinstance(concept, SubgamePerfect)
    if not plan.goal.everywhere:
        return None
    question, after = _after_the_cheapest(plan)
    words = f"{after}, {plan.goal.words(plan.model)} ({concept})"
    game, event = question.game, question.event
    if concept.pure:
        return NeverPlayed(game, event, exclusion_chain(game, event)), words
    return NeverPlayedMixed(game, event, mixed_exclusion_chain(game, event)), words


def _no_play_avoids(plan: ReformPlan) -> Proof | None:
    """After the cheapest bundle no play in stages ends in mutual avoidance, whatever who is indifferent does."""
    if plan.goal != removes():
        return None
    _, after = _after_the_cheapest(plan)
    model = _model_after_the_cheapest(plan)
    tree = model.tree()
    words = f"{after}, {plan.goal.words(plan.model)} (subgame-perfect, played once in stages)"
    return NoPlayAvoids(tree, model.avoiding_ends(tree)), words


def _no_markov_perfect_avoids(plan: ReformPlan) -> Proof | None:
    """After the cheapest bundle no pure stationary equilibrium has the event in the long run, and there is one."""
    if not plan.goal.everywhere:
        return None
    assert isinstance(plan.concept, MarkovPerfect)
    question, after = _after_the_cheapest(plan)
    words = f"{after}, {plan.goal.words(plan.model)} in the long run (pure stationary {plan.concept.phrase})"
    return NoMarkovPerfectAvoids(question.game, question.event), words


PROOFS: Mapping[tuple[type, type], Callable[[ReformPlan], Proof | None]] = MappingProxyType(
    {
        (StrategicGame, Nash): _bundle_removes,
        (StrategicGame, Correlated): _about_the_cheapest,
        (StrategicGame, CoarseCorrelated): _about_the_cheapest,
        (StrategicGame, Rationalizable): _about_the_cheapest,
        (RepeatedGame, SubgamePerfect): _never_played,
        (ExtensiveGame, SubgamePerfect): _no_play_avoids,
        (ExtensiveGame, Nash): _about_plans,
        (ExtensiveGame, Correlated): _about_plans,
        (ExtensiveGame, CoarseCorrelated): _about_plans,
        (ExtensiveGame, Rationalizable): _about_plans,
        (StochasticGame, MarkovPerfect): _no_markov_perfect_avoids,
        (HypergraphicalGame, Nash): _mandates_freed,
        (HypergraphicalGame, Correlated): _mandates_freed,
        (HypergraphicalGame, Rationalizable): _mandates_freed,
        (ClosedForm, Nash): _measure_bounded,
    }
)
"""Which claim proves the result of a search, by the form of the model's game and the concept; None from a row where the
goal has no certificate."""


def _to_be_proved(plan: ReformPlan, *, most_bundles: int = 2**16) -> tuple[Names, bool]:
    """The cheapest robust bundle and True, or where none is robust or too many are larger, the cheapest and False."""
    assert plan.cheapest is not None
    robust = plan.cheapest_robust
    if robust is not None and 2 ** (len(plan.menu) - len(robust.bundle)) <= most_bundles:
        return robust.bundle, True
    return plan.cheapest.bundle, False


def _removed(plan: ReformPlan, names: Names) -> str:
    own = plan.goal.cells is None
    event = plan.model.avoidance_word() if own else str(plan.goal).removesuffix(" in no equilibrium")
    return f"{bundle(names)} removes {event}" if names else f"{event} is absent before any reform"


def _whatever(plan: ReformPlan, robust: bool) -> str:
    return f", whatever else of this menu of {len(plan.menu)} is added" if robust else ""


def _model_after_the_cheapest(plan: ReformPlan) -> Any:
    assert plan.cheapest is not None
    return apply(plan.model, choose(plan.menu, plan.cheapest.bundle)).exact()


def _after_the_cheapest(plan: ReformPlan) -> tuple[Question[Any], str]:
    """The question of the model after the cheapest bundle, and that in words."""
    assert plan.cheapest is not None
    model = _model_after_the_cheapest(plan)
    return model.question(plan.concept, plan.goal.event(model)), f"in the game after {bundle(plan.cheapest.bundle)}"
