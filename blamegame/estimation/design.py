"""What is known before the first case is read: the regimes, the facts, and the parameters that cases shall tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from blamegame.errors import CasesError, ReformError
from blamegame.estimation.facts import Between, Counted, Fact, as_fact
from blamegame.estimation.payoff_map import PayoffMap
from blamegame.games.strategic import Array, StrategicGame
from blamegame.games.table import format_number
from blamegame.models.model import Model
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Reform, as_menu, choose, exact_number

MOST_REGIMES = 200


class Tables(Protocol):
    """Payoff tables of every regime as a function of parameters."""

    def tables(self, theta: Array) -> tuple[Array, Array]:
        """[B, G, players, *actions] and derivatives [B, G, P, players, *actions] at ``theta`` [B, P]."""


@dataclass(frozen=True, eq=False)
class Design:
    """Regimes under which offices are observed, and what is asked of the observations.

    Parameters
    ----------
    model : the county before any reform; parameters neither free nor a fact keep its values
    regimes : name to bundle, as reforms or as names of the catalogue's; () is the county as it is
    free : parameters to be estimated, anywhere in their ranges
    facts : parameter to ``[low, high]``, which holds for certain, or ``{"k": 3, "n": 41}``, a count
    rationality : the precision lambda of choice where it is known; None estimates it too

    Raises
    ------
    CasesError, ModelError, ReformError
        Naming what does not fit.

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> design = Design(Delegation(), {"base": (), "list": ["list"]}, free=["authority", "diffusion"])
    >>> design.offices[0], design.free
    (('upper', ('assist', 'push')), ('authority', 'diffusion'))
    """

    model: Model
    regimes: Mapping[str, tuple[Reform, ...]]
    free: tuple[str, ...]
    facts: Mapping[str, Fact]
    rationality: Fraction | None

    def __init__(
        self,
        model: Model,
        regimes: Mapping[str, Iterable[Reform | str]],
        free: Sequence[str],
        facts: Mapping[str, Any] | None = None,
        rationality: Any = None,
    ) -> None:
        if isinstance(free, str):
            raise CasesError(f"free={free!r} is text; write [{free!r}]")
        if not 1 <= len(regimes) <= MOST_REGIMES:
            raise CasesError(f"{len(regimes)} regimes; a design has 1 to {MOST_REGIMES}")
        found = {name: as_fact(name, fact) for name, fact in (facts or {}).items()}
        for name in (*free, *found):
            model.check_name(name)
        both = sorted(set(free) & set(found)) or sorted({name for name in free if list(free).count(name) > 1})
        if both:
            raise CasesError(f"{both[0]!r} is named twice; a parameter is free, or there is a fact about it")
        for name, fact in found.items():
            _check_fact(model, name, fact)
        object.__setattr__(self, "model", model)
        object.__setattr__(
            self, "regimes", MappingProxyType({str(name): _bundle(bundle) for name, bundle in regimes.items()})
        )
        object.__setattr__(self, "free", tuple(free))
        object.__setattr__(self, "facts", MappingProxyType(found))
        object.__setattr__(self, "rationality", as_rationality(rationality))

    @property
    def regime_names(self) -> tuple[str, ...]:
        """The regimes in order."""
        return tuple(self.regimes)

    @property
    def offices(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each office with its actions, the same in every regime."""
        model: Any = self.model
        return tuple(zip(model.players, model.actions))

    @property
    def varied(self) -> tuple[str, ...]:
        """Free parameters, then those with facts."""
        return (*self.free, *self.facts)

    def payoffs(self, names: Sequence[str]) -> Tables:
        """Payoff tables as a function of ``names``."""
        return PayoffMap(self.model, self.regimes, names)

    def only(self, regimes: Iterable[str]) -> Design:
        """The same design with some of its regimes."""
        kept = set(regimes)
        return Design(
            self.model, {n: b for n, b in self.regimes.items() if n in kept}, self.free, self.facts, self.rationality
        )

    def __reduce__(self) -> Any:
        return Design, (self.model, dict(self.regimes), self.free, dict(self.facts), self.rationality)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Design) and self.__reduce__()[1] == other.__reduce__()[1]

    def __hash__(self) -> int:
        return hash((self.model, tuple(self.regimes.items()), self.free, tuple(self.facts.items()), self.rationality))

    def __str__(self) -> str:
        lines = [
            f"regime {name}: {', '.join(reform.name for reform in bundle) or 'no reform'}"
            for name, bundle in self.regimes.items()
        ]
        lines.append(f"free: {', '.join(self.free) or 'nothing'}")
        lines += [f"fact: {name} {fact}" for name, fact in self.facts.items()]
        if self.rationality is not None:
            lines.append(f"precision of choice known: {format_number(self.rationality)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class SymmetricGame:
    """n offices alike, each acts or does not; what acting gains depends on how many of the others act.

    Attributes
    ----------
    gains : what acting gains over not acting when 0, 1, ..., n - 1 of the others act
    actions : what the two actions are called, acting first

    Examples
    --------
    The volunteer's dilemma: one act is enough, and nobody acting leaves everybody with less.

    >>> [round(gain, 6) for gain in SymmetricGame.volunteers(3, value=1.0, cost=0.2, nobody=0.2).gains]
    [0.6, -0.2, -0.2]
    """

    gains: tuple[float, ...]
    actions: tuple[str, str] = ("volunteer", "wait")

    def __post_init__(self) -> None:
        if not self.gains or not all(np.isfinite(float(gain)) for gain in self.gains):
            raise CasesError(f"gains={self.gains!r}: give one finite number for each count of others that act")
        object.__setattr__(self, "gains", tuple(float(gain) for gain in self.gains))

    @classmethod
    def volunteers(cls, n: int, *, value: float, cost: float, nobody: float) -> SymmetricGame:
        """Each of ``n`` gets ``value`` if anybody acts and ``nobody`` if nobody does; acting costs ``cost``."""
        if n < 1:
            raise CasesError(f"n={n} is not a number of offices")
        return cls((value - cost - nobody, *([-cost] * (n - 1))))

    @property
    def players(self) -> int:
        """How many offices."""
        return len(self.gains)


@dataclass(frozen=True, eq=False)
class Experiment:
    """Games with known payoffs, each a regime; only how choices are made is estimated.

    Parameters
    ----------
    games : name to game, all strategic with the same labels, or all symmetric
    rationality : the precision of choice where it is known

    Examples
    --------
    >>> pennies = StrategicGame([[[1, 0], [0, 1]], [[0, 1], [1, 0]]])
    >>> Experiment({"pennies": pennies}).offices
    (('1', ('a', 'b')), ('2', ('a', 'b')))
    """

    games: Mapping[str, StrategicGame | SymmetricGame]
    rationality: Fraction | None = None

    def __post_init__(self) -> None:
        if not self.games:
            raise CasesError("an experiment needs at least one game")
        first = next(iter(self.games.values()))
        for name, game in self.games.items():
            if type(game) is not type(first) or _labels(game) != _labels(first):
                raise CasesError(f"game {name!r} has other offices or actions than the first; fit it on its own")
        object.__setattr__(self, "games", MappingProxyType(dict(self.games)))
        object.__setattr__(self, "rationality", as_rationality(self.rationality))

    @property
    def free(self) -> tuple[str, ...]:
        """No payoff is unknown."""
        return ()

    @property
    def facts(self) -> Mapping[str, Fact]:
        """None: every payoff is known."""
        return {}

    @property
    def varied(self) -> tuple[str, ...]:
        """No parameter of a payoff varies."""
        return ()

    @property
    def regime_names(self) -> tuple[str, ...]:
        """The games in order."""
        return tuple(self.games)

    @property
    def offices(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each office with its actions; of a symmetric game the one office is "each"."""
        return _labels(next(iter(self.games.values())))

    @property
    def symmetric(self) -> tuple[SymmetricGame, ...]:
        """The games, where they are symmetric."""
        return tuple(game for game in self.games.values() if isinstance(game, SymmetricGame))

    def payoffs(self, names: Sequence[str]) -> Tables:
        """The constant payoff tables."""
        return _Constant(np.stack([np.asarray(g.payoffs, dtype=float) for g in self.games.values()]))  # type: ignore[union-attr]

    def only(self, regimes: Iterable[str]) -> Experiment:
        """The same experiment with some of its games."""
        kept = set(regimes)
        return Experiment({n: g for n, g in self.games.items() if n in kept}, self.rationality)

    def __reduce__(self) -> Any:
        return Experiment, (dict(self.games), self.rationality)


class _Constant:
    def __init__(self, payoffs: Array) -> None:
        self._payoffs = payoffs

    def tables(self, theta: Array) -> tuple[Array, Array]:
        payoffs = np.broadcast_to(self._payoffs, (len(theta), *self._payoffs.shape))
        return payoffs, np.zeros((*payoffs.shape[:2], 0, *payoffs.shape[2:]))


def as_rationality(value: Any) -> Fraction | None:
    """A known precision of choice, exact and above 0, or None."""
    if value is None:
        return None
    try:
        exact = exact_number(value, "rationality")
    except ReformError as error:
        raise CasesError(str(error)) from None
    if exact <= 0:
        raise CasesError(f"rationality={value} is not above 0; leave it out to have it estimated")
    return exact


def _labels(game: StrategicGame | SymmetricGame) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if isinstance(game, SymmetricGame):
        return (("each", game.actions),)
    return tuple(zip(game.players, game.actions))


def _bundle(bundle: Iterable[Reform | str]) -> tuple[Reform, ...]:
    if isinstance(bundle, str | Reform):
        raise CasesError(f"{bundle!r} is no bundle; write a list of reforms")
    return as_menu(reform if isinstance(reform, Reform) else choose(CATALOGUE, [reform])[0] for reform in bundle)


def _check_fact(model: Model, name: str, fact: Fact) -> None:
    spec = model.parameters()[name]
    if isinstance(fact, Counted) and not (spec.low == 0 and spec.high == 1):
        raise CasesError(f"fact {name!r}: {fact} counts a share, and {name} runs from {spec.range_text()}")
    if isinstance(fact, Between) and (fact.low < spec.low or (spec.high is not None and fact.high > spec.high)):
        raise CasesError(f"fact {name!r}: {fact} leaves the range {spec.range_text()}")
