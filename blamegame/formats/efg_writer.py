"""Writer of Gambit's extensive game files (.efg): one line per node, nothing of the tree is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from blamegame.errors import GameFileError
from blamegame.formats.number import number_text
from blamegame.formats.source import MOST_BYTES
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL

# A backslash stays as it is, as Gambit's reader expects, unless what follows would change its meaning.
_NEEDS_ESCAPE = re.compile(r'"|\\(?=["\\]|\Z)')


def write_efg(tree: ExtensiveGame) -> str:
    """``tree`` as the text of an .efg file, which :func:`read_efg` reads back as an equal tree.

    Information sets are numbered within their player; each line repeats what it describes, as Gambit's own do.

    Raises
    ------
    GameFileError
        For numbers or trees too long for a file that could be read back.

    Examples
    --------
    >>> from blamegame.formats.efg import read_efg
    >>> from blamegame.games.grow import Decision, End, grow
    >>> tree = grow(["A", "B"], Decision("A", {"in": End([1, 2]), "out": End([0, 1])}), title="entry")
    >>> print(write_efg(tree), end="")
    EFG 2 R "entry" { "A" "B" }
    ""
    <BLANKLINE>
    p "" 1 1 "" { "in" "out" } 0
    t "" 1 "" { 1, 2 }
    t "" 2 "" { 0, 1 }
    >>> read_efg(write_efg(tree)) == tree
    True
    """
    try:
        outcomes = [
            f"{k} {_quoted(label)} {{ {', '.join(map(number_text, payoffs))} }}"
            for k, (label, payoffs) in enumerate(tree.outcomes, start=1)
        ]
        events = [
            f"{k} {_quoted(label)} {{ {' '.join(f'{_quoted(a)} {number_text(p)}' for a, p in zip(actions, shares))} }}"
            for k, (label, actions, shares, _) in enumerate(tree.events, start=1)
        ]
    except ValueError as error:
        raise GameFileError(f"write_efg: {error}") from None
    count = [0] * tree.n_players
    sets = []
    for player, label, actions, _ in tree.information_sets:
        count[player] += 1
        sets.append(f"{player + 1} {count[player]} {_quoted(label)} {{ {_joined(actions)} }}")
    lines = [f"EFG 2 R {_quoted(tree.title)} {{ {_joined(tree.players)} }}", _quoted(tree.comment), ""]
    size = 0
    for node in tree.nodes:
        outcome = "0" if node.outcome == NONE else outcomes[node.outcome]
        if node.mover == TERMINAL:
            line = f"t {_quoted(node.label)} {outcome}"
        elif node.mover == CHANCE:
            line = f"c {_quoted(node.label)} {events[node.place]} {outcome}"
        else:
            line = f"p {_quoted(node.label)} {sets[node.place]} {outcome}"
        lines.append(line)
        size += len(line) + 1
        if size > MOST_BYTES:
            raise GameFileError(f"write_efg: the tree needs more than {MOST_BYTES} characters, the most that is read")
    return "\n".join([*lines, ""])


def _quoted(label: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", label) + '"'


def _joined(labels: Iterable[str]) -> str:
    return " ".join(_quoted(label) for label in labels)
