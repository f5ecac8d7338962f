"""Reader of Gambit's extensive game files (.efg): iterative, exact, and bounded before anything is allocated.

Grammar (white space and commas separate; both matter only inside quotes)::

    EFG 2 (R|D) "title" { "player" ... } ["comment"] NODE NODE ...      nodes in preorder
    NODE = c "label" EVENT    ["label" { "action" 1/2 ... }] OUTCOME    chance
         | p "label" PLAYER SET ["label" { "action" ... }]   OUTCOME    a player, 1 for the first
         | t "label"                                         OUTCOME    the end of play
    OUTCOME = 0 | NUMBER ["label" { 1, 2 ... }]                         payoffs add up along the path

Numbers of events, information sets (within their player) and outcomes are any positive integers; what stands in square
brackets is given where the number first occurs, and later left out or repeated as it was.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

from blamegame.errors import GameError, GameFileError
from blamegame.formats.nfg import distinct
from blamegame.formats.number import MOST_COMMON_DIGITS, bounded_sum, common_denominator
from blamegame.formats.source import MOST_PLAYERS, Source, load_source
from blamegame.formats.tokens import Tokens
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.tree_parts import CHANCE, NONE, TERMINAL, Move

MOST_NODES = 500_000
"""Nodes of the largest tree that is read, and payoffs and action labels of its outcomes and information sets."""
_IS_TEXT = re.compile(r"\n|\A\ufeff?\s*EFG\s")


def read_efg(text_or_path: str | Path) -> ExtensiveGame:
    """The tree of an .efg file, given as text or as the path to it; every number is read exactly, every label kept.

    Information sets, events and outcomes are renumbered in the order in which they occur. Labels of players, and of
    actions within an information set, must differ: where a file repeats one, each gets ``_1``, ``_2``, ... appended.
    A tree with imperfect recall is read; solvers will refuse it.

    Raises
    ------
    GameFileError
        With line and column, for anything that is not such a file.

    References
    ----------
    Gambit documentation, "The extensive game (.efg) file format".

    Examples
    --------
    >>> tree = read_efg('EFG 2 R "" { "A" "B" } p "" 1 1 "" { "in" "out" } 0 t "" 1 "" { 1, 2.5 } t "" 0')
    >>> tree.totals[1], tree.totals[2]
    ((Fraction(1, 1), Fraction(5, 2)), (Fraction(0, 1), Fraction(0, 1)))
    >>> read_efg('EFG 2 R "" { "A" } p "" 2')
    Traceback (most recent call last):
        ...
    blamegame.errors.GameFileError: .efg text, line 1, column 25: player 2; the file names 1
    """
    return _Reader(load_source(text_or_path, is_text=_IS_TEXT, kind=".efg")).tree()


class _Reader(Tokens):
    """A place in the file, and what has been read so far."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.moves: list[Move] = []
        self.sets: dict[tuple[int, int], tuple[int, str, tuple[str, ...]]] = {}
        self.set_number: dict[tuple[int, int], int] = {}
        self.events: dict[int, tuple[str, tuple[str, ...], tuple[Fraction, ...]]] = {}
        self.event_number: dict[int, int] = {}
        self.outcomes: dict[int, tuple[str, tuple[Fraction, ...]]] = {}
        self.outcome_number: dict[int, int] = {}
        self.allocated = 0

    def tree(self) -> ExtensiveGame:
        self.header()
        wanted = 1  # nodes that actions already read still lead to
        while wanted:
            if not self.word:
                raise self.error(
                    f"the file ends after {len(self.moves)} nodes, {wanted} more are needed"
                    if self.string is None
                    else "expected a node: c, p or t, found a text in quotes"
                )
            if len(self.moves) == MOST_NODES:
                raise self.error(f"more than {MOST_NODES} nodes; no more are read")
            wanted += self.node() - 1
            if wanted + len(self.moves) > MOST_NODES:
                raise self.error(f"the actions so far lead to more than {MOST_NODES} nodes; no more are read")
        if self.word or self.string is not None:
            raise self.error(f"expected the end of the file after {len(self.moves)} nodes, found {self.shown()}")
        try:
            tree = ExtensiveGame(
                self.players,
                self.moves,
                list(self.sets.values()),
                list(self.events.values()),
                list(self.outcomes.values()),
                self.title,
                self.comment,
            )
        except GameError as error:  # pragma: no cover  # everything was checked with its place in the file
            raise GameFileError(f"{self.source.name}: {error}") from None
        self.refuse_endless_totals(tree)
        return tree

    def refuse_endless_totals(self, tree: ExtensiveGame) -> None:
        """Payoffs add up along a path: refuse those whose sums would have numbers far longer than the file's own."""
        below = [_common_denominator_of(outcome.payoffs) for outcome in tree.outcomes]
        common: list[int] = []
        for node in tree.nodes:
            before: int | None = 1 if node.parent == NONE else common[node.parent]
            if node.outcome != NONE and before is not None:
                part = below[node.outcome]
                before = None if part is None else common_denominator(before, part)
            if before is None:
                raise GameFileError(
                    f"{self.source.name}: the payoffs on the way to node {len(common) + 1} have a common denominator "
                    f"of more than {MOST_COMMON_DIGITS} digits; no such numbers are added up"
                )
            common.append(before)

    def header(self) -> None:
        for expected in ("EFG", "2", "RD"):
            if not self.word or self.word not in (tuple(expected) if expected == "RD" else (expected,)):
                raise self.error(f"expected {' or '.join(expected) if expected == 'RD' else expected}")
            self.advance()
        self.title = self.text_of("the title in quotes")
        start = self.start
        names = self.labels("the players", MOST_PLAYERS)
        if not names:
            raise self.error(f"no players; 1 to {MOST_PLAYERS} are read", start)
        self.players = distinct(names)
        self.comment = "" if self.string is None else self.text_of("the comment in quotes")

    def node(self) -> int:
        """Read one node; returns its number of actions."""
        kind = self.word
        if kind not in ("c", "p", "t"):
            raise self.error(f"expected a node: c, p or t, found {self.shown()}")
        self.advance()
        label = self.text_of("the node's label in quotes")
        mover, place, width = TERMINAL, NONE, 0
        if kind == "c":
            mover, (place, width) = CHANCE, self.event()
        elif kind == "p":
            start = self.start
            mover = self.integer("the player's number") - 1
            if not 0 <= mover < len(self.players):
                raise self.error(f"player {mover + 1}; the file names {len(self.players)}", start)
            place, width = self.information_set(mover)
        self.moves.append((mover, place, self.outcome(), label))
        return width

    def information_set(self, player: int) -> tuple[int, int]:
        start = self.start
        key = (player, self.positive("the information set's number"))
        given = self.description(lambda: self.labels("the actions"))
        if given is not None:
            label, actions = given
            self.allocate(len(actions))
            described = (player, label, distinct(actions))
            if not actions:
                raise self.error(f"information set {key[1]} of player {player + 1} has no actions", start)
            if self.sets.setdefault(key, described) != described:
                raise self.error(
                    f"information set {key[1]} of player {player + 1} was described differently before", start
                )
        elif key not in self.sets:
            raise self.error(f"information set {key[1]} of player {player + 1} has no actions yet", start)
        return self.set_number.setdefault(key, len(self.set_number)), len(self.sets[key][2])

    def event(self) -> tuple[int, int]:
        start = self.start
        key = self.positive("the chance event's number")
        given = self.description(self.chances)
        if given is not None:
            label, (actions, shares) = given
            self.allocate(len(actions))
            if not actions:
                raise self.error(f"chance event {key} has no actions", start)
            described = (label, distinct(actions), shares)
            if self.events.get(key) != described and (problem := _problem_with_chances(shares)):
                raise self.error(
                    f"the probabilities of chance event {key} {problem}; they must be >= 0 and sum to 1", start
                )
            if self.events.setdefault(key, described) != described:
                raise self.error(f"chance event {key} was described differently before", start)
        elif key not in self.events:
            raise self.error(f"chance event {key} has no actions yet", start)
        return self.event_number.setdefault(key, len(self.event_number)), len(self.events[key][1])

    def outcome(self) -> int:
        start = self.start
        key = self.integer("the outcome's number")
        given = self.description(self.payoffs)
        if key == 0:
            if given is not None:
                raise self.error("outcome 0 is none at all; it has no label and no payoffs", start)
            return NONE
        if given is not None:
            label, payoffs = given
            self.allocate(len(payoffs))
            if len(payoffs) != len(self.players):
                raise self.error(f"outcome {key} has {len(payoffs)} payoffs for {len(self.players)} players", start)
            if self.outcomes.setdefault(key, (label, payoffs)) != (label, payoffs):
                raise self.error(f"outcome {key} was described differently before", start)
        elif key not in self.outcomes:
            raise self.error(f"outcome {key} has no payoffs yet", start)
        return self.outcome_number.setdefault(key, len(self.outcome_number))

    def description(self, body: Any) -> Any:
        """``(label, body)`` where a label or a brace follows, else None; the label alone may be left out."""
        if self.string is None and self.word != "{":
            return None
        label = "" if self.string is None else self.text_of("a label")
        return label, body()

    def chances(self) -> tuple[list[str], tuple[Fraction, ...]]:
        self.brace("{", "{ and the actions with their probabilities")
        actions: list[str] = []
        shares = []
        while self.word != "}":
            actions.append(self.text_of("another action in quotes, or }"))
            shares.append(self.number("its probability"))
        self.advance()
        return actions, tuple(shares)

    def payoffs(self) -> tuple[Fraction, ...]:
        self.brace("{", "{ and the payoffs")
        out: list[Fraction] = []
        while self.word != "}":
            if len(out) == len(self.players):
                raise self.error(f"expected }} after {len(out)} payoffs, one for each player, found {self.shown()}")
            out.append(self.number("a payoff, or }"))
        self.advance()
        return tuple(out)

    def labels(self, what: str, most: int = MOST_NODES) -> list[str]:
        self.brace("{", f"{{ and the labels of {what}")
        out: list[str] = []
        while self.string is not None:
            if len(out) == most:
                raise self.error(f"more than {most} labels of {what}; no more are read")
            out.append(self.text_of(""))
        self.brace("}", f"another label of {what} in quotes, or }}")
        return out

    def allocate(self, count: int) -> None:
        self.allocated += count
        if self.allocated > 4 * MOST_NODES:
            raise self.error(f"more than {4 * MOST_NODES} payoffs and action labels; no more are read")


def _problem_with_chances(shares: tuple[Fraction, ...]) -> str:
    if min(shares) < 0:
        return "are not all >= 0"
    total = bounded_sum(shares)
    if total is None:
        return f"have a common denominator of more than {MOST_COMMON_DIGITS} digits, which is not added up"
    if total == 1:
        return ""
    short = total.numerator.bit_length() + total.denominator.bit_length() < 200
    return f"sum to {total}" if short else "do not sum to 1"


def _common_denominator_of(payoffs: tuple[Fraction, ...]) -> int | None:
    """Common denominator of one outcome's payoffs; None where it is too long to be used."""
    common: int | None = 1
    for payoff in payoffs:
        common = None if common is None else common_denominator(common, payoff.denominator)
    return common
