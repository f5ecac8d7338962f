from __future__ import annotations

from fractions import Fraction

import numpy as np

from blamegame.games.extensive import ExtensiveGame
from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.games.tree_parts import NONE, TERMINAL
from blamegame.games.tree_text import depths, positions


def sample():
    coin = Chance(
        {"up": (Fraction(1, 4), End([1, 0])), "down": (Fraction(3, 4), End([0, 1], label="lost"))}, label="coin"
    )
    return grow(["A", "B"], Decision("A", {"in": coin, "out": End([0, 0])}, label="start"))


def test_the_drawing_shows_movers_labels_chances_and_payoffs():
    assert str(sample()).splitlines() == [
        "A: start",
        "├─ in → chance: coin",
        "│  ├─ up (0.25) → (1, 0)",
        "│  └─ down (0.75) → (0, 1) lost",
        "└─ out → (0, 0)",
    ]


def test_a_large_or_deep_tree_is_summarised():
    wide = ExtensiveGame(
        ["A"], [(0, 0, NONE, ""), *[(TERMINAL, NONE, NONE, "")] * 2500], [(0, "", map(str, range(2500)))]
    )
    assert "too large to print: 2501 nodes, 1 moves deep" in str(wide)
    node = End([0])
    for _ in range(61):
        node = Decision("A", {"on": node})
    assert "too large to print: 62 nodes, 61 moves deep" in str(grow(["A"], node))


def test_positions_put_ends_side_by_side_and_parents_above_their_children():
    tree = sample()
    where = positions(tree)
    assert depths(tree).tolist() == [0, 1, 2, 2, 1]
    assert where[:, 1].tolist() == [0, -1, -2, -2, -1]
    assert np.array_equal(where[list(tree.terminals), 0], [0, 1, 2])
    assert where[1, 0] == 0.5 and where[0, 0] == (0.5 + 2) / 2
