"""What a certificate is about, line by line: the numbers to compare with the situation that you mean.

A sentence that is proved says "this game" or "this model". These lines say which: parameter values and their ranges,
the edits of the bundle and of the whole menu, or the payoffs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .budget import Data
from .game import number
from .names import listed, quoted

MOST_NUMBERS = 64  # of a game's payoffs that are printed
SIGNS = {"scale": "x ", "add": "+ ", "floor": "at least "}


def about(claim: Data) -> tuple[str, ...]:
    """Lines about the model and menu, or about the game, of a claim that has been read."""
    if "model" in claim:
        return tuple(model_lines(claim))
    game = claim["game"]
    if "payoffs" in game and "players" in game and len(claim["game"]["players"]) == len(game["payoffs"]):
        return tuple(game_lines(game))
    return ("The game stands in the file",)


def model_lines(claim: Data) -> Iterable[str]:
    model, reforms = claim["model"], claim["reforms"]
    values = (f"{quoted(name)} {interval_text(*numbers)}" for name, numbers in model["parameters"].items())
    yield f"The model has the parameters {', '.join(values)}"
    if "players" in model:
        actions = (f"{quoted(who)}: {listed(labels)}" for who, labels in zip(model["players"], model["actions"]))
        yield f"Its players and their actions are {'; '.join(actions)}"
    bundle = [reform_text(name, reforms[name]) for name in claim["bundle"]]
    yield f"The bundle is {'; '.join(bundle) or 'empty'}"
    rest = [reform_text(name, reforms[name]) for name in reforms if name not in claim["bundle"]]
    yield f"The menu is of {len(reforms)}; besides the bundle it has {'; '.join(rest) or 'nothing'}"


def interval_text(*numbers: Any) -> str:
    """A parameter: its value, or both ends of its interval, and the range that no reform takes it out of."""
    *values, least, most = numbers
    at = number(values[0]) if len(set(values)) == 1 else f"from {number(values[0])} to {number(values[1])}"
    reach = f"at least {number(least)}" if most is None else f"{number(least)} to {number(most)}"
    return f"= {at} ({reach})" if len(set(values)) == 1 else f"{at} ({reach})"


def reform_text(reform: str, edits: list[Any]) -> str:
    parts = (f"{quoted(parameter)} {SIGNS[how]}{number(amount)}" for parameter, how, amount in edits)
    return f"{quoted(reform)} ({', '.join(parts) or 'which edits nothing'})"


def game_lines(game: Data) -> Iterable[str]:
    actions = (f"{quoted(who)}: {listed(labels)}" for who, labels in zip(game["players"], game["actions"]))
    yield f"The players and their actions are {'; '.join(actions)}"
    for who, table in zip(game["players"], game["payoffs"]):
        text = nested_text(table)
        yield f"{quoted(who)} gets {text if text.count(',') < MOST_NUMBERS else 'payoffs that stand in the file'}"


def nested_text(table: Any) -> str:
    return f"[{', '.join(map(nested_text, table))}]" if isinstance(table, list) else str(table)
