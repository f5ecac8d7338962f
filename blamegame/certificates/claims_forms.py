"""Claims about games that are not a table of payoffs: trees, and stochastic games."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from blamegame.certificates.claim_parts import Document, cells_of, game_document, nested, text_of
from blamegame.errors import CertificateError, GameError
from blamegame.games.extensive import ExtensiveGame
from blamegame.games.stationary import events_by_state
from blamegame.games.stochastic import StochasticGame, check_single_stochastic, to_exact_stochastic
from blamegame.games.tree_parts import CHANCE, TERMINAL


@dataclass(frozen=True)
class NoPlayAvoids:
    """In no subgame-perfect equilibrium of this tree, pure or mixed, does play reach one of these ends.

    The certificate holds the whole tree, so that backward induction can be followed by hand. Where a mover is
    indifferent, all that it may do is taken into account; where that leaves the question open, :func:`certify` says so.

    Parameters
    ----------
    game : a tree of perfect information, with chance moves or without
    ends : positions of nodes at which play ends

    Examples
    --------
    >>> from blamegame import Decision, End, certify, grow
    >>> entry = grow(["entrant", "incumbent"], Decision("entrant", {
    ...     "out": End([0, 2]),
    ...     "in": Decision("incumbent", {"fight": End([-1, 0]), "share": End([1, 1])}),
    ... }))
    >>> print(certify(NoPlayAvoids(entry, [3])))
    Proved: In this game of perfect information, no subgame-perfect equilibrium, pure or mixed, reaches (in, fight).
    Rechecked by exact arithmetic alone.
    """

    game: ExtensiveGame
    ends: Any

    def __post_init__(self) -> None:
        if not self.game.perfect_information:
            place = next(place for place in self.game.information_sets if len(place.nodes) > 1)
            raise CertificateError(
                f"NoPlayAvoids is about perfect information, and {self.game.players[place.player]} cannot tell the "
                f"nodes {place.nodes} apart; use NoNashAvoids with reduced_strategic_form(tree)"
            )
        ends = tuple(sorted(set(self.ends)))
        for k in ends:
            if k not in self.game.terminals:
                raise GameError(f"node {k} is not an end of play; an event is a set of positions out of tree.terminals")
        if not ends:
            raise GameError("the event has no end of play, so nothing would be proved")
        object.__setattr__(self, "ends", ends)

    def statement(self) -> Document:
        nodes = {str(k): self._node(k) for k in range(len(self.game.nodes))}
        ends = [[action for _, action in self.game.path(end)] for end in self.ends]
        game = {"players": list(self.game.players), "root": "0", "nodes": nodes}
        return {"kind": "no_play_avoids", "game": game, "ends": ends}

    def proof(self) -> Document:
        return {}

    def _node(self, k: int) -> Document:
        tree, node = self.game, self.game.nodes[k]
        if node.mover == TERMINAL:
            label = tree.outcomes[node.outcome].label if node.outcome >= 0 else ""
            return {"end": label, "payoffs": text_of(tree.totals[k])}
        below = [str(child) for child in node.children]
        if node.mover == CHANCE:
            chance = tree.events[node.place]
            return {
                "chance": chance.label,
                "then": {a: [text_of(p), to] for a, p, to in zip(chance.actions, chance.probabilities, below)},
            }
        place = tree.information_sets[node.place]
        return {"player": tree.players[node.mover], "at": place.label, "then": dict(zip(place.actions, below))}


@dataclass(frozen=True)
class NoMarkovPerfectAvoids:
    """There are Markov-perfect equilibria in pure stationary strategies, and none has the event in the long run.

    The event has no share of the periods in the long run from the start state: it happens in no recurrent state that
    play can come to. Equilibria in *mixed* stationary strategies are not considered. Where there is no pure one at
    all the claim is false, since it would be a sentence about nothing.

    Parameters
    ----------
    game : one stochastic game
    event : event over action profiles, the same in each state, or a list of one boolean array for each state
    start : the state of the first period, by position or name

    Examples
    --------
    >>> from fractions import Fraction
    >>> from blamegame import Scandal, certify
    >>> able = Scandal(authority=1)
    >>> game = able.stochastic_game(Fraction(1, 2))
    >>> print(certify(NoMarkovPerfectAvoids(game, able.avoidance)))  # doctest: +ELLIPSIS
    Proved: In this stochastic game with discount factor 1/2, there is 1 Markov-perfect equilibrium in pure ...
    """

    game: StochasticGame
    event: Any
    start: Any = 0

    def __post_init__(self) -> None:
        check_single_stochastic(self.game, "NoMarkovPerfectAvoids")
        happens = events_by_state(self.game, self.event)
        event = tuple(
            (state, cells_of(stage, cells))
            for state, stage, cells in zip(self.game.states, self.game.stages, happens)
            if cells.any()
        )
        if not event:
            raise GameError("the event has no cell, so nothing would be proved")
        object.__setattr__(self, "event", event)
        object.__setattr__(self, "start", self.game.states[self.game.state_index(self.start)])

    def statement(self) -> Document:
        exact = to_exact_stochastic(self.game)
        stages = []
        for stage, following in zip(exact.stages, exact.transitions):
            parts = game_document(stage)
            stages.append(
                {"actions": parts["actions"], "payoffs": parts["payoffs"], "next": text_of(nested(following))}
            )
        game = {
            "players": list(exact.players),
            "discount": text_of(exact.exact_discount),
            "start": self.start,
            "states": list(exact.states),
            "stages": stages,
        }
        event = {state: [list(cell) for cell in cells] for state, cells in self.event}
        return {"kind": "no_markov_perfect_avoids", "game": game, "event": event}

    def proof(self) -> Document:
        return {}
