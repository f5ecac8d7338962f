"""What a study computes in each cell: small frozen values, each with one exact definition and, where there is one, a
batch that gives the same answers for many cells at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

import numpy as np

from blamegame.avoidance import avoidance_range, status_of
from blamegame.concepts import CoarseCorrelated, Concept, Correlated, Nash
from blamegame.errors import GameError, ModelError, StudyError, UnsupportedGame
from blamegame.games.event import event_of
from blamegame.games.responses import expected_payoffs
from blamegame.games.strategic import Array, StrategicGame, cell_index
from blamegame.models.model import Model
from blamegame.studies.cells import Cells, game_of
from blamegame.studies.schema import Variable, declared, status_codes
from blamegame.studies.words import number_text

Values: TypeAlias = dict[str, Any]
"""Variable name to value: an array over cells from a batch, a number or a row from one cell."""

Event: TypeAlias = tuple[tuple[int | str, ...], ...]
"""The cells of an event, each one action for each player."""

MOST_SUPPORT_PAIRS = 62


class Measure(Protocol):
    """What :func:`blamegame.study` needs to know of a measure."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        """The variables it fills; raises where the model cannot be asked for it."""
        ...

    def batched(self, model: Model) -> bool:
        """Whether :meth:`of_cells` gives the answers for cells of a model that has a batch."""
        ...

    def of_cells(self, cells: Cells) -> Values:
        """The values of many cells at once, arrays [cells, ...]."""
        ...

    def of_model(self, model: Model) -> Values:
        """The values of one exact model."""
        ...


@dataclass(frozen=True)
class Avoidance:
    """Probability of mutual avoidance in the best and the worst equilibrium of a concept, and the verdict.

    ``event`` replaces the model's own avoidance event. Under another concept than Nash the variables carry its name.

    >>> from blamegame.models.delegation import Delegation
    >>> Avoidance().of_model(Delegation())["status"]
    2
    """

    concept: Concept = Nash()  # noqa: RUF009  # a frozen value
    event: Event | None = None

    @property
    def _suffix(self) -> str:
        words = [] if isinstance(self.concept, Nash) else [concept_words(self.concept)]
        if self.event is not None:
            words.append("of_" + "_or_".join("_".join(map(str, cell)) for cell in self.event))
        return "_".join(words)

    def variables(self, model: Model) -> tuple[Variable, ...]:
        event_of(game_of(model), self._event(model))
        return tuple(declared(name, self._suffix) for name in ("avoidance_best", "avoidance_worst", "status"))

    def batched(self, model: Model) -> bool:
        return isinstance(self.concept, Nash | Correlated | CoarseCorrelated)

    def of_cells(self, cells: Cells) -> Values:
        event = event_of(game_of(cells.base), self._event(cells.base))
        if isinstance(self.concept, Nash):
            from blamegame.solvers.strategic.batch import event_probabilities

            best, worst = event_probabilities(cells.equilibria, event)
        else:
            from blamegame.solvers.strategic.correlated_batch import event_bounds_batch

            # exact payoffs: a correlated bound jumps at ties, and this solver decides those from what it is given
            payoffs = np.array([cells.exact_payoffs(index) for index in range(len(cells))])
            best, worst = event_bounds_batch(payoffs, event, coarse=isinstance(self.concept, CoarseCorrelated))
        return self._named(best, worst, status_codes(status_of(best, worst)))

    def of_model(self, model: Model) -> Values:
        found = avoidance_range(model, self.concept, event=self.event)
        return self._named(float(found.best), float(found.worst), int(status_codes(found.status)))

    def _event(self, model: Model) -> Any:
        event = getattr(model, "avoidance", None) if self.event is None else self.event
        if event is None:
            raise StudyError(f"{type(model).__name__} does not say what avoidance is; use Avoidance(event=...)")
        return event

    def _named(self, best: Any, worst: Any, status: Any) -> Values:
        names = (declared(name, self._suffix).name for name in ("avoidance_best", "avoidance_worst", "status"))
        return dict(zip(names, (best, worst, status)))


@dataclass(frozen=True)
class Equilibria:
    """Which supports the Nash equilibria have, how many extreme ones there are, and how many pure ones.

    ``equilibria`` holds one bit for each pair of supports; :func:`equilibrium_labels` puts them in words.

    >>> from blamegame.models.delegation import Delegation
    >>> values = Equilibria().of_model(Delegation())
    >>> support_words(values["equilibria"], Delegation.actions), values["equilibria_count"]
    ('(push, escalate)', 1)
    """

    def variables(self, model: Model) -> tuple[Variable, ...]:
        actions = _two_players(model, "Equilibria").actions
        pairs = support_pairs(*map(len, actions))
        if len(pairs) > MOST_SUPPORT_PAIRS:
            raise UnsupportedGame(
                f"Equilibria labels up to {MOST_SUPPORT_PAIRS} pairs of supports, these games have {len(pairs)}; "
                "use Avoidance or Success"
            )
        words = [":".join("/".join(labels[i] for i in s) for labels, s in zip(actions, pair)) for pair in pairs]
        flags = {
            "flag_masks": np.int64(1) << np.arange(len(pairs), dtype=np.int64),
            "flag_meanings": " ".join(word.replace(" ", "_") for word in words),
        }
        first = declared("equilibria", attributes=flags)
        return (first, declared("equilibria_count"), declared("pure_count"))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import pure_counts, support_codes

        batch = cells.equilibria
        m, n = batch.first.shape[1], batch.second.shape[1]
        bits = np.zeros(1 << (m + n), dtype=np.int64)
        for position, (first, second) in enumerate(support_pairs(m, n)):
            bits[sum(1 << i for i in first) + sum(1 << (m + j) for j in second)] = 1 << position
        masks = np.bitwise_or.reduceat(bits[support_codes(batch)], batch.offsets[:-1])
        return {"equilibria": masks, "equilibria_count": batch.counts, "pure_count": pure_counts(batch)}

    def of_model(self, model: Model) -> Values:
        game = _two_players(model, "Equilibria")
        supports = [(_support(first), _support(second)) for first, second in _nash(game)]
        order = {pair: position for position, pair in enumerate(support_pairs(*game.n_actions))}
        mask = 0
        for pair in supports:
            mask |= 1 << order[pair]
        pure = sum(all(len(support) == 1 for support in pair) for pair in supports)
        return {"equilibria": mask, "equilibria_count": len(supports), "pure_count": pure}


@dataclass(frozen=True)
class Success:
    """Largest and smallest probability of success over all Nash equilibria."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        _two_players(model, "Success")
        if getattr(model, "success", None) is None:
            raise StudyError(f"{type(model).__name__} has no probability of success; leave the measure Success out")
        return (declared("success_best"), declared("success_worst"))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import expectation_range

        model: Any = cells.floats
        low, high = expectation_range(cells.equilibria, np.broadcast_to(model.success(), cells.payoffs[:, 0].shape))
        return {"success_best": high, "success_worst": low}

    def of_model(self, model: Model) -> Values:
        table = np.asarray(model.success())  # type: ignore[attr-defined]  # variables() asked whether it has one
        values = [float(x @ table @ y) for x, y in _nash(game_of(model))]
        return {"success_best": max(values), "success_worst": min(values)}


