"""Claims about a game in extensive form with perfect information: a tree in which all that was done is seen."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from .budget import ZERO, Claims, Data, Finding, Refused, Work
from .names import LONGEST, listed, name, quoted, shown
from .reading import anything, distinct, rational, take

MOST_PLAYERS = 16
MOST_RESULTS = 100_000  # of pure equilibrium play from one node on
NOBODY = -1
Vector = tuple[Fraction, ...]


class Node(NamedTuple):
    """A player's move, chance's move (the mover is nobody, each branch has a share) or an end (no branch, payoffs)."""

    mover: int
    labels: dict[str, int]
    children: list[int]
    shares: list[Fraction]
    payoffs: Vector


def no_play_avoids(claim: Data, proof: Data, work: Work) -> Finding:
    """In no subgame-perfect equilibrium, pure or mixed, does play reach one of these ends with positive probability.

    Backward induction with intervals: for each node, and each player, a least and a largest payoff that equilibrium
    play from there on can give. A mover can choose an action only if its largest payoff there is at least the largest
    of the least payoffs of all its actions, whatever it and others do where they are indifferent. Without ties the
    intervals are points, and this is Zermelo's argument. With ties they may be too wide; then a pure equilibrium that
    reaches the event refutes the claim, and where there is none either, the claim is Refused.
    """
    nodes = tree_of(claim["game"], work)
    ends = {end_at(nodes, path) for path in distinct([tuple(path) for path in claim["ends"]], "ends")}
    sentence = "In this game of perfect information, no subgame-perfect equilibrium, pure or mixed, reaches "
    sentence += ", ".join(path_text(path) for path in claim["ends"])
    possible = possible_actions(nodes, work)
    open_ends = sorted(ends & reached(nodes, possible))
    if not open_ends:
        return sentence, ""
    paths = {end_at(nodes, path): path_text(path) for path in claim["ends"]}
    found = reached_purely(nodes, ends, len(claim["game"]["players"]), work)
    if found >= 0:
        return sentence, f"A subgame-perfect equilibrium in pure strategies reaches {paths[found]}"
    raise Refused(
        f"not decided: no equilibrium in pure strategies reaches {paths[open_ends[0]]}, but one that mixes where a "
        "mover is indifferent might; break the tie"
    )


def possible_actions(nodes: list[Node], work: Work) -> list[list[int]]:
    """For each node the children to which equilibrium play can move, leaves first."""
    low: list[list[Fraction]] = [[] for _ in nodes]
    high: list[list[Fraction]] = [[] for _ in nodes]
    possible: list[list[int]] = [[] for _ in nodes]
    for k, node in reversed(list(enumerate(nodes))):
        if not node.children:
            low[k] = high[k] = list(node.payoffs)
            continue
        if node.mover == NOBODY:
            possible[k] = [child for child, share in zip(node.children, node.shares) if share]
            low[k], high[k] = (mean(node, ends, work) for ends in (low, high))
            continue
        mover, least = node.mover, max(low[child][node.mover] for child in node.children)
        possible[k] = [child for child in node.children if high[child][mover] >= least]
        work.spend(len(node.children) + len(possible[k]) * len(low[node.children[0]]))
        low[k] = [min(x) for x in zip(*(low[child] for child in possible[k]))]
        high[k] = [max(x) for x in zip(*(high[child] for child in possible[k]))]
        low[k][mover] = least
    return possible


def mean(node: Node, payoffs: list[list[Fraction]], work: Work) -> list[Fraction]:
    """Payoffs expected at a chance move."""
    parts = [[work(share * x) for x in payoffs[child]] for child, share in zip(node.children, node.shares)]
    return [work.total(column) for column in zip(*parts)]


def reached(nodes: list[Node], possible: list[list[int]]) -> set[int]:
    """The nodes to which possible actions lead."""
    seen, waiting = {0}, [0]
    while waiting:
        below = possible[waiting.pop()]
        seen.update(below)
        waiting += below
    return seen


def reached_purely(nodes: list[Node], ends: set[int], n_players: int, work: Work) -> int:
    """An end of the event that a pure subgame-perfect equilibrium reaches with positive probability, or -1.

    For each node every result of pure equilibrium play: payoffs, and an end of the event that is reached. A mover can
    be kept at a result worth x where each other action has a result worth x or less to it.
    """
    results: list[set[tuple[Vector, int]]] = [set() for _ in nodes]
    for k, node in reversed(list(enumerate(nodes))):
        below = [results[child] for child in node.children]
        if not node.children:
            results[k] = {(node.payoffs, k if k in ends else -1)}
        elif node.mover == NOBODY:
            sums: set[tuple[Vector, int]] = {((ZERO,) * n_players, -1)}
            for share, part in zip(node.shares, below):
                if not share:
                    continue
                if len(sums) * len(part) > MOST_RESULTS:
                    raise Refused(f"too large: ties under chance moves make more than {MOST_RESULTS} results of play")
                sums = {(added(x, share, y, work), max(a, b)) for (x, a), (y, b) in product(sums, part)}
            results[k] = sums
        else:
            least = max(min(payoffs[node.mover] for payoffs, _ in part) for part in below)
            results[k] = {result for part in below for result in part if result[0][node.mover] >= least}
            work.spend(sum(map(len, below)))
        for child in node.children:
            results[child] = set()
    return max(end for _, end in results[0])


def added(x: Vector, share: Fraction, y: Vector, work: Work) -> Vector:
    return tuple(work(a + share * b) for a, b in zip(x, y))


def tree_of(data: Data, work: Work) -> list[Node]:
    """The nodes in an order in which a node comes before those below it; the first is the root."""
    players = distinct(data["players"], "players")
    if len(players) > MOST_PLAYERS:
        raise Refused(f"there are more than {MOST_PLAYERS} players")
    named, order, numbers = data["nodes"], [data["root"]], {data["root"]: 0}
    nodes: list[Node] = []
    for called in order:  # grows as it goes
        if called not in named:
            raise Refused(f"{shown(called)} is not a node of this tree")
        node, below = node_of(named[called], players, f"node {quoted(called)}", work)
        if len(node.payoffs) != (0 if below else len(players)):
            raise Refused(f"node {quoted(called)} does not say for each player what it gets")
        for child in below:
            if child in numbers:
                raise Refused(f"node {quoted(child)} is reached in two ways, so that this is not a tree")
            numbers[child] = len(order)
            node.children.append(numbers[child])
            order.append(child)
        nodes.append(node)
    if len(order) < len(named):
        raise Refused("some nodes are not connected with the root")
    return nodes


def node_of(data: Any, players: list[str], where: str, work: Work) -> tuple[Node, list[str]]:
    """A node by itself, and the names of those below it."""
    keys = set(data) if isinstance(data, dict) else set()
    if keys == set(LAST):
        return Node(NOBODY, {}, [], [], tuple(take(data, LAST, where)["payoffs"])), []
    if keys == set(NATURE):
        branches = take(data, NATURE, where)["then"]
        shares = [share for share, _ in branches.values()]
        if min(shares, default=ZERO) < 0 or work.total(shares) != 1:
            raise Refused(f"{where} does not give the probabilities of a chance move")
        return Node(NOBODY, numbered(branches), [], shares, ()), [child for _, child in branches.values()]
    branches = take(data, MOVE, where)["then"]
    if data["player"] not in players or not branches:
        raise Refused(f"{where} is of no player, or without actions")
    return Node(players.index(data["player"]), numbered(branches), [], [], ()), list(branches.values())


def numbered(branches: Data) -> dict[str, int]:
    return {label: k for k, label in enumerate(branches)}


def end_at(nodes: list[Node], path: Iterable[str]) -> int:
    """The end to which a path of actions leads."""
    k = 0
    for label in path:
        if label not in nodes[k].labels:
            raise Refused(f"there is no action {quoted(label)} on the way to an end of the event")
        k = nodes[k].children[nodes[k].labels[label]]
    if nodes[k].children:
        raise Refused(f"{path_text(path)} does not lead to an end of play")
    return k


def path_text(path: Iterable[str]) -> str:
    return f"({listed(path)})"


def remark(data: Any) -> str:
    """A label for people, which may be missing. It is never printed, so that it may be anything printable."""
    if not isinstance(data, str) or not data.isprintable() or len(data) > LONGEST:
        raise Refused(f"{shown(data)} is not a printable label")
    return data


MOVE = {"player": name, "at": remark, "then": {name: name}}
NATURE = {"chance": remark, "then": {name: (rational, name)}}
LAST = {"end": remark, "payoffs": [rational]}
TREE = {"players": [name], "root": name, "nodes": {name: anything}}
CLAIMS: Claims = {"no_play_avoids": (no_play_avoids, {"game": TREE, "ends": [[name]]}, {})}
