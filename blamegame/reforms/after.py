"""What is played after a bundle of reforms: every equilibrium, who still avoids there, and whom that serves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from blamegame.concepts import Concept, Nash
from blamegame.deadline import Deadline
from blamegame.errors import UnsupportedGame
from blamegame.games.event import expectation
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.question import Question
from blamegame.games.strategic import Array, Profile, StrategicGame
from blamegame.models.forms import Table
from blamegame.models.model import Model
from blamegame.reforms.bundles import Bundles, Names

NOBODY, DILEMMA, COLLUSION = "none", "dilemma", "collusion"
_KIND_WORDS = {
    DILEMMA: "a dilemma: {all} would gain by {duty}",
    COLLUSION: "collusion: {none} would gain by {duty}",
}


@dataclass(frozen=True, eq=False)
class Played:
    """One Nash equilibrium after the reforms.

    Attributes
    ----------
    profile : the mixed strategies, exact
    strategies : by player, the actions with positive probability
    payoffs : by player
    success : probability of success; None where the model does not say
    avoidance : probability of the model's own event
    avoiders : the players who avoid with positive probability; None where the model has no duties (assist, work)
    kind : "none" where nobody avoids; else by who would gain from (assist, work): "dilemma" where all would,
        "collusion" where none would, "serves PLAYER" where that player alone would not; None without duties
    """

    profile: Profile
    strategies: Mapping[str, Mapping[str, Fraction]]
    payoffs: Mapping[str, Fraction]
    success: Fraction | None
    avoidance: Fraction
    avoiders: tuple[str, ...] | None
    kind: str | None

    def __str__(self) -> str:
        play = ", ".join(_mixture(strategy) for strategy in self.strategies.values())
        success = [] if self.success is None else [f"success {_near(self.success)}"]
        payoffs = ", ".join(f"{player} {_near(value)}" for player, value in self.payoffs.items())
        return "; ".join([f"({play})", *success, f"payoffs {payoffs}", *self._remains()])

    def _remains(self) -> list[str]:
        if self.avoiders is None:
            return [f"avoidance {_near(self.avoidance)}"]
        if not self.avoiders:
            return ["nobody avoids"]
        players = list(self.payoffs)
        every, none = ("both", "neither") if len(players) == 2 else ("all", "none")
        duty = f"({', '.join(['assist'] * (len(players) - 1) + ['work'])})"
        words = _KIND_WORDS.get(self.kind or "", f"which {self.kind} only").format(all=every, none=none, duty=duty)
        if len(self.avoiders) == 1:
            return [f"{self.avoiders[0]} still avoids alone, {words}"]
        who = every if len(self.avoiders) == len(players) else " and ".join(self.avoiders)
        return [f"{who} still avoid, {words}"]


@dataclass(frozen=True, eq=False)
class After:
    """Every Nash equilibrium of a model after one bundle.

    Attributes
    ----------
    bundle : names of the reforms
    model : the model after them, exact
    equilibria : the extreme ones
    complete : whether they are all
    """

    bundle: Names
    model: Model
    equilibria: tuple[Played, ...]
    complete: bool

    def __str__(self) -> str:
        head = f"after {' + '.join(self.bundle) or 'nothing'}"
        many = len(self.equilibria)
        if not many:
            return f"{head} no equilibrium was found"
        if many == 1:
            return f"{head} {'the only' if self.complete else 'a known'} equilibrium is {self.equilibria[0]}"
        every = f"there are {many} equilibria" if self.complete else f"{many} equilibria are known"
        return f"{head} {every}: {' | '.join(map(str, self.equilibria))}"

    def to_dict(self) -> dict[str, Any]:
        """JSON values: numbers as the nearest decimals."""
        return {
            "reforms": list(self.bundle),
            "complete": self.complete,
            "equilibria": [
                {
                    "strategies": {who: {a: float(p) for a, p in s.items()} for who, s in played.strategies.items()},
                    "payoffs": {who: float(value) for who, value in played.payoffs.items()},
                    "success": None if played.success is None else float(played.success),
                    "avoidance": float(played.avoidance),
                    "avoiders": None if played.avoiders is None else list(played.avoiders),
                    "kind": played.kind,
                }
                for played in self.equilibria
            ],
            "sentence": str(self),
        }


def after(bundles: Bundles, concept: Concept, bundle: int) -> After:
    """The Nash equilibria after one bundle, solved exactly.

    An office avoids where it does not do its duty, which is to assist, and of the last to work. The kind compares what
    each gets in the equilibrium with (assist, work) after the same reforms.

    Raises
    ------
    UnsupportedGame
        Where the model is no table of payoffs, or the concept is not Nash equilibrium.

    Examples
    --------
    >>> from blamegame import Delegation
    >>> from blamegame.reforms.bundles import every_bundle
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> bundles = every_bundle(Delegation(), CATALOGUE)
    >>> found = after(bundles, Nash(), 0b10)
    >>> print(found.bundle, found.equilibria[0].kind)
    ('list',) serves lower
    """
    model = bundles.exact(bundle)
    question = _question(concept, model)
    game = question.game
    from blamegame.answers.strategic import every_nash

    solution = every_nash(game, Deadline(60))
    duty = _duty(game)
    success = model.success() if isinstance(model, Table) else None
    if success is not None and success.shape != game.n_actions:
        success = None
    found = tuple(_played(profile, question, duty, success) for profile in solution.equilibria)
    return After(bundles.names(bundle), model, found, bool(solution.complete))


def _question(concept: Concept, model: Model) -> Question[StrategicGame]:
    from blamegame.answers.extensive import over_plans

    if not isinstance(concept, Nash):
        raise UnsupportedGame(
            f"what is played is told of Nash equilibria, and this plan is about {concept}; search with Nash(), or "
            "ask avoidance(apply(model, bundle), concept)"
        )
    question: Any = model.question(concept)
    if isinstance(question.game, ExtensiveGame):
        question = over_plans(question)
    if not isinstance(question.game, StrategicGame):
        raise UnsupportedGame(
            f"{type(model).__name__} is no table of payoffs whose equilibria could be listed; ask "
            "avoidance(apply(model, bundle))"
        )
    return question  # type: ignore[no-any-return]


def _played(
    profile: Profile, question: Question[StrategicGame], duty: tuple[int, ...] | None, success: Array | None
) -> Played:
    game = question.game
    payoffs = tuple(Fraction(expectation(profile, table)) for table in game.payoffs)
    chances = np.where(question.event, 1, 0) if np.asarray(question.event).dtype == bool else question.event
    avoiders, kind = None, None
    if duty is not None:
        avoiders = tuple(player for player, own, strategy in zip(game.players, duty, profile) if strategy[own] != 1)
        gains = [Fraction(game.payoffs[(k, *duty)]) > payoff for k, payoff in enumerate(payoffs)]
        kind = _kind(game.players, avoiders, gains)
    return Played(
        profile=profile,
        strategies={
            player: {action: Fraction(p) for action, p in zip(labels, strategy.tolist()) if p}
            for player, labels, strategy in zip(game.players, game.actions, profile)
        },
        payoffs=dict(zip(game.players, payoffs)),
        success=None if success is None else Fraction(expectation(profile, success)),
        avoidance=Fraction(expectation(profile, chances.astype(object))),
        avoiders=avoiders,
        kind=kind,
    )


def _kind(players: Sequence[str], avoiders: tuple[str, ...], gains: Sequence[bool]) -> str:
    if not avoiders:
        return NOBODY
    served = [player for player, gain in zip(players, gains) if not gain]
    if not served:
        return DILEMMA
    return COLLUSION if len(served) == len(players) else f"serves {' and '.join(served)}"


def _duty(game: StrategicGame) -> tuple[int, ...] | None:
    """The cell in which every tier assists and the last works; None where the game has no such actions."""
    duties = ["assist"] * (game.n_players - 1) + ["work"]
    if not all(duty in labels for duty, labels in zip(duties, game.actions)):
        return None
    return tuple(labels.index(duty) for duty, labels in zip(duties, game.actions))


def _mixture(strategy: Mapping[str, Fraction]) -> str:
    if len(strategy) == 1:
        return next(iter(strategy))
    return " + ".join(f"{_near(p)} {action}" for action, p in strategy.items())


def _near(value: Fraction) -> str:
    """A number to four digits: a sentence is no proof, the fields are exact."""
    return f"{float(value):.4g}"
