"""Which claim proves the main result of a reform search, in the strongest form the checker knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blamegame.concepts import CoarseCorrelated, Correlated, MarkovPerfect, Nash, Rationalizable, SubgamePerfect
from blamegame.errors import UnsupportedGame

if TYPE_CHECKING:
    from blamegame.certificates.claims import Claim
    from blamegame.reforms.plan import ReformPlan


def main_claim(plan: ReformPlan) -> tuple[Claim, str] | None:
    """The claim, and in words what is proved; None where no bundle reaches the goal.

    For ``removes`` under Nash it is that a smallest robust bundle succeeds with everything added to it, or where no
    bundle is robust, that the cheapest succeeds. For other goals and concepts it is about the cheapest bundle's game.

    Raises
    ------
    UnsupportedGame
        Where no certificate can prove the goal under this concept.
    """
    from blamegame.certificates.claims import BundleRemoves, IsRobust
    from blamegame.reforms.goal import removes
    from blamegame.reforms.report import bundle

    if plan.cheapest is None:
        return None
    if isinstance(plan.concept, SubgamePerfect) and _is_repeated_table(plan) and plan.goal.everywhere:
        return _never_played(plan)
    if isinstance(plan.concept, SubgamePerfect) and hasattr(plan.model, "avoiding_ends") and plan.goal == removes():
        return _no_play_avoids(plan)
    if isinstance(plan.concept, MarkovPerfect) and hasattr(plan.model, "stochastic_game") and plan.goal.everywhere:
        return _no_markov_perfect_avoids(plan)
    shown = isinstance(plan.concept, Nash | Correlated | CoarseCorrelated | Rationalizable)
    if not shown or plan.goal.threshold is not None or not hasattr(plan.model, "stage_game"):
        raise UnsupportedGame(
            f"certificates are about games with a payoff table, and {plan.goal.words(plan.model)} under "
            f"{plan.concept} of {type(plan.model).__name__} is not; run without --certificate"
        )
    if isinstance(plan.concept, Nash) and not plan.goal.outside:
        event = None if plan.goal.cells is None else plan.goal.event(plan.model)  # None: after every bundle its own
        if plan.robust_minimal:
            names = plan.robust_minimal[0]
            return IsRobust(
                plan.model, plan.menu, names, event
            ), f"{bundle(names)} removes {plan.model.avoidance_word()}, whatever is added"
        names = plan.cheapest.bundle
        return BundleRemoves(
            plan.model, plan.menu, names, event
        ), f"{bundle(names)} removes {plan.model.avoidance_word()}"
    return _claim_about_the_cheapest(plan)


def _is_repeated_table(plan: ReformPlan) -> bool:
    return (
        plan.goal.threshold is None and hasattr(plan.model, "stage_game") and not hasattr(plan.model, "avoiding_ends")
    )


def _never_played(plan: ReformPlan) -> tuple[Claim, str]:
    """At this discount factor no subgame-perfect equilibrium ever plays the event after the cheapest bundle."""
    from blamegame.certificates.claims import NeverPlayed
    from blamegame.games.repeated import RepeatedGame
    from blamegame.reforms.reform import apply, choose
    from blamegame.reforms.report import bundle
    from blamegame.solvers.repeated.exclusion_chain import exclusion_chain

    assert plan.cheapest is not None and isinstance(plan.concept, SubgamePerfect)
    names, discount = plan.cheapest.bundle, plan.concept.discount
    model: Any = apply(plan.model, choose(plan.menu, names))
    game, event = RepeatedGame(model.stage_game(), discount), plan.goal.event(model)
    claim = NeverPlayed(game, event, exclusion_chain(game, event))
    return (
        claim,
        f"in the game after {bundle(names)}, {plan.goal.words(plan.model)} (subgame-perfect at discount {discount})",
    )


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
    from blamegame.reforms.reform import apply, choose
    from blamegame.reforms.report import bundle
    from blamegame.solvers.strategic.correlated import correlated_bounds

    assert plan.cheapest is not None
    names = plan.cheapest.bundle
    model: Any = apply(plan.model, choose(plan.menu, names))
    game = model.stage_game()
    event = plan.goal.event(model)
    after = f"in the game after {bundle(names)}"
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
