"""Writer of Gambit's strategic game files (.nfg): outcome form keeps every label, payoff form keeps none."""

from __future__ import annotations

import re

import numpy as np

from blamegame.errors import GameFileError
from blamegame.formats.number import number_text
from blamegame.formats.source import MOST_PAYOFFS, MOST_PLAYERS
from blamegame.games.strategic import StrategicGame, check_single

# A backslash stays as it is, as Gambit's reader expects, unless what follows would change its meaning.
_NEEDS_ESCAPE = re.compile(r'"|\\(?=["\\]|\Z)')


def write_nfg(game: StrategicGame, *, title: str = "") -> str:
    """``game`` as the text of an .nfg file in outcome form, one outcome per cell; nothing of the game is lost.

    Exact payoffs are written as rationals. A float is written as the shortest decimal that gives the same float back,
    and read as that decimal. Gambit itself refuses labels with control characters or stray spaces.

    >>> from blamegame.formats.nfg import read_nfg
    >>> game = StrategicGame([[[3, 0]], [[1, 2]]], ("upper", "lower"), (("push",), ("work", 'say "no"')))
    >>> read_nfg(write_nfg(game)) == game
    True
    """
    table = _table(game, "write_nfg")
    actions = "\n".join(f"{{ {_quoted(labels)} }}" for labels in game.actions)
    outcomes = "\n".join(f'{{ "" {", ".join(row)} }}' for row in table)
    order = " ".join(str(k + 1) for k in range(len(table)))
    return f"{_head(game, title)}\n\n{{ {actions}\n}}\n\n{{\n{outcomes}\n}}\n{order}\n"


def write_nfg_payoffs(game: StrategicGame, *, title: str = "") -> str:
    """``game`` as the text of an .nfg file in payoff form: short, read by old programs, without action labels.

    >>> print(write_nfg_payoffs(StrategicGame([[[3, 0]], [[1, 2]]])), end="")
    NFG 1 R "" { "1" "2" }
    { 1 2 }
    <BLANKLINE>
    3 1
    0 2
    """
    table = _table(game, "write_nfg_payoffs")
    sizes = " ".join(str(n) for n in game.n_actions)
    return "\n".join([_head(game, title), f"{{ {sizes} }}", "", *(" ".join(row) for row in table), ""])


def _head(game: StrategicGame, title: str) -> str:
    return f"NFG 1 R {_quoted([title])} {{ {_quoted(game.players)} }}"


def _quoted(labels: tuple[str, ...] | list[str]) -> str:
    return " ".join('"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", label) + '"' for label in labels)


def _table(game: StrategicGame, caller: str) -> list[list[str]]:
    """Payoffs as text, one row per cell, player 1 fastest."""
    check_single(game, caller)
    if game.payoffs.size > MOST_PAYOFFS or game.n_players > MOST_PLAYERS:
        raise GameFileError(
            f"{caller}: {game.payoffs.size} payoffs of {game.n_players} players; "
            f"files hold at most {MOST_PAYOFFS} payoffs and {MOST_PLAYERS} players"
        )
    cells = np.array([game.payoffs[i].ravel(order="F") for i in range(game.n_players)], dtype=object).T
    try:
        return [[number_text(value) for value in row] for row in cells.tolist()]
    except ValueError as error:
        raise GameFileError(f"{caller}: {error}") from None
