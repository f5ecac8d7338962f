"""What ``blamegame solve`` shows of a table of payoffs, also of plans: of a game in stages or with private types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.games.event_range import Range
    from blamegame.games.question import Question
    from blamegame.games.strategic import StrategicGame
    from blamegame.scenario import Scenario
    from blamegame.solvers.solution import Solution


def as_json(scenario: Scenario, chosen: Concept | None) -> dict[str, Any]:
    """The game, its equilibria and the verdict of each concept as JSON values."""
    from blamegame.cli.concept_range import as_json_of, asked_concept, repeated_as_json
    from blamegame.cli.screen import number
    from blamegame.solvers.explain import explain

    table = _table(scenario)
    solution = _solution(table.game)
    game, asked = table.game, asked_concept(scenario, chosen)
    return {
        "game": {
            "players": list(game.players),
            "actions": [list(labels) for labels in game.actions],
            "payoffs": _nested(game.payoffs.tolist(), str),
            "payoffs_decimal": _nested(game.payoffs.tolist(), float),
        },
        "equilibria": [
            {
                "strategies": {
                    player: {action: number(p) for action, p in strategy.items()}
                    for player, strategy in found["strategies"].items()
                },
                "payoffs": {player: number(value) for player, value in found["payoffs"].items()},
                "avoidance": number(found["avoidance"]),
                **({"facts": {w: number(v) for w, v in found["facts"].items()}} if found["facts"] else {}),
            }
            for found in (_equilibrium(scenario, table, profile) for profile in solution.equilibria)
        ],
        "components": [list(component) for component in solution.components],
        "complete": solution.complete,
        "method": solution.method,
        "status": solution.status,
        "verdicts": {word: as_json_of(found) for word, found in _verdicts(scenario).items()},
        "explanation": explain(solution),
        **_stages_json(scenario),
        **({} if asked is None else repeated_as_json(scenario, asked)),
    }


def show(screen: Console, scenario: Scenario, chosen: Concept | None) -> None:
    """The same on the screen."""
    from blamegame.cli.concept_range import asked_concept, show_asked
    from blamegame.cli.model import event_words
    from blamegame.cli.payoff_table import print_payoffs
    from blamegame.cli.screen import columns, heading, prose, short
    from blamegame.cli.solve import meaning
    from blamegame.solvers.explain import explain

    table, model = _table(scenario), scenario.model
    solution = _solution(table.game)
    _show_stages(screen, scenario)
    heading(screen, f"Payoffs ({', '.join(table.game.players)}), in units of the social value of success")
    print_payoffs(screen, table.game)
    if plans := _plans(scenario):
        prose(screen, plans)
    _show_equilibria(screen, scenario, table, solution)
    for k, profile in enumerate(solution.equilibria, 1):
        if facts := model.facts(profile):
            heading(screen, f"Of equilibrium {k}" if len(solution) > 1 else "Of the equilibrium")
            columns(screen, [[what, short(value)] for what, value in facts.items()])
    verdicts = _verdicts(scenario)
    heading(screen, f"Probability of {model.avoidance_name}: {event_words(scenario)}")
    rows = [[word, _end(v.low), _end(v.high), v.status] for word, v in verdicts.items()]
    columns(screen, [["equilibria", "best", "worst", "verdict"], *rows])
    for status in dict.fromkeys(v.status for v in verdicts.values()):
        prose(screen, f"{status}: {meaning(status, model.avoidance_name)}")
    if (asked := asked_concept(scenario, chosen)) is not None:
        show_asked(screen, scenario, asked)
    heading(screen, "In words")
    for line in explain(solution).splitlines():
        prose(screen, line, indent=2 + len(line) - len(line.lstrip()))


def _table(scenario: Scenario) -> Question[StrategicGame]:
    """The question of Nash play, of the strategic form where the game is in stages."""
    from blamegame.answers.extensive import over_plans
    from blamegame.concepts import Nash
    from blamegame.games.extensive import ExtensiveGame

    question: Any = scenario.model.exact().question(Nash())
    return over_plans(question) if isinstance(question.game, ExtensiveGame) else question


def _solution(game: StrategicGame) -> Solution:
    from blamegame.answers.strategic import every_nash
    from blamegame.deadline import Deadline

    return every_nash(game, Deadline(60))


def _verdicts(scenario: Scenario) -> dict[str, Range]:
    """The range under every concept that needs no setting."""
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.concept_range import without_settings

    return {
        concept.word: avoidance_of_model(scenario.model, concept, time_limit=60)
        for concept in without_settings(scenario.model)
    }


def _end(bound: Any) -> str:
    from blamegame.cli.screen import short

    return short(bound.lower) if bound.is_point else f"{short(bound.lower)} to {short(bound.upper)}"


def _show_equilibria(screen: Console, scenario: Scenario, table: Any, solution: Solution) -> None:
    from blamegame.cli.screen import columns, heading, short
    from blamegame.games.table import format_number

    every = "complete" if solution.complete else f"not complete: {solution.status}"
    sets = len(solution.components)
    many = f"Extreme Nash equilibria: {len(solution)} in {sets} connected sets" if sets < len(solution) else ""
    heading(screen, f"{many or f'Nash equilibria: {len(solution)}'} ({every})")
    rows = []
    for k, profile in enumerate(solution.equilibria, 1):
        found = _equilibrium(scenario, table, profile)
        plays = "; ".join(f"{player}: {_mixture(strategy)}" for player, strategy in found["strategies"].items())
        payoffs = ", ".join(format_number(value) for value in found["payoffs"].values())
        word = scenario.model.avoidance_word()
        rows.append([f"{k}.", f"{plays}\n{word} {short(found['avoidance'])}, payoffs {payoffs}"])
    if rows:
        columns(screen, rows)


def _equilibrium(scenario: Scenario, table: Question[StrategicGame], profile: Any) -> dict[str, Any]:
    """One equilibrium: each player's actions with positive probability, payoffs, probability of avoidance."""
    from blamegame.answers.strategic import chance
    from blamegame.games.responses import expected_payoffs

    game = table.game
    return {
        "strategies": {
            player: {action: p for action, p in zip(labels, strategy.tolist()) if p}
            for player, labels, strategy in zip(game.players, game.actions, profile)
        },
        "payoffs": dict(zip(game.players, expected_payoffs(game, profile).tolist())),
        "avoidance": chance(profile, table.event),
        "facts": scenario.model.facts(profile),
    }


