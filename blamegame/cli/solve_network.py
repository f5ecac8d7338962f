"""What ``blamegame solve`` shows of a hierarchy: its least and greatest equilibrium, tier by tier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from blamegame.concepts import Concept
    from blamegame.scenario import Scenario


def as_json(scenario: Scenario, chosen: Concept | None) -> dict[str, Any]:
    """The equilibria and the range as JSON values."""
    from blamegame.cli.concept_range import as_json_of
    from blamegame.cli.screen import number

    model: Any = scenario.model
    solution, equilibria = _solved(scenario)
    return {
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
        "avoidance": as_json_of(_range(scenario, chosen)),
    }


def show(screen: Console, scenario: Scenario, chosen: Concept | None) -> None:
    """The same on the screen."""
    from blamegame.cli.screen import columns, heading, prose, short
    from blamegame.cli.solve import meaning

    model: Any = scenario.model
    solution, equilibria = _solved(scenario)
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
    found = _range(scenario, chosen)
    heading(screen, "Share of mandates in mutual avoidance, over every Nash, correlated and rationalizable outcome")
    prose(screen, str(found))
    prose(screen, f"{found.status}: {meaning(found.status, model.avoidance_name)}")


def _range(scenario: Scenario, chosen: Concept | None) -> Any:
    from blamegame.answers.avoidance import avoidance_of_model

    concept = chosen or scenario.concept or scenario.model.default_concept()
    return avoidance_of_model(scenario.model, concept)


def _solved(scenario: Scenario) -> tuple[Any, list[dict[str, Any]]]:
    from blamegame.solvers.network.network_equilibria import network_equilibria
    from blamegame.solvers.network.share_range import event_share

    model: Any = scenario.model
    solution = network_equilibria(model.network_game())
    equilibria = [
        {"avoidance": event_share(solution, profile, model.avoidance), "tiers": model.action_shares(profile)}
        for profile in solution.equilibria
    ]
    return solution, equilibria


def _mandates(share: Any) -> str:
    from blamegame.cli.screen import short

    return {0: "no mandate", 1: "every mandate"}.get(share, f"{short(share)} of the mandates")
