"""Families of bundles against the same notions written with Python sets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blamegame.errors import ReformError
from blamegame.reforms.lattice import closure_violations, dimension, minimal, robust, sizes, subset_sums

families = st.integers(0, 4).flatmap(lambda k: st.lists(st.booleans(), min_size=1 << k, max_size=1 << k)).map(np.array)


def as_sets(flags):
    """The members of a family as sets of reform numbers."""
    k = len(flags).bit_length() - 1
    return {frozenset(i for i in range(k) if b >> i & 1) for b in np.flatnonzero(flags).tolist()}


@given(families)
@settings(max_examples=50, deadline=None)
def test_minimal_members_have_no_proper_subset_in_the_family(family):
    members = as_sets(family)
    assert as_sets(minimal(family)) == {s for s in members if not any(t < s for t in members)}


@given(families)
@settings(max_examples=50, deadline=None)
def test_robust_members_have_all_supersets_in_the_family(family):
    members, everything = as_sets(family), as_sets(np.ones(len(family), dtype=bool))
    assert as_sets(robust(family)) == {s for s in members if all(t in members for t in everything if t >= s)}


@given(families)
@settings(max_examples=50, deadline=None)
def test_violations_are_members_that_one_more_reform_expels(family):
    members, k = as_sets(family), dimension(family)
    wanted = {(s, i) for s in members for i in range(k) if i not in s and s | {i} not in members}
    pairs = closure_violations(family).tolist()
    assert {(frozenset(i for i in range(k) if b >> i & 1), i) for b, i in pairs} == wanted
    assert pairs == sorted(pairs) and len(pairs) == len(wanted)


@given(families)
@settings(max_examples=50, deadline=None)
def test_a_family_is_upward_closed_exactly_where_nothing_violates_it(family):
    assert (len(closure_violations(family)) == 0) == bool((robust(family) == family).all())


@given(families)
@settings(max_examples=50, deadline=None)
def test_families_are_not_changed(family):
    before = family.copy()
    minimal(family), robust(family), closure_violations(family)
    assert (family == before).all()


@given(st.lists(st.integers(-5, 10**30), max_size=5))
@settings(max_examples=50, deadline=None)
def test_sums_and_sizes_of_all_subsets(values):
    k = len(values)
    assert subset_sums(values).tolist() == [sum(v for i, v in enumerate(values) if b >> i & 1) for b in range(1 << k)]
    assert sizes(k).tolist() == [b.bit_count() for b in range(1 << k)]


@pytest.mark.parametrize("flags", [np.ones(3, dtype=bool), np.ones((2, 2), dtype=bool), np.ones(0, dtype=bool)])
def test_an_array_that_is_not_over_all_bundles_is_refused(flags):
    with pytest.raises(ReformError, match=r"has shape \[2\^k\]"):
        minimal(flags)