@dataclass(frozen=True)
class Payoffs:
    """Each player's largest and smallest payoff over all Nash equilibria."""

    def variables(self, model: Model) -> tuple[Variable, ...]:
        players = _two_players(model, "Payoffs").players
        return tuple(declared(name, dims=(("player", players),)) for name in ("payoff_best", "payoff_worst"))

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.strategic.batch import expectation_range

        ends = [expectation_range(cells.equilibria, cells.payoffs[:, player]) for player in range(2)]
        worst, best = (np.stack([end[side] for end in ends], axis=1) for side in (0, 1))
        return {"payoff_best": best, "payoff_worst": worst}

    def of_model(self, model: Model) -> Values:
        game = game_of(model)
        values = np.array([[float(u) for u in expected_payoffs(game, profile)] for profile in _nash(game)])
        return {"payoff_best": values.max(axis=0), "payoff_worst": values.min(axis=0)}


@dataclass(frozen=True)
class Playable:
    """Whether a profile can be played in the repeated game at one discount factor (:func:`blamegame.playable`)."""

    profile: tuple[int | str, ...]
    discount: Any

    @property
    def _name(self) -> str:
        return declared("playable", f"{'_'.join(map(str, self.profile))}_at_{_number_word(self.discount)}").name

    def variables(self, model: Model) -> tuple[Variable, ...]:
        from blamegame.games.repeated import RepeatedGame

        game = _two_players(model, "Playable")
        cell_index(game, self.profile)
        RepeatedGame(game, self.discount)
        meaning = f"whether ({', '.join(map(str, self.profile))}) can be played at discount factor {self.discount}"
        suffix = self._name.removeprefix("playable_")
        return (declared("playable", suffix, meaning=meaning),)

    def batched(self, model: Model) -> bool:
        return True

    def of_cells(self, cells: Cells) -> Values:
        from blamegame.solvers.repeated.playability_batch import playable_batch

        found = playable_batch(cells.payoffs, self.discount, exact=cells.exact_payoffs)
        i, j = cell_index(game_of(cells.base), self.profile)
        return {self._name: np.where(found.yes[:, i, j], 1, np.where(found.no[:, i, j], 0, -1))}

    def of_model(self, model: Model) -> Values:
        from blamegame.games.repeated import RepeatedGame
        from blamegame.solvers.repeated.playability import NOT_PLAYABLE, PLAYABLE, playable

        verdict = playable(RepeatedGame(game_of(model), self.discount))[self.profile]
        return {self._name: {PLAYABLE: 1, NOT_PLAYABLE: 0}.get(verdict, -1)}


