"""A solution in plain words: who does what, what it pays, and who would gain what by deviating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blamegame.games.responses import action_values
from blamegame.games.strategic import Profile, StrategicGame
from blamegame.games.table import format_number
from blamegame.solvers.solution import Solution

_CONCEPTS = {"nash": "Nash equilibrium", "pure_nash": "pure Nash equilibrium"}
_TIE = 1e-12  # of the payoff scale: below this a difference in a float64 game is rounding


def explain(solution: Solution) -> str:
    """Each equilibrium in words, with expected payoffs and each player's best deviation, and how they hang together.

    Players and actions keep their labels. Payoffs are in the units of the game. In a ``float64`` game a difference
    within rounding (1e-12 of the largest payoff) is called a tie; in an exact game ties are ties.

    Examples
    --------
    >>> from blamegame.solvers.strategic.pure import pure_nash
    >>> game = StrategicGame([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ("Ann", "Bob"), [("stay", "talk")] * 2)
    >>> print(explain(pure_nash(game)))
    One pure Nash equilibrium (complete for pure strategies: 1 of 4 cells are equilibria).
    <BLANKLINE>
    Equilibrium 1
      Ann plays talk and expects 1. Ann would lose 1 by playing stay instead.
      Bob plays talk and expects 1. Bob would lose 1 by playing stay instead.
    """
    parts = [_headline(solution)]
    for number, profile in enumerate(solution.equilibria, start=1):
        lines = [f"Equilibrium {number}"]
        lines += [f"  {_player(solution.game, profile, i)}" for i in range(solution.game.n_players)]
        parts.append("\n".join(lines))
    notes = _component_notes(solution)
    if notes:
        parts.append("\n".join(notes))
    return "\n\n".join(parts)


def _headline(solution: Solution) -> str:
    name = _CONCEPTS.get(solution.concept, f"{solution.concept.replace('_', ' ')} equilibrium")
    plural = name.replace("equilibrium", "equilibria")
    count = len(solution.equilibria)
    counted = "No " + name if not count else "One " + name if count == 1 else f"{count} {plural}"
    if solution.subsets and len(solution.subsets) < count:
        counted += ", extreme points of larger sets"
    text = f"{counted} ({solution.status})."
    return text if solution.complete else f"{text}\nNot complete: there may be others."


def _player(game: StrategicGame, profile: Profile, player: int) -> str:
    name, labels = game.players[player], game.actions[player]
    strategy = profile[player].tolist()
    values = action_values(game, player, profile).tolist()
    played = [k for k, p in enumerate(strategy) if p > 0]
    payoff = sum(p * v for p, v in zip(strategy, values))
    if len(played) == 1:
        doing = f"plays {labels[played[0]]}"
    else:
        doing = "plays " + _listed(f"{labels[k]} with probability {format_number(strategy[k])}" for k in played)
    text = f"{name} {doing} and expects {format_number(payoff)}."
    others = [k for k in range(len(labels)) if len(played) > 1 or k != played[0]]
    if not others:
        return f"{text} {name} has no other action."
    unused = [k for k in others if k not in played]
    gains = {k: _difference(game, player, values[k] - payoff) for k in others}
    if len(played) > 1 and all(gains[k] == 0 for k in played):
        text += f" Between these {name} is indifferent."
        if not unused:
            return text
        others = unused
    best = max(gains[k] for k in others)
    which = _listed((labels[k] for k in others if gains[k] == best), "or")
    if best == 0:
        return f"{text} {name} would neither gain nor lose by playing {which} instead."
    verb = "gain" if best > 0 else "lose"
    return f"{text} {name} would {verb} {format_number(abs(best))} by playing {which} instead."


def _difference(game: StrategicGame, player: int, difference: Any) -> Any:
    if game.exact and not isinstance(difference, float):
        return difference
    scale = max(abs(float(game.payoffs[player].max())), abs(float(game.payoffs[player].min())))
    return 0.0 if abs(difference) <= _TIE * scale else difference


def _component_notes(solution: Solution) -> list[str]:
    notes = []
    for component in solution.components:
        if len(component) == 1:
            continue
        inside = [subset for subset in solution.subsets if set(subset) <= set(component)]
        everyone = _numbered(component)
        if inside == [component]:
            notes.append(
                f"Equilibria {everyone} are the corners of one set: any mixture of a player's strategies in them, "
                "against any such mixture of the other, is an equilibrium too."
            )
        elif inside:
            sets = _listed("{" + ", ".join(str(k + 1) for k in subset) + "}" for subset in inside)
            notes.append(
                f"Equilibria {everyone} are connected: within each of the sets {sets} any mixture of a player's "
                "strategies, against any such mixture of the other, is an equilibrium too."
            )
        else:
            notes.append(f"Equilibria {everyone} are connected through further equilibria between them.")
    return notes


def _numbered(positions: Sequence[int]) -> str:
    return _listed(str(position + 1) for position in positions)


def _listed(items: Any, word: str = "and") -> str:
    texts = list(items)
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"
