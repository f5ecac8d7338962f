"""The image of a box under a bundle is exactly a box; undecided reforms lie in its hull."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import Edit, Reform, apply
from blamegame.regions.image import back, hull, image, preimage, region_of
from blamegame.regions.region import Region

shares = st.fractions(0, 1, max_denominator=100)
bundles = st.sets(st.sampled_from(CATALOGUE))


def within(value: Fraction, interval: tuple[Fraction, Fraction]) -> bool:
    return interval[0] <= value <= interval[1]


@given(bundle=bundles, width=shares, position=shares)
def test_every_county_of_the_region_is_taken_into_the_image(bundle, width, position):
    region = Region.around(Delegation(), width)
    county = region.model({n: low + (high - low) * position for n, (low, high) in region.intervals.items()})
    assert apply(county, bundle) in image(region, bundle)


@given(bundle=bundles, width=shares, position=shares)
def test_every_point_of_the_image_is_the_image_of_a_county(bundle, width, position):
    region = Region.around(Delegation(), width)
    after = image(region, bundle)
    target = {n: low + (high - low) * position for n, (low, high) in after.intervals.items()}
    county = region.model(back(region, tuple(bundle), target))
    assert county in region
    assert apply(county, bundle) == after.model(target)


@given(sure=bundles, open_=bundles, data=st.data())
def test_the_hull_holds_every_choice_and_every_intensity(sure, open_, data):
    open_ -= sure
    region = Region.around(Delegation(), Fraction(1, 5))
    box = region_of(region, hull(region, sure, open_))
    chosen = data.draw(st.sets(st.sampled_from(sorted(open_, key=lambda r: r.name)))) if open_ else set()
    dialled = []
    for reform in sorted(chosen, key=lambda r: r.name):
        x = data.draw(shares)
        edits = [
            Edit(e.parameter, 1 - x * (1 - e.scale), x * e.add, None if e.floor is None else x * e.floor)
            for e in reform.edits
        ]
        dialled.append(Reform(reform.name, edits))
    for end in (region.low, region.middle, region.high):
        assert apply(end, [*sure, *dialled]) in box


def test_a_bundle_that_is_decided_has_no_more_than_its_image():
    region = Region.around(Delegation(), Fraction(1, 5))
    assert region_of(region, hull(region, CATALOGUE, [])) == image(region, CATALOGUE)


def test_a_floor_that_binds_has_the_low_end_as_its_preimage():
    spec = Delegation.parameters()["tolerance"]
    edits = [Edit("tolerance", floor=Fraction(1, 2))]
    assert preimage(Fraction(1, 2), (Fraction(1, 10), Fraction(9, 10)), edits, spec) == Fraction(1, 10)
    assert preimage(Fraction(3, 4), (Fraction(1, 10), Fraction(9, 10)), edits, spec) == Fraction(3, 4)
