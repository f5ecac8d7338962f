"""Which claim proves the main result of a reform search, in the strongest form the checker knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blamegame.concepts import CoarseCorrelated, Correlated, MarkovPerfect, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import UnsupportedGame
from blamegame.models.threshold import Threshold

if TYPE_CHECKING:
    from blamegame.certificates.claims import Claim
    from blamegame.reforms.plan import Names, ReformPlan

_MOST_OFFICES = 1_500_000  # in all bundles together, that one certificate about hierarchies is about
_WHATEVER = ", whatever is added"


def main_claim(plan: ReformPlan) -> tuple[Claim, str] | None:
    """The claim, and in words what is proved; None where no bundle reaches the goal.

    For ``removes`` under Nash, for bounds on a measure and for hierarchies it is that the cheapest robust bundle
    succeeds with everything added to it, or where no bundle is robust, that the cheapest succeeds. For other goals and
    concepts it is about the cheapest bundle's game.

    Raises
    ------
    UnsupportedGame
        Where no certificate can prove the goal under this concept.
    """
    from blamegame.certificates.claims import BundleRemoves, IsRobust
    from blamegame.reforms.goal import removes

    if plan.cheapest is None:
        return None
    if isinstance(plan.concept, SubgamePerfect) and _is_repeated_table(plan) and plan.goal.everywhere:
        return _never_played(plan)
    if isinstance(plan.concept, SubgamePerfect) and hasattr(plan.model, "avoiding_ends") and plan.goal == removes():
        return _no_play_avoids(plan)
    if isinstance(plan.concept, MarkovPerfect) and hasattr(plan.model, "stochastic_game") and plan.goal.everywhere:
        return _no_markov_perfect_avoids(plan)
    event = plan.goal.event(plan.model)
    if isinstance(event, Threshold) and isinstance(plan.concept, Nash) and hasattr(plan.model, "mechanism"):
        return _measure_bounded(plan, event)
    if hasattr(plan.model, "network_game"):
        return _mandates_freed(plan, event)
    shown = isinstance(plan.concept, Nash | Correlated | CoarseCorrelated | Rationalizable)
    if not shown or plan.goal.threshold is not None or not hasattr(plan.model, "stage_game"):
        raise UnsupportedGame(
            f"no certificate proves {plan.goal.words(plan.model)} under {plan.concept} of "
            f"{type(plan.model).__name__}; run without --certificate"
        )
    if isinstance(plan.concept, Nash) and not plan.goal.outside:
        event = None if plan.goal.cells is None else event  # None: after every bundle its own
        names, robust = _to_be_proved(plan)
        kind = IsRobust if robust else BundleRemoves
        return kind(plan.model, plan.menu, names, event), f"{_removed(plan, names)}{_WHATEVER * robust}"
    return _claim_about_the_cheapest(plan)


def _to_be_proved(plan: ReformPlan, *, most_bundles: int = 2**16) -> tuple[Names, bool]:
    """The cheapest robust bundle and True, or where none is robust or too many are larger, the cheapest and False."""
    assert plan.cheapest is not None
    robust = plan.cheapest_robust
    if robust is not None and 2 ** (len(plan.menu) - len(robust.bundle)) <= most_bundles:
        return robust.bundle, True
    return plan.cheapest.bundle, False


def _removed(plan: ReformPlan, names: Names) -> str:
    from blamegame.reforms.report import bundle

    own = plan.goal.cells is None
    event = plan.model.avoidance_word() if own else str(plan.goal).removesuffix(" in no equilibrium")
    return f"{bundle(names)} removes {event}" if names else f"{event} is absent before any reform"


def _is_repeated_table(plan: ReformPlan) -> bool:
    return (
        plan.goal.threshold is None and hasattr(plan.model, "stage_game") and not hasattr(plan.model, "avoiding_ends")
    )


def _measure_bounded(plan: ReformPlan, event: Threshold) -> tuple[Claim, str]:
    """The cheapest robust bundle, or the cheapest, keeps the measure on the right side of the bound."""
    from blamegame.certificates.claims import BundleBounds, BundleBoundsRobustly
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.report import bundle

    names, robust = _to_be_proved(plan)
    kind, goal = BundleBoundsRobustly if robust else BundleBounds, Goal(threshold=event)
    return kind(plan.model, plan.menu, names, event), f"{goal} after {bundle(names)}{_WHATEVER * robust}"


def _mandates_freed(plan: ReformPlan, event: Any) -> tuple[Claim, str]:
    """The cheapest robust bundle, or the cheapest, frees every mandate, whatever the concept asked for."""
    from blamegame.certificates.claims import BundleFreesMandates, BundleFreesMandatesRobustly

    model: Any = plan.model
    names, robust = _to_be_proved(plan, most_bundles=_MOST_OFFICES // model.tree.n_offices)
    kind = BundleFreesMandatesRobustly if robust else BundleFreesMandates
    words = f"{_removed(plan, names)} in every Nash, correlated and rationalizable outcome"
    return kind(model, plan.menu, names, event), words + _WHATEVER * robust


def _never_played(plan: ReformPlan) -> tuple[Claim, str]:
    """At this discount factor no subgame-perfect equilibrium ever plays the event after the cheapest bundle."""
    from blamegame.certificates.claims import NeverPlayed
    from blamegame.games.repeated import RepeatedGame
    from blamegame.solvers.repeated.exclusion_chain import exclusion_chain

    assert isinstance(plan.concept, SubgamePerfect)
    model, after = _after_the_cheapest(plan)
    game, event = RepeatedGame(model.stage_game(), plan.concept.discount), plan.goal.event(model)
    claim = NeverPlayed(game, event, exclusion_chain(game, event))
    goal, discount = plan.goal.words(plan.model), plan.concept.discount
    return claim, f"{after}, {goal} (subgame-perfect at discount {discount})"


def _no_play_avoids(plan: ReformPlan) -> tuple[Claim, str]:
    """After the cheapest bundle no play in stages ends in mutual avoidance, whatever who is indifferent does."""
    from blamegame.certificates.claims import NoPlayAvoids

    model, after = _after_the_cheapest(plan)
    tree = model.tree()
    return NoPlayAvoids(
        tree, model.avoiding_ends(tree)
    ), f"{after}, {plan.goal.words(plan.model)} (subgame-perfect, played once)"


def _no_markov_perfect_avoids(plan: ReformPlan) -> tuple[Claim, str]:
    """After the cheapest bundle no pure stationary equilibrium has the event in the long run, and there is one."""
    from blamegame.certificates.claims import NoMarkovPerfectAvoids

    assert isinstance(plan.concept, MarkovPerfect)
    model, after = _after_the_cheapest(plan)
    game = model.stochastic_game(plan.concept.discount)
    claim = NoMarkovPerfectAvoids(game, plan.goal.event(model))
    goal, discount = plan.goal.words(plan.model), plan.concept.discount
    return claim, f"{after}, {goal} in the long run (pure stationary Markov-perfect at {discount})"


def _after_the_cheapest(plan: ReformPlan) -> tuple[Any, str]:
    """The model after the cheapest bundle, and that in words."""
    from blamegame.reforms.reform import apply, choose
    from blamegame.reforms.report import bundle

    assert plan.cheapest is not None
    names = plan.cheapest.bundle
    return apply(plan.model, choose(plan.menu, names)).exact(), f"in the game after {bundle(names)}"


def _claim_about_the_cheapest(plan: ReformPlan) -> tuple[Claim, str]:
    from blamegame.certificates.claims import IsNash, NoCorrelatedAvoids, NoNashAvoids
    from blamegame.games.strategic import pure_profile
    from blamegame.solvers.strategic.correlated import correlated_bounds

    model, after = _after_the_cheapest(plan)
    game, event = model.stage_game(), plan.goal.event(model)
    if plan.goal.outside and not plan.goal.everywhere:
        if isinstance(plan.concept, Rationalizable):
            raise UnsupportedGame("no certificate says that an action is rationalizable; use --concept nash")
        assert plan.goal.cells is not None
        return IsNash(game, pure_profile(game, plan.goal.cells[0])), f"{after}, {plan.goal.words(plan.model)}"
    if isinstance(plan.concept, Nash):
        return NoNashAvoids(game, event), f"{after}, {plan.goal.words(plan.model)} (Nash)"
    multipliers = correlated_bounds(game, event).highest.multipliers
    weaker = "" if isinstance(plan.concept, Correlated) else ", which is weaker than the concept asked for"
    return NoCorrelatedAvoids(
        game, event, multipliers
    ), f"{after}, {plan.goal.words(plan.model)} (correlated equilibria{weaker})"
