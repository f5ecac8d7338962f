"""Policies side by side: the same measures of a few models, exact, as a table for the screen or a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from blamegame.errors import ReformError, StudyError
from blamegame.games.table import align
from blamegame.models.model import Model
from blamegame.reforms.reform import Reform, apply, as_menu
from blamegame.scenario.scenario import Scenario
from blamegame.studies.measures import Measure, default_measures, support_words, variables_of
from blamegame.studies.schema import status_words
from blamegame.studies.value import Value


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Value):
    """What each policy achieves.

    Attributes
    ----------
    policies : their names, one row each
    columns : the variables compared
    values : for each policy a mapping of variable to value; verdicts and equilibria as words
    """

    policies: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[Mapping[str, Any], ...]

    def __getitem__(self, policy: str) -> Mapping[str, Any]:
        if policy not in self.policies:
            raise StudyError(f"{policy!r} was not compared; the policies are {', '.join(self.policies)}")
        return self.values[self.policies.index(policy)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.policies)

    def __len__(self) -> int:
        return len(self.policies)

    def __str__(self) -> str:
        return "\n".join(align([["policy", *map(_heading, self.columns)], *self._rows()]))

    def __repr__(self) -> str:
        return f"<Comparison of {len(self.policies)} policies by {', '.join(self.columns)}>"

    def to_latex(self) -> str:
        """The table as a LaTeX ``tabular``, every label escaped; numbers are right-aligned."""
        from blamegame.formats.latex import escape

        number = [all(isinstance(row[c], float | int) for row in self.values) for c in self.columns]
        lines = [f"\\begin{{tabular}}{{l{''.join('r' if right else 'l' for right in number)}}}", "\\hline"]
        head, *rows = [["policy", *map(_heading, self.columns)], *self._rows()]
        for row in (head, None, *rows):
            lines.append("\\hline" if row is None else " & ".join(map(escape, row)) + " \\\\")
        return "\n".join([*lines, "\\hline", "\\end{tabular}"])

    def _rows(self) -> list[list[str]]:
        return [[name, *(_shown(row[c]) for c in self.columns)] for name, row in zip(self.policies, self.values)]


def compare(
    policies: Mapping[str, Model | Scenario | Iterable[Reform]] | Sequence[Scenario],
    metric: Measure | Iterable[Measure] | None = None,
    *,
    model: Model | Scenario | None = None,
) -> Comparison:
    """The same measures of several policies, each decided in rational arithmetic.

    Parameters
    ----------
    policies : mapping of name to policy, or a sequence of scenarios
        A policy is a model, a scenario, or a bundle of reforms of ``model``.
    metric : a measure or several; default those of :func:`blamegame.study`
    model : where policies are bundles, what they reform

    Examples
    --------
    >>> from blamegame.models.delegation import Delegation
    >>> from blamegame.reforms.catalogue import CATALOGUE
    >>> from blamegame.reforms.reform import choose
    >>> from blamegame.studies.measures import Avoidance, Success
    >>> policies = {"today": (), "lists": choose(CATALOGUE, ["list"])}
    >>> print(compare(policies, metric=[Avoidance(), Success()], model=Delegation()))
    policy  avoidance best  avoidance worst  status      success best  success worst
    today   1               1                entrenched  0.1           0.1
    lists   0               0                free        0.55          0.55
    """
    if not isinstance(policies, Mapping):
        policies = {scenario.name: scenario for scenario in policies}
    if not policies:
        raise StudyError("there is no policy to compare; pass {'name': model, ...}")
    models = {name: _model_of(name, policy, model) for name, policy in policies.items()}
    first = next(iter(models.values()))
    if metric is None:
        measures = default_measures(first)
    else:
        measures = tuple(metric) if isinstance(metric, Iterable) else (metric,)
    kinds = {name: one.kind for name, one in variables_of(measures, first).items()}
    columns = tuple(kinds)
    rows = []
    for one in models.values():
        found = {name: value for measure in measures for name, value in measure.of_model(one).items()}
        rows.append({name: _in_words(kind, found[name], one) for name, kind in kinds.items()})
    return Comparison(tuple(models), columns, tuple(rows))


def _model_of(name: str, policy: Any, model: Model | Scenario | None) -> Model:
    if isinstance(policy, Scenario):
        return policy.model.exact()
    if isinstance(policy, Model):
        return policy.exact()
    base = model.model if isinstance(model, Scenario) else model
    if base is None:
        raise StudyError(f"policy {name!r} is neither a model nor a scenario; for bundles of reforms pass model=")
    try:
        return apply(base.exact(), as_menu(policy))
    except (TypeError, ReformError) as error:
        raise StudyError(f"policy {name!r}: {error}") from None


def _in_words(kind: str, value: Any, model: Any) -> Any:
    if kind == "verdict":
        return str(status_words(value))
    if kind == "set":
        return support_words(value, model.stage_game().actions)
    if isinstance(value, np.ndarray):
        return ", ".join(f"{x:.6g}" for x in value.tolist())
    return value


def _heading(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
