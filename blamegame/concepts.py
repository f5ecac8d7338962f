"""Solution concepts as small frozen values: what is assumed about play.

A concept is asked of a model or a game by :func:`blamegame.avoidance` and the other verbs; it carries its own settings
and the words for itself, and nothing else.

>>> Nash()
Nash()
>>> SubgamePerfect(Fraction(9, 10)).discount
Fraction(9, 10)
>>> print(SubgamePerfect(Fraction(9, 10), pure=True), "|", Logit(3))
pure subgame-perfect equilibria at discount 0.9 | logit equilibria at rationality 3
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, ClassVar

from blamegame.errors import GameError
from blamegame.numbers import number_text

Number = int | float | Fraction


@dataclass(frozen=True)
class Concept:
    """Base of every solution concept: the word of files and screens, and what the equilibria are called.

    ``word`` is how scenario files, the command line and variables of studies spell the concept.
    """

    word: ClassVar[str]
    noun: ClassVar[str] = "equilibria"

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that are given, by name: a discount factor, ``pure``."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value is not None and value is not False}

    @property
    def phrase(self) -> str:
        """The concept in a sentence, as in "every ... equilibrium": with its settings.

        >>> MarkovPerfect(Fraction(1, 3)).phrase, CoarseCorrelated().phrase
        ('Markov-perfect at discount 1/3', 'coarse correlated')
        """
        return f"{self._kind}{self._at}"

    @property
    def slug(self) -> str:
        """The concept as part of a variable's name.

        >>> CoarseCorrelated().slug, SubgamePerfect(Fraction(9, 10)).slug, SubgamePerfect(0.5, pure=True).slug
        ('coarse_correlated', 'subgame_perfect_0.9', 'pure_subgame_perfect_0.5')
        """
        numbers = [number_text(value).replace("/", "over") for value in self.settings.values() if value is not True]
        return "_".join([self._kind.replace("-", "_").replace(" ", "_").lower(), *numbers])

    @property
    def _kind(self) -> str:
        words = self.word.replace("coarse-", "coarse ").replace("nash", "Nash").replace("markov", "Markov")
        return f"pure {words}" if self.settings.get("pure") else words

    @property
    def _at(self) -> str:
        given = [f"{name} {number_text(value)}" for name, value in self.settings.items() if value is not True]
        return f" at {', '.join(given)}" if given else ""

    def __str__(self) -> str:
        return f"{self._kind} {self.noun}{self._at}"


def _check_discount(discount: Any) -> None:
    if isinstance(discount, bool) or not isinstance(discount, int | float | Fraction) or not 0 <= discount < 1:
        raise GameError(f"discount={discount!r} is not in [0, 1): 0 is one period, values near 1 are patient offices")


def _check_pure(concept: Any) -> None:
    if not isinstance(concept.pure, bool):
        raise GameError(f"pure={concept.pure!r} is neither True (pure strategies only) nor False (all strategies)")


@dataclass(frozen=True)
class Nash(Concept):
    """Every Nash equilibrium, mixed ones included (Nash 1951)."""

    word: ClassVar[str] = "nash"


@dataclass(frozen=True)
class Correlated(Concept):
    """Every correlated equilibrium: play recommended by a mediator whom nobody gains by disobeying (Aumann 1974)."""

    word: ClassVar[str] = "correlated"


@dataclass(frozen=True)
class CoarseCorrelated(Concept):
    """Every coarse correlated equilibrium: nobody gains by ignoring the mediator altogether (Moulin and Vial 1978)."""

    word: ClassVar[str] = "coarse-correlated"


@dataclass(frozen=True)
class Rationalizable(Concept):
    """Every profile of actions that survive iterated strict dominance by mixed strategies (Bernheim, Pearce 1984)."""

    word: ClassVar[str] = "rationalizable"
    noun: ClassVar[str] = "profiles"


@dataclass(frozen=True)
class SubgamePerfect(Concept):
    """Subgame-perfect equilibria: ``SubgamePerfect()`` of a game in stages, ``SubgamePerfect(d)`` of a table repeated.

    Of a repeated table every strategy with public randomisation counts, mixed ones too; ``pure=True`` asks about pure
    strategies only, and then every line that reports the answer says *pure*.
    """

    word: ClassVar[str] = "subgame-perfect"

    discount: Number | None = None
    pure: bool = False

    def __post_init__(self) -> None:
        if self.discount is not None:
            _check_discount(self.discount)
        _check_pure(self)


@dataclass(frozen=True)
class PublicPerfect(Concept):
    """Perfect public equilibria of a repeated table of which only success or failure is seen, with public lotteries.

    ``pure=True`` asks about pure strategies only.
    """

    word: ClassVar[str] = "public-perfect"

    discount: Number
    pure: bool = False

    def __post_init__(self) -> None:
        _check_discount(self.discount)
        _check_pure(self)


@dataclass(frozen=True)
class MarkovPerfect(Concept):
    """Stationary Markov-perfect equilibria of a stochastic game, at one discount factor.

    Mixed ones are included for two players and one or two states; larger games are answered by their pure ones, and
    say that the answer is not complete.
    """

    word: ClassVar[str] = "markov-perfect"

    discount: Number

    def __post_init__(self) -> None:
        _check_discount(self.discount)


@dataclass(frozen=True)
class Logit(Concept):
    """The logit quantal response equilibrium on the principal branch (McKelvey and Palfrey 1995)."""

    word: ClassVar[str] = "logit"

    rationality: Number

    def __post_init__(self) -> None:
        given = self.rationality
        if isinstance(given, bool) or not isinstance(given, int | float | Fraction) or not 0 <= given < float("inf"):
            raise GameError(
                f"rationality={given!r} is no finite number of 0 or more: 0 is uniform play, larger is sharper"
            )


KINDS: tuple[type[Concept], ...] = (
    Nash,
    Correlated,
    CoarseCorrelated,
    Rationalizable,
    SubgamePerfect,
    PublicPerfect,
    MarkovPerfect,
    Logit,
)
"""Every concept there is; the order is that of lists on the screen."""

WORDS: dict[str, type[Concept]] = {kind.word: kind for kind in KINDS}


def concept_named(word: str, **settings: Any) -> Concept:
    """The concept of a word, with its settings.

    Raises
    ------
    GameError
        For an unknown word (the nearest is named), a setting that the concept does not have, or one that it needs.

    >>> concept_named("markov-perfect", discount=Fraction(9, 10))
    MarkovPerfect(discount=Fraction(9, 10))
    """
    if word not in WORDS:
        near = get_close_matches(word, WORDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(WORDS)}"
        raise GameError(f"{word!r} is not a solution concept; {hint}")
    kind = WORDS[word]
    given = {name: value for name, value in settings.items() if value is not None and value is not False}
    known = {field.name: field for field in fields(kind)}
    for name in given:
        if name not in known:
            raise GameError(f"{word} has no {name}; leave it out")
    try:
        return kind(**given)
    except TypeError:
        missing = next(name for name in known if name not in given)
        raise GameError(f"{word} needs a {missing}, such as {name_of_setting(missing)}") from None


def name_of_setting(name: str) -> str:
    """An example of a setting, as one writes it."""
    return {"discount": "discount 9/10", "rationality": "rationality 5"}.get(name, name)


def as_concept(concept: Any, default: Concept | None = None) -> Concept:
    """A concept as it was given to a verb: a value, or a class without settings such as ``Nash``.

    >>> as_concept(Nash), as_concept(None, Correlated())
    (Nash(), Correlated())
    """
    if concept is None and default is not None:
        return default
    if isinstance(concept, Concept):
        return concept
    if isinstance(concept, type) and issubclass(concept, Concept):
        try:
            return concept()
        except TypeError:
            example = "5" if concept is Logit else "Fraction(9, 10)"
            raise GameError(f"{concept.__name__} needs its setting; write {concept.__name__}({example})") from None
    near = get_close_matches(str(concept), WORDS, n=1) if isinstance(concept, str) else []
    name = WORDS[near[0]].__name__ if near else "Nash"
    raise GameError(f"{concept!r} is not a solution concept; write {name}(), one of blamegame.concepts")
