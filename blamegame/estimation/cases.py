"""Coded cases: how often each office took each action under each regime, and which cases belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blamegame.errors import CasesError
from blamegame.games.table import format_number
from blamegame.models.delegation import Delegation

Offices = Mapping[str, Sequence[str]]
"""Each office with its actions in order."""

DELEGATION_OFFICES: tuple[tuple[str, tuple[str, ...]], ...] = tuple(zip(Delegation.players, Delegation.actions))
_MOST_COUNT = 10**12


@dataclass(frozen=True, order=True)
class Choice:
    """``count`` times an office took an action under a regime; ``cluster`` says which cases belong together.

    A count is a whole number, or a Fraction where a source reports shares.
    """

    regime: str
    office: str
    action: str
    cluster: str
    count: int | Fraction


@dataclass(frozen=True)
class Cases:
    """What was observed; built by :meth:`of_counts`, :meth:`of_rows` or :func:`read_cases`.

    Under logit play the counts of each office's actions say all; which actions met in one case (``pairs``) serves
    only the test of independence.

    Attributes
    ----------
    choices : each different one once, sorted, counts added
    pairs : (regime, actions of one case in the order of the offices) and how often, sorted
    offices : each office with its actions

    Examples
    --------
    >>> cases = Cases.of_counts({"base": {"upper": [14, 86], "lower": [5, 87, 8]}})
    >>> print(cases)
    base  upper: assist 14, push 86; lower: work 5, escalate 87, formalism 8
    """

    choices: tuple[Choice, ...]
    offices: tuple[tuple[str, tuple[str, ...]], ...] = DELEGATION_OFFICES
    pairs: tuple[tuple[str, tuple[str, ...], int], ...] = ()

    def __post_init__(self) -> None:
        offices = tuple((str(office), tuple(map(str, actions))) for office, actions in self.offices)
        known = {office: set(actions) for office, actions in offices}
        total: dict[tuple[str, str, str, str], int | Fraction] = {}
        for choice in self.choices:
            if choice.action not in known.get(choice.office, ()):
                raise CasesError(f"{choice}: {not_an_action(offices, choice.office, choice.action)}")
            if isinstance(choice.count, bool) or not isinstance(choice.count, int | Fraction) or choice.count < 0:
                raise CasesError(f"{choice}: a count is a whole number of at least 0")
            key = (choice.regime, choice.office, choice.action, choice.cluster)
            total[key] = total.get(key, 0) + choice.count
        if any(count > _MOST_COUNT for count in total.values()):
            raise CasesError(f"a count above {_MOST_COUNT} is no count of cases")
        object.__setattr__(self, "offices", offices)
        object.__setattr__(self, "choices", tuple(sorted(Choice(*key, count) for key, count in total.items())))

    @classmethod
    def of_counts(
        cls,
        counts: Mapping[str, Mapping[str, Any]],
        *,
        offices: Iterable[tuple[str, Sequence[str]]] = DELEGATION_OFFICES,
    ) -> Cases:
        """From regime to office to counts, a sequence in the order of the actions or a mapping by action.

        Raises
        ------
        CasesError
            Naming the regime, the office and what is wrong.
        """
        known = tuple((office, tuple(actions)) for office, actions in offices)
        actions_of = dict(known)
        choices = []
        for regime, by_office in counts.items():
            for office, numbers in by_office.items():
                if office not in actions_of:
                    raise CasesError(f"regime {regime!r}: {not_an_action(known, office, '')}")
                actions = actions_of[office]
                if not isinstance(numbers, Mapping):
                    if len(numbers) != len(actions):
                        raise CasesError(
                            f"regime {regime!r}, {office}: {len(numbers)} counts for {len(actions)} actions "
                            f"({', '.join(actions)})"
                        )
                    numbers = dict(zip(actions, numbers))
                choices += [Choice(str(regime), office, action, "", _whole(n)) for action, n in numbers.items()]
        return cls(tuple(choices), known)

    @classmethod
    def of_rows(
        cls,
        rows: Iterable[tuple[str, str, Sequence[str]]],
        *,
        offices: Iterable[tuple[str, Sequence[str]]] = DELEGATION_OFFICES,
    ) -> Cases:
        """From (cluster, regime, the action of each office) of every case; an action "" was not observed."""
        known = tuple((office, tuple(actions)) for office, actions in offices)
        seen: Counter[tuple[str, str, str, str]] = Counter()
        met: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for cluster, regime, actions in rows:
            for (office, _), action in zip(known, actions):
                if action:
                    seen[regime, office, action, cluster] += 1
            if all(actions):
                met[regime, tuple(actions)] += 1
        choices = tuple(Choice(*key, count) for key, count in seen.items())
        return cls(choices, known, tuple(sorted((*key, count) for key, count in met.items())))

    @property
    def regimes(self) -> tuple[str, ...]:
        """The regimes observed, sorted."""
        return tuple(sorted({choice.regime for choice in self.choices}))

    @property
    def clusters(self) -> tuple[str, ...]:
        """The clusters, sorted; () where cases stand alone."""
        return tuple(sorted({choice.cluster for choice in self.choices} - {""}))

    def count(self, regime: str, office: str, action: str) -> int | Fraction:
        """How often, over all clusters."""
        return sum(c.count for c in self.choices if (c.regime, c.office, c.action) == (regime, office, action))

    def only(self, regimes: Iterable[str]) -> Cases:
        """The cases of these regimes."""
        kept = set(regimes)
        return Cases(
            tuple(c for c in self.choices if c.regime in kept),
            self.offices,
            tuple(pair for pair in self.pairs if pair[0] in kept),
        )

    def __str__(self) -> str:
        width = max(map(len, self.regimes), default=0)
        lines = []
        for regime in self.regimes:
            parts = []
            for office, actions in self.offices:
                numbers = [f"{action} {format_number(self.count(regime, office, action))}" for action in actions]
                parts.append(f"{office}: {', '.join(numbers)}")
            lines.append(f"{regime.ljust(width)}  {'; '.join(parts)}")
        if self.clusters:
            lines.append(f"{len(self.clusters)} clusters")
        return "\n".join(lines)


def not_an_action(offices: Iterable[tuple[str, Sequence[str]]], office: str, action: str) -> str:
    """Why an office cannot have taken an action, with the nearest one it can take."""
    from difflib import get_close_matches

    known = dict(offices)
    if office not in known:
        near = get_close_matches(office, known, n=1)
        return f"{office!r} is not an office; " + (
            f"did you mean {near[0]!r}?" if near else f"they are {', '.join(known)}"
        )
    near = get_close_matches(action, known[office], n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known[office])}"
    return f"{action!r} is not an action of {office}; {hint}"


def _whole(value: Any) -> int | Fraction:
    if isinstance(value, Fraction) and value >= 0:
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise CasesError(f"{value!r} is not a count; a count is a whole number of at least 0")
    return value
