"""A dataset as a table for other programs: a row for each cell, codes in words, what is missing left empty."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from blamegame.games.strategic import Array
from blamegame.storage import in_words, write_at, write_new
from blamegame.studies.measures import support_words
from blamegame.studies.schema import status_words

if TYPE_CHECKING:
    import xarray

MOST_ROWS = 1_048_575
"""Rows that a sheet of a workbook holds below its head."""

_AT_ONCE = 4096
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="study" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write_table(dataset: xarray.Dataset, path: Path, ending: str) -> None:
    """Write a new file, ``.csv`` or ``.xlsx``, and sync it."""
    _write_csv(dataset, path) if ending == ".csv" else _write_xlsx(dataset, path)


def _write_csv(dataset: xarray.Dataset, path: Path) -> None:
    def fill(handle: int) -> None:
        place = 0
        for rows in _blocks(dataset):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            place = write_at(handle, place, text.getvalue().encode())

    write_new(path, fill)


def _write_xlsx(dataset: xarray.Dataset, path: Path) -> None:
    with in_words(path, "written"), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in _PARTS.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"<worksheet xmlns={quoteattr(_MAIN)}><sheetData>".encode())
            for rows in _blocks(dataset):
                cells = ("".join(map(_cell, row)) for row in rows)
                sheet.write("".join(f"<row>{row}</row>" for row in cells).encode())
            sheet.write(b"</sheetData></worksheet>")


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return (
            f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_NO_XML.sub("?", value))}</t></is></c>'
            if value
            else "<c/>"
        )
    return f"<c><v>{value!r}</v></c>"


def _blocks(dataset: xarray.Dataset) -> Iterator[list[list[Any]]]:
    """The head, then the rows in blocks, in the order of the cells."""
    columns = dict(_columns(dataset))
    yield [list(columns)]
    for start in range(0, len(next(iter(columns.values()))), _AT_ONCE):
        yield [list(row) for row in zip(*(_plain(values[start : start + _AT_ONCE]) for values in columns.values()))]


def _columns(dataset: xarray.Dataset) -> Iterator[tuple[str, Array]]:
    extra = {name for name, held in dataset.coords.items() if held.attrs.get("role") == "labels"}
    dims = [dim for dim in dataset.sizes if dim not in extra]
    shape = [dataset.sizes[dim] for dim in dims]
    for name, held in dataset.coords.items():
        if not set(held.dims) & extra:
            sizes = [dataset.sizes[dim] if dim in held.dims else 1 for dim in dims]
            yield str(name), np.broadcast_to(held.values.reshape(sizes), shape).reshape(-1)
    actions = json.loads(dataset.attrs.get("actions", "[]"))
    for name, one in dataset.data_vars.items():
        values = one.transpose(*dims, ...).values.reshape(-1, *(one.sizes[dim] for dim in one.dims if dim in extra))
        if one.attrs.get("kind") == "verdict":
            values = status_words(values)
        elif one.attrs.get("kind") == "set" and actions:
            words = {mask: support_words(mask, actions) for mask in np.unique(values).tolist()}
            values = np.array([words[mask] for mask in values.tolist()], dtype=object)
        if values.ndim == 1:
            yield str(name), values
        else:
            for k, label in enumerate(dataset[one.dims[-1]].values.tolist()):
                yield f"{name} {label}", values[:, k]


def _plain(values: Array) -> list[Any]:
    return ["" if isinstance(one, float) and math.isnan(one) else one for one in values.tolist()]
