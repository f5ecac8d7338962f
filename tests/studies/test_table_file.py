from __future__ import annotations

import csv
import xml.etree.ElementTree as ElementTree
import zipfile

import numpy as np
import pytest

from blamegame.errors import StudyError
from blamegame.models.delegation import Delegation
from blamegame.reforms.catalogue import CATALOGUE
from blamegame.studies.dataset import dataset_digest
from blamegame.studies.grid import Bundles, grid, uniform_sample
from blamegame.studies.measures import Avoidance, Custom, Equilibria, Payoffs
from blamegame.studies.study import study

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VARY = [grid(authority="0, 1/3, 1"), Bundles(((), CATALOGUE[:2]))]
MEASURES = [Avoidance(), Equilibria(), Payoffs(), Custom("odd", lambda m: float("nan") if m.authority == 1 else 1.5)]


def in_csv(path):
    with open(path, newline="") as file:
        return list(csv.reader(file))


def in_workbook(path):
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in sheet.find(f"{MAIN}sheetData").findall(f"{MAIN}row")]


@pytest.mark.parametrize(("ending", "rows_of"), [(".csv", in_csv), (".xlsx", in_workbook)])
def test_a_table_has_a_row_for_each_cell_in_words(tmp_path, ending, rows_of):
    found = study(Delegation(), VARY, MEASURES, workers=0, output=tmp_path / f"out{ending}")
    assert dataset_digest(found) == dataset_digest(study(Delegation(), VARY, MEASURES, workers=0))
    head, *rows = rows_of(tmp_path / f"out{ending}")
    assert head == [
        "authority", "bundle", "avoidance_best", "avoidance_worst", "status", "equilibria", "equilibria_count",
        "pure_count", "payoff_best upper", "payoff_best lower", "payoff_worst upper", "payoff_worst lower", "odd",
        "failed",
    ]  # fmt: skip
    assert len(rows) == 6 and rows[0][:6] == ["0.0", "as it is", "1.0", "1.0", "entrenched", "(push, escalate)"]
    for row, (a, b) in zip(rows, np.ndindex(3, 2)):
        cell = found.isel(authority=a, bundle=b)
        assert float(row[0]) == float(cell.authority) and row[1] == str(cell.bundle.values)
        assert float(row[9]) == float(cell.payoff_best[1]) and row[12] == ("1.5" if a < 2 else "")


def test_a_sample_has_its_parameters_beside_each_other(tmp_path):
    sample = uniform_sample({"authority": (0, 1), "tolerance": (0, 1)}, 3, rng=np.random.default_rng(0))
    found = study(Delegation(), sample, Avoidance(), output=tmp_path / "out.csv")
    head, *rows = in_csv(tmp_path / "out.csv")
    assert head[:2] == ["authority", "tolerance"]
    assert [float(row[1]) for row in rows] == found.tolerance.values.tolist()


def test_a_sheet_that_could_not_hold_the_rows_is_refused_before_the_first_cell(tmp_path):
    with pytest.raises(StudyError, match=r"a sheet holds 1,048,575 rows, the study has 1,048,576 cells"):
        study(Delegation(), grid(authority="0:1:1024", diffusion="0:1:1024"), output=tmp_path / "out.xlsx")
    assert not list(tmp_path.iterdir())
