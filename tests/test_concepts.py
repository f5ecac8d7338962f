from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.concepts import Logit, MarkovPerfect, Nash, PublicPerfect, SubgamePerfect
from blamegame.errors import GameError


def test_concepts_are_values():
    assert Nash() == Nash() and hash(SubgamePerfect(0.5)) == hash(SubgamePerfect(Fraction(1, 2)))


@pytest.mark.parametrize("concept", [SubgamePerfect, PublicPerfect, MarkovPerfect])
@pytest.mark.parametrize("discount", [1, -0.1, 2.5, float("nan")])
def test_a_discount_factor_outside_zero_to_one_is_refused(concept, discount):
    with pytest.raises(GameError, match=f"discount={discount}"):
        concept(discount)


def test_negative_rationality_is_refused():
    with pytest.raises(GameError, match="rationality=-1 is no finite number"):
        Logit(-1)
