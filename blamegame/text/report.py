"""What a result says, apart from how it is set: a title, sentences, and tables of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from blamegame.errors import GameError
from blamegame.games.event_range import Bound, Range
from blamegame.games.strategic import StrategicGame, best_reply_cells, check_single
from blamegame.games.table import format_number
from blamegame.numbers import number_text
from blamegame.reforms.plan import ReformPlan
from blamegame.regions.radius import Radius
from blamegame.regions.verdict import RegionVerdict
from blamegame.scenario.scenario import Scenario
from blamegame.solvers.solution import Solution

_MOST_ROWS = 400


@dataclass(frozen=True)
class Table:
    """Rows of text under a head of the same length."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise GameError(f"a row of the table has not {len(self.head)} cells, as its head has")


@dataclass(frozen=True)
class Report:
    """A title, sentences, and tables; the first table is the main one."""

    title: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]


def report(value: Any) -> Report:
    """What a game, solution, range, plan, scenario, verdict on a region or radius says.

    Raises
    ------
    GameError
        For anything else, naming what has a report, and for a batch.
    """
    for kind, describe in REPORTS:
        if isinstance(value, kind):
            return describe(value)
    known = ", ".join(kind.__name__ for kind, _ in REPORTS)
    raise GameError(f"a {type(value).__name__} has no report; {known} have")


def _game(game: StrategicGame) -> Report:
    check_single(game, "report")
    size = game.payoffs[0].size
    if size > _MOST_ROWS:
        raise GameError(f"a game of {size} cells is too large for a table; at most {_MOST_ROWS} are printed")
    best = best_reply_cells(game)

    def cell(place: tuple[int, ...]) -> str:
        numbers = [format_number(game.payoffs[(i, *place)]) for i in range(game.n_players)]
        return ", ".join(f"[{n}]" if best[(i, *place)] else n for i, n in enumerate(numbers))

    if game.n_players == 2:
        rows = [(action, *(cell((i, j)) for j in range(game.n_actions[1]))) for i, action in enumerate(game.actions[0])]
        table = Table((f"{game.players[0]} / {game.players[1]}", *game.actions[1]), tuple(rows))
    else:
        cells = product(*(range(n) for n in game.n_actions))
        listed = [(*(game.actions[i][a] for i, a in enumerate(place)), cell(place)) for place in cells]
        table = Table((*game.players, "payoffs"), tuple(listed))
    return Report("Payoff table", ("payoffs in the order of the players; best replies in [brackets]",), (table,))


def _solution(solution: Solution) -> Report:
    game, found = solution.game, solution.equilibria
    rows = [
        (str(k), player, action, format_number(strategy[a]))
        for k, profile in enumerate(found, 1)
        for player, actions, strategy in zip(game.players, game.actions, profile)
        for a, action in enumerate(actions)
        if strategy[a] > 0
    ]
    whole = "complete: every equilibrium is covered" if solution.complete else "not complete: some may be missing"
    count = f"{len(found)} {'equilibrium' if len(found) == 1 else 'equilibria'}; {whole}"
    return Report(
        "Nash equilibria", (count,), (Table(("equilibrium", "player", "action", "probability"), tuple(rows)),)
    )


def _range(found: Range) -> Report:
    if not isinstance(found.status, str):
        raise GameError("this range is of a batch; give one item of it")
    rows = (("best", _bound(found.low)), ("worst", _bound(found.high)))
    return Report("Range of avoidance", (str(found),), (Table(("end", "probability"), rows),))


def _bound(bound: Bound) -> str:
    low, high = bound.lower, bound.upper
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _plan(plan: ReformPlan) -> Report:
    sentences = (
        f"goal: {plan.goal.words(plan.model)}, under {plan.concept}",
        f"before any reform: {plan.base.range}",
        f"{len(plan.successes):,} of {plan.examined:,} bundles of {len(plan.menu)} reforms succeed",
        plan.note,
    )
    if not plan.complete:
        return Report("Reform plan", sentences, ())
    costs = {reform.name: reform.cost for reform in plan.menu}
    robust, minimal = set(plan.robust_minimal), set(plan.minimal)
    rows = [
        (
            " + ".join(names) or "nothing",
            number_text(sum((costs[name] for name in names), start=0 * next(iter(costs.values())))),
            "yes" if names in minimal else "no",
            "yes" if plan.number(names) in plan.robust else "no",
        )
        for names in sorted(minimal | robust, key=lambda names: (len(names), names))
    ]
    return Report("Reform plan", sentences, (Table(("bundle", "cost", "minimal", "robust"), tuple(rows)),))


def _scenario(scenario: Scenario) -> Report:
    specs = type(scenario.model).parameters()
    values = [
        (name, number_text(getattr(scenario.model, name)), spec.unit, spec.range_text(), spec.meaning)
        for name, spec in specs.items()
    ]
    tables = [Table(("parameter", "value", "unit", "range", "meaning"), tuple(values))]
    if scenario.menu:
        menu = [(reform.name, number_text(reform.cost), reform.remedy) for reform in scenario.menu]
        tables.append(Table(("reform", "cost", "remedy"), tuple(menu)))
    goal = () if scenario.goal is None else (f"goal: {scenario.goal}",)
    return Report(scenario.title, (*([scenario.description] if scenario.description else ()), *goal), tuple(tables))


def _verdict(verdict: RegionVerdict) -> Report:
    rows = [(status, str(county.model.batch_shape or "one county")) for status, county in verdict.counties.items()]
    tables = (Table(("verdict", "witness"), tuple(rows)),) if rows else ()
    return Report("Verdict over a region", tuple(str(verdict).split("\n")), tables)


def _radius(radius: Radius) -> Report:
    rows = (
        ("proved within", "nothing" if radius.proved is None else format_number(radius.proved)),
        ("refuted within", "nothing" if radius.refuted is None else format_number(radius.refuted)),
        ("decided by", ", ".join(radius.binding) or "not known"),
    )
    return Report(
        f"Radius of {' + '.join(radius.bundle)}", tuple(str(radius).split("\n")), (Table(("", "relative error"), rows),)
    )


REPORTS: tuple[tuple[type[Any], Callable[[Any], Report]], ...] = (
    (StrategicGame, _game),
    (Solution, _solution),
    (Range, _range),
    (ReformPlan, _plan),
    (Scenario, _scenario),
    (RegionVerdict, _verdict),
    (Radius, _radius),
)
"""Who describes which kind of result."""