def _plans(scenario: Scenario) -> str:
    """How to read labels of actions that are plans; "" where they are actions."""
    from blamegame.models.forms import InStages

    if isinstance(scenario.model, InStages):
        return "A plan names what an office does at each of its moves, * where it never gets there."
    plans = scenario.model.plans
    return f"{plans[0].upper()}{plans[1:]}." if plans else ""


def _outcomes(scenario: Scenario) -> list[str] | None:
    """Every outcome of pure subgame-perfect play, as moves; None where the game is not in stages."""
    from blamegame.models.forms import InStages
    from blamegame.solvers.extensive.outcome_range import subgame_perfect_outcomes

    model = scenario.model
    if not isinstance(model, InStages):
        return None
    tree = model.tree(nature=False)
    return [
        ", then ".join(f"{mover}: {action}" for mover, action in tree.path(ends[0]))
        for ends in subgame_perfect_outcomes(tree)
    ]


def _stages_json(scenario: Scenario) -> dict[str, Any]:
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.concept_range import as_json_of

    outcomes = _outcomes(scenario)
    if outcomes is None:
        return {}
    found = avoidance_of_model(scenario.model, scenario.model.default_concept())
    return {"in_stages": {"outcomes": outcomes, **as_json_of(found)}}


def _show_stages(screen: Console, scenario: Scenario) -> None:
    from blamegame.answers.avoidance import avoidance_of_model
    from blamegame.cli.screen import heading, prose

    outcomes = _outcomes(scenario)
    if outcomes is None:
        return
    model: Any = scenario.model
    heading(screen, "The game in stages, with what each office gets")
    screen.print(str(model.tree(nature=False)), highlight=False, markup=False)
    heading(screen, "Subgame-perfect play: who moves later is expected to reply best")
    for path in outcomes:
        prose(screen, path)
    prose(screen, str(avoidance_of_model(model, model.default_concept())))


def _mixture(strategy: dict[str, Any]) -> str:
    from blamegame.games.table import format_number

    if len(strategy) == 1:
        return next(iter(strategy))
    return " + ".join(f"{format_number(p)} {action}" for action, p in strategy.items())


def _nested(values: Any, convert: Any) -> Any:
    return [_nested(value, convert) for value in values] if isinstance(values, list) else convert(values)
