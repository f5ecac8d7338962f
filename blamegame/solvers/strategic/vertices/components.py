"""Structure of the equilibrium set of a two-player game: maximal Nash subsets and connected components."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from blamegame.deadline import Deadline

Positions = tuple[tuple[int, ...], ...]


def equilibrium_components(
    pairs: Sequence[tuple[Hashable, Hashable]], *, time_limit: float | Deadline | None = None
) -> tuple[Positions, Positions]:
    """Components and maximal Nash subsets of the equilibrium set, from *all* extreme equilibria.

    Parameters
    ----------
    pairs : one (strategy of player 1, strategy of player 2) for each extreme equilibrium
        Strategies may be any hashable values; equal strategies must compare equal.
    time_limit : seconds, or a deadline; optional
        After it no subsets are returned (components always are).

    Returns
    -------
    (components, subsets) : tuples of ascending positions in ``pairs``
        Components partition the positions. A subset lists the vertices of one maximal set X x Y of exchangeable
        equilibria; every equilibrium lies in one of them, and subsets overlap where they touch.

    Notes
    -----
    Join the strategies of each extreme equilibrium by an edge. The maximal Nash subsets are the maximal complete
    bipartite subgraphs of this graph, and the connected components of the equilibrium set are its components.

    References
    ----------
    Winkels (1979); Jansen (1981), "Maximal Nash subsets for bimatrix games". Avis et al. (2010), section 5.

    Examples
    --------
    Three pairs of which the first two share a strategy:

    >>> equilibrium_components([("a", "x"), ("a", "y"), ("b", "z")])
    (((0, 1), (2,)), ((0, 1), (2,)))
    """
    if _nothing_shared(pairs):
        alone = tuple((position,) for position in range(len(pairs)))
        return alone, alone
    import networkx as nx

    at = {pair: position for position, pair in enumerate(pairs)}
    graph = nx.Graph((((0, x), (1, y)) for x, y in pairs))
    components = []
    subsets: list[tuple[int, ...]] = []
    deadline = Deadline.of(time_limit)
    late = False
    for nodes in nx.connected_components(graph):
        part = [(x, y) for (side, x) in nodes if side == 0 for (_, y) in graph[(0, x)]]
        components.append(tuple(sorted(at[pair] for pair in part)))
        sides = tuple([node for node in nodes if node[0] == side] for side in (0, 1))
        if len(part) == len(sides[0]) * len(sides[1]):  # the whole component is one product
            subsets.append(components[-1])
            continue
        joined = graph.subgraph(nodes).copy()
        for side in sides:
            joined.add_edges_from((a, b) for k, a in enumerate(side) for b in side[:k])
        for clique in nx.find_cliques(joined):
            late = deadline.over
            if late:
                break
            xs = [x for side, x in clique if side == 0]
            ys = [y for side, y in clique if side == 1]
            if xs and ys:
                subsets.append(tuple(sorted(at[x, y] for x in xs for y in ys)))
    return tuple(sorted(components)), () if late else tuple(sorted(subsets))


def _nothing_shared(pairs: Sequence[tuple[Hashable, Hashable]]) -> bool:
    """Whether no two equilibria share a strategy, as in every nondegenerate game."""
    return all(len({pair[side] for pair in pairs}) == len(pairs) for side in (0, 1))
