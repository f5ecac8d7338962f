"""The remedies beside the catalogue: the graded mix of responses, and what each reform does to the county."""

from decimal import Decimal
from fractions import Fraction

import pytest

from blamegame.concepts import Nash
from blamegame.errors import ReformError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.reforms.reform import apply, choose
from blamegame.reforms.remedies import FURTHER_REFORMS, response_mix
from blamegame.scenario.kinds import KINDS
from blamegame.verbs import avoidance

F = Fraction


def test_only_the_mean_severity_of_a_mix_counts():
    assert response_mix([F(7, 10), F(2, 10), F(1, 10)], [F(1, 10), F(1, 2), 1]) == F(27, 100)
    assert response_mix([1], [1]) == 1
    assert response_mix([Decimal("0.5"), 0.5], [0, 2]) == 1


@pytest.mark.parametrize(
    ("shares", "severities", "message"),
    [
        ([F(7, 10), F(2, 10)], [1, 1], "the shares 7/10, 1/5 sum to 9/10"),
        ([0.7, 0.2, 0.1], [1, 1, 1], "those of a mix sum to 1, exactly"),
        ([1], [1, 2], "1 shares and 2 severities"),
        ([], [], "0 shares"),
        ([2, -1], [1, 1], "-1 is negative"),
        ([1], [-1], "-1 is negative"),
        (["1"], [1], r"share='1' is not a number; write Fraction\('1'\)"),
    ],
)
def test_what_is_no_mix_is_refused_by_its_numbers(shares, severities, message):
    with pytest.raises(ReformError, match=message):
        response_mix(shares, severities)


def test_names_and_edits_fit_the_catalogue_and_every_model_of_a_mandate():
    names = [reform.name for reform in (*CATALOGUE, *FURTHER_REFORMS)]
    assert len(set(names)) == len(names) == 16
    for kind in KINDS.values():
        if {"authority", "tolerance_risk"} <= kind.parameters().keys():
            assert {edit.parameter for reform in FURTHER_REFORMS for edit in reform.edits} <= kind.parameters().keys()


def test_none_of_them_is_enough_for_the_county_and_each_can_be_part_of_what_is():
    """Each removes avoidance together with something that does not without it."""
    partners = {
        "tolerate_at_risk": ["train"],
        "graded_response": ["train", "voice"],
        "early_warning": ["tolerate", "escalation_rule"],
        "differentiated_standards": ["empower"],
    }
    for reform in FURTHER_REFORMS:
        others = choose(CATALOGUE, partners[reform.name])
        alone, without, together = (
            avoidance(apply(Delegation(), bundle), Nash()).high.upper
            for bundle in ([reform], others, [*others, reform])
        )
        assert alone == 1 and without > 0 and together == 0
