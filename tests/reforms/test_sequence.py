"""The cheapest sequence against every sequence, and its proof against tampering."""

import dataclasses
import itertools
import pickle
import random
from fractions import Fraction
from types import MappingProxyType

import pytest

from blamegame import CATALOGUE, Reform, load, removes, unique
from blamegame.errors import ReformError
from blamegame.reforms.adjustment import adjust
from blamegame.reforms.reform import apply
from blamegame.reforms.sequence import Span, cheapest_sequence
from blamegame.reforms.sequence_proof import is_cheapest

AW, PE, PF = (0, 0), (1, 1), (1, 2)
REGIMES = ("trap", "paper_trap", "chicken", "avoidance", "collusion", "cycle", "paper", "dumping")


def random_menu(rng, size=5):
    """Reforms of one or two edits each, of the catalogue or made up, with small whole or half prices."""
    menu = []
    for k in range(size):
        cost = Fraction(rng.randint(0, 6), 2)
        if rng.random() < 0.5:
            menu.append(Reform(f"r{k}", rng.choice(CATALOGUE).edits, cost))
        else:
            names = rng.sample(
                ["authority", "tolerance", "diffusion", "escalation_shield", "accountability", "cost_assist"], 2
            )
            menu.append(
                Reform(
                    f"r{k}",
                    {
                        name: {"scale": Fraction(rng.randint(0, 6), 4), "add": Fraction(rng.randint(-1, 2), 4)}
                        for name in names
                    },
                    cost,
                )
            )
    return menu


def cheapest_of_all(model, menu, start, good, keep, longest):
    """Every sequence of single adoptions and withdrawals up to ``longest`` periods, written out."""
    known = {}

    def after(names, plays):
        key = names, plays
        if key not in known:
            table = apply(model.exact(), [r for r in menu if r.name in names])
            known[key] = frozenset(cell for at in plays for cell in adjust(table, at).plays)
        return known[key]

    best = None
    for length in range(longest + 1):
        for toggles in itertools.product(menu, repeat=length):
            names, plays, cost = frozenset(), frozenset([start]), Fraction(0)
            for reform in toggles:
                names = names ^ {reform.name}
                plays = after(names, plays)
                cost += sum(r.cost for r in menu if r.name in names)
            if keep is None and names:
                continue
            cost += sum(r.cost for r in menu if r.name in names) * (keep or 0)
            if good(plays) and after(names, plays) == plays and (best is None or cost < best):
                best = cost
    return best


@pytest.mark.parametrize("block", range(4))
def test_no_sequence_up_to_four_periods_is_cheaper_in_random_menus_of_five(block):
    rng = random.Random(block)
    found_some = 0
    for _ in range(50):
        model = load(rng.choice(REGIMES)).model
        menu, start = random_menu(rng), (rng.randint(0, 1), rng.randint(0, 2))
        keep = rng.choice([None, 0, 2])
        goal, bad = rng.choice(
            [(removes(), {PE, PF}), (unique(("assist", "work")), {(i, j) for i in range(2) for j in range(3)} - {AW})]
        )
        found = cheapest_sequence(model, menu, start, goal, keep=keep, longest=4)
        expected = cheapest_of_all(model, menu, start, lambda plays, bad=bad: not plays & bad, keep, 4)
        assert found.cost == expected == found.bound
        assert is_cheapest(found, model, menu, goal, keep=keep, longest=4)
        found_some += bool(found.bundles)
        free = cheapest_sequence(model, menu, start, goal, keep=keep)
        assert expected is None or free.cost <= expected
        assert is_cheapest(free, model, menu, goal, keep=keep)
    assert found_some >= 5


def test_the_trap_is_left_by_two_reforms_that_overlap_and_end():
    found = cheapest_sequence(load("trap").model, CATALOGUE, ("push", "escalate"))
    assert found.cost == 4 == found.bound
    assert found.plays[-1] == (AW,)
    assert found.spans == (Span("tolerate", 1, 2), Span("escalation_rule", 2, 3))


def test_at_the_defaults_nothing_lasts_when_all_is_withdrawn_and_that_is_proved():
    model = load("h_county").model
    found = cheapest_sequence(model, CATALOGUE, ("push", "escalate"))
    assert found.cost is None and found.bound is None and "proved" in found.status
    assert is_cheapest(found, model, CATALOGUE)


def test_what_is_kept_is_paid_for():
    model = load("h_county").model
    at_once, later = (cheapest_sequence(model, CATALOGUE, ("push", "escalate"), keep=keep) for keep in (0, 10))
    assert (at_once.cost, later.cost) == (2, 22)
    assert at_once.bundles == later.bundles == (("list",),)
    assert later.spans == (Span("list", 1, None),)


def test_a_status_quo_that_is_the_goal_costs_nothing():
    found = cheapest_sequence(load("trap").model, CATALOGUE, ("assist", "work"))
    assert found.cost == 0 and found.bundles == () and "without any reform" in found.status


def test_a_status_quo_at_which_nobody_stays_is_not_the_goal():
    found = cheapest_sequence(load("h_county").model, CATALOGUE, ("assist", "work"))
    assert found.cost is None


def test_false_claims_are_found_out():
    model, start = load("trap").model, ("push", "escalate")
    found = cheapest_sequence(model, CATALOGUE, start)
    check = lambda **changes: is_cheapest(dataclasses.replace(found, **changes), model, CATALOGUE)  # noqa: E731
    assert check()
    assert not check(cost=Fraction(3), bound=Fraction(3))
    assert not check(cost=Fraction(5), bound=Fraction(5))
    assert not check(bundles=found.bundles[:-1], plays=found.plays[:-1])
    assert not check(plays=(*found.plays[:-1], (PE,)))
    assert not check(labels={})
    fewer = dict(found.labels)
    fewer.pop(next(state for state, label in fewer.items() if 0 < label < 4))
    assert not check(labels=MappingProxyType(fewer))
    higher = {state: label + (label == 1) for state, label in found.labels.items()}
    assert not check(labels=MappingProxyType(higher))
    assert not is_cheapest(found, model, CATALOGUE[:3])


def test_out_of_time_there_is_an_honest_bound():
    model = load("h_county").model
    found = cheapest_sequence(model, CATALOGUE, ("push", "escalate"), time_limit=0)
    assert found.cost is None and found.bound == 0 and "time_limit=0 s ran out" in found.status
    assert is_cheapest(found, model, CATALOGUE)


def test_the_value_survives_pickling():
    found = cheapest_sequence(load("paper_trap").model, CATALOGUE, ("push", "formalism"))
    again = pickle.loads(pickle.dumps(found))
    assert again == found and again.labels == found.labels
    assert str(found).splitlines()[2] == "period 1: empower -> (assist, work)"


def test_periods_are_whole_numbers():
    for setting in ({"keep": -1}, {"longest": 1.5}):
        with pytest.raises(ReformError, match="number of periods"):
            cheapest_sequence(load("trap").model, CATALOGUE, ("push", "escalate"), **setting)
