"""Cell addresses and cell numbers as a spreadsheet shows them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from blamegame.formats.table import address, cell_numbers


@pytest.mark.parametrize(
    ("row", "column", "name"), [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1, 51, "AZ2"), (0, 702, "AAA1")]
)
def test_addresses(row, column, name):
    assert address(row, column) == name


def test_one_number_or_two_as_asked():
    assert cell_numbers("0.25", 1) == [Fraction(1, 4)]
    assert cell_numbers("(1, 2)", 2) == [1, 2]
    for text, n in [("1, 2", 1), ("1", 2), ("", 1), ("()", 1), ("a", 1)]:
        with pytest.raises(ValueError, match=r"expected|is not a number"):
            cell_numbers(text, n)
