"""Kuhn's poker: three cards, one bet; the value to the first player is -1/18.

Kuhn (1950), "A simplified two-person poker", Contributions to the Theory of Games 1, pages 97-103.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from blamegame.games.grow import Chance, Decision, End, grow
from blamegame.solvers.extensive.reduced_form import reduced_strategic_form
from blamegame.solvers.extensive.sequence_form import sequence_form_nash
from blamegame.solvers.strategic.zero_sum import zero_sum


def poker():
    def end(amount, mine, yours):
        won = amount if mine > yours else -amount
        return End([won, -won])

    def deal(mine, yours):
        answer = Decision("1", {"pass": End([-1, 1]), "bet": end(2, mine, yours)}, known_as=("later", mine))
        after_pass = Decision("2", {"pass": end(1, mine, yours), "bet": answer}, known_as=("after pass", yours))
        after_bet = Decision("2", {"pass": End([1, -1]), "bet": end(2, mine, yours)}, known_as=("after bet", yours))
        then = {"pass": after_pass, "bet": after_bet}
        return Decision("1", then, known_as=("start", mine), label=f"start with {mine}")

    deals = {f"{mine}{yours}": (Fraction(1, 6), deal(mine, yours)) for mine, yours in permutations((1, 2, 3), 2)}
    return grow(["1", "2"], Chance(deals))


def test_the_value_is_minus_one_eighteenth_by_the_sequence_form_and_by_the_reduced_form():
    tree = poker()
    assert len(tree.terminals) == 30 and tree.recall.counts == (13, 13)
    assert sequence_form_nash(tree).payoffs == ((Fraction(-1, 18), Fraction(1, 18)),)
    game = reduced_strategic_form(tree)
    assert game.n_actions == (27, 64)
    assert zero_sum(game).value == Fraction(-1, 18)


def test_the_first_player_bluffs_with_the_lowest_card_a_third_as_often_as_it_bets_the_highest():
    tree = poker()
    (profile,) = sequence_form_nash(tree).equilibria
    bets = {place.label: strategy[1] for place, strategy in zip(tree.information_sets, profile)}
    assert 0 <= bets["start with 1"] <= Fraction(1, 3)
    assert bets["start with 3"] == 3 * bets["start with 1"] and bets["start with 2"] == 0