@dataclass(frozen=True)
class Patience:
    """From which discount factor on a profile can be played (:func:`blamegame.delta_windows`): slow, cell by cell."""

    profile: tuple[int | str, ...]
    tolerance: float = 1e-6

    def _variable(self, name: str) -> Variable:
        return declared(name, "_".join(map(str, self.profile)))

    def variables(self, model: Model) -> tuple[Variable, ...]:
        cell_index(_two_players(model, "Patience"), self.profile)
        if not self.tolerance > 0:
            raise StudyError(f"Patience: tolerance={self.tolerance} must be positive")
        return (self._variable("patience_needed"), self._variable("patience_excluded"))

    def batched(self, model: Model) -> bool:
        return False

    def of_cells(self, cells: Cells) -> Values:
        raise UnsupportedGame("Patience has no batch")

    def of_model(self, model: Model) -> Values:
        from blamegame.solvers.repeated.delta_windows import delta_windows

        found = delta_windows(game_of(model), self.profile, tolerance=self.tolerance)
        needed = min((float(window.included) for window in found.windows), default=np.nan)
        excluded = np.nan if found.excluded is None else float(found.excluded)
        names = [self._variable(name).name for name in ("patience_needed", "patience_excluded")]
        return dict(zip(names, (needed, excluded)))


@dataclass(frozen=True)
class Custom:
    """Any function of one exact model that returns a number, under a name, with its unit and meaning."""

    name: str
    function: Callable[[Model], Any] = field(compare=False)
    unit: str = "1"
    meaning: str = "value of a function of the model"

    def variables(self, model: Model) -> tuple[Variable, ...]:
        from blamegame.studies.schema import VARIABLES

        if not self.name.isidentifier() or self.name in VARIABLES or self.name in model.parameters():
            raise StudyError(f"{self.name!r} cannot name a variable: it is taken, or not a plain word")
        return (Variable(self.name, "f8", self.unit, self.meaning),)

    def batched(self, model: Model) -> bool:
        return False

    def of_cells(self, cells: Cells) -> Values:
        raise UnsupportedGame(f"{self.name} has no batch")

    def of_model(self, model: Model) -> Values:
        return {self.name: float(self.function(model))}


def default_measures(model: Model) -> tuple[Measure, ...]:
    """Avoidance, equilibria and success under Nash, as far as the model has them."""
    kept: list[Measure] = []
    for measure in (Avoidance(), Equilibria(), Success()):
        try:
            measure.variables(model)
        except (StudyError, UnsupportedGame, GameError, ModelError):
            continue
        kept.append(measure)
    if not kept:
        raise StudyError(f"{type(model).__name__} has none of the usual measures; pass measures=[Custom(...)]")
    return tuple(kept)


def support_pairs(m: int, n: int) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Pairs of supports of an m x n game in the order of their bits: smaller supports first, earlier actions first.

    >>> support_pairs(1, 2)
    (((0,), (0,)), ((0,), (1,)), ((0,), (0, 1)))
    """
    sides = [[tuple(i for i in range(k) if s >> i & 1) for s in range(1, 1 << k)] for k in (m, n)]
    pairs = [(first, second) for first in sides[0] for second in sides[1]]
    return tuple(sorted(pairs, key=lambda pair: (len(pair[0]) + len(pair[1]), len(pair[0]), pair)))


def support_words(mask: int, actions: tuple[tuple[str, ...], ...]) -> str:
    """The pairs of supports of one cell in words, such as ``(assist, work) | (assist/push, work/escalate)``."""
    if mask < 0:
        return "not computed"
    words = []
    for position, pair in enumerate(support_pairs(len(actions[0]), len(actions[1]))):
        if mask >> position & 1:
            words.append(f"({', '.join('/'.join(a[i] for i in s) for a, s in zip(actions, pair))})")
    return " | ".join(words)


def concept_words(concept: Concept) -> str:
    """A concept as part of a variable's name.

    >>> concept_words(CoarseCorrelated())
    'coarse_correlated'
    """
    name = type(concept).__name__
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    settings = [_number_word(value) for value in vars(concept).values()]
    return "_".join([words, *settings])


def _number_word(value: Any) -> str:
    return number_text(Fraction(value)).replace("/", "over")


def measures_by_variable(measures: tuple[Measure, ...], model: Model) -> Mapping[str, Measure]:
    """Which measure fills each variable; two that fill the same are refused."""
    found: dict[str, Measure] = {}
    for measure in measures:
        for variable in measure.variables(model):
            if variable.name in found:
                raise StudyError(f"{measure} and {found[variable.name]} both fill {variable.name!r}; keep one of them")
            found[variable.name] = measure
    return found


def _nash(game: StrategicGame) -> tuple[tuple[Array, ...], ...]:
    from blamegame.solvers.strategic.nash import nash

    return nash(game).require_complete("a study").equilibria


def _support(strategy: Array) -> tuple[int, ...]:
    return tuple(np.flatnonzero(strategy != 0).tolist())


def _two_players(model: Model, who: str) -> StrategicGame:
    game = game_of(model)
    if game.n_players != 2:
        raise UnsupportedGame(
            f"{who} needs games of 2 players, {type(model).__name__} has {game.n_players}; use Custom with a solver of "
            "your choice, such as isolated_equilibria"
        )
    return game
