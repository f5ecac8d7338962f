"""``blamegame solve`` for models that are more, or other, than one payoff table: networks, measures, stages, states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.scenario import Scenario

DISCOUNTS = ("0.5", "0.9", "0.99")


def solve_without_table(scenario: Scenario, json_wanted: bool) -> bool:
    """Print the solution of a hierarchy or of a model with measures; False where the model has a payoff table."""
    if hasattr(scenario.model, "network_game"):
        _network(scenario, json_wanted)
    elif scenario.model.measures:
        _measures(scenario, json_wanted)
    else:
        return False
    return True


def further(scenario: Scenario) -> dict[str, Any]:
    """What the payoff table of one period leaves out, for JSON: play in stages, play over states, private types."""
    from blamegame.cli.screen import number

    found: dict[str, Any] = {}
    if hasattr(scenario.model, "avoiding_ends"):
        in_stages = _in_stages(scenario)
        found["in_stages"] = in_stages | {end: number(in_stages[end]) for end in ("best", "worst")}
    if hasattr(scenario.model, "stochastic_game"):
        found["markov_perfect"] = [
            row | {end: number(row[end]) for end in ("best", "worst", "discount")} for row in _over_states(scenario)
        ]
    return found


def print_further(screen: Console, scenario: Scenario) -> None:
    """The same on the screen."""
    from blamegame.cli.screen import columns, heading, prose, short

    if hasattr(scenario.model, "avoiding_ends"):
        found = _in_stages(scenario)
        heading(screen, "In stages: upper moves first and is seen (subgame-perfect play)")
        for path in found["outcomes"]:
            prose(screen, path)
        ends = f"avoidance {short(found['best'])} at best, {short(found['worst'])} at worst"
        prose(screen, f"{found['status']}: {ends}")
    if hasattr(scenario.model, "stochastic_game"):
        share_of = f"the long-run share of {scenario.model.avoidance_word()}"
        heading(screen, f"Over time: stationary Markov-perfect equilibria, and {share_of}")
        rows = [["discount", "best", "worst", "verdict", "equilibria"]]
        for row in _over_states(scenario):
            plays = "; or ".join(row["equilibria"]) or "none found"
            rows.append([short(row["discount"]), _share(row["best"]), _share(row["worst"]), row["status"], plays])
        columns(screen, rows)


def plot_stages(scenario: Scenario, path: str) -> None:
    """Draw play in stages; StudyError, with what can be drawn instead, where a model has none."""
    from blamegame.cli.figure import save_tree
    from blamegame.errors import StudyError
    from blamegame.solvers.extensive.backward_induction import backward_induction

    model: Any = scenario.model
    if not hasattr(model, "avoiding_ends"):
        raise StudyError(
            f"{scenario.name} is not played in stages, so there is no tree to draw; `blamegame study {scenario.name} "
            "--vary NAME=LOW:HIGH:COUNT --plot FILE` draws its verdicts over a parameter"
        )
    tree = model.tree(nature=False)
    save_tree(tree, path, solution=backward_induction(tree), avoiding=model.avoiding_ends(tree))


def _share(value: Any) -> str:
    from blamegame.cli.screen import short

    return "-" if value != value else short(value)


def _in_stages(scenario: Scenario) -> dict[str, Any]:
    from blamegame.avoidance import avoidance_range
    from blamegame.concepts import SubgamePerfect
    from blamegame.solvers.extensive.outcome_range import subgame_perfect_outcomes

    model: Any = scenario.model
    tree = model.tree(nature=False)
    outcomes = [
        ", then ".join(f"{mover}: {action}" for mover, action in tree.path(ends[0]))
        for ends in subgame_perfect_outcomes(tree)
    ]
    found = avoidance_range(model, SubgamePerfect(0))
    return {"outcomes": outcomes, "best": found.best, "worst": found.worst, "status": found.status}


def _over_states(scenario: Scenario) -> list[dict[str, Any]]:
    from fractions import Fraction

    from blamegame.avoidance import avoidance_range
    from blamegame.concepts import MarkovPerfect
    from blamegame.solvers.stochastic.stationary_range import stationary_equilibria

    model: Any = scenario.model
    own = getattr(scenario.concept, "discount", None)
    rows = []
    for discount in sorted({*map(Fraction, DISCOUNTS), *([] if own is None else [Fraction(own)])}):
        found = avoidance_range(model, MarkovPerfect(discount))
        game = model.stochastic_game(discount)
        solution = stationary_equilibria(game)
        plays = [
            ", ".join(f"{state}: ({', '.join(actions)})" for state, actions in play.items())
            + f"; long run: {_time_in_states(game, profile)}"
            for play, profile in zip(solution.play, solution.equilibria)
        ]
        rows.append(
            {
                "discount": discount,
                "best": found.best,
                "worst": found.worst,
                "status": found.status,
                "equilibria": plays,
            }
        )
    return rows


def _time_in_states(game: Any, profile: Any) -> str:
    """Share of periods in each state but the first, in the long run, under stationary play."""
    from blamegame.games.stationary import state_shares

    shares = list(zip(game.states, state_shares(game, profile).tolist()))[1:]
    return ", ".join(f"{_share(share)} of the periods in {state}" for state, share in shares)


def _network(scenario: Scenario, json_wanted: bool) -> None:
    from blamegame.cli.model import identity
    from blamegame.cli.screen import number, print_json
    from blamegame.solvers.network.network_equilibria import network_equilibria
    from blamegame.solvers.network.share_range import event_share, share_range

    model: Any = scenario.model
    solution = network_equilibria(model.network_game())
    found = share_range(solution, model.avoidance)
    equilibria = [
        {"avoidance": event_share(solution, profile, model.avoidance), "tiers": model.action_shares(profile)}
        for profile in solution.equilibria
    ]
    if not json_wanted:
        _print_network(scenario, solution, found, equilibria)
        return
    print_json(
        {
            "scenario": identity(scenario),
            "offices": model.tree.n_offices,
            "mandates": model.n_mandates,
            "complements": solution.complements,
            "unique": solution.unique,
            "complete": solution.complete,
            "method": solution.method,
            "status": solution.status,
            "equilibria": [
                {
                    "avoidance": number(one["avoidance"]),
                    "tiers": [{action: number(share) for action, share in tier.items()} for tier in one["tiers"]],
                }
                for one in equilibria
            ],
            "avoidance": {
                "best": number(found.lowest),
                "worst": number(found.highest),
                "status": _verdict(found),
                "complete": found.complete,
            },
        }
    )


def _mandates(share: Any) -> str:
    from blamegame.cli.screen import short

    return {0: "no mandate", 1: "every mandate"}.get(share, f"{short(share)} of the mandates")


def _verdict(found: Any) -> str:
    from blamegame.avoidance import proved_status

    return proved_status(found.lowest, found.highest, found.complete)


def _print_network(scenario: Scenario, solution: Any, found: Any, equilibria: list[dict[str, Any]]) -> None:
    from blamegame.cli.screen import columns, console, heading, prose, short
    from blamegame.cli.solve import meaning

    model: Any = scenario.model
    screen = console()
    screen.print(scenario.title, style="bold")
    if scenario.description:
        prose(screen, scenario.description)
    heading(screen, f"{model.tree.n_offices:,} offices in {model.tree.n_tiers} tiers, {model.n_mandates:,} mandates")
    prose(screen, f"{solution.status}.")
    if solution.complements and solution.method == "monotone_best_replies":
        orders = ["/".join(labels[a] for a in o) for labels, o in zip(solution.game.actions, solution.orders)]
        prose(screen, f"Actions from low to high, the root first: {', '.join(orders)}.")
    names = {1: ["The equilibrium"], 2: ["Least equilibrium", "Greatest equilibrium"]}
    titles = names.get(len(equilibria)) if solution.complete else None
    for k, one in enumerate(equilibria):
        title = titles[k] if titles else f"Equilibrium {k + 1}"
        heading(screen, f"{title}: {_mandates(one['avoidance'])} in mutual avoidance")
        rows = []
        for tier, shares in enumerate(one["tiers"]):
            plays = ", ".join(a if share == 1 else f"{short(share)} {a}" for a, share in shares.items())
            rows.append([f"tier {tier + 1}", f"{int(model.tree.tier(tier).sum()):,} offices", plays])
        columns(screen, rows, right=[1])
    verdict = _verdict(found)
    heading(screen, "Share of mandates in mutual avoidance, over every Nash, correlated and rationalizable outcome")
    prose(screen, f"{verdict}: {short(found.lowest)} at best, {short(found.highest)} at worst")
    unknown = "other equilibria than those listed may do better or worse"
    prose(screen, f"{verdict}: {meaning(verdict, model.avoidance_name, unknown)}")


def _measures(scenario: Scenario, json_wanted: bool) -> None:
    from blamegame.avoidance import avoidance_range
    from blamegame.cli.model import identity
    from blamegame.cli.screen import columns, console, heading, number, print_json, prose, short
    from blamegame.concepts import Nash

    model: Any = scenario.model
    values = {name: model.measure(name) for name in model.measures}
    avoids = bool(avoidance_range(model, Nash()).worst)
    if json_wanted:
        measures = {name: number(value) for name, value in values.items()}
        event = {"event": str(model.avoidance), "happens": avoids}
        print_json({"scenario": identity(scenario), "measures": measures, "avoidance": event})
        return
    screen = console()
    screen.print(scenario.title, style="bold")
    if scenario.description:
        prose(screen, scenario.description)
    heading(screen, "In equilibrium")
    columns(screen, [[name, short(value), model.measures[name]] for name, value in values.items()])
    heading(screen, f"{model.avoidance_name.capitalize()}: {model.avoidance}")
    prose(
        screen, "entrenched: it happens in the equilibrium" if avoids else "free: it does not happen in the equilibrium"
    )
    if scenario.goal is not None and scenario.goal.threshold is not None:
        reached = "reached" if scenario.goal.reached(model) else "not reached"
        prose(screen, f"goal, {scenario.goal.words(model)}: {reached}")
