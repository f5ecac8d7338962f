"""What one can ask: each verb takes a model, a scenario or a game, whichever has a meaning, and says the way out else.

A concept may be given as a class without settings (``Nash`` for ``Nash()``), a goal as the function that makes it
(``removes`` for ``removes()``), a reform by its name in the menu.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from blamegame.answers.avoidance import avoidance_of_game, avoidance_of_model
from blamegame.answers.bare_game import FORMS, Game
from blamegame.concepts import Concept, Nash, as_concept
from blamegame.deadline import Deadline
from blamegame.errors import BlamegameError, GameError, ModelError, ReformError, UnsupportedGame
from blamegame.games.event_range import Range
from blamegame.models.model import Model
from blamegame.reforms.reform import Reform, choose
from blamegame.regions.region import Region

if TYPE_CHECKING:
    from blamegame.certificates.certify import Certificate
    from blamegame.certificates.checker import Verdict
    from blamegame.estimation.fit import Fit
    from blamegame.reforms.goal import Goal
    from blamegame.reforms.plan import ReformPlan
    from blamegame.regions.ladder import RadiusLadder
    from blamegame.regions.plan import RegionPlan
    from blamegame.regions.radius import Radius
    from blamegame.regions.verdict import RegionVerdict
    from blamegame.scenario import Scenario
    from blamegame.studies.conditions import Condition
    from blamegame.studies.critical_values import CriticalValues

TimeLimit: TypeAlias = float | Deadline | None


def avoidance(
    subject: Model | Scenario | Region | Game,
    concept: Concept | type[Concept] | None = None,
    *,
    event: Any = None,
    time_limit: TimeLimit = None,
) -> Range | RegionVerdict:
    """The smallest and largest probability of avoidance over all equilibria, and the verdict.

    Parameters
    ----------
    subject : a model, a scenario, a region, or a game of any form
        A batch of models or of strategic games gives arrays; a region gives what is proved of every model in it.
    concept : default that of the scenario, the first of ``type(model).concepts``, or Nash for a game
    event : default the model's own avoidance; a bare game needs one
        Of action profiles a boolean array or an iterable of cells; of a game in stages ends of play; of a model with
        measures a ``Threshold``.
    time_limit : seconds

    Raises
    ------
    UnsupportedGame
        Where the concept or the event has no meaning for this form of game; the message names what has.

    Examples
    --------
    >>> from blamegame import Delegation, load
    >>> print(avoidance(Delegation()))
    entrenched: avoidance 1 at best, 1 at worst
    >>> avoidance(load("trap")).status
    'trap'
    """
    if isinstance(subject, Region):
        from blamegame.regions.verdict import avoidance_over

        return avoidance_over(subject, as_concept(concept, Nash()), event, time_limit=_seconds(time_limit))
    if isinstance(subject, FORMS):
        return avoidance_of_game(subject, as_concept(concept, Nash()), event, time_limit=time_limit)
    model, own = _model_and_concept(subject, "avoidance")
    return avoidance_of_model(model, as_concept(concept, own), event=event, time_limit=time_limit)


def search(
    subject: Model | Scenario | Region,
    menu: Iterable[Reform] | None = None,
    goal: Goal | Callable[[], Goal] | None = None,
    *,
    concept: Concept | type[Concept] | None = None,
    measure: Callable[[Model], Any] | None = None,
    time_limit: TimeLimit = None,
    progress: Callable[[int, int], object] | None = None,
) -> ReformPlan | RegionPlan:
    """Judge every bundle of a menu of reforms by a goal.

    Parameters
    ----------
    subject : a model of numbers, a scenario, which brings its menu, goal and concept, or a region
        Over a region a bundle is proved for every model in it, refuted by one, or open.
    menu : at most 16 reforms; default the scenario's, or the twelve of ``blamegame.reforms.CATALOGUE``
    goal : default the scenario's, or ``removes()``: avoidance in no equilibrium
    concept : which equilibria; default the scenario's or the model's own
    measure : function of one model giving a number, optional
        What the Shapley shares divide; default the success probability in the worst Nash equilibrium, or the
        probability of no avoidance.
    time_limit : seconds
        Where it ran out, or Ctrl-C was pressed, the plan is not complete and says how far it went.
    progress : called as ``progress(done, total)``

    Examples
    --------
    >>> from blamegame import load
    >>> plan = search(load("h_county"))
    >>> len(plan.successes), plan.cheapest.bundle
    (3410, ('list',))
    """
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.search import search as search_model
    from blamegame.scenario import Scenario

    if isinstance(subject, Region):
        return _search_region(subject, menu, goal, concept, measure, time_limit, progress)
    model, own = _model_and_concept(subject, "search")
    if isinstance(subject, Scenario):
        menu = (subject.menu or None) if menu is None else menu
        goal = subject.goal if goal is None else goal
    return search_model(
        model,
        CATALOGUE if menu is None else menu,
        _goal(goal),
        concept=as_concept(concept, own),
        measure=measure,
        time_limit=time_limit,
        progress=progress,
    )


def _search_region(
    region: Region, menu: Any, goal: Any, concept: Any, measure: Any, time_limit: TimeLimit, progress: Any
) -> RegionPlan:
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.regions.search import search_region

    if as_concept(concept, Nash()) != Nash():
        raise UnsupportedGame(f"over a region bundles are judged by Nash equilibria, not by {as_concept(concept)}")
    if measure is not None:
        raise ReformError("over a region nothing is measured; leave the measure out, or search region.middle")
    listed = CATALOGUE if menu is None else menu
    return search_region(region, listed, _goal(goal), time_limit=_seconds(time_limit), progress=progress)


def radius(
    subject: Model | Scenario,
    bundle: Iterable[Reform | str],
    goal: Goal | Callable[[], Goal] | None = None,
    *,
    robust: bool = False,
    menu: Iterable[Reform] | None = None,
    only: Collection[str] | None = None,
    except_: Collection[str] = (),
    time_limit: TimeLimit = None,
) -> Radius:
    """How wrong the parameters may be, relatively, before a bundle stops reaching its goal: a proved bracket.

    Parameters
    ----------
    subject : a model, or a scenario, which brings its menu and goal
    bundle : reforms, or their names in the menu
    goal : default the scenario's, or ``removes()``
    robust : whether it must hold together with every larger bundle of the menu as well
    only, except_ : the parameters that are uncertain, or are not; default all
    time_limit : seconds; then the bracket may be wide, and both its ends are still exact

    Returns
    -------
    Radius
        ``proved``: the goal holds for every model within this relative error; ``refuted``: it fails for some within
        that one, the ``witness``; ``binding`` names the parameters that decide.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> found = radius(Delegation(), ["list", "answer"])
    >>> 0.2155 <= found.proved < found.refuted <= 0.2156
    True
    """
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.regions.radius import radius as radius_of
    from blamegame.scenario import Scenario

    model, _ = _model_and_concept(subject, "radius")
    if isinstance(subject, Scenario):
        menu = (subject.menu or None) if menu is None else menu
        goal = subject.goal if goal is None else goal
    listed = tuple(CATALOGUE if menu is None else menu)
    chosen = [bundle] if isinstance(bundle, str | Reform) else list(bundle)
    return radius_of(
        model,
        chosen,
        _goal(goal),
        robust=robust,
        menu=listed,
        only=only,
        except_=except_,
        time_limit=_seconds(time_limit),
    )


def ladder(
    subject: Model | Scenario,
    menu: Iterable[Reform] | None = None,
    *,
    concept: Concept | type[Concept] | None = None,
    time_limit: TimeLimit = None,
    progress: Callable[[int, int], object] | None = None,
) -> RadiusLadder:
    """The rungs from no mutual avoidance up to (assist, work) alone: counts, cheapest bundles, and their radii.

    See :func:`blamegame.regions.ladder.ladder`.

    Examples
    --------
    >>> from blamegame import load
    >>> found = ladder(load("h_county"))
    >>> [len(rung.plan.successes) for rung in found.rungs.values()]
    [3410, 3102, 1419, 1111]
    """
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.regions.ladder import ladder as ladder_of
    from blamegame.scenario import Scenario

    model, own = _model_and_concept(subject, "ladder")
    if isinstance(subject, Scenario):
        menu = (subject.menu or None) if menu is None else menu
    return ladder_of(
        model,
        CATALOGUE if menu is None else menu,
        concept=as_concept(concept, own),
        time_limit=time_limit,
        progress=progress,
    )


def prove(plan: ReformPlan | RegionPlan | RegionVerdict) -> Certificate:
    """A certificate of the main result of a search, which anyone can recheck without a solver.

    Of a search over a region it is that the cheapest bundle reaches the goal for every model in it; of the verdict of a
    region, that verdict. See :func:`blamegame.reforms.proof.prove` for what is proved of one model.

    >>> from blamegame import Delegation, search
    >>> proof = prove(search(Delegation()))
    >>> proof.holds
    True
    """
    from blamegame.reforms.plan import ReformPlan
    from blamegame.reforms.proof import prove as prove_plan
    from blamegame.regions.certificate import prove_bundle, prove_verdict
    from blamegame.regions.plan import RegionPlan
    from blamegame.regions.verdict import RegionVerdict

    if isinstance(plan, RegionPlan):
        return prove_bundle(plan)
    if isinstance(plan, RegionVerdict):
        return prove_verdict(plan)
    if not isinstance(plan, ReformPlan):
        raise ReformError(f"prove takes the plan of a search, not {_kind(plan)}; write prove(search(model))")
    return prove_plan(plan)


def verify(
    source: Certificate | dict[str, Any] | str | os.PathLike[str],
    *,
    claim: Any = None,
    scenario: Scenario | str | os.PathLike[str] | None = None,
) -> Verdict:
    """Recheck a certificate by exact arithmetic on the numbers it holds, without any solver.

    Parameters
    ----------
    source : a certificate, its JSON document, or the path of a file
    claim : what it should state, optional
    scenario : a scenario, or its name or file; optional
        What it should be about: the verdict says which of its bundles, or all that differs.
    """
    from blamegame.certificates.certify import checked
    from blamegame.scenario import load
    from blamegame.scenario.binding import bound

    meant = load(scenario) if isinstance(scenario, str | os.PathLike) else scenario
    document, verdict = checked(source, claim)
    return verdict if meant is None else bound(verdict, document["claim"], meant)


def solve(
    subject: Model | Scenario | Game, concept: Concept | type[Concept] | None = None, *, time_limit: TimeLimit = None
) -> Any:
    """Every equilibrium that can be found of a game, with how far that answer can be trusted.

    Returns
    -------
    Solution of a strategic game under Nash; TreeSolution of a game in stages; MarkovSolution of a game over states;
    NetworkSolution of offices on a network

    Examples
    --------
    >>> from blamegame import Delegation
    >>> len(solve(Delegation()).equilibria)
    1
    """
    from blamegame.answers.bare_game import exact_game
    from blamegame.answers.solutions import solution

    if isinstance(subject, FORMS):
        return solution(exact_game(subject), as_concept(concept, Nash()), Deadline.of(time_limit))
    model, own = _model_and_concept(subject, "solve")
    asked = as_concept(concept, own)
    return solution(model.exact().question(asked).game, asked, Deadline.of(time_limit))


def critical_values(
    subject: Model | Scenario, parameter: str, concept: Concept | type[Concept] | None = None, *,
    low: Any = None, high: Any = None,
) -> CriticalValues:  # fmt: skip
    """Every value of a parameter at which the equilibria or the verdict change, exact, and what holds between.

    See :func:`blamegame.studies.critical_values.critical_values`.
    """
    from blamegame.studies.critical_values import critical_values as critical_values_of

    model, own = _model_and_concept(subject, "critical_values")
    return critical_values_of(model, parameter, as_concept(concept, own), low=low, high=high)


def conditions(subject: Model | Scenario, profile: Any, **settings: Any) -> tuple[Condition, ...]:
    """When a profile is an equilibrium, in closed form: see :func:`blamegame.studies.conditions.conditions`."""
    from blamegame.studies.conditions import conditions as conditions_of

    found: tuple[Condition, ...] = conditions_of(_model_and_concept(subject, "conditions")[0], profile, **settings)
    return found


def study(subject: Model | Scenario, design: Any, measures: Any = None, **settings: Any) -> Any:
    """Verdicts over a grid, a sample or bundles of reforms, as an ``xarray.Dataset``.

    ``design`` may be a mapping of parameter to values, such as ``{"authority": "0:1:201"}``. See
    :func:`blamegame.studies.study.study` for the settings.
    """
    from blamegame.studies.study import study as run

    if not isinstance(design, str) and isinstance(design, Mapping) and any(isinstance(v, str) for v in design.values()):
        from blamegame.studies.grid import parse_axes

        design = parse_axes([f"{name}={text}" for name, text in design.items()])
    return run(subject, design, measures, **settings)


def fit(cases: Any, design: Any, **settings: Any) -> Fit:
    """The parameters that coded cases make likeliest, with honest sets: see :func:`blamegame.estimation.fit.fit`."""
    from blamegame.estimation.fit import fit as fit_cases

    return fit_cases(cases, design, **settings)


def apply(subject: Model | Scenario, bundle: Iterable[Reform | str]) -> Model:
    """The model after a bundle of reforms, given as values or by name from the scenario's menu or the catalogue.

    >>> from blamegame import Delegation
    >>> apply(Delegation(), ["list"]).diffusion
    Fraction(1, 5)
    """
    from blamegame.reforms.catalogue import CATALOGUE
    from blamegame.reforms.reform import apply as apply_to
    from blamegame.reforms.remedies import FURTHER_REFORMS
    from blamegame.scenario import Scenario

    model = _model_and_concept(subject, "apply")[0]
    known = subject.menu if isinstance(subject, Scenario) and subject.menu else (*CATALOGUE, *FURTHER_REFORMS)
    listed = [bundle] if isinstance(bundle, str | Reform) else list(bundle)
    chosen = [choose(known, [one])[0] if isinstance(one, str) else one for one in listed]
    return apply_to(model, chosen)


def _model_and_concept(subject: Any, verb: str) -> tuple[Model, Concept | None]:
    """The model that a verb is about, and the concept it brings."""
    from blamegame.scenario import Scenario

    if isinstance(subject, Scenario):
        return subject.model, subject.concept or _own(subject.model)
    if isinstance(subject, Model):
        return subject, _own(subject)
    raise _refusal(subject, verb)


def _seconds(time_limit: TimeLimit) -> float | None:
    deadline = Deadline.of(time_limit)
    return None if deadline.left == math.inf else deadline.left


def _own(model: Model) -> Concept | None:
    try:
        return model.default_concept()
    except BlamegameError:
        return None


def _refusal(subject: Any, verb: str) -> BlamegameError:
    if isinstance(subject, type) and issubclass(subject, Model):
        return ModelError(
            f"{verb} takes a model, {subject.__name__} is a class of them; write {verb}({subject.__name__}())"
        )
    if isinstance(subject, str | os.PathLike):
        return GameError(f"{verb} takes a model or a scenario, not its name; write {verb}(load({str(subject)!r}))")
    if isinstance(subject, FORMS):
        return GameError(
            f"{verb} is about a model, and a game has no offices to reform; give a model such as Delegation()"
        )
    module = type(subject).__module__.partition(".")[0]
    if module in ("nashpy", "quantecon"):
        return GameError(
            f"{verb} takes a game of this library; write {verb}(blamegame.formats.from_{module}(game), ...)"
        )
    return GameError(f"{verb} takes a model, a scenario or a game, not {_kind(subject)}")


def _goal(goal: Any) -> Goal | None:
    from blamegame.reforms.goal import Goal

    if goal is None or isinstance(goal, Goal):
        return goal
    if callable(goal):
        try:
            made = goal()
        except TypeError:
            name = getattr(goal, "__name__", "the goal")
            raise ReformError(f"{name} needs its arguments, as in {name}(('assist', 'work'))") from None
        if isinstance(made, Goal):
            return made
    raise ReformError(
        f"goal={goal!r} is no goal; write removes(), unlocks(profile), unique(profile) or at_most(measure, x)"
    )


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}" if value is not None else "None"
